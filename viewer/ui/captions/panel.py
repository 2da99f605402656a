"""The caption panel: a slide's place, title, caption, date and credit, and on request the rest.

One panel stands in the window's dock, another beside the picture in full screen. Its size does not change from slide to
slide. A longer caption takes the room there is, then smaller type, and then it scrolls, by itself while the show plays.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QRect, QSize, Qt, Signal
from PySide6.QtWidgets import QWidget

from viewer.ui.captions.arrangement import CHARACTER, Arranger, Frame
from viewer.ui.captions.auto_scroll import AutoScroll
from viewer.ui.captions.composition import NOTHING, TypeRange
from viewer.ui.captions.label import CaptionLabel
from viewer.ui.captions.line_scroll_area import LineScrollArea, PlacedLine
from viewer.ui.captions.text_layout import LONGEST_SHOWN, lay_out
from viewer.ui.style.accessibility import set_role, spoken
from viewer.ui.style.mirrored import mirrored
from viewer.ui.style.theme import DARK

if TYPE_CHECKING:
    from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent

    from viewer.ui.captions.arrangement import Placed
    from viewer.ui.captions.composition import CaptionText
    from viewer.ui.captions.text_layout import Block, LaidOut
    from viewer.ui.style.theme import Colours

_LEAST_WIDTH: Final = 120
_LEAST_HEIGHT: Final = 60
"""Logical pixels."""


class CaptionPanel(QWidget):
    """Widget with a slide's texts, all of which can be read: they fit, or scroll by whole lines.

    `set_words` fills it, `set_type` sets its font sizes, `set_wide` lays it out for a place below the picture.
    `overflow_changed` comes when `overflows` does.
    """

    overflow_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("caption")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._colours, self._background = DARK, "none yet"
        self.words = NOTHING
        """What is shown now; to be changed by `set_words`."""
        self.overflows = False
        """Whether what is seen here has to scroll."""
        self._longest = NOTHING
        self._sizes = TypeRange(15.0, 15.0)
        self._inset = 0
        self._wide = self._information = self._is_revealing = False
        self._arranged: object = None
        self._top: tuple[object, int] = (None, 0)
        self._layouts: dict[tuple[Block, int], LaidOut] = {}
        self.lines = LineScrollArea(self)
        """What scrolls; to be filled by `set_words`."""
        self.lines.setAccessibleName("Caption")
        self._auto_scroll = AutoScroll(self.lines)
        self._labels = {role: CaptionLabel(role)
                        for role in ("Slide", "Title", "Caption", "Date", "Credit", "Information")}
        for label in self._labels.values():
            label.setParent(self.lines.sheet)
        set_role(self.lines, "Grouping")
        set_role(self._labels["Title"], "Heading")
        self.scroll_bar = self.lines.verticalScrollBar()
        self.scroll_bar.setAccessibleName("Scroll the caption")
        self.setFocusProxy(self.lines)
        self.set_colours(DARK)

    def set_words(self, words: CaptionText) -> None:
        """Show `words`, scrolled to the top."""
        if words == self.words:
            return
        self.words = words
        self._describe()
        self._auto_scroll.begin(words.title, words.caption, words.credit)
        self.scroll_bar.setValue(0)
        self._arrange()

    def set_longest(self, words: CaptionText) -> None:
        """Go by `words`, the longest of the gallery, where a place is the same for all slides."""
        if words != self._longest:
            self._longest = words
            self._arrange()

    def set_information(self, shown: bool) -> None:
        """Show or hide notes, source, rights and the file's properties."""
        self._information = self._is_revealing = shown
        self._describe()
        self._arrange()

    def set_type(self, aim_px: float, floor_px: float | None = None) -> None:
        """Set the caption in `aim_px` logical pixels, and the rest in proportion.

        A long caption shrinks to `floor_px`, if that is given.
        """
        sizes = TypeRange(aim_px, aim_px if floor_px is None else floor_px)
        if sizes != self._sizes:
            self._sizes = sizes
            self._arrange()

    def set_wide(self, wide: bool) -> None:
        """Lay out in two columns if there is room for them, for a low place; else in one."""
        if wide != self._wide:
            self._wide = wide
            self._arrange()

    def set_inset(self, pixels: int) -> None:
        """Begin and end so many logical pixels inside, as far as the gallery's longest caption leaves room for that."""
        if pixels != self._inset:
            self._inset = pixels
            self._arrange()

    def set_reduced_motion(self, reduced: bool) -> None:
        """Scroll by itself in jumps."""
        self.lines.set_reduced_motion(reduced)

    def set_colours(self, colours: Colours, background: str = "") -> None:
        """Take another theme's colours; `background` replaces the panel's own."""
        if (colours, background) == (self._colours, self._background):
            return
        self._colours, self._background = colours, background
        self.setStyleSheet(
            f"#caption {{ background: {background or colours.panel}; }}"
            "#caption QWidget { background: transparent; border: none; }"
            "#caption QScrollBar:vertical { width: 7px; }"
            f"#caption QScrollBar::handle {{ background: {colours.control}; border-radius: 3px; }}"
        )
        self._arrange()

    def follow(self, share: float) -> None:
        """Keep what is being read in view when `share` (0 to 1) of the slide's time in the running show is over."""
        if self.overflows or share == 0:
            self._auto_scroll.follow(share)

    def height_of(self, words: CaptionText, width: int) -> int:
        """The height, in logical pixels, at which a panel of `width` shows all of `words` in the type aimed at."""
        return self._arranger().height(words, self._frame()._replace(width=width))

    def sizeHint(self) -> QSize:
        """About 34 characters a line."""
        aim = self._sizes.aim
        return QSize(round(aim * (34 * CHARACTER + 2.8)), round(aim * 11))

    def minimumSizeHint(self) -> QSize:
        """What the smallest window has space for, whatever the type: one that got less would be cut at its edge."""
        return QSize(_LEAST_WIDTH, _LEAST_HEIGHT)

    def showEvent(self, event: QShowEvent) -> None:
        """Lay out what was set while the panel was hidden."""
        super().showEvent(event)
        self._arrange()

    def hideEvent(self, event: QHideEvent) -> None:
        """What nobody sees does not have to scroll."""
        super().hideEvent(event)
        self._set_overflows(False)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay out anew."""
        super().resizeEvent(event)
        self._arrange()

    def changeEvent(self, event: QEvent) -> None:
        """Take another font, or another language's direction."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.LayoutDirectionChange):
            self._layouts.clear()
            self._arrange()

    def _set_overflows(self, overflows: bool) -> None:
        if overflows != self.overflows:
            self.overflows = overflows
            self.overflow_changed.emit()

    def _frame(self) -> Frame:
        return Frame(self.width(), self.height(), self._sizes, self._wide, self._inset)

    def _arranger(self) -> Arranger:
        return Arranger(self._laid_out, self._colours)

    def _laid_out(self, block: Block, width: int) -> LaidOut:
        if (found := self._layouts.get((block, width))) is None:
            found = self._layouts[block, width] = lay_out(block, self.font(), width)
        return found

    def _describe(self) -> None:
        """Have a screen reader read what is shown when the panel gets the focus."""
        facts = [f"{name}: {fact}" for name, fact in self.words.facts if fact] if self._information else []
        words = "\n".join(filter(None, (*self.words[:5], *facts)))
        self.lines.setAccessibleDescription(spoken(words)[:LONGEST_SHOWN])

    def _arrange(self) -> None:
        """Place everything, now or when shown: of the window's panel and full screen's only one is visible."""
        if not self.isVisible():
            return
        given = (self.words, self._longest, self._frame(), self._information, self._colours, self.font().key(),
                 self.layoutDirection())
        if given != self._arranged:
            self._arranged = given
            self._place()
        if self._is_revealing:
            self._is_revealing = False
            self._auto_scroll.leave_alone()
            self.lines.reveal(self._labels["Information"])
        self._set_overflows(self.lines.last_top > 0)

    def _place(self) -> None:
        arranger, frame = self._arranger(), self._frame()
        if self._top[0] != (given := (self._longest, frame, self.font().key())):
            self._top = (given, arranger.top(self._longest, frame))
        found = arranger.arrange(self.words, self._top[1], frame, information=self._information)
        self.lines.setGeometry(mirrored(self, found.area, self.rect()))
        seen = {placed.role for placed in (*found.flow, *found.foot)}
        for role, label in self._labels.items():
            label.setVisible(role in seen)
        for placed in found.foot:
            self._show(placed, self, self.rect())
            self._labels[placed.role].set_faded({})
        for placed in found.flow:
            self._show(placed, self.lines.sheet, QRect(0, 0, found.area.width(), 0))
        self._auto_scroll.lines_changed()
        self.lines.set_lines([
            PlacedLine(self._labels[placed.role], number, placed.place.y() + line.top, placed.place.y() + line.bottom,
                       line.text)
            for placed in found.flow for number, line in enumerate(placed.laid_out.lines)])
        used = {(placed.block, placed.place.width()): placed.laid_out for placed in (*found.flow, *found.foot)}
        self._layouts.clear()  # of other sizes
        self._layouts.update(used)

    def _show(self, placed: Placed, parent: QWidget, area: QRect) -> None:
        """Have a label in `parent`, where it may take a place in `area`."""
        label = self._labels[placed.role]
        if label.parent() is not parent:
            label.setParent(parent)
        label.show_block(placed.block, placed.laid_out)
        label.stand_at(mirrored(self, placed.place, area))
        label.show()
