"""What a show writes to its standard error, in a file that stays small and is not worn out by repeats."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

LARGEST: Final = 262_144
"""Bytes of the file; beyond that it becomes ``show.log.1``, and another is begun."""

MOST_A_MINUTE: Final = 65_536
"""Bytes that are kept in a minute; a traceback of a show that hangs is a few thousand."""

_TAIL: Final = 4096


class ShowLog:
    """Keeps what a show says; `tail` has the end of what the present one said."""

    def __init__(self, folder: Path, now: Callable[[], float]) -> None:
        self.path = folder / "show.log"
        """The file."""
        self._now = now
        self._minute = -1.0
        self._spent = 0
        self._last = b""
        self.tail = b""

    def begin(self) -> None:
        """Another show begins to speak."""
        self.tail = self._last = b""

    def write(self, data: bytes) -> None:
        """Keep `data` as far as it is new; a full or read-only disk loses it."""
        self.tail = (self.tail + data)[-_TAIL:]
        minute = self._now() // 60
        if minute != self._minute:
            self._minute, self._spent = minute, 0
        fresh = [line for line in data.splitlines(keepends=True) if self._is_fresh(line)]
        kept = b"".join(fresh)[:MOST_A_MINUTE - self._spent]
        self._spent += len(kept)
        if kept:
            with suppress(OSError):
                self._append(kept)

    def last_line(self) -> str:
        """The last line that was said, without characters that a terminal would obey."""
        lines = self.tail.decode(errors="replace").split("\n")
        said = next((line for line in reversed(lines) if line.strip()), "")
        return "".join(letter if letter.isprintable() else " " for letter in said).strip()[:300]

    def _is_fresh(self, line: bytes) -> bool:
        last, self._last = self._last, line
        return line != last

    def _append(self, data: bytes) -> None:
        self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with self.path.open("ab") as file:
            full = file.tell() + len(data) > LARGEST
            if not full:
                file.write(data)
        if full:
            self.path.replace(self.path.with_name("show.log.1"))
            self.path.write_bytes(data)
