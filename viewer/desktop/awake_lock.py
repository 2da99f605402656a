"""Keeps the screen lit and the machine from sleeping, by every means that the desktop has, in a thread of its own.

Importing wakepy takes a quarter of a second, and a service that does not answer two; nobody waits for either. A lock
may be lost unnoticed, when a service, the bus or the whole desktop starts anew: so it is renewed all the time, and the
new one is there before the old one goes.
"""

from __future__ import annotations

import logging
import threading
from contextlib import ExitStack
from functools import partial
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    Inhibitor = Callable[[ExitStack], str]

_log = logging.getLogger("liftoff.awake")

RENEW_S: Final = 30.0
"""Seconds between two renewals: half the shortest time that desktops let people choose for their screen saver."""

CLOSE_S: Final = 1.0
"""Seconds that `close` waits; what is held when the program ends is released by the end of its connections."""

THREAD_NAME: Final = "awake lock"


class AwakeState(NamedTuple):
    """What has come of it: whether a lock is `wanted`, the names of what holds one, and else why nothing does."""

    wanted: bool = False
    held_by: tuple[str, ...] = ()
    problem: str = ""


class AwakeLock:
    """A lock that is taken while it is wanted.

    `inhibitors` each take one: they register its release with the stack and return the name of what holds it; they
    raise OSError with a sentence where they cannot.
    """

    def __init__(self, inhibitors: Sequence[Inhibitor], *, renew_s: float = RENEW_S) -> None:
        self._inhibitors, self._renew_s = inhibitors, renew_s
        self._condition = threading.Condition()
        self._closed = False
        self._thread: threading.Thread | None = None
        self._state = AwakeState()

    @property
    def state(self) -> AwakeState:
        """What has come of it so far."""
        return self._state

    def want(self, wanted: bool) -> None:
        """Take the lock, or release it; soon, and not in this thread."""
        with self._condition:
            if wanted == self._state.wanted or self._closed:
                return
            self._state = self._state._replace(wanted=wanted)
            self._condition.notify()
        if self._thread is None:  # a show that never plays needs none
            self._thread = threading.Thread(target=self._run, name=THREAD_NAME, daemon=True)
            self._thread.start()

    def close(self) -> None:
        """Release what is held, for good."""
        with self._condition:
            self._closed = True
            self._condition.notify()
        if self._thread is not None:
            self._thread.join(CLOSE_S)

    def _run(self) -> None:
        held = ExitStack()
        try:
            while True:
                with self._condition:
                    if self._closed:
                        return
                    wanted = self._state.wanted
                before, held = held, ExitStack()
                names, reasons = self._take(held) if wanted else ((), [])
                _release(before)
                self._tell(names, "" if names else " ".join(reasons))
                with self._condition:
                    self._condition.wait_for(partial(self._has_changed, wanted), self._renew_s if wanted else None)
        finally:
            _release(held)

    def _has_changed(self, wanted: bool) -> bool:
        return self._closed or self._state.wanted != wanted

    def _take(self, held: ExitStack) -> tuple[tuple[str, ...], list[str]]:
        names, reasons = [], []
        for inhibit in self._inhibitors:
            try:
                names.append(inhibit(held))
            except OSError as error:
                reasons.append(str(error))
        return tuple(names), reasons

    def _tell(self, names: tuple[str, ...], problem: str) -> None:
        with self._condition:
            before, self._state = self._state, AwakeState(self._state.wanted, names, problem)
        if (before.held_by, before.problem) != (names, problem):  # edges, not states
            _log.info(problem or (f"Kept awake by {', '.join(names)}." if names else "May sleep again."))


def _release(held: ExitStack) -> None:
    try:
        held.close()
    except OSError as error:  # the service has gone, and the lock with it
        _log.info("%s", error)
