"""One show as a process: start, heartbeat, standard error, end.

Nothing here waits. The show leads a session of its own, so that Ctrl+C in a terminal is for the supervisor, and so that
all that it has started can be ended with it; its workers end by themselves when they are left alone.
"""

from __future__ import annotations

import os
import signal
import socket
import subprocess
from contextlib import suppress
from typing import TYPE_CHECKING, Final, NamedTuple

from viewer.kiosk.heartbeat_message import MessageError, MessageReader

if TYPE_CHECKING:
    from collections.abc import Callable

    from viewer.kiosk.heartbeat_message import Painted

_OURS_ALONE: Final = ("NOTIFY_SOCKET", "WATCHDOG_USEC", "WATCHDOG_PID")
"""What the service manager tells the supervisor."""

_MOST_READS: Final = 16
"""Reads in one turn: a show that writes without end must not keep the supervisor from its other duties."""


class ShowCommand(NamedTuple):
    """The `program` that shows, with its interpreter, and the `words` of the command line for it."""

    program: tuple[str, ...]
    words: tuple[str, ...] = ()

    def line(self, entry: int, heartbeat_fd: int) -> list[str]:
        """The whole of it, for the entry `entry` of the configuration's screens."""
        return [*self.program, "--heartbeat-fd", str(heartbeat_fd), "--kiosk-entry", str(entry), *self.words]


class ShowProcess:
    """A running show; `close` is to be called when `status` says that it has ended."""

    def __init__(self, command: ShowCommand, entry: int, hear: Callable[[bytes], None]) -> None:
        """Start it; `hear` gets what it writes to standard error. Raises OSError where that cannot be."""
        self._hear = hear
        self._reader = MessageReader()
        self._link, theirs = socket.socketpair()
        self._link.setblocking(False)
        try:
            with theirs:
                self._process = subprocess.Popen(
                    command.line(entry, theirs.fileno()), pass_fds=(theirs.fileno(),), start_new_session=True,
                    stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, bufsize=0,
                    env={name: value for name, value in os.environ.items() if name not in _OURS_ALONE}
                    | {"PYTHONFAULTHANDLER": "1"},  # or a crash, or the SIGABRT of `ask_where`, would say nothing
                )
        except OSError:
            self._link.close()
            raise
        assert self._process.stderr is not None
        self._stderr = self._process.stderr
        os.set_blocking(self._stderr.fileno(), False)
        self._open = {self._link.fileno(), self._stderr.fileno()}

    @property
    def pid(self) -> int:
        """The process id, and that of its group."""
        return self._process.pid

    @property
    def descriptors(self) -> tuple[int, ...]:
        """What is readable when there is something to `receive`; what the show has closed never is."""
        return tuple(self._open)

    def receive(self) -> list[Painted]:
        """The messages that have come since, with standard error passed on. Raises MessageError."""
        for _ in range(_MOST_READS):
            if not (data := self._stderr.read(65_536)):
                if data is not None:
                    self._open.discard(self._stderr.fileno())
                break
            self._hear(data)
        messages: list[Painted] = []
        with suppress(BlockingIOError):
            for _ in range(_MOST_READS):
                if not (data := self._take()):
                    self._open.discard(self._link.fileno())
                    break
                messages += self._reader.feed(data)
        return messages

    def _take(self) -> bytes:
        try:
            return self._link.recv(65_536)
        except ConnectionResetError:  # it has ended
            return b""

    def status(self) -> int | None:
        """Its exit status, minus the number of the signal that has ended it; None while it runs."""
        return self._process.poll()

    def ask_to_end(self) -> None:
        """Have it end by itself."""
        self._process.send_signal(signal.SIGTERM)

    def ask_where(self) -> None:
        """Have it write the tracebacks of its threads to standard error and end (faulthandler), stopped or not."""
        self._process.send_signal(signal.SIGABRT)
        self._process.send_signal(signal.SIGCONT)

    def kill(self) -> None:
        """End it at once, with what it has started in its group."""
        with suppress(ProcessLookupError, PermissionError):  # PermissionError: macOS, of a group that has just ended
            os.killpg(self.pid, signal.SIGKILL)

    def close(self) -> None:
        """It has ended: read what it said last, end what it has left in its group, and let go of it."""
        with suppress(MessageError):
            self.receive()
        self.kill()
        self._link.close()
        self._stderr.close()
