"""Headers of JPEG files: the size of a frame, and what to do where Pillow refuses one.

It names their depth, or leaves out a JFIF segment that is too short.
"""

from __future__ import annotations

import io
from typing import IO, Final

from viewer.imaging.worker.errors import DecodeError

_JFIF, _START_OF_SCAN, _END, _JPEG_LS = 0xE0, 0xDA, 0xD9, 0xF7
_NO_FRAMES: Final = (0xC4, 0xC8, 0xCC)
"""Markers between those of frames (ITU-T T.81, table B.1)."""

_START, _TABLES = b"\xff\xd8", 0xDB
_HUFFMAN_FRAMES: Final = (0xC0, 0xC1, 0xC2)
"""Baseline, extended and progressive: not lossless, as raw data are."""

_MOST_SEGMENTS: Final = 500

_SHORTEST_JFIF: Final = 16
"""Bytes with the segment's size (ITU-T T.871, 10.1)."""


class DeepJpegError(Exception):
    """A JPEG has more or fewer than 8 bits a channel; how many, and at which byte of the file that is said."""

    def __init__(self, place: int, bits: int) -> None:
        super().__init__(place, bits)
        self.place, self.bits = place, bits


def without_short_jfif(file: IO[bytes]) -> IO[bytes] | None:
    """A copy of the JPEG in `file` without JFIF segments that Pillow trips over; None where there are none.

    Raises DeepJpegError for a picture of more or fewer than 8 bits a channel, DecodeError for JPEG-LS.
    """
    file.seek(2)
    short = []
    while len(start := file.read(4)) == 4 and start[0] == 0xFF:
        marker, size = start[1], int.from_bytes(start[2:], "big")
        if marker == 0xFF:  # fill bytes before the marker
            file.seek(-3, io.SEEK_CUR)
            continue
        here = file.tell()
        if 0xC0 <= marker <= 0xCF and marker not in _NO_FRAMES:
            bits = file.read(1)
            if bits and bits[0] != 8 and 2 <= bits[0] <= 16:
                raise DeepJpegError(here, bits[0])
        if marker == _JPEG_LS:
            raise DecodeError("unknown-format", "a JPEG-LS picture")
        if marker in (_START_OF_SCAN, _END) or size < 2:
            break
        if marker == _JFIF and size < _SHORTEST_JFIF:
            short.append((here - 4, here - 2 + size))
        file.seek(here - 2 + size)
    if not short:
        return None
    file.seek(0)
    data = file.read()
    starts, ends = (0, *(behind for _, behind in short)), (*(first for first, _ in short), len(data))
    return io.BytesIO(b"".join(data[first:behind] for first, behind in zip(starts, ends, strict=True)))


def frame_size(file: IO[bytes], at: int, end: int) -> tuple[int, int] | None:
    """Width and height of the picture in the JPEG that begins at `at` in `file` and ends before `end`.

    None where there is no JPEG that can be shown by itself: one of 8 bits a channel with tables, and not lossless.
    """
    file.seek(at)
    if file.read(2) != _START:
        return None
    at, size, has_tables = at + 2, None, False
    for _ in range(_MOST_SEGMENTS):
        file.seek(at)
        start = file.read(10)
        if len(start) < 10 or at + 10 > end or start[0] != 0xFF:
            return None
        marker, length = start[1], int.from_bytes(start[2:4], "big")
        if marker == 0xFF:  # fill bytes before the marker
            at += 1
            continue
        if marker == _START_OF_SCAN:
            return size if has_tables else None
        if 0xC0 <= marker <= 0xCF and marker not in _NO_FRAMES:
            if marker not in _HUFFMAN_FRAMES or start[4] != 8 or start[9] not in (1, 3):
                return None
            size = int.from_bytes(start[7:9], "big"), int.from_bytes(start[5:7], "big")
        has_tables = has_tables or marker == _TABLES
        if length < 2:
            return None
        at += 2 + length
    return None
