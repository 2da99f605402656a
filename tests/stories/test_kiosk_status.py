from __future__ import annotations

import hashlib
import http.client
import logging
import time
from typing import TYPE_CHECKING, Final

import msgspec
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from tests.kiosk.prometheus_format import parsed
from tests.kiosk.test_status_server import free_port
from viewer import __version__
from viewer.kiosk.config import KioskConfig, ScreenConfig, StatusConfig
from viewer.kiosk.set_aside import SetAsideSlide, identity_of, set_aside
from viewer.kiosk.status import EVERY_S, OVERDUE_S, Status, read_status
from viewer.kiosk.status_reporter import SHORTEST_MS
from viewer.ui.kiosk.screen_keeper import QUIET_MS

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.fakes import ManualClock
    from tests.stories.kiosk_show import KioskShow


QUIET: Final = KioskConfig(awake=False)
"""No lock is taken, which nothing here could hold."""


def written(show: KioskShow, folder: Path) -> Status:
    """The status on the disk."""
    assert show.kiosk.status.disk.wait(30)
    status = read_status(folder)
    assert status is not None
    return status


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where the kiosk of a test keeps its state."""
    return tmp_path / "state"


def waits_for_slide(show: KioskShow, number: int, clock: ManualClock) -> None:
    """The slide is painted, and the next status is due."""
    show.waits_to_see(number)
    show.until(show.is_painted)
    clock.advance(SHORTEST_MS)


def test_the_file_tells_the_keeper_how_the_show_is(
    unattended: Callable[..., KioskShow], manifest: Callable[..., Path], clock: ManualClock, folder: Path,
) -> None:
    path = manifest([1, 2, 3], interval=10)
    show = unattended(path)
    waits_for_slide(show, 1, clock)

    status = written(show, folder)

    assert (status.version, status.state, status.problems) == (__version__, "playing", ())
    assert (status.gallery.path, status.gallery.slides) == (str(path), 3)
    assert status.gallery.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    assert (status.slide.index, status.slide.id, status.slide.title) == (1, "slide-1", "Title 1")
    assert [screen.ours for screen in status.screens] == [True]
    assert status.memory.show > 20_000_000
    assert status.memory.workers > 1_000_000
    assert status.sandbox.layers.startswith("a process of its own")
    assert status.painted_age_s is not None
    assert list(folder.glob("status.json.*")) == []


def test_it_is_written_at_each_slide_but_once_a_second_at_most(
    unattended: Callable[..., KioskShow], manifest: Callable[..., Path], clock: ManualClock, folder: Path,
) -> None:
    show = unattended(manifest([1, 2, 3], interval=10))
    waits_for_slide(show, 1, clock)
    clock.advance(SHORTEST_MS)

    show.press(Qt.Key.Key_Right)
    show.waits_to_see(2)
    show.until(show.is_painted)
    show.turn()
    clock.advance(0)
    at_once = written(show, folder).slide.index
    show.press(Qt.Key.Key_Right)
    show.waits_to_see(3)
    show.until(show.is_painted)
    clock.advance(SHORTEST_MS - 1)
    not_yet = written(show, folder).slide.index
    clock.advance(1)

    assert (at_once, not_yet, written(show, folder).slide.index) == (2, 2, 3)


def test_it_is_written_every_few_seconds_while_nothing_happens(
    unattended: Callable[..., KioskShow], manifest: Callable[..., Path], clock: ManualClock, folder: Path,
) -> None:
    show = unattended(manifest([1], interval=1000))
    waits_for_slide(show, 1, clock)
    before = written(show, folder)

    clock.advance(EVERY_S * 1000)

    assert written(show, folder).clock_ms - before.clock_ms == EVERY_S * 1000


def test_a_folder_whose_manifest_was_broken_from_the_start_is_a_problem(
    unattended: Callable[..., KioskShow], manifest: Callable[..., Path], clock: ManualClock, folder: Path,
) -> None:
    path = manifest([1])
    path.write_bytes(bytes(300))
    show = unattended(path.parent)
    waits_for_slide(show, 1, clock)

    (said,) = written(show, folder).problems

    assert "gallery.json" in said


def test_a_gallery_whose_new_version_has_no_slides_is_a_problem(
    unattended: Callable[..., KioskShow], manifest: Callable[..., Path], clock: ManualClock, folder: Path,
) -> None:
    path = manifest([1])
    show = unattended(path, QUIET)
    waits_for_slide(show, 1, clock)
    path.write_text('{"format": "photo-manifest", "version": 1, "slides": []}')
    show.program.gallery_watcher.reload()

    def is_told() -> bool:
        clock.advance(EVERY_S * 1000)
        return "no slides" in written(show, folder).gallery.problem

    show.until(is_told)
    assert show.program.session.count == 1  # the last good one plays on


def test_a_gallery_that_is_away_is_told_until_it_is_back(
    unattended: Callable[..., KioskShow], manifest: Callable[..., Path], clock: ManualClock, folder: Path,
) -> None:
    path = manifest([1])
    show = unattended(path, QUIET)
    waits_for_slide(show, 1, clock)

    def is_told(away: bool) -> bool:
        show.program.gallery_watcher.look()
        clock.advance(EVERY_S * 1000)
        return written(show, folder).gallery.away is away

    away = path.rename(path.with_name("away"))
    show.until(lambda: is_told(away=True))
    status = written(show, folder)
    assert status.gallery.away_since
    assert "is not there. The show goes on" in status.problems[0]

    away.rename(path)
    show.until(lambda: is_told(away=False))
    assert written(show, folder).problems == ()


def test_a_mirror_whose_screen_is_not_connected_is_a_problem(
    unattended: Callable[..., KioskShow], manifest: Callable[..., Path], clock: ManualClock, folder: Path,
) -> None:
    screens = ScreenConfig(name=QGuiApplication.primaryScreen().name()), ScreenConfig(name="DP-9", mirror=True)
    show = unattended(manifest([1]), KioskConfig(screen=screens, awake=False))
    waits_for_slide(show, 1, clock)
    clock.advance(QUIET_MS)
    clock.advance(EVERY_S * 1000)

    assert written(show, folder).problems == ("The screen DP-9 is not connected.",)


def test_a_slide_that_fails_and_a_gallery_that_breaks_are_problems_until_they_are_mended(
    unattended: Callable[..., KioskShow], manifest: Callable[..., Path], clock: ManualClock, folder: Path,
) -> None:
    path = manifest([1, 2], interval=10, transition="cut")
    picture = path.with_name("1.jpg")
    good = picture.read_bytes()
    picture.write_bytes(b"nothing")
    show = unattended(path, QUIET)

    def has_failed() -> bool:
        clock.advance(SHORTEST_MS)
        return bool(written(show, folder).failed)

    show.until(has_failed)
    text = path.read_text()
    path.write_text("{ broken")
    show.program.gallery_watcher.reload()
    show.until(lambda: bool(show.kiosk.status._problem))
    clock.advance(SHORTEST_MS)
    ill = written(show, folder)

    picture.write_bytes(good)
    path.write_text(text)
    show.program.gallery_watcher.reload()

    def is_mended() -> bool:
        clock.advance(SHORTEST_MS)
        return not written(show, folder).problems

    show.until(is_mended)

    assert [slide.id for slide in ill.failed] == ["slide-1"]
    assert "gallery.json" in ill.gallery.problem
    assert len(ill.problems) == 2


def test_a_place_that_cannot_be_written_stops_nothing_and_is_said_once(
    unattended: Callable[..., KioskShow], manifest: Callable[..., Path], clock: ManualClock, folder: Path,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.INFO)
    folder.write_text("a file where the folder should be")
    show = unattended(manifest([1, 2, 3], interval=10, transition="cut"), QUIET)
    waits_for_slide(show, 1, clock)

    for number in (2, 3, 1):
        clock.advance(10_000)
        waits_for_slide(show, number, clock)
    assert show.kiosk.status.disk.wait(30)
    clock.advance(EVERY_S * 1000)
    said = [record.message for record in caplog.records if str(folder) in record.message]

    assert len([sentence for sentence in said if sentence.startswith("The status cannot be written")]) == 1
    assert len([sentence for sentence in said if sentence.startswith("The play log cannot be written")]) == 1
    assert show.kiosk.status.reporter.snapshot.status.problems == (show.kiosk.status.play_log.problem,)


def test_a_slide_that_is_set_aside_is_named_as_long_as_that_counts(
    unattended: Callable[..., KioskShow], manifest: Callable[..., Path], clock: ManualClock, folder: Path,
) -> None:
    path = manifest([1, 2, 3], interval=10)
    picture = str(path.with_name("2.jpg"))
    for number, identity in ((3, None), (2, identity_of(picture))):  # the file of the first has changed since
        set_aside(folder, SetAsideSlide(f"slide-{number}", f"{number}.jpg", picture, "It ended the show.", time.time(),
                                        identity))
    show = unattended(path, QUIET)
    waits_for_slide(show, 1, clock)

    status = written(show, folder)

    assert [slide.id for slide in status.set_aside] == ["slide-2"]
    assert "slide-2" in status.problems[0]


def test_it_can_be_read_over_http_where_the_keeper_says_so_and_tells_when_the_show_is_frozen(
    unattended: Callable[..., KioskShow], manifest: Callable[..., Path], clock: ManualClock,
) -> None:
    port = free_port()

    def ask(path: str) -> tuple[int, bytes]:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        connection.request("GET", path)
        response = connection.getresponse()
        body = response.read()
        connection.close()
        return response.status, body

    config = KioskConfig(status=StatusConfig(address=f"127.0.0.1:{port}"))
    show = unattended(manifest([1, 2, 3], interval=10), config)
    waits_for_slide(show, 1, clock)
    server = show.kiosk.status.server
    assert server is not None
    assert server.is_serving.wait(30)

    _, body = ask("/status.json")
    _, metrics = ask("/metrics")
    health, _ = ask("/health")
    show.kiosk.status.reporter.close()  # as if the window's event loop stood still
    clock._now += (EVERY_S + OVERDUE_S) * 1000
    frozen, _ = ask("/health")

    assert msgspec.json.decode(body, type=Status).slide.id == "slide-1"
    assert parsed(metrics.decode())["liftoff_slide_number"].samples == {"": 1.0}
    assert (health, frozen) == (200, 503)


def test_a_black_or_paused_screen_may_stand_still(
    unattended: Callable[..., KioskShow], manifest: Callable[..., Path], clock: ManualClock,
) -> None:
    show = unattended(manifest([1, 2, 3], interval=10))
    waits_for_slide(show, 1, clock)
    reporter = show.kiosk.status.reporter

    playing = reporter.snapshot.due_ms
    show.press(Qt.Key.Key_Space)
    clock.advance(SHORTEST_MS)
    paused = reporter.snapshot.due_ms
    show.press(Qt.Key.Key_Space)
    show.program.slide_view.blank(True)
    clock.advance(SHORTEST_MS)

    assert playing is not None
    assert playing > clock.now()
    assert paused is None
    assert reporter.snapshot.due_ms is None


def test_the_status_has_no_field_that_nobody_documented(
    unattended: Callable[..., KioskShow], manifest: Callable[..., Path],
) -> None:
    show = unattended(manifest([1]))

    with pytest.raises(ValueError, match="no field"):
        show.kiosk.status.reporter.add("weather", str)
