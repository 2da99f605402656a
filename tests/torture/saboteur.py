"""`saboteur.py SEED SHARE FD`: a real worker that breaks down, lies or falls silent in the middle of its work.

It decodes like any other; but each line it is about to say goes wrong, in one of the ways of `FAULTS`, with the
probability SHARE. Which line and how is decided by SEED and the process id. Run by path, isolated, as the program runs
its own workers.
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

    Say: TypeAlias = Callable[[bytes], None]


def _changed(line: bytes, **fields: object) -> bytes:
    return json.dumps({**json.loads(line), **fields}).encode() + b"\n"


def _wait_for_ever() -> None:
    while True:
        select.select([], [], [], 60)  # pause(2) is none of the calls that a worker may make


def _crash(_say: Say, _line: bytes) -> None:
    ctypes.string_at(0)


def _exit(_say: Say, _line: bytes) -> None:
    os._exit(0)


def _fall_silent(_say: Say, _line: bytes) -> None:
    _wait_for_ever()


def _say_half(say: Say, line: bytes) -> None:
    say(line[: len(line) // 2])
    os._exit(1)


def _stop_half_way(say: Say, line: bytes) -> None:
    say(line[: len(line) // 2])
    _wait_for_ever()


def _talk_without_end(say: Say, _line: bytes) -> None:
    while True:
        say(b"a" * 65_536)


def _repeat_without_end(say: Say, line: bytes) -> None:
    while True:
        say(line * 50)


FAULTS: Final[dict[str, Callable[[Say, bytes], None]]] = {
    "crash": _crash,
    "exit": _exit,
    "silence": _fall_silent,
    "half": _say_half,
    "stop half way": _stop_half_way,
    "endless line": _talk_without_end,
    "endless repetition": _repeat_without_end,
    "noise": lambda say, line: say(random.Random(len(line)).randbytes(200) + b"\n"),
    "no object": lambda say, _: say(b"[1, 2, 3]\n"),
    "deep": lambda say, _: say(b"[" * 20_000 + b"]" * 20_000 + b"\n"),
    "twice": lambda say, line: say(line * 2),
    "another's answer": lambda say, line: say(_changed(line, serial=json.loads(line)["serial"] + 1)),
    "no such answer": lambda say, line: say(_changed(line, reply="Opened and done")),
    "too wide": lambda say, line: say(_changed(line, width=65_000, height=65_000)),
    "negative": lambda say, line: say(_changed(line, width=-1, source_width=-1)),
    "huge number": lambda say, line: say(line.replace(b'"serial":', b'"width":1e999,"serial":')),
    "not a number": lambda say, line: say(_changed(line, width=float("nan"), identity=[1, 2, 3])),
    "another file": lambda say, line: say(_changed(line, identity=[1, 2, 3], alpha="yes")),
    "long words": lambda say, line: say(_changed(line, texts={"title": "x" * 99_999}, failure=["damaged", "x" * 9999])),
    "odd words": lambda say, line: say(_changed(line, texts={"title": "\u202e\x1b[2J\0" * 99}, format="\ud800" * 20)),
    "no such failure": lambda say, line: say(_changed(line, reply="Failed", failure=["rm -rf", ""])),
}
"""What can go wrong. Each takes the way to speak and the line that should have been said."""


class Mouth:
    """The worker's socket, through which not every line comes out as it should."""

    def __init__(self, channel: _socket.socket, seed: int, share: float) -> None:
        self._channel = channel
        self._dice = random.Random(f"{seed}/{os.getpid()}")
        self._share = share

    def sendall(self, line: bytes) -> None:
        """Say `line`, or fail to."""
        if self._dice.random() < self._share:
            FAULTS[self._dice.choice(tuple(FAULTS))](self._channel.sendall, line)
        else:
            self._channel.sendall(line)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._channel, name)


def main(seed: int, share: float, descriptor: int) -> int:
    """Be a worker."""
    from viewer.imaging.worker import __main__ as worker

    mouth = Mouth(_socket.socket(fileno=descriptor), seed, share)
    setattr(worker, "_channel", lambda: mouth)  # noqa: B010 - the checker minds assigning to a function
    return worker.main()


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]), float(sys.argv[2]), int(sys.argv[3])))
