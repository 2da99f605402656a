"""The window's central widget: the slide view, and in full screen the caption beside or below it.

In a window the slide view takes all of it, and caption and thumbnails stand in docks around it. In full screen the
docks are hidden; the caption takes the side that costs the picture least (`viewer.ui.window.fullscreen_layout`), and
bars and thumbnails slide in over the picture's lower edge when the pointer goes to any edge.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QWidget

from viewer.ui.captions.composition import NOTHING
from viewer.ui.captions.panel import CaptionPanel
from viewer.ui.style.mirrored import mirrored
from viewer.ui.style.theme import DARK, FULLSCREEN, style_sheet
from viewer.ui.window.fullscreen_layout import AT_A_DESK, CaptionPlace, TypeShares, fullscreen_layout, halves
from viewer.ui.window.pointer_controls import PointerControls
from viewer.ui.window.progress_line import ProgressLine
from viewer.ui.window.shortcuts_overlay import ShortcutsOverlay
from viewer.ui.window.state_indicator import StateIndicator
from viewer.ui.window.toast import Toast

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QPaintEvent, QResizeEvent

    from viewer.ui.captions.composition import CaptionText, TypeRange
    from viewer.ui.style.theme import Colours
    from viewer.ui.thumbnails.bar import ThumbnailBar
    from viewer.ui.viewport.slide_view import SlideView

SCRIM: Final = (0, 0, 0, 224)
"""At 88 % over pure white it still is #1f1f1f, on which the caption's text keeps more than 12:1."""


