"""Finds out what the workers' sandbox consists of on this machine, by starting one."""

from __future__ import annotations

import contextlib
import select
import sys
import time
from typing import TYPE_CHECKING, Final

from viewer.imaging.pool.worker_process import WorkerLost, WorkerProcess
from viewer.imaging.protocol.failures import SENTENCES
from viewer.imaging.protocol.handshake import AllowedPaths

if TYPE_CHECKING:
    from collections.abc import Sequence

    from viewer.imaging.protocol.handshake import Sandbox

_DO_WITHOUT: Final = "Or do not insist on it: leave out --require-sandbox, and the option decode/require-sandbox."
NO_WORKER: Final = SENTENCES["no-worker"]


def sandbox_here(command: Sequence[str] | None = None) -> Sandbox | None:
    """The sandbox of a worker (or of `command` in its place); None where none starts. Waits for it."""
    try:
        worker = WorkerProcess.start(command)
    except OSError:
        return None
    until = time.monotonic() + 10  # seconds for the handshake, on a busy machine
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
    """Why Liftoff must not start where a complete sandbox is required; empty if there is one."""
    sandbox = sandbox_here(command)
    if sandbox is None:
        return NO_WORKER
    if sandbox.is_complete:
        return ""
    if sys.platform != "linux":
        return f"Pictures cannot be decoded in a full sandbox: only Linux has one. {_DO_WITHOUT}"
    return (
        f"Pictures would not be decoded in a full sandbox, but in {sandbox.summary()}. "
        f"Use a kernel with Landlock and seccomp. {_DO_WITHOUT}"
    )
