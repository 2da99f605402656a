from __future__ import annotations

import pytest

from viewer.kiosk.config import KioskConfig, ScreenConfig


@pytest.mark.parametrize(("screens", "shows"), [
    ((), [0]),
    ((ScreenConfig(name="HDMI-1"), ScreenConfig(name="HDMI-2")), [0, 1]),
    ((ScreenConfig(name="HDMI-1"), ScreenConfig(mirror=True), ScreenConfig(name="DP-1")), [0, 2]),
    ((ScreenConfig(mirror=True),), [0]),
])
def test_each_screen_has_a_show_but_for_those_that_mirror(screens: tuple[ScreenConfig, ...], shows: list[int]) -> None:
    assert list(KioskConfig(screen=screens).shows) == shows
