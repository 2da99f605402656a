"""The main window: menu bar, the hall in the middle, and two docks around it, for the caption and the thumbnails.

Docks go to any side and come back where they were. In a narrow or upright window the caption goes below the picture
by itself, and back again; in a tiny one it stays away until there is room. Full screen hides the docks and leaves
their arrangement alone, so that nothing of it can get into the window's remembered layout.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QByteArray, QEvent, QPointF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter
from PySide6.QtWidgets import QDockWidget, QMainWindow, QWidget

from viewer.ui.caption import CaptionPanel
from viewer.ui.glyphs import app_icon

if TYPE_CHECKING:
    from PySide6.QtGui import (
        QCloseEvent,
        QDragEnterEvent,
        QDropEvent,
        QPaintEvent,
        QResizeEvent,
        QScreen,
    )

    from viewer.ui.controls import Shelf
    from viewer.ui.hall import Hall
    from viewer.ui.theme import Colours

_LAYOUT_VERSION: Final = 1
_ROOM_BESIDE: Final = 720
_ROOM_BELOW: Final = 620
_ROOM_STRIP: Final = 380
"""Logical pixels of the window's width or height below which caption or thumbnails stay away."""

_SIDES: Final = (Qt.DockWidgetArea.LeftDockWidgetArea, Qt.DockWidgetArea.RightDockWidgetArea)


