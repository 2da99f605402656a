"""Looks at processes from outside, in Linux's /proc."""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

_PATIENCE_S: Final = 60


def children(pid: int) -> list[int]:
    """The processes that `pid` has started and not yet reaped."""
    try:
        return [int(word) for listing in Path(f"/proc/{pid}/task").glob("*/children")
                for word in listing.read_text().split()]
    except OSError:  # it has ended meanwhile
        return []


def descendants(pid: int) -> list[int]:
    """The process `pid`, those it has started, and so on."""
    found = [pid]
    for one in found:
        found += children(one)
    return found


def runs(pid: int) -> bool:
    """Whether the process is there, and not just waiting to be reaped."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def wait_until_gone(pids: Iterable[int]) -> None:
    """Wait until these processes have ended."""
    deadline = time.monotonic() + _PATIENCE_S
    while running := [pid for pid in pids if runs(pid)]:
        assert time.monotonic() < deadline, running
        os.sched_yield()
