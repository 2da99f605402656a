"""Files that are replaced while pictures of them are at hand."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from tests.deadlines import pass_deadlines
from tests.imaging.client.benches import CURRENT, Desk, Eye, colour
from tests.pictures import animated, is_near, solid, truncated
from viewer.imaging.client.picture import Picture, PictureRequest
from viewer.imaging.protocol.messages import Box, Identity

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from viewer.imaging.client.loader import Loader

SMALL = Box(256, 256)
OLD = Identity(0, 0, 0)


class Record:
    """What a loader says of rechecks."""

    def __init__(self, loader: Loader) -> None:
        self.loader = loader
        self.replaced: list[str] = []
        self.rechecked: list[tuple[PictureRequest, bool]] = []
        loader.replaced.connect(self.replaced.append)
        loader.rechecked.connect(lambda request, could_be_read: self.rechecked.append((request, could_be_read)))


def recheck(eye: Eye, record: Record, path: Path, picture: Picture) -> None:
    """Look whether the file still is what `picture` was decoded from, and wait for the answer."""
    before = len(record.rechecked)
    eye.loader.recheck(PictureRequest(str(path), CURRENT), picture.identity)
    eye.until(lambda: len(record.rechecked) > before)


def by_rename(path: Path, write: Callable[[Path], object]) -> None:
    fresh = path.with_name(f"fresh-{path.name}")
    write(fresh)
    fresh.replace(path)


def in_place(path: Path, write: Callable[[Path], object]) -> None:
    fresh = path.with_name(f"fresh-{path.name}")
    write(fresh)
    path.write_bytes(fresh.read_bytes())


def green(path: Path) -> Path:
    return solid(path, (0, 200, 0), (90, 60))


def test_a_file_that_is_the_same_keeps_its_picture_and_is_not_decoded(eye: Eye, tmp_path: Path) -> None:
    path, record = solid(tmp_path / "a.png"), Record(eye.loader)
    picture = eye.see(path)
    decoded = [process.pictures for process in eye.processes()]
    recheck(eye, record, path, picture)

    assert record.replaced == []
    assert eye.loader.picture(PictureRequest(str(path), CURRENT)) is picture
    assert [process.pictures for process in eye.processes()] == decoded


@pytest.mark.parametrize("name", [b"a.png", b"a\xff.png"])
@pytest.mark.parametrize("replace", [by_rename, in_place])
def test_a_replaced_file_is_decoded_anew_and_its_thumbnail_too(
    eye: Eye, tmp_path: Path, name: bytes, replace: Callable[[Path, Callable[[Path], object]], None],
) -> None:
    path, record = tmp_path / os.fsdecode(name), Record(eye.loader)
    solid(path)
    thumbnail = PictureRequest(str(path), SMALL)
    eye.loader.request("thumbnail", [thumbnail])
    eye.sees(thumbnail)
    picture = eye.see(path)
    eye.pictures.clear()
    replace(path, green)
    recheck(eye, record, path, picture)

    fresh = eye.loader.picture(PictureRequest(str(path), CURRENT))
    assert fresh is not None
    assert is_near(colour(fresh, 30, 20), (0, 200, 0, 255))
    assert record.replaced == [str(path)]
    eye.sees(thumbnail)
    assert eye.pictures[thumbnail].source == Box(90, 60)
    assert eye.loader.best(str(path)) == eye.loader.picture(PictureRequest(str(path), CURRENT))


def test_any_answer_about_another_version_drops_the_old_one(eye: Eye, tmp_path: Path) -> None:
    path, record = solid(tmp_path / "a.png", size=(600, 400)), Record(eye.loader)
    eye.see(path)
    by_rename(path, green)
    larger = eye.see(path, Box(500, 500))

    assert record.replaced == [str(path)]
    assert eye.loader.picture(PictureRequest(str(path), CURRENT)) is larger


def test_frames_of_two_versions_of_an_animation_are_never_held_together(eye: Eye, tmp_path: Path) -> None:
    path, record = animated(tmp_path / "a.gif"), Record(eye.loader)
    first = PictureRequest(str(path), CURRENT)
    eye.see(path)
    by_rename(path, lambda fresh: animated(fresh, durations=(50, 50, 50)))
    second = first._replace(frame=1)
    eye.loader.request("animation", [second])
    eye.sees(second)

    assert record.replaced == [str(path)]
    eye.until(lambda: eye.loader.picture(first) is not None)
    assert len({held.identity for request in (first, second) if (held := eye.loader.picture(request))}) == 1


def test_a_file_that_has_gone_keeps_its_picture(eye: Eye, tmp_path: Path) -> None:
    path, record = solid(tmp_path / "a.png"), Record(eye.loader)
    picture = eye.see(path)
    path.unlink()
    for _ in range(3):
        recheck(eye, record, path, picture)

    assert record.replaced == []
    assert eye.loader.failure(str(path)) is None
    assert eye.loader.picture(PictureRequest(str(path), CURRENT)) is picture


@pytest.mark.parametrize("keep", [0.5, 0])
def test_a_damaged_version_counts_once_it_has_failed_twice(eye: Eye, tmp_path: Path, keep: float) -> None:
    path, record = solid(tmp_path / "a.png", size=(300, 200)), Record(eye.loader)
    picture = eye.see(path)
    truncated(solid(tmp_path / "b.png", (0, 200, 0), (300, 200)), tmp_path / "half.png", keep=keep)
    by_rename(path, lambda fresh: fresh.write_bytes((tmp_path / "half.png").read_bytes()))
    recheck(eye, record, path, picture)
    assert record.replaced == [], "it may not have been written to its end"
    assert eye.loader.picture(PictureRequest(str(path), CURRENT)) is picture
    recheck(eye, record, path, picture)

    assert record.replaced == [str(path)]
    assert eye.loader.failure(str(path)) is not None
    assert eye.loader.best(str(path)) is None


def test_a_version_that_was_still_being_written_is_shown_when_it_is_whole(eye: Eye, tmp_path: Path) -> None:
    path, record = solid(tmp_path / "a.png"), Record(eye.loader)
    picture = eye.see(path)
    path.write_bytes(path.read_bytes()[:60])
    recheck(eye, record, path, picture)
    green(path)
    recheck(eye, record, path, picture)

    assert record.replaced == [str(path)]
    assert eye.loader.failure(str(path)) is None


def test_a_version_that_crashes_two_workers_is_left_alone(desk: Desk) -> None:
    record = Record(desk.loader)
    desk.loader.request("current", [PictureRequest("a", CURRENT)])
    desk.until_told(PictureRequest("a", CURRENT))
    for times in (1, 2):
        desk.loader.recheck(PictureRequest("crash:a", CURRENT), OLD)
        desk.until(lambda: len(record.rechecked) == times)  # noqa: B023 - called within this turn

    assert record.rechecked == [(PictureRequest("crash:a", CURRENT), False)] * 2
    assert record.replaced == ["crash:a"]
    failure = desk.loader.failure("crash:a")
    assert failure is not None
    assert failure.reason == "crashed"


def test_a_file_that_does_not_answer_costs_a_worker_its_deadline_and_is_not_blamed(desk: Desk) -> None:
    record = Record(desk.loader)
    desk.loader.request("current", [PictureRequest("a", CURRENT)])
    desk.until_told(PictureRequest("a", CURRENT))
    desk.loader.recheck(PictureRequest("mute:a", CURRENT), OLD)
    desk.loader.recheck(PictureRequest("mute:b", CURRENT), OLD)
    desk.loader.recheck(PictureRequest("mute:c", CURRENT), OLD)
    desk.until(lambda: len(desk.asked) == 2)
    desk.loader.request("current", [PictureRequest("b", CURRENT)])
    desk.until_told(PictureRequest("b", CURRENT))
    assert desk.asked == ["picture a", "picture mute:a", "picture b"], "one at a time, and nobody waits for it"
    desk.loader.recheck(None)
    pass_deadlines(desk.pool, desk.pool.pids)
    desk.until(lambda: record.rechecked == [(PictureRequest("mute:a", CURRENT), False)])

    assert record.replaced == []
    assert desk.loader.failure("mute:a") is None
    assert desk.pool.busy == 0


def test_rechecks_start_no_worker_and_keep_none_from_ending_when_idle(desk: Desk) -> None:
    desk.reopen(workers=3, idle=200)
    record = Record(desk.loader)
    gate, behind = desk.gate("open")
    requests = [PictureRequest(f"{behind}{number}", CURRENT) for number in range(2)]
    desk.loader.recheck(requests[0], OLD)
    assert desk.pool.pids == ()
    desk.loader.recheck(None)
    desk.loader.request("prefetch", requests)
    desk.until(lambda: len(desk.asked) == 2)
    gate.touch()
    desk.until_told(*requests)
    most = len(desk.pool.pids)

    def look() -> bool:
        desk.loader.recheck(PictureRequest("a", CURRENT), Identity(1, 1, 3))
        return len(desk.pool.pids) == 1

    desk.until(look)
    assert most >= 2
    assert len(record.rechecked) > 1
    assert len({line.split()[0] for line in desk.log.read_text().splitlines()}) == 2, "and none was started for it"


def test_rechecks_of_unchanged_files_do_not_wear_a_worker_out(desk: Desk) -> None:
    record = Record(desk.loader)
    desk.loader.request("current", [PictureRequest("a", CURRENT)])
    desk.until_told(PictureRequest("a", CURRENT))
    before = desk.pool.pids
    for times in range(1, 301):
        desk.loader.recheck(PictureRequest("a", CURRENT), Identity(1, 1, 3))
        desk.until(lambda: len(record.rechecked) == times)  # noqa: B023 - called within this turn

    assert desk.pool.pids == before
    assert record.replaced == []


def test_a_recheck_waits_until_all_else_is_done(desk: Desk) -> None:
    desk.reopen(workers=3)
    gate, behind = desk.gate("open")
    slow = PictureRequest(f"{behind}slow", CURRENT)
    desk.loader.request("prefetch", [slow])
    desk.until(lambda: len(desk.asked) == 1)
    desk.loader.recheck(PictureRequest("a", CURRENT), OLD)
    desk.loader.request("current", [PictureRequest("b", CURRENT)])
    desk.until_told(PictureRequest("b", CURRENT))
    assert "picture a" not in desk.asked
    gate.touch()
    desk.until(lambda: "picture a" in desk.asked)

    assert desk.asked == [f"picture {slow.path}", "picture b", "picture a"]


def test_a_file_that_is_replaced_behind_its_link_is_noticed(eye: Eye, tmp_path: Path) -> None:
    (tmp_path / "a.png").symlink_to(solid(tmp_path / "real.png"))
    record = Record(eye.loader)
    picture = eye.see(tmp_path / "a.png")
    by_rename(tmp_path / "real.png", green)
    os.utime(tmp_path / "real.png")
    recheck(eye, record, tmp_path / "a.png", picture)

    assert record.replaced == [str(tmp_path / "a.png")]
