"""How the worker's memory is kept while pictures come and given back when they stop.

Left alone, the C library fetches every picture's buffers anew from the system, page by page, and returns them: 10,000
page faults and a sixth of the time for a photo of 24 megapixels. Told to keep them, it would keep them for good. So
they are kept from one picture to the next, and given back as soon as there is a pause.
"""

from __future__ import annotations

import sys
from typing import Final

_M_TRIM_THRESHOLD: Final = -1
_M_MMAP_THRESHOLD: Final = -3
_M_ARENA_MAX: Final = -8
_KEPT: Final = 96 << 20
"""Bytes that are kept at the most: what a photo of 24 megapixels for a screen of 1920 x 1080 takes, twice."""

_LARGEST_BLOCK: Final = 32 << 20
"""Bytes; the most that mallopt(3) takes. Larger blocks come and go as before."""


def keep_memory() -> None:
    """Use memory again for the next picture, in one heap for all threads (mallopt(3)); elsewhere than glibc nothing."""
    if sys.platform == "linux":
        import ctypes

        try:
            mallopt = ctypes.CDLL(None).mallopt
        except (OSError, AttributeError):  # a C library that has no such thing, musl for one
            return
        mallopt(_M_MMAP_THRESHOLD, _LARGEST_BLOCK)
        mallopt(_M_TRIM_THRESHOLD, _KEPT)
        mallopt(_M_ARENA_MAX, 1)


def give_back_memory() -> None:
    """Return to the system what the pictures took (malloc_trim(3)); elsewhere than glibc nothing."""
    if sys.platform == "linux":
        import ctypes

        try:
            ctypes.CDLL(None).malloc_trim(0)
        except (OSError, AttributeError):  # likewise
            return
