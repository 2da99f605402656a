"""Lets Ctrl+C, a terminal that closes and `kill` end the program in good order.

Python runs a signal's handler only when it next runs Python, which in an idle event loop is never. The byte that it
writes to a wake-up socket in the meantime (signal.set_wakeup_fd) wakes the loop: nothing has to tick.
"""

from __future__ import annotations

import signal
import socket

from PySide6.QtCore import QObject, QSocketNotifier, Signal

_ENDING = ("SIGINT", "SIGTERM", "SIGHUP")  # Windows has no SIGHUP


class TerminationSignals(QObject):
    """`asked` says that the system or the person wants the program to end; `close` leaves signals as they were."""

    asked = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        """Listen from now on; in the main thread only."""
        super().__init__(parent)
        self._ours, self._theirs = socket.socketpair()
        for end in (self._ours, self._theirs):
            end.setblocking(False)
        known = (getattr(signal, name, None) for name in _ENDING)
        # What whoever started us ignores, as nohup does SIGHUP, is to be ignored.
        self._before = {number: signal.signal(number, _wake) for number in known
                        if number is not None and signal.getsignal(number) is not signal.SIG_IGN}
        self._fd_before = signal.set_wakeup_fd(self._theirs.fileno(), warn_on_full_buffer=False)
        self._notifier = QSocketNotifier(self._ours.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._woken)

    def close(self) -> None:
        """Listen no more."""
        self._notifier.setEnabled(False)
        signal.set_wakeup_fd(self._fd_before)
        for number, handler in self._before.items():
            signal.signal(number, handler)
        self._ours.close()
        self._theirs.close()

    def _woken(self) -> None:
        if any(number in self._before for number in self._ours.recv(64)):
            self.asked.emit()


def _wake(number: int, frame: object) -> None:
    """Nothing is done in the handler itself: what counts is the byte on the socket."""
