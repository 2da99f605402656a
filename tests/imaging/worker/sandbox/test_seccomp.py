"""The filter, read as the kernel reads it: what it answers on each processor, this one or not."""

from __future__ import annotations

import re
import struct
from pathlib import Path
from typing import Final

import pytest

from viewer.imaging.worker.sandbox import bpf, syscalls
from viewer.imaging.worker.sandbox.kernel import Machine
from viewer.imaging.worker.sandbox.seccomp import program

X86 = Machine(0, 0xC000003E, 317, 157)
ARM = Machine(1, 0xC00000B7, 277, 167)
I386_ARCH, ARM32_ARCH = 0x40000003, 0x40000028
PID: Final = 4321
MACHINES = pytest.mark.parametrize("machine", [X86, ARM], ids=["x86-64", "arm64"])
NAMES = {bpf.ALLOW: "allowed", bpf.REFUSE: "EPERM", bpf.UNKNOWN: "ENOSYS", bpf.NO_TERMINAL: "ENOTTY"}

O_WRONLY, O_RDWR, O_CREAT, O_TRUNC, O_TMPFILE, O_NONBLOCK, O_CLOEXEC, O_PATH = (
    0o1, 0o2, 0o100, 0o1000, 0o20200000, 0o4000, 0o2000000, 0o10000000,
)
GLIBC_THREAD, MUSL_THREAD = 0x3D0F00, 0x7D0F00
"""The flags with which these C libraries call clone for a thread."""


def run(machine: Machine, number: int, *arguments: int, arch: int | None = None) -> str:
    """What the filter says to a call: a plain interpreter of the packet filter's instructions."""
    data = struct.pack(
        "=iIQ6Q", number if number < 1 << 31 else number - (1 << 32), machine.audit_arch if arch is None else arch, 0,
        *(argument & (1 << 64) - 1 for argument in (*arguments, *[0] * (6 - len(arguments)))),
    )
    code = bpf.code_of(program(machine, PID))
    at = accumulator = 0
    while True:
        kind, held, missed, value = struct.unpack_from("=HBBI", code, 8 * at)
        at += 1
        match kind:
            case 0x20:
                (accumulator,) = struct.unpack_from("=I", data, value)
            case 0x54:
                accumulator &= value
            case 0x06:
                return NAMES[value]
            case 0x15 | 0x35 | 0x25 | 0x45:
                holds = {0x15: accumulator == value, 0x35: accumulator >= value, 0x25: accumulator > value,
                         0x45: bool(accumulator & value)}[kind]
                at += held if holds else missed
            case _:
                raise AssertionError(f"no such instruction: {kind:x}")


def say(machine: Machine, numbers: syscalls.Numbers, *arguments: int) -> str:
    number = numbers[machine.column]
    assert number is not None
    return run(machine, number, *arguments)


@MACHINES
def test_what_decoding_takes_is_allowed(machine: Machine) -> None:
    for name, numbers in syscalls.FREE.items():
        if numbers[machine.column] is not None:
            assert say(machine, numbers) == "allowed", name


@MACHINES
def test_nothing_of_what_is_refused_is_allowed(machine: Machine) -> None:
    for name, numbers in syscalls.REFUSED.items():
        number = numbers[machine.column]
        if number is not None:
            wanted = "ENOSYS" if number >= syscalls.NEW_CALLS else "EPERM"
            assert run(machine, number) == wanted, name


@MACHINES
def test_every_call_gets_an_answer_that_does_not_kill(machine: Machine) -> None:
    allowed = {number for number in range(600) if run(machine, number) == "allowed"}

    assert allowed < set(range(syscalls.NEW_CALLS + 20))
    assert {run(machine, number) for number in (*range(600), 0x3FFFFFFF, 1 << 31, (1 << 32) - 1)} <= set(NAMES.values())


@MACHINES
@pytest.mark.parametrize("arch", [I386_ARCH, ARM32_ARCH, 0, 0xFFFFFFFF])
def test_calls_in_the_manner_of_another_processor_are_refused(machine: Machine, arch: int) -> None:
    assert {run(machine, number, arch=arch) for number in range(500)} == {"EPERM"}


def test_the_two_processors_refuse_each_other() -> None:
    assert run(X86, 0, arch=ARM.audit_arch) == "EPERM"
    assert run(ARM, 63, arch=X86.audit_arch) == "EPERM"


@MACHINES
def test_calls_in_the_manner_of_x32_are_refused(machine: Machine) -> None:
    assert {run(machine, 0x40000000 | number) for number in range(600)} == {"EPERM"}


