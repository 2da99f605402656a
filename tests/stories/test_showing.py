"""Stories of a show that plays, in a window and in full screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from tests.mouse import release_buttons
from viewer.app.start import Start
from viewer.ui.window.pointer_activity import POINTER_IDLE_MS

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.fakes import ManualClock
    from tests.stories.conftest import Show

pytestmark = pytest.mark.story


def passes(show: Show, clock: ManualClock, milliseconds: int) -> None:
    """Wait for the slide to be painted, then let its time pass, crossfade and all."""
    show.until(show.is_painted)
    for _ in range(milliseconds // 50):
        clock.advance(50)
        show.turn()


def test_the_show_plays_through_all_pictures_and_begins_again(
    begin: Callable[..., Show], manifest: Callable[..., Path], clock: ManualClock,
) -> None:
    show = begin(manifest([1, 2, 3], interval=5), clock=clock)
    show.waits_to_see(1)
    show.press(Qt.Key.Key_F5)
    for number in (1, 2, 3, 1, 2):
        show.waits_for_place(f"{number} of 3")
        passes(show, clock, 2000)
        show.waits_to_see(number)
        passes(show, clock, 3000)


def test_pausing_holds_the_picture_and_the_line(
    begin: Callable[..., Show], manifest: Callable[..., Path], clock: ManualClock,
) -> None:
    show = begin(manifest([1, 2], interval=10), clock=clock)
    show.waits_to_see(1)
    show.press(Qt.Key.Key_F5)
    passes(show, clock, 4000)
    show.press(Qt.Key.Key_Space)
    before = show.program.player.progress
    clock.advance(60_000)
    show.turn()

    assert 0.3 < before < 0.5
    assert show.program.player.progress == before
    assert show.sees() == 1
    show.press(Qt.Key.Key_Space)
    passes(show, clock, 7000)
    show.until(lambda: show.place == "2 of 2")


def test_paging_by_hand_gives_the_new_picture_its_full_time(
    begin: Callable[..., Show], manifest: Callable[..., Path], clock: ManualClock,
) -> None:
    show = begin(manifest([1, 2, 3], interval=10), clock=clock)
    show.waits_to_see(1)
    show.press(Qt.Key.Key_F5)
    passes(show, clock, 9000)
    show.press(Qt.Key.Key_Right)
    show.waits_to_see(2)
    passes(show, clock, 9000)

    assert show.place == "2 of 3"


def test_a_show_that_stops_at_the_end_says_so(
    begin: Callable[..., Show], manifest: Callable[..., Path], clock: ManualClock,
) -> None:
    show = begin(manifest([1, 2], interval=5, loop=False), clock=clock, how=Start(overrides={"show/end": "stop"}))
    show.waits_to_see(1)
    show.press(Qt.Key.Key_F5)
    passes(show, clock, 5000)
    passes(show, clock, 2000)
    show.waits_to_see(2)
    passes(show, clock, 3100)

    assert show.state == "stopped"
    assert show.program.central.toast.text() == "That was the last picture."


def test_escape_ends_the_show_then_leaves_full_screen_then_does_nothing(
    begin: Callable[..., Show], manifest: Callable[..., Path],
) -> None:
    show = begin(manifest([1, 2]), how=Start(fullscreen=True, play=True))
    show.until(lambda: show.state == "playing")
    assert show.window.isFullScreen()

    show.press(Qt.Key.Key_Escape)
    assert show.state == "stopped"
    assert show.window.isFullScreen()
    show.press(Qt.Key.Key_Escape)
    assert not show.window.isFullScreen()
    show.press(Qt.Key.Key_Escape)
    assert show.window.isVisible()


def test_full_screen_shows_the_picture_beside_its_caption_and_gives_the_window_back(
    begin: Callable[..., Show], manifest: Callable[..., Path],
) -> None:
    show = begin(manifest([5, 6]))
    show.waits_to_see(5)
    before = show.window.size()
    show.press(Qt.Key.Key_F11)
    show.until(lambda: show.program.central.panel.isVisible())
    show.waits_to_see(5)
    assert show.program.central.panel.words.title == "Title 5"
    show.press(Qt.Key.Key_C)
    show.until(lambda: not show.program.central.panel.isVisible())
    show.waits_to_see(5)

    show.press(Qt.Key.Key_F11)
    show.until(lambda: show.window.size() == before)
    show.waits_to_see(5)


def test_a_clicker_works_without_set_up(
    begin: Callable[..., Show], manifest: Callable[..., Path], clock: ManualClock,
) -> None:
    show = begin(manifest([1, 2, 3]), clock=clock)
    show.waits_to_see(1)
    show.press(Qt.Key.Key_F5, Qt.Key.Key_PageDown, Qt.Key.Key_PageDown, Qt.Key.Key_PageUp)
    show.waits_to_see(2)
    show.press(Qt.Key.Key_Period)
    show.turn()
    assert show.pixels().pixelColor(200, 200).name() == "#000000"
    assert show.state == "paused"

    show.press(Qt.Key.Key_Period)
    show.waits_to_see(2)
    assert show.state == "playing"
    show.press(Qt.Key.Key_Escape)
    assert show.state == "stopped"


def test_a_window_of_400_by_300_still_shows_the_picture(
    begin: Callable[..., Show], manifest: Callable[..., Path],
) -> None:
    show = begin(manifest([9, 10]))
    show.waits_to_see(9)
    show.window.resize(400, 300)
    show.waits_to_see(9)
    show.press(Qt.Key.Key_Right)
    show.waits_to_see(10)
    assert show.program.slide_view.width() > 350

    show.window.resize(1280, 800)
    show.waits_to_see(10)


def test_looking_closely_pauses_the_show(
    begin: Callable[..., Show], manifest: Callable[..., Path], clock: ManualClock,
) -> None:
    show = begin(manifest([1, 2], interval=5), clock=clock)
    show.waits_to_see(1)
    show.press(Qt.Key.Key_F5, Qt.Key.Key_Plus)

    assert show.state == "paused"


def test_the_same_seed_gives_the_same_order(begin: Callable[..., Show], manifest: Callable[..., Path]) -> None:
    path = manifest(range(1, 9))
    orders = []
    for _ in range(2):
        show = begin(path, how=Start(shuffle_seed="7", overrides={"show/shuffle": True}))
        order = []
        for _ in range(8):
            order.append(show.program.session.index)
            show.press(Qt.Key.Key_Right)
        orders.append(order)
        show.close()

    assert orders[0] == orders[1]
    assert sorted(orders[0]) == list(range(8))
    assert orders[0] != list(range(8))


@pytest.mark.parametrize("full", [False, True])
def test_a_paused_show_says_so_until_it_goes_on_and_not_on_the_black_screen(
    begin: Callable[..., Show], manifest: Callable[..., Path], clock: ManualClock, *, full: bool,
) -> None:
    show = begin(manifest([1, 2], interval=60), clock=clock, how=Start(fullscreen=full, play=True))
    show.until(lambda: show.state == "playing")
    sign = show.program.central.indicator
    space, black = Qt.Key.Key_Space, Qt.Key.Key_Period
    for keys, seen in (([], False), ([space], True), ([black], False), ([black], True), ([space], False),
                       ([black], False), ([black], False)):
        show.press(*keys)
        assert sign.isVisible() is seen
    assert show.state == "playing"


def test_full_screen_is_left_by_the_button_that_says_so(
    begin: Callable[..., Show], manifest: Callable[..., Path],
) -> None:
    show = begin(manifest([1, 2]), how=Start(fullscreen=True))
    show.waits_to_see(1)
    release_buttons(show.window.windowHandle())
    bar = show.program.central.controls.bar
    edge = show.window.rect().topRight()
    for place in (edge, edge + QPoint(-2, 2)):
        QTest.mouseMove(show.window.windowHandle(), place)
    show.turn()
    assert bar.isVisible()
    QTest.mouseClick(bar.play_button, Qt.MouseButton.LeftButton)
    assert show.state == "playing"
    assert bar.play_button.text() == "Pause"

    QTest.mouseClick(bar.leave_button, Qt.MouseButton.LeftButton)
    assert not show.window.isFullScreen()
    assert not bar.isVisible()


def test_full_screen_says_once_how_it_is_left_and_no_longer_than_it_lasts(
    begin: Callable[..., Show], manifest: Callable[..., Path],
) -> None:
    show = begin(manifest([1, 2]))
    hint = show.program.central.hint
    assert not hint.isVisible()
    show.press(Qt.Key.Key_F11)
    assert hint.isVisible()
    assert hint.text() == "Esc or F11 leaves full screen."
    assert hint.geometry().bottom() < show.window.height() / 3
    show.press(Qt.Key.Key_Escape)
    assert not hint.isVisible()
    show.press(Qt.Key.Key_F11)
    assert not hint.isVisible()


@pytest.mark.parametrize("play", [False, True])
def test_a_start_in_full_screen_says_so_too_unless_it_is_an_unattended_show(
    begin: Callable[..., Show], manifest: Callable[..., Path], *, play: bool,
) -> None:
    show = begin(manifest([1, 2]), how=Start(fullscreen=True, play=play))

    assert show.program.central.hint.isVisible() is not play


def test_bars_and_pointer_leave_full_screen_together_and_come_back_with_a_movement(
    begin: Callable[..., Show], manifest: Callable[..., Path], clock: ManualClock,
) -> None:
    show = begin(manifest([1, 2]), clock=clock, how=Start(fullscreen=True))
    release_buttons(show.window.windowHandle())
    bar, edge = show.program.central.controls.bar, show.window.rect().bottomLeft()

    def seen() -> tuple[bool, bool]:
        return bar.isVisible(), QGuiApplication.overrideCursor() is None

    for step in range(1, 4):
        for place in (edge + QPoint(step, -2), edge + QPoint(step, -1)):
            QTest.mouseMove(show.window.windowHandle(), place)
        assert seen() == (True, True)
        clock.advance(POINTER_IDLE_MS)
        assert seen() == (False, False)
    show.press(Qt.Key.Key_F11)
    assert seen() == (False, True)
