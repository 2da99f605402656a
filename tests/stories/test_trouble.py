"""Stories in which something goes wrong outside the program."""

from __future__ import annotations

import os
import signal
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt

from tests.deadlines import pass_deadlines
from tests.pictures import numbered
from tests.stories.conftest import SIZE
from viewer.app.start import Start
from viewer.imaging.client.picture import PictureRequest
from viewer.imaging.protocol.messages import THUMBNAIL_SIDE, Box
from viewer.show.picture_watcher import SETTLE_MS, WATCH_MS
from viewer.show.slide_view_model import RETRY_MS

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.fakes import ManualClock
    from tests.stories.conftest import Show

pytestmark = pytest.mark.story

RIGHT = Qt.Key.Key_Right


def test_decoders_that_are_killed_cost_nothing_that_can_be_seen(
    begin: Callable[..., Show], manifest: Callable[..., Path],
) -> None:
    show = begin(manifest(range(1, 21)))
    show.waits_to_see(1)
    killed = show.program.pool.pids
    for pid in killed:
        os.kill(pid, signal.SIGKILL)
    show.press(Qt.Key.Key_End)
    show.waits_to_see(20)
    show.press(Qt.Key.Key_Left)
    show.waits_to_see(19)

    assert not set(killed) & set(show.program.pool.pids)


def test_a_decoder_that_was_stopped_is_replaced_after_its_deadline(
    begin: Callable[..., Show], manifest: Callable[..., Path],
) -> None:
    show = begin(manifest(range(1, 31)))
    show.waits_to_see(1)
    stopped = show.program.pool.pids
    for pid in stopped:
        os.kill(pid, signal.SIGSTOP)
    show.press(Qt.Key.Key_End)

    def is_seen_after_deadlines() -> bool:
        pass_deadlines(show.program.pool, stopped)
        return show.sees() == 30

    show.until(is_seen_after_deadlines)
    for number in range(30, 15, -1):
        show.waits_to_see(number)
        show.press(Qt.Key.Key_Left)

    assert set(stopped) - set(show.program.pool.pids)


def test_a_manifest_that_is_replaced_while_it_is_shown_is_taken_over_and_the_slide_kept(
    begin: Callable[..., Show], manifest: Callable[..., Path],
) -> None:
    show = begin(manifest([1, 2, 3]))
    show.press(RIGHT)
    show.waits_to_see(2)
    manifest([7, 1, 2, 3])
    show.until(lambda: show.place == "3 of 4")
    show.waits_to_see(2)


def test_while_the_show_plays_a_new_manifest_waits_for_the_slides_end(
    begin: Callable[..., Show], manifest: Callable[..., Path],
) -> None:
    show = begin(manifest([1, 2, 3], interval=600), how=Start(play=True))
    show.waits_to_see(1)
    manifest([1, 2, 3, 4], interval=600)
    show.program.gallery_watcher.look()
    show.until(lambda: show.program.gallery_swap.is_waiting)
    assert show.place == "1 of 3"

    show.press(RIGHT)
    show.until(lambda: show.place == "2 of 4")


def test_a_broken_new_manifest_is_reported_and_the_old_gallery_kept(
    begin: Callable[..., Show], manifest: Callable[..., Path],
) -> None:
    path = manifest([1, 2, 3])
    show = begin(path)
    show.waits_to_see(1)
    path.write_text("{ this is no longer a gallery")
    show.until(lambda: "gallery.json" in show.program.central.toast.text())

    show.press(RIGHT)
    show.waits_to_see(2)
    assert show.place == "2 of 3"


def test_a_file_that_comes_back_is_shown_again(
    begin: Callable[..., Show], manifest: Callable[..., Path], tmp_path: Path,
) -> None:
    path = manifest([1, 2])
    (tmp_path / "2.jpg").unlink()
    show = begin(path)
    show.press(RIGHT)
    show.until(lambda: show.program.view_model.displayed.failure is not None)
    numbered(tmp_path / "2.jpg", 2, (SIZE.width, SIZE.height))
    show.press(RIGHT, RIGHT)
    show.waits_to_see(2)


