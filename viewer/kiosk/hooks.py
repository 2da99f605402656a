"""Runs a keeper's commands for the panel's power, when it opens and when it closes.

They are programs with arguments, never a shell's lines, and are run in a thread of their own: a television that does
not answer holds nothing up. What they say goes to the log, and why one has failed to whoever asks for the status.
"""

from __future__ import annotations

import logging
import os
import signal
import subprocess
import threading
import time
from contextlib import suppress
from typing import IO, TYPE_CHECKING, Final

from viewer.gallery.files import why
from viewer.gallery.safe_text import line
from viewer.kiosk.disk_thread import DiskThread

if TYPE_CHECKING:
    from collections.abc import Sequence

    from viewer.kiosk.config import HooksConfig

_log = logging.getLogger("liftoff.kiosk.hooks")

GAP_S: Final = 10.0
"""Seconds from one run to the next at least: of hours that change to and fro only the last counts."""

RETRY_S: Final = 300.0
"""Seconds after which one that has failed is run again: a panel may have been without power."""

KEPT: Final = 2000
"""Bytes that are kept of what a command says: the last ones."""

_NAMES: Final = {True: "on-open", False: "on-close"}


class Hooks:
    """Has the panel follow `set_open`. The first time a command is run whatever was before: nobody knows it."""

    def __init__(self, config: HooksConfig, *, gap: float = GAP_S, retry: float = RETRY_S) -> None:
        self._commands = {True: config.on_open, False: config.on_close}
        self._timeout, self._gap, self._retry = config.timeout, gap, retry
        self._thread = DiskThread("kiosk hooks")
        self._closing = threading.Event()
        self._wanted: bool | None = None
        self._done: bool | None = None
        self._ran = -gap
        self._problem = ""

    @property
    def failures(self) -> tuple[str, ...]:
        """Why the command that was run last has failed, as one sentence; nothing where it has not."""
        return (self._problem,) if self._problem else ()

    def set_open(self, is_open: bool) -> None:
        """Have the panel on or off. To be said as often as one likes: what is done already is not done again."""
        self._wanted = is_open
        if any(self._commands.values()):
            self._thread.submit(self._follow)

    def wait(self, seconds: float) -> bool:
        """Whether nothing is left to be done, waiting `seconds` at most."""
        return self._thread.wait(seconds)

    def close(self) -> None:
        """Run nothing more; a command that is running is ended."""
        self._closing.set()
        self._thread.close()

    def _follow(self) -> None:
        if self._problem and time.monotonic() >= self._ran + self._retry:
            self._done = None
        while not self._closing.is_set() and self._wanted != self._done:
            if self._closing.wait(max(0.0, self._ran + self._gap - time.monotonic())):
                return
            wanted = self._wanted
            if wanted is None or wanted == self._done:  # it was but for a moment
                return
            command = self._commands[wanted]
            problem = self._run(_NAMES[wanted], command) if command else ""
            if self._closing.is_set():
                return
            if problem and problem != self._problem:
                _log.warning("%s", problem)
            self._problem, self._done = problem, wanted
            if command:  # what has none keeps the other one waiting for nothing
                self._ran = time.monotonic()

    def _run(self, name: str, command: Sequence[str]) -> str:
        """Run it to its end, or for the time that it has; returns a sentence where it has failed."""
        what = f"The command of “hooks.{name}”, {line(command[0])},"
        try:
            process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                                       stderr=subprocess.STDOUT, start_new_session=os.name == "posix")
        except (OSError, ValueError) as error:  # ValueError: a NUL in an argument
            reason = why(error) if isinstance(error, OSError) else str(error)
            return f"{what} cannot be started: {line(reason)}. Correct the file."
        assert process.stdout is not None
        tail = bytearray()
        reader = threading.Thread(target=_read, args=(process.stdout, tail), name="kiosk hook's output", daemon=True)
        reader.start()
        status = self._wait(process)
        _end(process)
        reader.join(1)
        said = line(bytes(tail).decode("utf-8", "replace"), KEPT)
        if said:
            _log.info("hooks.%s said: %s", name, said)
        if status is None:
            return (f"{what} took longer than {self._timeout:g} seconds and was ended. Try it by hand, or raise "
                    "“hooks.timeout”.")
        reason = f": {said.rstrip('.')}" if said else ""
        return f"{what} failed with status {status}{reason}. Try it by hand in this account." if status else ""

    def _wait(self, process: subprocess.Popen[bytes]) -> int | None:
        """Its exit status, None where it did not end in time or is not waited for any more."""
        until = time.monotonic() + self._timeout
        while (status := process.poll()) is None and time.monotonic() < until:
            if self._closing.wait(0.05):
                return None
        return status


def _read(pipe: IO[bytes], tail: bytearray) -> None:
    with pipe:
        while data := os.read(pipe.fileno(), 65_536):
            tail += data
            del tail[:-KEPT]


def _end(process: subprocess.Popen[bytes]) -> None:
    """End it with all that it has left in its group."""
    if os.name == "posix":
        with suppress(ProcessLookupError, PermissionError):  # PermissionError: macOS, of a group that has just ended
            os.killpg(process.pid, signal.SIGKILL)
    else:
        process.kill()
    process.wait()
