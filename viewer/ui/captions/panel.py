"""The caption panel: which slide it is, its title, its words, date and credit; and on request the rest.

The same panel stands in the window's dock and beside the picture in full screen. Its room does not change from slide
to slide; what is longer scrolls.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QFont, QFontMetricsF
from PySide6.QtWidgets import QBoxLayout, QFrame, QLabel, QScrollArea, QVBoxLayout, QWidget

from viewer.ui.captions.label import LONGEST_SHOWN, CaptionLabel, escaped, part, say, set_html
from viewer.ui.style.theme import DARK

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent, QShowEvent
    from PySide6.QtWidgets import QScrollBar

    from viewer.ui.style.theme import Colours

WIDEST: Final = 75
"""Characters in a line of the caption at the most: the measure that reads well (Elements of Typographic Style)."""

_LINE_HEIGHT: Final = 126  # percent of the font's own, which already has some air


class CaptionText(NamedTuple):
    """What the panel says about one slide. `facts` are further lines, label and text, seen on request."""

    place: str
    title: str
    caption: str
    date: str
    credit: str
    facts: tuple[tuple[str, str], ...] = ()


NOTHING: Final = CaptionText("", "", "", "", "")


class CaptionPanel(QWidget):
    """The panel. `set_words` fills it, `set_type` sizes it, `set_wide` lays it out for below the picture.

    Title and caption scroll where they are too long; date and credit keep their place at the end and are always seen.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        """An empty panel in the dark room."""
        super().__init__(parent)
        self.setObjectName("caption")
        self.setAccessibleName("Caption")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._colours, self._background = DARK, "none yet"
        self._words = NOTHING
        self._stale = True
        self._base = 15.0
        self._inset = 0
        self._wide = False
        self._more = False
        self._place = part(QLabel(), "Slide")
        self._title = part(CaptionLabel(), "Title")
        self._body = part(CaptionLabel(), "Caption")
        self._facts = part(CaptionLabel(), "Information")
        self._date = part(QLabel(), "Date")
        self._credit = part(QLabel(), "Credit")
        self._line = QFrame()
        self._line.setFixedHeight(1)

        sheet = QWidget()
        sheet.setObjectName("captionSheet")
        self._sheet = QVBoxLayout(sheet)
        self._sheet.setSpacing(0)
        for label in (self._place, self._title, self._body, self._facts):
            self._sheet.addWidget(label)
        self._sheet.addStretch(1)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._scroll.setAccessibleName("Caption")
        self._scroll.setWidget(sheet)
        self.setFocusProxy(self._scroll)
        self._end = QVBoxLayout()
        for below in (self._line, self._date, self._credit):
            self._end.addWidget(below)
        self._parts = QBoxLayout(QBoxLayout.Direction.TopToBottom, self)
        self._parts.setSpacing(0)
        self._parts.addWidget(self._scroll, 1)
        self._parts.addLayout(self._end)
        self._revealing = QTimer(self, singleShot=True, interval=0)
        self._revealing.timeout.connect(self._reveal_facts)
        self._lay_out()
        self.set_colours(DARK)

    @property
    def words(self) -> CaptionText:
        """What it says now."""
        return self._words

    @property
    def scroll_bar(self) -> QScrollBar:
        """What moves a long caption."""
        return self._scroll.verticalScrollBar()

    def set_words(self, words: CaptionText) -> None:
        """Say `words`, from the top."""
        if words == self._words:
            return
        self._words = words
        self._scroll.setAccessibleDescription("\n".join(filter(None, words[:5]))[:LONGEST_SHOWN])
        self._fill()
        self.scroll_bar.setValue(0)

    def set_information(self, shown: bool) -> None:
        """Show or hide notes, sources and the file's particulars."""
        self._more = shown
        self._fill()
        if shown:
            self._revealing.start()  # a label has its place only after the event loop's turn

    def set_type(self, base_px: float) -> None:
        """Set the caption in `base_px` logical pixels, and the rest in proportion."""
        if base_px != self._base:
            self._base = base_px
            self._lay_out()
            self._fill()

    def set_wide(self, wide: bool) -> None:
        """Lay out in two columns, for a place below the picture; else in one, for a place beside it."""
        if wide != self._wide:
            self._wide = wide
            self._lay_out()
            self._fill()

    def set_inset(self, pixels: int) -> None:
        """Begin and end so many logical pixels further inside, as far as the words leave room for it."""
        if pixels != self._inset:
            self._inset = pixels
            self._set_margins()

    def set_colours(self, colours: Colours, background: str = "") -> None:
        """Take the colours of another room; `background` replaces the panel's own."""
        if (colours, background) == (self._colours, self._background):
            return
        self._colours, self._background = colours, background
        self.setStyleSheet(
            f"#caption {{ background: {background or colours.panel}; }}"
            "#caption QScrollArea, #captionSheet { background: transparent; border: none; }"
            f"#caption QLabel {{ background: transparent; color: {colours.text}; }}"
        )
        self._line.setStyleSheet(f"background: {colours.line};")
        self._fill()

    def height_of_words(self, width: int) -> int:
        """How high, in logical pixels, the panel is when everything it says is seen at `width`."""
        self._catch_up()
        words, end = self._heights(width)
        spare_line = round(self._base * 1.3)  # against a scroll bar that is hardly needed
        return (max(words, end) if self._wide else words + end) + 2 * self._least_margin() + spare_line

    def sizeHint(self) -> QSize:
        """Room for about 34 characters a line."""
        return QSize(round(self._measure(34) + 2 * self._margin()), round(self._base * 11))

    def minimumSizeHint(self) -> QSize:
        """Never so small that a line or a word is cut."""
        return QSize(round(self._measure(18)), round(self._base * 5))

    def showEvent(self, event: QShowEvent) -> None:
        """Say what was not said while nobody looked."""
        super().showEvent(event)
        self._catch_up()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """There may be room for wider margins, or need of narrower ones."""
        super().resizeEvent(event)
        self._set_margins()

    def _catch_up(self) -> None:
        if self._stale:
            self._stale = False
            self._say_all()

    def _measure(self, characters: int) -> float:
        font = QFont(self.font())
        font.setPixelSize(round(self._base))
        return QFontMetricsF(font).averageCharWidth() * characters

    def _margin(self) -> int:
        return round(self._base * (1.35 if self._wide else 1.75))

    def _least_margin(self) -> int:
        """Above and below the words."""
        return round(self._base * (1.0 if self._wide else 1.55))

    def _lay_out(self) -> None:
        base, margin = self._base, self._margin()
        direction = QBoxLayout.Direction
        self._parts.setDirection(direction.LeftToRight if self._wide else direction.TopToBottom)
        self._parts.setStretch(0, 3 if self._wide else 1)
        self._parts.setStretch(1, 1 if self._wide else 0)
        self._end.setSpacing(round(base * 0.25))
        self._end.setAlignment(Qt.AlignmentFlag.AlignTop if self._wide else Qt.AlignmentFlag.AlignBottom)
        self._end.setContentsMargins(margin, round(base * 0.2) if self._wide else round(base * 0.6), margin, 0)
        self._sheet.setContentsMargins(margin, 0, margin, 0)
        self._place.setContentsMargins(0, 0, 0, round(base * 0.35))
        self._title.setContentsMargins(0, 0, 0, round(base * 0.8))
        self._facts.setContentsMargins(0, round(base * 1.4), 0, 0)
        self._date.setContentsMargins(0, 0 if self._wide else round(base * 0.5), 0, 0)
        for caption_label in (self._body, self._title, self._facts):
            caption_label.setMaximumWidth(round(self._measure(WIDEST)))
            caption_label.forget()
        for label in (self._date, self._credit):
            label.setMinimumWidth(round(self._measure(22)) if self._wide else 0)
        self._set_margins()

    def _heights(self, width: int) -> tuple[int, int]:
        """How high the words and the end are, without margins, in a panel of `width`."""
        if not self._wide:
            return self._sheet.heightForWidth(width), self._end.heightForWidth(width)
        column = min(width * 3 // 4 - round(self._base), round(self._measure(WIDEST)) + 2 * self._margin())
        return self._sheet.heightForWidth(column), self._end.heightForWidth(width - column)

    def _set_margins(self) -> None:
        """Share what the words leave between above and below, up to the inset that was asked for."""
        if self._stale:
            return  # it is not seen, and may never be
        margin = self._least_margin()
        words, end = self._heights(self.width())
        needed = max(words, end) if self._wide else words + end
        inset = min(max((self.height() - needed) // 2, margin), max(self._inset, margin))
        self._parts.setContentsMargins(0, inset, 0, inset)
        policy, fits = Qt.ScrollBarPolicy, needed + 2 * inset <= self.height()
        hardly = needed < 2 * self.height()  # else Qt need not lay out all of it to find out
        self._scroll.setVerticalScrollBarPolicy(
            policy.ScrollBarAlwaysOff if fits else policy.ScrollBarAsNeeded if hardly else policy.ScrollBarAlwaysOn)

    def _reveal_facts(self) -> None:
        """Scroll to where the facts begin, should they be below what is seen."""
        if self._facts.isVisible():
            top = self._facts.y()
            if top + self._facts.height() > self.scroll_bar.value() + self._scroll.viewport().height():
                self.scroll_bar.setValue(min(top, self.scroll_bar.maximum()))

    def _fill(self) -> None:
        """Say everything anew; of the window's panel and full screen's only one is seen, and laid out."""
        self._stale = True
        if self.isVisible():
            self._catch_up()

    def _say_all(self) -> None:
        words, base, quiet = self._words, self._base, self._colours.quiet
        say(self._place, words.place, base * 0.87, colour=quiet)
        say(self._title, words.title, base * 1.62, weight=650, height=106)
        say(self._body, words.caption, base, height=_LINE_HEIGHT)
        say(self._date, words.date, base * 0.87, colour=quiet)
        say(self._credit, words.credit, base * 0.87, colour=quiet, height=118)
        self._line.setVisible(not self._wide and bool(words.date or words.credit))
        facts = "".join(
            f"<p style='margin: 0 0 {round(base * 0.6)}px 0; line-height: 118%'>"
            f"<span style='color:{quiet}'>{escaped(name)}</span><br>{escaped(text)}</p>"
            for name, text in words.facts if text
        )
        self._facts.setVisible(self._more and bool(facts))
        set_html(self._facts, facts if self._more else "", base * 0.87)
        self._facts.setAccessibleName("\n".join(f"{name}: {text}" for name, text in words.facts if text))
        self._set_margins()
