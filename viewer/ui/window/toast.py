"""A few words over the lower edge of the picture that go away by themselves."""

from __future__ import annotations

import re
from typing import Final

from PySide6.QtCore import QRect, Qt, QTimer
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QLabel, QWidget

from viewer.gallery.reading_time import words_time
from viewer.gallery.safe_text import text
from viewer.ui.style.theme import DARK, Colours

SHORTEST_MS: Final = 1600
NOTICING_MS: Final = 900
"""Milliseconds: the least that anything is seen, and what it takes to look there, before the reading begins."""

_LONGEST_SENTENCE: Final = 600
_LONG: Final = re.compile(r"[^\s/\\]{30,}")
_PIECE: Final = re.compile(r"\S{10}(?=\S)")


def stay_ms(sentence: str) -> int:
    """For how many milliseconds `sentence` is seen: as long as everyone takes to read it."""
    return max(SHORTEST_MS, NOTICING_MS + round(words_time(sentence) * 1000))


class Toast(QLabel):
    """One sentence at a time; the newest replaces the one before."""

    def __init__(self, parent: QWidget) -> None:
        """Nothing is said yet."""
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setWordWrap(True)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._room = parent.rect()
        self._away = QTimer(self)
        self._away.setSingleShot(True)
        self._away.timeout.connect(self.hide)
        self.set_colours(DARK)
        self.hide()

    def say(self, sentence: str) -> None:
        """Show `sentence` for the time it takes to read it."""
        sentence = text(sentence, _LONGEST_SENTENCE)
        # The names of files may have no place where a line could end.
        self.setText(_LONG.sub(lambda name: _PIECE.sub("\\g<0>\N{ZERO WIDTH SPACE}", name[0]), sentence))
        self.setAccessibleName(sentence)
        self.place()
        self.show()
        self.raise_()
        self._away.start(stay_ms(sentence))

    def place(self) -> None:
        """Take the place in the middle of the room, a ninth above its lower edge."""
        room = self._room
        widest = max(min(room.width() - 32, self.fontInfo().pixelSize() * 42), 40)
        limit = QRect(0, 0, widest - 40, 1000)
        words = QFontMetrics(self.font()).boundingRect(limit, Qt.TextFlag.TextWordWrap, self.text())
        width, height = min(words.width() + 44, widest), words.height() + 22
        top = max(room.height() - height - room.height() // 9, 0)
        self.setGeometry(room.left() + (room.width() - width) // 2, room.top() + top, width, height)

    def set_room(self, room: QRect) -> None:
        """Be seen within `room`, a part of the parent."""
        self._room = room
        self.place()

    def set_type(self, pixels: float) -> None:
        """Speak in letters of that size, in logical pixels."""
        font = self.font()
        font.setPixelSize(max(round(pixels), 9))
        self.setFont(font)

    def set_colours(self, colours: Colours) -> None:
        """Take the colours of another room."""
        self.setStyleSheet(
            f"background: {colours.raised}; color: {colours.text}; border: 1px solid {colours.line};"
            "border-radius: 9px; padding: 4px 12px;"
        )
