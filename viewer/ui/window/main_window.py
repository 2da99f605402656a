"""The main window: menu bar, the hall in the middle, and two docks around it, for the caption and the thumbnails."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QEvent, QSize, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QMainWindow

from viewer.ui.captions.panel import CaptionPanel
from viewer.ui.window.docks import Docks

if TYPE_CHECKING:
    from PySide6.QtGui import (
        QCloseEvent,
        QDragEnterEvent,
        QDropEvent,
        QResizeEvent,
        QScreen,
    )

    from viewer.ui.style.theme import Colours
    from viewer.ui.thumbnails.bar import ThumbnailBar
    from viewer.ui.window.central_widget import CentralWidget


class MainWindow(QMainWindow):
    """The window. The composition root connects its signals; it decides nothing about slides."""

    closing = Signal()
    dropped = Signal(object)
    """Paths (list[pathlib.Path]) that were dropped on the window."""
    digit_pressed = Signal(str)
    """A digit, "Enter", "Backspace" or "Esc" that belongs to a slide's number."""
    key_released = Signal()
    """A key is let go for good, not for its next repetition."""
    mode_changed = Signal(bool)
    """Whether the window is in full screen now."""

    def __init__(self, central: CentralWidget, thumbnail_bar: ThumbnailBar) -> None:
        """The window with its docks in their first places."""
        super().__init__()
        self.setObjectName("window")
        self.setAcceptDrops(True)
        self.setDockNestingEnabled(True)
        self.setAnimated(False)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self._central = central
        self._thumbnail_bar = thumbnail_bar
        self._full = False
        self._was_maximized = self._was_visible = False
        self._geometry_before = b""
        self._place_before = self.geometry()
        self.wants_digit = _no_digit
        self.setCentralWidget(central)
        self.panel = CaptionPanel()
        self._docks = Docks(self, self.panel, thumbnail_bar)
        self.setMinimumSize(240, 180)
        self.resize(1280, 800)

    # -- what is seen ---------------------------------------------------------------------------------------------

    @property
    def fullscreen(self) -> bool:
        """Whether the window fills the screen."""
        return self._full

    @property
    def strip_wanted(self) -> bool:
        """Whether the thumbnails are to be seen, room permitting."""
        return self._central.thumbnail_bar_pinned if self._full else self._docks.strip_wanted

    @property
    def caption_wanted(self) -> bool:
        """Whether the window's caption is to be seen, room permitting."""
        return self._docks.caption_wanted

    @property
    def caption_visible(self) -> bool:
        """Whether the window's caption is on the screen now."""
        return self._docks.caption_visible

    def want_strip(self, wanted: bool) -> None:
        """Show or hide the thumbnails; in full screen, pin them to the lower edge or let them go."""
        if self._full:
            self._central.pin_thumbnail_bar(wanted)
        else:
            self._docks.strip_wanted = wanted
            self._docks.make_room(self.size())

    def want_caption(self, wanted: bool) -> None:
        """Show or hide the window's caption."""
        self._docks.caption_wanted = wanted
        self._docks.make_room(self.size())

    def set_fullscreen(self, full: bool, screen: QScreen | None = None) -> None:
        """Fill `screen` (or the one the window is on), or go back to the window as it was."""
        if full == self._full:
            return
        if full:
            self._was_maximized, self._was_visible = self.isMaximized(), self.isVisible()
            self._geometry_before, self._place_before = self.geometry_state(), self.geometry()
        self._full = full
        self.setUpdatesEnabled(False)
        if full:
            self.menuBar().hide()
            self._docks.put_away()
            self._central.set_fullscreen(True, self._thumbnail_bar)
            if screen is not None:
                self.setScreen(screen)
            self.setWindowState(Qt.WindowState.WindowFullScreen)
            # Said before the window manager does, the size is there for the first picture.
            self.setGeometry(self.screen().geometry())
            self.show()
            self.activateWindow()
        else:
            self._central.set_fullscreen(False, None)
            self.menuBar().show()
            # The window manager takes its time: until it has resized the window, go by the size it is to have.
            self._docks.bring_back(self._place_before.size())
            if self._was_maximized:
                self.showMaximized()
            else:
                self.showNormal()
                if self._was_visible:
                    self.setGeometry(self._place_before)
                else:  # begun in full screen: nobody else knows where the window would be
                    self.restoreGeometry(QByteArray(self._geometry_before))
        self.setUpdatesEnabled(True)
        self.mode_changed.emit(full)

    def keep_on_screen(self, *, first_time: bool) -> None:
        """Be no larger than the screen has room for, frame included; the first time, choose a size that suits it."""
        room = self.screen().availableGeometry().size() - QSize(16, 56)
        wanted = self.size()
        if first_time:
            wanted = QSize(1440, 900) if room.width() > room.height() else QSize(1000, 1400)
        self.resize(wanted.boundedTo(room))

    def set_colours(self, colours: Colours) -> None:
        """Take the colours of another room."""
        self.panel.set_colours(colours)
        self._thumbnail_bar.set_colours(colours)
        self._central.set_colours(colours)

    # -- the layout, remembered -----------------------------------------------------------------------------------

    def layout_state(self) -> bytes:
        """Sizes and places of the docks and what is shown, to be remembered."""
        return self._docks.state()

    def geometry_state(self) -> bytes:
        """Place and size of the window itself; in full screen, those it goes back to."""
        return self._geometry_before if self._full else bytes(self.saveGeometry().data())

    def restore_layout(self, geometry: bytes, state: bytes) -> None:
        """Go back to a remembered place, size and arrangement; anything unreadable leaves things as they are."""
        self._docks.restore(state)  # first: restored to a maximized window, Qt keeps it, and docks that are gone
        if geometry:
            self.restoreGeometry(QByteArray(geometry))
            self.setWindowState(self.windowState() & ~Qt.WindowState.WindowFullScreen)  # a window manager's doing
        self._docks.make_room(self.size())

    # -- events ---------------------------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        """There may be room for more, or for less."""
        super().resizeEvent(event)
        self._docks.make_room(self.size())

    def closeEvent(self, event: QCloseEvent) -> None:
        """Let everything be put in order first."""
        self.closing.emit()
        event.accept()

    def event(self, event: QEvent) -> bool:
        """Keep digits that belong to a slide's number from becoming commands."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride:
            key = digit_key(event)
            if key and self.wants_digit(key):
                event.accept()
                return True
            if key in ("0", "1"):
                self.digit_pressed.emit(key)  # it may begin a number, and is a command as well
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Digits that nothing else took go to the slide's number."""
        key = digit_key(event)
        if key and self.wants_digit(key):
            self.digit_pressed.emit(key)
        else:
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """A key that was held down is let go."""
        super().keyReleaseEvent(event)
        if not event.isAutoRepeat():
            self.key_released.emit()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Local files and folders are welcome."""
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Show what was dropped."""
        from viewer.gallery.file_url import path_of  # nothing is dropped during a start

        urls = (bytes(url.toEncoded().data()).decode() for url in event.mimeData().urls())
        paths = [path for path in map(path_of, urls) if path is not None]
        if paths:
            event.acceptProposedAction()
            self.dropped.emit(paths)


def screen_named(name: str) -> QScreen | None:
    """The screen called `name`, or the one with that number from 1; None where there is no such screen."""
    screens = QGuiApplication.screens()
    for at, screen in enumerate(screens, 1):
        if name in (screen.name(), str(at)):
            return screen
    return None


def digit_key(event: QKeyEvent) -> str:
    """The digit, "Enter", "Backspace" or "Esc" that `event` is; else nothing."""
    if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
        return ""
    key = Qt.Key(event.key())
    if Qt.Key.Key_0 <= key <= Qt.Key.Key_9:
        return chr(key)
    names = {Qt.Key.Key_Return: "Enter", Qt.Key.Key_Enter: "Enter", Qt.Key.Key_Backspace: "Backspace",
             Qt.Key.Key_Escape: "Esc"}
    return names.get(key, "")


def _no_digit(key: str) -> bool:  # noqa: ARG001 - the shape of Window.wants_digit
    return False
