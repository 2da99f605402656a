"""Exif metadata: texts, comments, rating, place, camera and exposure, from a picture's tags."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

from PIL.ExifTags import GPS, IFD, Base

from viewer.imaging.worker.dates import iso_date
from viewer.imaging.worker.errors import PARSER_ERRORS

if TYPE_CHECKING:
    from PIL import Image

    from viewer.imaging.protocol.messages import Words

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


def exif_texts(image: Image.Image) -> dict[str, list[Words]]:
    """The texts in the Exif tags of `image` by `messages.TEXT_KEYS`."""
    exif = image.getexif()
    details = exif.get_ifd(IFD.Exif)
    texts: dict[str, list[Words]] = {
        "title": [_windows_text(exif.get(Base.XPTitle))],
        "caption": [_text(exif.get(Base.ImageDescription)), _comment(details.get(Base.UserComment), exif.endian),
                    _windows_text(exif.get(Base.XPComment)), _windows_text(exif.get(Base.XPSubject))],
        "credit": [_text(exif.get(Base.Artist)), _windows_text(exif.get(Base.XPAuthor))],
        "rights": [_text(exif.get(Base.Copyright))],
        "taken": [iso_date(_text(details.get(Base.DateTimeOriginal)), _text(details.get(Base.OffsetTimeOriginal)))],
        "camera": [_camera(_text(exif.get(Base.Make)), _text(exif.get(Base.Model)))],
        "exposure": [_exposure(details)],
        "keywords": [_windows_text(exif.get(Base.XPKeywords)).replace(";", "\n")],
        "rating": [str(exif.get(Base.Rating, ""))],
        "place": [_place(exif)],
    }
    return {**texts, "creator": texts["credit"]}


def _windows_text(raw: object) -> str:
    """A text as Windows writes it, in UTF-16 whatever the byte order of the file."""
    return _text(raw, "utf-16-le")


def _comment(raw: object, byte_order: str | None) -> str:
    """The user's comment: its character set in 8 bytes, then the text (Exif 2.32, section 4.6.5 D)."""
    if not isinstance(raw, bytes):
        return _text(raw)
    text = raw[8:]
    match raw[:8].rstrip(b"\0 ").upper():
        case b"UNICODE":  # whose byte order is not said; some write UTF-8 all the same
            order = "utf-16-le" if byte_order == "<" else "utf-16-be"
            other = "utf-16-be" if byte_order == "<" else "utf-16-le"
            decoded = [text.decode(encoding, "replace") for encoding in (order, other)]
            return max(decoded, key=lambda words: sum(letter < "\u0250" for letter in words)).partition("\0")[0]
        case b"JIS":
            return text.decode("iso2022_jp", "replace").partition("\0")[0]
        case b"ASCII" | b"":
            from viewer.imaging.worker.character_sets import decoded as in_likely_set  # rarely needed

            return in_likely_set([text.partition(b"\0")[0]])[0]
    return _text(raw)  # without a character set, against the rule


def _place(exif: Image.Exif) -> str:
    """Where the picture was taken, in degrees as maps take them: "48.85837, 2.29448"; empty where it does not say.

    Cameras without a signal write zeros, which is a place in the sea.
    """
    try:
        directory = exif.get_ifd(IFD.GPSInfo)
    except PARSER_ERRORS:  # which costs no other text
        return ""
    latitude = _degrees(directory.get(GPS.GPSLatitude), directory.get(GPS.GPSLatitudeRef), "S")
    longitude = _degrees(directory.get(GPS.GPSLongitude), directory.get(GPS.GPSLongitudeRef), "W")
    if latitude is None or longitude is None or abs(latitude) > 90 or abs(longitude) > 180:
        return ""
    return f"{latitude:.5f}, {longitude:.5f}" if (latitude, longitude) != (0, 0) else ""


def _degrees(raw: object, reference: object, negative: str) -> float | None:
    """Degrees, minutes and seconds as a number, below zero where `reference` is the `negative` direction."""
    if not isinstance(raw, tuple) or len(raw) != 3:
        return None
    try:
        degrees, minutes, seconds = map(float, raw)
    except PARSER_ERRORS:
        return None
    total = degrees + minutes / 60 + seconds / 3600
    if not math.isfinite(total):
        return None
    return -total if _text(reference).strip().upper() == negative else total


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
