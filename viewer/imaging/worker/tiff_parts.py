"""Strips and tiles of a TIFF: reads and decompresses them, some rows at a time where that can be (TIFF 6.0)."""

from __future__ import annotations

import io
import struct
import sys
import zlib
from typing import IO, TYPE_CHECKING, Final, NamedTuple, Protocol

from PIL import Image

if TYPE_CHECKING:
    from collections.abc import Iterator

    from viewer.imaging.worker.tiff_layout import Layout

_NONE, _OLD_DEFLATE, _DEFLATE = 1, 32946, 8
_LZW, _PACK_BITS, _LZMA, _ZSTD = 5, 32773, 34925, 50000
COMPRESSIONS: Final = frozenset({_NONE, _OLD_DEFLATE, _DEFLATE, _LZW, _PACK_BITS, _LZMA, _ZSTD})
"""Compressions of bytes, whatever these mean: the libtiff in Pillow undoes all but the first three of them."""

_BY_BYTES: Final = 3
"""Prediction for floating-point numbers: of their bytes, of which the first of all numbers of a row come first."""

_BLOCK: Final = 1 << 22
"""Bytes that are unpacked at a time."""

_REVERSED: Final = bytes(int(f"{byte:08b}"[::-1], 2) for byte in range(256))

_MODES: Final = {8: ("L", "L"), 16: ("I;16", "I;16N"), 24: ("RGB", "RGB"), 32: ("CMYK", "CMYK"), 64: ("F", "F;64NF")}
"""Modes of Pillow whose pixels have so many bits, which are copied as they are (but 64, which become numbers)."""


class _Reader(Protocol):
    def read(self, size: int, /) -> bytes:
        """The next `size` bytes, fewer at the end."""


class Block(NamedTuple):
    """Rows of a strip or tile: where their upper left corner lies, their size, and the bytes of each plane."""

    left: int
    top: int
    width: int
    height: int
    planes: list[bytes]


def blocks(file: IO[bytes], layout: Layout) -> Iterator[Block]:
    """All pixels in `file`, unpacked, in blocks of whole rows. Raises ValueError where they end early."""
    row_bytes = layout.row_bytes()
    (across, down), planes = layout.part, layout.samples if layout.is_separate else 1
    rows_at_once = max(1, _BLOCK // (row_bytes * planes))
    for number in range(layout.parts_of_plane):
        left, top = number % layout.parts_across * across, number // layout.parts_across * down
        readers = [_open(file, layout, number + plane * layout.parts_of_plane, min(down, layout.height - top))
                   for plane in range(planes)]
        bottom = min(top + down, layout.height)
        for row in range(top, bottom, rows_at_once):
            rows = min(rows_at_once, bottom - row)
            data = [reader.read(row_bytes * rows) for reader in readers]
            if any(len(plane) < row_bytes * rows for plane in data):
                raise ValueError("not enough image data")
            yield Block(left, row, across, rows, data)


def _open(file: IO[bytes], layout: Layout, number: int, rows: int) -> _Reader:
    """The strip or tile of this `number`, of which so many `rows` are needed, unpacked while it is read."""
    reader = _Stored(file, *layout.places[number], is_bit_reversed=layout.is_bit_reversed)
    if layout.compression == _NONE:
        return reader
    stored = reader.read(layout.places[number][1])
    if layout.compression in (_DEFLATE, _OLD_DEFLATE):
        return _Inflater(stored)
    if layout.compression in COMPRESSIONS:
        return io.BytesIO(_by_libtiff(stored, (layout.row_bytes(), rows), 8, layout.compression, "L", "L"))
    from viewer.imaging.worker.codecs import part_of_tiff

    return io.BytesIO(part_of_tiff(stored, layout, rows))


class _Stored:
    """Reads one of several parts of `file` in turns."""

    def __init__(self, file: IO[bytes], offset: int, length: int, *, is_bit_reversed: bool) -> None:
        self._file, self._at, self._end, self._is_bit_reversed = file, offset, offset + length, is_bit_reversed

    def read(self, size: int, /) -> bytes:
        """The next `size` bytes, fewer at the end."""
        self._file.seek(self._at)
        data = self._file.read(min(size, self._end - self._at))
        self._at += len(data)
        return data.translate(_REVERSED) if self._is_bit_reversed else data


class _Inflater:
    """Decompresses zlib data as far as it is read, so that a picture in one strip is never held whole."""

    def __init__(self, stored: bytes) -> None:
        self._zlib, self._rest = zlib.decompressobj(), stored

    def read(self, size: int, /) -> bytes:
        """The next `size` bytes, fewer at the end. Raises zlib.error."""
        data = self._zlib.decompress(self._rest, size)
        self._rest = self._zlib.unconsumed_tail
        return data


def without_prediction(data: bytes, size: tuple[int, int], channels: int, layout: Layout) -> tuple[bytes, ...]:
    """Each of the `channels` in `data`, samples instead of differences, in the order of bytes of this machine.

    `size` is that of the block. Both kinds of prediction go on from one pixel to the next, channel by channel: so each
    is a picture of one channel, which libtiff can read. Those of 64 bits become 32 (floating point).
    """
    mode, raw_mode = _MODES[layout.bits]
    sample = 1 if layout.predictor == _BY_BYTES else layout.bits // 8  # bytes that stay together
    return tuple(
        _by_libtiff(zlib.compress(_every(data, channel, channels, sample), 0), size, layout.bits, _DEFLATE, mode,
                    raw_mode, layout)
        for channel in range(channels)
    )


def _every(data: bytes, first: int, step: int, size: int) -> bytes:
    """The pieces of `size` bytes of `data` that are the `first` of each `step` of them."""
    if step == 1:
        return data
    pieces = bytearray(len(data) // step)
    for byte in range(size):
        pieces[byte::size] = data[first * size + byte :: step * size]
    return bytes(pieces)


def _by_libtiff(
    stored: bytes, size: tuple[int, int], bits: int, compression: int, mode: str, raw_mode: str,
    layout: Layout | None = None,
) -> bytes:
    """What libtiff makes of `stored`, put into a TIFF of one channel and one strip; predicted as in a `layout`."""
    order, mark = (">", b"MM") if (layout.order if layout else sys.byteorder) == "big" else ("<", b"II")
    tags = {256: size[0], 257: size[1], 258: bits, 259: compression, 262: 1, 273: 0, 277: 1, 278: size[1],
            279: len(stored)}
    if layout is not None:
        tags |= {317: layout.predictor, 339: layout.number}
    tags[273] = 8 + 2 + 12 * len(tags) + 4
    entries = b"".join(struct.pack(f"{order}HHII", tag, 4, 1, value) for tag, value in tags.items())
    header = mark + struct.pack(f"{order}HIH", 42, 8, len(tags)) + entries + bytes(4)
    image = Image.frombytes(mode, size, header + stored, "libtiff", (raw_mode, 0, 8))
    return image.tobytes()
