"""Dead network shares: a FUSE file system that never answers, which only root can mount, does not block a worker."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests import pictures
from tests.imaging.worker.client import COMMAND, Client

if TYPE_CHECKING:
    from pathlib import Path

    from viewer.imaging.protocol.handshake import Sandbox

MOUNT_DEAD_SHARE = """
import ctypes, os, sys
libc = ctypes.CDLL(None, use_errno=True)
def must(result):
    if result < 0:
        sys.exit(os.strerror(ctypes.get_errno()))
must(libc.unshare(0x00020000))  # CLONE_NEWNS: a mount namespace of its own
must(libc.mount(None, b"/", None, 0x4000 | 0x40000, None))  # MS_REC | MS_PRIVATE
server = os.open("/dev/fuse", os.O_RDWR)  # never read, so that nothing is ever answered
os.set_inheritable(server, True)
options = f"fd={server},rootmode=40000,user_id=0,group_id=0".encode()
must(libc.mount(b"gone", os.fsencode(sys.argv[1]), b"fuse", 0, options))
"""


def command(dead: Path) -> list[str]:
    """A worker's command where `dead` is a share that does not answer."""
    script = MOUNT_DEAD_SHARE + f"os.execv(sys.executable, [*{COMMAND!r}, *sys.argv[2:]])"
    return [sys.executable, "-I", "-c", script, str(dead)]


@pytest.fixture
def dead(tmp_path: Path) -> Path:
    folder = tmp_path / "a share"
    folder.mkdir()
    if sys.platform != "linux":
        pytest.skip("mount namespaces are Linux'")
    tried = subprocess.run([sys.executable, "-I", "-c", MOUNT_DEAD_SHARE, str(folder)], capture_output=True,
                           text=True, timeout=60, check=False)
    if tried.returncode:
        pytest.skip(f"FUSE cannot be mounted here: {tried.stderr.strip().splitlines()[-1]}")
    return folder


def _is_confined(sandbox: Sandbox | None) -> bool:
    return sandbox is not None and "limits" in sandbox.layers and sandbox.permitted == ()


def test_a_dead_share_does_not_block_pictures_elsewhere(dead: Path, tmp_path: Path) -> None:
    (tmp_path / "here").mkdir()
    picture = pictures.solid(tmp_path / "here" / "a.jpg")
    shares = [dead / str(number) for number in range(20)]
    client = Client(*shares, tmp_path / "here", *shares, command=command(dead))

    assert _is_confined(client.sandbox)
    assert client.ask(picture).size == (60, 40)
    client.close()


def test_a_symbolic_link_into_a_dead_share_does_not_either(dead: Path, tmp_path: Path) -> None:
    folder = tmp_path / "here"
    folder.mkdir()
    picture = pictures.solid(folder / "a.jpg")
    (folder / "gone").symlink_to(dead / "pictures")
    client = Client(folder / "gone", folder, command=command(dead))

    assert _is_confined(client.sandbox)
    assert client.ask(picture).size == (60, 40)
    client.close()


def test_links_that_answer_are_allowed_beside_one_that_does_not(dead: Path, tmp_path: Path) -> None:
    folder, beside = tmp_path / "here", tmp_path / "beside"
    folder.mkdir()
    beside.mkdir()
    pictures.solid(beside / "a.jpg")
    (folder / "gone").symlink_to(dead / "pictures")
    for name in ("before", "link"):
        (folder / name).symlink_to(beside)
    client = Client(folder / "before", folder / "gone", folder / "link", command=command(dead))

    assert client.ask(folder / "link" / "a.jpg").size == (60, 40)
    assert len(os.listdir(f"/proc/{client.process.pid}/task")) == 1  # noqa: PTH208  (a count)
    client.close()
