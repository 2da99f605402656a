"""Counts crashes by the slide that was on the screen, or was about to be, and sets aside a slide with too many."""

from __future__ import annotations

import threading
import time
from collections import deque
from typing import TYPE_CHECKING, Final

from viewer.kiosk.position import read_position
from viewer.kiosk.set_aside import SetAsideSlide, identity_of, set_aside

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

MOST_CRASHES: Final = 3
WITHIN: Final = 600
"""So many crashes on one slide within so many seconds, and it is set aside."""

_PATIENCE: Final = 2.0
"""Seconds that a disk has to say which version of a file it has."""


class CrashRecord:
    """The latest crashes of the show that keeps its position in `folder`; `today` is in seconds since 1970."""

    def __init__(self, folder: Path, now: Callable[[], float], today: Callable[[], float] = time.time) -> None:
        self._folder, self._now, self._today = folder, now, today
        self._crashes: deque[tuple[float, str, str]] = deque(maxlen=100)

    def crashed(self, pid: int) -> str:
        """Note that the show `pid` has crashed; returns a sentence where that had a slide set aside.

        A show that crashed before it came to a slide has none to blame.
        """
        position = read_position(self._folder)
        if position is None or position.pid != pid:
            return ""
        self._crashes.append((self._now(), position.id, position.file))
        count = sum((slide_id, file) == (position.id, position.file) and self._now() - when <= WITHIN
                    for when, slide_id, file in self._crashes)
        if count < MOST_CRASHES:
            return ""
        self._crashes.clear()
        reason = f"The show has crashed {count} times within {WITHIN // 60} minutes while this slide was on the screen."
        slide = SetAsideSlide(position.id, position.file, position.path, reason, self._today(),
                              _identity_of(position.path))
        if why := set_aside(self._folder, slide):
            return f"The slide {slide.name!r} has crashed the show {count} times, and cannot be set aside: {why}."
        return (f"The slide {slide.name!r} has crashed the show {count} times: it is left out until its file changes "
                "or a day has passed.")


def _identity_of(path: str) -> tuple[int, int, int] | None:
    """As `identity_of`, but a disk that does not answer costs no more than a moment."""
    found: list[tuple[int, int, int] | None] = []
    thread = threading.Thread(target=lambda: found.append(identity_of(path)), daemon=True)
    thread.start()
    thread.join(_PATIENCE)
    return found[0] if found else None
