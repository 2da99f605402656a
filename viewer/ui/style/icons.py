"""The few signs on buttons, drawn as paths so that they are crisp at every scale and take the room's colour."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QAbstractButton

from viewer.resources import asset
from viewer.ui.style.theme import DARK

if TYPE_CHECKING:
    from PySide6.QtGui import QIcon, QKeyEvent, QPaintEvent
    from PySide6.QtWidgets import QWidget

    from viewer.ui.style.theme import Colours

IconName: TypeAlias = Literal["play", "pause", "fullscreen", "leave", "previous", "next", "close"]

_STROKES: Final[dict[IconName, tuple[tuple[tuple[float, float], ...], ...]]] = {
    # Polylines in a square of 24 units; "play" and "pause" are filled.
    "play": (((8, 5.5), (18.5, 12), (8, 18.5), (8, 5.5)),),
    "pause": (((7.5, 6), (10, 6), (10, 18), (7.5, 18), (7.5, 6)), ((14, 6), (16.5, 6), (16.5, 18), (14, 18), (14, 6))),
    "fullscreen": (((5, 10), (5, 5), (10, 5)), ((14, 5), (19, 5), (19, 10)), ((19, 14), (19, 19), (14, 19)),
                   ((10, 19), (5, 19), (5, 14))),
    "leave": (((10, 5), (10, 10), (5, 10)), ((19, 10), (14, 10), (14, 5)), ((14, 19), (14, 14), (19, 14)),
              ((5, 14), (10, 14), (10, 19))),
    "previous": (((14.5, 5.5), (8, 12), (14.5, 18.5)),),
    "next": (((9.5, 5.5), (16, 12), (9.5, 18.5)),),
    "close": (((6, 6), (18, 18)), ((18, 6), (6, 18))),
}
_FILLED: Final = frozenset({"play", "pause"})

ICON_SIDES: Final = (16, 24, 32, 48, 64, 128, 256, 512)
"""Pixels of the program's sign."""


def paint_icon(painter: QPainter, icon: IconName, room: QRectF, colour: QColor) -> None:
    """Paint `icon` into the square `room` (logical pixels)."""
    path = QPainterPath()
    for points in _STROKES[icon]:
        path.moveTo(QPointF(*points[0]))
        for point in points[1:]:
            path.lineTo(QPointF(*point))
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(room.topLeft())
    painter.scale(room.width() / 24, room.height() / 24)
    pen = QPen(colour, 1.7, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    painter.setBrush(colour if icon in _FILLED else Qt.BrushStyle.NoBrush)
    painter.drawPath(path)
    painter.restore()


def app_icon() -> QIcon:
    """The program's sign, drawn by hand for each size. A file is read only when that size is first wanted."""
    from PySide6.QtGui import QIcon  # brings all names of icons, which a start can do without

    icon = QIcon()
    for side in ICON_SIDES:
        icon.addFile(str(asset(f"icons/liftoff-{side}.png")), QSize(side, side))
    return icon


class IconButton(QAbstractButton):
    """A quiet button with one sign. Enter presses it; Space stays the show's."""

    def __init__(self, icon: IconName, name: str, parent: QWidget | None = None, *, side: int = 38,
                 round_: bool = False) -> None:
        """`name` is what a screen reader says and the tool tip shows; `side` is in logical pixels."""
        super().__init__(parent)
        self._icon: IconName = icon
        self._side = side
        self._round = round_
        self._colours = DARK
        self.rename(name)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFixedSize(side, side)

    def rename(self, name: str) -> None:
        """Say `name` from now on."""
        self.setAccessibleName(name)
        self.setToolTip(name)

    def set_icon(self, icon: IconName) -> None:
        """Show `icon` from now on."""
        self._icon = icon
        self.update()

    def set_colours(self, colours: Colours) -> None:
        """Take the colours of another room."""
        self._colours = colours
        self.update()

    def sizeHint(self) -> QSize:
        """A square."""
        return QSize(self._side, self._side)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses the button."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - the button is small: it is painted whole
        """Paint ground and sign."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        background = QColor(self._colours.raised)
        if self._round:
            background.setAlpha(235 if self.underMouse() else 190)
        elif self.underMouse() or self.isDown():
            background = background.lighter(130)
        painter.setPen(QPen(QColor(self._colours.accent), 2) if self.hasFocus() else Qt.PenStyle.NoPen)
        painter.setBrush(background)
        room = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        radius = room.width() / 2 if self._round else 7
        painter.drawRoundedRect(room, radius, radius)
        inset = self._side * 0.24
        paint_icon(painter, self._icon, room.adjusted(inset, inset, -inset, -inset), QColor(self._colours.text))
