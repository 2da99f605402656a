"""The screens there are, by their names or numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QGuiApplication

if TYPE_CHECKING:
    from collections.abc import Iterable

    from PySide6.QtGui import QScreen


def screen_named(name: str) -> QScreen | None:
    """The screen called `name`, or the one with that number from 1; None where there is no such screen."""
    return next((screen for at, screen in _numbered() if name in (screen.name(), str(at))), None)


def listed_screens() -> str:
    """The screens there are, as people read it: "1 (HDMI-1), 2 (DP-2)"."""
    return ", ".join(f"{at} ({screen.name()})" for at, screen in _numbered())


def _numbered() -> Iterable[tuple[int, QScreen]]:
    return enumerate(QGuiApplication.screens(), 1)
