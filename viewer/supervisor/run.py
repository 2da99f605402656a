"""The supervisor's loop: sleeps until a show speaks or ends, a signal comes, or something is due."""

from __future__ import annotations

import os
import selectors
import signal
import time
from contextlib import suppress
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from viewer.supervisor.limits import Limits
    from viewer.supervisor.service_manager import ServiceManager
    from viewer.supervisor.watched_show import WatchedShow

_LONGEST_SLEEP: Final = 10.0
"""Seconds; it need not wake at all, but a clock that misbehaves is found out by then."""

_HELD_UP: Final = 2.0
"""Seconds after which a late turn means that the machine was held up, and shows are given as much more."""


class Supervisor:
    """Keeps `shows` on the screen, and tells `manager` of it."""

    def __init__(self, shows: Sequence[WatchedShow], manager: ServiceManager, limits: Limits,
                 now: Callable[[], float] = time.monotonic) -> None:
        self._shows, self._manager, self._limits, self._now = shows, manager, limits, now
        self._ready_due: float | None = now() + limits.ready
        self._alive_due = now() if manager.watchdog else float("inf")
        self._stopping = False

    def run(self) -> None:
        """Until a show is left by its keeper, or a signal asks for the end."""
        with _Signals() as signals, selectors.DefaultSelector() as selector:
            while True:
                for show in self._shows:
                    show.advance()
                if signals.asked or any(show.phase == "ended" for show in self._shows):
                    self._stop()
                if all(show.phase == "ended" for show in self._shows):
                    return
                self._tell()
                self._sleep(selector, signals)

    def _stop(self) -> None:
        if not self._stopping:
            self._stopping = True
            self._manager.stopping()
            for show in self._shows:
                show.stop()

    def _tell(self) -> None:
        now = self._now()
        if self._ready_due is not None and (now >= self._ready_due or all(show.has_painted for show in self._shows)):
            self._ready_due = None
            self._manager.ready()
        self._manager.say("; ".join(show.status for show in self._shows))
        if self._manager.watchdog and now >= self._alive_due:
            self._alive_due = now + self._manager.watchdog
            if all(show.is_well for show in self._shows):
                self._manager.alive()

    def _sleep(self, selector: selectors.BaseSelector, signals: _Signals) -> None:
        dues = [show.due for show in self._shows if show.phase != "ended"]
        until = min(*dues, self._ready_due or float("inf"), self._alive_due, self._now() + _LONGEST_SLEEP)
        wanted = {signals.descriptor, *(one for show in self._shows for one in show.descriptors)}
        for known in list(selector.get_map()):
            selector.unregister(known)
        for one in wanted:
            selector.register(one, selectors.EVENT_READ)
        selector.select(max(until - self._now(), 0.01))
        signals.take()
        if (late := self._now() - until) > _HELD_UP:
            for show in self._shows:
                show.postpone(late)


class _Signals:
    """Listens for signals that ask for the end, and for those that say that a child has ended."""

    def __init__(self) -> None:
        self.asked = False
        reading, self._writing = os.pipe()
        self.descriptor = reading
        for end in (reading, self._writing):
            os.set_blocking(end, False)
        # What whoever started us ignores, as nohup does SIGHUP, is to be ignored.
        self._before = {number: signal.signal(number, _wake)
                        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGCHLD)
                        if number == signal.SIGCHLD or signal.getsignal(number) is not signal.SIG_IGN}
        self._fd_before = signal.set_wakeup_fd(self._writing, warn_on_full_buffer=False)

    def __enter__(self) -> _Signals:
        return self

    def __exit__(self, *_: object) -> None:
        signal.set_wakeup_fd(self._fd_before)
        for number, handler in self._before.items():
            signal.signal(number, handler)
        os.close(self.descriptor)
        os.close(self._writing)

    def take(self) -> None:
        """Take in the signals that have come."""
        with suppress(BlockingIOError):
            self.asked |= any(number != signal.SIGCHLD for number in os.read(self.descriptor, 4096))


def _wake(number: int, frame: object) -> None:
    """Nothing is done in the handler itself: what counts is the byte in the pipe."""
