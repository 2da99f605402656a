"""Proof of play: counts, from the play logs of a kiosk's screens, how often and how long each slide was shown."""

from __future__ import annotations

import csv
import datetime as dt
import io
from typing import TYPE_CHECKING, Final, Literal, NamedTuple, TypeAlias, get_args

import msgspec

from viewer.gallery.formats.folder import natural_sort_key
from viewer.kiosk.play_record import FOLDER, log_files, read_records

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from viewer.kiosk.play_record import PlayRecord

By: TypeAlias = Literal["slide", "day", "hour"]
"""What a row of the report is about: a slide, or a slide on a day or in an hour of local time, when it came up."""

BY: Final[tuple[By, ...]] = get_args(By)
_PERIOD: Final[dict[By, str]] = {"slide": "", "day": "%Y-%m-%d", "hour": "%Y-%m-%d %H:00"}
_MARGIN: Final = dt.timedelta(days=2)
"""No time zone is a day away from UTC; a day more, for a clock that is set while a slide is shown."""
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")


class Row(msgspec.Struct):
    """How often a slide was shown, `seconds` in all; how often of that it was `interrupted`, and besides `skipped`.

    `first` and `last` are when it came up, by local time (ISO 8601); `period` is empty, a day or an hour.
    """

    period: str
    screen: str
    slide: str
    file: str
    shown: int = 0
    seconds: float = 0.0
    interrupted: int = 0
    skipped: int = 0
    first: str = ""
    last: str = ""


class Report(NamedTuple):
    """The rows, and how many lines of the logs could not be read."""

    rows: list[Row]
    unreadable: int


def make_report(folders: Sequence[Path], first: dt.date, last: dt.date, by: By) -> Report:
    """What the play logs in these state folders say of the local days from `first` to `last`, both included.

    Raises OSError.
    """
    unreadable, found = 0, dict[tuple[str, ...], Row]()
    for record in _records(folders, first, last):
        if record is None:
            unreadable += 1
            continue
        began = record.began.astimezone()
        if not first <= began.date() <= last:
            continue
        key = began.strftime(_PERIOD[by]), record.screen, record.slide, record.file
        _count(found.setdefault(key, Row(*key)), record, began.isoformat(timespec="seconds"))
    keys = sorted(found, key=lambda key: [natural_sort_key(text) for text in key])
    return Report([found[key] for key in keys], unreadable)


def as_csv(report: Report) -> str:
    """The report as a table (RFC 4180) whose first row names the columns.

    An apostrophe stands before texts that a spreadsheet would take for a formula: a gallery may come from anybody.
    """
    text = io.StringIO()
    table = csv.writer(text, lineterminator="\n")
    table.writerow(Row.__struct_fields__)
    for row in report.rows:
        table.writerow(_cell(value) for value in msgspec.structs.astuple(row))
    return text.getvalue().rstrip("\n")


def _records(folders: Sequence[Path], first: dt.date, last: dt.date) -> Iterator[PlayRecord | None]:
    days = (_shifted(first, -_MARGIN).isoformat(), _shifted(last, _MARGIN).isoformat())
    for folder in folders:
        for file in log_files(folder / FOLDER):
            if days[0] <= file.day <= days[1]:
                yield from read_records(file.path)


def _shifted(day: dt.date, by: dt.timedelta) -> dt.date:
    try:
        return day + by
    except OverflowError:
        return day


def _count(row: Row, record: PlayRecord, began: str) -> None:
    if record.result.startswith("skipped"):
        row.skipped += record.why != "stayed"
    else:
        row.shown += record.why != "stayed"
        row.seconds = round(row.seconds + max(0, record.end_ms - record.start_ms) / 1000, 3)
        row.interrupted += record.result == "interrupted"
    row.first = min(row.first or began, began)
    row.last = max(row.last, began)


def _cell(value: object) -> object:
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value
