"""Applies the theme to the whole program."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from viewer.ui.style.theme import FULLSCREEN, colours_for, palette_for, style_sheet

if TYPE_CHECKING:
    from viewer.settings_store import SettingsStore
    from viewer.ui.style.theme import Colours
    from viewer.ui.viewport.slide_view import SlideView
    from viewer.ui.window.main_window import MainWindow


class Appearance(QObject):
    """Palette, style sheet and colours: those of the theme that is set; darker around the picture in full screen."""

    def __init__(self, settings: SettingsStore, window: MainWindow, slide_view: SlideView) -> None:
        super().__init__(window)
        self._settings, self._window, self._slide_view = settings, window, slide_view
        self._applied: Colours | None = None
        window.fullscreen_changed.connect(self.apply)
        QGuiApplication.styleHints().colorSchemeChanged.connect(self.apply)

    def apply(self, *_reason: object) -> None:
        """Bring the colours that are wanted now to every widget."""
        colours = colours_for(self._settings.text("look/theme"))
        if colours != self._applied:  # else only the slide view changes
            self._applied = colours
            QApplication.setPalette(palette_for(colours))
            self._window.setStyleSheet(style_sheet(colours))
            self._window.set_colours(colours)
        self._slide_view.set_colours(FULLSCREEN if self._window.isFullScreen() else colours)
