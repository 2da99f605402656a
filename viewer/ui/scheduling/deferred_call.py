"""One thing that is done later, and put off whenever it is asked for again."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from viewer.show.clock import Alarm, Clock


class DeferredCall:
    """Calls `action` once, some time after it was last asked to.

    A widget connects its `destroyed` to `cancel`, for an alarm outlives the widget that set it.
    """

    def __init__(self, clock: Clock, action: Callable[[], None]) -> None:
        self._clock = clock
        self._action = action
        self._alarm: Alarm | None = None

    @property
    def is_waiting(self) -> bool:
        """Whether it will be done."""
        return self._alarm is not None

    def start(self, milliseconds: int) -> None:
        """Do it in so many milliseconds from now, and not before."""
        self.cancel()
        self._alarm = self._clock.after(milliseconds, self._ring)

    def cancel(self) -> None:
        """Don't do it."""
        if self._alarm is not None:
            self._alarm.cancel()
            self._alarm = None

    def _ring(self) -> None:
        self._alarm = None
        self._action()
