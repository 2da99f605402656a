"""One line of the play log, and the files that the lines are kept in.

A file holds a day by UTC, which has 24 hours everywhere and always: neither daylight saving nor another time zone tears
a day or mixes two, and files sort as time passes. Reports count in local days all the same (`viewer.kiosk.report`).
"""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING, Final, NamedTuple

import msgspec

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FOLDER: Final = "play-log"
_NAME: Final = re.compile(r"(\d{4}-\d\d-\d\d)(?:\.(\d{1,6}))?\.jsonl")
_LONGEST_TEXT: Final = 500


class PlayRecord(msgspec.Struct, frozen=True):
    """One showing of a slide, or a slide that could not be shown.

    `gallery` is the SHA-256 of its file as read; `start` and `end` are by UTC (ISO 8601), which may jump; `start_ms`
    and `end_ms` by a monotonic clock, in milliseconds, from which durations are counted. `result` is ``shown``,
    ``interrupted`` (left before its time) or ``skipped:`` and a reason. `why` it came: ``played``, ``visitor``,
    ``restart`` (the start after a visit, or at opening), ``gallery`` (it was opened, or is another version),
    ``stayed`` (the same showing goes on), ``lit`` (after black).
    """

    gallery: str
    slide: str
    file: str
    start: str
    end: str
    start_ms: int
    end_ms: int
    result: str
    why: str
    screen: str = ""

    @property
    def began(self) -> dt.datetime:
        """The moment it began; raises ValueError where that cannot be read."""
        moment = dt.datetime.fromisoformat(self.start)
        return moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC)

    def line(self) -> bytes:
        """The record as a line of JSON, of bounded length; names that are not UTF-8 are escaped."""
        texts = {name: value[:_LONGEST_TEXT].encode("utf-8", "backslashreplace").decode()
                 for name, value in msgspec.structs.asdict(self).items() if isinstance(value, str)}
        return msgspec.json.encode(msgspec.structs.replace(self, **texts)) + b"\n"


class LogFile(NamedTuple):
    """A file of the play log: its day, and which part of that day's it is, from 0. They sort as time passes."""

    day: str
    part: int
    path: Path


def log_files(folder: Path) -> list[LogFile]:
    """The files of the play log in `folder`, the oldest first; raises OSError unless it is not there."""
    try:
        paths = list(folder.iterdir())
    except FileNotFoundError:
        return []
    return sorted(LogFile(name[1], int(name[2] or 0), path) for path in paths if (name := _NAME.fullmatch(path.name)))


def log_file(folder: Path, day: str, part: int) -> LogFile:
    """The file for that part of the `day` (ISO 8601)."""
    return LogFile(day, part, folder / (f"{day}.{part}.jsonl" if part else f"{day}.jsonl"))


def read_records(path: Path) -> Iterator[PlayRecord | None]:
    """The records in a file, None for a line that is none; raises OSError."""
    with path.open("rb") as file:
        for line in file:
            yield _parsed(line)


def _parsed(line: bytes) -> PlayRecord | None:
    try:
        record = msgspec.json.decode(line, type=PlayRecord)
        dt.datetime.fromisoformat(record.start)
    except ValueError:  # msgspec's errors are of this kind as well
        return None
    return record


def iso(moment: dt.datetime) -> str:
    """A moment by UTC, to the millisecond."""
    return moment.astimezone(dt.UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
