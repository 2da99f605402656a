"""Toast: a short message over an edge of the picture that goes away by itself."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QLabel, QWidget

from viewer.gallery.reading_time import words_time
from viewer.gallery.safe_text import breakable, text
from viewer.timers import single_shot
from viewer.ui.style.type_size import set_type_size

SHORTEST_MS: Final = 1600
NOTICING_MS: Final = 900
"""Milliseconds: the least that a message is shown, and what it takes to look there, before the reading begins."""

_LONGEST_SENTENCE: Final = 600


def stay_ms(sentence: str) -> int:
    """For how many milliseconds `sentence` is seen: as long as everyone takes to read it."""
    return max(SHORTEST_MS, NOTICING_MS + round(words_time(sentence) * 1000))


class Toast(QLabel):
    """One sentence at a time; the newest replaces the one before. It is over the lower edge unless `at_top`."""

    def __init__(self, parent: QWidget, *, at_top: bool = False) -> None:
        super().__init__(parent)
        self._at_top = at_top
        self.setObjectName("toast")
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setWordWrap(True)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._area = parent.rect()
        self._hiding = single_shot(self, self.hide)
        self.hide()

    def say(self, sentence: str) -> None:
        """Show `sentence` for the time it takes to read it."""
        sentence = text(sentence, _LONGEST_SENTENCE)
        self.setText(breakable(sentence))
        self.setAccessibleName(sentence)
        self._place()
        self.show()
        self.raise_()
        self._hiding.start(stay_ms(sentence))

    def _place(self) -> None:
        """Stand in the middle of the area, a ninth of its height above its lower edge, or a bit below its upper."""
        area = self._area
        widest = max(min(area.width() - 32, self.fontInfo().pixelSize() * 42), 40)
        limit = QRect(0, 0, widest - 40, 1000)
        words = QFontMetrics(self.font()).boundingRect(limit, Qt.TextFlag.TextWordWrap, self.text())
        width, height = min(words.width() + 44, widest), words.height() + 22
        free = area.height() - height
        top = min(self.fontInfo().pixelSize() * 9 // 4, free) if self._at_top else free - area.height() // 9
        self.setGeometry(area.left() + (area.width() - width) // 2, area.top() + max(top, 0), width, height)

    def set_area(self, area: QRect) -> None:
        """Stay within `area`, a part of the parent, in logical pixels."""
        self._area = area
        self._place()

    def set_type(self, pixels: float) -> None:
        """Set the message in type of that size, in logical pixels."""
        set_type_size(self, pixels)
