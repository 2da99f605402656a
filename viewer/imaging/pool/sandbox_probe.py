"""What a worker's sandbox is made of on this machine: a worker is started, asked, and ended."""

from __future__ import annotations

import contextlib
import select
import sys
import time
from typing import TYPE_CHECKING, Final

from viewer.imaging.pool.worker_process import WorkerLost, WorkerProcess
from viewer.imaging.protocol.handshake import AllowedPaths

if TYPE_CHECKING:
    from collections.abc import Sequence

    from viewer.imaging.protocol.handshake import Sandbox

PATIENCE: Final = 10.0
"""Seconds that the worker has, on a machine that is busy with something else."""

_HOW_NOT_TO: Final = "Or do not insist on it: leave out --require-sandbox, and the option decode/require-sandbox."

NO_WORKER: Final = "The program that decodes pictures does not start. Install Liftoff again."


def sandbox_here(command: Sequence[str] | None = None) -> Sandbox | None:
    """How a worker (or `command` in its place) shuts itself in; None where none starts. Waits for it."""
    try:
        worker = WorkerProcess.start(command)
    except OSError:
        return None
    until = time.monotonic() + PATIENCE
    try:
        with contextlib.suppress(WorkerLost):
            worker.send_allowed_paths(AllowedPaths())
            while worker.sandbox is None and select.select([worker], [], [], max(0.0, until - time.monotonic()))[0]:
                worker.receive()
    finally:
        worker.kill()
        worker.wait(1.0)
    return worker.sandbox


def refusal_without_sandbox(command: Sequence[str] | None = None) -> str:
    """A word on why Liftoff must not go on, where it was told to do so only with all of the sandbox; else "" ."""
    sandbox = sandbox_here(command)
    if sandbox is None:
        return NO_WORKER
    if sandbox.is_complete:
        return ""
    if sys.platform != "linux":
        return f"Pictures cannot be decoded wholly shut in: only Linux can. {_HOW_NOT_TO}"
    return (
        f"Pictures would not be decoded wholly shut in, but in {sandbox.summary()}. "
        f"Use a kernel with Landlock and seccomp. {_HOW_NOT_TO}"
    )
