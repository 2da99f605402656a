"""A small assembler for the kernel's packet filter, the language that seccomp filters are written in.

A program is a list of instructions of 8 bytes; jumps go forward only, 255 instructions at most (linux/filter.h). Each
block here ends in an answer or falls through to the next one.
"""

from __future__ import annotations

import errno
import struct
from typing import Final, TypeAlias

Instruction: TypeAlias = tuple[int, int, int, int]
"""Code, steps to skip where a comparison holds, where it does not, and a number."""

_LOAD, _AND = 0x20, 0x54
_EQUAL, _AT_LEAST, _ABOVE, _ANY_BIT = 0x15, 0x35, 0x25, 0x45
_ANSWER: Final = 0x06

ALLOW: Final = 0x7FFF0000
_ERROR: Final = 0x00050000
REFUSE: Final = _ERROR | errno.EPERM
"""The call fails: it is not permitted."""

UNKNOWN: Final = _ERROR | errno.ENOSYS
"""The call fails: the kernel has none such. C libraries then do without, as they do on an older kernel."""

NO_TERMINAL: Final = _ERROR | errno.ENOTTY

NUMBER: Final = 0
ARCHITECTURE: Final = 4
_ARGUMENTS: Final = 16
"""Where these lie in what the kernel shows the filter (struct seccomp_data)."""


def load(offset: int) -> Instruction:
    """Look at the 32 bits at `offset`."""
    return _LOAD, 0, 0, offset


def low(argument: int) -> Instruction:
    """Look at the lower half of an argument, counted from 0."""
    return load(_ARGUMENTS + 8 * argument)


def high(argument: int) -> Instruction:
    """Look at the upper half of an argument."""
    return load(_ARGUMENTS + 8 * argument + 4)


def masked(mask: int) -> Instruction:
    """Keep of what is looked at the bits in `mask`."""
    return _AND, 0, 0, mask


def answer(value: int) -> Instruction:
    """End here with `value`."""
    return _ANSWER, 0, 0, value


def unless_equal(wanted: int, value: int) -> list[Instruction]:
    """End with `value` unless what is looked at is `wanted`."""
    return [(_EQUAL, 1, 0, wanted), answer(value)]


def if_at_least(least: int, value: int) -> list[Instruction]:
    """End with `value` where what is looked at is `least` or more."""
    return [(_AT_LEAST, 0, 1, least), answer(value)]


def if_any_bit(bits: int, value: int) -> list[Instruction]:
    """End with `value` where any of `bits` is set."""
    return [(_ANY_BIT, 0, 1, bits), answer(value)]


def if_between(first: int, last: int, value: int) -> list[Instruction]:
    """End with `value` where what is looked at is from `first` to `last`."""
    if first == last:
        return [(_EQUAL, 0, 1, first), answer(value)]
    return [(_AT_LEAST, 0, 2, first), (_ABOVE, 1, 0, last), answer(value)]


def if_equal(wanted: int, block: list[Instruction]) -> list[Instruction]:
    """Go through `block`, which ends in an answer, where what is looked at is `wanted`; else past it."""
    if len(block) > 255 or block[-1][0] != _ANSWER:
        raise ValueError("a block ends in an answer within 255 instructions")
    return [(_EQUAL, 0, len(block), wanted), *block]


def code_of(program: list[Instruction]) -> bytes:
    """The program as the kernel reads it."""
    return b"".join(struct.pack("=HBBI", *instruction) for instruction in program)
