"""Which way up: the orientation a camera noted, applied exactly once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PIL import Image

from viewer.imaging.protocol.messages import Region
from viewer.imaging.worker.errors import UNPARSABLE

if TYPE_CHECKING:
    from viewer.imaging.worker.formats import Format

_TAG: Final = 274
_IN_PNG: Final = ("exif", "Raw profile type exif", "XML:com.adobe.xmp", "xmp")
_TURNS: Final = {
    2: Image.Transpose.FLIP_LEFT_RIGHT, 3: Image.Transpose.ROTATE_180, 4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE, 6: Image.Transpose.ROTATE_270, 7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
"""What undoes each orientation (Exif 2.3, tag 274); 1 is upright."""


def orientation_of(image: Image.Image, found: Format) -> int:
    """What is still to be done to `image`: 1 (nothing) to 8. An Exif that cannot be read counts as nothing.

    Of a PNG all is known only once it is loaded: its Exif may stand behind the pixels. TIFF and HEIF turn their pixels
    themselves; AVIF, whose own rotation Pillow tells as if it were Exif, does not.
    """
    if found in ("TIFF", "HEIF") or (found == "PNG" and not any(key in image.info for key in _IN_PNG)):
        return 1
    try:
        orientation = image.getexif().get(_TAG)
    except UNPARSABLE:
        return 1
    return orientation if orientation in _TURNS else 1


def is_sideways(orientation: int) -> bool:
    """Whether width and height change places."""
    return orientation >= 5


def stored(region: Region, size: tuple[int, int], orientation: int) -> Region:
    """Where `region` of the upright picture lies in the picture as it is stored, whose width and height are `size`."""
    (x, y, width, height), (across, down) = region, size
    if is_sideways(orientation):
        x, y, width, height = y, x, height, width
    if orientation in (2, 3, 7, 8):
        x = across - x - width
    if orientation in (3, 4, 6, 7):
        y = down - y - height
    return Region(x, y, width, height)


def upright(image: Image.Image, orientation: int) -> Image.Image:
    """`image` the right way up."""
    return image.transpose(_TURNS[orientation]) if orientation in _TURNS else image
