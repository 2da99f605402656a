"""Buttons for fingers, on a screen of any size."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QAbstractButton

from viewer.ui.style.icons import svg_icon
from viewer.ui.style.theme import DARK
from viewer.ui.style.type_size import set_type_size

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QPaintEvent
    from PySide6.QtWidgets import QWidget

    from viewer.ui.style.icons import IconName

LEAST_SIDE: Final = 48
"""Logical pixels: what touch screens ask for, more than WCAG 2.2 does (44, 2.5.5)."""

_SHARE: Final = 0.06
"""Of a screen's shorter side: 65 of 1080 lines, which are 15 mm on a screen of 24 inches and 41 mm on one of 65."""

_TYPE: Final = 0.4  # of the button's height
_ICON: Final = 0.5


def target_side(screen: QSize) -> int:
    """The height of a button on a screen of this size, and the least width, in logical pixels."""
    return max(LEAST_SIDE, round(min(screen.width(), screen.height()) * _SHARE))


class TouchButton(QAbstractButton):
    """Button with a label, or an icon, or both. Enter and Space press it.

    It never takes the focus from where it is by a touch: whoever touches the screen does not look for the focus.
    """

    def __init__(self, label: str, name: str, parent: QWidget, icon: IconName | None = None) -> None:
        """`name` is what a screen reader says."""
        super().__init__(parent)
        self.setText(label)
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._icon = icon

    def set_icon(self, icon: IconName) -> None:
        """Show `icon` from now on."""
        self._icon = icon
        self.update()

    def set_side(self, side: int) -> None:
        """Be `side` logical pixels high, and as wide as the label needs."""
        set_type_size(self, side * _TYPE)
        words = self.fontMetrics().horizontalAdvance(self.text())
        icon = side * _ICON if self._icon is not None else 0
        gap = side * 0.25 if words and icon else 0
        self.setFixedSize(max(side, round(words + icon + gap + side * (0.8 if words else 0.4))), side)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Press it by Enter or Space."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.click()
        else:
            event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - the button is small: it is painted whole
        """Paint ground, icon and label, the last two in the middle."""
        painter = QPainter(self)
        painter.setLayoutDirection(Qt.LayoutDirection.LayoutDirectionAuto)  # by the words, whatever the desktop's is
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground = QColor(DARK.raised)
        ink = QColor(DARK.text if self.isEnabled() else DARK.quiet)
        if self.isChecked():
            ground, ink = QColor(DARK.selection), QColor(DARK.selected_text)
        edge = QPen(QColor(DARK.text if self.isChecked() else DARK.accent), 3) if self.hasFocus() else Qt.PenStyle.NoPen
        painter.setPen(edge)
        painter.setBrush(ground.lighter(150) if self.isDown() else ground)
        room = QRectF(self.rect()).adjusted(1.5, 1.5, -1.5, -1.5)
        radius = room.height() * 0.2
        painter.drawRoundedRect(room, radius, radius)
        side = self.height()
        words = self.fontMetrics().horizontalAdvance(self.text())
        icon = side * _ICON if self._icon is not None else 0
        gap = side * 0.25 if words and icon else 0
        left = (self.width() - words - icon - gap) / 2
        if self._icon is not None:
            painter.setOpacity(1 if self.isEnabled() else 0.4)
            start = self.width() - left - icon if self.isRightToLeft() else left
            svg_icon(self._icon, DARK.text, DARK.accent).render(painter, QRectF(start, (side - icon) / 2, icon, icon))
        painter.setPen(ink)
        text_left = left if self.isRightToLeft() else left + icon + gap
        painter.drawText(QRectF(text_left - 2, 0, words + 4, side), Qt.AlignmentFlag.AlignCenter, self.text())
