from __future__ import annotations

import csv
import io
import json

import pytest

from tests.kiosk.test_report import log
from tests.kiosk_commands.liftoff_kiosk import kiosk, refusal
from viewer.locations import kiosk_screen_folder


def two_showings() -> None:
    """Two screens with a showing each, at noon of two days."""
    log(kiosk_screen_folder(0), ("a", "2026-11-27T12:00:00.000", 10, "shown", "played"))
    log(kiosk_screen_folder(1), ("b", "2026-11-28T12:00:00.000", 20, "shown", "played"))


def test_proof_of_play_is_a_table_on_the_standard_output() -> None:
    two_showings()

    done = kiosk("report", "2026-11-27", "2026-11-28")

    rows = list(csv.DictReader(io.StringIO(done.stdout)))
    assert (done.returncode, done.stderr) == (0, "")
    assert [(row["slide"], row["shown"], float(row["seconds"])) for row in rows] == [("a", "1", 10.0), ("b", "1", 20.0)]


def test_it_is_json_for_programs_and_one_day_is_enough() -> None:
    two_showings()

    (row,) = json.loads(kiosk("report", "2026-11-28", "--by", "day", "--json").stdout)

    assert (row["slide"], row["period"], row["seconds"]) == ("b", "2026-11-28", 20.0)


def test_without_a_log_the_table_is_empty() -> None:
    assert kiosk("report", "2026-11-27").stdout.startswith("period,screen,slide,")


@pytest.mark.parametrize(("words", "said"), [
    (("yesterday",), "yesterday is no day"), (("2026-02-30",), "is no day"),
    (("2026-11-28", "2026-11-27"), "name the first day first"),
])
def test_what_is_no_day_is_refused(words: tuple[str, ...], said: str) -> None:
    assert said in refusal("report", *words)


def test_a_line_that_cannot_be_read_is_said_and_costs_no_other() -> None:
    two_showings()
    path = kiosk_screen_folder(0) / "play-log" / "2026-11-27.jsonl"
    path.write_bytes(b"torn\n" + path.read_bytes())

    done = kiosk("report", "2026-11-27")

    assert (done.returncode, len(done.stdout.splitlines())) == (1, 2)
    assert "A line of the play log could not be read" in done.stderr
