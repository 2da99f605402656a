"""Says on the error stream what has changed, and not that it is as it was."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

REPEATED_AFTER: Final = 3600
"""Seconds after which a sentence may be said again though it was said before."""

_MOST_KNOWN: Final = 100


class EdgeLog:
    """Each sentence is said once, and again after an hour with how often it held meanwhile."""

    def __init__(self, now: Callable[[], float], write: Callable[[str], object] | None = None) -> None:
        self._now = now
        self._write = write or _to_stderr
        self._said: dict[str, tuple[float, int]] = {}

    def say(self, sentence: str, kind: str = "") -> None:
        """Say `sentence`, unless it, or another of its `kind`, was said not long ago."""
        known = kind or sentence
        when, count = self._said.get(known, (None, 0))
        if when is not None and self._now() - when < REPEATED_AFTER:
            self._said[known] = when, count + 1
            return
        if len(self._said) >= _MOST_KNOWN:
            self._said.clear()
        self._said[known] = self._now(), 0
        self._write(f"{sentence} ({count} times more since this was last said.)" if count else sentence)


def _to_stderr(sentence: str) -> None:
    if sys.stderr is not None:
        try:
            sys.stderr.write(f"liftoff: {sentence}\n")
            sys.stderr.flush()
        except (OSError, ValueError):
            return  # nobody listens
