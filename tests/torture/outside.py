"""What is seen of other processes from outside: memory, descriptors, threads, and children that they have left."""

from __future__ import annotations

import ctypes
import os
import time
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from tests.processes import runs
from tests.torture.process_state import children

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_CHILD_SUBREAPER: Final = 36  # prctl(2)
_PATIENCE_S: Final = 10


class Seen(NamedTuple):
    """A process: private memory in bytes, without pictures in shared memory; descriptors; threads."""

    anonymous: int
    descriptors: int
    threads: int


def seen(pid: int) -> Seen:
    """The process `pid` as it is; raises OSError where it has ended."""
    folder = Path("/proc", str(pid))
    (anonymous,) = [int(line.split()[1]) * 1024 for line in (folder / "smaps_rollup").read_text().splitlines()
                    if line.startswith("Anonymous:")]
    return Seen(anonymous, *(len(os.listdir(folder / name)) for name in ("fd", "task")))  # noqa: PTH208 - no Path each


def memory(pids: Iterable[int]) -> int:
    """The private memory of those of them that run, in bytes."""
    total = 0
    for pid in pids:
        with suppress(OSError, ValueError):  # it has ended
            total += seen(pid).anonymous
    return total


@contextmanager
def orphans() -> Iterator[list[int]]:
    """A list of what the processes started in the block have left running, filled at its end.

    For as long the system makes this process the parent of those whose own has ended (PR_SET_CHILD_SUBREAPER).
    """
    libc, before, left = ctypes.CDLL(None), set(children()), list[int]()
    libc.prctl(_CHILD_SUBREAPER, 1, 0, 0, 0)
    try:
        yield left
        deadline = time.monotonic() + _PATIENCE_S
        while running := [pid for pid in set(children()) - before if _still_runs(pid)]:
            if time.monotonic() > deadline:
                break
            os.sched_yield()
        left += running
    finally:
        libc.prctl(_CHILD_SUBREAPER, 0, 0, 0, 0)


def _still_runs(pid: int) -> bool:
    with suppress(ChildProcessError):
        os.waitpid(pid, os.WNOHANG)
    return runs(pid)
