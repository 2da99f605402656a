"""Hides the pointer when it rests on a full screen, over whatever part of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPointF, Qt
from PySide6.QtGui import QGuiApplication, QMouseEvent

from viewer.show.clock import DeferredCall
from viewer.ui.window.pointer_controls import POINTER_IDLE_MS

if TYPE_CHECKING:
    from PySide6.QtGui import QWindow

    from viewer.show.clock import Clock


class IdleCursor(QObject):
    """Event filter on `window`, in force while `set_watching` says so.

    The native window, and not its widgets, has every movement of the pointer and none that Qt makes up when a widget
    appears under a pointer at rest. A dialog is a window of its own, and blocks this one: there the pointer is seen.
    """

    def __init__(self, window: QWindow, clock: Clock) -> None:
        super().__init__(window)
        self._window = window
        self._hidden = False
        self._place: QPointF | None = None
        self._rest = DeferredCall(clock, self._hide, window)

    def set_watching(self, watching: bool) -> None:
        """Hide the pointer when it rests, from now on; or let it be seen again."""
        self._show()
        if watching:
            self._window.installEventFilter(self)
            self._rest.start(POINTER_IDLE_MS)
        else:
            self._window.removeEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: ARG002 - there is but the window
        """The pointer was moved, pressed or released, or left."""
        if isinstance(event, QMouseEvent):
            place = event.globalPosition()
            if self._place not in (None, place):
                self._show()
            self._place = place
            self._rest.cancel()
            if event.buttons() == Qt.MouseButton.NoButton:  # else something may be dragged
                self._rest.start(POINTER_IDLE_MS)
        elif event.type() in (QEvent.Type.Leave, QEvent.Type.WindowBlocked):
            self._show()
        return False

    def _hide(self) -> None:
        self._hidden = True
        QGuiApplication.setOverrideCursor(Qt.CursorShape.BlankCursor)

    def _show(self) -> None:
        self._rest.cancel()
        if self._hidden:
            self._hidden = False
            QGuiApplication.restoreOverrideCursor()
