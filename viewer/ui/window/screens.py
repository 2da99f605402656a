"""The screens there are, by their names or numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QGuiApplication

if TYPE_CHECKING:
    from PySide6.QtGui import QScreen


def screen_named(name: str) -> QScreen | None:
    """The screen called `name`, or the one with that number from 1; None where there is no such screen."""
    screens = enumerate(QGuiApplication.screens(), 1)
    return next((screen for at, screen in screens if name in (screen.name(), str(at))), None)
