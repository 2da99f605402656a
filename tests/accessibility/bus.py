"""A private desktop on which a screen reader runs: a screen, a session bus, and AT-SPI's bus with its registry.

Nothing of the desktop that the tests run on is reached, and nothing is left: what is started here, and by what, ends.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from jeepney import DBusAddress, MatchRule, Properties, message_bus, new_method_call
from jeepney.io.blocking import open_dbus_connection
from jeepney.wrappers import unwrap_msg

from tests.bench.screen import SESSION_BUS

if TYPE_CHECKING:
    from types import TracebackType

    from jeepney import Message
    from jeepney.io.blocking import DBusConnection

LAUNCHERS: Final = ("/usr/libexec/at-spi-bus-launcher", "/usr/lib/at-spi2-core/at-spi-bus-launcher",
                    "/usr/lib/at-spi-bus-launcher")
"""Where Debian and Fedora, openSUSE, and Arch have it."""

TIMEOUT_S: Final = 20.0
"""Seconds that anything here may take; it takes milliseconds."""

_BUS: Final = DBusAddress("/org/a11y/bus", "org.a11y.Bus", "org.a11y.Bus")
_STATUS: Final = DBusAddress("/org/a11y/bus", "org.a11y.Bus", "org.a11y.Status")


def missing_packages() -> list[str]:
    """What this needs and the system lacks, in Debian's words."""
    needed = {"dbus": shutil.which("dbus-daemon"), "xvfb": shutil.which("Xvfb"), "at-spi2-core": _launcher()}
    return [package for package, path in needed.items() if not path]


def call(bus: DBusConnection, message: Message) -> Any:
    """Send a method call; returns what it answers, one value or a tuple. Raises jeepney's DBusErrorResponse."""
    answer = unwrap_msg(bus.send_and_get_reply(message, timeout=TIMEOUT_S))
    return answer[0] if len(answer) == 1 else answer


class AccessibleDesktop:
    """The desktop; ended by `close`. `environment` is what a program is to be started with to be on it."""

    def __init__(self) -> None:
        with ExitStack() as undo:
            self.folder = Path(undo.enter_context(tempfile.TemporaryDirectory(prefix="liftoff-a11y-")))
            self._log = undo.enter_context((self.folder / "log").open("wb"))
            self.environment = self._environment()
            # Reset, as it is once its last client leaves, the server would not be there for the next.
            screen = self._answer_of(undo, "Xvfb", "-displayfd", "{fd}", "-nolisten", "tcp", "-noreset",
                                     "-screen", "0", "1280x800x24")
            self.environment["DISPLAY"] = f":{screen}"
            config = self.folder / "session.conf"
            config.write_text(SESSION_BUS.format(socket=self.folder / "session"), encoding="utf-8")
            session = self._answer_of(undo, "dbus-daemon", f"--config-file={config}", "--nofork",
                                      "--print-address={fd}")
            self.environment["DBUS_SESSION_BUS_ADDRESS"] = session
            self.accessibility_bus = self._start_registry(undo, session)
            """The address of AT-SPI's bus, for a client."""
            self._undo = undo.pop_all()

    def close(self) -> None:
        """End everything, also what the buses have started."""
        self._undo.close()

    def __enter__(self) -> AccessibleDesktop:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None,
                 trace: TracebackType | None) -> None:
        self.close()

    def _environment(self) -> dict[str, str]:
        """That of a desktop in English where nothing was ever set."""
        kept = {name: value for name, value in os.environ.items()
                if not name.startswith(("XDG_", "QT_", "DBUS", "AT_SPI", "WAYLAND"))}
        folder = str(self.folder)
        return kept | {"HOME": folder, "XDG_RUNTIME_DIR": folder, "LC_ALL": "C.UTF-8", "QT_QPA_PLATFORM": "xcb",
                       "GSETTINGS_BACKEND": "memory"}

    def _answer_of(self, undo: ExitStack, *command: str) -> str:
        """Start a server that writes a line to the file descriptor ``{fd}`` once it is ready; returns the line."""
        reading, writing = os.pipe()
        with os.fdopen(reading) as answer:
            self._start(undo, *(word.replace("{fd}", str(writing)) for word in command), fd=writing)
            os.close(writing)
            return answer.readline().strip()

    def _start(self, undo: ExitStack, *command: str, fd: int | None = None) -> None:
        process = subprocess.Popen(command, env=self.environment, stdin=subprocess.DEVNULL, stdout=self._log,
                                   stderr=self._log, start_new_session=True, pass_fds=() if fd is None else (fd,))
        undo.callback(end_group, process)

    def _start_registry(self, undo: ExitStack, session: str) -> str:
        """Start AT-SPI, and tell programs that a screen reader is there."""
        with open_dbus_connection(session) as bus:
            named = MatchRule(type="signal", interface="org.freedesktop.DBus", member="NameOwnerChanged")
            named.add_arg_condition(0, "org.a11y.Bus")
            with bus.filter(named) as there:
                call(bus, message_bus.AddMatch(named))
                self._start(undo, _launcher(), "--launch-immediately")
                bus.recv_until_filtered(there, timeout=TIMEOUT_S)
            for name in call(bus, Properties(_STATUS).get_all()):  # at-spi2-core 2.62 has no ScreenReaderEnabled
                call(bus, Properties(_STATUS).set(name, "b", True))
            return str(call(bus, new_method_call(_BUS, "GetAddress")))


def end_group(process: subprocess.Popen[bytes]) -> None:
    """End a process and its group, and wait for it."""
    for number in (signal.SIGTERM, signal.SIGKILL):
        with suppress(ProcessLookupError):
            os.killpg(process.pid, number)
        with suppress(subprocess.TimeoutExpired):
            process.wait(5)


def _launcher() -> str:
    return next((path for path in LAUNCHERS if Path(path).exists()), "")
