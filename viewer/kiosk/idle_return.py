"""When an unattended show goes back to its start: some time after the last input of a visitor, counted down to.

Nothing is counted while nobody has touched the screen since the last return. Who lets the show play on is not disturbed
by a countdown: what they have set is taken back when the next slide comes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal

from viewer.show.clock import DeferredCall

if TYPE_CHECKING:
    from collections.abc import Callable

    from viewer.show.clock import Clock

_SECOND_MS: Final = 1000


class IdleReturn(QObject):
    """Waits `idle` seconds after the last `use`, then counts `countdown` seconds down.

    `is_playing` tells whether the show goes on by itself.
    """

    counted = Signal(int)
    """Seconds left of the countdown; 0 when it is over or was cancelled."""
    returned = Signal()
    """The show is to begin again."""
    forgotten = Signal()
    """What a visitor has set is to be taken back; the show plays on."""

    def __init__(self, clock: Clock, idle: float, countdown: float, is_playing: Callable[[], bool],
                 parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._idle_ms, self._countdown, self._is_playing = round(idle * _SECOND_MS), round(countdown), is_playing
        self._left = 0
        self._visited = self._is_held = self._waits_for_slide = False
        self._idle = DeferredCall(clock, self._time_up, self)
        self._tick = DeferredCall(clock, self._count, self)

    @property
    def is_counting(self) -> bool:
        """Whether the countdown is running."""
        return self._left > 0

    @property
    def is_visited(self) -> bool:
        """Whether somebody has used the screen since the show last began."""
        return self._visited

    def use(self) -> None:
        """Somebody has pressed, touched or turned something: the time begins anew."""
        self._visited = True
        self.stir()

    def stir(self) -> None:
        """The pointer was moved: whoever is there is still there, but this alone is no visit."""
        self._waits_for_slide = False
        self._tick.cancel()
        if self._visited and not self._is_held:
            self._idle.start(self._idle_ms)
        self._tell(0)

    def hold(self) -> None:
        """Count nothing until `release`: something else is shown that goes by itself."""
        self._is_held = True
        self._idle.cancel()
        self.stir()

    def release(self) -> None:
        """Count on from the beginning."""
        self._is_held = False
        self.stir()

    def slide_came(self) -> None:
        """Note that another slide has come."""
        if self._waits_for_slide:
            self._waits_for_slide = self._visited = False
            self.forgotten.emit()

    def stop(self) -> None:
        """Count nothing any more."""
        self._idle.cancel()
        self._tick.cancel()

    def _time_up(self) -> None:
        if self._is_playing():
            self._waits_for_slide = True
            return
        self._tick.start(_SECOND_MS)
        self._tell(self._countdown)

    def _count(self) -> None:
        if self._left > 1:
            self._tick.start(_SECOND_MS)
            self._tell(self._left - 1)
            return
        self._visited = False
        self._tell(0)
        self.returned.emit()

    def _tell(self, left: int) -> None:
        if left != self._left:
            self._left = left
            self.counted.emit(left)
