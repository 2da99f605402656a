"""Calls of the kernel that Python has no function for, by their numbers."""

from __future__ import annotations

import ctypes
import os
import sys
from typing import Final, NamedTuple


class Machine(NamedTuple):
    """A processor: its place in the tables of calls, what the kernel calls it, and two numbers of its own."""

    column: int
    audit_arch: int
    seccomp: int
    prctl: int


_MACHINES: Final = {
    "x86_64": Machine(0, 0xC000003E, 317, 157),
    "aarch64": Machine(1, 0xC00000B7, 277, 167),
}
"""Audit architecture (linux/audit.h) and the numbers of seccomp and prctl (asm/unistd.h)."""

_WORD: Final = (1 << 64) - 1


def this_machine() -> Machine | None:
    """The processor that this process runs on, if it is one we know, with 64 bits and the lower byte first."""
    if sys.maxsize < 1 << 32 or sys.byteorder != "little":
        return None
    return _MACHINES.get(os.uname().machine)


class Kernel:
    """The C library's way to call the kernel. Raises OSError and AttributeError where there is none."""

    def __init__(self) -> None:
        self._call = ctypes.CDLL(None, use_errno=True).syscall
        self._call.restype = ctypes.c_long

    def call(self, number: int, *arguments: int) -> int:
        """What the call `number` returns; raises OSError with the kernel's error."""
        result = int(self._call(ctypes.c_long(number), *(ctypes.c_ulong(argument & _WORD) for argument in arguments)))
        if result < 0:
            code = ctypes.get_errno()
            raise OSError(code, os.strerror(code))
        return result
