"""The loader with real processes that decode nothing: what is asked, in which order, and what is told."""

from __future__ import annotations

import logging
import os
import signal
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests import pictures
from tests.deadlines import pass_deadlines
from tests.imaging.client.benches import CURRENT, TIMEOUT_MS, Desk
from tests.imaging.stand_ins import stand_in
from viewer.gallery.model import Gallery, Slide
from viewer.imaging.client.loader import Loader
from viewer.imaging.client.picture import PictureRequest, Priority
from viewer.imaging.pool.pool import Pool
from viewer.imaging.pool.worker_process import WorkerProcess
from viewer.imaging.protocol.failures import Failure
from viewer.imaging.protocol.limits import DEFAULT
from viewer.imaging.protocol.messages import Box, Request
from viewer.imaging.protocol.shared_memory import SharedBuffer

if TYPE_CHECKING:

    from pytestqt.qtbot import QtBot

def w(path: str, box: Box = CURRENT, frame: int = 0) -> PictureRequest:
    return PictureRequest(path, box, frame)


def test_a_request_is_answered_with_its_picture(desk: Desk) -> None:
    desk.loader.request("current", [w("a")])
    assert desk.arrived == []
    desk.until_told(w("a"))

    (request, picture), = desk.arrived
    assert request == w("a")
    assert (picture.image.width(), picture.image.height()) == (300, 200)
    assert picture.image.pixelColor(150, 100).getRgb() == (200, 40, 0, 255)
    assert picture.source == Box(600, 400)
    assert desk.loader.picture(w("a")) is picture


def test_what_is_at_hand_is_not_decoded_again(desk: Desk) -> None:
    desk.loader.request("current", [w("a")])
    desk.until_told(w("a"))
    desk.loader.request("current", [w("a")])
    desk.loader.request("current", [w("b")])
    desk.until_told(w("b"))

    assert desk.asked == ["picture a", "picture b"]
    assert desk.told == [w("a"), w("b")]


def test_a_box_that_leads_to_the_same_pixels_is_answered_from_what_is_there(desk: Desk) -> None:
    desk.loader.request("current", [w("a", Box(300, 300))])
    desk.until_told(w("a", Box(300, 300)))

    assert desk.loader.picture(w("a", Box(300, 250))) is desk.loader.picture(w("a", Box(300, 300)))
    assert desk.loader.picture(w("a", Box(300, 150))) is None
    assert desk.loader.picture(w("a", Box(301, 300))) is None


def test_a_picture_at_full_size_answers_every_larger_box(desk: Desk) -> None:
    desk.loader.request("current", [w("a", Box(1000, 1000))])
    desk.until_told(w("a", Box(1000, 1000)))
    picture = desk.loader.picture(w("a", Box(4000, 2000)))

    assert picture is not None
    assert (picture.image.width(), picture.image.height()) == (600, 400)


def test_the_best_picture_at_hand_is_the_largest_thumbnails_included(desk: Desk) -> None:
    assert desk.loader.best("a") is None
    desk.loader.request("thumbnail", [w("a", Box(128, 128))])
    desk.until_told(w("a", Box(128, 128)))
    thumbnail = desk.loader.best("a")
    assert thumbnail is not None
    assert thumbnail.image.width() == 128
    desk.loader.request("current", [w("a")])
    desk.until_told(w("a"))

    assert desk.loader.best("a") is desk.loader.picture(w("a"))


def test_the_most_urgent_priority_goes_first(desk: Desk) -> None:
    gate, behind = desk.gate("open")
    desk.loader.request("prefetch", [w(behind + "1")])
    desk.loader.request("current", [w(behind + "2")])
    desk.loader.request("thumbnail", [w("thumb")])
    desk.loader.request("copy", [w("for the clipboard")])
    desk.loader.request("prefetch", [w("next")])
    desk.loader.request("animation", [w("film:a", frame=2)])
    desk.loader.request("current", [w("this")])
    desk.until(lambda: len(desk.asked) == 2)
    gate.touch()
    desk.until_told(w("this"), w("next"), w("thumb"), w("film:a", frame=2), w("for the clipboard"))

    urgent_first = desk.asked[2:]
    assert urgent_first == ["picture this", "picture film:a#2", "picture next", "thumbnail thumb",
                            "picture for the clipboard"]


