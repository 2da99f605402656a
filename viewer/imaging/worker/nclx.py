"""The colour space that AVIF and HEIF name by numbers: in a box `colr` of type `nclx`, or else in the coded stream.

By ISO/IEC 14496-12, 12.1.5. What the box says of the picture overrides the stream.
"""

from __future__ import annotations

import re
from itertools import chain, islice
from typing import IO, TYPE_CHECKING, Final

from viewer.imaging.worker.coded_colours import codes_of_av1, codes_of_hevc
from viewer.imaging.worker.colour_space import profile_by_codes
from viewer.imaging.worker.item_places import item_places

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PIL.ImageFile import ImageFile

    from viewer.imaging.worker.coded_colours import Codes

_BOX: Final = re.compile(rb"colrnclx(..)(..)", re.DOTALL)
"""Primaries and tone curve, numbers of ITU-T H.273."""

_SEARCHED: Final = 1 << 16
"""Bytes at a file's beginning, where writers put its properties."""

_UNSPECIFIED: Final = 2

_HEVC, _AV1 = re.compile(b"....hvcC", re.DOTALL), re.compile(b"....av1C", re.DOTALL)
"""The boxes of a stream's configuration, with their size."""

_MOST_BOXES: Final = 16
_STREAM: Final = 4096
"""Bytes of a coded picture in which its header lies."""


def profile_by_nclx(image: ImageFile, file: IO[bytes]) -> bytes | None:
    """An ICC profile for what the AVIF or HEIF `image` in `file` says of its colours in numbers; None for sRGB."""
    codes = image.info.get("nclx_profile")  # pillow-heif tells that of the picture itself
    if isinstance(codes, dict):
        return profile_by_codes(codes.get("color_primaries", 0), codes.get("transfer_characteristics", 0))
    file.seek(0)
    head = file.read(_SEARCHED)
    if image.format == "AVIF":
        for match in _BOX.finditer(head):  # the first is the picture's own, another that of a rendition
            primaries, curve = (int.from_bytes(number, "big") for number in match.groups())
            if _UNSPECIFIED not in (primaries, curve):
                return profile_by_codes(primaries, curve)
    for candidate in _codes_in_stream(head, file, is_av1=image.format == "AVIF"):
        if _UNSPECIFIED not in candidate:
            return profile_by_codes(*candidate)
    return None


def _codes_in_stream(head: bytes, file: IO[bytes], *, is_av1: bool) -> Iterator[Codes]:
    """What streams say in the boxes of their configuration, in `head`, and at their beginnings in `file`."""
    read, box, fixed = (codes_of_av1, _AV1, 4) if is_av1 else (codes_of_hevc, _HEVC, 0)
    headers = (head[match.end() + fixed : match.start() + int.from_bytes(match[0][:4], "big")]
               for match in islice(box.finditer(head), _MOST_BOXES))
    for header in chain(headers, _beginnings(head, file) if is_av1 else ()):
        try:
            codes = read(header)
        except (LookupError, ValueError):
            continue
        if codes is not None:
            yield codes


def _beginnings(head: bytes, file: IO[bytes]) -> Iterator[bytes]:
    """The first bytes of each coded picture in `file`."""
    for place in item_places(head):
        file.seek(place)
        yield file.read(_STREAM)
