"""Checks before Qt is loaded, while a plain sentence can still be printed instead of a crash.

Qt answers a missing library with a traceback and a missing screen with an abort; PySide6 6.12.0 under an old Python
aborts after a while. Each check returns a sentence for the person who started the program, or None when all is well;
together they take about a millisecond. Only Linux is checked: elsewhere the libraries come with Qt and there is always
a screen.
"""

from __future__ import annotations

import os
import re
import socket
import sys
from importlib.machinery import PathFinder
from pathlib import Path
from typing import TYPE_CHECKING, Final

from viewer.startup.distributions import OS_RELEASE, Library, distribution, install_command, needed_by

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

REMOTE_TIMEOUT_S: Final = 2.0
"""Seconds that an X server on another machine has to answer."""


def safe_pair(python: Sequence[int] = sys.version_info[:2], qt: str | None = None) -> str | None:
    """A sentence if this PySide6 cannot be trusted under this Python.

    PySide6 6.12.0 drops a reference to None with every call that returns nothing. Before Python 3.12, in which None
    is immortal, the interpreter aborts after some thousands of calls (measured with 3.10 and 3.11; 6.8 to 6.11 are
    sound). A later version is trusted when it passes `none_refcount_is_sound`.
    """
    if tuple(python) >= (3, 12):
        return None
    version = qt or _installed_version()
    release = tuple(int(part) for part in re.findall(r"\d+", version)[:3])
    if release < (6, 12, 0) or (release > (6, 12, 0) and none_refcount_is_sound()):
        return None
    return (
        f"PySide6 {version} makes Python {python[0]}.{python[1]} crash after a while. Use Python 3.12 or later, or "
        f'install an earlier PySide6: {sys.executable} -m pip install "PySide6-Essentials<6.12"'
    )


def _installed_version() -> str:
    """PySide6's version as its `__init__` states it, without importing it; importlib.metadata would take 40 ms."""
    package = _pyside6()
    if package is None:
        return ""
    with package.open(encoding="utf-8") as file:
        found = re.search(r'^__version__ = "([^"]+)"', file.read(4096), re.MULTILINE)
    return found[1] if found else ""


def _pyside6() -> Path | None:
    spec = PathFinder.find_spec("PySide6")
    return Path(spec.origin) if spec is not None and spec.origin is not None else None


def none_refcount_is_sound(calls: int = 1000) -> bool:
    """Whether `calls` void calls into Qt leave the reference count of None as it was. Loads QtCore."""
    try:
        from PySide6.QtCore import QTimer  # Qt must not be loaded before it is asked for
    except ImportError:
        return True  # `libraries` has the sentence for this
    timer = QTimer()
    before = sys.getrefcount(None)
    for _ in range(calls):
        timer.setSingleShot(True)
    return abs(sys.getrefcount(None) - before) < calls // 10


def platforms(environ: Mapping[str, str]) -> list[str]:
    """The platform plug-ins Qt is going to try, in its order: QT_QPA_PLATFORM's, else Wayland's, then X's."""
    asked = environ.get("QT_QPA_PLATFORM", "")
    if asked:
        names = [name.partition(":")[0] for name in asked.split(";")]
        return ["wayland" if name.startswith("wayland") else name for name in names]
    found = ["wayland"] if "WAYLAND_DISPLAY" in environ else []
    return [*found, "xcb"] if "DISPLAY" in environ or not found else found


def screen(environ: Mapping[str, str] = os.environ, *, x_sockets: str = "/tmp/.X11-unix") -> str | None:
    """A sentence if there is no display server to show windows on, or it does not answer."""
    if sys.platform != "linux":
        return None
    reasons = []
    for platform in platforms(environ):
        reason = (_no_x(environ.get("DISPLAY", ""), x_sockets) if platform == "xcb"
                  else _no_wayland(environ) if platform == "wayland" else None)
        if reason is None:
            return None
        reasons.append(reason)
    return (f"There is no screen: {'; '.join(reasons)}. Start Liftoff from a desktop session, or give it a screen of "
            "its own with xvfb-run.")


