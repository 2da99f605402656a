"""Writes files in a thread of its own, so that a disk that is slow or does not answer never holds up the show."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

CLOSE_S: Final = 2.0
"""Seconds that `close` waits for what is still to be written: a disk that hangs must not keep the program running."""

THREAD_NAME: Final = "kiosk disk"


class DiskThread:
    """Runs jobs one after the other. A job that waits already is not queued a second time.

    Jobs handle their own errors. The thread begins with the first job.
    """

    def __init__(self, name: str = THREAD_NAME) -> None:
        self._name = name
        self._condition = threading.Condition()
        self._jobs: dict[Callable[[], None], None] = {}
        self._is_busy = False
        self._closed = False
        self._thread: threading.Thread | None = None

    def submit(self, job: Callable[[], None]) -> None:
        """Have `job` run soon; after `close` never."""
        with self._condition:
            if self._closed:
                return
            self._jobs[job] = None
            self._condition.notify_all()
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name=self._name, daemon=True)
                self._thread.start()

    def wait(self, seconds: float) -> bool:
        """Whether all jobs are done, waiting `seconds` at most."""
        with self._condition:
            return self._condition.wait_for(lambda: not self._jobs and not self._is_busy, seconds)

    def close(self, seconds: float = CLOSE_S) -> None:
        """Run what waits, and end; a thread that hangs is waited for so long at most."""
        with self._condition:
            self._closed = True
            self._condition.notify_all()
        if self._thread is not None:
            self._thread.join(seconds)

    def _run(self) -> None:
        while True:
            with self._condition:
                self._is_busy = False
                self._condition.notify_all()
                self._condition.wait_for(lambda: self._jobs or self._closed)
                if not self._jobs:
                    return
                job = next(iter(self._jobs))
                del self._jobs[job]
                self._is_busy = True
            job()
