"""Reads a play log while it is written, by whatever date its files are called."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from viewer.kiosk.play_record import PlayRecord, log_files

if TYPE_CHECKING:
    from pathlib import Path


class PlayLogReader:
    """The play log in `folder`, which need not be there yet."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._read: dict[Path, int] = {}

    def new(self) -> list[PlayRecord]:
        """The records that have come since; of a line that is being written the rest comes later."""
        found: list[PlayRecord] = []
        for file in log_files(self._folder):
            before = self._read.get(file.path, 0)
            if file.path.stat().st_size > before:
                with file.path.open("rb") as opened:
                    opened.seek(before)
                    whole = opened.read().rpartition(b"\n")[0]
                if whole:
                    self._read[file.path] = before + len(whole) + 1
                    found += [msgspec.json.decode(line, type=PlayRecord) for line in whole.split(b"\n")]
        return found


def was_seen(record: PlayRecord) -> bool:
    """Whether its picture was on the screen."""
    return not record.result.startswith("skipped")
