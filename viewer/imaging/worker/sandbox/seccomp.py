"""seccomp: of some 350 calls of the kernel, this process may make those that decoding takes (seccomp(2)).

A list of what is allowed, because what is forbidden has no end. It never kills: a call that is not on it fails, and a
library that can do without goes on. Made for the processor it runs on; calls in the manner of another one (32 bits on
64, x32) are refused whole.
"""

from __future__ import annotations

import ctypes
import errno
import os
import struct
from typing import TYPE_CHECKING, Final

from viewer.imaging.worker.sandbox import bpf, syscalls

if TYPE_CHECKING:
    from viewer.imaging.protocol.handshake import Lack
    from viewer.imaging.worker.sandbox.bpf import Instruction
    from viewer.imaging.worker.sandbox.kernel import Kernel, Machine

_SET_MODE_FILTER: Final = 1
_ALL_THREADS: Final = 1
_X32: Final = 0x40000000
"""Set in the number of a call in the manner of x32, which the kernel counts as x86-64."""

_CHANGING: Final = 0o3 | 0o100 | 0o1000 | 0o20000000
"""Flags of open(2) that are refused: to write in any way, to create, to truncate, to make a file without a name."""

_A_THREAD: Final = 0x100 | 0x800 | 0x10000
"""CLONE_VM, CLONE_SIGHAND, CLONE_THREAD: with all of them it is a thread, and shares the filter."""

_NO_THREAD: Final = 0xFF | 0x2000 | 0x4000 | 0x7E020000 | 0x1000
"""A signal at its end, CLONE_PTRACE, CLONE_VFORK, new namespaces of any kind, CLONE_PIDFD."""

_IOCTLS: Final = (0x5451, 0x5450, 0x541B)
"""To close or keep a file at exec, which Python sets, and how much there is to read."""

_FCNTLS: Final = (0, 1, 2, 3, 4, 1030)
"""To duplicate a descriptor, read and set its flags; neither leases nor signals nor seals."""

_PRCTLS: Final = (3, 15, 16, 38, 39, 0x53564D41)
"""Whether it dumps, the name of a thread, whether there are privileges to gain (and that there are none), and names for
pieces of memory."""


def program(machine: Machine, pid: int) -> list[Instruction]:
    """The filter for `machine` and the process `pid`."""
    column = machine.column
    made = [bpf.load(bpf.ARCHITECTURE), *bpf.unless_equal(machine.audit_arch, bpf.REFUSE), bpf.load(bpf.NUMBER)]
    made += bpf.if_at_least(_X32, bpf.REFUSE)
    for first, last in _ranges([numbers[column] for numbers in syscalls.FREE.values()]):
        made += bpf.if_between(first, last, bpf.ALLOW)
    for numbers, block in (
        (syscalls.OPENAT, _opening(2)), (syscalls.OPEN, _opening(1)), (syscalls.CLONE, _thread()),
        (syscalls.IOCTL, _one_of(1, _IOCTLS, bpf.NO_TERMINAL)), (syscalls.FCNTL, _one_of(1, _FCNTLS, bpf.REFUSE)),
        (syscalls.PRCTL, _one_of(0, _PRCTLS, bpf.REFUSE)), (syscalls.TGKILL, _one_of(0, (pid,), bpf.REFUSE)),
        (syscalls.PRLIMIT, _asking_for_limits(pid)),
    ):
        number = numbers[column]
        if number is not None:
            made += bpf.if_equal(number, block)
    made += bpf.if_at_least(syscalls.NEW_CALLS, bpf.UNKNOWN)
    return [*made, bpf.answer(bpf.REFUSE)]


def install(kernel: Kernel, machine: Machine, filter_: list[Instruction]) -> None:
    """Have the kernel apply `filter_` to all threads of this process, for good. Raises OSError."""
    code = bpf.code_of(filter_)
    held = ctypes.create_string_buffer(code, len(code))
    # struct sock_fprog: how many instructions, and where.
    whole = struct.pack("@HP", len(filter_), ctypes.addressof(held))
    frame = ctypes.create_string_buffer(whole, len(whole))
    thread = kernel.call(machine.seccomp, _SET_MODE_FILTER, _ALL_THREADS, ctypes.addressof(frame))
    if thread:
        raise OSError(errno.ESRCH, f"thread {thread} cannot be filtered")


def lack(error: OSError) -> Lack:
    """Why there is no seccomp, by what the kernel said."""
    return "absent" if error.errno in (errno.ENOSYS, errno.EINVAL) else "refused"


def this_process() -> int:
    """The process id that the filter allows signals to."""
    return os.getpid()


def _opening(flags: int) -> list[Instruction]:
    return [bpf.low(flags), *bpf.if_any_bit(_CHANGING, bpf.REFUSE), bpf.answer(bpf.ALLOW)]


def _thread() -> list[Instruction]:
    return [
        bpf.low(0), bpf.masked(_A_THREAD | _NO_THREAD), *bpf.unless_equal(_A_THREAD, bpf.REFUSE), bpf.answer(bpf.ALLOW),
    ]


def _one_of(argument: int, values: tuple[int, ...], otherwise: int) -> list[Instruction]:
    made = [bpf.low(argument)]
    for value in values:
        made += bpf.if_between(value, value, bpf.ALLOW)
    return [*made, bpf.answer(otherwise)]


def _asking_for_limits(pid: int) -> list[Instruction]:
    """One's own limits can be read, and not set."""
    return [
        bpf.low(2), *bpf.unless_equal(0, bpf.REFUSE), bpf.high(2), *bpf.unless_equal(0, bpf.REFUSE),
        bpf.low(0), *bpf.if_between(0, 0, bpf.ALLOW), *bpf.if_between(pid, pid, bpf.ALLOW), bpf.answer(bpf.REFUSE),
    ]


def _ranges(numbers: list[int | None]) -> list[tuple[int, int]]:
    """`numbers` as first and last of the rows they stand in."""
    made: list[tuple[int, int]] = []
    for number in sorted(number for number in numbers if number is not None):
        if made and number == made[-1][1] + 1:
            made[-1] = made[-1][0], number
        else:
            made.append((number, number))
    return made
