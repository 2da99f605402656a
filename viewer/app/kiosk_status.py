"""What a kiosk tells its keeper: makes the play log, and connects it with the show."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from viewer.kiosk.disk_thread import DiskThread
from viewer.kiosk.play_log import PlayLog
from viewer.kiosk.play_record import FOLDER
from viewer.kiosk.play_recorder import PlayRecorder

if TYPE_CHECKING:
    from viewer.app.application import Liftoff
    from viewer.kiosk.config import KioskStart
    from viewer.show.clock import Clock


class KioskStatus(QObject):
    """Follows `program` from before it is shown, and writes into the folder that `start` names."""

    def __init__(self, program: Liftoff, start: KioskStart, clock: Clock, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._program = program
        self.disk = DiskThread()
        self.play_log = PlayLog(start.state_folder / FOLDER, self.disk, start.config.play_log)
        self.recorder = PlayRecorder(program.session, program.view_model, self.play_log, clock, self._screen_name, self)
        for painted in (program.slide_view.shown, program.slide_view.sharp_shown):
            painted.connect(self.recorder.seen)
        program.slide_view.looks_changed.connect(self._look_changed)

    def close(self) -> None:
        """Write what is still to be written, and end."""
        self.recorder.close()
        self.disk.close()

    def _look_changed(self) -> None:
        self.recorder.set_dark(self._program.slide_view.is_blank)

    def _screen_name(self) -> str:
        return self._program.window.screen().name()
