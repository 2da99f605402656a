"""A line of the play log, and the files that lines are kept in."""

from __future__ import annotations

import datetime as dt
import time
from typing import TYPE_CHECKING

import msgspec
import pytest

from viewer.kiosk.play_record import LogFile, PlayRecord, iso, log_file, log_files, read_records

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

@pytest.fixture
def in_new_york(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("TZ", "America/New_York")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


RECORD = PlayRecord("0f", "a", "a.jpg", "2026-11-27T12:00:00.000Z", "2026-11-27T12:00:10.000Z", 1000, 11000, "shown",
                    "played", "HDMI-1")


def test_a_record_is_a_line_of_json() -> None:
    assert RECORD.line() == (
        b'{"gallery":"0f","slide":"a","file":"a.jpg","start":"2026-11-27T12:00:00.000Z",'
        b'"end":"2026-11-27T12:00:10.000Z","start_ms":1000,"end_ms":11000,"result":"shown","why":"played",'
        b'"screen":"HDMI-1"}\n')


def test_names_that_are_not_utf_8_are_escaped_and_long_ones_cut(tmp_path: Path) -> None:
    path = tmp_path / "log"
    path.write_bytes(msgspec.structs.replace(RECORD, file="caf\udce9.jpg", slide="x" * 501).line())

    (record,) = read_records(path)

    assert record == msgspec.structs.replace(RECORD, file="caf\\udce9.jpg", slide="x" * 500)


def test_lines_that_are_no_records_cost_no_others(tmp_path: Path) -> None:
    path = tmp_path / "log"
    path.write_bytes(RECORD.line() + b"torn\n" + RECORD.line().replace(b"27T12:00:00", b"32T12:00:00") + RECORD.line())

    assert list(read_records(path)) == [RECORD, None, None, RECORD]


@pytest.mark.parametrize("start", ["2026-11-27T12:00:00.000Z", "2026-11-27T12:00:00", "2026-11-27T13:00:00+01:00"])
def test_a_record_began_at_a_moment_by_utc_unless_it_says_otherwise(start: str) -> None:
    began = msgspec.structs.replace(RECORD, start=start).began

    assert began == dt.datetime(2026, 11, 27, 12, tzinfo=dt.UTC)
    assert began.utcoffset() is not None


@pytest.mark.usefixtures("in_new_york")
def test_a_moment_is_written_by_utc_to_the_millisecond() -> None:
    moment = dt.datetime(2026, 11, 28, 0, 30, 1, 234_567, tzinfo=dt.timezone(dt.timedelta(hours=2)))

    assert iso(moment) == "2026-11-27T22:30:01.234Z"


def test_files_are_found_in_the_order_of_days_and_parts_and_others_left_alone(tmp_path: Path) -> None:
    names = ["2026-11-27.jsonl", "2026-11-27.2.jsonl", "2026-11-27.10.jsonl", "2026-11-28.jsonl"]
    for name in [*reversed(names), "2026-11-27.jsonl.bak", "x2026-11-27.jsonl", "2026-11-27.1234567.jsonl", "notes"]:
        (tmp_path / name).touch()

    assert log_files(tmp_path) == [
        LogFile("2026-11-27", 0, tmp_path / names[0]), LogFile("2026-11-27", 2, tmp_path / names[1]),
        LogFile("2026-11-27", 10, tmp_path / names[2]), LogFile("2026-11-28", 0, tmp_path / names[3]),
    ]


@pytest.mark.parametrize("part", [0, 1, 12])
def test_a_file_is_found_again_by_its_day_and_part(tmp_path: Path, part: int) -> None:
    made = log_file(tmp_path, "2026-11-27", part)
    made.path.touch()

    assert log_files(tmp_path) == [made]
    assert made.path.name.startswith("2026-11-27.jsonl" if part == 0 else f"2026-11-27.{part}.")


def test_a_folder_that_is_not_there_has_no_files(tmp_path: Path) -> None:
    assert log_files(tmp_path / "none") == []