def test_a_request_replaced_before_its_turn_is_never_decoded(desk: Desk) -> None:
    gate, behind = desk.gate("open")
    desk.loader.request("prefetch", [w(behind + "1")])
    desk.loader.request("current", [w(behind + "2")])
    desk.until(lambda: len(desk.asked) == 2)
    for number in range(50):  # a key is held
        desk.loader.request("current", [w(f"slide {number}")])
    gate.touch()
    desk.until_told(w("slide 49"))

    assert desk.asked[2:] == ["picture slide 49"]


def test_previews_come_before_the_current_slide_and_nothing_else_is_begun(desk: Desk) -> None:
    desk.reopen(workers=3)
    passing = [w(f"slide {number}", Box(256, 256)) for number in range(10)]
    desk.loader.request("preview", passing)
    desk.loader.request("current", [w("slide 0")])
    desk.loader.request("thumbnail", [w("in the strip", Box(256, 256))])
    desk.loader.request("prefetch", [w("slide 1")])
    desk.until_told(*passing, w("slide 0"))
    desk.until(lambda: desk.pool.busy == 0)

    assert set(desk.asked[:-1]) == {f"thumbnail slide {number}" for number in range(10)}  # two workers' notes
    assert desk.asked[-1] == "picture slide 0"


def test_while_previews_are_wanted_one_current_slide_at_a_time_is_decoded(desk: Desk) -> None:
    desk.reopen(workers=3)
    gate, behind = desk.gate("open")
    small = w("preview", Box(256, 256))
    desk.loader.request("preview", [small])
    desk.until_told(small)
    desk.loader.request("current", [w(behind + "first")])
    for number in range(10):
        desk.loader.request("current", [w(f"slide {number}")])
    desk.until(lambda: len(desk.asked) == 2)
    gate.touch()
    desk.until_told(w("slide 9"))

    assert desk.asked == ["thumbnail preview", f"picture {behind}first", "picture slide 9"]


def test_when_the_key_is_let_go_the_last_picture_waits_for_nothing(desk: Desk) -> None:
    desk.reopen(workers=3)
    gate, behind = desk.gate("open")
    desk.loader.request("preview", [w(behind + str(number), Box(256, 256)) for number in range(10)])
    desk.loader.request("current", [w("last")])
    desk.until(lambda: len(desk.asked) == 2)
    desk.loader.request("preview", [])
    desk.until_told(w("last"))

    assert desk.asked[2:] == ["picture last"]
    gate.touch()
    desk.until(lambda: desk.pool.busy == 0)


def test_while_the_current_slide_waits_thumbnails_go_before_neighbours(desk: Desk) -> None:
    desk.reopen(workers=3)
    gate, behind = desk.gate("open")
    desk.loader.request("current", [w(behind + "this")])
    desk.loader.request("prefetch", [w("next")])
    desk.loader.request("thumbnail", [w("thumb", Box(128, 128))])
    desk.until_told(w("next"))

    assert desk.asked == [f"picture {behind}this", "thumbnail thumb", "picture next"]
    gate.touch()
    desk.until(lambda: desk.pool.busy == 0)


@pytest.mark.parametrize(("slow", "other"), [("prefetch", "thumbnail"), ("thumbnail", "prefetch")])
def test_neighbours_and_thumbnails_leave_each_other_a_worker(desk: Desk, slow: Priority, other: Priority) -> None:
    desk.reopen(workers=3)
    (first_gate, behind_first), (gate, behind) = desk.gate("first"), desk.gate("open")
    desk.loader.request(slow, [w(behind_first + "1"), w(behind + "2")])
    desk.until(lambda: len(desk.asked) == 2)
    desk.loader.request(slow, [w("3"), w("4")])
    desk.loader.request(other, [w("a"), w("b")])
    first_gate.touch()
    desk.until_told(w("3"), w("4"), w("a"), w("b"))
    gate.touch()
    desk.until(lambda: desk.pool.busy == 0)

    assert [asked[-1] for asked in desk.asked[2:]] == ["a", "b", "3", "4"]


