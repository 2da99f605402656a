"""One line on a terminal that says how far long work has come, rewritten in place; nothing in a pipe or a file."""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from typing import TextIO

_EVERY: Final = 0.1  # seconds from one line to the next: more could not be read


class TerminalProgress:
    """Says on `stream` (None: the error stream) that so many of `total` are done; as a context it clears the line."""

    def __init__(self, words: str, total: int, stream: TextIO | None = None) -> None:
        """`words` say what is being done, as in "Decoding the pictures"."""
        self._words = words
        self._total = total
        self._stream = sys.stderr if stream is None else stream
        self._is_shown = self._stream is not None and self._stream.isatty()
        self._length = 0
        self._last = 0.0

    def __enter__(self) -> TerminalProgress:
        self.say(0)
        return self

    def __exit__(self, *_: object) -> None:
        self._write("")

    def say(self, done: int) -> None:
        """So many are done now."""
        now = time.monotonic()
        if now - self._last >= _EVERY or done == self._total:
            self._last = now
            self._write(f"{self._words}: {done} of {self._total}")

    def _write(self, line: str) -> None:
        if self._is_shown and (line or self._length):
            self._stream.write(f"\r{' ' * self._length}\r{line}")
            self._stream.flush()
            self._length = len(line)
