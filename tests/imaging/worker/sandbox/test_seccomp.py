"""The seccomp filter's verdict on each call, by a BPF interpreter, for every supported architecture."""

from __future__ import annotations

import re
import struct
from pathlib import Path
from typing import Final

import pytest

from viewer.imaging.worker.sandbox import seccomp, syscalls
from viewer.imaging.worker.sandbox.syscalls import Architecture

X86 = Architecture(0, 0xC000003E, 317)
ARM = Architecture(1, 0xC00000B7, 277)
I386_ARCH, ARM32_ARCH = 0x40000003, 0x40000028
PID: Final = 4321
ARCHITECTURES = pytest.mark.parametrize("architecture", [X86, ARM], ids=["x86-64", "arm64"])
VERDICTS = {seccomp.ALLOW: "allowed", seccomp.EPERM: "EPERM", seccomp.ENOSYS: "ENOSYS", seccomp.ENOTTY: "ENOTTY"}

O_WRONLY, O_RDWR, O_CREAT, O_TRUNC, O_TMPFILE, O_NONBLOCK, O_CLOEXEC, O_PATH = (
    0o1, 0o2, 0o100, 0o1000, 0o20200000, 0o4000, 0o2000000, 0o10000000,
)
GLIBC_THREAD, MUSL_THREAD = 0x3D0F00, 0x7D0F00
"""Flags with which these C libraries call clone(2) for a thread."""

REFUSED: Final[dict[str, syscalls.Numbers]] = {
    "socket": syscalls.SOCKET, "execve": syscalls.EXECVE, "ftruncate": syscalls.FTRUNCATE, "kill": syscalls.KILL,
    "socketpair": (53, 199), "connect": (42, 203), "bind": (49, 200), "accept": (43, 202),
    "fork": (57, None), "vfork": (58, None), "execveat": (322, 281),
    "tkill": (200, 130), "truncate": (76, 45), "fallocate": (285, 47), "ptrace": (101, 117),
    "process_vm_readv": (310, 270), "process_vm_writev": (311, 271), "bpf": (321, 280), "keyctl": (250, 219),
    "mount": (165, 40), "setns": (308, 268), "unshare": (272, 97), "memfd_create": (319, 279), "creat": (85, None),
    "unlink": (87, None), "unlinkat": (263, 35), "mkdir": (83, None), "mkdirat": (258, 34), "chmod": (90, None),
    "fchmod": (91, 52), "fchown": (93, 55), "setrlimit": (160, 164), "perf_event_open": (298, 241),
    "userfaultfd": (323, 282), "init_module": (175, 105), "reboot": (169, 142), "setuid": (105, 146),
    "pidfd_send_signal": (424, 424), "io_uring_setup": (425, 425), "clone3": (435, 435), "openat2": (437, 437),
    "pidfd_getfd": (438, 438), "process_madvise": (440, 440), "landlock_restrict_self": (446, 446),
}
"""Some of the calls that decoding does not need."""


def run(architecture: Architecture, number: int, *arguments: int, arch: int | None = None) -> str:
    """The filter's verdict on a call: a plain BPF interpreter."""
    audit_arch = architecture.audit_arch if arch is None else arch
    data = struct.pack(
        "=iIQ6Q", number if number < 1 << 31 else number - (1 << 32), audit_arch, 0,
        *(argument & (1 << 64) - 1 for argument in (*arguments, *[0] * (6 - len(arguments)))),
    )
    code = seccomp.assemble(seccomp.build_filter(architecture, PID))
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
                return VERDICTS[value]
            case 0x15 | 0x35 | 0x25 | 0x45:
                holds = {0x15: accumulator == value, 0x35: accumulator >= value, 0x25: accumulator > value,
                         0x45: bool(accumulator & value)}[kind]
                at += held if holds else missed
            case _:
                raise AssertionError(f"no such instruction: {kind:x}")


def verdict(architecture: Architecture, numbers: syscalls.Numbers, *arguments: int) -> str:
    number = numbers[architecture.column]
    assert number is not None
    return run(architecture, number, *arguments)


@ARCHITECTURES
def test_the_calls_that_decoding_needs_are_allowed(architecture: Architecture) -> None:
    for name, numbers in syscalls.ALLOWED.items():
        if numbers[architecture.column] is not None:
            assert verdict(architecture, numbers) == "allowed", name


@ARCHITECTURES
def test_no_other_call_is_allowed(architecture: Architecture) -> None:
    for name, numbers in REFUSED.items():
        number = numbers[architecture.column]
        if number is not None:
            wanted = "ENOSYS" if number >= syscalls.FIRST_COMMON else "EPERM"
            assert run(architecture, number) == wanted, name


@ARCHITECTURES
def test_every_call_gets_a_verdict_that_does_not_kill(architecture: Architecture) -> None:
    allowed = {number for number in range(600) if run(architecture, number) == "allowed"}

    assert allowed < set(range(syscalls.FIRST_COMMON + 20))
    numbers = (*range(600), 0x3FFFFFFF, 1 << 31, (1 << 32) - 1)
    assert {run(architecture, number) for number in numbers} <= set(VERDICTS.values())


@ARCHITECTURES
@pytest.mark.parametrize("arch", [I386_ARCH, ARM32_ARCH, 0, 0xFFFFFFFF])
def test_calls_by_another_architecture_s_abi_are_refused(architecture: Architecture, arch: int) -> None:
    assert {run(architecture, number, arch=arch) for number in range(500)} == {"EPERM"}


