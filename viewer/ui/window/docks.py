"""The two docks around the central widget: the caption and the thumbnails.

They go to any side and come back where they were. In a narrow or upright window the caption goes below the picture by
itself, and back again (`viewer.ui.window.caption_space`); a tiny one has neither until there is space, or somebody
wants it all the same. Full screen hides both and leaves their arrangement alone, so that nothing of it can get into the
remembered layout.
"""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING, Final, Literal

from PySide6.QtCore import QByteArray, QObject, QSize, Qt

from viewer.timers import single_shot
from viewer.ui.window.caption_space import CaptionSpace, caption_space
from viewer.ui.window.caption_visibility import CaptionVisibility
from viewer.ui.window.dock_widgets import AREAS, BESIDE, make_dock, place_docks, side_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QMainWindow

    from viewer.actions import Side
    from viewer.ui.captions.panel import CaptionPanel
    from viewer.ui.thumbnails.bar import ThumbnailBar

_LAYOUT_VERSION: Final = 1
_LEAST_HEIGHT_THUMBNAILS: Final = 380
"""Logical pixels of the window below which the thumbnails are hidden."""

_STEP: Final = 1.15
"""What making the caption's panel larger multiplies its size by."""

_KEPT: Final = struct.Struct(">BHH")
"""What is remembered before Qt's own state: flags, and the width and height of the caption that were chosen."""

_THUMBNAILS, _WITH_WORDS, _WITHOUT_WORDS = 1, 2, 4  # the flags
_AREA: Final = Qt.DockWidgetArea


