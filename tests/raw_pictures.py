"""TIFF and BMP files written byte by byte, in layouts that Pillow does not write."""

from __future__ import annotations

import struct
import zlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

GREY_INVERTED, GREY, RGB, PALETTE = 0, 1, 2, 3
"""Photometric interpretations of TIFF."""

DEFLATE = 8
"""A compression of TIFF."""

RLE8, RLE4, BIT_FIELDS = 1, 2, 3
"""Compressions of BMP."""


def tiff(
    path: Path, size: tuple[int, int], bits: Sequence[int], photometric: int, strips: Sequence[bytes], *,
    order: str = "<", planes: int = 1, palette: Sequence[int] = (), compression: int = 1, number: int = 1,
    more: Sequence[tuple[int, int, Sequence[int]]] = (),
) -> Path:
    """A TIFF written byte by byte: its tags and `more`, what they refer to, then one strip or one for each plane."""
    stored = [zlib.compress(strip) for strip in strips] if compression == DEFLATE else strips
    entries = [
        (256, 4, [size[0]]), (257, 4, [size[1]]), (258, 3, bits), (259, 3, [compression]), (262, 3, [photometric]),
        (273, 4, [0] * len(stored)), (277, 3, [len(bits)]), (278, 4, [size[1]]), (279, 4, [*map(len, stored)]),
        (284, 3, [planes]), *([(320, 3, palette)] if palette else []), (339, 3, [number] * len(bits)),
        *more,
    ]
    behind = 8 + 2 + 12 * len(entries) + 4
    at = behind + sum(len(values) * (kind * 2 - 4) for _, kind, values in entries
                      if len(values) * (kind * 2 - 4) > 4)
    directory, data = struct.pack(order + "H", len(entries)), b""
    for tag, kind, values in entries:
        if tag == 273:
            values = [at + sum(map(len, stored[:strip])) for strip in range(len(stored))]
        packed = struct.pack(f"{order}{len(values)}{'H' if kind == 3 else 'I'}", *values)
        if len(packed) > 4:
            directory += struct.pack(order + "HHII", tag, kind, len(values), behind + len(data))
            data += packed
        else:
            directory += struct.pack(order + "HHI", tag, kind, len(values)) + packed.ljust(4, b"\0")
    head = (b"II" if order == "<" else b"MM") + struct.pack(order + "HI", 42, 8)
    path.write_bytes(head + directory + bytes(4) + data + b"".join(stored))
    return path


def bmp(
    path: Path, width: int, height: int, bits: int, compression: int, pixels: bytes, behind_header: bytes = b"",
    in_header: bytes = b"",
) -> Path:
    """A BMP of `pixels`; its header ends `in_header` (masks) and has masks or a palette behind it."""
    header = struct.pack("<IiiHHIIiiII", 40 + len(in_header), width, height, 1, bits, compression, len(pixels), 0, 0,
                         0, 0) + in_header + behind_header
    offset = 14 + len(header)
    path.write_bytes(b"BM" + struct.pack("<IHHI", offset + len(pixels), 0, 0, offset) + header + pixels)
    return path
