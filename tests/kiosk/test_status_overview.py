from __future__ import annotations

import datetime as dt
from typing import Any

import msgspec
import pytest

from tests.kiosk.statuses import FULL, HOSTILE
from viewer.kiosk import status as parts
from viewer.kiosk.status import Part, Row, Status, rows
from viewer.kiosk.status_overview import MOST_NAMED, duration, headline, overview, problems
from viewer.kiosk.status_problems import with_problems

_FOR_PROGRAMS = {"entry", "clock_ms", "written", "awake.problem"}
"""Fields that no line is about: the screen's number is said before, ages say when it was written, and why nothing keeps
the screen awake is of no interest while something does.
"""


def said(status: Status, age_s: float = 0.0) -> dict[str, str]:
    """What is said under each label, in a time zone that is two hours ahead."""
    zone = dt.timezone(dt.timedelta(hours=2))
    return {label: value for group in overview(status, age_s, zone) for label, value in group.lines}


def changed(row: Row) -> object:
    """Another value for a field."""
    match row.value:
        case bool() | None:
            return not row.value
        case str():
            return "2026-11-26T01:00:00.000Z"
        case int() | float():
            return row.value + 12_000_000
        case tuple():
            return () if row.value else ("something else",)
    raise AssertionError(row.path)


def replaced(part: Any, path: str, value: object) -> Any:
    """The same with another value of the field at `path`."""
    first, _, rest = path.partition(".")
    return msgspec.structs.replace(part, **{first: replaced(getattr(part, first), rest, value) if rest else value})


@pytest.mark.parametrize("row", [row for row in rows(FULL) if not isinstance(row.value, Part)
                                 and row.path not in _FOR_PROGRAMS], ids=lambda row: row.path)
def test_whatever_a_status_has_a_keeper_can_read(row: Row) -> None:
    other = replaced(FULL, row.path, changed(row))
    if row.path != "problems":
        other = with_problems(other)

    assert (said(other), problems(other)) != (said(FULL), problems(FULL))


def test_times_are_ages_that_count_from_now() -> None:
    status = msgspec.structs.replace(FULL, painted_age_s=3.2, uptime_s=86_400 * 3 + 14_000)

    now, later = said(status), said(status, 65)

    assert (now["Painted"], now["Runs for"], now["Read"]) == ("3 s ago", "3 d 3 h", "1 h ago")
    assert (later["Painted"], later["Read"]) == ("1 min ago", "1 h 1 min ago")


@pytest.mark.parametrize(("until", "open_", "wanted"), [
    ("2026-11-27T16:00:00.000Z", True, "open until today at 18:00"),
    ("2026-11-28T08:00:00.000Z", False, "closed, and dark until tomorrow at 10:00"),
    ("2026-11-30T08:00:00.000Z", False, "closed, and dark until 2026-11-30 at 10:00"),
    ("", True, "open"),
])
def test_opening_is_told_by_the_clock_on_the_wall(until: str, open_: bool, wanted: str) -> None:
    assert said(msgspec.structs.replace(FULL, opening=parts.OpeningStatus(open_, until)))["Opening hours"] == wanted


def test_a_clock_that_was_set_back_makes_no_age_of_less_than_nothing() -> None:
    status = msgspec.structs.replace(FULL, gallery=parts.GalleryStatus(read="2026-11-28T10:00:00.000Z"))

    assert said(status)["Read"] == "tomorrow at 12:00"


def test_what_does_not_apply_is_left_out() -> None:
    told = said(Status())

    assert not {"Beside it", "Late by", "Screen", "Sandbox", "Title", "Memory"} & set(told)
    assert (told["Slide"], told["Painted"], told["Not shown"]) == ("none", "not yet", "none")
    assert all(told.values())


def test_a_slide_is_named_with_what_a_keeper_knows_it_by() -> None:
    slide = msgspec.structs.replace(FULL.slide, title="The harbour")

    assert said(msgspec.structs.replace(FULL, slide=slide))["Slide"] == "3 of 11: “The harbour” (slide-3, 3.jpg)"


def test_of_many_problems_the_first_few_are_named_and_the_others_counted() -> None:
    failed = tuple(parts.FailedSlide(f"s{number}", "", "It is damaged.") for number in range(100))
    status = with_problems(Status(failed=failed))

    told = problems(status)

    assert len(told) == MOST_NAMED + 1
    assert told[-1].startswith(f"{100 - MOST_NAMED} more")
    assert headline(status) == "100 things need looking at."


def test_what_concerns_the_whole_show_comes_before_single_slides() -> None:
    status = with_problems(msgspec.structs.replace(FULL, screen_problem="The screen is not connected."))

    assert problems(status)[0] == "The screen is not connected."


def test_no_problem_is_told_a_second_time_among_the_lines() -> None:
    status = with_problems(msgspec.structs.replace(
        FULL, hooks=("It failed.",), play_log=parts.PlayLogStatus(problem="The disk is full."),
        awake=parts.AwakeStatus(True, (), "Nobody listens.")))

    lines = " ".join(said(status).values())

    assert not [sentence for sentence in ("It failed", "disk is full", "Nobody listens") if sentence in lines]


def test_a_text_of_a_gallery_keeps_to_its_line() -> None:
    assert said(FULL)["Title"] == HOSTILE.replace("\n", " ").replace("\u202e", "\ufffd")


@pytest.mark.parametrize(("seconds", "wanted"), [
    (0, "0 s"), (59.4, "59 s"), (59.6, "1 min"), (3600, "1 h"), (3660, "1 h 1 min"), (90_000, "1 d 1 h"),
    (86_400, "1 d"),
])
def test_a_duration_is_told_in_its_two_largest_units(seconds: float, wanted: str) -> None:
    assert duration(seconds) == wanted
