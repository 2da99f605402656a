"""What an unattended show does after an end that nobody wanted, and before there is anything to show."""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from viewer.kiosk.gallery_wait import RETRY_MS
from viewer.kiosk.position import Position, read_position, write_position
from viewer.kiosk.set_aside import SetAsideSlide, identity_of, set_aside
from viewer.kiosk.set_aside_watch import LOOK_MS

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.fakes import ManualClock
    from tests.stories.kiosk_show import KioskShow

pytestmark = pytest.mark.story


def test_a_show_goes_on_with_the_slide_that_was_on_the_screen(
    unattended: Callable[..., KioskShow], manifest: Callable[..., Path], tmp_path: Path,
) -> None:
    gallery = manifest([3, 2, 1])  # it was another order when the position was kept
    write_position(tmp_path / "state", Position(1, "slide-3", "3.jpg", ""))
    show = unattended(gallery)
    show.waits_to_see(3)

    position = read_position(tmp_path / "state")
    assert position == Position(0, "slide-3", "3.jpg", str(tmp_path / "3.jpg"), os.getpid())


def test_a_show_that_is_ended_on_purpose_begins_anew(
    unattended: Callable[..., KioskShow], manifest: Callable[..., Path], tmp_path: Path,
) -> None:
    show = unattended(manifest([1, 2, 3]))
    show.waits_to_see(1)
    show.press(Qt.Key.Key_Right)
    show.waits_to_see(2)
    kept = read_position(tmp_path / "state")
    show.close()

    assert kept is not None
    assert kept.id == "slide-2"
    assert read_position(tmp_path / "state") is None


def test_a_slide_that_is_set_aside_is_not_shown_by_the_show_nor_by_hand_until_its_file_changes(
    unattended: Callable[..., KioskShow], manifest: Callable[..., Path], tmp_path: Path, clock: ManualClock,
) -> None:
    gallery, bad = manifest([1, 2, 3]), str(tmp_path / "2.jpg")
    set_aside(tmp_path / "state", SetAsideSlide("slide-2", "2.jpg", bad, "", time.time(), identity_of(bad)))
    write_position(tmp_path / "state", Position(1, "slide-2", "2.jpg", bad))
    show = unattended(gallery)
    show.waits_to_see(3)  # the next one
    show.press(Qt.Key.Key_Left)
    show.waits_to_see(1)
    show.press(Qt.Key.Key_Right)
    show.waits_to_see(3)

    os.utime(bad, ns=(1, 1))

    def is_back() -> bool:
        clock.advance(LOOK_MS // 4)
        show.turn()
        return show.program.session.count == 3

    show.until(is_back)


def test_a_gallery_that_is_not_there_is_waited_for_and_its_keeper_told(
    unattended: Callable[..., KioskShow], manifest: Callable[..., Path], tmp_path: Path, clock: ManualClock,
) -> None:
    gallery = manifest([1, 2])
    gallery.rename(tmp_path / "not-yet")
    show = unattended(gallery)
    assert not show.refusal
    show.until(lambda: "cannot be opened" in show.program.slide_view.accessibleDescription())
    assert show.program.slide_view.accessibleName() == "The pictures will be back soon"
    assert _writing(show)
    for _ in range(3):
        clock.advance(RETRY_MS)
        show.turn()

    (tmp_path / "not-yet").rename(gallery)

    def is_there() -> bool:
        clock.advance(RETRY_MS // 5)
        show.turn()
        return show.sees() == 1

    show.until(is_there)
    assert show.state == "playing"


def _writing(show: KioskShow) -> bool:
    """Whether anything is written on the screen."""
    image = show.program.slide_view.grab().toImage()
    return len({image.pixel(x, y) for x in range(0, image.width(), 2) for y in range(0, image.height(), 2)}) > 10


def test_a_folder_that_is_empty_offers_visitors_nothing_and_plays_when_it_is_filled(
    unattended: Callable[..., KioskShow], manifest: Callable[..., Path], tmp_path: Path,
) -> None:
    manifest([1])
    folder = tmp_path / "empty"
    folder.mkdir()
    show = unattended(folder)
    show.until(lambda: bool(show.program.slide_view.accessibleName()))
    assert "Open pictures…" not in [button.text() for button in show.window.findChildren(QPushButton)]

    (tmp_path / "1.jpg").rename(folder / "1.jpg")
    show.waits_to_see(1)
    assert show.state == "playing"
