"""The icons on buttons, SVG files painted in the theme's colour, and the program's own icon."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from PySide6.QtCore import QRect, QRectF, QResource, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QAbstractButton

from viewer.resources import asset
from viewer.ui.style.mirrored import mirrored
from viewer.ui.style.theme import DARK

if TYPE_CHECKING:
    from PySide6.QtGui import QIcon, QKeyEvent, QPaintEvent
    from PySide6.QtSvg import QSvgRenderer
    from PySide6.QtWidgets import QWidget

    from viewer.ui.style.theme import Colours

IconName: TypeAlias = Literal["play", "pause", "fullscreen", "fullscreen-exit", "previous", "next",
                              "broken", "empty", "loading", "close", "language", "text-larger", "backspace"]
"""An SVG file of resources.qrc, drawn in ``currentColor`` and ``accentColor``."""

ICON_SIDES: Final = (16, 24, 32, 48, 64, 128, 256, 512)
"""Pixels of the program's icon."""

ROUND_ALPHA: Final = 190
"""Opacity, 0 to 255, of a round button's ground over the picture."""


def app_icon() -> QIcon:
    """The program's icon, drawn by hand for each size. A file is read only when that size is first wanted."""
    from PySide6.QtGui import QIcon  # brings all names of icons, which a start can do without

    icon = QIcon()
    for side in ICON_SIDES:
        icon.addFile(str(asset(f"icons/liftoff-{side}.png")), QSize(side, side))
    return icon


def svg_icon(icon: IconName, colour: str, accent: str) -> QSvgRenderer:
    """An icon in two colours (``#rrggbb``)."""
    from PySide6.QtSvg import QSvgRenderer  # the first one brings Qt's SVG library: 7 ms

    svg = bytes(QResource(f":/icons/{icon}.svg").uncompressedData().data())
    return QSvgRenderer(svg.replace(b"currentColor", colour.encode()).replace(b"accentColor", accent.encode()))


class IconButton(QAbstractButton):
    """Button that is one icon, with its text beside it if it has one. Enter presses it; Space stays the show's.

    It has no icon until `load_icon`, because the first one brings Qt's SVG library, several milliseconds that the
    first picture does without.
    """

    def __init__(self, icon: IconName, name: str, parent: QWidget | None = None, *, side: int = 38,
                 round_: bool = False) -> None:
        """`name` is what a screen reader says and the tool tip shows; `side` is in logical pixels."""
        super().__init__(parent)
        self._icon: IconName = icon
        self._drawing: QSvgRenderer | None = None
        self._round = round_
        self._colours = DARK
        self.rename(name)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFixedSize(side, side)

    def set_label(self, label: str) -> None:
        """Show `label` beside the icon, in the button's font; "" for the icon alone."""
        self.setText(label)
        side = self.height()
        self.setFixedWidth(side + (self.fontMetrics().horizontalAdvance(label) + side // 3 if label else 0))

    def rename(self, name: str) -> None:
        """Say `name` from now on."""
        self.setAccessibleName(name)
        self.setToolTip(name)

    def load_icon(self) -> None:
        """Read the icon, from now on; it is painted as vectors, sharp at every pixel ratio."""
        self._drawing = svg_icon(self._icon, self._colours.text, self._colours.accent)
        self.update()

    def set_icon(self, icon: IconName) -> None:
        """Show `icon` from now on."""
        if icon != self._icon:
            self._icon = icon
            self._reload()

    def set_colours(self, colours: Colours) -> None:
        """Take the colours of another theme."""
        if colours != self._colours:
            self._colours = colours
            self._reload()

    def _reload(self) -> None:
        if self._drawing is not None:
            self.load_icon()
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses the button."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - the button is small: it is painted whole
        """Paint background and icon."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        background = QColor(self._colours.raised)
        if self._round:
            background.setAlpha(235 if self.underMouse() else ROUND_ALPHA)
        elif self.underMouse() or self.isDown():
            background = background.lighter(130)
        painter.setPen(QPen(QColor(self._colours.accent), 2) if self.hasFocus() else Qt.PenStyle.NoPen)
        painter.setBrush(background)
        room = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        radius = room.height() / 2 if self._round else 7
        painter.drawRoundedRect(room, radius, radius)
        side, inset = self.height(), self.height() * 0.24
        icon, label = QRect(0, 0, side, side), self.rect().adjusted(side - round(inset / 2), 0, 0, 0)
        if self._drawing is not None:
            drawn = QRectF(mirrored(self, icon, self.rect())).adjusted(1, 1, -1, -1)
            self._drawing.render(painter, drawn.adjusted(inset, inset, -inset, -inset))
        if self.text():
            painter.setPen(QColor(self._colours.text))
            leading = Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(mirrored(self, label, self.rect()), leading, self.text())