def test_workers_that_die_before_they_read_what_is_asked_cost_the_picture_nothing(desk: Desk) -> None:
    desk.reopen(workers=3)
    gate, behind = desk.gate("open")
    desk.loader.request("prefetch", [w(behind + "1"), w(behind + "2")])
    desk.until(lambda: len(desk.asked) == 2)
    gate.touch()
    desk.until_told(w(behind + "1"), w(behind + "2"))
    for pid in desk.pool.pids:
        os.kill(pid, signal.SIGKILL)
        os.waitid(os.P_PID, pid, os.WEXITED | os.WNOWAIT)
    desk.loader.request("current", [w("this")])
    desk.until_told(w("this"))

    assert desk.failed == []


def test_what_was_begun_is_finished_and_kept(desk: Desk) -> None:
    gate, behind = desk.gate("open")
    desk.loader.request("current", [w(behind + "a")])
    desk.until(lambda: len(desk.asked) == 1)
    desk.loader.request("current", [])
    gate.touch()
    desk.until_told(w(behind + "a"))

    assert desk.loader.picture(w(behind + "a")) is not None


def test_a_request_under_way_is_joined_at_any_priority(desk: Desk) -> None:
    gate, behind = desk.gate("open")
    desk.loader.request("prefetch", [w(behind + "a")])
    desk.until(lambda: len(desk.asked) == 1)
    desk.loader.request("prefetch", [])
    desk.loader.request("current", [w(behind + "a")])
    gate.touch()
    desk.until_told(w(behind + "a"))
    desk.loader.request("current", [w("b")])
    desk.until_told(w("b"))

    assert desk.asked == [f"picture {behind}a", "picture b"]
    assert desk.told == [w(behind + "a"), w("b")]


def test_stuck_thumbnails_do_not_block_the_current_slide(desk: Desk) -> None:
    gate, behind = desk.gate("never")
    thumbnails = [w(f"{behind}{number}", Box(128, 128)) for number in range(50)]
    desk.loader.request("thumbnail", thumbnails)
    desk.loader.request("prefetch", [w(f"{behind}next")])
    desk.until(lambda: len(desk.asked) == 1)
    desk.loader.request("current", [w("this")])
    desk.until_told(w("this"))

    assert desk.asked == [f"thumbnail {behind}0", "picture this"]
    gate.touch()
    desk.until_told(*thumbnails)


def test_a_request_begun_before_qt_is_taken_over(desk: Desk) -> None:
    early = desk.start()
    early.send(Request(0, "picture", "a", 300, 300, 360_000), SharedBuffer(360_000))
    desk.reopen([early])
    desk.loader.request("current", [w("a")])
    desk.until_told(w("a"))

    assert desk.asked == ["picture a"]


def test_a_failure_is_told_and_remembered(desk: Desk, caplog: pytest.LogCaptureFixture) -> None:
    desk.loader.request("current", [w("damaged:a")])
    desk.until_told(w("damaged:a"))

    assert desk.failed == [(w("damaged:a"), Failure("damaged", "as told"))]
    assert desk.loader.failure("damaged:a") == Failure("damaged", "as told")
    assert [record.levelno for record in caplog.records] == [logging.WARNING]
    assert "damaged:a" in caplog.text


def test_a_failure_is_not_announced_again_while_the_request_stays(desk: Desk) -> None:
    desk.loader.request("prefetch", [w("damaged:a"), w("b")])
    desk.until_told(w("damaged:a"), w("b"))
    desk.loader.request("prefetch", [w("damaged:a"), w("c")])
    desk.until_told(w("c"))

    assert desk.failed == [(w("damaged:a"), Failure("damaged", "as told"))]


