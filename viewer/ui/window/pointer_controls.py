"""What comes with the pointer and leaves when it rests: arrows, and in full screen the bar of thumbnails."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QPointF, QRect, Qt, Signal
from PySide6.QtWidgets import QWidget

from viewer.timers import single_shot
from viewer.ui.style.icons import IconButton

if TYPE_CHECKING:
    from PySide6.QtGui import QEnterEvent

    from viewer.ui.style.theme import Colours
    from viewer.ui.thumbnails.bar import ThumbnailBar
    from viewer.ui.viewport.slide_view import SlideView

POINTER_IDLE_MS: Final = 2000
"""Milliseconds without a movement after which arrows and slid-in thumbnails are hidden."""

_EDGE: Final = 40  # logical pixels at the lower edge that bring the thumbnails


class _EdgeSensor(QWidget):
    """Transparent strip along the lower edge of a full screen; `entered` when the pointer gets there."""

    entered = Signal()

    def enterEvent(self, event: QEnterEvent) -> None:
        """The pointer is there."""
        super().enterEvent(event)
        self.entered.emit()


class PointerControls(QObject):
    """Shows and hides arrows and thumbnail bar, children of `parent` like `slide_view`, which says where they stand.

    `paged` carries -1 or +1 when an arrow was clicked.
    """

    paged = Signal(int)

    def __init__(self, slide_view: SlideView, parent: QWidget) -> None:
        super().__init__(parent)
        self._slide_view, self._area = slide_view, parent
        slide_view.gestures.pointer_moved.connect(self._pointer_moved)
        self._previous = IconButton("previous", "The slide before", parent, side=46, round_=True)
        self._next = IconButton("next", "The next slide", parent, side=46, round_=True)
        self._previous.clicked.connect(lambda: self.paged.emit(-1))
        self._next.clicked.connect(lambda: self.paged.emit(1))
        for arrow in (self._previous, self._next):
            arrow.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            arrow.hide()
        self._edge = _EdgeSensor(parent)
        self._edge.hide()
        self._edge.entered.connect(self.show)
        self._thumbnail_bar: ThumbnailBar | None = None  # here in full screen only, else in its dock
        self.pinned = False
        """Whether the thumbnail bar stays in full screen."""
        self._has_arrows = False
        self._hiding = single_shot(self, self._hide, POINTER_IDLE_MS)

    def take_bar(self, thumbnail_bar: ThumbnailBar | None) -> None:
        """Enter full screen with `thumbnail_bar`, out of its dock; or with None leave it to the dock."""
        self._thumbnail_bar = thumbnail_bar
        if thumbnail_bar is not None:
            thumbnail_bar.setParent(self._area)
            thumbnail_bar.set_upright(False)
            thumbnail_bar.hide()
        self.pinned = False
        self._hide()

    def set_arrows(self, wanted: bool) -> None:
        """Whether arrows come with the pointer, for there is something to page to."""
        self._has_arrows = wanted
        if not wanted:
            self._hide()

    def set_colours(self, colours: Colours) -> None:
        """Take the colours of a theme."""
        for arrow in (self._previous, self._next):
            arrow.set_colours(colours)

    def pin(self, pinned: bool) -> None:
        """Keep the thumbnail bar in full screen until told otherwise."""
        self.pinned = pinned
        if self._thumbnail_bar is not None:
            self._thumbnail_bar.setVisible(pinned)

    def show(self) -> None:
        """Show the thumbnail bar in full screen for a while, as a tap does."""
        if self._thumbnail_bar is not None:
            self._thumbnail_bar.show()
            self._thumbnail_bar.raise_()
            self._hiding.start()

    def lay_out(self, space: QRect, *, full: bool) -> int:
        """Stand in `space` (logical pixels of the parent); returns the height that a pinned bar takes of it."""
        self._edge.setGeometry(space.left(), self._area.height() - _EDGE, space.width(), _EDGE)
        self._edge.setVisible(full)
        if self._thumbnail_bar is None:
            return 0
        tall = self._thumbnail_bar.sizeHint().height()
        self._thumbnail_bar.setGeometry(space.left(), space.bottom() + 1 - tall, space.width(), tall)
        return tall if self.pinned else 0

    def lay_out_arrows(self) -> None:
        """Stand at the slide view's sides, and above everything there."""
        self._edge.raise_()
        if self._thumbnail_bar is not None:
            self._thumbnail_bar.raise_()
        slide_view = self._slide_view.geometry()
        middle = slide_view.center().y() - self._next.height() // 2
        self._previous.move(slide_view.left() + 14, middle)
        self._next.move(slide_view.right() - 14 - self._next.width(), middle)

    def _pointer_moved(self, where: QPointF) -> None:
        width = self._slide_view.width()
        share = where.x() / max(width, 1)
        wanted = self._has_arrows and width >= 260
        self._previous.setVisible(wanted and share < 0.2)
        self._next.setVisible(wanted and share > 0.8)
        self._hiding.start()

    def _hide(self) -> None:
        if any(part is not None and part.underMouse() for part in (self._previous, self._next, self._thumbnail_bar)):
            self._hiding.start()
            return
        self._previous.hide()
        self._next.hide()
        if self._thumbnail_bar is not None and not self.pinned:
            self._thumbnail_bar.hide()
