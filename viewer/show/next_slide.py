"""Finds the slide that the running show goes to next: past slides that are not valid now, without holding up a key.

In a large gallery whose slides have nearly all expired the next one may be 100,000 places away. The search looks at a
few slides in each turn of the event loop.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal

from viewer.show.clock import DeferredCall

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    from viewer.show.clock import Clock
    from viewer.show.session import Session

BATCH: Final = 50
"""Slides that are looked at in one turn of the event loop: 0.2 ms, or 10 where each is in a part not yet read."""


class NextSlide(QObject):
    """`found` carries the index of the next slide when a search is over, -1 where there is none, and after `cancel`."""

    found = Signal(int)

    def __init__(self, session: Session, clock: Clock, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._later = DeferredCall(clock, self._go_on)
        self._moment = session.now()
        self._ahead: Iterator[tuple[int, int]] = iter(())
        self._result: tuple[int, int] | None = None

    @property
    def is_searching(self) -> bool:
        """Whether the next slide is not known yet; never so where it is near."""
        return self._later.is_waiting

    @property
    def exists(self) -> bool:
        """Whether there is a next slide, or may be one."""
        return self.is_searching or self._result is not None

    def search(self) -> None:
        """Search from where the session is. The session must not move before `found`, unless `search` is called."""
        self._stop()
        self._moment = self._session.now()
        # Shuffled, a slide may be the first of one cycle and the last of the next.
        self._ahead = enumerate(islice(self._session.ahead(), 2 * self._session.count), 1)
        self._go_on()

    def cancel(self) -> None:
        """The show does not run: there is no next slide."""
        if self.exists:
            self._stop()
            self.found.emit(-1)

    def go(self) -> bool:
        """Go to the next slide. Says whether there was one; not while it is searched for."""
        if not self._is_up_to_date():
            self.search()
        if self._result is None:
            return False
        self._session.play_on(*self._result)
        return True

    def _is_up_to_date(self) -> bool:
        """Whether what was found is still to be shown; where nothing was, whether that was a moment ago.

        Slides become valid at a full minute or at midnight.
        """
        now = self._session.now()
        if self._result is not None:
            return self._session.is_valid(self._result[1], now)
        return self.is_searching or _minute(self._moment) == _minute(now)

    def _go_on(self) -> None:
        session = self._session
        seen = 0
        for steps, index in islice(self._ahead, BATCH):
            seen += 1
            if index != session.index and session.is_valid(index, self._moment):
                self._result = steps, index
                self.found.emit(index)
                return
        if seen == BATCH:
            self._later.start(0)
        else:
            self.found.emit(-1)

    def _stop(self) -> None:
        self._result = None
        self._later.cancel()


def _minute(moment: dt.datetime | None) -> dt.datetime | None:
    return moment and moment.replace(second=0, microsecond=0)
