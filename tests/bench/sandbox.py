"""`python -m tests.bench.sandbox [ROUNDS]`: what the sandbox costs, to start a worker and for each picture.

Two workers that differ in nothing but whether they are sandboxed take turns, so that whatever else the machine
does hits both. Says medians in milliseconds, and the median of the differences within a round.
"""

from __future__ import annotations

import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Final

from tests import pictures
from viewer.imaging.protocol.codec import read_reply
from viewer.imaging.protocol.handshake import AllowedPaths, write_allowed_paths
from viewer.imaging.protocol.messages import INTERIM, Done, Request
from viewer.imaging.protocol.shared_memory import SharedBuffer, send

if TYPE_CHECKING:
    from collections.abc import Callable

_BEGINNING: Final = "import sys\nfrom viewer.imaging.worker.__main__ import main\n"
_UNCONFINED: Final = """
from viewer.imaging.protocol.handshake import Sandbox
from viewer.imaging.worker.sandbox.apply import Confinement
Confinement.__init__ = lambda self: None
Confinement.apply = lambda self, allowed_paths: Sandbox((), 0, (), ())
"""
WORKERS: Final = {
    "confined": _BEGINNING + "sys.exit(main())", "unconfined": _BEGINNING + _UNCONFINED + "sys.exit(main())",
}
BOX: Final = (1380, 920)
_PICTURES_EACH: Final = 5


class Worker:
    """A worker at the other end of a line; `started` is how many milliseconds it took until it could be asked."""

    def __init__(self, script: str, allowed_paths: AllowedPaths) -> None:
        begun = time.perf_counter()
        self._channel, theirs = socket.socketpair()
        with theirs:
            handle = theirs.fileno()
            self._process = subprocess.Popen([sys.executable, "-I", "-c", script, str(handle)], pass_fds=[handle])
        self._channel.sendall(write_allowed_paths(allowed_paths))
        self._lines = self._channel.makefile("rb")
        self._lines.readline()
        self.started = 1000 * (time.perf_counter() - begun)

    def decode(self, path: Path, frame: SharedBuffer) -> float:
        """The milliseconds that a picture takes."""
        begun = time.perf_counter()
        request = Request(1, "picture", str(path), *BOX, frame.capacity)
        send(self._channel, request, frame)
        while isinstance(reply := read_reply(self._lines.readline(), request), INTERIM):
            continue
        assert isinstance(reply, Done), reply
        return 1000 * (time.perf_counter() - begun)

    def close(self) -> None:
        """End it."""
        self._lines.close()
        self._channel.close()
        self._process.wait()


def main(rounds: int) -> int:
    """Measure, and say what came out."""
    with tempfile.TemporaryDirectory() as folder, SharedBuffer(4 * BOX[0] * BOX[1]) as frame:
        made = _pictures(Path(folder))
        times: dict[str, dict[str, list[float]]] = {}

        def note(what: str, who: str, milliseconds: float) -> None:
            times.setdefault(what, {name: [] for name in WORKERS})[who].append(milliseconds)

        for number in range(rounds):
            order = list(WORKERS) if number % 2 else list(WORKERS)[::-1]
            workers = {who: Worker(WORKERS[who], AllowedPaths((folder,))) for who in order}
            for who in order:
                note("start of a worker", who, workers[who].started)
            _measure(made, workers, frame, note)
            for worker in workers.values():
                worker.close()
    sys.stdout.write(_table(times, rounds))
    return 0


def _measure(
    made: dict[str, Path], workers: dict[str, Worker], frame: SharedBuffer, note: Callable[[str, str, float], None],
) -> None:
    for kind, path in made.items():
        for who, worker in workers.items():
            note(f"the first {kind}", who, worker.decode(path, frame))
        for _ in range(_PICTURES_EACH):
            for who, worker in workers.items():
                note(f"a {kind}", who, worker.decode(path, frame))


def _pictures(folder: Path) -> dict[str, Path]:
    return {
        "JPEG of 300 x 200": pictures.photo(folder / "small.jpg", (300, 200)),
        "JPEG of 6 megapixels": pictures.photo(folder / "photo.jpg", (3000, 2000)),
        "PNG of 1.5 megapixels": pictures.photo(folder / "photo.png", (1500, 1000)),
        "WebP of 1.5 megapixels": pictures.photo(folder / "photo.webp", (1500, 1000)),
        "AVIF of 1.5 megapixels": pictures.photo(folder / "photo.avif", (1500, 1000)),
        "HEIC of 1.5 megapixels": pictures.photo(folder / "photo.heic", (1500, 1000)),
    }


def _table(times: dict[str, dict[str, list[float]]], rounds: int) -> str:
    lines = [f"medians of {rounds} rounds, milliseconds", "", "| | confined | unconfined | difference |",
             "|---|---|---|---|"]
    for what, by_worker in times.items():
        confined, unconfined = by_worker["confined"], by_worker["unconfined"]
        difference = median(one - other for one, other in zip(confined, unconfined, strict=True))
        lines.append(f"| {what} | {median(confined):.2f} | {median(unconfined):.2f} | {difference:+.2f} |")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 9))
