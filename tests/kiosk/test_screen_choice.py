from __future__ import annotations

import pytest

from viewer.kiosk.config import ScreenConfig
from viewer.kiosk.screen_choice import ScreenIdentity, choose_screen

LEFT = ScreenIdentity("HDMI-1", "P2419H", "AAA")
RIGHT = ScreenIdentity("HDMI-2", "P2419H", "BBB")
WALL = ScreenIdentity("DP-1", "OLED55", "CCC")
MADE_UP = ScreenIdentity("", real=False)


@pytest.mark.parametrize(("wanted", "chosen"), [
    (ScreenConfig(), LEFT),
    (ScreenConfig(name="HDMI-2"), RIGHT),
    (ScreenConfig(model="OLED55"), WALL),
    (ScreenConfig(serial="BBB"), RIGHT),
    (ScreenConfig(name="HDMI-1", serial="BBB"), RIGHT),
    (ScreenConfig(name="DP-1", model="P2419H"), LEFT),
    (ScreenConfig(model="P2419H", name="HDMI-2"), RIGHT),
])
def test_a_screen_is_known_by_its_serial_then_its_model_then_its_connector(
    wanted: ScreenConfig, chosen: ScreenIdentity,
) -> None:
    screens = [LEFT, RIGHT, WALL]

    index = choose_screen(wanted, screens)

    assert index is not None
    assert screens[index] == chosen


@pytest.mark.parametrize("wanted", [
    ScreenConfig(name="HDMI-3"), ScreenConfig(serial="DDD"), ScreenConfig(name="HDMI-1", serial="DDD"),
    ScreenConfig(model="none"),
])
def test_a_screen_that_is_not_connected_is_not_replaced_by_another(wanted: ScreenConfig) -> None:
    assert choose_screen(wanted, [LEFT, RIGHT, WALL]) is None


def test_a_screen_without_a_serial_is_known_by_its_connector() -> None:
    assert choose_screen(ScreenConfig(name="HDMI-1", serial="AAA"), [ScreenIdentity("HDMI-1")]) == 0


@pytest.mark.parametrize(("wanted", "screen"), [
    (ScreenConfig(name="HDMI-3"), ScreenIdentity("HDMI-1")), (ScreenConfig(model="none"), ScreenIdentity("", "OLED55")),
])
def test_what_a_screen_does_not_say_and_nobody_asked_for_is_no_likeness(
    wanted: ScreenConfig, screen: ScreenIdentity,
) -> None:
    assert choose_screen(wanted, [screen]) is None


def test_a_screen_that_says_little_of_itself_is_not_preferred() -> None:
    assert choose_screen(ScreenConfig(name="HDMI-2"), [ScreenIdentity("HDMI-1"), RIGHT]) == 1


@pytest.mark.parametrize("wanted", [ScreenConfig(), ScreenConfig(name="HDMI-1")])
def test_what_qt_makes_up_where_nothing_is_connected_is_no_screen(wanted: ScreenConfig) -> None:
    assert choose_screen(wanted, [MADE_UP]) is None
    assert choose_screen(wanted, [MADE_UP, LEFT]) == 1