def test_a_failure_requested_anew_is_announced_anew_without_parsing_the_file(
    desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    for _ in range(3):
        desk.loader.request("current", [w("damaged:a")])
        desk.until(lambda: desk.failed != [])
        desk.loader.request("current", [])
        assert desk.failed.pop() == (w("damaged:a"), Failure("damaged", "as told"))

    assert desk.asked == ["picture damaged:a"] * 3
    assert len(caplog.records) == 1


def test_a_missing_file_that_comes_back_is_shown(desk: Desk) -> None:
    gate = desk.folder / "there"
    desk.loader.request("current", [w(f"absent:{gate}")])
    desk.until_told(w(f"absent:{gate}"))
    assert desk.loader.failure(f"absent:{gate}") == Failure("missing", "as told")
    gate.touch()
    desk.loader.request("current", [])
    desk.loader.request("current", [w(f"absent:{gate}")])
    desk.until(lambda: len(desk.arrived) == 1)

    assert desk.loader.failure(f"absent:{gate}") is None


@pytest.mark.parametrize("path", ["a\0b", "a" * 5000, "\ud800"])
def test_what_cannot_be_a_path_is_missing(desk: Desk, path: str) -> None:
    desk.loader.request("current", [w(path)])
    assert desk.failed == []
    desk.until_told(w(path))

    assert desk.failed == [(w(path), Failure("missing", "no file is called that"))]
    assert desk.asked == []


def test_a_crash_is_retried_once_and_then_blamed_on_the_file(desk: Desk) -> None:
    desk.loader.request("current", [w("crash:a")])
    desk.loader.request("prefetch", [w("b")])
    desk.until_told(w("crash:a"), w("b"))

    assert [failure.reason for _, failure in desk.failed] == ["crashed"]
    assert desk.asked.count("picture crash:a") == 2
    desk.loader.request("current", [])
    desk.loader.request("current", [w("crash:a")])
    desk.until(lambda: len(desk.failed) == 2)
    assert desk.asked.count("picture crash:a") == 3  # which only looked whether it has changed
    assert desk.loader.failure("crash:a") == desk.failed[1][1]


def test_a_crash_that_does_not_repeat_is_never_noticed(desk: Desk) -> None:
    request = w(f"once:{desk.folder / 'marker'}")
    desk.loader.request("current", [request])
    desk.until_told(request)

    assert (len(desk.arrived), desk.failed) == (1, [])
    assert desk.loader.failure(request.path) is None


def test_nonsense_counts_as_a_crash(desk: Desk) -> None:
    desk.loader.request("current", [w("nonsense:a")])
    desk.until_told(w("nonsense:a"))

    assert [failure.reason for _, failure in desk.failed] == ["crashed"]


def test_a_suspect_is_tried_again_after_everything_else(desk: Desk) -> None:
    desk.loader.request("prefetch", [w("crash:a"), *(w(f"slide {number}") for number in range(5))])
    desk.until_told(w("crash:a"))

    assert desk.asked == ["picture crash:a", *(f"picture slide {number}" for number in range(5)), "picture crash:a"]


@pytest.mark.parametrize("path", ["hang:a", "mute:a"])
def test_a_picture_that_takes_too_long_is_told_at_the_deadline_and_tried_once_more(desk: Desk, path: str) -> None:
    desk.loader.request("current", [w(path)])
    desk.until(lambda: len(desk.asked) == 1)
    pass_deadlines(desk.pool, desk.pool.pids)
    desk.until_told(w(path))
    desk.until(lambda: len(desk.asked) == 2)
    pass_deadlines(desk.pool, desk.pool.pids)
    desk.until(lambda: desk.pool.busy == 0)

    assert [failure.reason for _, failure in desk.failed] == ["too-slow"]
    desk.loader.request("current", [w("b")])
    desk.until_told(w("b"))
    assert desk.asked == [f"picture {path}", f"picture {path}", "picture b"]


def test_a_picture_that_is_late_only_once_arrives_after_all(desk: Desk) -> None:
    marker = desk.folder / "marker"
    request = w(f"late:{marker}")
    desk.loader.request("current", [request])
    desk.until(marker.exists)
    pass_deadlines(desk.pool, desk.pool.pids)
    desk.until(lambda: len(desk.arrived) == 1)

    assert [failure.reason for _, failure in desk.failed] == ["too-slow"]
    assert desk.loader.failure(request.path) is None


def test_a_stopped_worker_costs_one_deadline(desk: Desk) -> None:
    gate, behind = desk.gate("open")
    desk.loader.request("current", [w(behind + "a")])
    desk.until(lambda: len(desk.asked) == 1)
    stopped = desk.pool.pids[0]
    os.kill(stopped, signal.SIGSTOP)
    gate.touch()
    pass_deadlines(desk.pool, [stopped])
    desk.until(lambda: len(desk.arrived) == 1)

    assert [failure.reason for _, failure in desk.failed] == ["too-slow"]


def test_killing_every_worker_loses_nothing(desk: Desk) -> None:
    desk.reopen(workers=3)
    gate, behind = desk.gate("open")
    desk.loader.request("current", [w(behind + "a")])
    desk.loader.request("prefetch", [w(behind + "b")])
    desk.until(lambda: len(desk.asked) == 2)
    for pid in desk.pool.pids:
        os.kill(pid, signal.SIGKILL)
    gate.touch()
    desk.until_told(w(behind + "a"), w(behind + "b"))

    assert desk.failed == []


def test_workers_that_cannot_start_are_told_as_such(desk: Desk) -> None:
    desk.loader.close()
    desk.start = lambda: WorkerProcess.start(stand_in("sys.exit(3)"))  # type: ignore[method-assign]  # no worker at all
    desk.open()
    desk.loader.request("current", [w("a")])
    desk.until_told(w("a"))

    assert [failure.reason for _, failure in desk.failed] == ["no-worker"]


def test_a_program_that_is_missing_is_told_as_such(desk: Desk) -> None:
    desk.loader.close()
    desk.start = lambda: WorkerProcess.start(["/nowhere/python"])  # type: ignore[method-assign]  # no worker at all
    desk.open()
    desk.loader.request("current", [w("a")])
    desk.until_told(w("a"))

    assert [failure.reason for _, failure in desk.failed] == ["no-worker"]


def test_after_forgetting_everything_is_decoded_anew(desk: Desk) -> None:
    desk.loader.request("current", [w("a")])
    desk.loader.request("prefetch", [w("damaged:b")])
    desk.until_told(w("a"), w("damaged:b"))
    desk.loader.forget()
    assert desk.loader.picture(w("a")) is None
    assert desk.loader.failure("damaged:b") is None
    desk.until(lambda: len(desk.told) == 4)

    assert sorted(desk.asked) == ["picture a"] * 2 + ["picture damaged:b"] * 2


def test_a_version_asked_for_before_forgetting_is_not_believed(desk: Desk) -> None:
    gate, behind = desk.gate("open")
    desk.loader.request("current", [w(behind + "a")])
    desk.until(lambda: len(desk.asked) == 1)
    desk.loader.forget()
    gate.touch()
    desk.until_told(w(behind + "a"))
    desk.until(lambda: desk.pool.busy == 0)

    assert len(desk.asked) == 2
    assert desk.told == [w(behind + "a")]


def test_a_rough_thumbnail_comes_first_and_a_better_one_when_all_have_one(desk: Desk) -> None:
    small = Box(256, 256)
    requests = [w(f"rough:{number}", small) for number in range(3)]
    desk.loader.request("thumbnail", requests)
    desk.until(lambda: len(desk.arrived) == 6)
    first, last = desk.arrived[:3], desk.arrived[3:]

    assert {request for request, _ in first} == {request for request, _ in last} == set(requests)
    assert {picture.image.width() for _, picture in first} == {60}
    assert {picture.image.width() for _, picture in last} == {256}
    assert len(desk.asked) == 6
    desk.loader.request("thumbnail", requests)
    desk.loader.request("current", [w("a")])
    desk.until_told(w("a"))
    assert len(desk.asked) == 7


def test_a_rough_thumbnail_is_made_better_when_it_is_requested_again(desk: Desk) -> None:
    request, (gate, behind) = w("rough:a", Box(256, 256)), desk.gate("later")
    others = [w(f"{behind}{number}", Box(256, 256)) for number in range(2)]
    desk.loader.request("thumbnail", [request, *others])
    desk.until_told(request)
    desk.loader.request("thumbnail", [])
    gate.touch()
    desk.until(lambda: desk.pool.busy == 0)
    rough = desk.loader.picture(request)
    assert rough is not None
    assert rough.image.width() == 60
    desk.loader.request("thumbnail", [request])
    desk.until(lambda: (held := desk.loader.picture(request)) is not None and held.image.width() == 256)


def test_a_damaged_picture_with_a_rough_thumbnail_is_told_of_once(desk: Desk) -> None:
    request = w("sketch:a", Box(256, 256))
    desk.loader.request("thumbnail", [request])
    desk.until(lambda: bool(desk.failed))
    desk.loader.request("thumbnail", [request, w("a", Box(256, 256))])
    desk.until_told(w("a", Box(256, 256)))

    assert [failure.reason for _, failure in desk.failed] == ["damaged"]
    assert desk.asked.count("thumbnail sketch:a") == 2
    assert desk.loader.failure("sketch:a") is not None


def test_a_jump_among_photos_with_small_ones_in_them_is_answered_with_that_of_the_slide_first(desk: Desk) -> None:
    desk.reopen(workers=3)
    gate, small = desk.folder / "gate", Box(256, 256)
    known, there, other = w("rough:a", small), w(f"jump:{gate}|a", small), w("rough:b", small)
    desk.loader.request("thumbnail", [known])
    desk.until(lambda: (held := desk.loader.picture(known)) is not None and held.image.width() == 256)
    desk.loader.request("thumbnail", [known, w("rough:again", small)])
    desk.until(lambda: [line for line in desk.asked if "again" in line] == 2 * ["thumbnail rough:again"])
    desk.until(lambda: desk.pool.busy == 0)
    desk.loader.request("current", [w(there.path)])
    desk.loader.request("thumbnail", [other, there])
    desk.until_told(there)

    assert desk.loader.best(there.path) is desk.loader.picture(there)
    gate.touch()
    desk.until_told(w(there.path), other)
    assert desk.asked.index(f"thumbnail {there.path}") < desk.asked.index("thumbnail rough:b")


def test_what_is_seen_in_passing_is_not_rough(desk: Desk) -> None:
    request = w("rough:a", Box(256, 256))
    desk.loader.request("preview", [request])
    desk.until_told(request)

    assert [picture.image.width() for _, picture in desk.arrived] == [256]


def test_pictures_and_thumbnails_have_budgets_of_their_own(desk: Desk) -> None:
    one = 300 * 200 * 4
    desk.loader.set_budgets(one * 8 // 3, 128 * 85 * 4)  # three quarters are for stills: room for two
    for number in range(4):
        desk.loader.request("thumbnail", [w(f"slide {number}", Box(128, 128))])
        desk.loader.request("current", [w(f"slide {number}")])
        desk.until_told(w(f"slide {number}"), w(f"slide {number}", Box(128, 128)))

    assert [desk.loader.picture(w(f"slide {number}")) is not None for number in range(4)] == [False, False, True, True]
    held = [desk.loader.picture(w(f"slide {number}", Box(128, 128))) is not None for number in range(4)]
    assert held == [False, False, False, True]


def test_the_frames_of_an_animation_do_not_push_the_slides_out(desk: Desk) -> None:
    one = 300 * 200 * 4
    desk.loader.set_budgets(one * 4, 0)
    desk.loader.request("current", [w("film:a")])
    desk.loader.request("prefetch", [w("b"), w("c")])
    desk.until_told(w("film:a"), w("b"), w("c"))
    frames = [w("film:a", frame=number) for number in range(1, 9)]
    desk.loader.request("animation", frames)
    desk.until_told(*frames)

    assert all(desk.loader.picture(request) for request in (w("film:a"), w("b"), w("c")))
    assert desk.loader.picture(frames[-1]) is not None


def test_the_frames_of_an_animation_come_from_one_worker(desk: Desk) -> None:
    desk.reopen(workers=4)
    frames = [w("film:a", frame=number) for number in range(1, 9)]
    desk.loader.request("animation", frames)
    desk.loader.request("thumbnail", [w(f"slide {number}", Box(128, 128)) for number in range(8)])
    desk.until_told(*frames)

    makers = {line.split()[0] for line in desk.log.read_text().splitlines() if "film:a" in line}
    assert len(makers) == 1


def test_a_thousand_pictures_leave_nothing_behind(desk: Desk) -> None:
    desk.loader.set_budgets(4_000_000, 100_000)
    large = Box(600, 600)
    desk.loader.request("prefetch", [w(f"first {number}", large) for number in range(8)])
    desk.until(lambda: len(desk.told) == 8)
    before = len(list(Path("/proc/self/fd").iterdir()))
    for batch in range(20):
        requests = [w(f"slide {batch} {number}", large if number % 2 else CURRENT) for number in range(50)]
        desk.loader.request("prefetch", requests)
        desk.until_told(*requests)
        desk.arrived.clear()

    assert abs(len(list(Path("/proc/self/fd").iterdir())) - before) <= 8  # an old worker may not be reaped yet
    assert len(desk.pool.pids) == 2


def test_other_limits_count_at_once_and_what_was_refused_is_tried_again(tmp_path: Path, qtbot: QtBot) -> None:
    path, told = str(pictures.solid(tmp_path / "a.png", size=(1250, 1000))), list[object]()
    loader = Loader(Pool(workers=2))
    loader.access_policy.set_gallery(Gallery((Slide("a.png"),), tmp_path))
    loader.arrived.connect(lambda _request, picture: told.append(picture.source))
    loader.failed.connect(lambda _request, failure: told.append(failure.reason))
    try:
        assert not loader.set_limits(DEFAULT)
        for limits in (DEFAULT._replace(pixels=1_000_000), DEFAULT, DEFAULT._replace(side=1000)):
            assert loader.set_limits(limits)
            loader.request("current", [w(path)])
            qtbot.waitUntil(partial(_has, told, len(told) + 1), timeout=TIMEOUT_MS)
    finally:
        loader.close()

    assert told == ["too-many-pixels", Box(1250, 1000), "too-long-a-side"]


def _has(told: list[object], count: int) -> bool:
    return len(told) == count


def test_what_was_asked_under_other_limits_is_not_believed(desk: Desk) -> None:
    gate, waiting = desk.gate("open")
    desk.loader.request("current", [w(waiting + "a")])
    desk.until(lambda: len(desk.asked) == 1)
    desk.loader.set_limits(DEFAULT._replace(frames=5))
    gate.touch()
    desk.until_told(w(waiting + "a"))

    assert len(desk.arrived) == 1
    assert len(desk.asked) == 2


def test_a_bad_file_is_logged_once_however_often_its_gallery_is_read_again(
    desk: Desk, caplog: pytest.LogCaptureFixture,
) -> None:
    for times in (1, 2, 3):
        desk.loader.request("current", [])
        desk.loader.request("current", [w("damaged:a")])
        desk.until(lambda: len(desk.failed) >= times)  # noqa: B023 - asked within this turn
        desk.loader.forget()

    assert caplog.text.count("damaged:a") == 1
