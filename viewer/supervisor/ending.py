"""How a show has ended, as a sentence for people."""

from __future__ import annotations

import signal
from typing import TYPE_CHECKING, Final, NamedTuple

from viewer.startup.signal_wakeup import SIGNALLED, TERMINATION

if TYPE_CHECKING:
    from pathlib import Path

_FAULTS: Final = frozenset(
    getattr(signal, name) for name in ("SIGABRT", "SIGBUS", "SIGFPE", "SIGILL", "SIGSEGV", "SIGSYS", "SIGTRAP")
    if hasattr(signal, name))
"""Signals of a process that has gone wrong itself."""


_REQUESTS: Final = frozenset(getattr(signal, name) for name in TERMINATION if hasattr(signal, name))
"""Signals at which a show ends itself."""


class Ending(NamedTuple):
    """Why a show has ended: the whole `sentence`, and the part of it, `kind`, that is the same each time it ends so.

    What a show said in the end may have an address or a time in it.
    """

    sentence: str
    kind: str


def ending_of(status: int, said: str, log: Path) -> Ending:
    """Of an exit status, which may say that it has ended itself for a signal, or minus the number of a signal.

    `said` is what the show gave as the reason, if it did.
    """
    if status - SIGNALLED in _REQUESTS:
        status = SIGNALLED - status
    if status < 0 and -status not in _FAULTS:
        cause = "as by the system when memory runs out" if -status == signal.SIGKILL else "which somebody has sent"
        kind = f"The show was ended by signal {-status} ({_name(-status)}), {cause}."
        return Ending(kind, kind)
    quoted = f", saying: {said}" if said else ""
    if status < 0:
        kind = f"The show has crashed with signal {-status} ({_name(-status)})"
        return Ending(f"{kind}{quoted}; where it was stands in {log}.", kind)
    kind = f"The show has ended by exit status {status}"
    return Ending(f"{kind}{quoted}.", f"{kind}, {said.partition(':')[0]}")  # of an exception its class


def _name(number: int) -> str:
    return next((known.name for known in signal.Signals if known == number), "a real-time signal")
