"""Fault-injecting worker (`faulty_worker.py SEED SHARE FD`): a real worker that crashes, hangs or breaks the protocol.

Each line that it sends is replaced by one of `FAULTS` with probability SHARE; SEED and the process id decide which. Run
by path and isolated, as the program runs its own workers.
"""

from __future__ import annotations

import _socket
import ctypes
import json
import os
import random
import select
import sys
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import TypeAlias

    Send: TypeAlias = Callable[[bytes], None]


def _changed(line: bytes, **fields: object) -> bytes:
    return json.dumps({**json.loads(line), **fields}).encode() + b"\n"


def _wait_for_ever() -> None:
    while True:
        select.select([], [], [], 60)  # pause(2) is not allowed by the seccomp filter


def _crash(_send: Send, _line: bytes) -> None:
    ctypes.string_at(0)


def _exit(_send: Send, _line: bytes) -> None:
    os._exit(0)


def _hang(_send: Send, _line: bytes) -> None:
    _wait_for_ever()


def _send_half(send: Send, line: bytes) -> None:
    send(line[: len(line) // 2])
    os._exit(1)


def _hang_half_way(send: Send, line: bytes) -> None:
    send(line[: len(line) // 2])
    _wait_for_ever()


def _send_endless_line(send: Send, _line: bytes) -> None:
    while True:
        send(b"a" * 65_536)


def _repeat_endlessly(send: Send, line: bytes) -> None:
    while True:
        send(line * 50)


FAULTS: Final[dict[str, Callable[[Send, bytes], None]]] = {
    "crash": _crash,
    "exit": _exit,
    "hang": _hang,
    "half": _send_half,
    "hang half way": _hang_half_way,
    "endless line": _send_endless_line,
    "endless repetition": _repeat_endlessly,
    "noise": lambda send, line: send(random.Random(len(line)).randbytes(200) + b"\n"),
    "no object": lambda send, _: send(b"[1, 2, 3]\n"),
    "deep": lambda send, _: send(b"[" * 20_000 + b"]" * 20_000 + b"\n"),
    "twice": lambda send, line: send(line * 2),
    "wrong serial": lambda send, line: send(_changed(line, serial=json.loads(line)["serial"] + 1)),
    "unknown reply": lambda send, line: send(_changed(line, reply="Opened and done")),
    "too wide": lambda send, line: send(_changed(line, width=65_000, height=65_000)),
    "negative": lambda send, line: send(_changed(line, width=-1, source_width=-1)),
    "huge number": lambda send, line: send(line.replace(b'"serial":', b'"width":1e999,"serial":')),
    "not a number": lambda send, line: send(_changed(line, width=float("nan"), identity=[1, 2, 3])),
    "another file": lambda send, line: send(_changed(line, identity=[1, 2, 3], alpha="yes")),
    "long texts": lambda send, line: send(
        _changed(line, texts={"title": "x" * 99_999}, failure=["damaged", "x" * 9999])),
    "odd texts": lambda send, line: send(_changed(line, texts={"title": "\u202e\x1b[2J\0" * 99}, format="\ud800" * 20)),
    "no such failure": lambda send, line: send(_changed(line, reply="Failed", failure=["rm -rf", ""])),
}
"""Faults by name. Each takes the send function and the line that should have been sent."""


class FaultyChannel:
    """The worker's socket, with faults injected into `sendall`."""

    def __init__(self, channel: _socket.socket, seed: int, share: float) -> None:
        self._channel = channel
        self._rng = random.Random(f"{seed}/{os.getpid()}")
        self._share = share

    def sendall(self, line: bytes) -> None:
        """Send `line`, or a fault instead."""
        if self._rng.random() < self._share:
            FAULTS[self._rng.choice(tuple(FAULTS))](self._channel.sendall, line)
        else:
            self._channel.sendall(line)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._channel, name)


def main(seed: int, share: float, descriptor: int) -> int:
    """Run the worker; its exit status."""
    from viewer.imaging.worker import __main__ as worker

    channel = FaultyChannel(_socket.socket(fileno=descriptor), seed, share)
    setattr(worker, "_channel", lambda: channel)  # noqa: B010 - the checker minds assigning to a function
    return worker.main()


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]), float(sys.argv[2]), int(sys.argv[3])))
