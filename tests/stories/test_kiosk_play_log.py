from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt

from tests.fakes import WallClock
from tests.stories.test_kiosk_hours import CONFIG, EVENING, MORNING
from viewer.kiosk.play_record import PlayRecord, log_files, read_records
from viewer.kiosk.play_recorder import GLANCE_MS, PART_MS

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.fakes import ManualClock
    from tests.stories.kiosk_show import KioskShow

SLIDE_MS: Final = 10_000
"""Milliseconds of each slide of the galleries here."""


CUT: Final[dict[str, object]] = {"interval": SLIDE_MS / 1000, "transition": "cut"}


def logged(show: KioskShow) -> list[PlayRecord]:
    """What the play log has on the disk."""
    status = show.kiosk.status
    assert status.disk.wait(30)
    folder = status.play_log._folder
    return [record for file in log_files(folder) for record in read_records(file.path) if record is not None]


def waits_for_slide(show: KioskShow, number: int) -> None:
    show.waits_to_see(number)
    show.until(show.is_painted)


def plays_on(show: KioskShow, clock: ManualClock, number: int) -> None:
    """The slide's time is over, and the next one comes."""
    clock.advance(SLIDE_MS)
    waits_for_slide(show, number)


def test_each_slide_that_was_shown_is_on_the_disk_before_the_next_one_is_over(
    unattended: Callable[..., KioskShow], manifest: Callable[..., Path], clock: ManualClock,
) -> None:
    show = unattended(manifest([1, 2, 3], **CUT))
    waits_for_slide(show, 1)

    plays_on(show, clock, 2)
    (first,) = logged(show)
    plays_on(show, clock, 3)

    assert (first.slide, first.file, first.result, first.why) == ("slide-1", "1.jpg", "shown", "gallery")
    assert first.end_ms - first.start_ms == SLIDE_MS
    assert first.screen == show.window.screen().name()
    assert [(one.slide, one.result, one.why) for one in logged(show)][1:] == [("slide-2", "shown", "played")]


def test_what_a_visitor_pages_away_is_interrupted_and_what_nobody_saw_is_not_there(
    unattended: Callable[..., KioskShow], manifest: Callable[..., Path], clock: ManualClock,
) -> None:
    show = unattended(manifest([1, 2, 3, 4], **CUT))
    waits_for_slide(show, 1)

    clock.advance(SLIDE_MS // 2)
    show.press(Qt.Key.Key_Right)
    waits_for_slide(show, 2)
    clock.advance(GLANCE_MS - 1)
    show.press(Qt.Key.Key_Right)
    waits_for_slide(show, 3)
    clock.advance(GLANCE_MS)
    show.press(Qt.Key.Key_Right)
    waits_for_slide(show, 4)

    assert [(one.slide, one.result, one.why) for one in logged(show)] == [
        ("slide-1", "interrupted", "gallery"), ("slide-3", "interrupted", "visitor")]


def test_a_slide_that_cannot_be_shown_is_skipped_with_the_reason(
    unattended: Callable[..., KioskShow], manifest: Callable[..., Path], clock: ManualClock, tmp_path: Path,
) -> None:
    path = manifest([1, 2, 3], **CUT)
    (tmp_path / "2.jpg").write_bytes(b"no picture")
    show = unattended(path)
    waits_for_slide(show, 1)

    def has_passed_over_it() -> bool:
        clock.advance(100)
        return show.sees() == 3

    show.until(has_passed_over_it)

    assert [(one.slide, one.result) for one in logged(show)] == [
        ("slide-1", "shown"), ("slide-2", "skipped:unknown-format")]


def test_a_black_screen_shows_nothing_and_the_end_interrupts(
    unattended: Callable[..., KioskShow], manifest: Callable[..., Path], clock: ManualClock,
) -> None:
    show = unattended(manifest([1, 2], **CUT))
    waits_for_slide(show, 1)

    clock.advance(1000)
    show.program.slide_view.blank(True)
    clock.advance(2000)
    show.program.slide_view.blank(False)
    clock.advance(3000)
    show.close()

    assert [(one.slide, one.result, one.why, one.end_ms - one.start_ms) for one in logged(show)] == [
        ("slide-1", "interrupted", "gallery", 1000), ("slide-1", "interrupted", "lit", 3000)]


def test_a_slide_that_stays_for_hours_gets_a_line_each_hour(
    unattended: Callable[..., KioskShow], manifest: Callable[..., Path], clock: ManualClock,
) -> None:
    show = unattended(manifest([1], **CUT))
    waits_for_slide(show, 1)

    clock.advance(2 * PART_MS)

    assert [(one.result, one.why, one.end_ms - one.start_ms) for one in logged(show)] == [
        ("shown", "gallery", PART_MS), ("shown", "stayed", PART_MS)]


def test_another_version_of_the_gallery_is_another_hash(
    unattended: Callable[..., KioskShow], manifest: Callable[..., Path], clock: ManualClock,
) -> None:
    show = unattended(manifest([1, 2], **CUT))
    waits_for_slide(show, 1)
    plays_on(show, clock, 2)
    before = show.program.session.gallery

    manifest([1, 2, 3], **CUT)
    show.program.gallery_watcher.reload()
    show.until(lambda: show.program.gallery_swap.is_waiting)
    clock.advance(SLIDE_MS)
    show.until(lambda: show.program.session.gallery is not before)
    waits_for_slide(show, 1)
    plays_on(show, clock, 2)

    lines = logged(show)
    assert [(one.slide, one.result) for one in lines] == [
        ("slide-1", "shown"), ("slide-2", "shown"), ("slide-1", "shown")]
    assert lines[0].gallery == lines[1].gallery != lines[2].gallery


def test_the_hours_when_it_is_closed_count_for_nothing(
    unattended: Callable[..., KioskShow], manifest: Callable[..., Path], clock: ManualClock,
) -> None:
    wall = WallClock(clock, EVENING)
    show = unattended(manifest([1, 2], **CUT), CONFIG, wall)
    waits_for_slide(show, 1)

    clock.advance(3000)
    show.turn()
    clock.advance(12 * PART_MS)
    in_the_night = logged(show)
    wall.set(MORNING)

    def is_open() -> bool:
        clock.advance(500)
        return show.sees() == 1

    show.until(is_open)
    show.until(show.is_painted)
    plays_on(show, clock, 2)

    assert [(one.slide, one.result) for one in in_the_night] == [("slide-1", "interrupted")]
    assert in_the_night[0].end_ms - in_the_night[0].start_ms <= 3000
    assert [(one.slide, one.result) for one in logged(show)][1:] == [("slide-1", "shown")]
