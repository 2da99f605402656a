"""Exif orientation: which transposition a picture still needs, and what that does to sizes and regions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PIL import Image
from PIL.ExifTags import Base

from viewer.imaging.protocol.messages import Region
from viewer.imaging.worker.errors import PARSER_ERRORS

if TYPE_CHECKING:
    from viewer.imaging.worker.formats import Format

_EXIF_OF_PNG: Final = ("exif", "Raw profile type exif", "XML:com.adobe.xmp", "xmp")
_TRANSPOSITIONS: Final = {
    2: Image.Transpose.FLIP_LEFT_RIGHT, 3: Image.Transpose.ROTATE_180, 4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE, 6: Image.Transpose.ROTATE_270, 7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
"""The inverse of each orientation (Exif 2.3, tag 274); 1 is upright."""


def orientation_of(image: Image.Image, found: Format) -> int:
    """Exif orientation that is still to be applied, 1 (none) to 8; unreadable Exif counts as 1.

    A PNG must be loaded, because its Exif may follow the pixels. Pillow applies it itself for TIFF and HEIF. An AVIF is
    turned only by its boxes `irot` and `imir` (ISO/IEC 23008-12, 6.5.10 and 6.5.12), never by Exif or XMP: Pillow
    reports the boxes as if they were Exif, and puts XMP in their place where there are none.
    """
    if found in ("TIFF", "HEIF") or (found == "PNG" and not any(key in image.info for key in _EXIF_OF_PNG)):
        return 1
    try:
        if found == "AVIF":
            exif = Image.Exif()
            exif.load(image.info.get("exif", b""))
        else:
            exif = image.getexif()
        orientation = exif.get(Base.Orientation)
    except PARSER_ERRORS:
        return 1
    return orientation if orientation in _TRANSPOSITIONS else 1


def oriented_size(size: tuple[int, int], orientation: int) -> tuple[int, int]:
    """`size` with width and height exchanged where `orientation` is a quarter turn: stored to upright, or back."""
    return size[::-1] if orientation >= 5 else size


def stored_region(region: Region, size: tuple[int, int], orientation: int) -> Region:
    """`region` of the upright picture in the coordinates of the stored one, whose width and height are `size`."""
    (x, y), (width, height) = (oriented_size(pair, orientation) for pair in (region[:2], region[2:]))
    if orientation in (2, 3, 7, 8):
        x = size[0] - x - width
    if orientation in (3, 4, 6, 7):
        y = size[1] - y - height
    return Region(x, y, width, height)


def apply_orientation(image: Image.Image, orientation: int) -> Image.Image:
    """`image` turned upright."""
    return image.transpose(_TRANSPOSITIONS[orientation]) if orientation in _TRANSPOSITIONS else image
