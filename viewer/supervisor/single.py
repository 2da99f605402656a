"""One supervisor for each state folder: two that start by themselves would fight for the screen."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


def lock(folder: Path) -> int | None:
    """A descriptor that holds `folder` for this process until it ends, however it ends; None where another holds it.

    A folder that cannot be written, or a system without such locks, holds nobody up: then it is -1.
    """
    try:
        import fcntl
    except ImportError:  # Windows
        return -1
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor = os.open(folder / "supervisor.lock", os.O_RDWR | os.O_CREAT, 0o600)
    except OSError:
        return -1
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(descriptor)
        return None
    except OSError:  # a network share without locks
        return descriptor
    return descriptor
