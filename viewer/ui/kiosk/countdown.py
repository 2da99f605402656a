"""The countdown to the start of an unattended show: a sentence and a ring that empties."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPen

from viewer.ui.kiosk.overlay import Overlay
from viewer.ui.style.accessibility import announce
from viewer.ui.style.theme import DARK

if TYPE_CHECKING:
    from PySide6.QtGui import QPainter
    from PySide6.QtWidgets import QWidget

_STAY = "Touch the screen or press a key to stay."


class Countdown(Overlay):
    """Says how many seconds are left, once a second: nothing moves in between, for those whom movement disturbs."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window, "Starting again")
        self._left = self._total = 0

    def show_left(self, seconds: int) -> None:
        """Show that so many seconds are left; 0 takes it away."""
        began, self._left = not self.isVisible(), seconds
        if not seconds:
            self.hide()
            return
        self.setAccessibleDescription(f"{self.sentence}. {_STAY}")
        if began:
            self._total = seconds
            self.cover()
            announce(self, f"{self.sentence} seconds. {_STAY}")
        self.update()

    @property
    def sentence(self) -> str:
        """What it says: "Starting again in 20"."""
        return f"Starting again in {self._left}"

    def arrange(self) -> None:
        """Place a card that all words fit on."""
        heading, quiet = self._fonts()
        widest = max(QFontMetrics(heading).horizontalAdvance("Starting again in 888"),
                     QFontMetrics(quiet).horizontalAdvance(_STAY))
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
            (_STAY, quiet, DARK.quiet, below.translated(0, side * 0.85)),
        ):
            painter.setFont(font)
            painter.setPen(QColor(colour))
            painter.drawText(place, Qt.AlignmentFlag.AlignCenter, words)

    def _fonts(self) -> tuple[QFont, QFont]:
        """For the sentence, and for what is said below it, as large as the width allows."""
        fonts = []
        for share, weight, words in ((0.72, QFont.Weight.DemiBold, "Starting again in 888"),
                                     (0.46, QFont.Weight.Normal, _STAY)):
            font = QFont(self.font())
            font.setWeight(weight)
            font.setPixelSize(100)
            fitting = 100 * (self.width() - 2 * self.side) / QFontMetrics(font).horizontalAdvance(words)
            font.setPixelSize(max(round(min(self.side * share, fitting)), 9))
            fonts.append(font)
        return fonts[0], fonts[1]
