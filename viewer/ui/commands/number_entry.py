"""A slide's number typed at the window: digits, then Enter.

0 and 1 mean "fit" and "actual size" as well. While a number consists of nothing else, they count for both: the view
does what they say, and if more digits and Enter follow, another slide comes anyway. The first other digit makes it a
number and nothing else, until Enter, Escape or a pause.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from viewer.show.clock import Clock

ENTRY_TIMEOUT_MS: Final = 2500
"""Milliseconds after which half a number is forgotten."""

QUICK_MS: Final = 900
"""Milliseconds after which a 0 or a 1 was only a command, and begins no number."""

_LONGEST: Final = 7

_KEYS: Final[dict[int, str]] = {
    Qt.Key.Key_Return: "Enter", Qt.Key.Key_Enter: "Enter", Qt.Key.Key_Backspace: "Backspace",
    Qt.Key.Key_Escape: "Esc",
}

_NOTHING: Final = Qt.KeyboardModifier.NoModifier


class NumberEntry:
    """The number being typed. Times are milliseconds of any monotonic clock."""

    def __init__(self) -> None:
        self._text = ""
        self._latest = 0.0

    @property
    def text(self) -> str:
        """The digits so far, as they should be seen; empty while it is only a key that might begin a number."""
        return self._text if len(self._text) > 1 or not self._is_command else ""

    def is_seen(self, now: float) -> bool:
        """Whether there is a number, and no mere key that might begin one."""
        self._forget_if_late(now)
        return bool(self.text)

    def wants(self, key: str, now: float) -> bool:
        """Whether `key` (a digit, "Enter", "Backspace" or "Esc") belongs to the number and to no command."""
        self._forget_if_late(now)
        if key.isdigit():
            return key not in "01" or not self._is_command
        return bool(self._text if key == "Enter" else self.text)

    def press(self, key: str, now: float) -> int | None:
        """Take a key; returns the number to go to, once Enter was pressed."""
        self._forget_if_late(now)
        self._latest = now
        number = int(self._text) if key == "Enter" and self._text else None
        if key.isdigit():
            self._text = (self._text + key)[:_LONGEST]
        else:
            self._text = self._text[:-1] if key == "Backspace" else ""
        return number

    @property
    def _is_command(self) -> bool:
        """Whether all there is so far are zeros and ones."""
        return not self._text.strip("01")

    def _forget_if_late(self, now: float) -> None:
        if now - self._latest > (QUICK_MS if self._is_command else ENTRY_TIMEOUT_MS):
            self._text = ""


class NumberKeys(QObject):
    """Event filter on `window` that takes the keys of a slide's number before shortcuts do."""

    typed = Signal(str)
    """The digits so far, after each key; empty when the number is complete, given up, or not to be seen yet."""
    entered = Signal(int)
    """The number, once Enter was pressed; comes after `typed`."""

    def __init__(self, window: QWidget, clock: Clock) -> None:
        super().__init__(window)
        self._entry, self._clock = NumberEntry(), clock
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: ARG002 - there is but the window
        """Keep keys that belong to a number from becoming commands, and take those that nothing else took."""
        if not isinstance(event, QKeyEvent) or not (key := _key(event) or self._digit_by_place(event)):
            return False
        wanted = self._entry.wants(key, self._clock.now())
        if event.type() == QEvent.Type.ShortcutOverride:
            if wanted:
                event.accept()
                return True
            if key in ("0", "1"):
                self._press(key)  # it may begin a number, and is a command as well
        elif event.type() == QEvent.Type.KeyPress and wanted:
            self._press(key)
            return True
        return False

    def _digit_by_place(self, event: QKeyEvent) -> str:
        """The digit that a key stands for once a number is seen, where the layout types digits with Shift only."""
        if not self._entry.is_seen(self._clock.now()) or event.modifiers():
            return ""
        from viewer.ui.commands.keyboard_layout import digit_by_place

        return digit_by_place(event)

    def _press(self, key: str) -> None:
        number = self._entry.press(key, self._clock.now())
        self.typed.emit(self._entry.text)
        if number is not None:
            self.entered.emit(number)


def _key(event: QKeyEvent) -> str:
    """The digit, "Enter", "Backspace" or "Esc" that `event` is; else nothing."""
    key, held = event.key(), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    if Qt.Key.Key_0 <= key <= Qt.Key.Key_9 and held in (_NOTHING, Qt.KeyboardModifier.ShiftModifier):
        return chr(key)  # some layouts type digits with Shift
    return "" if held else _KEYS.get(key, "")
