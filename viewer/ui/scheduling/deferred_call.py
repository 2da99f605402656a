"""Restartable single-shot timer on an injected clock (debounce)."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from viewer.show.clock import Alarm, Clock


class DeferredCall:
    """Calls `action` once, some time after the last `start`.

    A widget connects its `destroyed` to `cancel`: the clock's alarm outlives the widget.
    """

    def __init__(self, clock: Clock, action: Callable[[], None]) -> None:
        self._clock = clock
        self._action = action
        self._alarm: Alarm | None = None

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
