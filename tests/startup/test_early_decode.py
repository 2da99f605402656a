from __future__ import annotations

import json
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest
from PySide6.QtCore import Qt

from tests.imaging.stand_ins import stand_in
from tests.pictures import numbered
from tests.shares import Share
from tests.stories.conftest import Show
from viewer.app.start import Start
from viewer.gallery import open as gallery_open
from viewer.imaging.client.loader import Loader
from viewer.imaging.client.picture import PictureRequest
from viewer.imaging.pool import worker_process
from viewer.imaging.pool.pool import Pool
from viewer.imaging.pool.read_access import AccessPolicy
from viewer.imaging.pool.worker_process import WorkerProcess
from viewer.imaging.protocol.messages import THUMBNAIL_SIDE, Box, Done, Failed
from viewer.imaging.thumbnails.writer import ThumbnailWriter
from viewer.locations import thumbnail_root
from viewer.startup.early_decode import (
    THREAD_NAME,
    EarlyDecode,
    Source,
    rows_in_view,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pytestqt.qtbot import QtBot

    from viewer.imaging.protocol.handshake import AllowedPaths
    from viewer.imaging.protocol.messages import Reply, Request
    from viewer.imaging.protocol.shared_memory import SharedBuffer

TIMEOUT_SECONDS = 30.0


def has_ended() -> None:
    """Wait until the thread has nothing more to ask the worker for, or no worker."""
    for thread in threading.enumerate():
        if thread.name == THREAD_NAME:
            thread.join(TIMEOUT_SECONDS)
            assert not thread.is_alive()


@pytest.fixture
def share() -> Iterator[Share]:
    made = Share()
    yield made
    made.answer()


@pytest.fixture
def early() -> Iterator[Callable[..., EarlyDecode]]:
    """Begin early; it ends after the test."""
    begun: list[EarlyDecode] = []

    def begin(*paths: Path, start: str = "", thumbnails: bool = False) -> EarlyDecode:
        begun.append(EarlyDecode(Source(paths, start), thumbnails=thumbnails))
        return begun[-1]

    yield begin
    for one in begun:
        one.end()
    has_ended()


@pytest.fixture
def begin(qtbot: QtBot) -> Iterator[Callable[..., Show]]:
    """Start the whole program, not waiting for the gallery."""
    shows: list[Show] = []

    def start(*paths: Path, how: Start | None = None, early: EarlyDecode | None = None) -> Show:
        shows.append(Show(qtbot, paths, how or Start(), None, wait=False, early=early))
        return shows[-1]

    yield start
    for show in shows:
        show.close()
        show.program.deleteLater()
        show.window.deleteLater()


def gallery(folder: Path, *numbers: int) -> Path:
    folder.mkdir(exist_ok=True)
    for number in numbers:
        numbered(folder / f"{number}.jpg", number, (600, 400))
    place = folder / "gallery.json"
    slides = [{"file": f"{number}.jpg", "id": f"slide-{number}", "title": f"Title {number}"} for number in numbers]
    place.write_text(json.dumps({"format": "photo-manifest", "version": 1, "slides": slides}))
    return place


def read(one: EarlyDecode) -> EarlyDecode:
    assert one.wait(TIMEOUT_SECONDS)
    return one


@pytest.mark.parametrize("make", [
    lambda folder: gallery(folder, 1, 2), lambda folder: gallery(folder, 1, 2).parent,
    lambda folder: gallery(folder / "deep" / "..", 1).parent,
])
def test_the_first_worker_is_told_to_read_where_the_workers_of_the_pool_are(
    early: Callable[..., EarlyDecode], tmp_path: Path, make: Callable[[Path], Path], monkeypatch: pytest.MonkeyPatch,
) -> None:
    """So that it need not be replaced."""
    (tmp_path / "deep").mkdir()
    monkeypatch.setenv("XDG_CACHE_HOME", f"{tmp_path}//cache/")
    one = read(early(make(tmp_path)))
    (worker,), _ = one.hand_over()
    told: list[AllowedPaths] = []
    assert one.opened is not None
    AccessPolicy(told.append, ThumbnailWriter(thumbnail_root()).root).set_gallery(one.opened.gallery)
    worker.kill()

    assert worker.wait(TIMEOUT_SECONDS)
    assert worker.allowed_paths is not None
    assert worker.allowed_paths.satisfies(told[0])


def test_the_gallery_is_read_and_its_first_picture_asked_for(early: Callable[..., EarlyDecode], tmp_path: Path) -> None:
    one = read(early(gallery(tmp_path, 1, 2)))
    assert one.opened is not None
    assert [slide.title for slide in one.opened.gallery.slides] == ["Title 1", "Title 2"]
    assert (one.index, one.refusal) == (0, "")

    workers, answered = one.hand_over()
    try:
        under_way = [worker.under_way for worker in workers if worker.under_way is not None]
        asked = [job.request for job in (*under_way, *(job for job, _ in answered))]
        assert [request.path for request in asked] == [str(tmp_path / "1.jpg")]
        assert one.hand_over() == ((), ())
    finally:
        for job, _ in answered:
            job.buffer.close()
        for worker in workers:
            worker.kill()
            worker.wait(TIMEOUT_SECONDS)


@pytest.mark.parametrize(("start", "index"), [("2", 1), ("slide-3", 2), ("3", 2)])
def test_it_starts_with_the_slide_that_was_asked_for(
    early: Callable[..., EarlyDecode], tmp_path: Path, start: str, index: int,
) -> None:
    one = read(early(gallery(tmp_path, 1, 2, 3), start=start))

    assert (one.index, one.refusal) == (index, "")


@pytest.mark.parametrize("start", ["0", "4", "-1", "nobody", "1.5", "9" * 5000, "\N{SUPERSCRIPT TWO}"])
def test_a_slide_that_is_not_there_is_refused(early: Callable[..., EarlyDecode], tmp_path: Path, start: str) -> None:
    one = read(early(gallery(tmp_path, 1, 2, 3), start=start))

    assert one.opened is None
    assert "Give a number from 1 to 3" in one.refusal


def test_what_no_disk_can_hold_is_refused_in_a_sentence(early: Callable[..., EarlyDecode], tmp_path: Path) -> None:
    one = read(early(tmp_path / ("a" * 300), tmp_path / "b.jpg"))

    assert one.opened is None
    assert "name is too long" in one.refusal


@pytest.mark.parametrize("error", [RecursionError, MemoryError, ValueError("deep")])
def test_an_error_that_no_reader_foresees_becomes_a_sentence_and_a_traceback_in_the_log(
    early: Callable[..., EarlyDecode], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: Exception,
    caplog: pytest.LogCaptureFixture,
) -> None:
    def fail(_source: object) -> None:
        raise error

    monkeypatch.setattr(gallery_open, "open_source", fail)
    one = read(early(gallery(tmp_path, 1)))

    assert one.opened is None
    assert one.refusal.startswith("The gallery cannot be opened: reading it failed (")
    assert "Traceback" in caplog.text


def test_without_a_program_to_decode_with_it_still_reads_the_gallery(
    early: Callable[..., EarlyDecode], tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sys, "executable", str(tmp_path / "no-python"))
    one = read(early(gallery(tmp_path, 1)))

    assert one.opened is not None
    assert one.hand_over() == ((), ())


# -- the thumbnails in view ---------------------------------------------------------------------------------------


class Kept(NamedTuple):
    """What an early start came to: the worker, ended, and all its answers."""

    worker: WorkerProcess
    answered: list[tuple[Request, Reply]]


def followed(one: EarlyDecode) -> Kept:
    """Wait until everything has been answered, then take over."""
    has_ended()
    (worker,), answered = one.hand_over()
    for job, _ in answered:
        job.buffer.close()
    worker.kill()
    assert worker.wait(TIMEOUT_SECONDS)
    return Kept(worker, [(job.request, reply) for job, reply in answered])


def test_a_window_s_thumbnails_follow_the_first_picture(
    early: Callable[..., EarlyDecode], tmp_path: Path,
) -> None:
    _, answered = followed(read(early(gallery(tmp_path, 1, 2, 3, 4), start="2", thumbnails=True)))

    assert [(request.kind, Path(request.path).stem) for request, _ in answered] == [
        ("picture", "2"), ("thumbnail", "3"), ("thumbnail", "1"), ("thumbnail", "4"), ("thumbnail", "2"),
    ]
    assert all(isinstance(reply, Done) for _, reply in answered)
    assert len({request.serial for request, _ in answered}) == 5


def test_thumbnails_that_are_kept_for_the_desktop_are_used_early_too(
    early: Callable[..., EarlyDecode], tmp_path: Path, qtbot: QtBot,
) -> None:
    place = gallery(tmp_path, 1, 2)
    writer = ThumbnailWriter(thumbnail_root())
    loader = Loader(Pool(), writer)
    request = PictureRequest(str(tmp_path / "2.jpg"), Box(THUMBNAIL_SIDE, THUMBNAIL_SIDE))
    with qtbot.waitSignal(loader.arrived, timeout=30_000):
        loader.request("thumbnail", [request])
    assert writer.done(30_000)
    loader.close()
    _, answered = followed(read(early(place, thumbnails=True)))

    assert [reply.from_cache for _, reply in answered[:2] if isinstance(reply, Done)] == [False, True]


def test_a_picture_that_is_damaged_does_not_keep_the_thumbnails_from_coming(
    early: Callable[..., EarlyDecode], tmp_path: Path,
) -> None:
    place = gallery(tmp_path, 1, 2)
    (tmp_path / "1.jpg").write_bytes(b"no picture at all")
    _, answered = followed(read(early(place, thumbnails=True)))

    assert [type(reply) for _, reply in answered[:2]] == [Failed, Done]


def test_a_worker_that_is_lost_early_is_not_handed_over(
    early: Callable[..., EarlyDecode], tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(worker_process, "worker_command", lambda: stand_in("asked()"))
    one = read(early(gallery(tmp_path, 1, 2), thumbnails=True))

    has_ended()
    assert one.hand_over() == ((), ())


@pytest.mark.parametrize(("index", "count", "rows"), [
    (0, 3, [0, 1, 2]), (2, 3, [2, 1, 0]), (0, 100, list(range(12))), (99, 100, list(range(99, 87, -1))),
    (50, 100, [50, 51, 49, 52, 48, 53, 47, 54, 46, 55, 45, 44]), (0, 1, [0]),
])
def test_the_rows_in_view_are_the_nearest_ones(index: int, count: int, rows: list[int]) -> None:
    assert rows_in_view(index, count) == rows


@pytest.mark.story
def test_what_was_made_before_there_was_a_window_is_not_made_again(
    begin: Callable[..., Show], tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[Request] = []
    send = WorkerProcess.send

    def noted(worker: WorkerProcess, request: Request, frame: SharedBuffer) -> None:
        asked.append(request)
        send(worker, request, frame)

    monkeypatch.setattr(WorkerProcess, "send", noted)
    one = read(EarlyDecode(Source((gallery(tmp_path, 1, 2, 3),)), thumbnails=True))
    has_ended()
    show = begin(early=one)
    show.waits_for_place("1 of 3")
    show.until(lambda: show.program.setup.is_done)
    requests = [PictureRequest(show.program.session.path_of(row), Box(THUMBNAIL_SIDE,
                                                                      THUMBNAIL_SIDE)) for row in range(3)]
    show.until(lambda: all(show.program.loader.picture(request) for request in requests))

    thumbnails = [request.path for request in asked if request.kind == "thumbnail"]
    assert sorted(thumbnails) == sorted(request.path for request in requests)
    assert show.program.writer.done(30_000)
    assert len(list((thumbnail_root() / "large").iterdir())) == 3


# -- the window, while the gallery is being read ------------------------------------------------------------------


@pytest.mark.story
def test_a_gallery_that_takes_its_time_does_not_delay_the_window(
    begin: Callable[..., Show], share: Share, tmp_path: Path,
) -> None:
    share.hang()
    show = begin(share.path(gallery(tmp_path, 7, 8)), how=Start(play=True))
    assert show.window.isVisible()
    assert show.program.slide_view.accessibleName() == "Loading…"
    assert show.place == ""

    show.press(Qt.Key.Key_Right, Qt.Key.Key_F5, Qt.Key.Key_Space, Qt.Key.Key_1, Qt.Key.Key_End)
    share.answer()
    show.waits_for_place("1 of 2")
    assert show.title == "Title 7"
    show.until(lambda: show.state == "playing")


@pytest.mark.story
def test_a_gallery_that_is_refused_late_becomes_a_placeholder_with_the_sentence(
    begin: Callable[..., Show], share: Share, tmp_path: Path,
) -> None:
    share.hang()
    show = begin(share.path(tmp_path / "nowhere.json"))
    share.answer()
    show.until(lambda: "there is no such file" in show.program.slide_view.accessibleDescription())

    assert "nowhere.json" in show.program.slide_view.accessibleDescription()
    show.press(Qt.Key.Key_Right, Qt.Key.Key_F5, Qt.Key.Key_E, Qt.Key.Key_Escape)
    assert show.window.isVisible()
    show.program.gallery_commands.open_paths([gallery(tmp_path / "other", 3)])
    show.waits_for_place("1 of 1")


@pytest.mark.story
def test_what_is_opened_meanwhile_is_not_replaced_by_a_gallery_that_comes_late(
    begin: Callable[..., Show], share: Share, tmp_path: Path,
) -> None:
    share.hang()
    show = begin(share.path(gallery(tmp_path / "slow", 1)))
    show.program.gallery_commands.open_paths([gallery(tmp_path / "quick", 2, 3)])
    show.waits_for_place("1 of 2")
    share.answer()
    assert show.early.wait(TIMEOUT_SECONDS)
    show.press(Qt.Key.Key_Right)
    show.waits_for_place("2 of 2")

    assert show.title == "Title 3"


@pytest.mark.story
def test_the_window_closes_though_the_gallery_is_still_being_read(
    begin: Callable[..., Show], share: Share, tmp_path: Path,
) -> None:
    share.hang()
    show = begin(share.path(gallery(tmp_path, 1)))
    show.close()
    assert share.is_hanging
    share.answer()
    assert show.early.wait(TIMEOUT_SECONDS)
    show.turn()

    assert show.program.session.count == 0


@pytest.mark.story
def test_a_decoder_that_cannot_be_started_is_said_where_the_picture_would_be(
    begin: Callable[..., Show], tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sys, "executable", str(tmp_path / "no-python"))
    show = begin(gallery(tmp_path, 1, 2))
    show.until(lambda: show.program.view_model.displayed.failure is not None)

    assert show.place == "1 of 2"
    assert show.program.slide_view.accessibleName() == "This picture can’t be shown"
    assert "Install" in show.program.slide_view.accessibleDescription()