class Docks(QObject):
    """Arranges caption and thumbnails in `window`; what is wanted is one thing, what there is space for another.

    `visibility` says whether the caption is wanted. In full screen both are hidden, and the thumbnail bar may be taken
    out of its dock.
    """

    def __init__(self, window: QMainWindow, panel: CaptionPanel, thumbnail_bar: ThumbnailBar,
                 fills_screen: Callable[[], bool]) -> None:
        """Caption on the right, thumbnails below; `fills_screen` says whether the window is arranged for it."""
        super().__init__(window)
        self._window, self._panel, self._thumbnail_bar = window, panel, thumbnail_bar
        self._fills_screen = fills_screen
        self._thumbnails_wanted = True
        self.visibility = CaptionVisibility()
        self.type_px = 15.0
        """The size of the caption's type, in logical pixels."""
        self._area = _AREA.RightDockWidgetArea  # where the caption was put by hand
        self._below = False  # whether it is below the picture by itself
        self._chosen = (0, 0)
        self._space = CaptionSpace(below=False, extent=0, fits=True, two_columns=False)
        self._insisted = False  # on having the caption where it does not fit
        self._thumbnails_fit, self._thumbnails_insisted = True, False
        self._next_turn = single_shot(self, self._resize_caption)
        self._caption = make_dock(window, "captionDock", "caption", panel)
        self._thumbnails = make_dock(window, "stripDock", "thumbnails", thumbnail_bar)
        for corner in (Qt.Corner.BottomLeftCorner, Qt.Corner.BottomRightCorner):
            window.setCorner(corner, _AREA.BottomDockWidgetArea)
        self._put(self._area, _AREA.BottomDockWidgetArea)
        self._caption.dockLocationChanged.connect(self._caption_moved)
        self._thumbnails.dockLocationChanged.connect(self._thumbnails_moved)

    @property
    def caption_shown(self) -> bool:
        """Whether the caption is wanted and there is space for it, or somebody insisted."""
        return self.visibility.wanted and (self._space.fits or self._insisted)

    @property
    def thumbnails_shown(self) -> bool:
        """Whether the thumbnails are wanted and there is space for them, or somebody insisted."""
        return self._thumbnails_wanted and (self._thumbnails_fit or self._thumbnails_insisted)

    @property
    def has_space(self) -> bool:
        """Whether the window is large enough for picture and caption."""
        return self._space.fits

    @property
    def caption_side(self) -> Side:
        """Where the caption was put, though it may be below the picture for want of width."""
        return side_of(self._area)

    @property
    def thumbnails_side(self) -> Side:
        """Where the thumbnails stand."""
        return side_of(self._thumbnails_area)

    def want_caption(self, wanted: bool) -> None:
        """Show or hide the caption; where it does not fit, only until there is space for it."""
        self._insisted = wanted and not self._space.fits
        if wanted or self._space.fits:
            self.visibility.set(wanted)
        else:
            self.visibility.information = False

    def want_thumbnails(self, wanted: bool) -> None:
        """Show or hide the thumbnails; where they do not fit, only until there is space for them."""
        self._thumbnails_insisted = wanted and not self._thumbnails_fit
        if wanted or self._thumbnails_fit:
            self._thumbnails_wanted = wanted

    def want_information(self, wanted: bool) -> None:
        """Show the caption with information, or without; where it does not fit, only until there is space for it."""
        self.visibility.information = wanted
        self._insisted = wanted and not self._space.fits

    def put(self, dock: Literal["caption", "thumbnails"], side: Side) -> None:
        """Put the caption or the thumbnails to a side of the window."""
        if dock == "caption":
            self._area = AREAS[side]
            self._below = False
            self._put(self._area, self._thumbnails_area)
        else:
            self._put(self._window.dockWidgetArea(self._caption), AREAS[side])
        self.fit(self._window.size())

    def step_caption(self, steps: int) -> None:
        """Make the caption's panel larger, or smaller if negative."""
        self._choose(round(self._space.extent * _STEP**steps))

    def take_dragged_size(self) -> None:
        """Keep the size that the caption was given by its separator: it has just been let go."""
        if self._caption.isVisible() and (extent := self._extent()) != self._space.extent:
            self._choose(extent)

    def reset(self) -> None:
        """Have everything as it was at first."""
        self._thumbnails_wanted, self._chosen = True, (0, 0)
        self._insisted = self._thumbnails_insisted = False
        self.visibility.with_words, self.visibility.without_words = True, False
        self._area, self._below = _AREA.RightDockWidgetArea, False
        self._put(self._area, _AREA.BottomDockWidgetArea)
        self.fit(self._window.size())

    def hide(self) -> None:
        """Enter full screen."""
        self._thumbnails.hide()
        self._caption.hide()

    def show(self, size: QSize) -> None:
        """Leave full screen: take the thumbnail bar back, and arrange both in a window that is to have `size`."""
        self._thumbnails.setWidget(self._thumbnail_bar)
        self._thumbnail_bar.show()
        self._thumbnails_moved(self._thumbnails_area)
        self.fit(size)

    def fit(self, size: QSize) -> None:
        """Decide what a window of `size` has space for, and where the caption goes."""
        if self._fills_screen():
            return
        self._thumbnails_fit = size.height() >= _LEAST_HEIGHT_THUMBNAILS
        self._thumbnails_insisted = self._thumbnails_insisted and not self._thumbnails_fit
        movable = self._area in BESIDE
        self._space = space = caption_space(*self._free(size), self.type_px, self._chosen, side=movable)
        self._insisted = self._insisted and not space.fits
        if movable and space.below != self._below:
            self._below = space.below
            self._put(_AREA.BottomDockWidgetArea if space.below else self._area, self._thumbnails_area)
        self._thumbnails.setVisible(self.thumbnails_shown)
        self._caption.setVisible(self.caption_shown)
        self._panel.set_wide(space.two_columns)
        self._resize_caption()

    def state(self) -> bytes:
        """Places and sizes, and what is wanted, to be remembered; never the caption's place in an upright window."""
        below, thumbnails = self._below, self._thumbnails_area
        if below:
            self._put(self._area, thumbnails)
        state = bytes(self._window.saveState(_LAYOUT_VERSION).data())
        if below:
            self._put(_AREA.BottomDockWidgetArea, thumbnails)
        flags = (_THUMBNAILS * self._thumbnails_wanted | _WITH_WORDS * self.visibility.with_words
                 | _WITHOUT_WORDS * self.visibility.without_words)
        return _KEPT.pack(flags, *self._chosen) + state

    def restore(self, state: bytes) -> None:
        """Go back to a remembered arrangement; one that cannot be read leaves things as they are."""
        if len(state) < _KEPT.size or not self._window.restoreState(QByteArray(state[_KEPT.size:]), _LAYOUT_VERSION):
            return
        flags, *chosen = _KEPT.unpack_from(state)
        self._thumbnails_wanted = bool(flags & _THUMBNAILS)
        self.visibility.with_words = bool(flags & _WITH_WORDS)
        self.visibility.without_words = bool(flags & _WITHOUT_WORDS)
        self._chosen = (chosen[0], chosen[1])
        self._area = self._window.dockWidgetArea(self._caption)
        self._thumbnails_moved(self._thumbnails_area)

    def _free(self, size: QSize) -> tuple[int, int]:
        """What a window of `size` leaves to picture and caption; where thumbnails fit they are counted though they may
        be hidden, so that the caption stays where it is when they go.
        """
        width, height = size.width(), size.height() - self._window.menuBar().sizeHint().height()
        thumbnails = self._thumbnails_fit or self._thumbnails_insisted
        if thumbnails and self._thumbnails_area in BESIDE:
            width -= self._thumbnails.sizeHint().width()
        elif thumbnails:
            height -= self._thumbnails.sizeHint().height()
        return width, height

    def _choose(self, extent: int) -> None:
        beside, below = self._chosen
        self._chosen = (beside, extent) if self._is_below() else (extent, below)
        self.fit(self._window.size())
        # Not more than there was space for: else it would take many steps back to see any of them.
        self._chosen = (beside, self._space.extent) if self._is_below() else (self._space.extent, below)

    @property
    def _thumbnails_area(self) -> Qt.DockWidgetArea:
        return self._window.dockWidgetArea(self._thumbnails)

    def _is_below(self) -> bool:
        return self._window.dockWidgetArea(self._caption) not in BESIDE

    def _extent(self) -> int:
        return self._caption.height() if self._is_below() else self._caption.width()

    def _put(self, caption_area: Qt.DockWidgetArea, thumbnails_area: Qt.DockWidgetArea) -> None:
        """Put both where they are to be; on the same side the thumbnails stand at the edge."""
        window, caption, thumbnails = self._window, self._caption, self._thumbnails
        for dock in (caption, thumbnails):
            dock.blockSignals(True)
        place_docks(window, caption, caption_area, thumbnails, thumbnails_area)
        if not self._fills_screen():
            caption.setVisible(self.caption_shown)
            thumbnails.setVisible(self.thumbnails_shown)
            self._thumbnails_moved(thumbnails_area)
        for dock in (caption, thumbnails):
            dock.blockSignals(False)
        self._next_turn.start()  # a dock has its place and size only after the event loop's turn

    def _resize_caption(self) -> None:
        """Give the caption the size it is to have: Qt would keep the one that a smaller window had pressed it to."""
        if self._caption.isVisible() and (self._next_turn.isActive() or self._extent() != self._space.extent):
            way = Qt.Orientation.Vertical if self._is_below() else Qt.Orientation.Horizontal
            self._window.resizeDocks([self._caption], [self._space.extent], way)

    def _caption_moved(self, area: Qt.DockWidgetArea) -> None:
        """Someone dragged the caption: it stays on that side from now on."""
        if area != _AREA.NoDockWidgetArea and not self._fills_screen():
            self._area = area
            self._below = False
            self._next_turn.start()
            self.fit(self._window.size())

    def _thumbnails_moved(self, area: Qt.DockWidgetArea) -> None:
        if not self._fills_screen():
            self._thumbnail_bar.set_upright(area in BESIDE)
