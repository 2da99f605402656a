"""The size of the viewport, remembered from one start of the program to the next."""

from __future__ import annotations

import os
from typing import Final

from viewer.imaging.protocol.messages import LARGEST_SIDE
from viewer.locations import viewport_file

FIRST_VIEWPORT: Final = (1131, 762)
"""Device pixels of the viewport in a window that was never opened before, on a screen of scale 1."""

_MOST_PIXELS: Final = 64_000_000


def remembered_viewport() -> tuple[int, int]:
    """How large the viewport was last time, in device pixels; a usual size the first time."""
    try:
        words = viewport_file().read_text(encoding="ascii").split()
        width, height = int(words[0]), int(words[1])
    except (OSError, ValueError, IndexError):
        return FIRST_VIEWPORT
    plausible = 1 <= width <= LARGEST_SIDE and 1 <= height <= LARGEST_SIDE and width * height <= _MOST_PIXELS
    return (width, height) if plausible else FIRST_VIEWPORT


def remember_viewport(width: int, height: int) -> None:
    """Save the size of the viewport, in device pixels, atomically; where that fails the next start guesses it."""
    place = viewport_file()
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        fresh = place.with_name(f"{place.name}.{os.getpid()}")
        fresh.write_text(f"{width} {height}\n", encoding="ascii")
        fresh.replace(place)
    except OSError:
        return
