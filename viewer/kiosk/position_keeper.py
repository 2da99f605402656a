"""Keeps the position of an unattended show on the disk, so that an end of any kind costs nothing."""

from __future__ import annotations

import logging
import os
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from viewer.kiosk.position import Position, forget_position, write_position

if TYPE_CHECKING:
    from pathlib import Path

    from viewer.show.session import Session

_log = logging.getLogger(__name__)


class PositionKeeper(QObject):
    """Writes where `session` is into `folder` before anybody displays it; `forget` takes that back.

    Before, since it is the slide that is about to be displayed which can crash the show, within the same call.
    """

    def __init__(self, session: Session, folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session, self._folder = session, folder
        self._complained = False
        session.moving.connect(self._write)

    def forget(self) -> None:
        """The show is ended on purpose: begin anew next time."""
        forget_position(self._folder)

    def _write(self) -> None:
        slide = self._session.slide
        if slide is None:
            return
        why = write_position(self._folder, Position(self._session.index, slide.id, slide.file, self._session.path,
                                                    os.getpid()))
        if why and not self._complained:
            self._complained = True
            _log.warning("Where the show is cannot be kept in %s: %s.", self._folder, why)
