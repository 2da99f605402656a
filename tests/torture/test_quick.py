"""A quick dose of what `python -m tests.torture` does by the thousand: the show goes on, and nothing is left behind."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.torture import files, places, shows, workers
from tests.torture.common import EACH, UNCONFINED, Dose, differences, workers_by

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from tests.torture.common import Figures

DOSE = Dose(mutants=480, faults=40, slides=10_000, manifests=100, changes=60, deadline=60)
pytestmark = pytest.mark.timeout(900)  # some seconds each, on a machine with nothing else to do


@pytest.fixture(autouse=True)
def application(qtbot: QtBot) -> None:
    """There is an application, and what Qt warns of fails the test."""
    del qtbot


def nothing_is_left(figures: Figures) -> bool:
    return not any(figures[f"{what} left"] for what in ("children", "threads", "frames", "descriptors"))


def test_every_mutant_is_shown_or_passed_over_with_a_card(tmp_path: Path) -> None:
    figures = files.mutants(tmp_path, DOSE)

    assert figures["hangs"] == 0
    assert sum(figures["outcomes"].values()) == DOSE.mutants
    assert figures["outcomes"]["shown"] > 50
    assert figures["outcomes"]["damaged"] > 50
    assert nothing_is_left(figures)


def test_a_picture_is_the_same_whether_its_worker_is_shut_in_or_not(tmp_path: Path) -> None:
    folders = [tmp_path / "shut in", tmp_path / "open"]
    for folder in folders:
        folder.mkdir()
    dose = DOSE._replace(mutants=120)
    shut_in = files.mutants(folders[0], dose)
    with workers_by(UNCONFINED):
        unconfined = files.mutants(folders[1], dose)

    assert len(shut_in[EACH]) == dose.mutants
    assert differences(shut_in, unconfined) == []


def test_files_made_to_do_harm_come_to_what_was_foreseen(tmp_path: Path) -> None:
    figures = files.hostile(tmp_path, DOSE)

    assert figures["files"] >= 24
    assert figures["hangs"] == 0
    assert figures["not as foreseen"] == []
    assert nothing_is_left(figures)


def test_files_that_change_while_they_are_read_are_shown_again_once_they_are_whole(tmp_path: Path) -> None:
    figures = files.changing(tmp_path, DOSE)

    assert figures["came back"] == "60 of 60"
    assert nothing_is_left(figures)


def test_a_worker_that_is_killed_costs_no_picture(tmp_path: Path) -> None:
    figures = workers.kills(tmp_path, DOSE)

    assert figures["workers lost"] > 0
    assert figures["cards"] == {}
    assert nothing_is_left(figures)


def test_workers_that_lie_and_babble_cost_slides_but_never_the_show(tmp_path: Path) -> None:
    figures = workers.sabotage(tmp_path, DOSE)

    assert set(figures["slides meanwhile"]) <= {"shown", "crashed", "too-slow", "damaged", "no-worker"}
    assert figures["not as foreseen"] == []
    assert set(figures["slides afterwards"]) == {"shown"}
    assert nothing_is_left(figures)


def test_odd_manifests_are_opened_or_refused_and_the_last_good_gallery_stays(tmp_path: Path) -> None:
    figures = shows.galleries(tmp_path, DOSE)

    assert figures["hangs"] == 0
    assert figures["manifests"]["opened"] > 10
    assert figures["manifests"]["refused"] > 10
    assert figures["longest sentence, characters"] < 400
    assert nothing_is_left(figures)


def test_ten_thousand_slides_leave_nothing_behind(tmp_path: Path) -> None:
    figures = shows.long_show(tmp_path, DOSE)

    assert figures["growth, objects a slide"] < 0.05
    assert figures["growth, bytes a slide"] < 500  # so short a show cannot tell less
    assert figures["threads"] == [1]
    fewest, most = figures["descriptors"]
    assert most - fewest <= 4  # a worker more or less has two
    assert nothing_is_left(figures)


def test_files_on_a_share_that_hangs_cost_their_slides_alone(tmp_path: Path) -> None:
    figures = places.shares(tmp_path, DOSE)

    assert figures["slides"] == {"open: shown": 4, "open: too-slow": 1, "read: shown": 4, "read: too-slow": 1}
    assert figures["not as foreseen"] == []
    assert nothing_is_left(figures)


def test_a_full_disk_costs_nothing_that_was_there(tmp_path: Path) -> None:
    figures = places.full_disk(tmp_path, DOSE)

    assert figures["not as foreseen"] == []


def test_two_programs_share_a_folder_and_a_cache(tmp_path: Path) -> None:
    figures = places.two_at_once(tmp_path, DOSE)

    assert figures["thumbnails"] == figures["pictures"]
    assert figures["not as foreseen"] == []


def test_a_folder_of_thousands_of_files_is_opened_and_shown_to_its_end(tmp_path: Path) -> None:
    figures = places.huge_folder(tmp_path, DOSE._replace(slides=3000))

    assert figures["not as foreseen"] == []
    assert nothing_is_left(figures)


def test_a_folder_of_broken_files_is_calm_and_what_is_put_right_is_found(tmp_path: Path) -> None:
    figures = places.all_bad(tmp_path, DOSE)

    assert figures["not as foreseen"] == []
    assert nothing_is_left(figures)
