"""What every test gets: a home of its own, a screen that is not there, and a look at what it left behind."""

from __future__ import annotations

import gc
import os
import signal
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pytest
from PySide6.QtCore import QResource
from pytestqt.qtbot import QtBot

from viewer.resources import COMPILED

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterator

    from PySide6.QtWidgets import QApplication

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.pop("DBUS_SESSION_BUS_ADDRESS", None)  # the tests must not talk to the desktop they run on

_OURS = ("socket:", "pipe:", "/memfd:")
"""Kinds of open files that are counted: those that processes and pictures are made of."""


_FAILED: Final = pytest.StashKey[bool]()

_TIMEOUT_MS: Final = 60_000
"""What is waited for comes at once, or the test fails: a machine that is busy is no reason."""


class PatientBot(QtBot):
    """Waits as long as it takes, unless a test says how long."""

    def waitUntil(self, callback: Callable[[], bool | None], *, timeout: int = _TIMEOUT_MS) -> None:  # noqa: N802 - Qt's manner
        super().waitUntil(callback, timeout=timeout)

    def waitSignal(self, signal: Any, *, timeout: int = _TIMEOUT_MS, **how: Any) -> Any:  # noqa: N802 - likewise
        return super().waitSignal(signal, timeout=timeout, **how)

    def waitExposed(self, widget: Any, *, timeout: int = _TIMEOUT_MS) -> Any:  # noqa: N802 - likewise
        return super().waitExposed(widget, timeout=timeout)


@pytest.fixture
def qtbot(qapp: QApplication, request: pytest.FixtureRequest) -> QtBot:  # noqa: ARG001 - there has to be one
    """In place of the plugin's, which waits for five seconds."""
    return PatientBot(request)


@pytest.fixture(scope="session", autouse=True)
def signals_have_a_meaning() -> None:
    """Whoever runs the tests in the background or under nohup has signals ignored, which programs would inherit.

    A signal that is handled in here, by nothing, has its usual meaning for programs that are started from here.
    """
    for name in ("SIGINT", "SIGHUP"):
        number = getattr(signal, name, None)  # Windows has no SIGHUP
        if number is not None and signal.getsignal(number) is signal.SIG_IGN:
            signal.signal(number, lambda _number, _frame: None)


@pytest.fixture(scope="session", autouse=True)
def resources_are_registered() -> None:
    """As the program does before its first widget."""
    assert QResource.registerResource(str(COMPILED))


@pytest.fixture(scope="session", autouse=True)
def clipboard_is_emptied() -> Iterator[None]:
    """In the end, while Python is there: on the offscreen screen what was copied lives longer.

    PySide6 6.12.0 crashes where an object made in Python is destroyed after that.
    """
    yield
    if "PySide6.QtGui" in sys.modules:
        from PySide6.QtGui import QGuiApplication

        if QGuiApplication.instance() is not None:
            QGuiApplication.clipboard().clear()


def pytest_collection_finish() -> None:
    """Exempt thousands of tests from garbage collection, which follows nearly every one of them."""
    gc.collect()
    gc.freeze()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]  # noqa: ARG001 - the names are pytest's
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    item.stash[_FAILED] = item.stash.get(_FAILED, False) or report.failed
    return report


@pytest.fixture(autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty home folder, where settings, caches and the rest of a person's files would be."""
    folder = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("HOME", str(folder))
    for variable, name in (
        ("XDG_CACHE_HOME", ".cache"), ("XDG_CONFIG_HOME", ".config"), ("XDG_DATA_HOME", ".local/share"),
        ("XDG_STATE_HOME", ".local/state"), ("XDG_RUNTIME_DIR", ".run"),
    ):
        (folder / name).mkdir(mode=0o700, parents=True)
        monkeypatch.setenv(variable, str(folder / name))
    return folder


@pytest.fixture(autouse=True)
def nothing_is_left_behind(home: Path, request: pytest.FixtureRequest) -> Iterator[None]:  # noqa: ARG001 - lives longer
    """After a test no child process, thread, timer, animation, window or descriptor of its own is left."""
    before = _inventory()
    yield
    left = _inventory() - before
    if left:
        request.node.funcargs.clear()  # the values of fixtures that are over, which pytest keeps a little longer
        _tidy()
        left = _inventory() - before
    # The traceback of a test that failed holds on to much, and is what has to be seen.
    assert not left or request.node.stash.get(_FAILED, False), "left behind: " + ", ".join(sorted(left))


def _inventory() -> set[str]:
    found = {f"thread {thread.name} ({thread.ident})" for thread in threading.enumerate()}
    if sys.platform == "linux":
        found |= _children() | _descriptors()
    return found | _qt_objects()


def _children() -> set[str]:
    return {
        f"process {pid}"
        for listing in Path("/proc/self/task").glob("*/children")
        for pid in _text(listing).split()
    }


def _descriptors() -> set[str]:
    found = set()
    for entry in Path("/proc/self/fd").iterdir():
        try:
            target = str(entry.readlink())
        except OSError:  # closed since it was listed
            continue
        if target.startswith(_OURS):
            found.add(f"descriptor {entry.name} ({target})")
    return found


def _text(path: Path) -> str:
    try:
        return path.read_text()
    except OSError:  # the thread has ended
        return ""


def _qt_objects() -> set[str]:
    if "PySide6.QtCore" not in sys.modules:
        return set()
    from PySide6.QtCore import QAbstractAnimation, QThread, QThreadPool, QTimer
    from shiboken6 import Shiboken

    found = set()
    for wrapper in Shiboken.getAllValidWrappers():
        if isinstance(wrapper, QTimer) and wrapper.isActive():
            found.add(f"timer of {wrapper.interval()} ms in {type(wrapper.parent()).__name__} ({id(wrapper):x})")
        elif isinstance(wrapper, QAbstractAnimation) and wrapper.state() == QAbstractAnimation.State.Running:
            found.add(f"animation of {wrapper.duration()} ms in {type(wrapper.parent()).__name__} ({id(wrapper):x})")
        elif isinstance(wrapper, QThread) and wrapper.isRunning() and wrapper is not QThread.currentThread():
            found.add(f"{type(wrapper).__name__} in {type(wrapper.parent()).__name__} ({id(wrapper):x})")
    if QThreadPool.globalInstance().activeThreadCount():
        found.add("work in the global thread pool")
    return found | _windows()


def _windows() -> set[str]:
    if "PySide6.QtWidgets" not in sys.modules:
        return set()
    from PySide6.QtWidgets import QApplication

    if QApplication.instance() is None:
        return set()
    return {
        f"window {type(widget).__name__} ({id(widget):x})"
        for widget in QApplication.topLevelWidgets() if widget.isVisible()
    }


def _tidy() -> None:
    """Let go of what only waits for the next turn of the event loop or of the garbage collector."""
    for _ in range(3):  # what one of them lets go of may be waiting for the other
        gc.collect()
        if "PySide6.QtCore" in sys.modules:
            from PySide6.QtCore import QCoreApplication, QEvent

            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
