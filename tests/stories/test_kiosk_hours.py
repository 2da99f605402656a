"""Opening hours as visitors and a keeper see them: a black screen, and a show that is there in the morning."""

from __future__ import annotations

import datetime as dt
import json
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from tests.fakes import ManualClock, WallClock
from tests.stories.test_kiosk_visitors import plays_on_to
from viewer.kiosk.config import HoursConfig, KioskConfig, VisitorsConfig
from viewer.kiosk.opening import LOOK_MS
from viewer.kiosk.pin import hash_of
from viewer.ui.kiosk.corner_hold import HOLD_MS
from viewer.ui.kiosk.keypad import Keypad

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.stories.kiosk_show import KioskShow

PIN = "2468"
CONFIG = KioskConfig(pin=hash_of(PIN), hours=HoursConfig("Mo-Fr 09:00-18:00", "DE", "Europe/Berlin"),
                     visitors=VisitorsConfig(idle=5, countdown=5))
CTRL_ALT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
EVENING, NIGHT, MORNING = "2026-11-26T17:59:58+01:00", "2026-11-26T23:00:00+01:00", "2026-11-27T08:59:58+01:00"
HOUR_MS = 3_600_000


@pytest.fixture
def wall(clock: ManualClock) -> WallClock:
    return WallClock(clock, EVENING)


@pytest.fixture
def show(unattended: Callable[..., KioskShow], manifest: Callable[..., Path], wall: WallClock) -> KioskShow:
    begun = unattended(manifest([1, 2, 3]), CONFIG, wall)
    begun.waits_to_see(1)
    return begun


def is_black(show: KioskShow) -> bool:
    """Whether every pixel of the window is."""
    image = show.window.grab().toImage()
    return all(image.pixelColor(x, y).lightness() == 0
               for x in range(0, image.width(), 7) for y in range(0, image.height(), 7))


def dated(path: Path, index: int, valid: dict[str, str]) -> Path:
    """The same manifest, in which that slide is valid then."""
    content = json.loads(path.read_text())
    content["slides"][index]["valid"] = valid
    path.write_text(json.dumps(content))
    return path


def night(show: KioskShow, clock: ManualClock) -> None:
    clock.advance(3000)
    show.turn()
    assert is_black(show)


def test_it_goes_black_in_the_evening_and_the_first_slide_is_there_in_the_morning(
    show: KioskShow, clock: ManualClock, wall: WallClock,
) -> None:
    show.press(Qt.Key.Key_Right)
    show.waits_to_see(2)

    night(show, clock)
    assert show.state == "stopped"
    clock.advance(HOUR_MS)
    assert show.program.session.index == 0
    wall.set(MORNING)
    clock.advance(LOOK_MS)

    show.waits_to_see(1)
    assert show.state == "playing"
    plays_on_to(show, clock, 2)


def test_the_first_slide_is_seen_in_the_moment_of_opening(
    show: KioskShow, clock: ManualClock, wall: WallClock,
) -> None:
    night(show, clock)
    show.until(lambda: show.program.view_model.displayed.sharp)
    wall.set(MORNING)
    clock.advance(LOOK_MS)  # nothing is waited for from here on
    show.turn()
    assert show.sees() == 1


def test_it_starts_black_outside_its_hours_and_opens_by_itself(
    unattended: Callable[..., KioskShow], manifest: Callable[..., Path], clock: ManualClock, wall: WallClock,
) -> None:
    wall.set(NIGHT)
    show = unattended(manifest([1, 2, 3]), CONFIG, wall)
    show.turn()
    assert is_black(show)
    assert show.state == "stopped"
    clock.advance(HOUR_MS)
    show.turn()
    assert (is_black(show), show.program.session.index) == (True, 0)

    wall.set(MORNING)
    clock.advance(LOOK_MS)
    show.waits_to_see(1)
    assert show.state == "playing"


def test_nothing_a_visitor_does_lights_it_up(show: KioskShow, clock: ManualClock) -> None:
    night(show, clock)
    middle = QPoint(show.window.width() // 2, show.window.height() // 2)
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_B, Qt.Key.Key_Escape, Qt.Key.Key_L,
                Qt.Key.Key_Tab, Qt.Key.Key_3, Qt.Key.Key_F5, Qt.Key.Key_Period, Qt.Key.Key_P, Qt.Key.Key_MediaPlay):
        show.press(key)
        assert is_black(show)
    show.click(middle)
    QTest.mouseMove(show.native, middle + QPoint(90, 90))
    QTest.mouseMove(show.native, middle)
    QTest.touchEvent(show.native, QTest.createTouchDevice()).press(0, middle, show.native).commit()
    for _ in range(40):
        clock.advance(1000)
        show.turn()
        assert is_black(show), "nor is anything counted down"
    assert show.state == "stopped"
    assert show.program.session.index == 0


def test_the_keeper_gets_out_by_pin_while_it_is_closed(show: KioskShow, clock: ManualClock) -> None:
    night(show, clock)
    show.press(Qt.Key.Key_Q, modifiers=CTRL_ALT)
    (keypad,) = show.window.findChildren(Keypad)
    assert keypad.isVisible()
    show.press(*(Qt.Key(ord(digit)) for digit in PIN), Qt.Key.Key_Return)
    assert not show.window.isVisible()


