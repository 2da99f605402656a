"""Full screen given and taken away by a real window manager (pekwm on a screen of its own)."""

from __future__ import annotations

import ctypes
import json
import os
import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pytest

from tests.x_server import x_server

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

pytestmark = pytest.mark.timeout(60)  # what the window does not say is waited for

ROOT: Final = Path(__file__).parents[3]
AS_A_WINDOW: Final[dict[str, object]] = {
    "full": False, "maximized": False, "menu": True, "size": [1000, 700], "docks": [True, True], "panel": False}
MAXIMIZED: Final[dict[str, object]] = {"full": False, "maximized": True, "menu": True}
IN_FULL_SCREEN: Final[dict[str, object]] = {
    "full": True, "menu": False, "size": [1280, 800], "docks": [False, False], "panel": True}

_CLIENT_MESSAGE: Final = 33  # X.h: ClientMessage, and the masks SubstructureNotify | SubstructureRedirect
_TO_WINDOW_MANAGER: Final = 1 << 19 | 1 << 20
_REMOVE, _ADD = 0, 1  # Extended Window Manager Hints 1.5, _NET_WM_STATE


class ClientMessage(ctypes.Structure):
    """Xlib.h: XClientMessageEvent, padded to the size of an XEvent."""

    _fields_ = (
        ("type", ctypes.c_int), ("serial", ctypes.c_ulong), ("send_event", ctypes.c_int), ("display", ctypes.c_void_p),
        ("window", ctypes.c_ulong), ("message_type", ctypes.c_ulong), ("format", ctypes.c_int),
        ("data", ctypes.c_long * 5), ("padding", ctypes.c_long * 12),
    )


def ask_window_manager(display: str, window: int, what: int, states: Sequence[str]) -> None:
    """Have the window manager add up to two states to a window or remove them, as a task bar or a pager does."""
    x = ctypes.CDLL("libX11.so.6")
    x.XOpenDisplay.restype = x.XDefaultRootWindow.restype = x.XInternAtom.restype = ctypes.c_void_p
    connection = ctypes.c_void_p(x.XOpenDisplay(display.encode()))

    def atom(name: str) -> int:
        return int(x.XInternAtom(connection, name.encode(), 0))

    message = ClientMessage(_CLIENT_MESSAGE, 0, 1, connection, window, atom("_NET_WM_STATE"), 32,
                            (ctypes.c_long * 5)(what, *(atom(f"_NET_WM_STATE_{state}") for state in states)))
    root = ctypes.c_ulong(x.XDefaultRootWindow(connection))
    x.XSendEvent(connection, root, 0, ctypes.c_long(_TO_WINDOW_MANAGER), ctypes.byref(message))
    x.XCloseDisplay(connection)


class Desktop:
    """A screen with a window manager and the window on it; `waits_for` what it is to look like."""

    def __init__(self, home: Path, *words: str) -> None:
        self._ending = ExitStack()
        self._processes: list[subprocess.Popen[Any]] = []
        self.display = self._ending.enter_context(x_server(needs=("pekwm",)))
        self._environment = os.environ | {"DISPLAY": self.display, "HOME": str(home), "QT_QPA_PLATFORM": "xcb"}
        self._start("pekwm")
        self.begin(*words)

    def begin(self, *words: str) -> None:
        """Start the program, with `words` on its command line."""
        self._program = self._start(sys.executable, "-m", "tests.ui.window.fullscreen_program", *words)
        assert self._program.stdout is not None
        self._said = self._program.stdout
        self.window = int(self._said.readline() or 0)

    def end(self) -> None:
        """Have the program end as it does when its window is closed."""
        self.tell("close")
        self._program.communicate()

    def _start(self, *command: str) -> subprocess.Popen[Any]:
        self._processes.append(subprocess.Popen(command, env=self._environment, cwd=ROOT, stdin=subprocess.PIPE,
                                                stdout=subprocess.PIPE, text=True))
        return self._processes[-1]

    def ask(self, what: int, *states: str) -> None:
        """Have the window manager add states to the window (`_ADD`) or remove them, full screen if none is named."""
        ask_window_manager(self.display, self.window, what, states or ("FULLSCREEN",))

    def tell(self, word: str) -> None:
        """Have the program do what `word` says."""
        assert self._program.stdin is not None
        self._program.stdin.write(f"{word}\n")
        self._program.stdin.flush()

    def waits_for(self, wanted: dict[str, object]) -> None:
        """Wait until the window looks like that."""
        seen: dict[str, object] = {}
        while any(seen.get(key) != value for key, value in wanted.items()):
            seen = json.loads(self._said.readline())

    def close(self) -> None:
        for process in reversed(self._processes):
            process.terminate()
            process.communicate()
        self._ending.close()


@pytest.fixture
def begin(home: Path) -> Iterator[Callable[..., Desktop]]:
    desktops: list[Desktop] = []

    def start(*words: str) -> Desktop:
        desktops.append(Desktop(home, *words))
        if not desktops[-1].window:
            pytest.skip("Qt has no window on an X11 screen here")
        return desktops[-1]

    yield start
    for desktop in desktops:
        desktop.close()


def test_menu_and_docks_follow_a_window_manager_that_gives_full_screen_and_takes_it_away(
    begin: Callable[..., Desktop],
) -> None:
    desktop = begin()
    desktop.waits_for(AS_A_WINDOW)
    for what, seen in ((_ADD, IN_FULL_SCREEN), (_REMOVE, AS_A_WINDOW)):
        desktop.ask(what)
        desktop.waits_for(seen)


def test_a_window_that_began_in_full_screen_has_its_own_size_when_the_window_manager_ends_it(
    begin: Callable[..., Desktop],
) -> None:
    desktop = begin("full")
    desktop.waits_for(IN_FULL_SCREEN)
    desktop.ask(_REMOVE)
    desktop.waits_for(AS_A_WINDOW)


_BOTH_WAYS: Final = ("MAXIMIZED_VERT", "MAXIMIZED_HORZ")


@pytest.mark.parametrize("closed_in", ["window", "full"])
def test_the_size_before_a_window_was_maximized_survives_full_screen_and_a_restart(
    begin: Callable[..., Desktop], closed_in: str,
) -> None:
    desktop = begin()
    desktop.waits_for(AS_A_WINDOW | {"remembered": [1000, 700]})
    desktop.ask(_ADD, *_BOTH_WAYS)
    desktop.waits_for(MAXIMIZED)
    desktop.tell("full")
    desktop.waits_for(IN_FULL_SCREEN)
    if closed_in == "window":
        desktop.tell("window")
        desktop.waits_for(MAXIMIZED)
    desktop.end()

    desktop.begin()
    desktop.waits_for(MAXIMIZED | {"remembered": [1000, 700]})
    desktop.end()
    desktop.begin("full")
    desktop.waits_for(IN_FULL_SCREEN | {"remembered": [1000, 700]})
