"""A Wayland desktop without a screen (sway, drawing in memory), its keyboard, and what it shows."""

from __future__ import annotations

import json
import os
import pwd
import shutil
import subprocess
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtGui import QImage

if TYPE_CHECKING:
    from collections.abc import Callable

TOOLS: Final = ("sway", "swaymsg", "wtype", "grim")
"""Programs that have to be there; Debian's packages sway, wtype and grim."""

_PATIENCE: Final = 60
"""Seconds after which what was waited for does not come."""

_CONFIGURATION: Final = """
xwayland disable
output HEADLESS-1 resolution 1280x800
default_border none
default_floating_border none
for_window [app_id=".*"] floating enable
exec 'echo $WAYLAND_DISPLAY $SWAYSOCK'
"""


class WaylandDesktop:
    """A compositor on a screen of 1280 x 800 in memory, on which windows float and have no frame."""

    def __init__(self) -> None:
        """Start it, not yet usable."""
        self._folder = tempfile.TemporaryDirectory(prefix="wayland-")
        self._log = Path(self._folder.name, "log")
        Path(self._folder.name, "config").write_text(_CONFIGURATION)
        self._compositor = self._start()
        self._keyboard: subprocess.Popen[bytes] | None = None

    def _start(self) -> subprocess.Popen[str]:
        with self._log.open("wb") as log:
            return subprocess.Popen(
                ["sway", "--config", "config"], cwd=self._folder.name, env=self._environment(), text=True,
                stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=log, **self._account(),
            )

    def restart(self, meanwhile: Callable[[], object]) -> None:
        """End the compositor as a crash does, and start another under the same name after `meanwhile`."""
        name = self.environment["WAYLAND_DISPLAY"]
        self._compositor.kill()
        self._compositor.communicate()
        for path in (Path(name), Path(f"{name}.lock")):
            path.unlink(missing_ok=True)
        meanwhile()
        self._compositor = self._start()
        self.begin()
        assert self.environment["WAYLAND_DISPLAY"] == name

    def begin(self) -> None:
        """Wait for it, and give it a keyboard that stays: a window does not hear one that comes with its first key."""
        assert self._compositor.stdout is not None
        display, _, control = self._compositor.stdout.readline().strip().partition(" ")
        assert control, self._log.read_text()
        self.environment = {"WAYLAND_DISPLAY": f"{self._folder.name}/{display}", "XDG_SESSION_TYPE": "wayland"}
        self._tools = {**os.environ, **self.environment, "SWAYSOCK": control}
        self._end_keyboard()
        self._keyboard = subprocess.Popen(["wtype", "-s", f"{_PATIENCE}000"], env=self._tools)
        self.until(lambda: any(device["type"] == "keyboard" for device in self._ask("get_inputs")), "the keyboard")

    def _environment(self) -> dict[str, str]:
        return {"PATH": os.environ["PATH"], "HOME": self._folder.name, "XDG_RUNTIME_DIR": self._folder.name,
                "LC_ALL": "C.UTF-8", "WLR_BACKENDS": "headless", "WLR_RENDERER": "pixman"}

    def _account(self) -> dict[str, Any]:
        """Whose process the compositor is: it does not run as root."""
        if os.geteuid():
            return {}
        nobody = pwd.getpwnam("nobody")
        os.chown(self._folder.name, nobody.pw_uid, nobody.pw_gid)
        return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}

    def press(self, key: str, *modifiers: str) -> None:
        """Press a key by its X name, as in ``"Right"``, with modifiers such as ``"ctrl"`` held."""
        held = [word for modifier in modifiers for word in ("-M", modifier)]
        released = [word for modifier in modifiers for word in ("-m", modifier)]
        subprocess.run(["wtype", *held, "-k", key, *released], env=self._tools, check=True)

    def window(self) -> dict[str, Any]:
        """The window's node of sway's tree (sway-ipc(7)); empty while there is none."""
        nodes = [self._ask("get_tree")]
        for node in nodes:
            nodes += node["nodes"] + node["floating_nodes"]
        return next((node for node in nodes if node.get("app_id")), {})

    @property
    def version(self) -> tuple[int, int]:
        """Sway's, major and minor."""
        told = self._ask("get_version")
        return told["major"], told["minor"]

    def command(self, *words: str) -> None:
        """Tell sway a command of its own (sway(5))."""
        subprocess.run(["swaymsg", *words], env=self._tools, stdout=subprocess.PIPE, check=True)

    def screen(self) -> QImage:
        """All that the screen shows."""
        shot = subprocess.run(["grim", "-t", "ppm", "-"], env=self._tools, stdout=subprocess.PIPE, check=True).stdout
        return QImage.fromData(shot)

    def until(self, happened: Callable[[], object], what: str) -> None:
        """Wait, but not for ever. A look takes a process that takes its time: there is no need to pause between."""
        deadline = time.monotonic() + _PATIENCE
        while not happened():
            assert time.monotonic() < deadline, f"{what} has not come; the window is {self.window()}"

    def _ask(self, what: str) -> Any:
        return json.loads(subprocess.run(["swaymsg", "-r", "-t", what], env=self._tools, stdout=subprocess.PIPE,
                                         check=True).stdout)

    def close(self) -> None:
        """End the keyboard and the compositor."""
        self._end_keyboard()
        self._compositor.terminate()
        self._compositor.communicate()
        self._folder.cleanup()

    def _end_keyboard(self) -> None:
        if self._keyboard is not None:
            self._keyboard.terminate()
            self._keyboard.communicate()


def missing_tools() -> list[str]:
    """Those of `TOOLS` that are not installed."""
    return [name for name in TOOLS if shutil.which(name) is None]
