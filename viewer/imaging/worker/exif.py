"""Exif metadata: caption, credit, camera and exposure, from a picture's tags."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PIL.ExifTags import IFD, Base

from viewer.imaging.worker.dates import iso_date
from viewer.imaging.worker.errors import PARSER_ERRORS

if TYPE_CHECKING:
    from PIL import Image

_ADOBE_RGB: Final = "R03"
_ADOBE_RGB_MARKS: Final = (b"R03\0", b"\xa0\x01\0\3\0\0\0\1\0\2", b"\1\xa0\3\0\1\0\0\0\2\0")
"""One of these is in the Exif of a picture in Adobe RGB."""


def is_adobe_rgb(image: Image.Image) -> bool:
    """Whether the Exif of `image` says that its colours are those of Adobe RGB.

    By DCF 2.0 its interoperability index is R03, and the colour space is not sRGB; some cameras say 2 there instead.
    """
    if not any(mark in image.info.get("exif", b"") for mark in _ADOBE_RGB_MARKS):
        return False
    try:
        exif = image.getexif()
        space = exif.get_ifd(IFD.Exif).get(Base.ColorSpace)
        return space == 2 or (space != 1 and _text(exif.get_ifd(IFD.Interop).get(1)).startswith(_ADOBE_RGB))
    except PARSER_ERRORS:
        return False


def exif_texts(image: Image.Image) -> dict[str, list[str]]:
    """The texts in the Exif tags of `image` by `messages.TEXT_KEYS`."""
    exif = image.getexif()
    details = exif.get_ifd(IFD.Exif)
    texts = {
        "title": _text(exif.get(Base.XPTitle), "utf-16-le"),
        "caption": _text(exif.get(Base.ImageDescription)),
        "credit": _text(exif.get(Base.Artist)),
        "rights": _text(exif.get(Base.Copyright)),
        "taken": iso_date(_text(details.get(Base.DateTimeOriginal)), _text(details.get(Base.OffsetTimeOriginal))),
        "camera": _camera(_text(exif.get(Base.Make)), _text(exif.get(Base.Model))),
        "exposure": _exposure(details),
    }
    return {key: [text] for key, text in texts.items()}


def _camera(make: str, model: str) -> str:
    """Maker and model, without the maker where the model begins with it, or with a word of it."""
    makers, models = make.lower().split(), model.lower().split()
    repeated = makers and models and (models[0] in makers or models[0].startswith(makers[0]))
    return " ".join(model.split() if repeated else [*make.split(), *model.split()])


def _exposure(details: dict[int, object]) -> str:
    """The exposure as photographers write it: "1/250 s, f/8, ISO 100, 50 mm"."""
    parts = []
    if (seconds := _number(details.get(Base.ExposureTime))) > 0:
        parts.append(f"1/{round(1 / seconds)} s" if seconds < 0.4 else f"{seconds:.4g} s")
    if (aperture := _number(details.get(Base.FNumber))) > 0:
        parts.append(f"f/{aperture:.3g}")
    if (sensitivity := _number(details.get(Base.ISOSpeedRatings))) > 0:
        parts.append(f"ISO {sensitivity:.0f}")
    if (length := _number(details.get(Base.FocalLength))) > 0:
        parts.append(f"{length:.4g} mm")
    return ", ".join(parts)


def _number(raw: object) -> float:
    """A number from Exif, 0 where there is none; of several, which some cameras write, the first."""
    if isinstance(raw, tuple):
        raw = raw[0] if raw else None
    try:
        number = float(raw)  # type: ignore[arg-type]  # any type; usually a Pillow IFDRational
    except PARSER_ERRORS:
        return 0.0
    return number if 0 < number < 1e6 else 0.0


def _text(raw: object, encoding: str = "utf-8") -> str:
    """A text from Exif, which should be ASCII and in practice is UTF-8 or Latin-1."""
    if isinstance(raw, tuple):
        raw = raw[0] if raw and isinstance(raw[0], str) else bytes(raw)
    if isinstance(raw, str):
        # Pillow decodes as Latin-1: what is valid UTF-8 when encoded back was UTF-8.
        try:
            return raw.encode("latin-1").decode("utf-8")
        except UnicodeError:
            return raw
    if isinstance(raw, bytes):
        return raw.decode(encoding, "replace").partition("\0")[0]
    return ""
