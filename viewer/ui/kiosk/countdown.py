"""The countdown to the start of an unattended show: a sentence and a ring that empties."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPen

from viewer.ui.kiosk.overlay import Overlay
from viewer.ui.style.accessibility import announce
from viewer.ui.style.theme import DARK

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QPainter
    from PySide6.QtWidgets import QWidget

    from viewer.kiosk.visitor_words import VisitorWords

_WIDEST = 888
"""The number in whose room all others fit."""


class Countdown(Overlay):
    """Says how many seconds are left, once a second: nothing moves in between, for those whom movement disturbs."""

    def __init__(self, window: QWidget, words: Callable[[], VisitorWords]) -> None:
        """`words` are those for whoever reads them now."""
        super().__init__(window, "")
        self._words_now = words
        self._words = words()
        self._left = self._total = 0

    def show_left(self, seconds: int) -> None:
        """Show that so many seconds are left; 0 takes it away."""
        began, self._left = not self.isVisible(), seconds
        if not seconds:
            self.hide()
            return
        if began:
            self._total, self._words = seconds, self._words_now()
            self.setAccessibleName(self.sentence)
            self.cover()
            announce(self, f"{self.sentence}. {self._words.stay}")
        self.setAccessibleDescription(f"{self.sentence}. {self._words.stay}")
        self.update()

    @property
    def sentence(self) -> str:
        """What it says: "Starting again in 20"."""
        return self._words.starting.format(left=self._left)

    @property
    def _widest(self) -> str:
        return self._words.starting.format(left=_WIDEST)

    def arrange(self) -> None:
        """Place a card that all words fit on."""
        heading, quiet = self._fonts()
        widest = max(QFontMetrics(heading).horizontalAdvance(self._widest),
                     QFontMetrics(quiet).horizontalAdvance(self._words.stay))
        wide = min(widest + 2 * self.side, self.width() - self.side // 2)
        high = min(round(self.side * 5.6), self.height() - self.side // 2)
        self.card = QRect((self.width() - wide) // 2, (self.height() - high) // 2, wide, high)

    def paint_card(self, painter: QPainter) -> None:
        """Paint the ring with the number in it, and the words below."""
        heading, quiet = self._fonts()
        side, card = self.side, self.card
        across, pen = side * 2.2, side * 0.14
        ring = QRectF(card.center().x() - across / 2, card.top() + side * 0.6, across, across)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(DARK.line), pen))
        painter.drawEllipse(ring)
        painter.setPen(QPen(QColor(DARK.accent), pen, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap))
        painter.drawArc(ring, 90 * 16, round(360 * 16 * self._left / max(self._total, 1)))
        number = QFont(heading)
        number.setPixelSize(round(across * 0.42))
        below = QRectF(card.left(), ring.bottom() + side * 0.35, card.width(), side)
        for words, font, colour, place in (
            (str(self._left), number, DARK.text, ring), (self.sentence, heading, DARK.text, below),
            (self._words.stay, quiet, DARK.quiet, below.translated(0, side * 0.85)),
        ):
            painter.setFont(font)
            painter.setPen(QColor(colour))
            painter.drawText(place, Qt.AlignmentFlag.AlignCenter, words)

    def _fonts(self) -> tuple[QFont, QFont]:
        """For the sentence, and for what is said below it, as large as the width allows."""
        fonts = []
        for share, weight, words in ((0.72, QFont.Weight.DemiBold, self._widest),
                                     (0.46, QFont.Weight.Normal, self._words.stay)):
            font = QFont(self.font())
            font.setWeight(weight)
            font.setPixelSize(100)
            fitting = 100 * (self.width() - 2 * self.side) / QFontMetrics(font).horizontalAdvance(words)
            font.setPixelSize(max(round(min(self.side * share, fitting)), 9))
            fonts.append(font)
        return fonts[0], fonts[1]
