"""Where the items of a HEIF or AVIF lie in their file, by its box `iloc` (ISO/IEC 14496-12, 8.11.3)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

_MOST_ITEMS: Final = 64
"""Items that are looked at."""


def item_places(head: bytes) -> Iterator[int]:
    """The offsets of the first bytes of the items that `head`, the beginning of a file, names. Raises LookupError."""
    at = head.find(b"iloc") + 4
    if at < 4:
        return
    version, sizes = head[at], int.from_bytes(head[at + 4 : at + 6], "big")
    offset_size, length_size, base_size, index_size = (sizes >> shift & 15 for shift in (12, 8, 4, 0))
    wide = 4 if version == 2 else 2
    count = int.from_bytes(head[at + 6 : at + 6 + wide], "big")
    at += 6 + wide
    for _ in range(min(count, _MOST_ITEMS)):
        at += wide
        method = 0
        if version:
            method, at, index = head[at + 1] & 15, at + 2, index_size
        else:
            index = 0
        base = int.from_bytes(head[at + 2 : at + 2 + base_size], "big")
        at += 2 + base_size
        extents = int.from_bytes(head[at : at + 2], "big")
        at += 2
        if extents and not method:
            yield base + int.from_bytes(head[at + index : at + index + offset_size], "big")
        at += extents * (index + offset_size + length_size)
