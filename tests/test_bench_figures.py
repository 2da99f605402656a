from __future__ import annotations

import pytest

from tests.bench.figures import MACHINE, Sheet, best_peer, boiled_down, more_is_better, ratio, short, table, told


def a_sheet() -> Sheet:
    sheet = Sheet()
    sheet.note("liftoff", "start on S, ms", 200, 220, 210)
    sheet.note("feh", "start on S, ms", 105)
    sheet.note("eog", "start on S, ms", 420)
    sheet.note("liftoff", "flat out on M, sharp pages a second", 30)
    sheet.note("feh", "flat out on M, sharp pages a second", 10)
    sheet.note("eog", "flat out on M, sharp pages a second", 15)
    return sheet


def cells(row: str) -> list[str]:
    return [cell.strip() for cell in row.strip("|").split("|")]


def test_values_are_boiled_down_to_their_median_range_and_95th_percentile() -> None:
    found = boiled_down([float(value) for value in range(100, 0, -1)])

    assert (found["median"], found["p95"], found["least"], found["most"], found["count"]) == (50.5, 96, 1, 100, 100)
    assert found["values"][0] == 100


def test_the_table_tells_how_many_times_liftoffs_figure_each_peers_is_and_marks_the_best() -> None:
    head, _, start, pages = (cells(row) for row in table(a_sheet().as_data()).splitlines())

    assert head == ["figure", "liftoff", "feh", "eog", "to the best"]
    assert start == ["start on S, ms", "210 (200 to 220)", "**105** ×0.50", "420 ×2.00", "2.00"]
    assert pages == ["flat out on M, sharp pages a second", "30", "10 ×0.33", "**15** ×0.50", "2.00"]


def test_a_table_of_liftoff_alone_compares_with_nobody() -> None:
    sheet = Sheet()
    sheet.note(MACHINE, "yardstick", 80)
    sheet.note("liftoff", "start on S, ms", 200)

    assert cells(table(sheet.as_data()).splitlines()[0]) == ["figure", "liftoff", "machine"]


@pytest.mark.parametrize("figure", [
    "flat out on M, sharp pages a second", "key held on M: pictures shown of 147", "crossfade, frames a second",
    "key held on M: slides moved in all",
])
def test_of_what_is_shown_more_is_better(figure: str) -> None:
    assert more_is_better(figure)
    assert best_peer(figure, {"liftoff": 99, "feh": 10, "eog": 15}) == "eog"


@pytest.mark.parametrize("figure", ["start on S, ms", "memory after S, PSS MiB", "idle on a still, % of a core"])
def test_of_times_and_memory_less_is_better(figure: str) -> None:
    assert not more_is_better(figure)
    assert best_peer(figure, {"liftoff": 1, "feh": 10, "eog": 15}) == "feh"


def test_nobody_is_best_where_liftoff_is_alone() -> None:
    assert best_peer("start on S, ms", {"liftoff": 1}) is None


def test_of_ten_values_the_95th_percentile_is_told_and_of_nine_the_range() -> None:
    assert told(boiled_down([float(value) for value in range(40, 50)])) == "44, p95 49"
    assert told(boiled_down([float(value) for value in range(40, 49)])) == "44 (40 to 48)"


def test_there_is_no_ratio_to_nothing() -> None:
    assert ratio(None, 5) == ratio(5, None) == ratio(5, 0) == ""


def test_small_values_keep_a_digit_after_the_point() -> None:
    assert (short(4.26), short(0.0), short(30.4), short(12.0)) == ("4.3", "0", "30", "12")


def test_a_doubt_is_noted_once() -> None:
    sheet = Sheet()
    sheet.doubt("feh: number 3 never came in full detail")
    sheet.doubt("feh: number 3 never came in full detail")

    assert len(sheet.doubts) == 1
