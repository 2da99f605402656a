"""Progress bar of the slide's time: a thin line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QWidget

from viewer.ui.style.accessibility import set_role
from viewer.ui.style.theme import DARK

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from viewer.ui.style.theme import Colours


class ProgressLine(QWidget):
    """How much of the slide's time has gone, as a line; in a window, on a groove of the whole length."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.share = 0.0
        """How much of the time has gone, 0 to 1; to be changed by `set_share`."""
        self.setAccessibleName("Time of this slide")
        set_role(self, "ProgressBar")
        self._colours = DARK

    def set_share(self, share: float) -> None:
        """Fill the line to `share`, 0 to 1; painted only when a device pixel changes."""
        before = round(self.share * self.width() * self.devicePixelRatioF())
        self.share = share
        if round(share * self.width() * self.devicePixelRatioF()) != before:
            self.update()

    def set_colours(self, colours: Colours) -> None:
        """Take the colours of a theme."""
        self._colours = colours
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - the line is small: it is painted whole
        """Paint the line from the reading direction's beginning."""
        painter = QPainter(self)
        if not self.window().isFullScreen():
            painter.fillRect(self.rect(), QColor(self._colours.line))
        length = self.width() * self.share
        left = self.width() - length if self.layoutDirection() == Qt.LayoutDirection.RightToLeft else 0.0
        painter.fillRect(QRectF(left, 0, length, self.height()), QColor(self._colours.accent))
