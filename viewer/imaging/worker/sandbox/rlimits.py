"""Resource limits (rlimits), no new privileges, and death with the parent process.

Each is set where the system has it; what is missing is left out and the rest still holds. The viewer's own deadline
and its sealed shared memory do not depend on them.
"""

from __future__ import annotations

import contextlib
import signal
import sys
from typing import Final

ADDRESS_SPACE: Final = 2_560 << 20
"""Bytes. The largest picture allowed, 150 million pixels with transparency, takes 2.4 GB at full size (measured:
decoded, converted for scaling, and its shared memory); scaled to a screen, 0.6 GB. A photo of 100 million pixels takes
1.3 GB at full size, and 0.4 GB on a screen."""

_CPU_SECONDS: Final = 3_600
"""For all pictures together. A worker is replaced after 200, so this ends only an orphan; the deadline for a single
picture is the viewer's to keep."""

_OPEN_FILES: Final = 64
_PR_SET_PDEATHSIG, _PR_SET_NO_NEW_PRIVS, _PR_GET_NO_NEW_PRIVS = 1, 38, 39


def apply_limits() -> None:
    """Limit memory, processor time, files and core dumps; give up gaining privileges; die when the viewer does.

    The kernel watches the thread that started the worker (PR_SET_PDEATHSIG), so that thread must live as long as the
    viewer. A viewer that has died before this is noticed by its closed socket.
    """
    sys.dont_write_bytecode = True  # spares late imports a vain attempt
    if sys.platform == "win32":
        return
    import resource

    if sys.platform == "linux":
        # The out-of-memory killer is to choose a worker before the viewer; where there is no /proc it cannot be told.
        with contextlib.suppress(OSError), open("/proc/self/oom_score_adj", "wb", buffering=0) as file:  # noqa: PTH123  (the time of pathlib's import)
            file.write(b"600")
        _prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
        _prctl(_PR_SET_NO_NEW_PRIVS, 1)
    for which, most in (
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, 0),  # shared memory has its size already: nothing that a worker does makes a file grow
        (resource.RLIMIT_NOFILE, _OPEN_FILES),
        (resource.RLIMIT_CPU, _CPU_SECONDS),
        (resource.RLIMIT_AS, ADDRESS_SPACE),
    ):
        try:
            hard = resource.getrlimit(which)[1]
            limit = most if hard == resource.RLIM_INFINITY else min(most, hard)
            resource.setrlimit(which, (limit, limit))
        except (OSError, ValueError):  # not every system takes every limit (macOS: address space)
            continue


def are_limits_in_force() -> bool:
    """Whether the main limits are in force: read back, not remembered."""
    if sys.platform == "win32":
        return False
    import resource

    wanted = {resource.RLIMIT_AS: ADDRESS_SPACE, resource.RLIMIT_FSIZE: 0, resource.RLIMIT_NOFILE: _OPEN_FILES}
    return all(0 <= resource.getrlimit(which)[1] <= most for which, most in wanted.items())


def has_no_new_privileges() -> bool:
    """Whether no program that this process starts can gain privileges (prctl(2))."""
    return sys.platform == "linux" and _prctl(_PR_GET_NO_NEW_PRIVS, 0) == 1


def _prctl(option: int, value: int) -> int:
    """prctl(2) of the C library; -1 where there is none."""
    import ctypes

    try:
        return int(ctypes.CDLL(None).prctl(option, value, 0, 0, 0))
    except (OSError, AttributeError):
        return -1
