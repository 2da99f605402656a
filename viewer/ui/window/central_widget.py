"""The middle of the window: the stage, and in full screen the caption beside or below it.

In a window the stage takes all of the hall, and caption and thumbnails stand in docks around it. In full screen the
docks are away; the caption takes the side that costs the picture least, and thumbnails and buttons slide in at the
lower edge when the pointer goes there. The side is chosen for a 3:2 picture, so that it does not change from slide to
slide.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPoint, QPointF, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QWidget

from viewer.ui.captions.panel import CaptionPanel
from viewer.ui.style.icons import IconButton
from viewer.ui.style.theme import DARK
from viewer.ui.window.fullscreen_layout import CaptionPlace, places
from viewer.ui.window.progress_line import ProgressLine
from viewer.ui.window.shortcuts_overlay import ShortcutsOverlay
from viewer.ui.window.toast import Toast

if TYPE_CHECKING:
    from PySide6.QtGui import QEnterEvent, QPaintEvent, QResizeEvent

    from viewer.ui.captions.panel import CaptionText
    from viewer.ui.style.theme import Colours
    from viewer.ui.thumbnails.bar import ThumbnailBar
    from viewer.ui.viewport.slide_view import SlideView


POINTER_PATIENCE_MS: Final = 2000
"""Milliseconds without a movement after which arrows and slid-in thumbnails leave."""

_EDGE: Final = 40  # logical pixels at the lower edge that call the thumbnails
_SCRIM: Final = "rgba(10, 10, 10, 224)"
"""At 88 % over pure white it still is #272727, on which the caption's text keeps more than 12:1."""


class _Edge(QWidget):
    """Nothing to be seen: the lower edge of a full screen, which calls the thumbnails when the pointer enters it."""

    entered = Signal()

    def enterEvent(self, event: QEnterEvent) -> None:
        """The pointer is there."""
        super().enterEvent(event)
        self.entered.emit()


