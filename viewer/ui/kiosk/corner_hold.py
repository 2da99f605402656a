"""The way out by touch: a corner of the screen that nothing shows, held for three seconds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QPointF, Signal

from viewer.show.clock import DeferredCall
from viewer.ui.kiosk.touch_button import target_side

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from viewer.show.clock import Clock
    from viewer.ui.kiosk.visitor_input import VisitorInput

HOLD_MS: Final = 3000


class CornerHold(QObject):
    """`held` says that the upper left corner of `window`, twice as wide as a button, was held for `HOLD_MS`."""

    held = Signal()

    def __init__(self, window: QWidget, visitor: VisitorInput, clock: Clock) -> None:
        super().__init__(window)
        self._window = window
        self._hold = DeferredCall(clock, self.held.emit, self)
        visitor.pressed.connect(self._press)
        visitor.released.connect(self._hold.cancel)

    def _press(self, place: QPointF) -> None:
        if max(place.x(), place.y()) <= 2 * target_side(self._window.size()):
            self._hold.start(HOLD_MS)
