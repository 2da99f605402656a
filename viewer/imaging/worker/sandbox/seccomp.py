"""seccomp filter: allows the system calls that decoding needs, some only with certain arguments (seccomp(2)).

An allow-list that never kills: any other call fails with an error, so that a library with a fallback goes on. Calls by
the ABI of another architecture (32 bits, x32) are refused altogether.

The filter is a classic BPF program, a list of 8-byte instructions (struct sock_filter); conditional jumps go forward
only, by at most 255 instructions (linux/filter.h).
"""

from __future__ import annotations

import ctypes
import errno
import struct
from itertools import groupby
from typing import Final, TypeAlias

from viewer.imaging.worker.sandbox import syscalls

Instruction: TypeAlias = tuple[int, int, int, int]
"""Opcode, instructions to skip where its comparison holds, where it does not, and the operand."""

_LOAD, _AND, _RETURN, _ABOVE = 0x20, 0x54, 0x06, 0x25
EQUAL, AT_LEAST, ANY_BIT = 0x15, 0x35, 0x45
"""Opcodes of comparisons of the accumulator with an operand."""

ALLOW: Final = 0x7FFF0000
_ERRNO: Final = 0x00050000
EPERM: Final = _ERRNO | errno.EPERM
ENOTTY: Final = _ERRNO | errno.ENOTTY
ENOSYS: Final = _ERRNO | errno.ENOSYS
"""Verdicts (SECCOMP_RET_*): the call fails with this error. On ENOSYS a C library falls back to an older call."""

NUMBER, _ARCHITECTURE, _ARGUMENTS = 0, 4, 16
"""Byte offsets in struct seccomp_data, the filter's input."""

_SET_MODE_FILTER, _FLAG_TSYNC = 1, 1
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


def build_filter(architecture: syscalls.Architecture, pid: int) -> list[Instruction]:
    """The BPF program for `architecture` and the process `pid`, the only one that it may signal."""
    column = architecture.column
    program = [
        load(_ARCHITECTURE), *_return_unless(EQUAL, architecture.audit_arch, EPERM),
        load(NUMBER), *return_if(AT_LEAST, _X32_BIT, EPERM),
    ]
    allowed = sorted(number for numbers in syscalls.ALLOWED.values() if (number := numbers[column]) is not None)
    for _, run in groupby(enumerate(allowed), lambda entry: entry[1] - entry[0]):  # runs of consecutive numbers
        first, *rest = (number for _, number in run)
        if rest:
            program += [(AT_LEAST, 0, 2, first), (_ABOVE, 1, 0, rest[-1]), return_(ALLOW)]
        else:
            program += return_if(EQUAL, first, ALLOW)
    thread_only = [
        load_argument(0), (_AND, 0, 0, _THREAD_FLAGS | _PROCESS_FLAGS), *_return_unless(EQUAL, _THREAD_FLAGS, EPERM),
        return_(ALLOW),
    ]
    own_limits_read_only = [
        load_argument(2), *_return_unless(EQUAL, 0, EPERM), load_argument(2, upper=True),
        *_return_unless(EQUAL, 0, EPERM), *_one_of(0, (0, pid), EPERM),
    ]
    for numbers, block in (
        (syscalls.OPENAT, _for_reading(2)), (syscalls.OPEN, _for_reading(1)), (syscalls.CLONE, thread_only),
        (syscalls.IOCTL, _one_of(1, _IOCTLS, ENOTTY)), (syscalls.FCNTL, _one_of(1, _FCNTLS, EPERM)),
        (syscalls.PRCTL, _one_of(0, _PRCTLS, EPERM)), (syscalls.TGKILL, _one_of(0, (pid,), EPERM)),
        (syscalls.PRLIMIT, own_limits_read_only),
    ):
        if (number := numbers[column]) is not None:
            program += if_equal(number, block)
    return [*program, *return_if(AT_LEAST, syscalls.FIRST_COMMON, ENOSYS), return_(EPERM)]


def install(kernel: syscalls.Kernel, architecture: syscalls.Architecture, program: list[Instruction]) -> None:
    """Apply the filter to all threads of this process, for good. Raises OSError."""
    code = assemble(program)
    instructions = ctypes.create_string_buffer(code, len(code))
    header = struct.pack("@HP", len(program), ctypes.addressof(instructions))  # struct sock_fprog
    argument = ctypes.create_string_buffer(header, len(header))
    thread = kernel.call(architecture.seccomp, _SET_MODE_FILTER, _FLAG_TSYNC, ctypes.addressof(argument))
    if thread:
        raise OSError(errno.ESRCH, f"thread {thread} cannot be filtered")


def assemble(program: list[Instruction]) -> bytes:
    """Machine code of `program`: an array of struct sock_filter."""
    return b"".join(struct.pack("=HBBI", *instruction) for instruction in program)


def load(offset: int) -> Instruction:
    """Load the 32-bit word at `offset` into the accumulator."""
    return _LOAD, 0, 0, offset


def load_argument(index: int, *, upper: bool = False) -> Instruction:
    """Load the lower (or `upper`) half of the argument at `index`."""
    return load(_ARGUMENTS + 8 * index + 4 * upper)


def return_(verdict: int) -> Instruction:
    """End the program with `verdict`."""
    return _RETURN, 0, 0, verdict


def return_if(comparison: int, operand: int, verdict: int) -> list[Instruction]:
    """End with `verdict` where `comparison` holds; go on otherwise."""
    return [(comparison, 0, 1, operand), return_(verdict)]


def _return_unless(comparison: int, operand: int, verdict: int) -> list[Instruction]:
    return [(comparison, 1, 0, operand), return_(verdict)]


def if_equal(value: int, block: list[Instruction]) -> list[Instruction]:
    """Run `block`, which ends in a return, where the accumulator is `value`; skip it otherwise.

    Raises ValueError for a block that is too long for a jump or that would fall through.
    """
    if len(block) > 255 or block[-1][0] != _RETURN:
        raise ValueError("a block ends in a return within 255 instructions")
    return [(EQUAL, 0, len(block), value), *block]


def _for_reading(flags: int) -> list[Instruction]:
    return [load_argument(flags), *return_if(ANY_BIT, _WRITE_FLAGS, EPERM), return_(ALLOW)]


def _one_of(argument: int, values: tuple[int, ...], otherwise: int) -> list[Instruction]:
    matches = (instruction for value in values for instruction in return_if(EQUAL, value, ALLOW))
    return [load_argument(argument), *matches, return_(otherwise)]
