"""Hides the pointer when it rests on a full screen, over whatever part of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QGuiApplication

if TYPE_CHECKING:
    from viewer.ui.window.pointer_activity import PointerActivity


class IdleCursor(QObject):
    """Hides the pointer by what `activity` tells, in force while `set_watching` says so."""

    def __init__(self, activity: PointerActivity) -> None:
        super().__init__(activity)
        self._activity = activity
        self._watching = self._hidden = False
        activity.moved.connect(self._show)
        activity.left.connect(self._show)
        activity.rested.connect(self._hide)

    def set_watching(self, watching: bool) -> None:
        """Hide the pointer when it rests, from now on; or let it be seen again."""
        self._watching = watching
        self._show()
        if watching:
            self._activity.stir()

    def close(self) -> None:
        """Let the pointer be seen, and nothing be due any more."""
        self.set_watching(False)
        self._activity.stop()

    def _hide(self) -> None:
        if self._watching and not self._hidden:
            self._hidden = True
            QGuiApplication.setOverrideCursor(Qt.CursorShape.BlankCursor)

    def _show(self) -> None:
        if self._hidden:
            self._hidden = False
            QGuiApplication.restoreOverrideCursor()
