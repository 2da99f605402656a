"""The caption panel: a slide's place, title, caption, date and credit, and on request the rest.

One panel stands in the window's dock, another beside the picture in full screen. Its size does not change from slide to
slide; a longer caption scrolls.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF
from PySide6.QtWidgets import QBoxLayout, QFrame, QLabel, QScrollArea, QVBoxLayout, QWidget

from viewer.timers import single_shot
from viewer.ui.captions.label import LONGEST_SHOWN, CaptionLabel, escaped, prepared, set_html, set_plain
from viewer.ui.style.theme import DARK

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent, QShowEvent

    from viewer.ui.style.theme import Colours

WIDEST: Final = 75
"""The most characters in a line of the caption (Bringhurst, The Elements of Typographic Style, 2.1.2)."""

_LINE_HEIGHT: Final = 126  # percent of the font's own, which already has some air


class CaptionText(NamedTuple):
    """The texts of one slide. `facts` are further lines, label and text, shown on request; `alt` is not shown."""

    place: str
    title: str
    caption: str
    date: str
    credit: str
    facts: tuple[tuple[str, str], ...] = ()
    alt: str = ""


NOTHING: Final = CaptionText("", "", "", "", "")


class CaptionPanel(QWidget):
    """Widget with a slide's texts: title and caption scroll where too long, date and credit are always visible.

    `set_words` fills it, `set_type` sets its font sizes, `set_wide` lays it out for a place below the picture.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("caption")
        self.setAccessibleName("Caption")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._colours, self._background = DARK, "none yet"
        self.words = NOTHING
        """What is shown now; to be changed by `set_words`."""
        self._stale = True
        self._base = 15.0
        self._inset = 0
        self._wide = False
        self._information = False
        self._place = prepared(QLabel(), "Slide")
        self._title = prepared(CaptionLabel(), "Title")
        self._body = prepared(CaptionLabel(), "Caption")
        self._facts = prepared(CaptionLabel(), "Information")
        self._date = prepared(QLabel(), "Date")
        self._credit = prepared(QLabel(), "Credit")
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
        self.scroll_bar = self._scroll.verticalScrollBar()
        self.setFocusProxy(self._scroll)
        self._end = QVBoxLayout()
        for below in (self._line, self._date, self._credit):
            self._end.addWidget(below)
        self._parts = QBoxLayout(QBoxLayout.Direction.TopToBottom, self)
        self._parts.setSpacing(0)
        self._parts.addWidget(self._scroll, 1)
        self._parts.addLayout(self._end)
        self._revealing = single_shot(self, self._reveal_facts)
        self._lay_out()
        self.set_colours(DARK)

    def set_words(self, words: CaptionText) -> None:
        """Show `words`, scrolled to the top."""
        if words == self.words:
            return
        self.words = words
        self._scroll.setAccessibleDescription("\n".join(filter(None, words[:5]))[:LONGEST_SHOWN])
        self._fill()
        self.scroll_bar.setValue(0)

    def set_information(self, shown: bool) -> None:
        """Show or hide notes, source, rights and the file's properties."""
        self._information = shown
        self._fill()
        if shown:
            self._revealing.start()  # labels are placed in the next turn of the event loop

    def set_type(self, base_px: float) -> None:
        """Set the caption in `base_px` logical pixels, and the rest in proportion."""
        if base_px != self._base:
            self._base = base_px
            self._lay_out()

    def set_wide(self, wide: bool) -> None:
        """Lay out in two columns, for a place below the picture; else in one, for a place beside it."""
        if wide != self._wide:
            self._wide = wide
            self._lay_out()

    def set_inset(self, pixels: int) -> None:
        """Have margins of so many logical pixels above and below, as far as the text leaves space for them."""
        if pixels != self._inset:
            self._inset = pixels
            self._set_margins()

    def set_colours(self, colours: Colours, background: str = "") -> None:
        """Take another theme's colours; `background` replaces the panel's own."""
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
        """The height, in logical pixels, at which a panel of `width` shows all of its text."""
        self._catch_up()
        spare_line = round(self._base * 1.3)  # against a scroll bar that is hardly needed
        return self._text_height(width) + 2 * self._least_margin + spare_line

    def sizeHint(self) -> QSize:
        """About 34 characters a line."""
        return QSize(round(self._measure(34) + 2 * self._margin), round(self._base * 11))

    def minimumSizeHint(self) -> QSize:
        """Never so small that a line or a word is cut."""
        return QSize(round(self._measure(18)), round(self._base * 5))

    def showEvent(self, event: QShowEvent) -> None:
        """Lay out what was set while the panel was hidden."""
        super().showEvent(event)
        self._catch_up()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Widen or narrow the margins."""
        super().resizeEvent(event)
        self._set_margins()

    def _catch_up(self) -> None:
        if self._stale:
            self._stale = False
            self._set_texts()

    def _measure(self, characters: int) -> float:
        font = QFont(self.font())
        font.setPixelSize(round(self._base))
        return QFontMetricsF(font).averageCharWidth() * characters

    def _lay_out(self) -> None:
        base, wide = self._base, self._wide
        self._margin = margin = round(base * (1.35 if wide else 1.75))
        self._least_margin = round(base * (1.0 if wide else 1.55))
        direction = QBoxLayout.Direction
        self._parts.setDirection(direction.LeftToRight if wide else direction.TopToBottom)
        self._parts.setStretch(0, 3 if wide else 1)
        self._parts.setStretch(1, 1 if wide else 0)
        self._end.setSpacing(round(base * 0.25))
        self._end.setAlignment(Qt.AlignmentFlag.AlignTop if wide else Qt.AlignmentFlag.AlignBottom)
        self._end.setContentsMargins(margin, round(base * 0.2) if wide else round(base * 0.6), margin, 0)
        self._sheet.setContentsMargins(margin, 0, margin, 0)
        self._place.setContentsMargins(0, 0, 0, round(base * 0.35))
        self._title.setContentsMargins(0, 0, 0, round(base * 0.8))
        self._facts.setContentsMargins(0, round(base * 1.4), 0, 0)
        self._date.setContentsMargins(0, 0 if wide else round(base * 0.5), 0, 0)
        for text in (self._body, self._title, self._facts):
            text.setMaximumWidth(round(self._measure(WIDEST)))
        for label in (self._date, self._credit):
            label.setMinimumWidth(round(self._measure(22)) if wide else 0)
        self._fill()

    def _text_height(self, width: int) -> int:
        """The height of all texts, without margins, in a panel of `width`."""
        if not self._wide:
            return self._sheet.heightForWidth(width) + self._end.heightForWidth(width)
        column = min(width * 3 // 4 - round(self._base), round(self._measure(WIDEST)) + 2 * self._margin)
        return max(self._sheet.heightForWidth(column), self._end.heightForWidth(width - column))

    def _set_margins(self) -> None:
        """Share what the text leaves between top and bottom, up to the inset that was set."""
        if self._stale:
            return  # it is hidden, and may stay so
        margin = self._least_margin
        needed = self._text_height(self.width())
        inset = min(max((self.height() - needed) // 2, margin), max(self._inset, margin))
        self._parts.setContentsMargins(0, inset, 0, inset)
        policy, fits = Qt.ScrollBarPolicy, needed + 2 * inset <= self.height()
        short = needed < 2 * self.height()  # else Qt need not lay out all of it to find out
        self._scroll.setVerticalScrollBarPolicy(
            policy.ScrollBarAlwaysOff if fits else policy.ScrollBarAsNeeded if short else policy.ScrollBarAlwaysOn)

    def _reveal_facts(self) -> None:
        """Scroll to where the facts begin, unless they are visible."""
        if self._facts.isVisible():
            top = self._facts.y()
            if top + self._facts.height() > self.scroll_bar.value() + self._scroll.viewport().height():
                self.scroll_bar.setValue(min(top, self.scroll_bar.maximum()))

    def _fill(self) -> None:
        """Set all texts anew, now or when shown: of the window's panel and full screen's only one is visible."""
        self._stale = True
        if self.isVisible():
            self._catch_up()

    def _set_texts(self) -> None:
        words, base, quiet = self.words, self._base, self._colours.quiet
        set_plain(self._place, words.place, base * 0.87, colour=quiet)
        set_plain(self._title, words.title, base * 1.62, weight=650, height=106)
        set_plain(self._body, words.caption, base, height=_LINE_HEIGHT)
        set_plain(self._date, words.date, base * 0.87, colour=quiet)
        set_plain(self._credit, words.credit, base * 0.87, colour=quiet, height=118)
        self._line.setVisible(not self._wide and bool(words.date or words.credit))
        facts = "".join(
            f"<p style='margin: 0 0 {round(base * 0.6)}px 0; line-height: 118%'>"
            f"<span style='color:{quiet}'>{escaped(name)}</span><br>{escaped(text)}</p>"
            for name, text in words.facts if text
        )
        self._facts.setVisible(self._information and bool(facts))
        set_html(self._facts, facts if self._information else "", base * 0.87)
        self._facts.setAccessibleName("\n".join(f"{name}: {text}" for name, text in words.facts if text))
        self._set_margins()
