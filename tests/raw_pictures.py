"""TIFF and BMP files written byte by byte, in layouts that Pillow does not write."""

from __future__ import annotations

import io
import struct
import zlib
from typing import TYPE_CHECKING, Literal

from PIL import Image
from PIL.TiffImagePlugin import TiffImageFile

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

GREY_INVERTED, GREY, RGB, PALETTE, CMYK, YCBCR, LAB, ICC_LAB = 0, 1, 2, 3, 5, 6, 8, 9
"""Photometric interpretations of TIFF."""

LZW, DEFLATE, ZSTD = 5, 8, 50000
"""Compressions of TIFF."""

RLE8, RLE4, BIT_FIELDS = 1, 2, 3
"""Compressions of BMP."""


def tiff(
    path: Path, size: tuple[int, int], bits: Sequence[int], photometric: int, strips: Sequence[bytes], *,
    order: str = "<", planes: int = 1, palette: Sequence[int] = (), compression: int = 1, number: int = 1,
    more: Sequence[tuple[int, int, Sequence[int]]] = (), tile: tuple[int, int] | None = None,
    rows: int = 0,
) -> Path:
    """A TIFF written byte by byte: its tags and `more`, what they refer to, then strips, for each plane one, or tiles.

    `rows` are those of a strip where there are several. Types of tags are 7 (bytes), 3 (16 bits) and 4 (32 bits).
    """
    stored = [compressed(strip, compression) for strip in strips]
    place, lengths = (273, 279) if tile is None else (324, 325)
    entries = sorted([
        (256, 4, [size[0]]), (257, 4, [size[1]]), (258, 3, bits), (259, 3, [compression]), (262, 3, [photometric]),
        (place, 4, [0] * len(stored)), (277, 3, [len(bits)]), (lengths, 4, [*map(len, stored)]),
        *([(278, 4, [rows or size[1]])] if tile is None else [(322, 4, tile[:1]), (323, 4, tile[1:])]),
        (284, 3, [planes]), *([(320, 3, palette)] if palette else []), (339, 3, [number] * len(bits)),
        *more,
    ])
    behind = 8 + 2 + 12 * len(entries) + 4
    at = behind + sum(length for _, kind, values in entries if (length := len(values) * _SIZES[kind]) > 4)
    directory, data = struct.pack(order + "H", len(entries)), b""
    for tag, kind, values in entries:
        if tag == place:
            values = [at + sum(map(len, stored[:strip])) for strip in range(len(stored))]
        packed = struct.pack(f"{order}{len(values)}{_LETTERS[kind]}", *values)
        if len(packed) > 4:
            directory += struct.pack(order + "HHII", tag, kind, len(values), behind + len(data))
            data += packed
        else:
            directory += struct.pack(order + "HHI", tag, kind, len(values)) + packed.ljust(4, b"\0")
    head = (b"II" if order == "<" else b"MM") + struct.pack(order + "HI", 42, 8)
    path.write_bytes(head + directory + bytes(4) + data + b"".join(stored))
    return path


_SIZES = {7: 1, 3: 2, 4: 4}
_LETTERS = {7: "B", 3: "H", 4: "I"}
"""Of the types of tags."""


def compressed(strip: bytes, compression: int) -> bytes:
    """`strip` as it is stored; LZW and Zstandard are those of libtiff, by way of a grey picture."""
    if compression == DEFLATE:
        return zlib.compress(strip)
    if compression == 1 or compression not in (LZW, ZSTD):
        return strip
    file = io.BytesIO()
    name = {LZW: "tiff_lzw", ZSTD: "zstd"}[compression]
    Image.frombytes("L", (len(strip), 1), strip).save(file, "TIFF", compression=name)
    with Image.open(file) as image:
        assert isinstance(image, TiffImageFile)
        (offset,), (length,) = image.tag_v2[273], image.tag_v2[279]
    return file.getvalue()[offset : offset + length]


def packed(pixels: Sequence[Sequence[int]], bits: int, order: str, number: int = 1) -> bytes:
    """Values 0 to 255 as a strip of samples of so many `bits`; `number` 1 is unsigned, 2 signed, 3 floating point."""
    values = [value for pixel in pixels for value in pixel]
    if number == 3 and bits == 24:
        return b"".join(_float24(value / 255)[:: 1 if order == ">" else -1] for value in values)
    if number == 3:
        return struct.pack(f"{order}{len(values)}{ {16: 'e', 32: 'f', 64: 'd'}[bits]}", *(one / 255 for one in values))
    most = (1 << bits) - 1
    whole = [value * most // 255 ^ (1 << (bits - 1) if number == 2 else 0) for value in values]
    if bits % 8 == 0:
        return b"".join(value.to_bytes(bits // 8, "little" if order == "<" else "big") for value in whole)
    text = "".join(f"{value:0{bits}b}" for value in whole)
    text += "0" * (-len(text) % 8)
    return int(text, 2).to_bytes(len(text) // 8, "big")


def _float24(value: float) -> bytes:
    """A number not below zero with 7 bits of exponent and 16 of fraction."""
    word = struct.unpack(">I", struct.pack(">f", value))[0] + (1 << 6)
    exponent = (word >> 23) - 127 + 63
    return (exponent << 16 | word >> 7 & 0xFFFF).to_bytes(3, "big") if value else bytes(3)


def predicted(row: bytes, values: int, channels: int, size: int, order: str, kind: int) -> bytes:
    """A `row` of so many `values`, of `size` bytes each, as differences to the pixel before; `kind` 1 leaves it.

    2: of integers; 3: of the bytes of floating-point numbers, the first byte of all numbers first (Adobe's TIFF
    Technical Note 3).
    """
    if kind == 3:
        planes = b"".join(row[byte if order == ">" else size - 1 - byte :: size] for byte in range(size))
        return bytes((one - (planes[at - channels] if at >= channels else 0)) % 256 for at, one in enumerate(planes))
    if kind == 1:
        return row
    name: Literal["little", "big"] = "little" if order == "<" else "big"
    whole = [int.from_bytes(row[at : at + size], name) for at in range(0, values * size, size)]
    steps = [one - (whole[at - channels] if at >= channels else 0) for at, one in enumerate(whole)]
    return b"".join((step % (1 << 8 * size)).to_bytes(size, name) for step in steps)


def bigtiff(
    path: Path, size: tuple[int, int], bits: Sequence[int], photometric: int, strip: bytes, *, order: str,
    compression: int, more: Sequence[tuple[int, int, int]] = (),
) -> Path:
    """A BigTIFF (offsets of 64 bits) of one strip, with `more` tags of one value each."""
    stored = compressed(strip, compression)
    entries = sorted([(256, 4, size[0]), (257, 4, size[1]), (259, 3, compression), (262, 3, photometric), (273, 16, 0),
                      (277, 3, len(bits)), (278, 4, size[1]), (279, 16, len(stored)), *more, (258, 3, 0)])
    at = 16 + 8 + 20 * len(entries) + 8
    directory = struct.pack(order + "Q", len(entries))
    for tag, kind, value in entries:
        if tag == 258:
            content, count = struct.pack(f"{order}{len(bits)}H", *bits), len(bits)
        else:
            letter = {3: "H", 4: "I", 16: "Q"}[kind]
            content, count = struct.pack(order + letter, at if tag == 273 else value), 1
        directory += struct.pack(order + "HHQ", tag, kind, count) + content.ljust(8, b"\0")
    head = (b"II" if order == "<" else b"MM") + struct.pack(order + "HHHQ", 43, 8, 0, 16)
    path.write_bytes(head + directory + bytes(8) + stored)
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
