from __future__ import annotations

import itertools
import os
from functools import partial
from typing import TYPE_CHECKING

import pytest

from tests.imaging.stand_ins import actor, stand_in
from tests.pictures import animated, photo, rgba, truncated
from viewer.gallery.model import Gallery, Slide
from viewer.imaging.pool import file_survey
from viewer.imaging.pool.file_survey import FileSurvey, NoWorkerError
from viewer.imaging.pool.worker_process import WorkerProcess

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


class Desk:
    """Checks with stand-ins for workers, and what they were asked."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.log = folder / "requests"
        self.log.touch()
        self.told: list[int] = []
        self.progress: Callable[[int], None] = self.told.append

    def check(self, *paths: str, workers: int = 2, deadline: int = 20_000,
              command: tuple[str, ...] | None = None) -> dict[str, str]:
        """The reasons for the files that cannot be shown."""
        start: Callable[[], WorkerProcess] = partial(WorkerProcess.start, command or actor(str(self.log)))
        run = FileSurvey(Gallery((), self.folder), self.progress, workers=workers, deadline=deadline, start=start)
        return {path: failure.reason for path, failure in run.run(paths).items()}

    @property
    def asked(self) -> list[str]:
        return [line.split(" ", 2)[2].removesuffix("#0") for line in self.log.read_text().splitlines()]

    @property
    def pids(self) -> set[str]:
        return {line.split()[0] for line in self.log.read_text().splitlines()}


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def test_what_can_be_shown_is_not_named(desk: Desk) -> None:
    assert desk.check("a", "damaged:b", "c", "missing:d") == {"damaged:b": "damaged", "missing:d": "missing"}
    assert sorted(desk.asked) == ["a", "c", "damaged:b", "missing:d"]
    assert desk.told == [1, 2, 3, 4]


def test_several_are_decoded_at_once(desk: Desk) -> None:
    gate = desk.folder / "open"
    others = [f"gate:{gate}|{number}" for number in range(2)]

    def open_gate(_tried: int) -> None:
        gate.touch()

    desk.progress = open_gate  # the first that is done lets the others go on
    assert desk.check(*others, "quick", workers=3) == {}
    assert len(desk.pids) == 3


def test_a_file_that_crashes_its_worker_is_tried_once_more_in_the_end_and_costs_nothing_else(desk: Desk) -> None:
    paths = ["crash:a", *map(str, range(10)), "nonsense:b"]
    assert desk.check(*paths) == {"crash:a": "crashed", "nonsense:b": "crashed"}
    assert sorted(desk.asked) == sorted([*paths, "crash:a", "nonsense:b"])
    assert set(desk.asked[-2:]) == {"crash:a", "nonsense:b"}
    assert desk.told == list(range(1, 13))


def test_a_file_that_crashed_once_only_is_in_order(desk: Desk) -> None:
    assert desk.check(f"once:{desk.folder / 'remembered'}", "a") == {}


def test_a_large_file_has_more_time(desk: Desk) -> None:
    """It is asked for before another one, and answers when that one has come to its deadline."""
    gate, started = desk.folder / "open", itertools.count(1)

    def start() -> WorkerProcess:
        if next(started) == 3:
            gate.touch()  # a worker is started in place of the one that hung
        return WorkerProcess.start(actor(str(desk.log)))

    run = FileSurvey(Gallery((), desk.folder), desk.progress, workers=2, deadline=2000, start=start)
    failures = run.run([f"large:{gate}|a", f"late:{desk.folder / 'remembered'}", "c"])

    assert failures == {}
    assert sum(path.startswith("large") for path in desk.asked) == 1


@pytest.mark.parametrize("how", ["hang", "mute"])
def test_a_file_that_takes_too_long_is_ended_at_its_deadline(desk: Desk, how: str) -> None:
    assert desk.check(f"{how}:a", deadline=600) == {f"{how}:a": "too-slow"}
    assert len(desk.asked) == 2


def test_a_file_that_was_late_once_only_is_in_order(desk: Desk) -> None:
    assert desk.check(f"late:{desk.folder / 'remembered'}", "a", deadline=2000) == {}


@pytest.mark.parametrize("command", [
    stand_in("sys.exit(1)"), stand_in("asked(); sys.exit(1)"), ("/nowhere/at/all",),
])
def test_that_no_worker_starts_is_told(desk: Desk, command: tuple[str, ...]) -> None:
    with pytest.raises(NoWorkerError):
        desk.check("a", "b", command=command)


def test_a_worker_that_has_decoded_many_is_replaced(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(file_survey, "RECYCLE_PICTURES", 2)
    assert desk.check(*map(str, range(6)), workers=1) == {}
    assert len(desk.pids) == 3


def test_an_interruption_leaves_nothing_behind(desk: Desk) -> None:
    """What is left running or open, the fixture of every test would find."""

    def interrupt(_tried: int) -> None:
        raise KeyboardInterrupt

    desk.progress = interrupt  # as Ctrl+C does it
    with pytest.raises(KeyboardInterrupt):
        desk.check(f"gate:{desk.folder / 'never'}|a", "b", "c")


def test_real_pictures_are_decoded_by_real_workers_links_included(tmp_path: Path) -> None:
    folder, elsewhere = tmp_path / "gallery", tmp_path / "elsewhere"
    folder.mkdir()
    elsewhere.mkdir()
    whole = photo(elsewhere / "whole.jpg", (600, 400))
    (folder / "link.jpg").symlink_to(whole)
    (folder / "dangling.jpg").symlink_to(elsewhere / "gone.jpg")
    photo(folder / "photo.jpg", (600, 400))
    rgba(folder / "clear.png")
    animated(folder / "moving.gif")
    truncated(whole, folder / "part.jpg", keep=0.6)
    (folder / "text.jpg").write_text("no picture")
    (folder / "empty.png").touch()
    names = sorted(path.name for path in folder.iterdir())
    paths = [str(folder / name) for name in names]

    run = FileSurvey(Gallery(tuple(map(Slide, names)), folder), lambda _: None)
    failed = {os.path.basename(path): failure.reason for path, failure in run.run(paths).items()}  # noqa: PTH119 - strings

    assert failed == {"part.jpg": "damaged", "text.jpg": "unknown-format", "empty.png": "empty",
                      "dangling.jpg": "missing"}
