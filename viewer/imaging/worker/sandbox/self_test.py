"""Sandbox self test: a confined worker attempts what a compromised decoder would.

No attempt has an effect if it succeeds: a file is opened and closed, and system calls get arguments with which they
would fail in any case, but with an error other than that of a refusal.
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

_FORBIDDEN_FILE: Final = "/etc/passwd"
"""A file that every system has and that any process may read unless it is confined."""

_AF_UNIX, _SOCK_STREAM = 1, 1
_CLONE_SIGHAND: Final = 0x800


def permitted_operations(
    kernel: syscalls.Kernel, architecture: syscalls.Architecture | None, folders: Sequence[str],
    layers: Sequence[Layer],
) -> tuple[Operation, ...]:
    """Operations that one of the `layers` in force should refuse and does not; writing is attempted in `folders`."""
    attempts: dict[Operation, Callable[[], None]] = {}
    if "landlock" in layers:
        attempts["read"] = lambda: os.close(os.open(_FORBIDDEN_FILE, os.O_RDONLY))
    if architecture is not None and "seccomp" in layers:
        column = architecture.column

        def syscall(numbers: syscalls.Numbers, *arguments: int) -> Callable[[], None]:
            def attempt() -> None:
                if (number := numbers[column]) is not None:
                    result = kernel.call(number, *arguments)
                    if numbers is syscalls.SOCKET:
                        os.close(result)  # the only one of these calls that makes something

            return attempt

        attempts |= {
            "socket": syscall(syscalls.SOCKET, _AF_UNIX, _SOCK_STREAM, 0),
            "exec": syscall(syscalls.EXECVE, 0, 0, 0),  # no path: EFAULT
            "fork": syscall(syscalls.CLONE, _CLONE_SIGHAND, 0, 0, 0, 0),  # without CLONE_VM: EINVAL
            "truncate": syscall(syscalls.FTRUNCATE, -1, 0),  # no file: EBADF
            "signal": syscall(syscalls.KILL, os.getpid(), 0),  # signal 0 only asks for permission
        }
    if "landlock" in layers or "seccomp" in layers:
        attempts["write"] = lambda: _write(folders)
    return tuple(operation for operation, attempt in attempts.items() if not _is_refused(attempt))


def _is_refused(attempt: Callable[[], None]) -> bool:
    try:
        attempt()
    except OSError as error:
        return error.errno in (errno.EPERM, errno.EACCES)
    return False


def _write(folders: Sequence[str]) -> None:
    """Make an unnamed file, which is gone once it is closed, in a folder that is known to answer."""
    flags = os.O_WRONLY | (os.O_TMPFILE if sys.platform == "linux" else 0)
    try:
        handle = os.open(next(iter(folders), "/tmp"), flags, 0o600)
    except OSError as error:  # whatever the reason, nothing was written
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES)) from error
    os.close(handle)
