"""What brings a kiosk back: proof for its supervisor, the position on the disk, slides set aside, a gallery to come."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject

from viewer.kiosk.gallery_wait import GalleryWait
from viewer.kiosk.heartbeat import Heartbeat
from viewer.kiosk.parent import end_with_parent
from viewer.kiosk.position_keeper import PositionKeeper
from viewer.kiosk.set_aside_watch import SetAsideWatch

if TYPE_CHECKING:
    from viewer.app.application import Liftoff
    from viewer.kiosk.config import KioskStart
    from viewer.kiosk.disk_thread import DiskThread
    from viewer.show.clock import Clock


class KioskRecovery(QObject):
    """Follows `program` from before it is shown; files are looked at in the thread of `disk`."""

    def __init__(self, program: Liftoff, start: KioskStart, disk: DiskThread, clock: Clock, parent: QObject) -> None:
        super().__init__(parent)
        session, player, watcher = program.session, program.player, program.gallery_watcher
        self._position = PositionKeeper(session, start.state_folder, self)
        self._set_aside = SetAsideWatch(start.state_folder, disk, clock, self)
        self._set_aside.changed.connect(watcher.reload)
        self._wait = GalleryWait(session, player, watcher, clock, self)
        self._heartbeat: Heartbeat | None = None
        if start.heartbeat_fd >= 0:
            end_with_parent()
            self._heartbeat = Heartbeat(start.heartbeat_fd, session, player, program.slide_view, clock,
                                        lambda: program.pool.patience_ms, self)
            # Without close: it is not ended on purpose, and goes on here when there is a supervisor again.
            self._heartbeat.lost.connect(partial(QCoreApplication.exit, 1))

    def close(self) -> None:
        """The show is ended on purpose; once is enough."""
        self._position.forget()
        self._set_aside.close()
        self._wait.close()
        if self._heartbeat is not None:
            self._heartbeat.close()
            self._heartbeat = None
