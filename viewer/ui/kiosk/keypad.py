"""The keypad for the PIN that ends an unattended show: for fingers, a mouse, digits of a keyboard, a screen reader."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING, Final, Protocol

from PySide6.QtCore import QRect, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics

from viewer.kiosk.pin import LONGEST
from viewer.show.clock import DeferredCall
from viewer.ui.commands.keyboard_layout import digit_by_place
from viewer.ui.kiosk.overlay import Overlay
from viewer.ui.kiosk.touch_button import LEAST_SIDE, TouchButton
from viewer.ui.style.accessibility import announce
from viewer.ui.style.theme import DARK

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QKeyEvent, QPainter
    from PySide6.QtWidgets import QWidget

    from viewer.kiosk.visitor_words import VisitorWords
    from viewer.show.clock import Clock

OPEN_MS: Final = 20_000
"""Milliseconds without a press after which it goes by itself."""

_SECOND_MS: Final = 1000
_SHARE: Final = 0.09  # of the screen's shorter side, for a key
_GAP: Final = 0.16  # of a key, as all that follow
_PAD: Final = 0.5
_HEADING, _DOTS, _MESSAGE, _LOW = 0.6, 0.55, 0.55, 0.75
_ROWS: Final = (("1", "2", "3"), ("4", "5", "6"), ("7", "8", "9"), ("", "0", ""))


class Guard(Protocol):
    """Knows the PIN, and makes those wait who try too often."""

    @property
    def wait_ms(self) -> int:
        """Milliseconds until another PIN is looked at; 0: now."""

    def accepts(self, typed: str) -> bool:
        """Whether that is the PIN; never while there is something to wait for."""


class Keypad(Overlay):
    """Asks for the PIN; `accepted` comes when it was right. What is typed is shown as dots, and forgotten."""

    accepted = Signal()

    def __init__(self, window: QWidget, guard: Guard, words: Callable[[], VisitorWords], clock: Clock) -> None:
        super().__init__(window, "")
        self._guard, self._words_now, self._words = guard, words, words()
        self._typed = ""
        self.message = ""
        """What it says below the dots; to be read only."""
        self._tells_wait = False
        self._digits = {digit: TouchButton(digit, digit, self) for row in _ROWS for digit in row if digit}
        self._delete = TouchButton("", "", self, "backspace")
        self._cancel, self._enter = TouchButton("", "", self), TouchButton("OK", "OK", self)
        for digit, button in self._digits.items():
            button.clicked.connect(lambda _checked, digit=digit: self._type(digit))
        for button, act in ((self._delete, self._take_back), (self._cancel, self.hide), (self._enter, self._try)):
            button.clicked.connect(act)
        self._closing = DeferredCall(clock, self.hide, self)
        self._waiting = DeferredCall(clock, self._tell_wait, self)
        self.left.connect(self._end)
        self.outside.connect(self.hide)

    def open(self) -> None:
        """Show it, empty; the wait for another try goes on."""
        if self.isVisible():
            return
        self._typed = self.message = ""
        self._words = words = self._words_now()
        self.setAccessibleName(words.pin)
        self._cancel.setText(words.cancel)
        self._cancel.setAccessibleName(words.cancel)
        self._delete.setAccessibleName(words.delete)
        self._tell_wait()
        self._closing.start(OPEN_MS)
        self.cover()
        announce(self, " ".join(filter(None, (f"{words.pin}.", self.message))))

    def arrange(self) -> None:
        """Place heading, dots, message and keys on a card."""
        shorter = min(self.width(), self.height())
        key = max(round(min(shorter * _SHARE, self.height() / 9, self.width() / 5)), LEAST_SIDE)
        gap, pad = round(key * _GAP), round(key * _PAD)
        wide = 3 * key + 2 * gap
        above = round(key * (_HEADING + _DOTS + _MESSAGE))
        low = max(round(key * _LOW), LEAST_SIDE)
        high = above + 4 * (key + gap) + low
        self._key = key
        self.card = QRect((self.width() - wide) // 2 - pad, (self.height() - high) // 2 - pad,
                          wide + 2 * pad, high + 2 * pad)
        left, top = self.card.left() + pad, self.card.top() + pad + above
        for row, digits in enumerate(_ROWS):
            for column, digit in enumerate(digits):
                if digit:
                    self._digits[digit].set_side(key)
                    self._digits[digit].setFixedSize(key, key)
                    self._digits[digit].move(left + column * (key + gap), top + row * (key + gap))
        _place(self._delete, QRect(left, top + 3 * (key + gap), key, key), key)
        _place(self._enter, QRect(left + 2 * (key + gap), top + 3 * (key + gap), key, key), key * 0.85)
        _place(self._cancel, QRect(left, top + 4 * (key + gap), wide, low), key * 0.7)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Type by a keyboard: digits, by their place too, Backspace and Enter."""
        key = event.key()
        digit = chr(key) if Qt.Key.Key_0 <= key <= Qt.Key.Key_9 else digit_by_place(event)
        if digit:
            self._type(digit)
        elif key in (Qt.Key.Key_Backspace, Qt.Key.Key_Delete):
            self._take_back()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._try()
        super().keyPressEvent(event)

    def paint_card(self, painter: QPainter) -> None:
        """Paint heading, dots and message."""
        key, card = self._key, self.card
        line = QRectF(card.left(), card.top() + key * _PAD * 0.8, card.width(), key * _HEADING)
        dots = QRectF(card.left(), line.bottom(), card.width(), key * _DOTS)
        below = QRectF(card.left(), dots.bottom(), card.width(), key * _MESSAGE)
        painter.setPen(QColor(DARK.text))
        for words, share, place in ((self._words.pin, 0.34, line), (self.message, 0.25, below)):
            painter.setFont(self._fitting(words, key * share, card.width() - key * _PAD))
            painter.drawText(place, Qt.AlignmentFlag.AlignCenter, words)
        across = key * 0.17
        step = min(across * 1.9, card.width() * 0.9 / max(len(self._typed), 1))
        start = dots.center().x() - step * (len(self._typed) - 1) / 2
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(DARK.text))
        for at in range(len(self._typed)):
            painter.drawEllipse(QRectF(start + at * step - across / 2, dots.center().y() - across / 2, across, across))

    def _fitting(self, words: str, size: float, width: float) -> QFont:
        """The keypad's font at `size`, or at less, so that `words` are no wider than `width`."""
        font = QFont(self.font())
        font.setPixelSize(round(size))
        wide = QFontMetrics(font).horizontalAdvance(words)
        font.setPixelSize(max(round(size * min(1.0, width / max(wide, 1))), 9))
        return font

    def _type(self, digit: str) -> None:
        if self._is_busy():
            return
        self._typed = (self._typed + digit)[:LONGEST]
        self._say("")
        announce(self, self._words.digits.format(count=len(self._typed)))

    def _take_back(self) -> None:
        if not self._is_busy():
            self._typed = self._typed[:-1]
            self._say("")

    def _try(self) -> None:
        if self._is_busy() or not self._typed:
            return
        typed, self._typed = self._typed, ""
        if self._guard.accepts(typed):
            self.hide()
            self.accepted.emit()
            return
        self._say(self._words.wrong)
        self._tell_wait()
        announce(self, self.message)

    def _is_busy(self) -> bool:
        """Note a press; whether nothing is taken yet."""
        self._closing.start(OPEN_MS)
        return self._guard.wait_ms > 0

    def _tell_wait(self) -> None:
        """Count down what is left to wait, if anything is."""
        if wait := self._guard.wait_ms:
            self._waiting.start(min(wait, _SECOND_MS))
            self._closing.start(OPEN_MS)
            seconds = ceil(wait / _SECOND_MS)
            self._say(self._words.wait.format(time=f"{seconds // 60}:{seconds % 60:02d}"))
            self._tells_wait = True
        elif self._tells_wait:
            self._say("")

    def _say(self, message: str) -> None:
        self.message, self._tells_wait = message, False
        self.setAccessibleDescription(message)
        self.update()

    def _end(self) -> None:
        self._typed = ""
        self._closing.cancel()
        self._waiting.cancel()


def _place(button: TouchButton, place: QRect, type_of: float) -> None:
    """Have `button` there, with a label as large as on a button of the height `type_of`."""
    button.set_side(round(type_of))
    button.setFixedSize(place.size())
    button.move(place.topLeft())
