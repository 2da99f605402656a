"""Notices that a slide which was set aside may be shown again: its file has changed, or a day has passed."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal

from viewer.kiosk.resume import still_set_aside
from viewer.show.clock import DeferredCall

if TYPE_CHECKING:
    from pathlib import Path

    from viewer.kiosk.disk_thread import DiskThread
    from viewer.show.clock import Clock

LOOK_MS: Final = 60_000
"""Milliseconds between two looks at the files of what is set aside."""


class SetAsideWatch(QObject):
    """`changed` says that the gallery is to be read again, as other slides are left out of it than before."""

    changed = Signal()
    _looked = Signal(object)

    def __init__(self, folder: Path, disk: DiskThread, clock: Clock, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._folder, self._disk = folder, disk
        self._known: object = None
        self._timer = DeferredCall(clock, self._look_soon, self)
        self._looked.connect(self._compare)
        self._look_soon()

    def close(self) -> None:
        """Look no more."""
        self._timer.cancel()

    def _look_soon(self) -> None:
        self._disk.submit(self._look)

    def _look(self) -> None:
        """In the disk's thread: a share that is away can hold it up."""
        found = frozenset((slide.id, slide.file) for slide in still_set_aside(self._folder))
        with suppress(RuntimeError):  # this object was deleted while the disk took its time
            self._looked.emit(found)

    def _compare(self, now: object) -> None:
        before, self._known = self._known, now
        if before is not None and now != before:
            self.changed.emit()
        if now:  # only the supervisor sets aside, while no show runs: without any there is nothing to look at
            self._timer.start(LOOK_MS)
