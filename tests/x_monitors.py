"""Monitors of an X server of a test's own, which come, go and turn."""

from __future__ import annotations

import os
import subprocess
from typing import TYPE_CHECKING

from tests.x_server import x_server

if TYPE_CHECKING:
    from contextlib import ExitStack


class Monitors:
    """An X server with two monitors side by side, LEFT and RIGHT, and the window `manager`, or env, which is none."""

    def __init__(self, ending: ExitStack, manager: str) -> None:
        self.display = ending.enter_context(x_server("1600x600", needs=("xrandr", manager)))
        self.environment = {"DISPLAY": self.display, "QT_QPA_PLATFORM": "xcb"}
        self.randr("--setmonitor", "LEFT", "800/200x600/150+0+0", "screen")
        self.plug_in_right()
        running = subprocess.Popen([manager], env=os.environ | self.environment, stdout=subprocess.DEVNULL,
                                   stderr=subprocess.DEVNULL)
        ending.callback(running.communicate)
        ending.callback(running.terminate)

    def plug_in_right(self, geometry: str = "800/200x600/150+800+0") -> None:
        """Have it there, in pixels and millimetres as xrandr takes them."""
        self.randr("--setmonitor", "RIGHT", geometry, "none")

    def pull_out_right(self) -> None:
        """Take the monitor on the right away."""
        self.randr("--delmonitor", "RIGHT")

    def randr(self, *words: str) -> None:
        """Run xrandr."""
        subprocess.run(["xrandr", "--display", self.display, *words], check=True, stderr=subprocess.PIPE)
