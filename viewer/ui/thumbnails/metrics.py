"""How much room thumbnails take: known without them, so that a window has its places before they are there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSize

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

CELL: Final = QSize(117, 80)
"""Logical pixels from one thumbnail to the next; the picture in it is 3:2 and 12 smaller either way."""

_ANY: Final = 16_777_215
"""Qt's own word for a size without limit (QWIDGETSIZE_MAX)."""


def keep_room(widget: QWidget, *, upright: bool) -> None:
    """Hold `widget` to the width or height of a row of thumbnails, that of the scroll bar included."""
    if upright:
        widget.setMinimumSize(CELL.width() + 12, CELL.height())
        widget.setMaximumSize(CELL.width() + 12, _ANY)
    else:
        widget.setMinimumSize(CELL.width(), CELL.height() + 11)
        widget.setMaximumSize(_ANY, CELL.height() + 11)