@MACHINES
@pytest.mark.parametrize(("flags", "answer"), [
    (0, "allowed"), (O_NONBLOCK | O_CLOEXEC, "allowed"), (O_PATH, "allowed"), (O_WRONLY, "EPERM"), (O_RDWR, "EPERM"),
    (O_CREAT, "EPERM"), (O_TRUNC, "EPERM"), (O_TMPFILE, "EPERM"), (O_CREAT | O_WRONLY | O_CLOEXEC, "EPERM"),
])
def test_files_are_opened_for_reading_alone(machine: Machine, flags: int, answer: str) -> None:
    assert say(machine, syscalls.OPENAT, 0, 0, flags) == answer
    if machine is X86:
        assert say(machine, syscalls.OPEN, 0, flags) == answer


@MACHINES
@pytest.mark.parametrize(("flags", "answer"), [
    (GLIBC_THREAD, "allowed"), (MUSL_THREAD, "allowed"), (17, "EPERM"), (0x01200011, "EPERM"), (0x4111, "EPERM"),
    (0x100, "EPERM"), (GLIBC_THREAD & ~0x10000, "EPERM"), (GLIBC_THREAD | 0x10000000, "EPERM"),
    (GLIBC_THREAD | 0x40000000, "EPERM"), (GLIBC_THREAD | 0x1000, "EPERM"), (GLIBC_THREAD | 17, "EPERM"),
])
def test_threads_may_be_started_and_processes_not(machine: Machine, flags: int, answer: str) -> None:
    assert say(machine, syscalls.CLONE, flags) == answer


@MACHINES
def test_signals_go_to_itself_alone(machine: Machine) -> None:
    assert say(machine, syscalls.TGKILL, PID, PID, 6) == "allowed"
    assert say(machine, syscalls.TGKILL, PID + 1, PID + 1, 6) == "EPERM"


@MACHINES
def test_limits_are_read_and_not_set(machine: Machine) -> None:
    assert say(machine, syscalls.PRLIMIT, 0, 3, 0, 0x7FFF0000) == "allowed"
    assert say(machine, syscalls.PRLIMIT, PID, 3, 0, 0x7FFF0000) == "allowed"
    assert say(machine, syscalls.PRLIMIT, PID + 1, 3, 0, 0x7FFF0000) == "EPERM"
    assert say(machine, syscalls.PRLIMIT, 0, 3, 0x7FFF0000) == "EPERM"
    assert say(machine, syscalls.PRLIMIT, 0, 3, 0x7F00000000) == "EPERM"


@MACHINES
def test_devices_are_not_told_to_do_anything(machine: Machine) -> None:
    assert say(machine, syscalls.IOCTL, 3, 0x5451) == "allowed"  # close on exec
    assert say(machine, syscalls.IOCTL, 3, 0x5412) == "ENOTTY"  # TIOCSTI: type something into the terminal
    assert say(machine, syscalls.FCNTL, 3, 1030) == "allowed"
    assert say(machine, syscalls.FCNTL, 3, 1024) == "EPERM"  # F_SETLEASE
    assert say(machine, syscalls.PRCTL, 15) == "allowed"
    assert say(machine, syscalls.PRCTL, 22) == "EPERM"  # PR_SET_SECCOMP


HEADERS = (Path("/usr/include/x86_64-linux-gnu/asm/unistd_64.h"), Path("/usr/include/asm-generic/unistd.h"))


@pytest.mark.skipif(not all(header.exists() for header in HEADERS), reason="the kernel's headers are not installed")
def test_the_numbers_are_those_of_the_kernel_s_own_tables() -> None:
    known = [
        {name: int(number) for name, number in re.findall(r"#define __NR(?:3264)?_(\w+)\s+(\d+)", header.read_text())}
        for header in HEADERS
    ]
    known[1]["newfstatat"] = known[1]["fstatat"]
    tables = {**syscalls.FREE, **syscalls.REFUSED, "open": syscalls.OPEN, "openat": syscalls.OPENAT,
              "clone": syscalls.CLONE,
              "ioctl": syscalls.IOCTL, "fcntl": syscalls.FCNTL, "prctl": syscalls.PRCTL, "tgkill": syscalls.TGKILL,
              "prlimit64": syscalls.PRLIMIT, "seccomp": (317, 277)}
    for name, numbers in tables.items():
        for column in range(2):
            if numbers[column] is not None:
                assert known[column][name] == numbers[column], name


def test_a_block_that_does_not_end_is_refused() -> None:
    with pytest.raises(ValueError, match="answer"):
        bpf.if_equal(1, [bpf.low(0)])
