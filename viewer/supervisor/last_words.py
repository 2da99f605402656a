"""Finds in what a show has written to its standard error why it ended, and nothing that is not about that."""

from __future__ import annotations

import re
from collections import deque
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

AT_THE_END: Final = 2.0
"""Seconds before the end within which something must have been said to be about it."""

_DISPLAY_LOST: Final = b"connection broke"
"""What Qt says when a Wayland compositor or an X server goes, before it ends the process (qtbase, QtWayland)."""

_LONGEST: Final = 300
_DUMP: Final = re.compile(r"Fatal Python error: (?!Aborted|Segmentation fault|Bus error)")
_DUMPED: Final = "Fatal Python error: "
_REFUSAL: Final = "liftoff: "
_TRACEBACK: Final = "Traceback (most recent call last):"
_EXCEPTION: Final = re.compile(r"[A-Za-z_][\w.]*(: .*)?")


class LastWords:
    """Takes what the present show says, line by line, with the moment `now` at which it was said."""

    def __init__(self, now: Callable[[], float]) -> None:
        self._now = now
        self._lines: deque[tuple[float, str]] = deque(maxlen=400)
        self._rest = b""
        self.display_was_lost = False
        """Whether it has said that the display server went."""

    def begin(self) -> None:
        """Another show begins to speak."""
        self._lines.clear()
        self._rest, self.display_was_lost = b"", False

    def hear(self, data: bytes) -> None:
        """It has said `data`, which may end within a line."""
        *lines, rest = (self._rest + data).split(b"\n")
        self._rest = rest[-4096:]
        for line in lines:
            self.display_was_lost |= _DISPLAY_LOST in line
            if line.strip():
                self._lines.append((self._now(), line.decode(errors="replace").rstrip()[:_LONGEST]))

    def why(self) -> str:
        """What it said of why it ends now: the message before a dump of its threads, an exception that nobody caught,
        or a sentence of its own; without characters that a terminal would obey. Empty where it said nothing of it.
        """
        since = self._now() - AT_THE_END
        said = [line for when, line in self._lines if when >= since]
        if self._rest.strip():
            said.append(self._rest.decode(errors="replace").rstrip()[:_LONGEST])
        found = _before_dump(said) if any(line.startswith(_DUMPED) for line in said) else _exception(said)
        return "".join(letter if letter.isprintable() else " " for letter in found).strip().rstrip(".")


def _before_dump(said: list[str]) -> str:
    """What was said right before Python dumped its threads (faulthandler): Qt's or the C library's last message."""
    at = next(index for index, line in enumerate(said) if line.startswith(_DUMPED))
    if _DUMP.match(said[at]):  # Python's own reason
        return said[at].removeprefix(_DUMPED)
    return said[at - 1] if at else ""


def _exception(said: list[str]) -> str:
    """The last line of the last traceback, or of a refusal."""
    found, inside = "", False
    for line in said:
        if line == _TRACEBACK:
            inside = True
        elif inside and not line.startswith(" "):
            inside = False
            found = line if _EXCEPTION.fullmatch(line) else ""
        elif line.startswith(_REFUSAL):
            found = line.removeprefix(_REFUSAL)
    return found
