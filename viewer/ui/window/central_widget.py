"""The window's central widget: the slide view, and in full screen the caption beside or below it.

In a window the slide view takes all of it, and caption and thumbnails stand in docks around it. In full screen the
docks are hidden; the caption takes the side that costs the picture least (`viewer.ui.window.fullscreen_layout`), and
the thumbnail bar slides in at the lower edge when the pointer goes there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPointF, QRect, Qt, Signal
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QWidget

from viewer.timers import single_shot
from viewer.ui.captions.panel import CaptionPanel
from viewer.ui.style.icons import IconButton
from viewer.ui.style.theme import DARK, FULLSCREEN
from viewer.ui.window.fullscreen_layout import CaptionPlace, fullscreen_layout
from viewer.ui.window.progress_line import ProgressLine
from viewer.ui.window.shortcuts_overlay import ShortcutsOverlay
from viewer.ui.window.toast import Toast

if TYPE_CHECKING:
    from PySide6.QtGui import QEnterEvent, QPaintEvent, QResizeEvent

    from viewer.ui.captions.panel import CaptionText
    from viewer.ui.style.theme import Colours
    from viewer.ui.thumbnails.bar import ThumbnailBar
    from viewer.ui.viewport.slide_view import SlideView


POINTER_IDLE_MS: Final = 2000
"""Milliseconds without a movement after which arrows and slid-in thumbnails are hidden."""

_EDGE: Final = 40  # logical pixels at the lower edge that bring the thumbnails
_SCRIM: Final = "rgba(10, 10, 10, 224)"
"""At 88 % over pure white it still is #272727, on which the caption's text keeps more than 12:1."""


class _EdgeSensor(QWidget):
    """Transparent strip along the lower edge of a full screen; `entered` when the pointer gets there."""

    entered = Signal()

    def enterEvent(self, event: QEnterEvent) -> None:
        """The pointer is there."""
        super().enterEvent(event)
        self.entered.emit()