class CentralWidget(QWidget):
    """Lays out what is in the middle of the window, which says whether it is full screen."""

    def __init__(self, slide_view: SlideView, parent: QWidget | None = None) -> None:
        """`slide_view` becomes a child."""
        super().__init__(parent)
        self.setObjectName("central")
        self._slide_view = slide_view
        slide_view.setParent(self)
        self.panel = CaptionPanel(self)
        self.progress = ProgressLine(self)
        self.indicator = StateIndicator(slide_view, self)
        self.controls = PointerControls(slide_view, self)
        self.toast = Toast(self)
        self.hint = Toast(self, at_top=True)
        self.shortcuts = ShortcutsOverlay(self)
        self._second_panel: CaptionPanel | None = None
        self._full = False
        self._caption: CaptionPlace = "beside"
        self._scale = 1.0
        self._shares = AT_A_DESK
        self._find_longest: Callable[[], CaptionText] = lambda: NOTHING
        self._longest_seen = NOTHING
        self._shift, self._reach = QPoint(), 0
        self._colours = DARK
        self._clear = self.rect()
        self.controls.bars_changed.connect(self._place_toasts)
        self._lay_out()

    def change_mode(self, thumbnail_bar: ThumbnailBar | None) -> None:
        """Enter full screen with `thumbnail_bar`, out of its dock; or with None leave it and caption to the docks."""
        self._full = thumbnail_bar is not None
        if thumbnail_bar is not None:
            self.controls.take_thumbnails(thumbnail_bar)
        self._apply_colours()
        if thumbnail_bar is None:  # in the window's colours again
            self.controls.take_thumbnails(None)
        self._lay_out()

    @property
    def _panels(self) -> tuple[CaptionPanel, ...]:
        """The panels that share the caption's place."""
        return (self.panel,) if self._second_panel is None else (self.panel, self._second_panel)

    def set_caption(self, place: CaptionPlace, scale: float) -> None:
        """Where the caption stands in full screen, and how large its type is, 1 being normal."""
        self._caption = place
        self._scale = scale
        self._apply_colours()
        self._lay_out()

    def set_type_shares(self, shares: TypeShares) -> None:
        """How large the caption's type is in full screen, for those who look from where they do."""
        self._shares = shares
        self._lay_out()

    def set_words(self, words: CaptionText) -> None:
        """Say `words` in full screen; over the picture the panel is just as high as they need.

        Else it gets room for the longest seen so far, which nobody may have known of: they may be embedded in a file.
        """
        self.panel.set_words(words)
        self.controls.bar.set_words(words)
        if is_longest := words.amount > self._longest_seen.amount:
            self._longest_seen = words
        if self._full and (is_longest or self._caption == "overlay"):
            self._lay_out()

    def share_caption(self, second: CaptionPanel | None) -> None:
        """Give `second` half of the caption's place in full screen: the lower one, or the later one of a wide place.

        None: the panel has all of it again.
        """
        if self._second_panel is not None and second is None:
            self._second_panel.hide()
        self._second_panel = second
        self._colour_panels()
        self._lay_out()

    def set_gallery(self, find_longest: Callable[[], CaptionText]) -> None:
        """Divide the full screen for a gallery whose longest caption `find_longest` returns; asked when it is seen."""
        self._find_longest = cache(find_longest)
        self._longest_seen = NOTHING
        self._lay_out()

    def set_shift(self, shift: QPoint, reach: int) -> None:
        """Move what stands in the same place for months in full screen by `shift`, at most `reach` logical pixels.

        The caption has `reach` less, so that it keeps its size and never comes over the picture.
        """
        self._shift, self._reach = shift, reach
        self._lay_out()

    def set_black(self, black: bool) -> None:
        """Black the slide view out, and in full screen everything else; or bring the picture back."""
        self._slide_view.blank(black)
        self.hint.hide()
        self.controls.hide()
        self._lay_out()
        self.update()

    def set_colours(self, colours: Colours) -> None:
        """Take the colours of a theme."""
        self._colours = colours
        self._apply_colours()
        self.update()

    @property
    def thumbnail_bar_pinned(self) -> bool:
        """Whether the thumbnails stay in full screen."""
        return self.controls.pinned

    def pin_thumbnail_bar(self, pinned: bool) -> None:
        """Keep the thumbnails in full screen until told otherwise, below the picture instead of over it."""
        self.controls.pin(pinned)
        self._lay_out()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay everything out anew."""
        super().resizeEvent(event)
        self._lay_out()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint what neither slide view nor panel covers."""
        painter = QPainter(self)
        painter.setBackground(QColor((FULLSCREEN if self._full else self._colours).background))
        painter.eraseRect(event.rect())  # fillRect, the first time, would have all that is known of gradients loaded

    def _apply_colours(self) -> None:
        """Colour everything, in full screen dark whatever the theme."""
        colours = DARK if self._full else self._colours
        sheet = "" if colours == self._colours else style_sheet(colours)
        if sheet != self.styleSheet():
            self.setStyleSheet(sheet)
        for part in (self.progress, self.controls, self.shortcuts):
            part.set_colours(colours)
        for around in (self._slide_view, self.indicator):
            around.set_colours(FULLSCREEN if self._full else colours)
        self._colour_panels()

    def _colour_panels(self) -> None:
        for panel in self._panels:
            panel.set_colours(FULLSCREEN, f"rgba{SCRIM}" if self._caption == "overlay" else "")

    def _lay_out(self) -> None:
        whole = self.rect()
        full, black = self._full, self._slide_view.is_blank
        line = 3 if full else 2
        space = whole.adjusted(0, 0, 0, -line)
        free = space.adjusted(0, 0, 0, -self.controls.pinned_in(space).height())
        if full:
            # The line of progress lies over the picture: a screen's full height stays the picture's.
            layout = fullscreen_layout(free if self.controls.pinned else whole, self._caption, self._scale,
                                       self._height_below, self._shares)
            self._slide_view.setGeometry(layout.slide_view)
            shift, rest = self._shift, self._reach
            caption = self._fitted_to_words(layout.caption).translated(shift).adjusted(0, 0, -rest, -rest)
            panels, type_px = self._panels, layout.sizes.floor
            inset = layout.inset if len(panels) == 1 else 0
            for panel in panels:
                panel.set_type(*layout.sizes)
                panel.set_wide(layout.wide)
                panel.set_inset(inset)
                panel.set_longest(self._find_longest() if inset else NOTHING)
            for panel, place in zip(panels, self._places(caption, across=layout.wide), strict=True):
                panel.setGeometry(mirrored(self, place, caption))
                panel.setVisible(not layout.caption.isEmpty() and not black)
                panel.raise_()
        else:
            self._slide_view.setGeometry(space)
            for panel in self._panels:
                panel.hide()
            type_px = self.fontInfo().pixelSize()
        self.progress.setGeometry(0, whole.height() - line - self._shift.y() % (line + 1), whole.width(), line)
        self.progress.setVisible(not (full and black))
        self.progress.raise_()
        slide_view = self._slide_view.geometry()
        over_words = full and self._caption == "overlay" and self.panel.isVisible()
        above_words = QRect(0, 0, whole.width(), self.panel.y())
        clear = slide_view.intersected(above_words) if over_words else slide_view
        self.controls.lay_out(space, clear.intersected(space))
        self.indicator.lay_out(type_px * 0.8 if full else type_px)
        for toast in (self.hint, self.toast):
            toast.set_type(type_px)
            toast.raise_()
        self._clear = clear
        self._place_toasts()
        self.shortcuts.setGeometry(whole)
        self.shortcuts.raise_()

    def _place_toasts(self) -> None:
        """Keep messages within what is clear of words and bars."""
        for toast in (self.hint, self.toast):
            toast.set_area(self.controls.above_bars(self._clear))

    def _places(self, caption: QRect, *, across: bool) -> tuple[QRect, ...]:
        """Where the panels stand in the place of the caption."""
        if self._second_panel is None:
            return (caption,)
        first, second = (panel.height_of(panel.words, caption.width()) for panel in self._panels)
        return halves(caption, (first, second), across=across)

    def _fitted_to_words(self, caption: QRect) -> QRect:
        """Over the picture, no higher than needed; the lower edge stays."""
        if self._caption != "overlay":
            return caption
        panels = self._panels
        width = caption.width() // len(panels)
        tall = min(max(panel.height_of(panel.words, width) for panel in panels), caption.height())
        return QRect(caption.left(), caption.bottom() + 1 - tall, caption.width(), tall)

    def _height_below(self, width: int, sizes: TypeRange, wide: bool) -> int:
        """What the gallery's longest caption needs in a panel of `width` below the picture."""
        self.panel.set_type(*sizes)
        self.panel.set_wide(wide)
        longest = max(self._find_longest(), self._longest_seen, key=lambda words: words.amount)
        return self.panel.height_of(longest, width)
