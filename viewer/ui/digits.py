"""Going to a slide by typing its number: digits, then Enter.

0 and 1 alone mean "fit" and "actual size", so they begin a number without being taken away from those commands;
every digit after that belongs to the number until Enter, Escape or a pause.
"""

from __future__ import annotations

from typing import Final

PATIENCE_MS: Final = 2500
"""Milliseconds after which half a number is forgotten."""

_LONGEST: Final = 7


class DigitEntry:
    """The number being typed. Times are milliseconds of any steady clock."""

    def __init__(self) -> None:
        """No number yet."""
        self._text = ""
        self._quiet = False
        self._latest = 0.0

    @property
    def text(self) -> str:
        """The digits so far, as they should be seen; empty while it is only a key that might begin a number."""
        return "" if self._quiet else self._text

    def wants(self, key: str, now: float) -> bool:
        """Whether `key` (a digit, "Enter", "Backspace" or "Esc") belongs to the number and not to a command."""
        self._forget_if_late(now)
        if key.isdigit():
            return bool(self._text) or key not in "01"
        return bool(self._text) and (key == "Enter" or not self._quiet)

    def press(self, key: str, now: float) -> int | None:
        """Take a key; the number to go to, once Enter was pressed."""
        self._forget_if_late(now)
        self._latest = now
        if key.isdigit():
            self._quiet = not self._text and key in "01"
            self._text = (self._text + key)[:_LONGEST]
            return None
        if key == "Backspace":
            self._text = self._text[:-1]
            return None
        number = int(self._text) if key == "Enter" and self._text else None
        self.clear()
        return number

    def clear(self) -> None:
        """Forget the number."""
        self._text, self._quiet = "", False

    def _forget_if_late(self, now: float) -> None:
        if now - self._latest > PATIENCE_MS:
            self.clear()
