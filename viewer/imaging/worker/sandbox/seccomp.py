"""seccomp filter: allows the system calls that decoding needs, some only with certain arguments (seccomp(2)).

An allow-list that never kills: any other call fails with an error, so that a library with a fallback goes on. Calls by
the ABI of another architecture (32 bits, x32) are refused altogether.
"""

from __future__ import annotations

import ctypes
import errno
import struct
from typing import TYPE_CHECKING, Final

from viewer.imaging.worker.sandbox import bpf, syscalls

if TYPE_CHECKING:
    from viewer.imaging.protocol.handshake import Lack
    from viewer.imaging.worker.sandbox.bpf import Instruction
    from viewer.imaging.worker.sandbox.kernel import Architecture, Kernel

_SET_MODE_FILTER: Final = 1
_FLAG_TSYNC: Final = 1
_X32_BIT: Final = 0x40000000
"""Set in the number of an x32 call, which has x86-64's audit constant."""

_WRITE_FLAGS: Final = 0o3 | 0o100 | 0o1000 | 0o20000000
"""Flags refused in open(2): O_WRONLY and O_RDWR, O_CREAT, O_TRUNC, and the bit of O_TMPFILE."""

_THREAD_FLAGS: Final = 0x100 | 0x800 | 0x10000
"""CLONE_VM, CLONE_SIGHAND, CLONE_THREAD: all of them are required, so that only threads are made, which share the
filter."""

_PROCESS_FLAGS: Final = 0xFF | 0x2000 | 0x4000 | 0x7E020000 | 0x1000
"""Refused in clone(2): an exit signal, CLONE_PTRACE, CLONE_VFORK, new namespaces of any kind, CLONE_PIDFD."""

_IOCTLS: Final = (0x5451, 0x5450, 0x541B)
"""FIOCLEX, FIONCLEX, FIONREAD."""

_FCNTLS: Final = (0, 1, 2, 3, 4, 1030)
"""F_DUPFD, F_GETFD, F_SETFD, F_GETFL, F_SETFL, F_DUPFD_CLOEXEC; neither leases nor seals nor signals."""

_PRCTLS: Final = (3, 15, 16, 38, 39, 0x53564D41)
"""PR_GET_DUMPABLE, PR_SET_NAME, PR_GET_NAME, PR_SET_NO_NEW_PRIVS, PR_GET_NO_NEW_PRIVS, PR_SET_VMA."""


def build_filter(architecture: Architecture, pid: int) -> list[Instruction]:
    """The BPF program for `architecture` and the process `pid`, the only one that it may signal."""
    column = architecture.column
    program = [
        bpf.load(bpf.ARCHITECTURE), *bpf.return_unless(bpf.EQUAL, architecture.audit_arch, bpf.EPERM),
        bpf.load(bpf.NUMBER), *bpf.return_if(bpf.AT_LEAST, _X32_BIT, bpf.EPERM),
    ]
    for first, last in _ranges([numbers[column] for numbers in syscalls.ALLOWED.values()]):
        program += bpf.return_if_between(first, last, bpf.ALLOW)
    for numbers, block in (
        (syscalls.OPENAT, _for_reading(2)), (syscalls.OPEN, _for_reading(1)), (syscalls.CLONE, _thread_only()),
        (syscalls.IOCTL, _one_of(1, _IOCTLS, bpf.ENOTTY)), (syscalls.FCNTL, _one_of(1, _FCNTLS, bpf.EPERM)),
        (syscalls.PRCTL, _one_of(0, _PRCTLS, bpf.EPERM)), (syscalls.TGKILL, _one_of(0, (pid,), bpf.EPERM)),
        (syscalls.PRLIMIT, _own_limits_read_only(pid)),
    ):
        number = numbers[column]
        if number is not None:
            program += bpf.if_equal(number, block)
    program += bpf.return_if(bpf.AT_LEAST, syscalls.FIRST_COMMON, bpf.ENOSYS)
    return [*program, bpf.return_(bpf.EPERM)]


def install(kernel: Kernel, architecture: Architecture, program: list[Instruction]) -> None:
    """Apply the filter to all threads of this process, for good. Raises OSError."""
    code = bpf.assemble(program)
    instructions = ctypes.create_string_buffer(code, len(code))
    header = struct.pack("@HP", len(program), ctypes.addressof(instructions))  # struct sock_fprog
    argument = ctypes.create_string_buffer(header, len(header))
    thread = kernel.call(architecture.seccomp, _SET_MODE_FILTER, _FLAG_TSYNC, ctypes.addressof(argument))
    if thread:
        raise OSError(errno.ESRCH, f"thread {thread} cannot be filtered")


def lack(error: OSError) -> Lack:
    """Why there is no seccomp, by the kernel's error."""
    return "absent" if error.errno in (errno.ENOSYS, errno.EINVAL) else "refused"


def _for_reading(flags: int) -> list[Instruction]:
    return [bpf.load_low(flags), *bpf.return_if(bpf.ANY_BIT, _WRITE_FLAGS, bpf.EPERM), bpf.return_(bpf.ALLOW)]


def _thread_only() -> list[Instruction]:
    return [
        bpf.load_low(0), bpf.mask(_THREAD_FLAGS | _PROCESS_FLAGS),
        *bpf.return_unless(bpf.EQUAL, _THREAD_FLAGS, bpf.EPERM), bpf.return_(bpf.ALLOW),
    ]


def _one_of(argument: int, values: tuple[int, ...], otherwise: int) -> list[Instruction]:
    block = [bpf.load_low(argument)]
    for value in values:
        block += bpf.return_if(bpf.EQUAL, value, bpf.ALLOW)
    return [*block, bpf.return_(otherwise)]


def _own_limits_read_only(pid: int) -> list[Instruction]:
    """prlimit(2) of this process, with no new limit."""
    return [
        bpf.load_low(2), *bpf.return_unless(bpf.EQUAL, 0, bpf.EPERM), bpf.load_high(2),
        *bpf.return_unless(bpf.EQUAL, 0, bpf.EPERM), *_one_of(0, (0, pid), bpf.EPERM),
    ]


def _ranges(numbers: list[int | None]) -> list[tuple[int, int]]:
    """First and last of each run of consecutive `numbers`."""
    runs: list[tuple[int, int]] = []
    for number in sorted(number for number in numbers if number is not None):
        if runs and number == runs[-1][1] + 1:
            runs[-1] = runs[-1][0], number
        else:
            runs.append((number, number))
    return runs
