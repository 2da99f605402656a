"""Says on the error stream what has changed, and not that it is as it was."""

from __future__ import annotations

import os
import select
import sys
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

REPEATED_AFTER: Final = 3600
"""Seconds after which a sentence may be said again though it was said before."""

LONGEST_LINE: Final = 4096
"""Bytes that a writable pipe takes at once, without waiting (PIPE_BUF of Linux; select(2), pipe(7))."""

_MOST_KNOWN: Final = 100


class EdgeLog:
    """Each sentence is said once, and again after an hour with how often it held meanwhile."""

    def __init__(self, now: Callable[[], float], write: Callable[[str], bool] | None = None) -> None:
        """`write` returns whether it could be written; what could not is not taken for said."""
        self._now = now
        self._write = write or to_stderr
        self._said: dict[str, tuple[float, int]] = {}

    def say(self, sentence: str, kind: str = "") -> None:
        """Say `sentence`, unless it, or another of its `kind`, was said not long ago."""
        known = kind or sentence
        when, count = self._said.get(known, (None, 0))
        if when is not None and self._now() - when < REPEATED_AFTER:
            self._said[known] = when, count + 1
            return
        if self._write(f"{sentence} ({count} times more since this was last said.)" if count else sentence):
            if len(self._said) >= _MOST_KNOWN:
                self._said.clear()
            self._said[known] = self._now(), 0


def to_stderr(sentence: str) -> bool:
    """Write `sentence` to the error stream, which must not hold up a supervisor; returns whether that could be.

    Nothing stays in Python's buffer, or a stream that is gone would make another exit status at the end. A pipe that
    nobody reads, or a terminal that is held, takes no more at some time; one that is writable takes a line this long.
    """
    if sys.stderr is None:
        return False
    line = f"liftoff: {sentence}".encode("utf-8", "backslashreplace")[:LONGEST_LINE - 1] + b"\n"
    try:
        descriptor = sys.stderr.fileno()
        if not select.select([], [descriptor], [], 0)[1]:
            return False
        os.write(descriptor, line)
    except (OSError, ValueError):
        return False  # nobody listens
    return True
