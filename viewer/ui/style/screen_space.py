"""How large a window may be on its screen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSize

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

_FRAME: Final = QSize(16, 56)
"""Logical pixels that a window manager takes around a window."""


def screen_space(window: QWidget) -> QSize:
    """The size, in logical pixels, that `window` may have on its screen so that its frame is seen whole."""
    return window.screen().availableGeometry().size() - _FRAME
