from __future__ import annotations

import csv
import datetime as dt
import io
import time
from typing import TYPE_CHECKING

import pytest

from viewer.kiosk.play_record import FOLDER, PlayRecord
from viewer.kiosk.report import BY, Row, as_csv, make_report

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

DAY = dt.date(2026, 11, 27)


@pytest.fixture
def in_new_york(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("TZ", "America/New_York")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


def log(folder: Path, *showings: tuple[str, str, float, str, str]) -> Path:
    """A state folder whose log has these: slide, start by UTC, seconds, result and why."""
    (folder / FOLDER).mkdir(parents=True, exist_ok=True)
    for slide, start, seconds, result, why in showings:
        record = PlayRecord("", slide, f"{slide}.jpg", f"{start}Z", f"{start}Z", 1000, 1000 + round(seconds * 1000),
                            result, why, "HDMI-1")
        with (folder / FOLDER / f"{start[:10]}.jsonl").open("ab") as file:
            file.write(record.line())
    return folder


@pytest.mark.usefixtures("in_new_york")
def test_days_and_hours_are_local_ones(tmp_path: Path) -> None:
    folder = log(tmp_path, ("a", "2026-11-27T04:59:59.000", 10, "shown", "played"),
                 ("a", "2026-11-27T05:00:00.000", 10, "shown", "played"),
                 ("a", "2026-11-28T04:59:59.000", 10, "shown", "played"),
                 ("a", "2026-11-28T05:00:00.000", 10, "shown", "played"))

    of_slides, of_days, of_hours = (make_report([folder], DAY, DAY, by).rows for by in BY)

    assert of_slides == [Row("", "HDMI-1", "a", "a.jpg", 2, 20.0, 0, 0, "2026-11-27T00:00:00-05:00",
                             "2026-11-27T23:59:59-05:00")]
    assert [(row.period, row.shown) for row in of_days] == [("2026-11-27", 2)]
    assert [(row.period, row.shown) for row in of_hours] == [("2026-11-27 00:00", 1), ("2026-11-27 23:00", 1)]


def test_one_showing_in_several_lines_is_one_and_what_was_skipped_took_no_time(tmp_path: Path) -> None:
    folder = log(tmp_path, ("a", "2026-11-27T12:00:00.000", 3600, "shown", "gallery"),
                 ("a", "2026-11-27T13:00:00.000", 30.25, "interrupted", "stayed"),
                 ("b", "2026-11-27T13:00:30.000", 8, "skipped:missing", "played"))

    rows = make_report([folder], DAY, DAY, "slide").rows

    assert [(row.slide, row.shown, row.seconds, row.interrupted, row.skipped) for row in rows] == [
        ("a", 1, 3630.25, 1, 0), ("b", 0, 0.0, 0, 1)]


def test_showings_and_faults_are_counted_one_by_one(tmp_path: Path) -> None:
    at = "2026-11-27T12:00:00.000"
    skipped = ("a", at, 8, "skipped:missing", "played")
    folder = log(tmp_path, *[("a", at, 1.5, "interrupted", "visitor")] * 2, skipped, skipped, skipped,
                 ("a", at, 8, "skipped:missing", "stayed"), ("a", at, -5, "shown", "lit"))

    (row,) = make_report([folder], DAY, DAY, "slide").rows

    assert (row.shown, row.seconds, row.interrupted, row.skipped) == (3, 3.0, 2, 3)


@pytest.mark.parametrize(("day", "found"), [("24", 0), ("25", 1), ("29", 1), ("30", 0)])
def test_a_clock_that_was_set_by_a_day_or_two_meanwhile_costs_no_showing(tmp_path: Path, day: str, found: int) -> None:
    folder = log(tmp_path, ("a", "2026-11-27T12:00:00.000", 10, "shown", "played"))
    kept = folder / FOLDER / "2026-11-27.jsonl"
    kept.rename(kept.with_name(f"2026-11-{day}.jsonl"))

    assert len(make_report([folder], DAY, DAY, "slide").rows) == found


def test_rows_are_in_the_order_of_numbers(tmp_path: Path) -> None:
    slides = ("s10", "s9", "s1")
    folder = log(tmp_path, *[(slide, "2026-11-27T12:00:00.000", 10, "shown", "played") for slide in slides])

    assert [row.slide for row in make_report([folder], DAY, DAY, "slide").rows] == ["s1", "s9", "s10"]


def test_all_screens_and_parts_of_days_are_counted_and_what_cannot_be_read_is_said(tmp_path: Path) -> None:
    first = log(tmp_path / "screen-1", ("a", "2026-11-27T12:00:00.000", 10, "shown", "played"))
    second = log(tmp_path / "screen-2", ("a", "2026-11-27T12:00:00.000", 10, "shown", "played"))
    part = second / FOLDER / "2026-11-27.1.jsonl"
    part.write_bytes(b"torn\n{}\n" + (second / FOLDER / "2026-11-27.jsonl").read_bytes())

    report = make_report([first, second, tmp_path / "screen-3"], DAY, DAY, "slide")

    assert [row.shown for row in report.rows] == [3]
    assert report.unreadable == 2


def test_the_table_can_be_read_back_and_holds_no_formula(tmp_path: Path) -> None:
    hostile = '=HYPERLINK("http://evil/","a, b")'
    folder = log(tmp_path, (hostile, "2026-11-27T12:00:00.000", 10, "shown", "played"),
                 ("für, \"alle\"", "2026-11-27T12:00:10.000", 10, "shown", "played"))

    table = as_csv(make_report([folder], DAY, DAY, "day"))
    names, *rows = csv.reader(io.StringIO(table))

    assert table.split("\n")[0] == ",".join(names)
    assert len(table.splitlines()) == len(table.split("\n")) == 3

    assert names == ["period", "screen", "slide", "file", "shown", "seconds", "interrupted", "skipped", "first", "last"]
    assert [row[2] for row in rows] == [f"'{hostile}", "für, \"alle\""]
    assert [float(row[5]) for row in rows] == [10.0, 10.0]


def test_the_ends_of_the_calendar_are_days_too(tmp_path: Path) -> None:
    assert make_report([tmp_path], dt.date.min, dt.date.max, "slide").rows == []
