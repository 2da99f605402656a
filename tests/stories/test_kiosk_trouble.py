"""An unattended show whose files are bad, vanish, come back, or are deleted."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt

from tests.pictures import numbered
from tests.stories.conftest import SIZE
from viewer.kiosk.config import KioskConfig, VisitorsConfig
from viewer.kiosk.deleted_pictures import MISSES

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.fakes import ManualClock
    from tests.stories.kiosk_show import KioskShow
    from viewer.show.displayed_slide import DisplayedSlide

pytestmark = pytest.mark.story

INTERVAL = KioskConfig(options={"show/interval": "2"})


def pass_time(show: KioskShow, clock: ManualClock, happened: Callable[[], bool]) -> None:
    """Let time pass until something has happened."""
    def has_happened() -> bool:
        clock.advance(100)
        return happened()

    show.until(has_happened)


def plays_on(show: KioskShow, clock: ManualClock, number: int) -> None:
    """Let time pass until that picture is on the screen."""
    pass_time(show, clock, lambda: show.sees() == number)


def spoil(folder: Path, *numbers: int) -> None:
    for number in numbers:
        (folder / f"{number}.jpg").write_bytes(b"not a picture")


def failures_on_screen(show: KioskShow) -> list[DisplayedSlide]:
    """Slides whose failure is displayed from now on."""
    seen: list[DisplayedSlide] = []
    show.program.view_model.displayed_changed.connect(
        lambda displayed: seen.append(displayed) if displayed.failure is not None else None)
    return seen


def test_bad_pictures_are_passed_over_and_nobody_sees_why(
    unattended: Callable[..., KioskShow], manifest: Callable[..., Path], clock: ManualClock, tmp_path: Path,
) -> None:
    path = manifest(range(1, 8))
    spoil(tmp_path, 2, 3, 6)
    (tmp_path / "5.jpg").unlink()
    show = unattended(path, INTERVAL)
    failed = failures_on_screen(show)

    for number in (1, 4, 7, 1, 4):
        plays_on(show, clock, number)

    assert failed == []
    assert {slide.file for slide in show.kiosk.status.reporter.status_now().failed} == {
        "2.jpg", "3.jpg", "5.jpg", "6.jpg"}


def test_a_visitor_who_pages_to_a_bad_picture_is_told_that_it_is_not_shown_and_nothing_of_files(
    unattended: Callable[..., KioskShow], manifest: Callable[..., Path], tmp_path: Path,
) -> None:
    path = manifest(range(1, 4))
    spoil(tmp_path, 2)
    show = unattended(path)
    show.waits_to_see(1)

    show.press(Qt.Key.Key_Right)

    show.until(lambda: show.program.view_model.displayed.failure is not None)
    show.until(lambda: show.program.slide_view.accessibleName() == "This picture cannot be shown at the moment")
    assert "2.jpg" not in show.program.slide_view.accessibleDescription()


def test_where_no_picture_can_be_shown_the_screen_says_so_until_one_is_mended(
    unattended: Callable[..., KioskShow], manifest: Callable[..., Path], clock: ManualClock, tmp_path: Path,
) -> None:
    path = manifest(range(1, 4))
    spoil(tmp_path, 1, 2, 3)
    show = unattended(path, INTERVAL)
    pass_time(show, clock, lambda: show.program.view_model.displayed.failure is not None)

    numbered(tmp_path / "2.jpg", 2, (SIZE.width, SIZE.height))

    plays_on(show, clock, 2)


def test_the_show_goes_on_with_what_it_has_while_the_stick_is_out_and_has_everything_when_it_is_back(
    unattended: Callable[..., KioskShow], manifest: Callable[..., Path], clock: ManualClock, tmp_path: Path,
) -> None:
    manifest(range(1, 5))
    stick = tmp_path / "stick"
    stick.mkdir()
    for file in [*tmp_path.glob("*.jpg"), tmp_path / "gallery.json"]:
        file.rename(stick / file.name)
    show = unattended(stick / "gallery.json", INTERVAL)
    plays_on(show, clock, 1)
    plays_on(show, clock, 2)
    failed = failures_on_screen(show)

    stick.rename(tmp_path / "away")
    for number in (1, 2, 1):
        plays_on(show, clock, number)
    (tmp_path / "away").rename(stick)

    for number in (3, 4, 1, 2):
        plays_on(show, clock, number)
    assert failed == []


def test_a_picture_that_is_deleted_leaves_the_screen(
    unattended: Callable[..., KioskShow], manifest: Callable[..., Path], clock: ManualClock, tmp_path: Path,
) -> None:
    show = unattended(manifest(range(1, 3)), KioskConfig(options={"show/interval": "3600"}))
    plays_on(show, clock, 1)

    (tmp_path / "1.jpg").unlink()

    plays_on(show, clock, 2)


def test_a_picture_of_a_stick_that_is_out_stays_on_the_screen(
    unattended: Callable[..., KioskShow], manifest: Callable[..., Path], clock: ManualClock, tmp_path: Path,
) -> None:
    show = unattended(manifest(range(1, 3)), KioskConfig(options={"show/interval": "3600"}))
    plays_on(show, clock, 1)
    misses: list[str] = []
    show.program.loader.missed.connect(misses.append)

    (tmp_path / "gallery.json").rename(tmp_path / "gallery.away")
    (tmp_path / "1.jpg").unlink()
    pass_time(show, clock, lambda: len(misses) > 2 * MISSES)

    assert show.sees() == 1


def test_a_show_that_begins_again_after_a_visit_passes_over_a_bad_first_picture(
    unattended: Callable[..., KioskShow], manifest: Callable[..., Path], clock: ManualClock, tmp_path: Path,
) -> None:
    path = manifest(range(1, 5))
    spoil(tmp_path, 1)
    soon = VisitorsConfig(idle=10, countdown=5)
    show = unattended(path, KioskConfig(options={"show/interval": "3600"}, visitors=soon))
    failed = failures_on_screen(show)
    plays_on(show, clock, 2)

    show.press(Qt.Key.Key_Right)
    show.waits_to_see(3)

    plays_on(show, clock, 2)
    assert show.state == "playing"
    assert failed == []


def test_a_new_version_is_shown_at_once_where_no_slide_but_the_current_one_is_valid(
    unattended: Callable[..., KioskShow], manifest: Callable[..., Path],
) -> None:
    path = manifest(range(1, 4))
    content = json.loads(path.read_text())
    for slide in content["slides"][1:]:
        slide["valid"] = {"until": "2000-01-01"}
    path.write_text(json.dumps(content))
    show = unattended(path, INTERVAL)
    show.waits_to_see(1)
    content["slides"][0]["caption"] = "New words"
    path.write_text(json.dumps(content))
    show.program.gallery_watcher.look()

    show.until(lambda: show.program.central.panel.words.caption == "New words")


def test_a_new_version_without_slides_leaves_the_last_good_one_on_the_screen_and_is_told(
    unattended: Callable[..., KioskShow], manifest: Callable[..., Path], clock: ManualClock,
) -> None:
    path = manifest([1, 2])
    show = unattended(path, INTERVAL)
    show.waits_to_see(1)
    path.write_text(json.dumps({"format": "photo-manifest", "version": 1, "slides": []}))
    show.program.gallery_watcher.look()
    pass_time(show, clock, lambda: "no slides" in show.kiosk.status.reporter.status_now().gallery.problem)

    for number in (2, 1, 2):
        plays_on(show, clock, number)
