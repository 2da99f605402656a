"""How long a worker has for one picture: what is set, and more for one that is larger than a camera's."""

from __future__ import annotations

from typing import Final

ORDINARY_PIXELS: Final = 32_000_000
ORDINARY_BYTES: Final = 64 << 20
"""A picture and a file up to which the deadline is what is set. A photograph of this size takes a processor well below
a second, one of 88 million pixels with 16 bits a channel 6 (measured), and longer beside other work."""

MOST_TIMES: Final = 5
"""How many times as long the largest may take, so that a file that only calls itself large cannot keep a worker."""


def deadline_ms(base: int, *, file_bytes: int = 0, pixels: int = 0) -> int:
    """Milliseconds for a picture of so many pixels in so large a file, where an ordinary one has `base`; 0 if unknown.

    They grow in proportion: reading and decoding do as well.
    """
    times = max(file_bytes / ORDINARY_BYTES, pixels / ORDINARY_PIXELS)
    return round(base * min(max(times, 1), MOST_TIMES))
