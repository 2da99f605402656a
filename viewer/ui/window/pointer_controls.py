"""What comes with the pointer and leaves when it rests: arrows, and in full screen the bars at the lower edge."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QPoint, QPointF, QRect, Qt, Signal
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from viewer.ui.style.icons import IconButton
from viewer.ui.window.control_bar import ControlBar

if TYPE_CHECKING:
    from viewer.ui.style.theme import Colours
    from viewer.ui.thumbnails.bar import ThumbnailBar
    from viewer.ui.viewport.slide_view import SlideView
    from viewer.ui.window.pointer_activity import PointerActivity

_EDGE: Final = 40
"""Logical pixels: how near to an edge of a full screen the pointer brings the bars."""

_TYPE: Final = 0.018
_LARGEST_TYPE: Final = 20
"""The type of the bar: a share of the shorter side, but not more than so many logical pixels."""

_LEAST_WIDTH_ARROWS: Final = 260
_LEAST_HEIGHT_THUMBNAILS: Final = 360
"""Logical pixels of the slide view below which it has no arrows, or no thumbnails slide in over it."""


class PointerControls(QObject):
    """Shows and hides arrows and bars, children of `area` like `slide_view`, which says where they stand.

    They go when the pointer rests, be it over one of them, or leaves. The bars stay while a button there has the
    keyboard's focus, and the thumbnail bar while it is pinned.
    """

    paged = Signal(int)
    """An arrow was clicked: -1 or +1."""
    stirred = Signal()
    """Something is shown for a while that no movement of the pointer has brought."""
    bars_changed = Signal()
    """The bars came or went."""

    def __init__(self, slide_view: SlideView, area: QWidget) -> None:
        super().__init__(area)
        self._slide_view, self._area = slide_view, area
        self._previous = IconButton("previous", "The slide before", area, side=46, round_=True)
        self._next = IconButton("next", "The next slide", area, side=46, round_=True)
        self._previous.clicked.connect(lambda: self.paged.emit(-1))
        self._next.clicked.connect(lambda: self.paged.emit(1))
        for arrow in (self._previous, self._next):
            arrow.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            arrow.hide()
        self.bar = ControlBar(area)
        self.bar.hide()
        self._thumbnail_bar: ThumbnailBar | None = None  # here in full screen only, else in its dock
        self.pinned = False
        """Whether the thumbnail bar stays in full screen; to be changed by `pin`."""
        self._has_arrows = False
        self._is_wanted = True
        self._clear_height = 0

    def follow(self, activity: PointerActivity) -> None:
        """Come and go by what the pointer does from now on."""
        activity.moved.connect(self._pointer_moved)
        activity.rested.connect(self._pointer_rested)
        activity.left.connect(self.hide)
        self.stirred.connect(activity.stir)

    def give_up(self) -> None:
        """Show nothing any more: others stand there instead."""
        self._is_wanted = False
        self.hide()

    def take_thumbnails(self, thumbnail_bar: ThumbnailBar | None) -> None:
        """Enter full screen with `thumbnail_bar`, out of its dock; or with None leave it to the dock."""
        self.hide()
        before, self._thumbnail_bar = self._thumbnail_bar, thumbnail_bar
        if before is not None:
            before.show_buttons(True)
        if thumbnail_bar is not None:
            thumbnail_bar.setParent(self._area)
            thumbnail_bar.set_upright(False)
            thumbnail_bar.show_buttons(False)
            thumbnail_bar.hide()
        self.pinned = False

    def set_arrows(self, wanted: bool) -> None:
        """Whether arrows come with the pointer, for there is something to page to."""
        self._has_arrows = wanted
        if not wanted:
            self._show_arrows(None)

    def set_colours(self, colours: Colours) -> None:
        """Take the colours of a theme, with the thumbnail bar if it is here."""
        for part in (self._previous, self._next, self.bar, self._thumbnail_bar):
            if part is not None:
                part.set_colours(colours)

    def pin(self, pinned: bool) -> None:
        """Keep the thumbnail bar in full screen until told otherwise."""
        self.pinned = pinned
        if self._thumbnail_bar is not None:
            self._thumbnail_bar.setVisible(pinned)

    def show(self) -> None:
        """Show the bars in full screen for a while, as a tap does."""
        if self._thumbnail_bar is not None and self._is_wanted:
            self.bar.show()
            self._thumbnail_bar.setVisible(self.pinned or self._thumbnails_slide_in)
            self.bars_changed.emit()
            self.stirred.emit()

    def hide(self) -> None:
        """Hide all that came with the pointer, and on a black screen the pinned thumbnails too."""
        self._show_arrows(None)
        if self._holds_focus():
            self._slide_view.setFocus()
        self.bar.hide()
        if self._thumbnail_bar is not None:
            self._thumbnail_bar.setVisible(self.pinned and not self._slide_view.is_blank)
        self.bars_changed.emit()

    def above_bars(self, clear: QRect) -> QRect:
        """What the bars leave of `clear` now."""
        return clear.adjusted(0, 0, 0, self.bar.y() - clear.bottom() - 1) if self.bar.isVisible() else clear

    def pinned_in(self, space: QRect) -> QRect:
        """Where in `space` (logical pixels of the area) the thumbnail bar stands while it is pinned; else empty."""
        if self._thumbnail_bar is None or not self.pinned:
            return QRect()
        tall = min(self._thumbnail_bar.sizeHint().height(), space.height() - 1)
        return QRect(space.left(), space.bottom() + 1 - tall, space.width(), tall)

    def lay_out(self, space: QRect, clear: QRect) -> None:
        """Stand in `space`, above everything there, and slide in over `clear`: the picture and no words."""
        middle = clear.center().y() - self._next.height() // 2
        self._clear_height = clear.height()
        if self._thumbnail_bar is not None:
            tall = self._thumbnail_bar.sizeHint().height()
            slid_in = QRect(clear.left(), clear.bottom() + 1 - tall, clear.width(), tall)
            self._thumbnail_bar.setGeometry(self.pinned_in(space) if self.pinned else slid_in)
            self._thumbnail_bar.raise_()
            self.bar.set_type(max(self._area.fontInfo().pixelSize(),
                                  min(self._area.width() * _TYPE, self._area.height() * _TYPE, _LARGEST_TYPE)))
            high = self.bar.sizeHint().height()
            bottom = slid_in.top() if self._thumbnails_slide_in else clear.bottom() + 1
            self.bar.setGeometry(clear.left(), bottom - high, clear.width(), high)
            self.bar.raise_()
            middle = max(min(middle, self.bar.y() - self._next.height() - 8), clear.top())
        self._previous.move(clear.left() + 14, middle)
        self._next.move(clear.right() - 14 - self._next.width(), middle)

    @property
    def _thumbnails_slide_in(self) -> bool:
        return not self.pinned and self._clear_height >= _LEAST_HEIGHT_THUMBNAILS

    def _pointer_moved(self, where: QPointF) -> None:
        place = self._area.mapFrom(self._area.window(), where.toPoint())
        self._show_arrows(place)
        whole = self._area.rect()
        if whole.contains(place) and not whole.adjusted(_EDGE, _EDGE, -_EDGE, -_EDGE).contains(place):
            self.show()

    def _show_arrows(self, place: QPoint | None) -> None:
        slide_view = self._slide_view.geometry()
        share = -1.0
        if place is not None and self._has_arrows and self._is_wanted and slide_view.contains(place) and (
                slide_view.width() >= _LEAST_WIDTH_ARROWS):
            share = (place.x() - slide_view.left()) / slide_view.width()
        self._previous.setVisible(0 <= share < 0.2)
        self._next.setVisible(share > 0.8)

    def _pointer_rested(self) -> None:
        if isinstance(QApplication.focusWidget(), QAbstractButton) and self._holds_focus():
            self._show_arrows(None)
            self.stirred.emit()
        else:
            self.hide()

    def _holds_focus(self) -> bool:
        focus = QApplication.focusWidget()
        slid_in = (self.bar, None if self.pinned else self._thumbnail_bar)
        return focus is not None and any(bar and bar.isVisible() and bar.isAncestorOf(focus) for bar in slid_in)
