"""Tells when the pointer moves over a window, rests, and leaves it, whatever part of the window it is over."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QObject, QPointF, Qt, Signal
from PySide6.QtGui import QEnterEvent, QMouseEvent

from viewer.show.clock import DeferredCall

if TYPE_CHECKING:
    from PySide6.QtGui import QWindow

    from viewer.show.clock import Clock

POINTER_IDLE_MS: Final = 2000
"""Milliseconds without a movement after which the pointer rests."""


class PointerActivity(QObject):
    """Event filter on `window`, timed by `clock`.

    The native window, and not its widgets, has every movement of the pointer and none that Qt makes up when a widget
    appears under a pointer at rest. A dialog is a window of its own, and blocks this one: then the pointer has left.
    """

    moved = Signal(QPointF)
    """The pointer was moved to there, in logical pixels of the window."""
    rested = Signal()
    """It has not been moved for `POINTER_IDLE_MS`, wherever it is, and no button of it is held."""
    left = Signal()
    """It is not over the window any more."""

    def __init__(self, window: QWindow, clock: Clock) -> None:
        super().__init__(window)
        self._place: QPointF | None = None
        self._rest = DeferredCall(clock, self.rested.emit, window)
        window.installEventFilter(self)

    def stir(self) -> None:
        """Begin the time of rest anew, as a movement does."""
        self._rest.start(POINTER_IDLE_MS)

    def stop(self) -> None:
        """Tell no rest until the next movement."""
        self._rest.cancel()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: ARG002 - there is but the window
        """The pointer came in, was moved, pressed or released, or left."""
        if isinstance(event, QMouseEvent | QEnterEvent):
            place, before = event.globalPosition(), self._place
            self._place = place
            self.stop()
            if event.buttons() == Qt.MouseButton.NoButton:  # else something may be dragged
                self.stir()
            if before not in (None, place):
                self.moved.emit(event.position())
        elif event.type() in (QEvent.Type.Leave, QEvent.Type.WindowBlocked):
            self.stop()
            self.left.emit()
        return False
