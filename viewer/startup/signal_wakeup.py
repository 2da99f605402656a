"""Signals that wake a loop which waits for descriptors, instead of being handled wherever they happen to come.

Python runs a signal's handler only when it next runs Python, which in an idle loop is never. The byte that it writes to
a socket in the meantime (`signal.set_wakeup_fd`) wakes the loop: nothing has to tick.
"""

from __future__ import annotations

import signal
import socket
from contextlib import suppress
from typing import Final

TERMINATION: Final = ("SIGINT", "SIGTERM", "SIGHUP")
"""Names of the signals of Ctrl+C, `kill` and a terminal that closes; Windows has no SIGHUP."""


SIGNALLED: Final = 128
"""Added to the number of a signal this makes the exit status of a program that has ended itself for it, as in a shell.
"""


class SignalWakeup:
    """Listens, in the main thread only, for those of TERMINATION that are not ignored, and for `others`.

    What whoever started us ignores, as nohup does SIGHUP, is to be ignored.
    """

    def __init__(self, *others: signal.Signals) -> None:
        self._ours, self._theirs = socket.socketpair()
        for end in (self._ours, self._theirs):
            end.setblocking(False)
        known = (getattr(signal, name, None) for name in TERMINATION)
        wanted = {number for number in known if number is not None and signal.getsignal(number) is not signal.SIG_IGN}
        self._before = {number: signal.signal(number, _wake) for number in (*wanted, *others)}
        self._fd_before = signal.set_wakeup_fd(self._theirs.fileno(), warn_on_full_buffer=False)

    @property
    def descriptor(self) -> int:
        """What is readable when a signal has come."""
        return self._ours.fileno()

    def take(self) -> frozenset[int]:
        """The numbers of the signals listened for that have come since."""
        with suppress(BlockingIOError):
            return frozenset(self._ours.recv(4096)) & self._before.keys()
        return frozenset()

    def close(self) -> None:
        """Listen no more, and leave signals as they were."""
        signal.set_wakeup_fd(self._fd_before)
        for number, handler in self._before.items():
            signal.signal(number, handler)
        self._ours.close()
        self._theirs.close()


def _wake(number: int, frame: object) -> None:
    """Nothing is done in the handler itself: what counts is the byte on the socket."""
