"""Resources of this process (memory, descriptors, children, threads) and the latency of its event loop."""

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

INTERVAL_MS: Final = 4
_SELF: Final = Path("/proc/self")
_IPC: Final = ("socket:", "pipe:", "/memfd:")


class ProcessState(NamedTuple):
    """Resources held now, memory in bytes. `anonymous` is private memory, without pictures in shared memory.

    `ipc_descriptors` are those of sockets, pipes and shared memory; `buffers` are mapped pieces of shared memory.
    """

    anonymous: int
    resident: int
    descriptors: int
    children: int
    threads: int
    buffers: int
    ipc_descriptors: int

    @classmethod
    def measured(cls) -> ProcessState:
        """The resources after garbage collection."""
        gc.collect()
        rollup = {
            fields[0]: int(fields[1]) * 1024
            for line in (_SELF / "smaps_rollup").read_text().splitlines()
            if len(fields := line.split()) == 3
        }
        mapped = {line.split()[4] for line in (_SELF / "maps").read_text().splitlines() if "/memfd:" in line}
        return cls(
            rollup["Anonymous:"], rollup["Rss:"], len(os.listdir(_SELF / "fd")), len(children()),  # noqa: PTH208 - no Path each
            threading.active_count(), len(mapped), sum(target.startswith(_IPC) for target in _targets()),
        )


def _targets() -> Iterator[str]:
    for entry in os.listdir(_SELF / "fd"):  # noqa: PTH208 - likewise
        with suppress(OSError):  # closed since it was listed
            yield os.readlink(_SELF / "fd" / entry)  # noqa: PTH115 - likewise


def children_processor_ms() -> float:
    """Processor time of all children that have exited, in milliseconds."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return (used.ru_utime + used.ru_stime) * 1000


def children() -> list[int]:
    """Process ids of all children, zombies included."""
    return [int(pid) for listing in _SELF.glob("task/*/children") for pid in listing.read_text().split()]


class LatencyMonitor(QObject):
    """Measures event-loop latency: how late a timer of 4 ms fires."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._last = time.perf_counter()
        self._late: dict[int, int] = {}
        self._timer = repeating(self, self._tick, INTERVAL_MS)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)

    def start(self) -> None:
        """Start a new measurement."""
        self._late.clear()
        self._last = time.perf_counter()
        self._timer.start()

    def skip(self) -> None:
        """Ignore the time since the last timer event."""
        self._last = time.perf_counter()

    def stop(self) -> None:
        """End the measurement."""
        self._timer.stop()

    @property
    def longest_ms(self) -> int:
        """The longest latency."""
        return max(self._late, default=0)

    def percentile_ms(self, share: float) -> int:
        """The latency that `share` (0 to 1) of all timer events did not exceed."""
        left = share * sum(self._late.values())
        for late in sorted(self._late):
            left -= self._late[late]
            if left <= 0:
                return late
        return 0

    def _tick(self) -> None:
        now = time.perf_counter()
        late = max(0, round((now - self._last) * 1000) - INTERVAL_MS)
        self._late[late] = self._late.get(late, 0) + 1
        self._last = now
