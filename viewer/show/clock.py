"""A monotonic clock with single-shot timers, behind a protocol so that tests can set the time.

A corrected or wrong time of day changes nothing for the show; after a suspend it goes on where it stopped.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final, Protocol

from PySide6.QtCore import Qt

from viewer.timers import single_shot

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtCore import QObject, QTimer

LONGEST: Final = 2**31 - 1
"""Milliseconds, about 24 days: the longest an alarm can be set for. A longer one rings then."""


class Alarm(Protocol):
    """A single-shot timer that has been started."""

    def cancel(self) -> None:
        """Do not ring; no effect if it has rung or was cancelled already."""


class Clock(Protocol):
    """The source of time, in whole milliseconds."""

    def now(self) -> int:
        """Milliseconds since a fixed moment; never less than before."""

    def after(self, milliseconds: int, ring: Callable[[], None], /) -> Alarm:
        """Call `ring` once, `milliseconds` from now and not earlier."""


class QtClock:
    """The system's monotonic clock, with timers of Qt's event loop."""

    def now(self) -> int:
        """Milliseconds since a fixed moment."""
        return time.monotonic_ns() // 1_000_000

    def after(self, milliseconds: int, ring: Callable[[], None], /) -> Alarm:
        """Call `ring` once from the event loop, in `milliseconds`."""
        return _QtAlarm(milliseconds, ring)


class _QtAlarm:
    """A QTimer that keeps itself alive until it has rung or was cancelled."""

    def __init__(self, milliseconds: int, ring: Callable[[], None]) -> None:
        # A bound method would not keep the alarm alive.
        self._timer: QTimer | None = single_shot(None, lambda: self._time_out())
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._ring = ring
        self._timer.start(min(max(milliseconds, 0), LONGEST))

    def cancel(self) -> None:
        """Do not ring."""
        if self._timer is not None:
            self._timer.stop()
            self._timer = None

    def _time_out(self) -> None:
        self._timer = None
        self._ring()


class DeferredCall:
    """Restartable single-shot timer on an injected clock (debounce): calls `action` some time after the last `start`.

    It does not call once `owner` has been destroyed, which the clock's alarm outlives.
    """

    def __init__(self, clock: Clock, action: Callable[[], None], owner: QObject | None = None) -> None:
        self._clock = clock
        self._action = action
        self._alarm: Alarm | None = None
        if owner is not None:
            owner.destroyed.connect(self.cancel)

    @property
    def is_waiting(self) -> bool:
        """Whether the call is due."""
        return self._alarm is not None

    def start(self, milliseconds: int) -> None:
        """Call in so many milliseconds from now, and not before."""
        self.cancel()
        self._alarm = self._clock.after(milliseconds, self._call)

    def cancel(self) -> None:
        """Don't call."""
        if self._alarm is not None:
            self._alarm.cancel()
            self._alarm = None

    def _call(self) -> None:
        self._alarm = None
        self._action()


class Burst:
    """Debounces events such as those of a key held down or a window being resized: the first counts, then the last.

    Events less than `gap` milliseconds apart are a burst. `calm` is called when none has come for that long.
    """

    def __init__(self, clock: Clock, gap: int, calm: Callable[[], None]) -> None:
        self._clock = clock
        self._gap = gap
        self._calm = DeferredCall(clock, calm)
        self._last: int | None = None

    def begins(self) -> bool:
        """Note an event. Says whether it is alone or the first of a burst; after any other `calm` follows."""
        now, last = self._clock.now(), self._last
        self._last = now
        self.stop()
        if last is None or now - last >= self._gap:
            return True
        self._calm.start(self._gap)
        return False

    def ends_soon(self, milliseconds: int) -> None:
        """Call `calm` in so many milliseconds already, if a burst is under way and no event comes until then."""
        if self._calm.is_waiting:
            self._calm.start(milliseconds)

    def stop(self) -> None:
        """Do not call `calm` for past events."""
        self._calm.cancel()
