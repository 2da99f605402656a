"""A show ends with the supervisor that has started it, even where it hangs."""

from __future__ import annotations

import signal
import sys
from typing import Final

_PR_SET_PDEATHSIG: Final = 1


def end_with_parent() -> None:
    """Have the kernel kill this process when the thread that started it ends (prctl(2)); on Linux alone.

    Elsewhere, and if that thread has ended already, the end of the heartbeat's socket tells.
    """
    if sys.platform != "linux":
        return
    import ctypes

    try:
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, int(signal.SIGKILL), 0, 0, 0)
    except (OSError, AttributeError):  # a C library without it: the socket tells
        return