class Grip(QWidget):
    """What a dock is held by: a thin bar whose dots appear under the pointer."""

    def __init__(self, parent: QWidget, name: str) -> None:
        """`name` says what is moved."""
        super().__init__(parent)
        self.setToolTip(f"Drag to move the {name} to another side")
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setCursor(Qt.CursorShape.SizeAllCursor)

    def sizeHint(self) -> QSize:
        """Thin."""
        return QSize(40, 8)

    def minimumSizeHint(self) -> QSize:
        """Thin."""
        return QSize(8, 8)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - the grip is small: it is painted whole
        """Dots, while the pointer is over it."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), self.palette().window())
        if self.underMouse():
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(self.palette().placeholderText().color()))
            for step in (-1, 0, 1):
                painter.drawEllipse(QPointF(self.width() / 2 + step * 8, self.height() / 2), 1.6, 1.6)


class Window(QMainWindow):
    """The window. The composition root connects its signals; it decides nothing about slides."""

    closing = Signal()
    dropped = Signal(object)
    """Paths (list[Path]) that were dropped on the window."""
    digit_pressed = Signal(str)
    """A digit, "Enter", "Backspace" or "Esc" that belongs to a slide's number."""
    mode_changed = Signal(bool)
    """Whether the window is in full screen now."""

    def __init__(self, hall: Hall, shelf: Shelf) -> None:
        """The window with its docks in their first places."""
        super().__init__()
        self.setObjectName("window")
        self.setWindowIcon(app_icon())
        self.setAcceptDrops(True)
        self.setDockNestingEnabled(True)
        self.setAnimated(False)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self._hall = hall
        self._shelf = shelf
        self._full = False
        self._strip_wanted = True
        self._caption_wanted = True
        self._caption_side = Qt.DockWidgetArea.RightDockWidgetArea
        self._placed_below = False
        self._was_maximized = False
        self.wants_digit = _no_digit
        self._sharing = QTimer(self, singleShot=True, interval=0)
        self._sharing.timeout.connect(self._share_height)
        self.setCentralWidget(hall)
        self.panel = CaptionPanel()
        self._caption_dock = self._dock("captionDock", "Caption", "caption", self.panel)
        self._strip_dock = self._dock("stripDock", "Thumbnails", "thumbnails", shelf)
        self.addDockWidget(self._caption_side, self._caption_dock)
        self.addDockWidget(Qt.DockWidgetArea.BottomDockWidgetArea, self._strip_dock)
        for corner in (Qt.Corner.BottomLeftCorner, Qt.Corner.BottomRightCorner):
            self.setCorner(corner, Qt.DockWidgetArea.BottomDockWidgetArea)
        self._caption_dock.dockLocationChanged.connect(self._caption_moved)
        self._strip_dock.dockLocationChanged.connect(self._strip_moved)
        self.setMinimumSize(240, 180)
        self.resize(1280, 800)
        self.resizeDocks([self._caption_dock], [308], Qt.Orientation.Horizontal)

    # -- what is seen ---------------------------------------------------------------------------------------------

    @property
    def fullscreen(self) -> bool:
        """Whether the window fills the screen."""
        return self._full

    @property
    def strip_wanted(self) -> bool:
        """Whether the thumbnails are to be seen, room permitting."""
        return self._hall.shelf_pinned if self._full else self._strip_wanted

    @property
    def caption_wanted(self) -> bool:
        """Whether the window's caption is to be seen, room permitting."""
        return self._caption_wanted

    @property
    def caption_visible(self) -> bool:
        """Whether the window's caption is on the screen now."""
        return self._caption_dock.isVisible()

    def want_strip(self, wanted: bool) -> None:
        """Show or hide the thumbnails; in full screen, pin them to the lower edge or let them go."""
        if self._full:
            self._hall.pin_shelf(wanted)
        else:
            self._strip_wanted = wanted
            self._make_room()

    def want_caption(self, wanted: bool) -> None:
        """Show or hide the window's caption."""
        self._caption_wanted = wanted
        self._make_room()

    def has_room_for_caption(self) -> bool:
        """Whether the window is large enough for the caption at all."""
        return self.width() >= _ROOM_BESIDE or self.height() >= _ROOM_BELOW

    def set_fullscreen(self, full: bool, screen: QScreen | None = None) -> None:
        """Fill `screen` (or the one the window is on), or go back to the window as it was."""
        if full == self._full:
            return
        if full:
            self._was_maximized = self.isMaximized()
        self._full = full
        self.setUpdatesEnabled(False)
        if full:
            self.menuBar().hide()
            self._strip_dock.hide()
            self._caption_dock.hide()
            self._hall.set_fullscreen(True, self._shelf)
            if screen is not None:
                self.setScreen(screen)
                self.setGeometry(screen.geometry())
            self.showFullScreen()
        else:
            self._hall.set_fullscreen(False, None)
            self._strip_dock.setWidget(self._shelf)
            self._shelf.show()
            self.menuBar().show()
            self._strip_moved(self.dockWidgetArea(self._strip_dock))
            # The window manager takes its time: until it has resized the window, go by the size it is to have.
            self._make_room(self.size() if self._was_maximized else self.normalGeometry().size())
            if self._was_maximized:
                self.showMaximized()
            else:
                self.showNormal()
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
        self._shelf.set_colours(colours)
        self._hall.set_colours(colours)

    # -- the layout, remembered -----------------------------------------------------------------------------------

    def layout_state(self) -> bytes:
        """Sizes and places of the docks and what is shown, to be remembered."""
        below = self._placed_below
        if below:
            self._place_caption(self._caption_side)
        state = bytes(self.saveState(_LAYOUT_VERSION).data())
        if below:
            self._place_caption(Qt.DockWidgetArea.BottomDockWidgetArea)
        flags = (1 if self._strip_wanted else 0) | (2 if self._caption_wanted else 0)
        return bytes([flags]) + state

    def geometry_state(self) -> bytes:
        """Place and size of the window itself."""
        return bytes(self.saveGeometry().data())

    def restore_layout(self, geometry: bytes, state: bytes) -> None:
        """Go back to a remembered place, size and arrangement; anything unreadable leaves things as they are."""
        if geometry:
            self.restoreGeometry(QByteArray(geometry))
            if self.isFullScreen():
                self.showNormal()
        if state:
            self._strip_wanted = bool(state[0] & 1)
            self._caption_wanted = bool(state[0] & 2)
            if self.restoreState(QByteArray(state[1:]), _LAYOUT_VERSION):
                self._caption_side = self.dockWidgetArea(self._caption_dock)
                self._strip_moved(self.dockWidgetArea(self._strip_dock))
        self._make_room()

    def _make_room(self, size: QSize | None = None) -> None:
        """Decide which docks a window of `size` (by default its own) has room for, and where the caption goes."""
        if self._full:
            return
        width, height = (size or self.size()).toTuple()
        upright = width < _ROOM_BESIDE or width < height * 1.05
        movable = self._caption_side in _SIDES
        if movable and upright != self._placed_below:
            self._placed_below = upright
            self._place_caption(Qt.DockWidgetArea.BottomDockWidgetArea if upright else self._caption_side)
        below = self._placed_below or not movable
        roomy = height >= _ROOM_BELOW if below else width >= _ROOM_BESIDE
        self._caption_dock.setVisible(self._caption_wanted and roomy)
        self._strip_dock.setVisible(self._strip_wanted and height >= _ROOM_STRIP)
        self.panel.set_wide(below)

    def _place_caption(self, area: Qt.DockWidgetArea) -> None:
        self._caption_dock.blockSignals(True)
        if area == Qt.DockWidgetArea.BottomDockWidgetArea:
            self.removeDockWidget(self._caption_dock)
            if self.dockWidgetArea(self._strip_dock) == area:
                self.removeDockWidget(self._strip_dock)
                self.addDockWidget(area, self._caption_dock, Qt.Orientation.Vertical)
                self.addDockWidget(area, self._strip_dock, Qt.Orientation.Vertical)
                self._strip_dock.setVisible(self._strip_wanted)
            else:
                self.addDockWidget(area, self._caption_dock)
            self._caption_dock.setVisible(self._caption_wanted)
            self._sharing.start()  # a dock has its place only after the event loop's turn
        else:
            self.addDockWidget(area, self._caption_dock)
            self._caption_dock.setVisible(self._caption_wanted)
            self.resizeDocks([self._caption_dock], [308], Qt.Orientation.Horizontal)
        self._caption_dock.blockSignals(False)

    def _share_height(self) -> None:
        """Give a caption below the picture what a 3:2 picture and the thumbnails leave, within reason."""
        if self._placed_below and self._caption_dock.isVisible():
            spare = self.height() - self.width() * 2 // 3 - 150
            self.resizeDocks([self._caption_dock], [min(max(spare, self.height() // 5), 300)], Qt.Orientation.Vertical)

    def _caption_moved(self, area: Qt.DockWidgetArea) -> None:
        """Someone dragged the caption: that side is theirs from now on."""
        if area != Qt.DockWidgetArea.NoDockWidgetArea and not self._full:
            self._caption_side = area
            self._placed_below = False
            self.panel.set_wide(area not in _SIDES)

    def _strip_moved(self, area: Qt.DockWidgetArea) -> None:
        if not self._full:
            self._shelf.set_upright(area in _SIDES)

    def _dock(self, object_name: str, title: str, name: str, widget: QWidget) -> QDockWidget:
        dock = QDockWidget(title, self)
        dock.setObjectName(object_name)
        dock.setFeatures(QDockWidget.DockWidgetFeature.DockWidgetMovable)
        dock.setTitleBarWidget(Grip(dock, name))
        dock.setWidget(widget)
        return dock

    # -- events ---------------------------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        """There may be room for more, or for less."""
        super().resizeEvent(event)
        self._make_room()

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

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Local files and folders are welcome."""
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Show what was dropped."""
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        if paths:
            event.acceptProposedAction()
            self.dropped.emit(paths)


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
