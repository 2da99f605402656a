"""A whole kiosk on an X server with a window manager: real keys, and what task bars and window managers do."""

from __future__ import annotations

import ctypes
import json
import os
import subprocess
import sys
from contextlib import ExitStack
from ctypes.util import find_library
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pytest

from tests.needs import need
from tests.pictures import numbered
from tests.ui.window.test_window_manager import ClientMessage, ask_window_manager
from tests.x_keyboard import ALT, CONTROL, SHIFT, Stroke, XKeyboard
from tests.x_server import x_server

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.timeout(120)  # what the window does not say is waited for

ROOT: Final = Path(__file__).parents[3]
PIN: Final = "2468"
LOCKED: Final[dict[str, object]] = {"full": True, "minimized": False, "active": True, "size": [1280, 800], "others": []}
HELD: Final = ((), (SHIFT,), (CONTROL,), (ALT,), (CONTROL, SHIFT), (CONTROL, ALT), (ALT, SHIFT))
OTHER_WINDOW: Final = """
from PySide6.QtWidgets import QApplication, QLabel
app = QApplication([])
label = QLabel("another window")
label.show()
label.activateWindow()
app.exec()
"""
NO_KEYS: Final = """<?xml version="1.0"?>
<openbox_config xmlns="http://openbox.org/3.4/rc"><keyboard/><mouse/></openbox_config>
"""
"""A window manager that has no keys of its own, as a kiosk's: what it keeps for itself no program can lock."""

_CLIENT_MESSAGE: Final = 33  # X.h: ClientMessage
_CODES: Final = range(9, 256)


class KioskOnX11:
    """A kiosk of two pictures, its window manager and a keyboard; `waits_for` what it says of its window."""

    def __init__(self, ending: ExitStack, folder: Path) -> None:
        need([name for name in ("X11", "Xtst") if find_library(name) is None])
        pictures = folder / "pictures"
        pictures.mkdir()
        for number in (1, 2):
            numbered(pictures / f"{number}.jpg", number, (600, 400))
        self.display = ending.enter_context(x_server(needs=("openbox", "setxkbmap")))
        self.keyboard = XKeyboard(self.display)
        ending.callback(self.keyboard.close)
        self._environment = os.environ | {"DISPLAY": self.display, "QT_QPA_PLATFORM": "xcb"}
        settings = folder / "openbox.xml"
        settings.write_text(NO_KEYS)
        self.start(ending, "openbox", "--sm-disable", "--config-file", str(settings))
        self.program = self.start(ending, sys.executable, "-m", "tests.ui.kiosk.lock_program", str(pictures),
                                  PIN)
        assert self.program.stdout is not None
        self._said = self.program.stdout
        self.window = int(self._said.readline() or 0)
        self.seen: dict[str, Any] = {}
        self.waits_for(LOCKED)

    def start(self, ending: ExitStack, *command: str) -> subprocess.Popen[str]:
        process = subprocess.Popen(command, env=self._environment, cwd=ROOT, stdout=subprocess.PIPE, text=True,
                                   stderr=subprocess.DEVNULL if command[0] == "openbox" else None)
        ending.callback(process.communicate)
        ending.callback(process.terminate)
        return process

    def waits_for(self, wanted: dict[str, object]) -> None:
        """Wait until the window says that it looks like that."""
        while any(self.seen.get(key) != value for key, value in wanted.items()):
            line = self._said.readline()
            assert line, f"the kiosk has ended; its window was {self.seen}"
            self.seen = json.loads(line)

    def tells(self, protocol: str, atom: str) -> None:
        """Send the window what a window manager sends it."""
        x = ctypes.CDLL("libX11.so.6")
        x.XOpenDisplay.restype = x.XInternAtom.restype = ctypes.c_void_p
        connection = ctypes.c_void_p(x.XOpenDisplay(self.display.encode()))
        atoms = [int(x.XInternAtom(connection, name.encode(), 0)) for name in (protocol, atom)]
        message = ClientMessage(_CLIENT_MESSAGE, 0, 1, connection, self.window, atoms[0], 32,
                                (ctypes.c_long * 5)(atoms[1], 0))
        x.XSendEvent(connection, ctypes.c_ulong(self.window), 0, ctypes.c_long(0), ctypes.byref(message))
        x.XCloseDisplay(connection)

    def iconify(self) -> None:
        """Minimise the window, as a task bar does."""
        x = ctypes.CDLL("libX11.so.6")
        x.XOpenDisplay.restype = ctypes.c_void_p
        connection = ctypes.c_void_p(x.XOpenDisplay(self.display.encode()))
        x.XIconifyWindow(connection, ctypes.c_ulong(self.window), 0)
        x.XCloseDisplay(connection)

    def answers(self) -> None:
        """Page forth and back: what was sent before has been handled by then."""
        for key, slide in (("End", 1), ("Home", 0)):
            self.keyboard.press(self.keyboard.named("Escape"), self.keyboard.named(key))
            self.waits_for({"slide": slide})


@pytest.fixture
def kiosk(home: Path, tmp_path: Path) -> Iterator[KioskOnX11]:  # noqa: ARG001 - a manager writes in it
    with ExitStack() as ending:
        yield KioskOnX11(ending, tmp_path)


def test_no_key_that_a_keyboard_has_leaves_the_show(kiosk: KioskOnX11) -> None:
    for held in HELD:
        for first in range(_CODES.start, _CODES.stop, 40):
            kiosk.keyboard.press(*(Stroke(code, held) for code in _CODES[first - _CODES.start:][:40]))
        kiosk.answers()
        kiosk.waits_for(LOCKED)

    assert kiosk.program.poll() is None


def test_what_a_window_manager_takes_away_is_taken_back(kiosk: KioskOnX11) -> None:
    remove = 0  # Extended Window Manager Hints 1.5, _NET_WM_STATE
    ask_window_manager(kiosk.display, kiosk.window, remove, ("FULLSCREEN",))
    kiosk.waits_for({"full": False})
    kiosk.waits_for(LOCKED)
    kiosk.answers()

    kiosk.iconify()
    kiosk.waits_for({"minimized": True})
    kiosk.waits_for(LOCKED)

    for _ in range(3):
        kiosk.tells("WM_PROTOCOLS", "WM_DELETE_WINDOW")
    kiosk.answers()
    assert kiosk.program.poll() is None


def test_the_keyboard_comes_back_from_a_window_that_took_it(kiosk: KioskOnX11) -> None:
    with ExitStack() as ending:
        kiosk.start(ending, sys.executable, "-c", OTHER_WINDOW)
        kiosk.waits_for({"active": False})

        kiosk.waits_for(LOCKED)


@pytest.mark.parametrize("layout", ["us", "de", "fr", "ru", "gr"])
def test_the_pin_is_typed_on_any_keyboard(kiosk: KioskOnX11, layout: str) -> None:
    kiosk.keyboard.use(layout)
    kiosk.keyboard.press(kiosk.keyboard.stroke("Ctrl+Alt+Q"))
    kiosk.waits_for({"keypad": True})

    kiosk.keyboard.press(*(kiosk.keyboard.at_place_of(digit) for digit in PIN), kiosk.keyboard.named("Return"))

    assert kiosk.program.wait(60) == 0
