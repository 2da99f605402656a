"""Exif metadata: caption, credit, camera and exposure, from a picture's tags."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PIL.ExifTags import IFD, Base

from viewer.imaging.worker.errors import PARSER_ERRORS

if TYPE_CHECKING:
    from PIL import Image


def exif_texts(image: Image.Image) -> dict[str, list[str]]:
    """The texts in the Exif tags of `image` by `messages.TEXT_KEYS`."""
    exif = image.getexif()
    details = exif.get_ifd(IFD.Exif)
    texts = {
        "title": _text(exif.get(Base.XPTitle), "utf-16-le"),
        "caption": _text(exif.get(Base.ImageDescription)),
        "credit": _text(exif.get(Base.Artist)),
        "rights": _text(exif.get(Base.Copyright)),
        "taken": _iso_date(_text(details.get(Base.DateTimeOriginal)), _text(details.get(Base.OffsetTimeOriginal))),
        "camera": _camera(_text(exif.get(Base.Make)), _text(exif.get(Base.Model))),
        "exposure": _exposure(details),
    }
    return {key: [text] for key, text in texts.items()}


def _iso_date(taken: str, offset: str) -> str:
    """ISO 8601 for Exif's "2018:06:06 17:12:41", with the offset from UTC where the camera knew it."""
    day, _, time = taken.strip().partition(" ")
    numbers = day.replace("-", ":").split(":") + time.split(":")[:3]
    if len(numbers) < 3 or not all(part.isdigit() for part in numbers[:3]) or int(numbers[0]) == 0:
        return ""
    date = "-".join(numbers[:3])
    if len(numbers) != 6 or not all(part.isdigit() for part in numbers):
        return date
    zone = offset.strip()
    return f"{date}T{':'.join(numbers[3:])}" + (zone if len(zone) == 6 and zone[0] in "+-" else "")


def _camera(make: str, model: str) -> str:
    make, model = make.strip(), model.strip()
    first = make.partition(" ")[0]
    return model if not make or model.lower().startswith(first.lower()) else f"{make} {model}".strip()


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
