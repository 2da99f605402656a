"""Takes the status at each slide and every few seconds, and has it written, for whoever looks after the kiosk."""

from __future__ import annotations

import logging
import os
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QObject

from viewer import __version__
from viewer.gallery.problems import shown
from viewer.kiosk.play_record import iso
from viewer.kiosk.play_recorder import utc_now
from viewer.kiosk.state_file import replace_file
from viewer.kiosk.status import EVERY_S, FILE, Snapshot, Status
from viewer.kiosk.status_problems import with_problems
from viewer.show.clock import DeferredCall

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable
    from pathlib import Path

    from viewer.kiosk.disk_thread import DiskThread
    from viewer.show.clock import Clock

_log = logging.getLogger("liftoff.kiosk.status")

SHORTEST_MS: Final = 1000
"""Milliseconds between two statuses at least."""


class StatusReporter(QObject):
    """Makes a status of what `add` names, and has `disk` write it into `folder`, atomically.

    It is not synchronized with the disk: it is of no use after a power cut, and would wear out a card. `painted_ms` and
    `due_ms` tell when a slide was painted last, and until when another has to be (`Snapshot`).
    """

    def __init__(self, folder: Path, disk: DiskThread, clock: Clock, painted_ms: Callable[[], int | None],
                 due_ms: Callable[[], int | None], parent: QObject | None = None,
                 *, time_of_day: Callable[[], dt.datetime] = utc_now) -> None:
        super().__init__(parent)
        self._path, self._disk, self._clock = folder / FILE, disk, clock
        self._painted_ms, self._due_ms, self._time_of_day = painted_ms, due_ms, time_of_day
        self._sources: dict[str, Callable[[], Any]] = {}
        self._started_ms = clock.now()
        self._problem = ""
        self._next = DeferredCall(clock, self.report, self)
        self.snapshot = Snapshot(Status(version=__version__, pid=os.getpid()), self._started_ms, self._started_ms, None,
                                 None)
        """The latest; another object each time, so that any thread may take it."""

    def add(self, field: str, source: Callable[[], Any]) -> None:
        """Ask `source` for the value of a field of `Status` from now on; raises ValueError where there is none."""
        if field not in Status.__struct_fields__:
            raise ValueError(f"the status has no field {field!r}")
        self._sources[field] = source

    def status_now(self) -> Status:
        """The latest status as it is known now; for any thread."""
        return self.snapshot.at(self._clock.now())

    def report_soon(self) -> None:
        """Something has changed: report at once, but a second after the last report at the earliest."""
        self._next.start(max(0, self.snapshot.taken_ms + SHORTEST_MS - self._clock.now()))

    def report(self) -> None:
        """Take the status and have it written; the next follows in `EVERY_S` seconds."""
        fields = {field: source() for field, source in self._sources.items()}
        status = Status(version=__version__, pid=os.getpid(), written=iso(self._time_of_day()), **fields)
        self.snapshot = Snapshot(with_problems(status), self._clock.now(), self._started_ms, self._painted_ms(),
                                 self._due_ms())
        self._disk.submit(self._write)
        self._next.start(EVERY_S * 1000)

    def close(self) -> None:
        """Report no more."""
        self._next.cancel()

    def _write(self) -> None:
        snapshot = self.snapshot
        cause = replace_file(self._path, snapshot.at(snapshot.taken_ms).as_json())
        problem = f"The status cannot be written in {shown(self._path.parent)}: {cause}." if cause else ""
        before, self._problem = self._problem, problem
        if problem and not before:
            _log.warning("%s", problem)
        elif before and not problem:
            _log.info("The status is written again.")
