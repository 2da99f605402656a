"""Counts crashes by the slide that was on the screen, or was about to be, and sets aside a slide with too many."""

from __future__ import annotations

import time
from collections import deque
from typing import TYPE_CHECKING, Final

from viewer.kiosk.position import read_position
from viewer.kiosk.set_aside import SetAsideSlide, identity_of, set_aside

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from viewer.kiosk.disk_thread import DiskThread
    from viewer.kiosk.position import Position

MOST_CRASHES: Final = 3
WITHIN: Final = 600
"""So many crashes on one slide within so many seconds, and it is set aside."""

PATIENCE: Final = 2.0
"""Seconds that are waited for a disk; a show must not be started again much later for it."""


class CrashRecord:
    """The latest crashes of the show that keeps its position in `folder`; `today` is in seconds since 1970.

    All that touches the disk is done by `disk`: one that does not answer holds the supervisor up for `PATIENCE`.
    """

    def __init__(self, folder: Path, disk: DiskThread, now: Callable[[], float],
                 today: Callable[[], float] = time.time) -> None:
        self._folder, self._disk, self._now, self._today = folder, disk, now, today
        self._crashes: deque[tuple[float, str, str]] = deque(maxlen=100)
        self._unread: deque[tuple[float, int]] = deque(maxlen=100)
        self._sentences: deque[str] = deque(maxlen=100)

    def crashed(self, pid: int) -> list[str]:
        """Note that the show `pid` has crashed; returns a sentence for each slide that was set aside since the last
        time, for this crash or one that a slow disk had kept waiting.

        A show that crashed before it came to a slide has none to blame.
        """
        self._unread.append((self._now(), pid))
        self._disk.submit(self._count)
        self._disk.wait(PATIENCE)
        return [self._sentences.popleft() for _ in range(len(self._sentences))]

    def _count(self) -> None:
        while self._unread:
            when, pid = self._unread.popleft()
            position = read_position(self._folder)
            if position is not None and position.pid == pid and (sentence := self._blame(position, when)):
                self._sentences.append(sentence)

    def _blame(self, position: Position, when: float) -> str:
        self._crashes.append((when, position.id, position.file))
        count = sum((slide_id, file) == (position.id, position.file) and when - then <= WITHIN
                    for then, slide_id, file in self._crashes)
        if count < MOST_CRASHES:
            return ""
        self._crashes.clear()
        reason = f"The show has crashed {count} times within {WITHIN // 60} minutes while this slide was on the screen."
        slide = SetAsideSlide(position.id, position.file, position.path, reason, self._today(),
                              identity_of(position.path))
        if why := set_aside(self._folder, slide):
            return f"The slide {slide.name!r} has crashed the show {count} times, and cannot be set aside: {why}."
        return (f"The slide {slide.name!r} has crashed the show {count} times: it is left out until its file changes "
                "or a day has passed.")
