"""What a show writes to its standard error, in a file that stays small and is not worn out by repeats."""

from __future__ import annotations

import threading
from contextlib import suppress
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from viewer.kiosk.disk_thread import DiskThread

LARGEST: Final = 262_144
"""Bytes of the file; beyond that it becomes ``show.log.1``, and another is begun."""

MOST_A_MINUTE: Final = 65_536
"""Bytes that are kept in a minute; a traceback of a show that hangs is a few thousand."""


class ShowLog:
    """Keeps what a show says, by `disk`, so that one that does not answer holds nothing up."""

    def __init__(self, folder: Path, disk: DiskThread, now: Callable[[], float]) -> None:
        self.path = folder / "show.log"
        """The file."""
        self._disk, self._now = disk, now
        self._minute = -1.0
        self._spent = 0
        self._last = b""
        self._lock = threading.Lock()
        self._waiting = b""

    def begin(self) -> None:
        """Another show begins to speak."""
        self._last = b""

    def write(self, data: bytes) -> None:
        """Keep `data` as far as it is new; a full or read-only disk loses it."""
        minute = self._now() // 60
        if minute != self._minute:
            self._minute, self._spent = minute, 0
        fresh = [line for line in data.splitlines(keepends=True) if self._is_fresh(line)]
        kept = b"".join(fresh)[:MOST_A_MINUTE - self._spent]
        self._spent += len(kept)
        if kept:
            with self._lock:
                self._waiting = (self._waiting + kept)[-LARGEST:]
            self._disk.submit(self._append)

    def _is_fresh(self, line: bytes) -> bool:
        last, self._last = self._last, line
        return line != last

    def _append(self) -> None:
        with self._lock:
            data, self._waiting = self._waiting, b""
        with suppress(OSError):
            self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            with self.path.open("ab") as file:
                full = file.tell() + len(data) > LARGEST
                if not full:
                    file.write(data)
            if full:
                self.path.replace(self.path.with_name("show.log.1"))
                self.path.write_bytes(data)
