"""System calls by number, for those that Python has no function for."""

from __future__ import annotations

import ctypes
import os
import sys
from typing import Final, NamedTuple


class Architecture(NamedTuple):
    """CPU architecture: its column in the system call tables, its AUDIT_ARCH constant, its number of seccomp(2)."""

    column: int
    audit_arch: int
    seccomp: int


_ARCHITECTURES: Final = {"x86_64": Architecture(0, 0xC000003E, 317), "aarch64": Architecture(1, 0xC00000B7, 277)}
"""By uname's machine name (linux/audit.h, asm/unistd.h)."""

_UNSIGNED: Final = (1 << 64) - 1


def current_architecture() -> Architecture | None:
    """The architecture that this process runs on, or None if the tables lack it; only 64-bit little-endian ones."""
    if sys.maxsize < 1 << 32 or sys.byteorder != "little":
        return None
    return _ARCHITECTURES.get(os.uname().machine)


class Kernel:
    """syscall(2) of the C library. Raises OSError or AttributeError where there is none."""

    def __init__(self) -> None:
        self._syscall = ctypes.CDLL(None, use_errno=True).syscall
        self._syscall.restype = ctypes.c_long

    def call(self, number: int, *arguments: int) -> int:
        """The result of system call `number`; raises OSError with the kernel's errno."""
        values = (ctypes.c_ulong(argument & _UNSIGNED) for argument in arguments)
        result = int(self._syscall(ctypes.c_long(number), *values))
        if result < 0:
            code = ctypes.get_errno()
            raise OSError(code, os.strerror(code))
        return result