def test_holding_the_corner_asks_for_the_pin_while_it_is_closed_and_what_is_left_alone_goes_black_again(
    show: KioskShow, clock: ManualClock,
) -> None:
    night(show, clock)
    QTest.mousePress(show.native, Qt.MouseButton.LeftButton, pos=QPoint(5, 5))
    clock.advance(HOLD_MS)
    QTest.mouseRelease(show.native, Qt.MouseButton.LeftButton, pos=QPoint(5, 5))
    (keypad,) = show.window.findChildren(Keypad)
    assert keypad.isVisible()
    clock.advance(60_000)
    show.turn()
    assert not keypad.isVisible()
    clock.advance(60_000)
    show.turn()
    assert is_black(show)


def test_a_clock_that_cannot_be_trusted_leaves_the_screen_lit_and_dated_slides_shown(
    unattended: Callable[..., KioskShow], manifest: Callable[..., Path], wall: WallClock,
) -> None:
    path = dated(manifest([1, 2, 3]), 0, {"from": "2024-01-01", "until": "2025-01-01"})
    wall.set("1970-01-01T03:00:00+01:00")
    show = unattended(path, CONFIG, wall)
    show.waits_to_see(1)
    assert show.program.session.is_valid(0, show.program.session.now())
    show.kiosk.status.reporter.report()
    status = show.kiosk.status.reporter.snapshot.status
    assert status.opening.open
    assert "It is wrong." in status.problems


@pytest.mark.parametrize("has_dates", [False, True])
def test_a_clock_that_cannot_be_trusted_is_told_without_opening_hours_where_slides_have_dates(
    unattended: Callable[..., KioskShow], manifest: Callable[..., Path], wall: WallClock, *, has_dates: bool,
) -> None:
    path = manifest([1, 2, 3])
    wall.set("1970-01-01T03:00:00+01:00")
    show = unattended(dated(path, 0, {"from": "2024-01-01"}) if has_dates else path, KioskConfig(awake=False), wall)
    show.waits_to_see(1)
    show.kiosk.status.reporter.report()

    assert ("It is wrong." in show.kiosk.status.reporter.snapshot.status.problems) is has_dates


def test_a_slide_is_shown_in_the_hours_of_the_place_and_from_their_first_minute_on(
    unattended: Callable[..., KioskShow], manifest: Callable[..., Path], clock: ManualClock, wall: WallClock,
) -> None:
    path = dated(manifest([1, 2, 3], interval=20), 1, {"days": "Fr", "hours": "10:00-10:01"})
    wall.set("2026-11-27T08:59:10+00:00")  # 09:59:10 in Berlin
    show = unattended(path, CONFIG, wall)
    came: list[str] = []
    show.program.session.moved.connect(
        lambda index: came.append(f"{index + 1} at {wall().astimezone(dt.UTC):%H:%M}"))
    show.waits_to_see(1)

    def round_is_over() -> bool:
        clock.advance(400)
        return len(came) >= 6

    show.until(round_is_over)
    assert [place.split()[0] for place in came if place.endswith("08:59")] == ["3", "1"]
    assert "2 at 09:00" in came
    assert not any(place.startswith("2") for place in came if not place.endswith("09:00"))


def test_the_status_says_that_it_is_closed_and_until_when_and_that_the_command_for_the_panel_has_failed(
    unattended: Callable[..., KioskShow], manifest: Callable[..., Path], clock: ManualClock, wall: WallClock,
) -> None:
    hooks = type(CONFIG.hooks)(on_close=("/no/such/program",))
    show = unattended(manifest([1, 2]), KioskConfig(hours=CONFIG.hours, hooks=hooks), wall)
    show.waits_to_see(1)
    night(show, clock)
    assert show.kiosk.opening.hooks.wait(20)
    show.kiosk.status.reporter.report()
    status = show.kiosk.status.reporter.snapshot.status
    assert (status.opening.open, status.opening.until) == (False, "2026-11-27T08:00:00.000Z")
    assert len(status.hooks) == 1
    assert status.overdue_s == 0


@pytest.mark.parametrize("jump", [dt.timedelta(days=-365), dt.timedelta(hours=-1), dt.timedelta(hours=1),
                                  dt.timedelta(days=3653)])
def test_a_clock_that_is_set_does_not_change_a_slides_time(
    unattended: Callable[..., KioskShow], manifest: Callable[..., Path], clock: ManualClock, wall: WallClock,
    jump: dt.timedelta,
) -> None:
    show = unattended(manifest([1, 2, 3]), KioskConfig(), wall)
    show.waits_to_see(1)
    show.until(show.is_painted)
    left = show.program.player.remaining_ms
    assert left is not None
    clock.advance(left // 2)
    wall.jump(jump)
    clock.advance(left - left // 2 - 1)
    assert show.program.session.index == 0
    clock.advance(1)
    assert show.program.session.index == 1
