"""Whether the screen is to be lit, by opening hours and the time of day.

The time of day is looked at anew twice a minute, whatever it said before: it may have been set, and the machine may
have slept. Nothing else of a show goes by it. A clock that cannot be trusted closes nothing
(`viewer.kiosk.trusted_clock`), nor do hours that cannot be used.
"""

from __future__ import annotations

import datetime as dt
import zoneinfo
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal

from viewer.kiosk.opening_hours import HoursError, hours_of, unmet_need
from viewer.show.clock import DeferredCall

if TYPE_CHECKING:
    from collections.abc import Callable

    from viewer.kiosk.config import HoursConfig
    from viewer.kiosk.opening_hours import OpeningHours
    from viewer.show.clock import Clock

LOOK_MS: Final = 30_000
"""Milliseconds from one look at the time of day to the next at most."""

_SHORTEST_MS: Final = 50  # to an edge that is near: the two clocks do not tick together


class Opening(QObject):
    """Open or closed, from `look` on. `time_of_day` returns the local time with its offset, `distrust` why that may be
    wrong, empty if it is not.
    """

    changed = Signal(bool)
    """It has opened (True), or closed."""
    looked = Signal(bool)
    """The time of day was looked at, and it is open or not: after `changed`."""

    def __init__(self, config: HoursConfig, clock: Clock, time_of_day: Callable[[], dt.datetime],
                 distrust: Callable[[dt.datetime], str], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._time_of_day, self._distrust = time_of_day, distrust
        self._hours, self._fault = _hours_or_fault(config)
        self._zone = zoneinfo.ZoneInfo(config.timezone) if config.timezone else None
        self._doubt = ""
        self.is_open = True
        """To be read only."""
        self.until: dt.datetime | None = None
        """When that changes, None for never or where nobody knows; to be read only."""
        self._next = DeferredCall(clock, self.look, self)

    @property
    def problem(self) -> str:
        """What is wrong with the hours, or why they are not kept; a sentence, or empty."""
        return self._fault or (self._doubt if self._hours is not None else "")

    @property
    def doubt(self) -> str:
        """Why the time of day may be wrong, by the last look; a sentence, or empty."""
        return self._doubt

    def moment(self) -> dt.datetime | None:
        """The time at the place by which slides are valid; None where it cannot be trusted, and all of them are."""
        return None if self._doubt else self._time_of_day().astimezone(self._zone)

    def look(self) -> None:
        """Look at the time of day, and again when it is to open or to close, or in `LOOK_MS`."""
        self._next.start(LOOK_MS)  # first of all: there has to be another look whatever comes of this one
        now = self._time_of_day()
        self._doubt = self._distrust(now)
        is_open, self.until = True, None
        if self._hours is not None and not self._doubt:
            is_open, self.until = self._hours.is_open(now), self._hours.next_change(now)
        if self.until is not None:
            left = (self.until - now) // dt.timedelta(milliseconds=1)
            self._next.start(min(max(left + 1, _SHORTEST_MS), LOOK_MS))
        if is_open != self.is_open:
            self.is_open = is_open
            self.changed.emit(is_open)
        self.looked.emit(is_open)

    def close(self) -> None:
        """Look no more."""
        self._next.cancel()


def _hours_or_fault(config: HoursConfig) -> tuple[OpeningHours | None, str]:
    try:
        return hours_of(config), unmet_need(config)
    except HoursError as error:
        return None, f"“hours.open” is not kept: {error}."
