"""What a worker's sandbox is made of on this machine: a worker is started, asked, and ended; and who insists on it."""

from __future__ import annotations

import contextlib
import os
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

_KEY: Final = "require-sandbox"
_OFF: Final = frozenset(["", "false", "0", "no", "off", "@invalid()"])
_MOST_BYTES: Final = 1 << 20


def options_file() -> str:
    """The ini file that `viewer.settings_store.default_path` names, found without Qt (QStandardPaths,
    GenericConfigLocation)."""
    home = os.environ.get("HOME") or "/"
    if sys.platform == "win32":
        folder = os.environ.get("LOCALAPPDATA") or os.path.join(os.path.expanduser("~"), "AppData", "Local")  # noqa: PTH111, PTH118  (a start should not wait for paths)
    elif sys.platform == "darwin":
        folder = os.path.join(home, "Library", "Preferences")  # noqa: PTH118  (likewise)
    else:
        folder = os.environ.get("XDG_CONFIG_HOME", "")
        if not os.path.isabs(folder):  # noqa: PTH117  (likewise)
            folder = os.path.join(home, ".config")  # noqa: PTH118  (likewise)
    return os.path.join(folder, "liftoff", "liftoff.ini")  # noqa: PTH118  (likewise)


def options_insist() -> bool:
    """Whether the option `decode/require-sandbox` is set, asked before there is a Qt to ask.

    What can be read in two ways counts as set, and so does what cannot be read at all.
    """
    try:
        with open(options_file(), "rb") as file:  # noqa: PTH123  (likewise)
            lines = file.read(_MOST_BYTES).decode("latin-1").splitlines()
    except (FileNotFoundError, NotADirectoryError):
        return False
    except OSError:
        return True
    words = (line.partition("=") for line in lines if not line.lstrip().startswith(";"))
    return any(_KEY in key.lower().replace("%2d", "-") and value.strip(' \t"').lower() not in _OFF
               for key, _, value in words)


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
