"""A few words over the lower edge of the picture that go away by themselves."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt, QTimer
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QLabel, QWidget

from viewer.ui.theme import DARK, Colours

SHORTEST_MS = 1600
"""Milliseconds; longer words stay longer, at about 200 a minute."""


class Notice(QLabel):
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

    def say(self, sentence: str, *, stay: bool = False) -> None:
        """Show `sentence` for the time it takes to read it; with `stay` until the next one or `hide`."""
        self.setText(sentence)
        self.setAccessibleName(sentence)
        self.place()
        self.show()
        self.raise_()
        self._away.stop()
        if not stay:
            self._away.start(max(SHORTEST_MS, len(sentence.split()) * 300 + 800))

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