class CentralWidget(QWidget):
    """Lays out what is in the middle of the window. `paged` says that an arrow was pressed: -1 or +1."""

    paged = Signal(int)

    def __init__(self, slide_view: SlideView, parent: QWidget | None = None) -> None:
        """`slide_view` becomes a child of the hall."""
        super().__init__(parent)
        self.setObjectName("hall")
        self._slide_view = slide_view
        slide_view.setParent(self)
        slide_view.gestures.pointer_moved.connect(self._pointer_moved)
        self.panel = CaptionPanel(self)
        self.progress = ProgressLine(self)
        self._previous = IconButton("previous", "The slide before", self, side=46, round_=True)
        self._next = IconButton("next", "The next slide", self, side=46, round_=True)
        self._previous.clicked.connect(lambda: self.paged.emit(-1))
        self._next.clicked.connect(lambda: self.paged.emit(1))
        for arrow in (self._previous, self._next):
            arrow.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            arrow.hide()
        self._edge = _Edge(self)
        self._edge.hide()
        self._edge.entered.connect(self.reveal)
        self.toast = Toast(self)
        self.shortcuts = ShortcutsOverlay(self)
        self._thumbnail_bar: ThumbnailBar | None = None
        self._pinned = False
        self._full = False
        self._caption: CaptionPlace = "beside"
        self._scale = 1.0
        self._several = False
        self._black = False
        self._colours = DARK
        self._calm = QTimer(self)
        self._calm.setSingleShot(True)
        self._calm.setInterval(POINTER_PATIENCE_MS)
        self._calm.timeout.connect(self._put_away)
        self._arrange()

    def set_fullscreen(self, full: bool, thumbnail_bar: ThumbnailBar | None) -> None:
        """Go full screen with the thumbnails' `thumbnail_bar` at hand, or back to the window, which takes its shelf
        again."""
        self._full = full
        self._thumbnail_bar = thumbnail_bar if full else None
        self._pinned = False
        if self._thumbnail_bar is not None:
            self._thumbnail_bar.setParent(self)
            self._thumbnail_bar.set_upright(False)
            self._thumbnail_bar.hide()
        self.progress.set_groove(not full)
        self._put_away()
        self._dress()
        self._arrange()

    def set_caption(self, place: CaptionPlace, scale: float) -> None:
        """Where the caption stands in full screen, and how large its type is, 1 being normal."""
        self._caption = place
        self._scale = scale
        self._dress()
        self._arrange()

    def set_words(self, words: CaptionText) -> None:
        """Say `words` in full screen; over the picture the panel is just as high as they need."""
        self.panel.set_words(words)
        if self._full and self._caption == "overlay":
            self._arrange()

    def set_black(self, black: bool) -> None:
        """The stage is black: in full screen nothing else is seen either."""
        self._black = black
        self._arrange()

    def set_several(self, several: bool) -> None:
        """Whether there is anything to page to."""
        self._several = several
        if not several:
            self._put_away()

    def set_colours(self, colours: Colours) -> None:
        """Take the colours of another room."""
        self._colours = colours
        for part in (self.progress, self._previous, self._next, self.toast, self.shortcuts):
            part.set_colours(colours)
        self._dress()
        self.update()

    def pin_thumbnail_bar(self, pinned: bool) -> None:
        """Keep the thumbnails in full screen until told otherwise, with room of their own."""
        self._pinned = pinned
        if self._thumbnail_bar is not None:
            self._thumbnail_bar.setVisible(pinned)
        self._arrange()

    @property
    def thumbnail_bar_pinned(self) -> bool:
        """Whether the thumbnails stay in full screen."""
        return self._pinned

    def reveal(self) -> None:
        """Show thumbnails and buttons in full screen for a while, as a tap does."""
        if self._full and self._thumbnail_bar is not None:
            self._thumbnail_bar.show()
            self._thumbnail_bar.raise_()
            self._calm.start()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the room out anew."""
        super().resizeEvent(event)
        self._arrange()

    def paintEvent(self, event: QPaintEvent) -> None:
        """What neither stage nor panel covers is night."""
        painter = QPainter(self)
        painter.setBackground(QColor(DARK.night if self._full else self._colours.room))
        painter.eraseRect(event.rect())  # fillRect, the first time, would have all that is known of gradients loaded

    def _dress(self) -> None:
        colours = self._colours
        night = colours._replace(room=DARK.night, panel=DARK.night, text=DARK.text, quiet=DARK.quiet, line=DARK.line)
        self.panel.set_colours(night, _SCRIM if self._caption == "overlay" else DARK.night)
        self.panel.set_wide(self._caption == "overlay")

    def _arrange(self) -> None:
        whole = self.rect()
        line = 3 if self._full else 2
        room = whole.adjusted(0, 0, 0, -line)
        if self._thumbnail_bar is not None:
            tall = self._thumbnail_bar.sizeHint().height()
            self._thumbnail_bar.setGeometry(0, whole.height() - line - tall, whole.width(), tall)
            if self._pinned:
                room.setHeight(max(room.height() - tall, 1))
        if self._full:
            # The line of progress takes nothing from the room: a screen's full height stays the picture's.
            full = room if self._pinned else whole
            share = places(full, self._caption, self._scale)
            self._slide_view.setGeometry(share.slide_view)
            self.panel.set_type(share.type_px)
            self.panel.set_wide(share.wide)
            self.panel.set_inset(share.inset)
            self.panel.setGeometry(self._fitted_to_words(share.caption))
            self.toast.set_type(share.type_px * 0.8)
            self.panel.setVisible(not share.caption.isEmpty() and not self._black)
            self.panel.raise_()
        else:
            self._slide_view.setGeometry(room)
            self.panel.hide()
            self.toast.set_type(self.fontInfo().pixelSize())
        self._edge.setGeometry(0, whole.height() - _EDGE, whole.width(), _EDGE)
        self._edge.setVisible(self._full)
        self._edge.raise_()
        self.progress.setGeometry(0, whole.height() - line, whole.width(), line)
        self.progress.setVisible(not (self._full and self._black))
        self.progress.raise_()
        if self._thumbnail_bar is not None:
            self._thumbnail_bar.raise_()
        slide_view = self._slide_view.geometry()
        middle = slide_view.center().y() - self._next.height() // 2
        self._previous.move(slide_view.left() + 14, middle)
        self._next.move(slide_view.right() - 14 - self._next.width(), middle)
        over_words = self._full and self._caption == "overlay" and self.panel.isVisible()
        self.toast.set_room(slide_view.intersected(QRect(0, 0, whole.width(),
                                                         self.panel.y())) if over_words else slide_view)
        self.toast.raise_()
        self.shortcuts.setGeometry(whole)
        self.shortcuts.raise_()

    def _fitted_to_words(self, caption: QRect) -> QRect:
        """Over the picture, no higher than needed; the lower edge stays."""
        if self._caption != "overlay":
            return caption
        tall = min(self.panel.height_of_words(caption.width()), self.height() // 2)
        return QRect(caption.left(), caption.bottom() + 1 - tall, caption.width(), tall)

    def _pointer_moved(self, where: QPointF) -> None:
        place: QPoint = self._slide_view.mapTo(self, where.toPoint())
        slide_view = self._slide_view.geometry()
        share = (place.x() - slide_view.left()) / max(slide_view.width(), 1)
        roomy = self._several and slide_view.width() >= 260
        self._previous.setVisible(roomy and share < 0.2)
        self._next.setVisible(roomy and share > 0.8)
        self._calm.start()

    def _arrow_under_pointer(self) -> bool:
        return self._previous.underMouse() or self._next.underMouse()

    def _put_away(self) -> None:
        if self._arrow_under_pointer() or (self._thumbnail_bar is not None and self._thumbnail_bar.underMouse()):
            self._calm.start()
            return
        self._previous.hide()
        self._next.hide()
        if self._thumbnail_bar is not None and not self._pinned:
            self._thumbnail_bar.hide()