class CentralWidget(QWidget):
    """Lays out what is in the middle of the window, which says whether it is full screen.

    `paged` carries -1 or +1 when an arrow was clicked.
    """

    paged = Signal(int)

    def __init__(self, slide_view: SlideView, parent: QWidget | None = None) -> None:
        """`slide_view` becomes a child."""
        super().__init__(parent)
        self.setObjectName("central")
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
        self._edge = _EdgeSensor(self)
        self._edge.hide()
        self._edge.entered.connect(self.show_controls)
        self.toast = Toast(self)
        self.shortcuts = ShortcutsOverlay(self)
        self._thumbnail_bar: ThumbnailBar | None = None  # here in full screen only, else in its dock
        self.thumbnail_bar_pinned = False  # whether it stays in full screen
        self._caption: CaptionPlace = "beside"
        self._scale = 1.0
        self._has_arrows = False
        self._colours = DARK
        self._hiding = single_shot(self, self._hide_controls, POINTER_IDLE_MS)
        self._lay_out()

    def change_mode(self, thumbnail_bar: ThumbnailBar | None) -> None:
        """Enter full screen with `thumbnail_bar`, out of its dock; or with None leave it and caption to the docks."""
        self._thumbnail_bar = thumbnail_bar
        if thumbnail_bar is not None:
            thumbnail_bar.setParent(self)
            thumbnail_bar.set_upright(False)
            thumbnail_bar.hide()
        self.thumbnail_bar_pinned = False
        self._hide_controls()
        self._apply_colours()
        self._lay_out()

    @property
    def _full(self) -> bool:
        return self.window().isFullScreen()

    def set_caption(self, place: CaptionPlace, scale: float) -> None:
        """Where the caption stands in full screen, and how large its type is, 1 being normal."""
        self._caption = place
        self._scale = scale
        self._apply_colours()
        self._lay_out()

    def set_words(self, words: CaptionText) -> None:
        """Say `words` in full screen; over the picture the panel is just as high as they need."""
        self.panel.set_words(words)
        if self._full and self._caption == "overlay":
            self._lay_out()

    def set_black(self, black: bool) -> None:
        """Black the slide view out, and in full screen everything else; or bring the picture back."""
        self._slide_view.blank(black)
        self._lay_out()
        self.update()

    def set_arrows(self, wanted: bool) -> None:
        """Whether arrows come with the pointer, for there is something to page to."""
        self._has_arrows = wanted
        if not wanted:
            self._hide_controls()

    def set_colours(self, colours: Colours) -> None:
        """Take the colours of a theme."""
        self._colours = colours
        for part in (self.progress, self._previous, self._next, self.shortcuts):
            part.set_colours(colours)
        self._apply_colours()
        self.update()

    def pin_thumbnail_bar(self, pinned: bool) -> None:
        """Keep the thumbnails in full screen until told otherwise, below the picture instead of over it."""
        self.thumbnail_bar_pinned = pinned
        if self._thumbnail_bar is not None:
            self._thumbnail_bar.setVisible(pinned)
        self._lay_out()

    def show_controls(self) -> None:
        """Show thumbnails and buttons in full screen for a while, as a tap does."""
        if self._thumbnail_bar is not None:
            self._thumbnail_bar.show()
            self._thumbnail_bar.raise_()
            self._hiding.start()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay everything out anew."""
        super().resizeEvent(event)
        self._lay_out()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint what neither slide view nor panel covers."""
        painter = QPainter(self)
        around = (FULLSCREEN if self._full else self._colours).background
        painter.setBackground(QColor("black" if self._full and self._slide_view.is_blank else around))
        painter.eraseRect(event.rect())  # fillRect, the first time, would have all that is known of gradients loaded

    def _apply_colours(self) -> None:
        """Colour slide view and panel, which are dark in full screen whatever the theme."""
        self._slide_view.set_colours(FULLSCREEN if self._full else self._colours)
        self.panel.set_colours(FULLSCREEN, _SCRIM if self._caption == "overlay" else "")
        self.panel.set_wide(self._caption == "overlay")

    def _lay_out(self) -> None:
        whole = self.rect()
        full, black = self._full, self._slide_view.is_blank
        line = 3 if full else 2
        space = whole.adjusted(0, 0, 0, -line)
        if self._thumbnail_bar is not None:
            tall = self._thumbnail_bar.sizeHint().height()
            self._thumbnail_bar.setGeometry(0, whole.height() - line - tall, whole.width(), tall)
            if self.thumbnail_bar_pinned:
                space.setHeight(max(space.height() - tall, 1))
        if full:
            # The line of progress lies over the picture: a screen's full height stays the picture's.
            layout = fullscreen_layout(space if self.thumbnail_bar_pinned else whole, self._caption, self._scale)
            self._slide_view.setGeometry(layout.slide_view)
            self.panel.set_type(layout.type_px)
            self.panel.set_wide(layout.wide)
            self.panel.set_inset(layout.inset)
            self.panel.setGeometry(self._fitted_to_words(layout.caption))
            self.toast.set_type(layout.type_px * 0.8)
            self.panel.setVisible(not layout.caption.isEmpty() and not black)
            self.panel.raise_()
        else:
            self._slide_view.setGeometry(space)
            self.panel.hide()
            self.toast.set_type(self.fontInfo().pixelSize())
        self._edge.setGeometry(0, whole.height() - _EDGE, whole.width(), _EDGE)
        self._edge.setVisible(full)
        self._edge.raise_()
        self.progress.setGeometry(0, whole.height() - line, whole.width(), line)
        self.progress.setVisible(not (full and black))
        self.progress.raise_()
        if self._thumbnail_bar is not None:
            self._thumbnail_bar.raise_()
        slide_view = self._slide_view.geometry()
        middle = slide_view.center().y() - self._next.height() // 2
        self._previous.move(slide_view.left() + 14, middle)
        self._next.move(slide_view.right() - 14 - self._next.width(), middle)
        over_words = full and self._caption == "overlay" and self.panel.isVisible()
        above_words = QRect(0, 0, whole.width(), self.panel.y())
        self.toast.set_area(slide_view.intersected(above_words) if over_words else slide_view)
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
        width = self._slide_view.width()
        share = where.x() / max(width, 1)
        wanted = self._has_arrows and width >= 260
        self._previous.setVisible(wanted and share < 0.2)
        self._next.setVisible(wanted and share > 0.8)
        self._hiding.start()

    def _hide_controls(self) -> None:
        if any(part is not None and part.underMouse() for part in (self._previous, self._next, self._thumbnail_bar)):
            self._hiding.start()
            return
        self._previous.hide()
        self._next.hide()
        if self._thumbnail_bar is not None and not self.thumbnail_bar_pinned:
            self._thumbnail_bar.hide()
