"""JPEG files whose header Pillow refuses: names their depth, or leaves out a JFIF segment that is too short."""

from __future__ import annotations

import io
from typing import IO, Final

from viewer.imaging.worker.errors import DecodeError

_JFIF, _START_OF_SCAN, _END = 0xE0, 0xDA, 0xD9
_NO_FRAMES: Final = (0xC4, 0xC8, 0xCC)
"""Markers between those of frames (ITU-T T.81, table B.1)."""

_SHORTEST_JFIF: Final = 16
"""Bytes with the segment's size (ITU-T T.871, 10.1)."""


def without_short_jfif(file: IO[bytes]) -> IO[bytes] | None:
    """A copy of the JPEG in `file` without JFIF segments that Pillow trips over; None where there are none.

    Raises DecodeError for a picture of more than 8 bits a channel.
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
            if bits and 8 < bits[0] <= 16:
                raise DecodeError("unsupported", f"JPEG, {bits[0]} bits a channel")
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
