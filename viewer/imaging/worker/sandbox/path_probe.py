"""Finds the paths whose file system answers, so that a dead network share does not block a worker's start.

A worker opens every allowed path to make its Landlock rules. Paths on network and FUSE file systems, and symbolic
links, are opened first by a forked child under a timeout; those that do not answer are left out. Their pictures fail
by themselves, and later workers try again.
"""

from __future__ import annotations

import contextlib
import os
import select
import signal
from typing import Final

_TIMEOUT: Final = 0.3
"""Seconds that one path has to answer."""

_MAX_PROBES: Final = 3
"""Probes, each up to the first path that does not answer, after which the remaining ones are left out untried."""

_REMOTE: Final = frozenset(["9p", "afs", "autofs", "ceph", "cifs", "coda", "davfs", "lustre", "ncpfs", "nfs", "nfs4",
                            "ocfs2", "gfs2", "orangefs", "smb3", "smbfs", "virtiofs"])
"""File system types that depend on another host or process; besides all that begin with "fuse"."""


def responsive_paths(paths: tuple[str, ...]) -> tuple[str, ...]:
    """Those of `paths` that answer; waits about a second at most."""
    mounts = _remote_mounts()
    suspects = [path for path in paths if (path + "/").startswith(mounts) or os.path.islink(path)]  # noqa: PTH114  (the time of pathlib's import)
    answering: list[str] = []
    untried = suspects
    for _ in range(_MAX_PROBES):
        if untried:
            answered = _probe(untried)
            answering += untried[:answered]
            untried = untried[answered + 1 :]  # past the one that does not answer, if any
    silent = set(suspects) - set(answering)
    return tuple(path for path in paths if path not in silent)


def _remote_mounts() -> tuple[str, ...]:
    """Mount points of remote file systems, each with a final slash, from the kernel's table: asks no file system."""
    try:
        with open("/proc/self/mountinfo", "rb") as table:  # noqa: PTH123  (likewise)
            lines = table.read().splitlines()
    except OSError:  # no /proc here
        return ()
    mounts = []
    for line in lines:
        mount, _, source = line.partition(b" - ")
        kind = source.split(b" ", 1)[0].decode("ascii", "replace")
        if kind in _REMOTE or kind.startswith("fuse"):
            # White space and backslashes are escaped in octal there (proc_pid_mountinfo(5)).
            folder = os.fsdecode(mount.split(b" ")[4].decode("unicode_escape").encode("latin-1"))
            mounts.append(folder.rstrip("/") + "/")
    return tuple(mounts)


def _probe(paths: list[str]) -> int:
    """How many of `paths`, opened one after another by a child process, answer before one does not."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        for path in paths:
            with contextlib.suppress(OSError, ValueError):  # an error is an answer too
                os.close(os.open(path, os.O_PATH))
            os.write(writing, b".")
        os._exit(0)
    os.close(writing)
    answered = 0
    while answered < len(paths) and select.select([reading], [], [], _TIMEOUT)[0] and (dots := os.read(reading, 4096)):
        answered += len(dots)
    os.close(reading)
    os.kill(child, signal.SIGKILL)
    if answered == len(paths):
        os.waitpid(child, 0)  # a hanging child may take its time, and is reaped when the worker ends
    return answered
