"""Viewer's end of one worker process: start, send, receive, kill.

Nothing here waits: what would block has failed. Standard library only, so that the first worker can be at work before
Qt is imported. The worker gets a reduced environment, a session of its own (Ctrl+C in a terminal is for the viewer), no
standard input, and as standard error a pipe that drops what does not fit.
"""

from __future__ import annotations

import os
import signal
import site
import socket
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from viewer.imaging.protocol import shared_memory
from viewer.imaging.protocol.codec import read_reply
from viewer.imaging.protocol.deadlines import deadline_ms
from viewer.imaging.protocol.handshake import is_sandbox, read_sandbox, write_allowed_paths
from viewer.imaging.protocol.messages import (
    LONGEST_LINE,
    Described,
    Done,
    Opened,
    Outside,
    Parsed,
    ProtocolError,
    Unchanged,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from viewer.imaging.protocol.handshake import AllowedPaths, Sandbox
    from viewer.imaging.protocol.messages import Identity, Reply, Request
    from viewer.imaging.protocol.shared_memory import SharedBuffer

DEADLINE_MS: Final = 10_000
"""Milliseconds that a worker has for one ordinary picture, from the moment it is asked."""

RECYCLE_PICTURES: Final = 200
RECYCLE_BYTES: Final = 256 * 1024 * 1024
"""A worker that has decoded so many pictures, or keeps so much memory after one, is replaced by a fresh one."""

MOST_FAILED_STARTS: Final = 3
"""Workers that die in a row without a single answer until the program counts as one that cannot start."""

_KEPT: Final = (
    "LANG", "LC_ALL", "LC_CTYPE",  # file names mean the same on both sides
    "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "SYSTEMROOT", "SYSTEMDRIVE",  # what some Pythons need to start
)


class WorkerLost(Exception):  # noqa: N818 - what happened, not an error of ours
    """The worker has ended, does not read its channel, or has violated the protocol."""


class RequestUnread(WorkerLost):
    """The worker has ended without reading its request, which therefore did not end it."""


class UnderWay(NamedTuple):
    """A request at a worker: the memory it writes into, and the version of the file it has opened (None: not yet).

    `pixels` is how many there are to decode, 0 where that is not known, or not worth telling.
    """

    request: Request
    buffer: SharedBuffer
    identity: Identity | None
    pixels: int = 0

    def deadline_ms(self, base: int) -> int:
        """Milliseconds that it may take, as far as is known, where an ordinary picture has `base`."""
        return deadline_ms(base, file_bytes=0 if self.identity is None else self.identity.size, pixels=self.pixels)


def worker_command() -> tuple[str, ...]:
    """The command that runs a worker; the descriptor of its socket is appended.

    In a frozen build `sys.executable` is the viewer itself, which has a hidden flag for this (`viewer.__main__`).
    Otherwise Python runs isolated, so that nothing in the environment or the working folder is imported; but where
    Liftoff is installed for one user only (`pip install --user`), that user's packages are needed.
    """
    if getattr(sys, "frozen", False):
        return sys.executable, "--worker"
    here = Path(__file__)
    for_one_person = bool(site.ENABLE_USER_SITE) and here.is_relative_to(site.getusersitepackages())
    isolation = ("-E", "-P") if for_one_person else ("-I",)
    names_in_utf8 = ("-X", "utf8") if sys.flags.utf8_mode else ()
    return (sys.executable, *isolation, *names_in_utf8, "-m", "viewer.imaging.worker")


class WorkerProcess:
    """A running worker, and `under_way` the one request that it has not answered, if any. Created by `start`.

    `pictures` counts the requests that it has finished, but for unchanged files. `allowed_paths` is what it may read,
    None until `send_allowed_paths`; `sandbox` is its report on its sandbox, None until it has come.
    """

    def __init__(self, process: subprocess.Popen[bytes], link: socket.socket) -> None:
        self.under_way: UnderWay | None = None
        self.pictures = 0
        self.allowed_paths: AllowedPaths | None = None
        self.sandbox: Sandbox | None = None
        self._process = process
        self._link = link
        self._received = bytearray()
        self._stderr = bytearray()

    @classmethod
    def start(cls, command: Sequence[str] | None = None) -> WorkerProcess:
        """Start a worker, or `command` in its place. Raises OSError where that cannot be.

        Called in the main thread: on Linux a worker ends with the thread that started it.
        """
        ours, theirs = socket.socketpair()
        with theirs:
            ours.setblocking(False)
            try:
                process = _spawn([*(worker_command() if command is None else command), str(theirs.fileno())], theirs)
            except OSError:
                ours.close()
                raise
        return cls(process, ours)

    @property
    def pid(self) -> int:
        """The process id."""
        return self._process.pid

    def fileno(self) -> int:
        """The descriptor that is readable when there is something to `receive`; -1 after `kill`."""
        return self._link.fileno()

    def send_allowed_paths(self, allowed_paths: AllowedPaths) -> None:
        """Begin the handshake: restrict what it may read, once, before the first request.

        It need not have started yet. Raises WorkerLost where it does not read its channel, ValueError the second time.
        """
        if self.allowed_paths is not None:
            raise ValueError("the worker is restricted already")
        line = write_allowed_paths(allowed_paths)
        try:
            if self._link.send(line) != len(line):
                raise WorkerLost("it does not read its channel")
        except OSError as error:
            raise WorkerLost(f"it does not read its channel: {error}") from error
        self.allowed_paths = allowed_paths

    def send(self, request: Request, buffer: SharedBuffer) -> None:
        """Send a request for a picture to be written into `buffer`, one at a time.

        Raises WorkerLost where the worker does not read its channel, ValueError for a request that is too long.
        """
        if self.under_way is not None:
            raise ValueError("the worker has a request under way")
        try:
            shared_memory.send(self._link, request, buffer)
        except OSError as error:
            raise WorkerLost(f"it does not read its channel: {error}") from error
        self.under_way = UnderWay(request, buffer, None)

    def receive(self) -> tuple[Reply, ...]:
        """The replies that have come since; the last reply to a request ends it. Raises WorkerLost."""
        try:
            chunk = self._link.recv(65_536)
        except (BlockingIOError, InterruptedError):
            return ()
        except ConnectionResetError as error:  # it left something unread (unix(7))
            raise RequestUnread(f"it closed its channel: {error}") from error
        except OSError as error:
            raise WorkerLost(f"it closed its channel: {error}") from error
        if not chunk:
            raise WorkerLost("it closed its channel")
        self._received += chunk
        *lines, rest = self._received.split(b"\n")
        self._received = rest
        if len(rest) > LONGEST_LINE:
            raise WorkerLost("it sends a line without end")
        try:
            if lines and is_sandbox(bytes(lines[0])):
                if self.allowed_paths is None or self.sandbox or (self.under_way and self.under_way.identity):
                    raise WorkerLost("it reported its sandbox unasked")
                self.sandbox = read_sandbox(bytes(lines.pop(0)))
            return tuple(self._take_reply(bytes(line)) for line in lines)
        except ProtocolError as error:
            raise WorkerLost(f"it violates the protocol: {error}") from error

    def _take_reply(self, line: bytes) -> Reply:
        if self.under_way is None:
            raise WorkerLost("it replied unasked")
        request, _, identity, pixels = self.under_way
        reply = read_reply(line, request)
        if isinstance(reply, Opened):
            if identity is not None:
                raise WorkerLost("it opened a file twice")
            self.under_way = self.under_way._replace(identity=reply.identity)
        elif isinstance(reply, Parsed):
            if identity is None or pixels:
                raise WorkerLost("it parsed a file that it had not opened, or twice")
            self.under_way = self.under_way._replace(pixels=reply.pixels)
        elif isinstance(reply, (Done, Described)) and reply.identity != identity:
            raise WorkerLost("it decoded another file than it opened")
        elif isinstance(reply, Outside) and identity is not None:
            raise WorkerLost("it could not open a file that it had open")
        else:
            self.under_way = None
            self.pictures += not isinstance(reply, Unchanged)
        return reply

    def kill(self) -> None:
        """Kill it at once, stopped or not, and close the buffer it had. `has_ended` says when nothing of it is left."""
        self._process.kill()
        self._link.close()
        if self.under_way is not None:
            self.under_way.buffer.close()
        self._process.poll()

    @property
    def has_ended(self) -> bool:
        """Whether it has ended; if so, it is reaped and its streams are closed. Never waits."""
        if self._process.poll() is None:
            return False
        self._drain_stderr()
        if self._process.stderr is not None:
            self._process.stderr.close()
        return True

    def wait(self, seconds: float) -> bool:
        """Like `has_ended`, but wait up to `seconds` for it."""
        try:
            self._process.wait(seconds)
        except subprocess.TimeoutExpired:
            return False
        return self.has_ended

    def exit_summary(self) -> str:
        """How it ended, and the end of its standard error: one line for the log."""
        status = self._process.poll()
        if status is None:
            ending = "still ending"
        elif status >= 0:
            ending = f"exit status {status}"
        else:
            ending = next((name.name for name in signal.Signals if name == -status), f"signal {-status}")
        self._drain_stderr()
        # Control characters are left out: a terminal that shows the log would obey them.
        said = self._stderr.decode(errors="replace")
        words = "".join(letter if letter.isprintable() else " " for letter in said).split()
        return f"{ending}: {' '.join(words)[-300:]}" if words else ending

    def memory(self) -> int:
        """Its private resident memory in bytes; 0 where that is not known."""
        try:
            pages = Path(f"/proc/{self.pid}/statm").read_text().split()
            return (int(pages[1]) - int(pages[2])) * os.sysconf("SC_PAGE_SIZE")
        except (OSError, ValueError, IndexError, AttributeError):  # not on Linux, or just gone
            return 0

    def _drain_stderr(self) -> None:
        """Keep the last 2,000 bytes of its standard error, for the log."""
        stream = self._process.stderr
        if stream is None or stream.closed:
            return
        while chunk := stream.read(65_536):
            self._stderr = (self._stderr + chunk)[-2_000:]


def _spawn(command: list[str], link: socket.socket) -> subprocess.Popen[bytes]:
    environment = {name: os.environ[name] for name in _KEPT if name in os.environ}
    environment["MALLOC_ARENA_MAX"] = "1"  # glibc keeps an arena a thread otherwise, and none of them shrinks
    if sys.platform == "win32":
        process = subprocess.Popen(
            command, env=environment, creationflags=subprocess.CREATE_NO_WINDOW,
            stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )
        with process.stdin:
            process.stdin.write(link.share(process.pid))
        return process
    reading, writing = os.pipe()
    os.set_blocking(reading, False)
    os.set_blocking(writing, False)  # what does not fit is dropped: log output neither fills memory nor stops a worker
    try:
        process = subprocess.Popen(
            command, env=environment, pass_fds=(link.fileno(),), start_new_session=True,
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=writing,
        )
    except OSError:
        os.close(reading)
        raise
    finally:
        os.close(writing)
    process.stderr = os.fdopen(reading, "rb", buffering=0)
    return process

