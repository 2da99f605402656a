"""Going to a slide by typing its number: digits, then Enter.

0 and 1 mean "fit" and "actual size" as well. While a number consists of nothing else, they count for both: the view
does what they say, and if more digits and Enter follow, it is another slide's turn anyway. The first other digit makes
it a number and nothing else, until Enter, Escape or a pause.
"""

from __future__ import annotations

from typing import Final

PATIENCE_MS: Final = 2500
"""Milliseconds after which half a number is forgotten."""

QUICK_MS: Final = 900
"""Milliseconds after which a 0 or a 1 was only a command, and begins no number."""

_LONGEST: Final = 7


class NumberEntry:
    """The number being typed. Times are milliseconds of any steady clock."""

    def __init__(self) -> None:
        """No number yet."""
        self._text = ""
        self._latest = 0.0

    @property
    def text(self) -> str:
        """The digits so far, as they should be seen; empty while it is only a key that might begin a number."""
        return self._text if len(self._text) > 1 or not self._is_command else ""

    def wants(self, key: str, now: float) -> bool:
        """Whether `key` (a digit, "Enter", "Backspace" or "Esc") belongs to the number and to no command."""
        self._forget_if_late(now)
        if key.isdigit():
            return key not in "01" or not self._is_command
        return bool(self._text if key == "Enter" else self.text)

    def press(self, key: str, now: float) -> int | None:
        """Take a key; the number to go to, once Enter was pressed."""
        self._forget_if_late(now)
        self._latest = now
        if key.isdigit():
            self._text = (self._text + key)[:_LONGEST]
            return None
        if key == "Backspace":
            self._text = self._text[:-1]
            return None
        number = int(self._text) if key == "Enter" and self._text else None
        self.clear()
        return number

    @property
    def _is_command(self) -> bool:
        """Whether all there is so far are zeros and ones."""
        return not self._text.strip("01")

    def clear(self) -> None:
        """Forget the number."""
        self._text = ""

    def _forget_if_late(self, now: float) -> None:
        if now - self._latest > (QUICK_MS if self._is_command else PATIENCE_MS):
            self.clear()
