"""Hides the pointer when it rests on the full screen's caption; over the picture the slide view does so itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from viewer.show.clock import DeferredCall
from viewer.ui.viewport.pointer_gestures import POINTER_REST_MS

if TYPE_CHECKING:
    from viewer.show.clock import Clock


class IdleCursor(QObject):
    """Event filter over `widget` and everything in it, in force while `set_watching` says so."""

    def __init__(self, widget: QWidget, clock: Clock) -> None:
        super().__init__(widget)
        self._parts = [widget, *widget.findChildren(QWidget)]
        self._watching = False
        self._hidden = False
        self._rest = DeferredCall(clock, self._hide, widget)
        for part in self._parts:
            part.setMouseTracking(True)
            part.installEventFilter(self)

    def set_watching(self, watching: bool) -> None:
        """Hide the pointer when it rests, from now on; or let it be seen again."""
        self._watching = watching
        self._show()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The pointer was moved, or left."""
        if self._watching:
            if event.type() in (QEvent.Type.MouseMove, QEvent.Type.MouseButtonPress, QEvent.Type.Enter):
                self._show()
                self._rest.start(POINTER_REST_MS)
            elif event.type() == QEvent.Type.Leave and watched is self._parts[0]:
                self._show()
        return super().eventFilter(watched, event)

    def _hide(self) -> None:
        if self._watching and not self._hidden:
            self._hidden = True
            QGuiApplication.setOverrideCursor(Qt.CursorShape.BlankCursor)

    def _show(self) -> None:
        self._rest.cancel()
        if self._hidden:
            self._hidden = False
            QGuiApplication.restoreOverrideCursor()
