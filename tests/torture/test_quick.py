"""A small workload of each part of `python -m tests.torture`: the show goes on, and nothing leaks.

Where the environment sets CI, the workload is several times as large.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.thorough import THOROUGH
from tests.torture import file_systems, files, shows, workers
from tests.torture.common import PER_FILE, UNCONFINED, Workload, differences, using_workers
from tests.torture.kiosk import kiosk

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from tests.torture.common import Figures

WORKLOAD = (
    Workload(mutants=480, faults=40, slides=10_000, manifests=100, changes=60, deadline=60) if THOROUGH
    else Workload(mutants=240, faults=20, slides=1000, manifests=100, changes=30, deadline=60)
)
pytestmark = pytest.mark.timeout(900)  # each takes seconds on an idle machine


@pytest.fixture(autouse=True)
def application(qtbot: QtBot) -> None:
    """An application; Qt warnings fail the test."""
    del qtbot


def nothing_is_left(figures: Figures) -> bool:
    return not any(figures[f"{what} left"] for what in ("children", "threads", "buffers", "descriptors"))


def test_every_mutant_is_shown_or_has_a_placeholder(tmp_path: Path) -> None:
    figures = files.mutants(tmp_path, WORKLOAD)

    assert figures["hangs"] == 0
    assert sum(figures["outcomes"].values()) == WORKLOAD.mutants
    assert figures["outcomes"]["shown"] > 50
    assert figures["outcomes"]["damaged"] > 50
    assert nothing_is_left(figures)


def test_pictures_are_the_same_with_and_without_the_sandbox(tmp_path: Path) -> None:
    folders = [tmp_path / "confined", tmp_path / "unconfined"]
    for folder in folders:
        folder.mkdir()
    workload = WORKLOAD._replace(mutants=WORKLOAD.mutants // 4)
    confined = files.mutants(folders[0], workload)
    with using_workers(UNCONFINED):
        unconfined = files.mutants(folders[1], workload)

    assert len(confined[PER_FILE]) == workload.mutants
    assert differences(confined, unconfined) == []


def test_malicious_files_have_their_expected_outcome(tmp_path: Path) -> None:
    figures = files.hostile(tmp_path, WORKLOAD)

    assert figures["files"] >= 24
    assert figures["hangs"] == 0
    assert figures["unexpected"] == []
    assert nothing_is_left(figures)


def test_files_that_change_while_read_are_shown_once_restored(tmp_path: Path) -> None:
    figures = files.changing(tmp_path, WORKLOAD)

    assert figures["came back"] == "60 of 60"
    assert nothing_is_left(figures)


def test_a_worker_that_is_killed_costs_no_picture(tmp_path: Path) -> None:
    figures = workers.kills(tmp_path, WORKLOAD)

    assert figures["workers lost"] > 0
    assert figures["placeholders"] == {}
    assert nothing_is_left(figures)


def test_misbehaving_workers_cost_slides_but_never_the_show(tmp_path: Path) -> None:
    figures = workers.worker_faults(tmp_path, WORKLOAD)

    assert set(figures["slides meanwhile"]) <= {"shown", "crashed", "too-slow", "damaged", "no-worker"}
    assert figures["unexpected"] == []
    assert set(figures["slides afterwards"]) == {"shown"}
    assert nothing_is_left(figures)


def test_malformed_manifests_are_opened_or_refused_and_the_last_gallery_stays(tmp_path: Path) -> None:
    figures = shows.galleries(tmp_path, WORKLOAD)

    assert figures["hangs"] == 0
    assert figures["manifests"]["opened"] > 10
    assert figures["manifests"]["refused"] > 10
    assert figures["longest sentence, characters"] < 400
    assert nothing_is_left(figures)


def test_a_long_show_leaks_nothing(tmp_path: Path) -> None:
    figures = shows.long_show(tmp_path, WORKLOAD)

    assert figures["growth, objects a slide"] * WORKLOAD.slides < 500
    assert figures["growth, bytes a slide"] * WORKLOAD.slides < 5_000_000  # so short a show cannot resolve less
    assert set(figures["threads"]) <= {1, 2}  # a second one while thumbnails are written, and some seconds longer
    fewest, most = figures["descriptors"]
    assert most - fewest <= 4  # a worker more or less has two
    assert nothing_is_left(figures)


def test_files_on_a_hanging_share_cost_only_their_slides(tmp_path: Path) -> None:
    figures = file_systems.shares(tmp_path, WORKLOAD)

    assert figures["slides"] == {"open: shown": 4, "open: too-slow": 1, "read: shown": 4, "read: too-slow": 1}
    assert figures["unexpected"] == []
    assert nothing_is_left(figures)


def test_a_full_disk_destroys_no_file(tmp_path: Path) -> None:
    figures = file_systems.full_disk(tmp_path, WORKLOAD)

    assert figures["unexpected"] == []


def test_two_programs_can_share_a_folder_and_a_cache(tmp_path: Path) -> None:
    figures = file_systems.two_at_once(tmp_path, WORKLOAD)

    assert figures["thumbnails"] == figures["pictures"]
    assert figures["unexpected"] == []


def test_a_folder_of_thousands_of_files_is_opened_and_shown_to_its_end(tmp_path: Path) -> None:
    figures = file_systems.huge_folder(tmp_path, WORKLOAD._replace(slides=3000))

    assert figures["unexpected"] == []
    assert nothing_is_left(figures)


def test_a_folder_of_broken_files_plays_slowly_and_a_repaired_one_is_noticed(tmp_path: Path) -> None:
    figures = file_systems.all_bad(tmp_path, WORKLOAD)

    assert figures["unexpected"] == []
    assert nothing_is_left(figures)


def test_an_unattended_screen_survives_what_happens_to_one(tmp_path: Path) -> None:
    events = (Workload(slides=1000, screen_changes=4, swaps=4, crashes=1, freezes=0) if THOROUGH
              else Workload(slides=100, screen_changes=2, swaps=2, crashes=1, freezes=0))
    figures = kiosk(tmp_path, events)

    assert figures["unexpected"] == []
    assert figures["later than it may be"] == []
    assert figures["painted"] > events.slides / 2
    assert figures["lines on standard error"] == 1  # of the show that was killed
    assert figures["children left"] == 0
    assert figures["beyond their numbers"] == []
