"""Time for everything that waits: a clock that never goes back, and alarms that ring once.

The show counts on a monotonic clock alone, so that a corrected, shifted or plainly wrong time of day changes nothing;
a machine that was suspended goes on where it stopped. Tests turn the hands themselves.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final, Protocol

from PySide6.QtCore import Qt, QTimer

if TYPE_CHECKING:
    from collections.abc import Callable

LONGEST: Final = 2**31 - 1
"""Milliseconds, about 24 days: as long as an alarm can be set for. A longer one rings then."""


class Alarm(Protocol):
    """Rings once, unless it is cancelled."""

    def cancel(self) -> None:
        """Do not ring; nothing happens if it has rung or was cancelled already."""


class Clock(Protocol):
    """Where the time comes from, in whole milliseconds."""

    def now(self) -> int:
        """Milliseconds since some moment in the past; never less than before."""

    def after(self, milliseconds: int, ring: Callable[[], None], /) -> Alarm:
        """Have `ring` called once, `milliseconds` from now and not earlier."""


class QtClock:
    """The real time, by Qt's event loop."""

    def now(self) -> int:
        """Milliseconds since some moment in the past."""
        return time.monotonic_ns() // 1_000_000

    def after(self, milliseconds: int, ring: Callable[[], None], /) -> Alarm:
        """Have `ring` called once from the event loop, in `milliseconds`."""
        return _QtAlarm(milliseconds, ring)


class _QtAlarm:
    """A timer of one shot, which keeps itself alive until it has rung or was cancelled."""

    def __init__(self, milliseconds: int, ring: Callable[[], None]) -> None:
        self._timer: QTimer | None = QTimer(singleShot=True, timerType=Qt.TimerType.PreciseTimer)
        self._ring = ring
        self._timer.timeout.connect(lambda: self._time_out())  # a bound method would not keep the alarm alive
        self._timer.start(min(max(milliseconds, 0), LONGEST))

    def cancel(self) -> None:
        """Do not ring."""
        if self._timer is not None:
            self._timer.stop()
            self._timer = None

    def _time_out(self) -> None:
        self._timer = None
        self._ring()


class Burst:
    """Tells a single event from one of a burst, such as a key that is held down or a window being dragged larger.

    Events less than `gap` milliseconds apart are a burst. `calm` is called when no more have come for that long.
    """

    def __init__(self, clock: Clock, gap: int, calm: Callable[[], None]) -> None:
        self._clock = clock
        self._gap = gap
        self._calm = calm
        self._last: int | None = None
        self._alarm: Alarm | None = None

    def begins(self) -> bool:
        """Note an event. Says whether it stands alone or begins a burst; after any other `calm` follows."""
        now, last = self._clock.now(), self._last
        self._last = now
        self.stop()
        if last is None or now - last >= self._gap:
            return True
        self._alarm = self._clock.after(self._gap, self._over)
        return False

    def ends_soon(self, milliseconds: int) -> None:
        """Call `calm` after so many milliseconds already, if a burst is under way and nothing more comes until then."""
        if self._alarm is not None:
            self._alarm.cancel()
            self._alarm = self._clock.after(milliseconds, self._over)

    def stop(self) -> None:
        """Do not call `calm` for what has been."""
        if self._alarm is not None:
            self._alarm.cancel()
            self._alarm = None

    def _over(self) -> None:
        self._alarm = None
        self._calm()
