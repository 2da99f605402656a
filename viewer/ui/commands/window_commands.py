"""The window's own commands: full screen, thumbnails, keys, preferences, about, leave, close and quit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication

from viewer.ui.commands.action_set import Commands

if TYPE_CHECKING:
    from collections.abc import Callable

    from viewer.settings_store import SettingsStore
    from viewer.ui.window.main_window import MainWindow
    from viewer.ui.window.shortcuts_overlay import ShortcutsOverlay


class WindowCommands(Commands):
    """`leave_show` ends what the show has to end first, and says whether there was anything."""

    def __init__(self, window: MainWindow, shortcuts: ShortcutsOverlay, settings: SettingsStore,
                 leave_show: Callable[[], bool]) -> None:
        self._window, self._shortcuts, self._settings, self._leave_show = window, shortcuts, settings, leave_show

    def handlers(self) -> dict[str, Callable[[], object]]:
        """What to call for each action, by its id."""
        window, shortcuts = self._window, self._shortcuts
        return {
            "fullscreen": lambda: window.set_fullscreen(not window.isFullScreen()),
            "toggle_strip": lambda: window.want_thumbnails(not window.thumbnails_wanted),
            "help": lambda: shortcuts.setVisible(not shortcuts.isVisible()),
            "preferences": self._prefer, "about": self._tell_about, "leave": self._leave,
            "close": window.close, "quit": self._quit,
        }

    def checked(self) -> dict[str, bool]:
        """What of the window is shown."""
        return {"fullscreen": self._window.isFullScreen(), "toggle_strip": self._window.thumbnails_wanted,
                "help": self._shortcuts.isVisible()}

    # Dialogs are imported when they are wanted: they would make every start longer.

    def _prefer(self) -> None:
        from viewer.ui.dialogs.preferences import Preferences

        Preferences(self._settings, self._window).exec()

    def _tell_about(self) -> None:
        from viewer.ui.dialogs.choosers import tell_about

        tell_about(self._window)

    def _leave(self) -> None:
        """One step back: the keys, the black screen, the show, full screen; never out of the program."""
        if self._shortcuts.isVisible():
            self._shortcuts.hide()
        elif not self._leave_show() and self._window.isFullScreen():
            self._window.set_fullscreen(False)

    def _quit(self) -> None:
        self._window.close()
        QApplication.quit()
