from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from tests.bench.figures import Sheet
from tests.bench.table import combined, documentation, main

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def a_run(ours: float, feh: float | None, *, left_out: dict[str, str] | None = None) -> dict[str, Any]:
    sheet = Sheet()
    sheet.note("liftoff", "start on S, ms", ours)
    if feh is not None:
        sheet.note("feh", "start on S, ms", feh)
    sheet.note("liftoff", "paused, % of a core", 0)
    return {"machine": {"cores": 2}, "figures": sheet.as_data(), "doubts": [], "left_out": left_out or {}}


def test_a_figure_of_several_runs_is_the_median_of_their_medians_with_the_range_of_all() -> None:
    found = combined([a_run(200, 100), a_run(900, 110), a_run(210, 120)])["start on S, ms"]

    assert (found["liftoff"]["median"], found["liftoff"]["least"], found["liftoff"]["most"]) == (210, 200, 900)
    assert (found["feh"]["median"], found["feh"]["count"]) == (110, 3)


def test_a_peer_that_was_missing_in_one_run_is_told_from_the_others() -> None:
    found = combined([a_run(200, None), a_run(210, 120)])["start on S, ms"]

    assert found["feh"]["median"] == 120


def test_the_documentations_table_has_a_column_for_each_program_and_a_row_for_what_was_measured() -> None:
    lines = documentation([a_run(200, 100)]).splitlines()

    assert lines == [
        "|  |  | Liftoff | feh | to the best | aim |",
        "| --- | --- | --- | --- | --- | --- |",
        "| P1 | start on S | 200 | **100** | 2.00 | ratio to feh 1.0 |",
        "| P10 | paused, % of a core | 0 |  |  | 0.0 |",
    ]


def test_the_number_of_an_aim_stays_with_its_own_figures() -> None:
    run = a_run(200, None)
    sheet = Sheet()
    sheet.note("machine", "yardstick: 24 MP decoded at 1/2 in one process, ms", 80)
    run["figures"] |= sheet.as_data()

    assert documentation([run]).splitlines()[-1] == "| — | the machine: 24 MP decoded at 1/2 | 80 |  |"


def test_the_table_is_printed_from_files_with_what_is_in_doubt(
    tmp_path: Path, capsys: pytest.CaptureFixture[str],
) -> None:
    files = []
    for number, run in enumerate([a_run(200, 100), a_run(210, 100, left_out={"eog": "start: it shows no picture"})]):
        files.append(tmp_path / f"{number}.json")
        files[-1].write_text(json.dumps(run), encoding="utf-8")

    assert main([str(file) for file in files]) == 0
    said = capsys.readouterr().out
    assert "| P1 | start on S | 205 (200 to 210) |" in said
    assert "- left out: eog, start: it shows no picture" in said


def test_a_file_that_is_missing_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(tmp_path / "none.json")]) == 2
    assert "none.json" in capsys.readouterr().err
