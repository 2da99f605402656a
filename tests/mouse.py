"""The mouse of the tests, in as far as QTest's is not enough."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

if TYPE_CHECKING:
    from PySide6.QtCore import QPoint
    from PySide6.QtGui import QWindow
    from PySide6.QtWidgets import QWidget


def double_click(widget: QWidget, button: Qt.MouseButton, pos: QPoint) -> None:
    """Click twice. QTest's own double click leaves the button down, for later tests too."""
    QTest.mouseDClick(widget, button, pos=pos)
    QTest.mouseRelease(widget, button, pos=pos)


def release_buttons(window: QWindow) -> None:
    """Let go of every button: QTest remembers what another test left pressed, be it on another widget."""
    for button in (Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton, Qt.MouseButton.MiddleButton):
        QTest.mouseRelease(window, button)