def nameless_screen(environ: Mapping[str, str] = os.environ) -> str | None:
    """A sentence if no display server is named, so that to wait for one would be in vain."""
    named = any(environ.get(name) for name in ("QT_QPA_PLATFORM", "WAYLAND_DISPLAY", "WAYLAND_SOCKET", "DISPLAY"))
    return None if named else screen(environ)


def _no_wayland(environ: Mapping[str, str]) -> str | None:
    if "WAYLAND_SOCKET" in environ:  # a connection that is open already
        return None
    name = environ.get("WAYLAND_DISPLAY") or "wayland-0"
    path = Path(environ.get("XDG_RUNTIME_DIR", ""), name)  # an absolute name stays as it is
    if path.is_absolute() and _answers(str(path)):
        return None
    return f"no Wayland compositor answers at {path}"


def _no_x(display: str, x_sockets: str) -> str | None:
    """Why Qt cannot connect to X there (X(7), display names: ``[host]:number[.screen]``)."""
    if not display:
        return "neither DISPLAY nor WAYLAND_DISPLAY is set"
    if "/" in display:  # a socket's path or a protocol's name: rare, and left to Qt
        return None
    found = re.fullmatch(r"(.*):(\d{1,5})(\.\d+)?", display)
    if found is None:
        return f"DISPLAY is {display}, which is not the name of a screen"
    host, number = found[1], int(found[2])
    if host in ("", "unix"):
        local = f"{x_sockets}/X{number}"
        reached = _answers("\0" + local) or _answers(local)
    else:
        reached = _answers_remotely(host.strip("[]"), 6000 + number)
    return None if reached else f"no X server answers at DISPLAY {display}"


def _answers(address: str) -> bool:
    # Nothing is sent: an X server without other clients would reset itself when this one disconnects.
    try:
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as connection:
            connection.connect(address)
    except OSError:
        return False
    return True


def _answers_remotely(host: str, port: int) -> bool:
    try:
        socket.create_connection((host, port), timeout=REMOTE_TIMEOUT_S).close()
    except (OSError, UnicodeError, OverflowError):
        return False
    return True


def libraries(environ: Mapping[str, str] = os.environ, *, cache: Path = Path("/etc/ld.so.cache"),
              load: Callable[[str], str] | None = None, os_release: Sequence[Path] = OS_RELEASE) -> str | None:
    """A sentence if the system lacks libraries Qt needs: all of them, and the command that installs them.

    What stands in the dynamic loader's cache is there. Only if something does not is Qt itself loaded: `load` returns
    the loader's message about a library, given by path or soname, or an empty string.
    """
    if sys.platform != "linux":
        return None
    wanted = platforms(environ)
    needed = needed_by("qt", wanted[0])
    if not _unknown(needed, cache):
        return None
    load = load or _load
    message = _loader_message(wanted, load)
    if not message:
        return None
    missing = [library for library in needed if load(library.soname)]
    names = ", ".join(library.soname for library in missing) or message.partition(":")[0]
    command = install_command(missing, distribution(os_release), root=os.geteuid() == 0) if missing else ""
    advice = f"Install what holds them: {command}" if command else "Install the packages that hold them."
    return f"Qt needs libraries that this system lacks: {names}. {advice}"


def _unknown(needed: list[Library], cache: Path) -> bool:
    try:
        known = cache.read_bytes()
    except OSError:
        return True
    return any(f"/{library.soname}\0".encode() not in known for library in needed)


def _loader_message(wanted: Sequence[str], load: Callable[[str], str]) -> str:
    """The loader's message if QtWidgets, or every platform plug-in Qt is going to try, cannot be loaded; else empty."""
    package = _pyside6()
    if package is None:
        return ""
    root = package.parent / "Qt"
    widgets = root / "lib/libQt6Widgets.so.6"
    # Before 6.10 Wayland's plug-in was two: libqwayland-egl.so and libqwayland-generic.so.
    plugins = [plugin for name in wanted for plugin in sorted((root / "plugins/platforms").glob(f"libq{name}*.so"))]
    message = load(str(widgets)) if widgets.exists() else ""
    messages = [load(str(plugin)) for plugin in plugins]
    return message or (messages[0] if messages and all(messages) else "")


def _load(name: str) -> str:
    import ctypes  # 5 ms, and only where something seems to be missing

    try:
        ctypes.CDLL(name)
    except OSError as error:
        return str(error)
    return ""
