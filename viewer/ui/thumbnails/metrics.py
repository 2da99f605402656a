"""The size of thumbnails, known without them: a window's layout is final before they are there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSize

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

CELL: Final = QSize(117, 80)
"""Logical pixels from one thumbnail to the next; the picture in it is 3:2 and 12 smaller either way."""

_UNLIMITED: Final = 16_777_215
"""QWIDGETSIZE_MAX, which PySide does not export."""


def fix_extent(widget: QWidget, *, upright: bool) -> None:
    """Fix the width (`upright`) or height of `widget` to a row of thumbnails and a scroll bar."""
    if upright:
        widget.setMinimumSize(CELL.width() + 12, CELL.height())
        widget.setMaximumSize(CELL.width() + 12, _UNLIMITED)
    else:
        widget.setMinimumSize(CELL.width(), CELL.height() + 11)
        widget.setMaximumSize(_UNLIMITED, CELL.height() + 11)
