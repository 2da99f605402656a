"""Runs code in a process confined like a worker, and programs on a kernel that lacks some system calls."""

from __future__ import annotations

import platform
import subprocess
import sys
from typing import TYPE_CHECKING, Final

from tests.imaging.worker.client import COMMAND, TIMEOUT

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

LANDLOCK, LANDLOCK_RESTRICT_SELF = 444, 446
SECCOMP: Final = 317 if platform.machine() == "x86_64" else 277
"""System call numbers."""

HAS_SANDBOX: Final = sys.platform == "linux" and platform.machine() in ("x86_64", "aarch64")

_CONFINED: Final = """
import ctypes, errno, os, signal, socket, struct, subprocess, sys, threading
import viewer.imaging.worker.__main__
from viewer.imaging.protocol.handshake import AllowedPaths
from viewer.imaging.worker.sandbox.apply import Confinement
from viewer.imaging.worker.sandbox.rlimits import apply_limits
{before}
apply_limits()
sandbox = Confinement().apply(AllowedPaths(({folder!r},), ({files})))
libc = ctypes.CDLL(None, use_errno=True)
def call(number, *arguments):
    if libc.syscall(ctypes.c_long(number), *map(ctypes.c_long, arguments)) < 0:
        raise OSError(ctypes.get_errno(), "")
try:
{attempt}
except OSError as error:
    print(errno.errorcode[error.errno])
else:
    print("done")
"""


def outcome(attempt: str, folder: Path | str, *, before: str = "", files: str = "") -> str:
    """The result of `attempt`, some lines of Python, in a process confined to `folder`: "done" or the errno's name."""
    lines = "\n".join("    " + line for line in attempt.strip().splitlines())
    script = _CONFINED.format(before=before, folder=str(folder), files=files, attempt=lines)
    process = subprocess.run(
        [sys.executable, "-I", "-c", script], capture_output=True, text=True, timeout=TIMEOUT, check=False,
    )
    assert process.returncode == 0, process.stderr
    return process.stdout.strip()


_RUN_WITHOUT: Final = """
import ctypes, os, sys
from viewer.imaging.worker.sandbox import seccomp
from viewer.imaging.worker.sandbox.syscalls import Kernel, current_architecture
ctypes.CDLL(None).prctl(38, 1, 0, 0, 0)
program = [seccomp.load(seccomp.NUMBER)]
for number in {numbers}:
    program += seccomp.return_if(seccomp.EQUAL, number, {answer})
seccomp.install(Kernel(), current_architecture(), [*program, seccomp.return_(seccomp.ALLOW)])
os.execv(sys.executable, [*{command!r}, *sys.argv[1:]])
"""


def on_a_kernel_without(*numbers: int, error: int, command: Sequence[str]) -> list[str]:
    """`command` under a seccomp filter that fails the calls of these numbers with `error`; 0 has them do nothing."""
    script = _RUN_WITHOUT.format(numbers=numbers, answer=0x00050000 | error, command=tuple(command))
    return [sys.executable, "-I", "-c", script]


def worker_on_a_kernel_without(*numbers: int, error: int) -> list[str]:
    """A worker's command on such a kernel."""
    return on_a_kernel_without(*numbers, error=error, command=COMMAND)
