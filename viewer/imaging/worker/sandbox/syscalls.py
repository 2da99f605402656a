"""System calls by number, and the seccomp filter's table of them: what decoding, threads and late imports need.

Numbers for x86-64 and for 64-bit ARM (asm/unistd.h, asm-generic/unistd.h); None where there is no such call. Any other
call fails with EPERM, or with ENOSYS from `FIRST_COMMON` on, so that a C library falls back to an older one.
"""

from __future__ import annotations

import ctypes
import os
import sys
from typing import Final, NamedTuple, TypeAlias

Numbers: TypeAlias = tuple[int | None, int | None]
"""Of x86-64 and of 64-bit ARM."""

FIRST_COMMON: Final = 424
"""The first number that is the same on every architecture; calls from here on are of 2019 or later."""

ALLOWED: Final[dict[str, Numbers]] = {
    # Open descriptors: files, the socket to the viewer, standard error.
    "read": (0, 63), "write": (1, 64), "readv": (19, 65), "writev": (20, 66), "pread64": (17, 67), "preadv": (295, 69),
    "lseek": (8, 62), "close": (3, 57), "close_range": (436, 436), "dup": (32, 23), "readahead": (187, 213),
    "fadvise64": (221, 223), "sendto": (44, 206), "recvfrom": (45, 207), "sendmsg": (46, 211), "recvmsg": (47, 212),
    # File metadata, which Landlock does not govern; it does govern listing folders.
    "stat": (4, None), "fstat": (5, 80), "lstat": (6, None), "newfstatat": (262, 79), "statx": (332, 291),
    "access": (21, None), "faccessat": (269, 48), "faccessat2": (439, 439), "readlink": (89, None),
    "readlinkat": (267, 78), "getcwd": (79, 17), "getdents64": (217, 61),
    # Memory.
    "mmap": (9, 222), "mprotect": (10, 226), "munmap": (11, 215), "mremap": (25, 216), "brk": (12, 214),
    "madvise": (28, 233), "mincore": (27, 232),
    # Threads and waiting.
    "futex": (202, 98), "sched_yield": (24, 124), "set_robust_list": (273, 99), "get_robust_list": (274, 100),
    "set_tid_address": (218, 96), "rseq": (334, 293), "membarrier": (324, 283), "sched_getaffinity": (204, 123),
    "sched_getparam": (143, 121), "sched_getscheduler": (145, 120), "sched_get_priority_max": (146, 125),
    "sched_get_priority_min": (147, 126), "getcpu": (309, 168), "gettid": (186, 178), "exit": (60, 93),
    "exit_group": (231, 94), "poll": (7, None), "ppoll": (271, 73), "select": (23, None), "pselect6": (270, 72),
    "nanosleep": (35, 101), "clock_nanosleep": (230, 115), "restart_syscall": (219, 128),
    # Signal handling.
    "rt_sigaction": (13, 134), "rt_sigprocmask": (14, 135), "rt_sigreturn": (15, 139), "sigaltstack": (131, 132),
    # Time, and facts about the process and the system.
    "clock_gettime": (228, 113), "clock_getres": (229, 114), "gettimeofday": (96, 169), "time": (201, None),
    "getrandom": (318, 278), "getpid": (39, 172), "getppid": (110, 173), "getuid": (102, 174), "geteuid": (107, 175),
    "getgid": (104, 176), "getegid": (108, 177), "getrlimit": (97, 163), "getrusage": (98, 165), "times": (100, 153),
    "uname": (63, 160), "sysinfo": (99, 179), "getpriority": (140, 141),
}
"""Allowed with any arguments."""

OPEN: Final[Numbers] = 2, None
OPENAT: Final[Numbers] = 257, 56
CLONE: Final[Numbers] = 56, 220
IOCTL: Final[Numbers] = 16, 29
FCNTL: Final[Numbers] = 72, 25
PRCTL: Final[Numbers] = 157, 167
TGKILL: Final[Numbers] = 234, 131
PRLIMIT: Final[Numbers] = 302, 261
"""Allowed with some arguments, which `seccomp.build_filter` checks."""

SOCKET: Final[Numbers] = 41, 198
EXECVE: Final[Numbers] = 59, 221
FTRUNCATE: Final[Numbers] = 77, 46
KILL: Final[Numbers] = 62, 129
"""Not allowed, and attempted by the self test."""


class Architecture(NamedTuple):
    """CPU architecture: its column in the system call tables, its AUDIT_ARCH constant, its number of seccomp(2)."""

    column: int
    audit_arch: int
    seccomp: int


_ARCHITECTURES: Final = {"x86_64": Architecture(0, 0xC000003E, 317), "aarch64": Architecture(1, 0xC00000B7, 277)}
"""By uname's machine name (linux/audit.h, asm/unistd.h)."""



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
        result = int(self._syscall(ctypes.c_long(number), *map(ctypes.c_ulong, arguments)))  # which wraps below zero
        if result < 0:
            code = ctypes.get_errno()
            raise OSError(code, os.strerror(code))
        return result
