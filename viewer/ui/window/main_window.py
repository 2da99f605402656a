"""The main window: menu bar, the central widget, and two docks around it, for the caption and the thumbnails."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from PySide6.QtCore import QEvent, QRect, QSize, Qt, Signal
from PySide6.QtWidgets import QMainWindow

from viewer.ui.captions.panel import CaptionPanel
from viewer.ui.style.screen_space import screen_space
from viewer.ui.window.docks import Docks
from viewer.ui.window.drop_target import DropTarget
from viewer.ui.window.saved_geometry import SavedGeometry
from viewer.ui.window.status_line import StatusLine

if TYPE_CHECKING:
    from PySide6.QtGui import QCloseEvent, QKeyEvent, QMoveEvent, QResizeEvent, QScreen

    from viewer.ui.style.theme import Colours
    from viewer.ui.thumbnails.bar import ThumbnailBar
    from viewer.ui.window.caption_visibility import CaptionVisibility
    from viewer.ui.window.central_widget import CentralWidget

_STATE: Final = Qt.WindowState
_LEAST_HEIGHT_LINE: Final = 220
"""Logical pixels of the window below which nothing but the picture is left."""


class _Before(NamedTuple):
    """The window as it was when it was told to fill the screen: what leaving full screen goes back to."""

    saved: bytes
    """As `geometry_state` has it."""
    geometry: QRect
    visible: bool
    maximized: bool


class MainWindow(QMainWindow):
    """The window; it decides nothing about slides.

    Whether it fills the screen is kept by Qt alone (`isFullScreen`), for a window manager may give full screen or take
    it away without being asked. Menu bar, docks and central widget follow Qt's WindowStateChange, and so does everyone
    who listens to `fullscreen_changed`.
    """

    closing = Signal()
    exit_asked = Signal()
    """Somebody wants to end an unattended show."""
    dropped = Signal(object)
    """Paths (list[pathlib.Path]) that were dropped on the window."""
    key_released = Signal()
    """A key is let go for good, not for its next repetition."""
    fullscreen_changed = Signal(bool)
    """Whether the window fills the screen now."""
    caption_changed = Signal()
    """The caption may be shown now, or no longer: somebody said so, or the gallery or the window is another. So may the
    thumbnails, in a window of another size."""

    def __init__(self, central: CentralWidget, thumbnail_bar: ThumbnailBar) -> None:
        """The window with its docks in their first places."""
        super().__init__()
        self.setObjectName("window")
        self.setDockNestingEnabled(True)
        self.setAnimated(False)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self._central = central
        self._thumbnail_bar = thumbnail_bar
        self._before: _Before | None = None
        self._geometry = SavedGeometry(self)
        DropTarget(self).dropped.connect(self.dropped)
        self.panel = CaptionPanel()
        self.status_line = StatusLine()
        self.setCentralWidget(self.status_line.below(central))
        self._belongs_on_screen = False
        self.docks = Docks(self, self.panel, thumbnail_bar, lambda: self.fills_screen)
        self.setMinimumSize(240, 180)
        self.resize(1280, 800)

    @property
    def fills_screen(self) -> bool:
        """Whether it is arranged for full screen."""
        return self._belongs_on_screen or self.isFullScreen()

    def keep_filling_screen(self) -> None:
        """Stay arranged for full screen whatever becomes of the window's state: an unattended one is moved to another
        screen as a window, and nobody is to see one.
        """
        self._belongs_on_screen = True

    @property
    def thumbnails_shown(self) -> bool:
        """Whether the thumbnails are to be seen; in full screen, whether they are pinned."""
        return self._central.thumbnail_bar_pinned if self.fills_screen else self.docks.thumbnails_shown

    @property
    def caption_visibility(self) -> CaptionVisibility:
        """Whether the caption is wanted, in the window and in full screen; to be changed by the methods below."""
        return self.docks.visibility

    @property
    def caption_shown(self) -> bool:
        """Whether the window's caption is to be seen."""
        return self.docks.caption_shown

    def want_thumbnails(self, wanted: bool) -> None:
        """Show or hide the thumbnails; in full screen, pin them to the lower edge or let them go."""
        if self.fills_screen:
            self._central.pin_thumbnail_bar(wanted)
        else:
            self.docks.want_thumbnails(wanted)
            self._fit(self.size())

    def want_caption(self, wanted: bool) -> None:
        """Show or hide the caption; in full screen an option has more to say about it."""
        self.docks.want_caption(wanted)
        self._caption_changed()

    def want_information(self, wanted: bool) -> None:
        """Have the caption with information, or without."""
        self.docks.want_information(wanted)
        self._caption_changed()

    def set_gallery_has_words(self, has_words: bool) -> None:
        """Say whether the open gallery has words to be shown beside its pictures."""
        if has_words != self.caption_visibility.gallery_has_words:
            self.caption_visibility.gallery_has_words = has_words
            self._caption_changed()

    def reset_layout(self) -> None:
        """Have caption and thumbnails as they were at first."""
        self.docks.reset()
        self._caption_changed()

    def set_caption_type(self, aim_px: float, floor_px: float) -> None:
        """Set the window's caption in type of `aim_px` logical pixels, with space to suit; a long one in less.

        It shrinks to `floor_px` before it scrolls.
        """
        self.panel.set_type(aim_px, floor_px)
        self.docks.type_px = floor_px
        self._fit(self.size())

    def _caption_changed(self) -> None:
        self._fit(self.size())
        self.caption_changed.emit()

    def _fit(self, size: QSize) -> None:
        """Arrange what a window of `size` has space for."""
        docks, wanted, line = self.docks, self.caption_visibility, self.status_line
        docks.fit(size)
        line.offer_caption(offered=wanted.gallery_has_words and not docks.has_space, shown=docks.caption_shown)
        line.want(not (self.fills_screen or wanted.hidden_by_hand or (docks.caption_shown and docks.has_space))
                  and size.height() >= _LEAST_HEIGHT_LINE)

    def set_fullscreen(self, full: bool, screen: QScreen | None = None) -> None:
        """Fill `screen` (or the one the window is on), or go back to the window as it was."""
        if full == self.isFullScreen():
            return
        self.setUpdatesEnabled(False)
        if full:
            self._before = _Before(self.geometry_state(), self.geometry(), self.isVisible(), self.isMaximized())
            if screen is not None:
                self.setScreen(screen)
            self.winId()  # there has to be a window handle
            changed = self.windowHandle().windowStateChanged
            changed.connect(self._fill_screen)
            # A window that is to be seen for the first time is never both: it would be maximized.
            state = self.windowState() if self.isVisible() else _STATE.WindowNoState
            self.setWindowState(state | _STATE.WindowFullScreen)
            changed.disconnect(self._fill_screen)
            self.show()
            self.activateWindow()
        else:
            before = self._before
            # Qt on X11 has forgotten by now that the window was maximized, and would take this for its size. One that
            # began in full screen has its own size first, which its manager has not seen yet.
            maximize = before is not None and before.maximized and before.visible
            self.setWindowState(_STATE.WindowMaximized if maximize else _STATE.WindowNoState)
        self.setUpdatesEnabled(True)

    def _fill_screen(self) -> None:
        """Have the screen's size before the window manager says so: it is there for the first picture.

        Only while Qt changes the window's state; at any other time QWidget.setGeometry ends full screen.
        """
        self._follow_window_state()
        self.setGeometry(self.screen().geometry())

    def _follow_window_state(self) -> None:
        """Arrange the window for full screen, or for being a window, whoever brought it about."""
        full = self.fills_screen
        if full == self.menuBar().isHidden():
            return
        self.menuBar().setVisible(not full)
        if full:
            self.docks.hide()
            self.status_line.want(False)
            self._central.change_mode(self._thumbnail_bar)
        else:
            before, self._before = self._before, None
            self._central.change_mode(None)
            # The window manager takes its time: until it has resized the window, go by the size it is to have.
            size = before.geometry.size() if before else self.size()
            self.docks.show(size)
            self._fit(size)
            if before and not before.visible:  # begun in full screen: nobody else knows where the window would be
                self._geometry.restore(before.saved)
            elif before and not self.isMaximized():
                self.setGeometry(before.geometry)
        self.fullscreen_changed.emit(full)

    def fit_screen(self, *, first_time: bool) -> None:
        """Be no larger than the screen has space for, frame included; the first time, choose a size that suits it."""
        space = screen_space(self)
        usual = QSize(1440, 900) if space.width() > space.height() else QSize(1000, 1400)
        self.resize((usual if first_time else self.size()).boundedTo(space))
        self._geometry.settle()

    def set_colours(self, colours: Colours) -> None:
        """Take the colours of a theme."""
        self.panel.set_colours(colours)
        self._thumbnail_bar.set_colours(colours)
        self.status_line.set_colours(colours)
        self._central.set_colours(colours)

    def layout_state(self) -> bytes:
        """Sizes and places of the docks and what is shown, to be remembered."""
        return self.docks.state()

    def geometry_state(self) -> bytes:
        """Place and size of the window itself; in full screen, those it goes back to."""
        return self._before.saved if self._before else self._geometry.state()

    def restore_layout(self, geometry: bytes, state: bytes) -> None:
        """Go back to a remembered place, size and arrangement; anything unreadable leaves things as they are."""
        self.docks.restore(state)  # first: restored to a maximized window, Qt keeps it, and docks that are gone
        self._geometry.restore(geometry)
        self._fit(self.size())

    def event(self, event: QEvent) -> bool:
        """Notice that a separator of the docks was let go: Qt moves them here, and tells nobody."""
        done = super().event(event)
        if event.type() == QEvent.Type.MouseButtonRelease:
            self.docks.take_dragged_size()
        return done

    def changeEvent(self, event: QEvent) -> None:
        """Notice full screen, and its end."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.WindowStateChange:
            self._follow_window_state()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """There may be space for more, or for less."""
        super().resizeEvent(event)
        self._follow_window_state()  # a full screen that is resized is none any more, and Qt has no event for that
        self._geometry.follow()
        shown = self.caption_shown, self.thumbnails_shown
        self._fit(self.size())
        if shown != (self.caption_shown, self.thumbnails_shown):
            self.caption_changed.emit()

    def moveEvent(self, event: QMoveEvent) -> None:
        """It is somewhere else."""
        super().moveEvent(event)
        self._geometry.follow()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Let everything be put in order first."""
        self.closing.emit()
        event.accept()

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """Tell the end of a key press from its repetitions."""
        super().keyReleaseEvent(event)
        if not event.isAutoRepeat():
            self.key_released.emit()
