"""The checkerboard that is seen through the transparent parts of a picture."""

from __future__ import annotations

from typing import Final

from PySide6.QtGui import QBrush, QColor, QPainter, QPixmap

_COLOURS: Final = ("#666666", "#999999")
"""Two greys that black drawings and white ones both stand out from."""

_SIDE: Final = 8


def checkerboard(ratio: float) -> QBrush:
    """Squares of 8 logical pixels in two greys, painted in device pixels, of which `ratio` make a logical one."""
    side = max(1, round(_SIDE * ratio))
    tile = QPixmap(2 * side, 2 * side)
    tile.fill(QColor(_COLOURS[0]))
    painter = QPainter(tile)
    painter.setBackground(QColor(_COLOURS[1]))
    for at in (0, side):
        painter.eraseRect(at, at, side, side)
    painter.end()
    return QBrush(tile)
