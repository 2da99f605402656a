"""The size of type on a widget."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

SMALLEST: Final = 9
"""Logical pixels: smaller type is not read, only seen."""


def set_type_size(widget: QWidget, pixels: float) -> None:
    """Set the words of `widget` in type of so many logical pixels, of `SMALLEST` at least."""
    font = widget.font()
    font.setPixelSize(max(round(pixels), SMALLEST))
    widget.setFont(font)
