"""Vital signs of a process from the inside: memory, descriptors, children, threads, and how late its event loop is."""

from __future__ import annotations

import gc
import os
import resource
import threading
import time
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from PySide6.QtCore import QObject, Qt

from viewer.timers import repeating

if TYPE_CHECKING:
    from collections.abc import Iterator

BEAT_MS: Final = 4
_SELF: Final = Path("/proc/self")
_ENDS: Final = ("socket:", "pipe:", "/memfd:")


class Signs(NamedTuple):
    """What the process holds now. `anonymous` is memory of its own, in bytes: pictures in shared memory left out.

    `ends` are descriptors of sockets, pipes and frames, which processes and pictures are made of.
    """

    anonymous: int
    resident: int
    descriptors: int
    children: int
    threads: int
    frames: int
    ends: int

    @classmethod
    def taken(cls) -> Signs:
        """As they are after what can be collected has been collected."""
        gc.collect()
        rollup = {
            words[0]: int(words[1]) * 1024
            for line in (_SELF / "smaps_rollup").read_text().splitlines()
            if len(words := line.split()) == 3
        }
        mapped = {line.split()[4] for line in (_SELF / "maps").read_text().splitlines() if "/memfd:" in line}
        return cls(
            rollup["Anonymous:"], rollup["Rss:"], len(os.listdir(_SELF / "fd")), len(children()),  # noqa: PTH208 - no Path each
            threading.active_count(), len(mapped), sum(target.startswith(_ENDS) for target in _targets()),
        )


def _targets() -> Iterator[str]:
    for entry in os.listdir(_SELF / "fd"):  # noqa: PTH208 - likewise
        with suppress(OSError):  # closed since it was listed
            yield os.readlink(_SELF / "fd" / entry)  # noqa: PTH115 - likewise


def children_processor_ms() -> float:
    """What children that have ended took of a processor so far, in milliseconds."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return (used.ru_utime + used.ru_stime) * 1000


def children() -> list[int]:
    """The ids of this process's children, zombies included."""
    return [int(pid) for listing in _SELF.glob("task/*/children") for pid in listing.read_text().split()]


class Pulse(QObject):
    """A timer that beats every 4 ms; how late a beat comes is how long the event loop was held up."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._beat = time.perf_counter()
        self._late: dict[int, int] = {}
        self._timer = repeating(self, self._take_beat, BEAT_MS)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)

    def start(self) -> None:
        """Count from now on."""
        self._late.clear()
        self._beat = time.perf_counter()
        self._timer.start()

    def forgive(self) -> None:
        """Do not count what has been done since the last beat: it was not the program that took the time."""
        self._beat = time.perf_counter()

    def stop(self) -> None:
        """Count no more."""
        self._timer.stop()

    @property
    def longest_ms(self) -> int:
        """The longest time the loop was held up."""
        return max(self._late, default=0)

    def percentile_ms(self, share: float) -> int:
        """So late or less were `share` (0 to 1) of the beats."""
        left = share * sum(self._late.values())
        for late in sorted(self._late):
            left -= self._late[late]
            if left <= 0:
                return late
        return 0

    def _take_beat(self) -> None:
        now = time.perf_counter()
        late = max(0, round((now - self._beat) * 1000) - BEAT_MS)
        self._late[late] = self._late.get(late, 0) + 1
        self._beat = now
