"""Minimal blocking client of a real worker process."""

from __future__ import annotations

import socket
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from tests import pictures
from viewer.imaging.protocol.codec import read_reply
from viewer.imaging.protocol.handshake import AllowedPaths, Sandbox, read_sandbox, write_allowed_paths
from viewer.imaging.protocol.limits import DEFAULT, Limits
from viewer.imaging.protocol.messages import (
    INTERIM,
    Done,
    Failed,
    Identity,
    Kind,
    Opened,
    Outside,
    Parsed,
    Region,
    Reply,
    Request,
    Unchanged,
)
from viewer.imaging.protocol.shared_memory import SharedBuffer, send

if TYPE_CHECKING:
    from collections.abc import Sequence

    from viewer.imaging.protocol.failures import Reason

COMMAND = (sys.executable, "-I", "-m", "viewer.imaging.worker")
WITHOUT_CODECS = (
    sys.executable, "-I", "-c",
    ("import runpy, sys; sys.modules['imagecodecs'] = None; "
     "runpy.run_module('viewer.imaging.worker', run_name='__main__', alter_sys=True)"),
)
"""A worker as where the package imagecodecs is not installed."""

TIMEOUT = 60
"""Seconds without an answer after which a test fails."""


class Answer(NamedTuple):
    """The replies to one request, with the pixels."""

    opened: Opened | None
    last: Reply
    memory: bytes
    parsed: Parsed | None = None

    @property
    def done(self) -> Done:
        assert isinstance(self.last, Done), self.last
        return self.last

    @property
    def reason(self) -> Reason:
        assert isinstance(self.last, Failed), self.last
        return self.last.failure.reason

    @property
    def is_unchanged(self) -> bool:
        return isinstance(self.last, Unchanged)

    @property
    def size(self) -> tuple[int, int]:
        return self.done.width, self.done.height

    @property
    def source_size(self) -> tuple[int, int]:
        return self.done.source_width, self.done.source_height

    def pixel(self, x: int, y: int) -> tuple[int, int, int, int]:
        """Red, green, blue and alpha as in memory; negative coordinates count from the right and the bottom."""
        at = 4 * (y % self.done.height * self.done.width + x % self.done.width)
        blue, green, red, alpha = self.memory[at : at + 4]
        return red, green, blue, alpha

    def corners(self) -> list[tuple[int, int, int, int]]:
        return [self.pixel(x, y) for x, y in ((4, 4), (-5, 4), (4, -5), (-5, -5))]

    def is_upright(self) -> bool:
        """Whether the corners have the colours of `pictures.quadrants`."""
        return all(map(pictures.is_near, self.corners(), pictures.CORNERS))


class Client:
    """Starts a worker and sends it one request after another."""

    def __init__(self, *folders: Path | str, command: Sequence[str] = COMMAND,
                 allowed_paths: AllowedPaths | None = None) -> None:
        """A worker that may read below `folders`, or all of `allowed_paths`."""
        self._channel, theirs = socket.socketpair()
        self._channel.settimeout(TIMEOUT)
        with theirs:
            self.process = subprocess.Popen([*command, str(theirs.fileno())], pass_fds=[theirs.fileno()])
        self._lines = self._channel.makefile("rb")
        self._serial = 0
        self._channel.sendall(write_allowed_paths(allowed_paths or AllowedPaths(tuple(map(str, folders)))))
        line = self._lines.readline()
        self.sandbox: Sandbox | None = read_sandbox(line) if line else None  # None: it has exited

    def ask(
        self, path: Path | str, box: tuple[int, int] = (1620, 1080), *, kind: Kind = "picture", frame: int = 0,
        unless: Identity | None = None, thumbnails: Path | str = "", into: SharedBuffer | None = None,
        limits: Limits = DEFAULT, region: Region | None = None, rough: bool = False,
        partial: bool = False, beside: tuple[str, ...] = (),
    ) -> Answer:
        """The answer to one request; the worker must survive it."""
        self._serial += 1
        capacity = 4 * box[0] * box[1] if region is None else 4 * region.width * region.height
        request = Request(
            self._serial, kind, str(path), *box, capacity, frame, unless, str(thumbnails), limits, region, rough,
            partial, beside,
        )
        memory = into or SharedBuffer(capacity)
        send(self._channel, request, memory)
        opened: Opened | None = None
        parsed: Parsed | None = None
        while isinstance(reply := read_reply(self._lines.readline(), request), INTERIM):
            if isinstance(reply, Parsed):
                assert parsed is None, "parsed twice"
                parsed = reply
            else:
                assert opened is None, "opened twice"
                opened = reply
        pixels = bytes(memory.view[: 4 * reply.width * reply.height]) if isinstance(reply, Done) else b""
        if into is None:
            memory.close()
        return Answer(opened, reply, pixels, parsed)

    def is_outside(self, path: Path | str) -> bool:
        """Whether the worker says that `path` is outside its allowed paths."""
        return isinstance(self.ask(path).last, Outside)

    def peak_memory(self) -> int:
        """The most memory that the worker has held so far, in bytes."""
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        return int(status.partition("VmHWM:")[2].split()[0]) << 10

    def disconnect(self) -> int:
        """Close this end of the channel; the worker's exit status."""
        self._lines.close()
        self._channel.close()
        return self.process.wait(TIMEOUT)

    def close(self) -> None:
        """Kill the worker, whatever it is doing."""
        self._lines.close()
        self._channel.close()
        self.process.kill()
        self.process.wait(TIMEOUT)
