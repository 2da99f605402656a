"""Assembler for classic BPF, the instruction set in which seccomp filters are written.

A program is a list of 8-byte instructions (struct sock_filter); conditional jumps go forward only, by at most 255
instructions (linux/filter.h). The `return_*` helpers end the program or fall through to the next instruction.
"""

from __future__ import annotations

import errno
import struct
from typing import Final, TypeAlias

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

NUMBER: Final = 0
ARCHITECTURE: Final = 4
_ARGUMENTS: Final = 16
"""Byte offsets in struct seccomp_data, the filter's input."""


def load(offset: int) -> Instruction:
    """Load the 32-bit word at `offset` into the accumulator."""
    return _LOAD, 0, 0, offset


def load_low(argument: int) -> Instruction:
    """Load the lower half of an argument, counted from 0."""
    return load(_ARGUMENTS + 8 * argument)


def load_high(argument: int) -> Instruction:
    """Load the upper half of an argument."""
    return load(_ARGUMENTS + 8 * argument + 4)


def mask(bits: int) -> Instruction:
    """Clear every bit of the accumulator that is not in `bits`."""
    return _AND, 0, 0, bits


def return_(verdict: int) -> Instruction:
    """End the program with `verdict`."""
    return _RETURN, 0, 0, verdict


def return_if(comparison: int, operand: int, verdict: int) -> list[Instruction]:
    """End with `verdict` where `comparison` holds."""
    return [(comparison, 0, 1, operand), return_(verdict)]


def return_unless(comparison: int, operand: int, verdict: int) -> list[Instruction]:
    """End with `verdict` where `comparison` does not hold."""
    return [(comparison, 1, 0, operand), return_(verdict)]


def return_if_between(first: int, last: int, verdict: int) -> list[Instruction]:
    """End with `verdict` where the accumulator is within `first` to `last`."""
    if first == last:
        return return_if(EQUAL, first, verdict)
    return [(AT_LEAST, 0, 2, first), (_ABOVE, 1, 0, last), return_(verdict)]


def if_equal(value: int, block: list[Instruction]) -> list[Instruction]:
    """Run `block`, which ends in a return, where the accumulator is `value`; skip it otherwise.

    Raises ValueError for a block that is too long for a jump or that would fall through.
    """
    if len(block) > 255 or block[-1][0] != _RETURN:
        raise ValueError("a block ends in a return within 255 instructions")
    return [(EQUAL, 0, len(block), value), *block]


def assemble(program: list[Instruction]) -> bytes:
    """Machine code of `program`: an array of struct sock_filter."""
    return b"".join(struct.pack("=HBBI", *instruction) for instruction in program)
