"""Focus ring: shows which part of the window has the keyboard, for someone who moves through it by Tab."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QObject, QRect, Qt
from PySide6.QtGui import QColor, QFocusEvent, QPainter, QPalette, QRegion
from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QPaintEvent

EDGES: Final = ("#000000", "#ffffff")
"""Outside and inside of the accent colour: of any picture one of them is 3:1 away (WCAG 2.2, technique C40)."""

_WIDTH: Final = 2  # logical pixels of the accent colour; one more on either side
_BY_KEYBOARD: Final = (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)


class FocusRing(QWidget):
    """A frame inside the edge of the one of `parts` that has the focus, once it was moved by Tab.

    It is not seen at the start, nor where a click put the focus, like ``:focus-visible`` of style sheets on the web.
    """

    def __init__(self, window: QWidget, parts: Sequence[QWidget]) -> None:
        super().__init__(window)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._is_wanted = False
        self._framed: QWidget = window
        self._parts = {part.focusProxy() or part: part for part in parts}
        for widget in {*self._parts, *parts}:
            widget.installEventFilter(self)
        self.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the focus, and the size of what is framed."""
        kind = event.type()
        if kind == QEvent.Type.Resize and watched is self._framed:
            self._fit()
        elif kind == QEvent.Type.FocusOut:
            self.hide()
        elif isinstance(event, QFocusEvent) and kind == QEvent.Type.FocusIn and isinstance(watched, QWidget):
            if event.reason() in _BY_KEYBOARD:
                self._is_wanted = True
            elif event.reason() == Qt.FocusReason.MouseFocusReason:
                self._is_wanted = False
            if self._is_wanted:
                self._frame(self._parts[watched])
        return False

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - all there is of it is a frame
        """Paint one frame inside the other; the mask leaves the middle out."""
        painter = QPainter(self)
        outside, inside = EDGES
        for inset, colour in ((0, outside), (1, self.palette().color(QPalette.ColorRole.Accent)), (1 + _WIDTH, inside)):
            painter.fillRect(_shrunk(self.rect(), inset), QColor(colour))

    def _frame(self, part: QWidget) -> None:
        self._framed = part
        self.setParent(part)
        self._fit()
        self.show()

    def _fit(self) -> None:
        room = self._framed.rect()
        self.setGeometry(room)
        self.setMask(QRegion(room) - QRegion(_shrunk(room, _WIDTH + 2)))  # the middle is painted without asking it


def _shrunk(room: QRect, by: int) -> QRect:
    return room.adjusted(by, by, -by, -by)
