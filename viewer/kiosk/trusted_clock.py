"""Whether the time of day can be trusted: a clock that may be wrong must not decide what is shown.

A board without a battery for its clock begins in 1970 or where it was switched off, until the network tells it better.
The rule is that of info-beamer: dated content is held back only once NTP or a real-time clock has set the time, and
what has no date always shows. So here: without such a clock nothing is closed, and slides with dates all show.
"""

from __future__ import annotations

import datetime as dt
import sys
from contextlib import suppress
from pathlib import Path
from typing import Final

EARLIEST: Final = dt.datetime(2026, 11, 1, tzinfo=dt.UTC)
"""It has never been earlier since this program was made."""

AGREES_S: Final = 86_400
"""Seconds by which a real-time clock may differ: it may keep local time."""

_RTC_FOLDER: Final = Path("/sys/class/rtc")
_SYNCHRONIZED: Final = Path("/run/systemd/timesync/synchronized")
_TIMEX_BYTES: Final = 512  # more than a struct timex, whose `modes` of 0 only asks: 208 bytes
_TIME_ERROR: Final = 5  # adjtimex(2): "the system clock is not synchronized"


def distrust(now: dt.datetime) -> str:
    """Why the time of day `now` cannot be trusted, as one sentence; empty where it can."""
    if now < EARLIEST:
        return (f"The clock says {now:%d %B %Y}, which cannot be: nothing is closed by it, and slides with dates all "
                "show. Set the clock, or connect the machine to a time server.")
    if not sys.platform.startswith("linux") or is_synchronized() or agrees_with_hardware(now):
        return ""
    return ("Neither a time server nor a real-time clock has set the time: nothing is closed by it, and slides with "
            "dates all show. Connect the machine to a time server.")


def is_synchronized() -> bool:
    """Whether a time server keeps the clock, by the kernel or by systemd-timesyncd. A clock set by hand is not kept."""
    state = _kernel_state()
    return state != _TIME_ERROR if state is not None else _SYNCHRONIZED.exists()


def agrees_with_hardware(now: dt.datetime, folder: Path = _RTC_FOLDER) -> bool:
    """Whether a real-time clock that goes (one without a battery begins in 1970) says about the same."""
    for file in sorted(folder.glob("rtc*/since_epoch")):
        with suppress(OSError, ValueError):
            if abs(int(file.read_bytes()) - now.timestamp()) <= AGREES_S:
                return True
    return False


def _kernel_state() -> int | None:
    """What adjtimex(2) returns when nothing is to be adjusted; None where it cannot be asked."""
    import ctypes

    try:
        adjtimex = ctypes.CDLL(None).adjtimex
    except (AttributeError, OSError):
        return None
    state: int = adjtimex(ctypes.create_string_buffer(_TIMEX_BYTES))
    return None if state == -1 else state
