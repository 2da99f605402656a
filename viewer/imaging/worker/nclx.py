"""The colour space that AVIF and HEIF name by numbers, in a box `colr` of type `nclx` (ISO/IEC 14496-12, 12.1.5)."""

from __future__ import annotations

import re
from typing import IO, TYPE_CHECKING, Final

from viewer.imaging.worker.colour_space import profile_by_codes

if TYPE_CHECKING:
    from PIL.ImageFile import ImageFile

_BOX: Final = re.compile(rb"colrnclx(..)(..)", re.DOTALL)
"""Primaries and tone curve, numbers of ITU-T H.273."""

_SEARCHED: Final = 1 << 16
"""Bytes at a file's beginning, where writers put its properties."""

_UNSPECIFIED: Final = 2


def profile_by_nclx(image: ImageFile, file: IO[bytes]) -> bytes | None:
    """An ICC profile for what the AVIF or HEIF `image` in `file` says of its colours in numbers; None for sRGB."""
    codes = image.info.get("nclx_profile")  # pillow-heif tells that of the picture itself
    if isinstance(codes, dict):
        return profile_by_codes(codes.get("color_primaries", 0), codes.get("transfer_characteristics", 0))
    if image.format != "AVIF":
        return None
    file.seek(0)
    for match in _BOX.finditer(file.read(_SEARCHED)):  # the first is the picture's own, another that of a rendition
        primaries, curve = (int.from_bytes(number, "big") for number in match.groups())
        if _UNSPECIFIED not in (primaries, curve):
            return profile_by_codes(primaries, curve)
    return None
