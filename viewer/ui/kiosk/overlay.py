"""Base of what covers the whole screen of an unattended show for a while: a card in the middle, all else dimmed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QObject, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from viewer.ui.kiosk.touch_button import target_side
from viewer.ui.style.accessibility import set_role
from viewer.ui.style.theme import DARK

if TYPE_CHECKING:
    from PySide6.QtGui import QHideEvent, QKeyEvent, QMouseEvent, QPaintEvent, QShowEvent

SCRIM: Final = (0, 0, 0, 176)
"""Dims what is below, of which nothing has to be read meanwhile."""


class Overlay(QWidget):
    """A child of `window` over everything in it; no window of its own, which a window manager could lose.

    It keeps the keyboard while it is shown, and gives it back. `left` comes when it goes; `outside` when somebody
    touches it beside the card or presses Escape.
    """

    left = Signal()
    outside = Signal()

    def __init__(self, window: QWidget, name: str) -> None:
        """`name` is what a screen reader says of it."""
        super().__init__(window)
        self._window = window
        self.setAccessibleName(name)
        set_role(self, "Grouping")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.card = QRect()
        """The place of the card, in logical pixels; to be set by `arrange`."""
        self._before: QWidget | None = None
        window.installEventFilter(self)
        self.hide()

    @property
    def side(self) -> int:
        """The least side of what is touched, in logical pixels."""
        return target_side(self.size())

    def arrange(self) -> None:
        """Place the card and what is on it, for the present size."""

    def cover(self) -> None:
        """Show it over everything."""
        self.setGeometry(self._window.rect())
        self.arrange()
        self.raise_()
        self.show()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the window's size."""
        if event.type() == QEvent.Type.Resize and watched is self._window and self.isVisible():
            self.setGeometry(self._window.rect())
            self.arrange()
        return False

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Move the focus among its own parts alone."""
        parts = [part for part in self.findChildren(QWidget)
                 if part.focusPolicy() & Qt.FocusPolicy.TabFocus and part.isVisible() and part.isEnabled()]
        focused = QApplication.focusWidget()
        at = parts.index(focused) if focused in parts else -1 if forward else 0
        if parts:
            reason = Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason
            parts[(at + (1 if forward else -1)) % len(parts)].setFocus(reason)
        return True

    def event(self, event: QEvent) -> bool:
        """Keep every key from becoming a command of what is below."""
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keep what no part wants; Escape is `outside` too."""
        event.accept()
        if event.key() == Qt.Key.Key_Escape:
            self.outside.emit()

    def showEvent(self, event: QShowEvent) -> None:
        """Take the focus."""
        super().showEvent(event)
        if not event.spontaneous():
            self._before = QApplication.focusWidget()
            self.setFocus()

    def hideEvent(self, event: QHideEvent) -> None:
        """Give the focus back to whatever had it, which may be gone by now."""
        super().hideEvent(event)
        if event.spontaneous():
            return
        before, self._before = self._before, None
        if before is not None and isValid(before) and before.isVisible():
            before.setFocus()
        self.left.emit()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Keep every touch from what is below."""
        event.accept()
        if not self.card.contains(event.position().toPoint()):
            self.outside.emit()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - scrim and card are painted whole
        """Paint scrim and card."""
        painter = QPainter(self)
        painter.setLayoutDirection(Qt.LayoutDirection.LayoutDirectionAuto)  # by the words, whatever the desktop's is
        painter.fillRect(self.rect(), QColor(*SCRIM))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(DARK.line), 1))
        painter.setBrush(QColor(DARK.panel))
        radius = self.side * 0.3
        painter.drawRoundedRect(QRectF(self.card).adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
        self.paint_card(painter)

    def paint_card(self, painter: QPainter) -> None:
        """Paint what is on the card and no widget."""
