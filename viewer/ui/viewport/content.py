"""What the canvas shows, painted in device pixels, and the background it is painted on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple, Protocol

from PySide6.QtGui import QBrush, QColor, QPainter, QPixmap

if TYPE_CHECKING:
    from viewer.imaging.protocol.messages import Box, Region

_CHECKS: Final = ("#666666", "#999999")
"""Two greys that black drawings and white ones both stand out from."""
_CHECK_SIDE: Final = 8


class BackgroundBrushes(NamedTuple):
    """What is painted around a picture and, from its corner on, behind its transparent parts."""

    around: QColor
    behind: QBrush


def checkerboard(ratio: float) -> QBrush:
    """Squares of 8 logical pixels in two greys, for a screen with so many device pixels to a logical one."""
    side = max(1, round(_CHECK_SIDE * ratio))
    tile = QPixmap(2 * side, 2 * side)
    tile.fill(QColor(_CHECKS[0]))
    painter = QPainter(tile)
    painter.setBackground(QColor(_CHECKS[1]))
    for x, y in ((0, 0), (side, side)):
        painter.eraseRect(x, y, side, side)
    painter.end()
    return QBrush(tile)


class Content(Protocol):
    """Something that fills the viewport."""

    @property
    def covered(self) -> Region:
        """The part of the viewport (device pixels) that is not just background."""

    def resize(self, viewport: Box) -> None:
        """Fill a viewport of another size, in device pixels."""

    def paint(self, painter: QPainter, brushes: BackgroundBrushes, ratio: float) -> None:
        """Paint all of the viewport; `painter` is in device pixels, `ratio` of them to a logical one."""
