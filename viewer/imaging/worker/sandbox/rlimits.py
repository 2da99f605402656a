"""Limits that every POSIX system has, and a life no longer than the viewer's.

Each is taken where the system has it; what is missing is left out and the rest still holds. The viewer's deadline and
the sealed frames stand on the other side.
"""

from __future__ import annotations

import os
import sys
from typing import Final

MEMORY: Final = 2_560 << 20
"""Bytes of address space. The largest picture allowed, 150 million pixels with transparency, takes 2.4 GB at full size
(measured: decoded, made ready for scaling, and the frame it goes to); scaled into a screen, 0.6 GB. A photo of 100
million pixels takes 1.3 GB at full size, and 0.4 GB in a screen."""

PROCESSOR_SECONDS: Final = 3_600
"""Of all pictures together. A worker is replaced after 200, so this ends only one that nobody watches any more; the
deadline for a single picture is the viewer's to keep."""

_OPEN_FILES: Final = 64
_OUT_OF_MEMORY_SCORE: Final = "600"
_PR_SET_PDEATHSIG: Final = 1
_PR_SET_NO_NEW_PRIVS: Final = 38
_PR_GET_NO_NEW_PRIVS: Final = 39
_SIGKILL: Final = 9


def limit() -> None:
    """Limits on memory, time, files and cores; no privileges to gain; no life after the viewer's."""
    sys.dont_write_bytecode = True  # a module that is imported late is not to be tried in vain to be written down
    if sys.platform == "linux":
        _first_to_go()
        _die_with_the_viewer()
    if sys.platform != "win32":
        _limit()


def is_limited() -> bool:
    """Whether the limits are in force: read back, not remembered."""
    if sys.platform == "win32":
        return False
    import resource

    wanted = {resource.RLIMIT_AS: MEMORY, resource.RLIMIT_FSIZE: 0, resource.RLIMIT_NOFILE: _OPEN_FILES}
    return all(0 <= resource.getrlimit(which)[1] <= most for which, most in wanted.items())


def has_no_new_privileges() -> bool:
    """Whether no program that this process starts can have more rights than it has (prctl(2))."""
    if sys.platform != "linux":
        return False
    import ctypes

    try:
        return int(ctypes.CDLL(None).prctl(_PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0)) == 1
    except (OSError, AttributeError):
        return False


def _limit() -> None:
    import resource

    limits = [
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, 0),  # the frames have their size already: nothing a worker does makes a file grow
        (resource.RLIMIT_NOFILE, _OPEN_FILES),
        (resource.RLIMIT_CPU, PROCESSOR_SECONDS),
        (resource.RLIMIT_AS, MEMORY),
    ]
    for which, most in limits:
        try:
            hard = resource.getrlimit(which)[1]
            most = most if hard == resource.RLIM_INFINITY else min(most, hard)
            resource.setrlimit(which, (most, most))
        except (OSError, ValueError):  # not every system takes every limit (macOS: address space)
            continue


def _first_to_go() -> None:
    """Should memory run out, the system is to end a worker, not the show."""
    try:
        handle = os.open("/proc/self/oom_score_adj", os.O_WRONLY)
        try:
            os.write(handle, _OUT_OF_MEMORY_SCORE.encode("ascii"))
        finally:
            os.close(handle)
    except OSError:  # no /proc here
        return


def _die_with_the_viewer() -> None:
    """The thread that started the worker must live as long as the viewer does (prctl(2), PR_SET_PDEATHSIG).

    A viewer that has died before this is noticed by its socket, which has been closed.
    """
    import ctypes

    try:
        prctl = ctypes.CDLL(None).prctl
    except (OSError, AttributeError):
        return
    prctl(_PR_SET_PDEATHSIG, _SIGKILL, 0, 0, 0)
    prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
