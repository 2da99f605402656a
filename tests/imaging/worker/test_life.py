"""A worker's life: what it loads, what it may do, and when it ends."""

from __future__ import annotations

import os
import select
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests import pictures
from tests.imaging.worker.client import COMMAND, PATIENCE, Client
from viewer.imaging.protocol.codec import write_request
from viewer.imaging.protocol.messages import Request
from viewer.imaging.protocol.shared_memory import SharedBuffer
from viewer.imaging.worker.formats import format_of
from viewer.imaging.worker.sandbox.rlimits import ADDRESS_SPACE

linux = pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")


@pytest.fixture
def loaded() -> set[str]:
    """The modules that a worker has loaded before its first picture."""
    asked = subprocess.run(
        [sys.executable, "-I", "-c", "import sys, viewer.imaging.worker.__main__; print(*sys.modules)"],
        check=True, capture_output=True, text=True, timeout=PATIENCE,
    )
    return set(asked.stdout.split())


def test_a_worker_loads_no_qt_and_nothing_slow(loaded: set[str]) -> None:
    assert not {name for name in loaded if name.partition(".")[0] in {"PySide6", "shiboken6", "msgspec"}}
    assert not loaded & {"asyncio", "pathlib", "xml", "defusedxml", "pillow_heif", "PIL.ImageCms", "socket"}
    assert not {name for name in loaded if name.endswith("ImagePlugin")} - {"PIL.JpegImagePlugin"}


def test_a_worker_ends_when_the_viewer_hangs_up() -> None:
    assert Client().hang_up() == 0


def test_a_worker_ends_when_it_is_not_understood() -> None:
    client = Client()
    client._channel.sendall(b"hello\n")  # what no viewer says

    assert client.hang_up() == 1


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
def test_ctrl_c_in_a_terminal_is_not_for_the_worker(tmp_path: Path) -> None:
    client = Client(tmp_path)
    client.ask(pictures.solid(tmp_path / "a.jpg"))
    client.process.send_signal(signal.SIGINT)

    assert client.ask(tmp_path / "a.jpg").size == (60, 40)
    assert client.hang_up() == 0


@linux
def test_a_worker_dies_with_its_viewer() -> None:
    viewer = (
        "import socket, subprocess, sys\n"
        "ours, theirs = socket.socketpair()\n"
        "keep = ours.dup(); keep.set_inheritable(True)\n"  # so that the end of the line alone does not end it
        f"worker = subprocess.Popen([*{COMMAND!r}, str(theirs.fileno())], pass_fds=[theirs.fileno(), keep.fileno()])\n"
        "print(worker.pid, flush=True)\n"
        "sys.stdin.read()\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", viewer], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    ) as process:
        assert process.stdout is not None
        worker = int(process.stdout.readline())
        handle = os.pidfd_open(worker)
        _wait_for_confinement(worker)
        process.kill()
    try:
        assert select.select([handle], [], [], PATIENCE)[0], "the worker outlived its viewer"
    finally:
        os.close(handle)


@linux
def test_a_worker_is_limited(tmp_path: Path) -> None:
    client = Client(tmp_path)
    client.ask(pictures.solid(tmp_path / "a.jpg"))
    process = Path("/proc") / str(client.process.pid)
    limits = process.joinpath("limits").read_text()
    status = process.joinpath("status").read_text()
    score = int(process.joinpath("oom_score_adj").read_text())
    client.close()

    assert "NoNewPrivs:\t1" in status
    assert score > 0
    for name, most in (("Max core file size", 0), ("Max file size", 0), ("Max address space", ADDRESS_SPACE)):
        line = next(line for line in limits.splitlines() if line.startswith(name))
        assert int(line.removeprefix(name).split()[1]) <= most, line


@linux
def test_neither_descriptors_nor_memory_pile_up(tmp_path: Path) -> None:
    client = Client(tmp_path)
    paths = [
        pictures.photo(tmp_path / "a.jpg", (1200, 800)), pictures.animated(tmp_path / "b.gif"),
        pictures.animated(tmp_path / "c.png"), pictures.truncated(tmp_path / "a.jpg", tmp_path / "d.jpg", keep=0.5),
        tmp_path / "nothing.jpg", pictures.photo(tmp_path / "e.png", (600, 400)),
    ]

    def measured() -> tuple[int, int]:
        for path in paths * 5:
            client.ask(path, (600, 400))
        process = Path("/proc") / str(client.process.pid)
        return len(list((process / "fd").iterdir())), int(process.joinpath("statm").read_text().split()[1])

    handles, pages = measured()
    for _ in range(4):
        handles_now, pages_now = measured()
        assert handles_now <= handles + 1
        assert pages_now <= pages + 1500  # of 4 KiB
    client.close()


@linux
def test_a_worker_that_rests_gives_its_memory_back(tmp_path: Path) -> None:
    client = Client(tmp_path)
    client.ask(pictures.solid(tmp_path / "small.jpg"), (60, 40))
    statm = Path("/proc") / str(client.process.pid) / "statm"
    before = int(statm.read_text().split()[1])
    client.ask(pictures.solid(tmp_path / "large.jpg", size=(4000, 3000)), (1900, 1900))
    until = time.monotonic() + PATIENCE
    while (after := int(statm.read_text().split()[1])) > before + 2000 and time.monotonic() < until:  # of 4 KiB
        os.sched_yield()
    client.close()

    assert after <= before + 2000


def test_a_frame_that_is_smaller_than_promised_ends_the_worker(tmp_path: Path) -> None:
    client = Client(tmp_path)
    with SharedBuffer.create(100) as frame:
        request = Request(1, "picture", str(pictures.solid(tmp_path / "a.jpg")), 50, 50, 10_000)
        socket.send_fds(client._channel, [write_request(request)], [frame.handle])

        assert client.hang_up() == 1


@pytest.mark.parametrize(("head", "found"), [
    (b"\xff\xd8\xff\xe0", "JPEG"), (b"\xff\xd8", None), (b"\x89PNG\r\n\x1a\n", "PNG"), (b"GIF89a", "GIF"),
    (b"GIF88a", None), (b"RIFF\0\0\0\0WEBPVP8 ", "WEBP"), (b"RIFF\0\0\0\0WAVE", None), (b"II*\0", "TIFF"),
    (b"MM\0+", "TIFF"), (b"BM" + bytes(12) + b"\x28\0\0\0", "BMP"), (b"BM" + bytes(16), None),
    (b"\0\0\0\x1cftypavif\0\0\0\0avifmif1", "AVIF"), (b"\0\0\0\x1cftypmif1\0\0\0\0mif1avif", "AVIF"),
    (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", "HEIF"), (b"\0\0\0\x18ftypisom\0\0\0\0isommp42", None),
    (b"\0\0\0\x10ftypisom\0\0\0\0heic", None), (b"<svg", None), (b"%PDF-1.7", None), (b"", None),
])
def test_a_format_is_known_by_its_first_bytes(head: bytes, found: str | None) -> None:
    assert format_of(head) == found


def _wait_for_confinement(worker: int) -> None:
    status = Path("/proc") / str(worker) / "status"
    while "NoNewPrivs:\t1" not in status.read_text():
        os.sched_yield()
