from __future__ import annotations

import ctypes
import os
import threading
from contextlib import ExitStack, contextmanager
from ctypes.util import find_library
from typing import TYPE_CHECKING

import pytest

from tests.desktop.bus import InhibitService, PrivateBus
from tests.needs import need
from tests.x_server import x_server
from viewer.desktop.awake_lock import THREAD_NAME, AwakeLock
from viewer.desktop.inhibitors import inhibit_desktop, inhibit_logind, reset_x11_screen_saver

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

SCREEN_SAVER = "org.freedesktop.ScreenSaver"
LOGIND = "org.freedesktop.login1"


@pytest.fixture
def serve() -> Iterator[Callable[..., InhibitService]]:
    """Start services; they are gone after the test."""
    services: list[InhibitService] = []

    def start(bus: PrivateBus, name: str, *, fds: bool = False) -> InhibitService:
        services.append(InhibitService(bus.address, name, fds=fds))
        return services[-1]

    yield start
    for service in services:
        service.close()


@pytest.fixture
def lock_with() -> Iterator[Callable[..., AwakeLock]]:
    """Make locks; they are released after the test."""
    locks: list[AwakeLock] = []

    def make(*inhibitors: Callable[[ExitStack], str], renew_s: float = 1000) -> AwakeLock:
        locks.append(AwakeLock(inhibitors, renew_s=renew_s))
        return locks[-1]

    yield make
    for lock in locks:
        lock.close()
    assert THREAD_NAME not in {thread.name for thread in threading.enumerate()}


def test_the_desktops_screen_saver_is_held_while_it_is_wanted(
    session_bus: PrivateBus, serve: Callable[..., InhibitService], lock_with: Callable[..., AwakeLock],
) -> None:
    service = serve(session_bus, SCREEN_SAVER)
    lock = lock_with(inhibit_desktop)

    lock.want(True)
    service.wait_for(held=1)
    lock.want(False)

    service.wait_for(held=0)
    assert service.inhibitions == [("Liftoff", "A slideshow is playing")]


def test_what_holds_the_lock_is_told(
    session_bus: PrivateBus, serve: Callable[..., InhibitService], lock_with: Callable[..., AwakeLock],
) -> None:
    service, renewed = serve(session_bus, SCREEN_SAVER), threading.Event()

    def notice_renewal(_held: ExitStack) -> str:
        if service.inhibitions[1:]:
            renewed.set()
        return "another"

    lock = lock_with(inhibit_desktop, notice_renewal, renew_s=0.01)
    lock.want(True)
    assert renewed.wait(20)

    assert lock.state.wanted
    assert lock.state.held_by == (SCREEN_SAVER, "another")


def test_a_lock_is_taken_again_when_the_service_comes_back(
    session_bus: PrivateBus, serve: Callable[..., InhibitService], lock_with: Callable[..., AwakeLock],
) -> None:
    first = serve(session_bus, SCREEN_SAVER)
    lock = lock_with(inhibit_desktop, renew_s=0.05)
    lock.want(True)
    first.wait_for(held=1)

    first.close()
    second = serve(session_bus, SCREEN_SAVER)

    second.wait_for(held=1, inhibitions=1)


def test_the_old_lock_goes_only_after_the_new_one_is_there(lock_with: Callable[..., AwakeLock]) -> None:
    held: list[int] = []
    least: list[int] = []
    thrice = threading.Event()

    def inhibit(stack: ExitStack) -> str:
        number = len(least)
        held.append(number)

        def release() -> None:
            held.remove(number)
            least.append(len(held))
            if number == 2:
                thrice.set()

        stack.callback(release)
        least.append(len(held))
        return "something"

    lock = lock_with(inhibit, renew_s=0.01)
    lock.want(True)
    while not thrice.is_set() and len(least) < 10:
        thrice.wait(0.05)

    assert min(least[:6]) >= 1


def test_logind_is_asked_for_a_lock_that_is_a_file(
    system_bus: PrivateBus, serve: Callable[..., InhibitService], lock_with: Callable[..., AwakeLock],
) -> None:
    service = serve(system_bus, LOGIND, fds=True)
    lock = lock_with(inhibit_logind)

    lock.want(True)
    service.wait_for(held=1)
    lock.want(False)

    service.wait_for(held=0)
    assert service.inhibitions == [("idle:sleep", "Liftoff", "A slideshow is playing", "block")]


def test_where_nothing_keeps_awake_the_reason_is_told_and_nothing_fails(
    session_bus: PrivateBus, system_bus: PrivateBus, lock_with: Callable[..., AwakeLock],
) -> None:
    assert session_bus.address != system_bus.address
    tried = threading.Event()

    def notice(_held: ExitStack) -> str:
        tried.set()
        raise OSError("And that is all there is.")

    lock = lock_with(inhibit_desktop, inhibit_logind, notice)
    lock.want(True)
    assert tried.wait(20)
    lock.close()

    assert lock.state.held_by == ()
    assert lock.state.problem.startswith("No service of this desktop keeps the screen awake.")
    assert lock.state.problem.endswith("And that is all there is.")


def test_without_any_bus_the_reason_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", f"unix:path={tmp_path / 'none'}")
    monkeypatch.setenv("DBUS_SYSTEM_BUS_ADDRESS", f"unix:path={tmp_path / 'none'}")

    with ExitStack() as held:
        with pytest.raises(OSError, match="No service of this desktop"):
            inhibit_desktop(held)
        with pytest.raises(OSError, match="systemd-logind cannot be reached"):
            inhibit_logind(held)


def test_the_idle_time_of_an_x_server_begins_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    need([] if find_library("Xss") else ["libxss1"])
    with x_server() as display, _idle_time(display) as idle_ms:
        monkeypatch.setenv("DISPLAY", display)
        while idle_ms() < 100:
            threading.Event().wait(0.02)

        with ExitStack() as held:
            assert reset_x11_screen_saver(held) == "the X server"

        assert idle_ms() < 100


@contextmanager
def _idle_time(display: str) -> Iterator[Callable[[], int]]:
    """Milliseconds since the X server saw anybody, by its MIT-SCREEN-SAVER extension."""
    class Info(ctypes.Structure):
        _fields_ = (("window", ctypes.c_ulong), ("state", ctypes.c_int), ("kind", ctypes.c_int),
                    ("til_or_since", ctypes.c_ulong), ("idle", ctypes.c_ulong), ("mask", ctypes.c_ulong))

    x, saver = ctypes.CDLL("libX11.so.6"), ctypes.CDLL("libXss.so.1")
    x.XOpenDisplay.restype = ctypes.c_void_p
    x.XDefaultRootWindow.argtypes, x.XDefaultRootWindow.restype = [ctypes.c_void_p], ctypes.c_ulong
    saver.XScreenSaverQueryInfo.argtypes = [ctypes.c_void_p, ctypes.c_ulong, ctypes.POINTER(Info)]
    connection = x.XOpenDisplay(os.fsencode(display))
    root, info = x.XDefaultRootWindow(connection), Info()

    def ask() -> int:
        saver.XScreenSaverQueryInfo(connection, root, ctypes.byref(info))
        return int(info.idle)

    yield ask
    x.XCloseDisplay.argtypes = [ctypes.c_void_p]
    x.XCloseDisplay(connection)
