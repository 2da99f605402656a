"""A window on real screens that come, go and turn: monitors of an X server with a window manager, outputs of sway."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from contextlib import ExitStack
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QWidget

from tests.fakes import ManualClock
from tests.needs import need
from tests.stories.wayland import WaylandDesktop, missing_tools
from tests.x_monitors import Monitors
from viewer.kiosk.config import ScreenConfig
from viewer.ui.kiosk.screen_keeper import LONGEST_MS, ScreenKeeper

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pytestqt.qtbot import QtBot

pytestmark = pytest.mark.timeout(60)  # what the window does not say is waited for

ROOT: Final = Path(__file__).parents[3]


class Shown:
    """The window of `screen_program`, as it says it is."""

    def __init__(self, environment: dict[str, str], *words: str) -> None:
        self._program = subprocess.Popen([sys.executable, "-m", "tests.ui.kiosk.screen_program", *words], cwd=ROOT,
                                         env=os.environ | environment, stdout=subprocess.PIPE, text=True)

    def waits_for(self, **wanted: object) -> None:
        """Wait until it looks like that."""
        assert self._program.stdout is not None
        seen: dict[str, object] = {}
        while any(seen.get(key) != value for key, value in wanted.items()):
            line = self._program.stdout.readline()
            assert line, f"the program has ended with {self._program.wait()}; the window was {seen}"
            seen = json.loads(line)

    def close(self) -> None:
        self._program.terminate()
        self._program.communicate()


@pytest.fixture(params=["openbox", "env"])
def monitors(home: Path, request: pytest.FixtureRequest) -> Iterator[Monitors]:  # noqa: ARG001 - a manager writes in it
    with ExitStack() as ending:
        yield Monitors(ending, request.param)


@pytest.fixture
def show() -> Iterator[Callable[..., Shown]]:
    windows: list[Shown] = []

    def start(*words: str, **environment: str) -> Shown:
        windows.append(Shown(environment, *words))
        return windows[-1]

    yield start
    for window in windows:
        window.close()


def test_the_show_fills_the_screen_that_was_chosen(monitors: Monitors, show: Callable[..., Shown]) -> None:
    window = show("RIGHT", "alone", **monitors.environment)

    window.waits_for(screen="RIGHT", geometry=[800, 0, 800, 600], full=True, visible=True, problem="")


def test_a_screen_that_comes_back_is_filled_again(monitors: Monitors, show: Callable[..., Shown]) -> None:
    window = show("RIGHT", "alone", **monitors.environment)
    window.waits_for(screen="RIGHT", geometry=[800, 0, 800, 600])

    monitors.pull_out_right()
    window.waits_for(screen="LEFT", geometry=[0, 0, 800, 600], full=True, visible=True,
                     problem="The screen RIGHT is not connected.")
    monitors.plug_in_right()

    window.waits_for(screen="RIGHT", geometry=[800, 0, 800, 600], full=True, visible=True, problem="")


def test_a_screen_that_is_turned_is_filled_as_it_is_now(monitors: Monitors, show: Callable[..., Shown]) -> None:
    window = show("RIGHT", "alone", **monitors.environment)
    window.waits_for(screen="RIGHT", geometry=[800, 0, 800, 600])

    monitors.pull_out_right()
    monitors.plug_in_right("450/150x600/200+800+0")

    window.waits_for(screen="RIGHT", geometry=[800, 0, 450, 600], full=True, visible=True)


def test_beside_another_show_the_window_is_gone_while_its_screen_is(
    monitors: Monitors, show: Callable[..., Shown],
) -> None:
    window = show("RIGHT", **monitors.environment)
    window.waits_for(screen="RIGHT", geometry=[800, 0, 800, 600])

    monitors.pull_out_right()
    window.waits_for(visible=False, problem="The screen RIGHT is not connected.")
    monitors.plug_in_right()

    window.waits_for(screen="RIGHT", geometry=[800, 0, 800, 600], full=True, visible=True)


def test_another_screen_shows_the_same_and_comes_back_when_it_does(
    monitors: Monitors, show: Callable[..., Shown],
) -> None:
    window = show("LEFT", "mirror=RIGHT", **monitors.environment)
    window.waits_for(screen="LEFT", geometry=[0, 0, 800, 600], full=True, mirror=[True], mirrored="#ff0000")

    monitors.pull_out_right()
    window.waits_for(screen="LEFT", geometry=[0, 0, 800, 600], full=True, mirror=[False])
    monitors.plug_in_right()

    window.waits_for(screen="LEFT", geometry=[0, 0, 800, 600], full=True, mirror=[True], mirrored="#ff0000")


@pytest.fixture
def outputs() -> Iterator[WaylandDesktop]:
    need(missing_tools())
    desktop = WaylandDesktop()
    try:
        desktop.begin()
        desktop.command("create_output")
        yield desktop
    finally:
        desktop.close()


@pytest.fixture
def hot_plug(outputs: WaylandDesktop) -> WaylandDesktop:
    """Outputs that can be switched off, which those in memory can from wlroots 0.16 on (sway 1.8)."""
    if outputs.version < (1, 8):
        pytest.skip("this sway cannot switch off screens in memory")
    return outputs


def test_under_wayland_a_screen_goes_off_and_on_again(hot_plug: WaylandDesktop, show: Callable[..., Shown]) -> None:
    outputs = hot_plug
    environment: dict[str, Any] = {**outputs.environment, "QT_QPA_PLATFORM": "wayland"}
    window = show("HEADLESS-1", "alone", **environment)
    window.waits_for(screen="HEADLESS-1", full=True, visible=True, screens=2)
    outputs.until(lambda: outputs.window().get("rect", {}).get("width") == 1280, "the whole screen")

    outputs.command("output", "HEADLESS-1", "disable")
    window.waits_for(screen="HEADLESS-2", full=True, visible=True, screens=1,
                     problem="The screen HEADLESS-1 is not connected.")
    outputs.command("output", "HEADLESS-1", "enable")

    window.waits_for(screen="HEADLESS-1", full=True, visible=True, screens=2, problem="")


def test_under_wayland_a_screen_is_turned_upright(outputs: WaylandDesktop, show: Callable[..., Shown]) -> None:
    environment: dict[str, Any] = {**outputs.environment, "QT_QPA_PLATFORM": "wayland"}
    window = show("HEADLESS-1", "alone", **environment)
    window.waits_for(screen="HEADLESS-1", full=True, visible=True)

    outputs.command("output", "HEADLESS-1", "transform", "90")

    window.waits_for(screen="HEADLESS-1", geometry=[0, 0, 800, 1280], full=True, visible=True)


def test_under_wayland_the_show_comes_back_after_all_screens_were_gone(
    hot_plug: WaylandDesktop, show: Callable[..., Shown],
) -> None:
    outputs = hot_plug
    environment: dict[str, Any] = {**outputs.environment, "QT_QPA_PLATFORM": "wayland"}
    window = show("HEADLESS-2", "alone", **environment)
    window.waits_for(screen="HEADLESS-2", full=True, visible=True)

    for name in ("HEADLESS-1", "HEADLESS-2"):
        outputs.command("output", name, "disable")
    window.waits_for(problem="No screen is connected.")
    outputs.command("output", "HEADLESS-2", "enable")

    window.waits_for(screen="HEADLESS-2", full=True, visible=True, problem="")


class Elsewhere(QWidget):
    """A window whose manager never has it fill the screen for long; `tried` are the times at which it was asked to."""

    def __init__(self, clock: ManualClock) -> None:
        super().__init__()
        self._clock = clock
        self.tried: list[int] = []

    def changeEvent(self, event: QEvent) -> None:
        """Go back."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.WindowStateChange and self.isFullScreen():
            self.tried.append(self._clock.now())
            self.setWindowState(Qt.WindowState.WindowNoState)


def test_a_window_manager_that_will_have_the_window_elsewhere_is_asked_less_and_less(qtbot: QtBot) -> None:
    clock = ManualClock()
    window = Elsewhere(clock)
    qtbot.addWidget(window)
    keeper = ScreenKeeper(window, ScreenConfig(), clock)
    clock.advance(600_000)

    assert 10 < len(window.tried) < 20
    assert max(later - earlier for earlier, later in pairwise(window.tried)) == LONGEST_MS
    keeper.close()
