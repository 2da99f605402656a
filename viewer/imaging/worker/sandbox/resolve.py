"""Which folders answer: before a worker shuts itself in it has to open them, and one on a share that has gone would
hold it up, and every worker after it, over pictures that lie elsewhere.

Only folders on file systems that may fail to answer, and links, are tried; by a child that is ended when it takes too
long. What does not answer is left out: its pictures fail in their own time, and come back when it does.
"""

from __future__ import annotations

import contextlib
import os
import select
import signal
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

PATIENCE: Final = 0.3
"""Seconds that one folder has to answer."""

_MOST_SILENT: Final = 3
"""Folders that do not answer until the rest of the doubtful ones is left out as well."""

_DISTANT: Final = frozenset(["9p", "afs", "autofs", "ceph", "cifs", "coda", "davfs", "lustre", "ncpfs", "nfs", "nfs4",
                             "ocfs2", "gfs2", "orangefs", "smb3", "smbfs", "virtiofs"])
"""File systems that somebody else answers for; besides all that begin with "fuse"."""


def reachable(paths: Iterable[str]) -> tuple[str, ...]:
    """Those of `paths` that answer; waits a second at most."""
    paths = tuple(paths)
    distant = _distant_mounts()
    doubtful = [path for path in paths if _is_below(path, distant) or _is_link(path)]
    if not doubtful:
        return paths
    silent = set(doubtful) - set(_answering(doubtful))
    return tuple(path for path in paths if path not in silent)


def _is_link(path: str) -> bool:
    """Whether `path`, whose folder is near, leads somewhere else."""
    return os.path.islink(path)  # noqa: PTH114  (the time of pathlib's import)


def _is_below(path: str, mounts: Sequence[str]) -> bool:
    return any(path == mount or path.startswith(mount.rstrip("/") + "/") for mount in mounts)


def _distant_mounts() -> list[str]:
    """Where such file systems are, by what the kernel says of them, which it knows without asking them."""
    try:
        with open("/proc/self/mountinfo", "rb") as listing:  # noqa: PTH123  (likewise)
            lines = listing.read().splitlines()
    except OSError:  # no /proc here
        return []
    mounts = []
    for line in lines:
        place, _, kind = line.partition(b" - ")
        name = kind.split(b" ", 1)[0].decode("ascii", "replace")
        if name in _DISTANT or name.startswith("fuse"):
            mounts.append(os.fsdecode(_unescaped(place.split(b" ")[4])))
    return mounts


def _unescaped(word: bytes) -> bytes:
    """Spaces and the like stand there as octal numbers (proc_pid_mountinfo(5))."""
    for letter in (b" ", b"\t", b"\n", b"\\"):
        word = word.replace(b"\\%03o" % letter[0], letter)
    return word


def _answering(paths: Sequence[str]) -> list[str]:
    found: list[str] = []
    at = silent = 0
    while at < len(paths) and silent < _MOST_SILENT:
        answered = _ask(paths[at:])
        found += paths[at : at + answered]
        at += answered + 1  # past the one that does not answer, if any
        silent += 1
    return found


def _ask(paths: Sequence[str]) -> int:
    """How many of `paths` answer, one after another, until one does not."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        for path in paths:
            with contextlib.suppress(OSError, ValueError):  # an answer too
                os.close(os.open(path, os.O_PATH))
            os.write(writing, b".")
        os._exit(0)
    os.close(writing)
    answered = 0
    while answered < len(paths) and select.select([reading], [], [], PATIENCE)[0]:
        said = len(os.read(reading, 4096))
        if not said:
            break
        answered += said
    os.close(reading)
    os.kill(child, signal.SIGKILL)
    if answered == len(paths):
        os.waitpid(child, 0)  # else it may take its time, and is left to the system
    return answered
