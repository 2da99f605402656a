"""The supervisor's loop: sleeps until a show speaks or ends, a signal comes, or something is due."""

from __future__ import annotations

import selectors
import signal
import time
from contextlib import closing
from typing import TYPE_CHECKING, Final

from viewer.startup.signal_wakeup import SignalWakeup

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
        self._shows, self._manager, self._now = shows, manager, now
        self._ready_due: float | None = now() + limits.ready
        self._alive_due = now() if manager.watchdog else float("inf")
        self._is_asked_to_end = False
        self._stopping = False

    def run(self) -> None:
        """Until a show is left by its keeper, or a signal asks for the end."""
        with closing(SignalWakeup(signal.SIGCHLD)) as signals, selectors.DefaultSelector() as selector:
            while True:
                if self._is_asked_to_end:  # first: whoever asks may have asked the shows as well
                    self._stop()
                for show in self._shows:
                    show.advance()
                if any(show.phase == "ended" for show in self._shows):
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

    def _sleep(self, selector: selectors.BaseSelector, signals: SignalWakeup) -> None:
        dues = [show.due for show in self._shows if show.phase != "ended"]
        until = min(*dues, self._ready_due or float("inf"), self._alive_due, self._now() + _LONGEST_SLEEP)
        wanted = {signals.descriptor, *(one for show in self._shows for one in show.descriptors)}
        for known in list(selector.get_map()):
            selector.unregister(known)
        for one in wanted:
            selector.register(one, selectors.EVENT_READ)
        selector.select(max(until - self._now(), 0.01))
        self._is_asked_to_end |= bool(signals.take() - {signal.SIGCHLD})  # which says that a child has ended
        if (late := self._now() - until) > _HELD_UP:
            for show in self._shows:
                show.postpone(late)