def test_a_gallery_without_slides_says_what_to_do(begin: Callable[..., Show], manifest: Callable[..., Path]) -> None:
    show = begin(manifest([]))
    show.until(lambda: "Open a folder" in show.program.slide_view.accessibleDescription())

    show.press(RIGHT, Qt.Key.Key_F5, Qt.Key.Key_1, Qt.Key.Key_R, Qt.Key.Key_F11, Qt.Key.Key_Escape)
    assert show.window.isVisible()


def test_a_folder_that_is_not_there_is_refused_in_one_sentence(begin: Callable[..., Show], tmp_path: Path) -> None:
    show = begin(tmp_path / "nowhere")

    assert "nowhere" in show.refusal
    assert show.refusal.count("\n") == 0


def test_a_screen_that_is_not_there_is_refused_by_name(
    begin: Callable[..., Show], manifest: Callable[..., Path],
) -> None:
    show = begin(manifest([1]), how=Start(screen="HDMI-9"))

    assert "HDMI-9" in show.refusal


def replace(path: Path, number: int) -> None:
    """As editors and synchronizers do it: another file takes its place."""
    numbered(path.with_name("fresh.jpg"), number, (SIZE.width, SIZE.height)).replace(path)


def overwrite(path: Path, number: int) -> None:
    """As a copy does it: the same file has another content."""
    path.write_bytes(numbered(path.with_name("fresh.jpg"), number, (SIZE.width, SIZE.height)).read_bytes())


@pytest.mark.parametrize("change", [replace, overwrite])
@pytest.mark.parametrize("how", [Start(), Start(fullscreen=True, play=True)])
def test_a_picture_that_is_replaced_is_seen_and_its_thumbnail_too(
    begin: Callable[..., Show], manifest: Callable[..., Path], clock: ManualClock, how: Start,
    change: Callable[[Path, int], None],
) -> None:
    gallery = manifest([1, 2, 3])
    show = begin(gallery, how=how, clock=clock)
    show.waits_to_see(1)
    loader, first = show.program.loader, str(gallery.with_name("1.jpg"))
    thumbnail = PictureRequest(first, Box(THUMBNAIL_SIDE, THUMBNAIL_SIDE))
    before = loader.best(first)
    show.until(lambda: show.program.pool.is_idle and (how.fullscreen or loader.picture(thumbnail) is not None))
    change(gallery.with_name("1.jpg"), 7)
    clock.advance(WATCH_MS)
    show.waits_to_see(7)

    if not how.fullscreen:
        show.until(lambda: loader.picture(thumbnail) is not None)
        seen = loader.picture(thumbnail)
        assert seen is not None
        assert before is not None
        assert seen.identity != before.identity
    assert show.program.session.index == 0


def test_a_slide_that_was_replaced_while_another_one_was_shown_is_seen_as_it_is_now(
    begin: Callable[..., Show], manifest: Callable[..., Path], clock: ManualClock,
) -> None:
    gallery = manifest([1, 2, 3])
    show = begin(gallery, clock=clock)
    show.waits_to_see(1)
    show.press(RIGHT)
    show.waits_to_see(2)
    replace(gallery.with_name("1.jpg"), 7)
    show.press(Qt.Key.Key_Left)
    clock.advance(SETTLE_MS)

    show.waits_to_see(7)


def test_a_picture_that_is_deleted_stays_and_one_that_is_replaced_by_rubbish_gives_way_to_a_placeholder(
    begin: Callable[..., Show], manifest: Callable[..., Path], clock: ManualClock,
) -> None:
    gallery = manifest([1, 2, 3])
    show = begin(gallery, clock=clock)
    show.waits_to_see(1)
    looked: list[bool] = []
    show.program.loader.rechecked.connect(lambda _, could_be_read: looked.append(could_be_read))
    gallery.with_name("1.jpg").unlink()
    clock.advance(WATCH_MS)
    show.until(lambda: bool(looked))
    assert show.sees() == 1
    gallery.with_name("1.jpg").write_text("rubbish")

    def is_a_placeholder() -> bool:
        clock.advance(WATCH_MS)
        return show.program.view_model.displayed.failure is not None

    show.until(is_a_placeholder)
    numbered(gallery.with_name("1.jpg"), 7, (SIZE.width, SIZE.height))
    clock.advance(RETRY_MS)
    show.waits_to_see(7)
