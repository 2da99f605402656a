"""The test that a worker makes of itself once it is shut in: it tries what a decoder that was taken over would try.

Each attempt is made so that it does nothing if it succeeds: a file is opened and closed, a call gets arguments with
which it fails in any case, but with another error where it is not refused at once.
"""

from __future__ import annotations

import errno
import os
import sys
from typing import TYPE_CHECKING, Final

from viewer.imaging.worker.sandbox import syscalls

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from viewer.imaging.protocol.handshake import Layer, Operation
    from viewer.imaging.worker.sandbox.kernel import Kernel, Machine

A_SECRET: Final = "/etc/passwd"
"""A file that every system has and that anyone may read."""

_AF_UNIX, _STREAM = 1, 1
_CLONE_SIGHAND: Final = 0x800


def permitted_operations(
    kernel: Kernel, machine: Machine | None, folders: Sequence[str], layers: Sequence[Layer],
) -> list[Operation]:
    """Operations that one of `layers` should refuse and that still succeed; writing is tried in `folders`."""
    attempts: dict[Operation, Callable[[], None]] = {}
    if "landlock" in layers:
        attempts["read"] = _read
    if machine is not None and "seccomp" in layers:
        column = machine.column

        def trying(numbers: syscalls.Numbers, *arguments: int) -> Callable[[], None]:
            return lambda: _try(kernel, numbers[column], *arguments)

        attempts |= {
            "socket": trying(syscalls.REFUSED["socket"], _AF_UNIX, _STREAM, 0),
            "exec": trying(syscalls.REFUSED["execve"], 0, 0, 0),  # nowhere: EFAULT
            "fork": trying(syscalls.CLONE, _CLONE_SIGHAND, 0, 0, 0, 0),  # signals without memory: EINVAL
            "truncate": trying(syscalls.REFUSED["ftruncate"], -1, 0),  # no file: EBADF
            "signal": trying(syscalls.REFUSED["kill"], os.getpid(), 0),  # none: only asks whether one may
        }
    if "landlock" in layers or "seccomp" in layers:
        attempts["write"] = lambda: _write(folders)
    return [operation for operation, attempt in attempts.items() if not _is_refused(attempt)]


def _is_refused(attempt: Callable[[], None]) -> bool:
    try:
        attempt()
    except OSError as error:
        return error.errno in (errno.EPERM, errno.EACCES)
    return False


def _try(kernel: Kernel, number: int | None, *arguments: int) -> None:
    if number is not None:
        result = kernel.call(number, *arguments)
        if number in syscalls.REFUSED["socket"]:
            os.close(result)  # the only call of these that makes something


def _read() -> None:
    os.close(os.open(A_SECRET, os.O_RDONLY))


def _write(folders: Sequence[str]) -> None:
    """A file without a name, which is gone once it is closed, in a folder that is known to answer."""
    flags = os.O_WRONLY | (os.O_TMPFILE if sys.platform == "linux" else 0)
    try:
        handle = os.open(next(iter(folders), "/tmp"), flags, 0o600)
    except OSError as error:
        # Whatever stands in the way: nothing was written.
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES)) from error
    os.close(handle)
