from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import msgspec
import pytest

from tests.kiosk.statuses import FULL
from tests.kiosk_commands.liftoff_kiosk import kiosk
from viewer.kiosk.status import FILE, STALE_S
from viewer.kiosk_commands.status import NONE_RUNS
from viewer.locations import kiosk_screen_folder

if TYPE_CHECKING:
    from collections.abc import Iterator

    from viewer.kiosk.status import Status


@pytest.fixture
def gone() -> Iterator[int]:
    """The id of a process that has ended."""
    with subprocess.Popen([sys.executable, "-c", ""]) as process:
        process.wait()
        yield process.pid


def leave(entry: int = 0, age_s: float = 1, **fields: object) -> Status:
    """Write the status of a show, which is this process and was well so many seconds ago."""
    clock_ms = time.monotonic_ns() // 1_000_000 - round(age_s * 1000)
    status = msgspec.structs.replace(FULL, **{"failed": (), "set_aside": (), "problems": (), "entry": entry,
                                              "pid": os.getpid(), "clock_ms": clock_ms, **fields})
    kiosk_screen_folder(entry).mkdir(parents=True, exist_ok=True)
    (kiosk_screen_folder(entry) / FILE).write_bytes(status.as_json())
    return status


def test_a_kiosk_that_is_well_is_said_to_be() -> None:
    leave()

    done = kiosk("status")

    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("Screen 1: All is well.")
    assert "slide-3" in done.stdout


def test_ages_are_those_of_the_moment_in_which_somebody_asks() -> None:
    leave(age_s=20, painted_age_s=5.0)

    done = kiosk("status")

    assert re.search(r"Painted +2[5-9] s ago\n", done.stdout)


def test_all_screens_are_told_and_one_problem_is_one_too_many() -> None:
    leave()
    leave(1, problems=("The disk is full.",))

    done = kiosk("status")

    assert done.returncode == 1
    assert "Screen 1: All is well." in done.stdout
    assert "Screen 2: 1 thing needs looking at.\n  - The disk is full.\n" in done.stdout


def test_where_no_kiosk_runs_that_is_said_plainly(gone: int) -> None:
    never = kiosk("status")
    leave(pid=gone)
    ended = kiosk("status")

    assert (never.returncode, never.stdout) == (ended.returncode, ended.stdout) == (2, NONE_RUNS + "\n")


def test_a_status_of_before_the_machine_was_started_is_none() -> None:
    leave(age_s=-1_000_000)

    assert kiosk("status").returncode == 2


def test_a_show_that_writes_no_more_is_said_not_to_answer() -> None:
    leave(age_s=STALE_S + 65)

    done = kiosk("status")

    assert done.returncode == 1
    assert "the show does not answer" in done.stdout
    assert "1 min ago" in done.stdout


def test_a_show_that_is_being_started_anew_is_no_kiosk_that_has_ended(gone: int) -> None:
    leave(pid=gone, supervisor=os.getpid())

    done = kiosk("status")

    assert done.returncode == 1
    assert "is being started anew" in done.stdout
    assert "well" not in done.stdout
    assert str(kiosk_screen_folder(0) / "show.log") in done.stdout


def test_a_screen_of_last_year_is_not_told(gone: int) -> None:
    leave()
    leave(1, pid=gone)

    done = kiosk("status")

    assert done.returncode == 0
    assert "Screen 2" not in done.stdout


def test_programs_get_json(gone: int) -> None:
    leave(restarts=7)
    leave(1, pid=gone)

    done = kiosk("status", "--json")

    (entry,) = json.loads(done.stdout)
    assert (entry["condition"], entry["status"]["restarts"]) == ("running", 7)
    assert entry["folder"] == str(kiosk_screen_folder(0))