def test_the_two_architectures_refuse_each_other_s_calls() -> None:
    assert run(X86, 0, arch=ARM.audit_arch) == "EPERM"
    assert run(ARM, 63, arch=X86.audit_arch) == "EPERM"


@ARCHITECTURES
def test_x32_calls_are_refused(architecture: Architecture) -> None:
    assert {run(architecture, 0x40000000 | number) for number in range(600)} == {"EPERM"}


@ARCHITECTURES
@pytest.mark.parametrize(("flags", "answer"), [
    (0, "allowed"), (O_NONBLOCK | O_CLOEXEC, "allowed"), (O_PATH, "allowed"), (O_WRONLY, "EPERM"), (O_RDWR, "EPERM"),
    (O_CREAT, "EPERM"), (O_TRUNC, "EPERM"), (O_TMPFILE, "EPERM"), (O_CREAT | O_WRONLY | O_CLOEXEC, "EPERM"),
])
def test_files_are_opened_for_reading_only(architecture: Architecture, flags: int, answer: str) -> None:
    assert verdict(architecture, syscalls.OPENAT, 0, 0, flags) == answer
    if architecture is X86:
        assert verdict(architecture, syscalls.OPEN, 0, flags) == answer


@ARCHITECTURES
@pytest.mark.parametrize(("flags", "answer"), [
    (GLIBC_THREAD, "allowed"), (MUSL_THREAD, "allowed"), (17, "EPERM"), (0x01200011, "EPERM"), (0x4111, "EPERM"),
    (0x100, "EPERM"), (GLIBC_THREAD & ~0x10000, "EPERM"), (GLIBC_THREAD | 0x10000000, "EPERM"),
    (GLIBC_THREAD | 0x40000000, "EPERM"), (GLIBC_THREAD | 0x1000, "EPERM"), (GLIBC_THREAD | 17, "EPERM"),
])
def test_threads_may_be_started_and_processes_not(architecture: Architecture, flags: int, answer: str) -> None:
    assert verdict(architecture, syscalls.CLONE, flags) == answer


@ARCHITECTURES
def test_signals_are_sent_to_the_process_itself_only(architecture: Architecture) -> None:
    assert verdict(architecture, syscalls.TGKILL, PID, PID, 6) == "allowed"
    assert verdict(architecture, syscalls.TGKILL, PID + 1, PID + 1, 6) == "EPERM"


@ARCHITECTURES
def test_limits_are_read_and_not_set(architecture: Architecture) -> None:
    assert verdict(architecture, syscalls.PRLIMIT, 0, 3, 0, 0x7FFF0000) == "allowed"
    assert verdict(architecture, syscalls.PRLIMIT, PID, 3, 0, 0x7FFF0000) == "allowed"
    assert verdict(architecture, syscalls.PRLIMIT, PID + 1, 3, 0, 0x7FFF0000) == "EPERM"
    assert verdict(architecture, syscalls.PRLIMIT, 0, 3, 0x7FFF0000) == "EPERM"
    assert verdict(architecture, syscalls.PRLIMIT, 0, 3, 0x7F00000000) == "EPERM"


@ARCHITECTURES
def test_ioctl_fcntl_and_prctl_are_allowed_for_a_few_commands_only(architecture: Architecture) -> None:
    assert verdict(architecture, syscalls.IOCTL, 3, 0x5451) == "allowed"  # close on exec
    assert verdict(architecture, syscalls.IOCTL, 3, 0x5412) == "ENOTTY"  # TIOCSTI: type something into the terminal
    assert verdict(architecture, syscalls.FCNTL, 3, 1030) == "allowed"
    assert verdict(architecture, syscalls.FCNTL, 3, 1024) == "EPERM"  # F_SETLEASE
    assert verdict(architecture, syscalls.PRCTL, 15) == "allowed"
    assert verdict(architecture, syscalls.PRCTL, 22) == "EPERM"  # PR_SET_SECCOMP


HEADERS = (Path("/usr/include/x86_64-linux-gnu/asm/unistd_64.h"), Path("/usr/include/asm-generic/unistd.h"))


@pytest.mark.skipif(not all(header.exists() for header in HEADERS), reason="the kernel's headers are not installed")
def test_the_numbers_are_those_of_the_kernel_s_headers() -> None:
    known = [
        {name: int(number) for name, number in re.findall(r"#define __NR(?:3264)?_(\w+)\s+(\d+)", header.read_text())}
        for header in HEADERS
    ]
    known[1]["newfstatat"] = known[1]["fstatat"]
    tables = {**syscalls.ALLOWED, **REFUSED, "open": syscalls.OPEN, "openat": syscalls.OPENAT,
              "clone": syscalls.CLONE, "ioctl": syscalls.IOCTL, "fcntl": syscalls.FCNTL, "prctl": syscalls.PRCTL,
              "tgkill": syscalls.TGKILL, "prlimit64": syscalls.PRLIMIT, "seccomp": (317, 277)}
    for name, numbers in tables.items():
        for column in range(2):
            if numbers[column] is not None:
                assert known[column][name] == numbers[column], name


def test_a_block_that_does_not_end_in_a_return_is_refused() -> None:
    with pytest.raises(ValueError, match="return"):
        seccomp.if_equal(1, [seccomp.load_argument(0)])
