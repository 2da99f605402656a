"""The picture looked at closely (zoom, pan, rotate) and copied; the window itself and its dialogs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from viewer.ui.commands.action_set import Commands

if TYPE_CHECKING:
    from collections.abc import Callable

    from viewer.actions import When
    from viewer.settings_store import SettingsStore
    from viewer.show.clock import Clock
    from viewer.show.picture_source import PictureSource
    from viewer.show.player import Player
    from viewer.show.session import Session
    from viewer.show.slide_view_model import SlideViewModel
    from viewer.ui.commands.messages import Messages
    from viewer.ui.commands.picture_copy import PictureCopy
    from viewer.ui.viewport.slide_view import SlideView
    from viewer.ui.window.main_window import MainWindow
    from viewer.ui.window.shortcuts_overlay import ShortcutsOverlay

_PAN: Final = 0.25  # of the viewport, for one press


class ViewCommands(Commands):
    """What is done with the picture on `slide_view`. Zooming in pauses the show, rather than lose the picture."""

    def __init__(self, slide_view: SlideView, session: Session, player: Player, view_model: SlideViewModel,
                 source: PictureSource, clock: Clock, messages: Messages) -> None:
        self._slide_view, self._session, self._player, self._messages = slide_view, session, player, messages
        self._view_model, self._source, self._clock = view_model, source, clock
        self._picture_copy: PictureCopy | None = None
        slide_view.zoom_changed.connect(self._zoomed)
        self.handlers = {
            "zoom_in": lambda: slide_view.zoom_step(1), "zoom_out": lambda: slide_view.zoom_step(-1),
            "fit": slide_view.fit, "actual_size": slide_view.actual_size, "toggle_zoom": slide_view.toggle_zoom,
            "pan_left": lambda: slide_view.pan(-_PAN, 0), "pan_right": lambda: slide_view.pan(_PAN, 0),
            "pan_up": lambda: slide_view.pan(0, -_PAN), "pan_down": lambda: slide_view.pan(0, _PAN),
            "rotate_right": lambda: slide_view.rotate(1), "rotate_left": lambda: slide_view.rotate(-1),
            "copy_picture": self._copy_picture, "copy_path": self._copy_path,
        }

    def conditions(self) -> set[When]:
        """Whether there is a picture to look at."""
        return set() if self._slide_view.view is None else {"picture"}

    def _zoomed(self, zoom: float | None) -> None:
        if zoom is not None and self._player.state == "playing":
            self._player.pause()
            self._messages.say("Paused while you look closely.")

    def _copy_picture(self) -> None:
        if self._picture_copy is None:
            from viewer.ui.commands.picture_copy import PictureCopy  # most runs copy nothing

            self._picture_copy = PictureCopy(self._source, self._messages, self._clock, self._slide_view)
        view = self._slide_view.view
        self._picture_copy.begin(self._view_model.displayed, 0 if view is None else view.turns)

    def _copy_path(self) -> None:
        if self._session.count:
            QGuiApplication.clipboard().setMimeData(path_as_mime_data(self._session.path))
            self._messages.say("The picture's path was copied.")


class WindowCommands(Commands):
    """Full screen, thumbnails, keys, preferences, about, leave, close and quit.

    The preferences offer the languages of the gallery that `session` has open. `leave_show` ends what the show has to
    end first, and says whether there was anything. `in_kiosk` says that the show is unattended.
    """

    def __init__(self, window: MainWindow, shortcuts: ShortcutsOverlay, settings: SettingsStore, session: Session,
                 leave_show: Callable[[], bool], *, in_kiosk: bool) -> None:
        self._window, self._shortcuts, self._settings, self._leave_show = window, shortcuts, settings, leave_show
        self._session, self._in_kiosk = session, in_kiosk
        self.handlers = {
            "fullscreen": lambda: window.set_fullscreen(not window.isFullScreen()),
            "toggle_strip": lambda: window.want_thumbnails(not window.thumbnails_shown),
            "help": lambda: shortcuts.setVisible(not shortcuts.isVisible()),
            "preferences": self._prefer, "about": self._tell_about, "leave": self._leave,
            "close": window.close, "quit": self._quit,
            "leave_kiosk": window.exit_asked.emit,
        }

    def conditions(self) -> set[When]:
        """Whether the show is unattended."""
        return {"kiosk"} if self._in_kiosk else set()

    def checked(self) -> dict[str, bool]:
        """What of the window is shown."""
        return {"fullscreen": self._window.isFullScreen(), "toggle_strip": self._window.thumbnails_shown,
                "help": self._shortcuts.isVisible()}

    # Dialogs are imported when they are wanted: they would make every start longer.

    def _prefer(self) -> None:
        from viewer.gallery.translations import translated_into
        from viewer.ui.dialogs.preferences import Preferences

        Preferences(self._settings, translated_into(self._session.gallery), self._window).exec()

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


def path_as_mime_data(path: str) -> QMimeData:
    """`path` as it is put on the clipboard: as a URL of its very bytes, percent-encoded (text/uri-list), and as text.

    The text is the path itself. Text on a clipboard has no bytes that are not UTF-8: a path with such bytes is quoted
    as a shell reads it, with octal escapes ($'...', POSIX.1-2024, 2.2.4).
    """
    data = QMimeData()
    # Not by QUrl.fromLocalFile, nor by setText with the path as it is: they drop the bytes that are not UTF-8.
    data.setData("text/uri-list", f"{Path(path).absolute().as_uri()}\r\n".encode())
    quoted = "".join(letter if letter.isprintable() and letter not in "'\\" else "".join(
        f"\\{byte:03o}" for byte in letter.encode(errors="surrogateescape")) for letter in path)
    data.setText(path if path.isprintable() else f"$'{quoted}'")
    return data
