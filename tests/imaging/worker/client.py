"""A viewer's end of a real worker process, as plain as can be."""

from __future__ import annotations

import socket
import subprocess
import sys
from typing import TYPE_CHECKING, NamedTuple

from viewer.imaging.protocol.codec import read_reply
from viewer.imaging.protocol.handshake import AllowedPaths, Sandbox, read_sandbox, write_allowed_paths
from viewer.imaging.protocol.limits import DEFAULT, Limits
from viewer.imaging.protocol.messages import (
    Done,
    Failed,
    Identity,
    Kind,
    Opened,
    Outside,
    Region,
    Reply,
    Request,
    Unchanged,
)
from viewer.imaging.protocol.shared_memory import SharedBuffer, send

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from viewer.imaging.protocol.failures import Reason

COMMAND = (sys.executable, "-I", "-m", "viewer.imaging.worker")
PATIENCE = 60
"""Seconds after which a worker that says nothing fails the test."""


class Answer(NamedTuple):
    """What came back for one request, with the pixels."""

    opened: Opened | None
    last: Reply
    memory: bytes

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

    def bgra(self, x: int, y: int) -> tuple[int, int, int, int]:
        at = 4 * (y * self.done.width + x)
        blue, green, red, alpha = self.memory[at : at + 4]
        return blue, green, red, alpha

    def pixel(self, x: int, y: int) -> tuple[int, int, int, int]:
        """Red, green, blue, opacity as they lie in memory; negative places count from the right and the bottom."""
        blue, green, red, alpha = self.bgra(x % self.done.width, y % self.done.height)
        return red, green, blue, alpha

    def corners(self) -> list[tuple[int, int, int, int]]:
        return [self.pixel(x, y) for x, y in ((4, 4), (-5, 4), (4, -5), (-5, -5))]


class Client:
    """Starts a worker and asks it one thing after another."""

    def __init__(self, *folders: Path | str, command: Sequence[str] = COMMAND,
                 allowed_paths: AllowedPaths | None = None) -> None:
        """A worker that may read below `folders`, or in all of `allowed_paths`."""
        self._channel, theirs = socket.socketpair()
        self._channel.settimeout(PATIENCE)
        with theirs:
            self.process = subprocess.Popen([*command, str(theirs.fileno())], pass_fds=[theirs.fileno()])
        self._lines = self._channel.makefile("rb")
        self._serial = 0
        self._channel.sendall(write_allowed_paths(allowed_paths or AllowedPaths(tuple(map(str, folders)))))
        self.sandbox = self._report()

    def _report(self) -> Sandbox | None:
        """What it says of itself; None where it ended before."""
        line = self._lines.readline()
        return read_sandbox(line) if line else None

    def ask(
        self, path: Path | str, box: tuple[int, int] = (1620, 1080), *, kind: Kind = "picture", frame: int = 0,
        unless: Identity | None = None, thumbnails: Path | str = "", into: SharedBuffer | None = None,
        limits: Limits = DEFAULT, region: Region | None = None, rough: bool = False,
    ) -> Answer:
        """The answer to one request; the worker must survive it."""
        self._serial += 1
        capacity = 4 * box[0] * box[1] if region is None else 4 * region.width * region.height
        request = Request(
            self._serial, kind, str(path), *box, capacity, frame, unless, str(thumbnails), limits, region, rough,
        )
        memory = into or SharedBuffer.create(capacity)
        send(self._channel, request, memory)
        opened: Opened | None = None
        while isinstance(reply := read_reply(self._lines.readline(), request), Opened):
            assert opened is None, "opened twice"
            opened = reply
        pixels = bytes(memory.view[: 4 * reply.width * reply.height]) if isinstance(reply, Done) else b""
        if into is None:
            memory.close()
        return Answer(opened, reply, pixels)

    def is_outside(self, path: Path | str) -> bool:
        """Whether the worker says that `path` lies outside its grounds."""
        return isinstance(self.ask(path).last, Outside)

    def hang_up(self) -> int:
        """Close our end; the worker's exit status."""
        self._lines.close()
        self._channel.close()
        return self.process.wait(PATIENCE)

    def close(self) -> None:
        """End the worker, whatever it is doing."""
        self._lines.close()
        self._channel.close()
        self.process.kill()
        self.process.wait(PATIENCE)
