"""Collects worker processes that were killed, without waiting for them."""

from __future__ import annotations

import logging
import time
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject

from viewer.timers import repeating

if TYPE_CHECKING:
    from viewer.imaging.pool.worker_process import WorkerProcess

_REAP_MS: Final = 20
_CLOSE_SECONDS: Final = 1.0
_log = logging.getLogger("liftoff.imaging")


class Reaper(QObject):
    """Polls killed processes until they have ended; one that hangs in the kernel may take its time."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._dying: list[tuple[WorkerProcess, str]] = []
        self._timer = repeating(self, self._reap, _REAP_MS)

    def add(self, process: WorkerProcess, why: str = "") -> None:
        """Collect a process that was killed; `why`, if any, is logged with the way it ended."""
        self._dying.append((process, why))
        self._timer.start()

    def close(self) -> None:
        """Wait for all of them, a second at most."""
        self._timer.stop()
        end = time.monotonic() + _CLOSE_SECONDS
        for process, _ in self._dying:
            process.wait(max(0.0, end - time.monotonic()))
        self._dying.clear()

    def _reap(self) -> None:
        left = []
        for process, why in self._dying:
            if not process.has_ended:
                left.append((process, why))
            elif why:
                _log.warning("%s (%s)", why, process.exit_summary())
        self._dying = left
        if not left:
            self._timer.stop()
