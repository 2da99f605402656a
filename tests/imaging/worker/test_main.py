"""The worker process: what it imports, its rlimits and memory, and when it exits."""

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
from tests.imaging.worker.client import COMMAND, TIMEOUT, Client
from viewer.imaging.protocol.codec import write_request
from viewer.imaging.protocol.messages import Request
from viewer.imaging.protocol.shared_memory import SharedBuffer
from viewer.imaging.worker.sandbox.rlimits import ADDRESS_SPACE

linux = pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")


@pytest.fixture
def loaded() -> set[str]:
    """The modules that a worker imports before its first picture."""
    asked = subprocess.run(
        [sys.executable, "-I", "-c", "import sys, viewer.imaging.worker.__main__; print(*sys.modules)"],
        check=True, capture_output=True, text=True, timeout=TIMEOUT,
    )
    return set(asked.stdout.split())


def test_a_worker_imports_no_qt_and_nothing_slow_at_start_up(loaded: set[str]) -> None:
    assert not {name for name in loaded if name.partition(".")[0] in {"PySide6", "shiboken6", "msgspec"}}
    assert not loaded & {"asyncio", "pathlib", "xml", "defusedxml", "pillow_heif", "PIL.ImageCms", "socket"}
    assert not {name for name in loaded if name.endswith("ImagePlugin")} - {"PIL.JpegImagePlugin"}


def test_a_worker_exits_when_the_viewer_closes_the_channel() -> None:
    assert Client().disconnect() == 0


def test_a_worker_exits_on_a_line_that_is_no_message() -> None:
    client = Client()
    client._channel.sendall(b"hello\n")

    assert client.disconnect() == 1


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
def test_a_worker_ignores_ctrl_c_in_the_terminal(tmp_path: Path) -> None:
    client = Client(tmp_path)
    client.ask(pictures.solid(tmp_path / "a.jpg"))
    client.process.send_signal(signal.SIGINT)

    assert client.ask(tmp_path / "a.jpg").size == (60, 40)
    assert client.disconnect() == 0


@linux
def test_a_worker_dies_with_its_viewer() -> None:
    viewer = (
        "import socket, subprocess, sys\n"
        "ours, theirs = socket.socketpair()\n"
        "keep = ours.dup(); keep.set_inheritable(True)\n"  # so that the channel stays open
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
        _wait_for_prctl(worker)
        process.kill()
    try:
        assert select.select([handle], [], [], TIMEOUT)[0], "the worker outlived its viewer"
    finally:
        os.close(handle)


@linux
def test_rlimits_oom_score_and_no_new_privileges_are_set(tmp_path: Path) -> None:
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
def test_neither_descriptors_nor_memory_accumulate(tmp_path: Path) -> None:
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
def test_an_idle_worker_returns_memory_to_the_system(tmp_path: Path) -> None:
    client = Client(tmp_path)
    client.ask(pictures.solid(tmp_path / "small.jpg"), (60, 40))
    statm = Path("/proc") / str(client.process.pid) / "statm"
    before = int(statm.read_text().split()[1])
    client.ask(pictures.solid(tmp_path / "large.jpg", size=(4000, 3000)), (1900, 1900))
    until = time.monotonic() + TIMEOUT
    while (after := int(statm.read_text().split()[1])) > before + 2000 and time.monotonic() < until:  # of 4 KiB
        os.sched_yield()
    client.close()

    assert after <= before + 2000


def test_shared_memory_smaller_than_announced_ends_the_worker(tmp_path: Path) -> None:
    client = Client(tmp_path)
    with SharedBuffer(100) as buffer:
        request = Request(1, "picture", str(pictures.solid(tmp_path / "a.jpg")), 50, 50, 10_000)
        socket.send_fds(client._channel, [write_request(request)], [buffer.handle])

        assert client.disconnect() == 1


def _wait_for_prctl(worker: int) -> None:
    status = Path("/proc") / str(worker) / "status"
    while "NoNewPrivs:\t1" not in status.read_text():
        os.sched_yield()
