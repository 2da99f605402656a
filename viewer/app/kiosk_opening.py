"""Opening hours of a kiosk, wired: the screen, the panel's power, which slides are valid, and what the keeper is told.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject

from viewer.kiosk.hooks import Hooks
from viewer.kiosk.opening import Opening
from viewer.kiosk.play_record import iso
from viewer.kiosk.status import OpeningStatus
from viewer.ui.kiosk.closed_screen import ClosedScreen

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable

    from viewer.app.application import Liftoff
    from viewer.app.kiosk_status import KioskStatus
    from viewer.kiosk.config import KioskConfig
    from viewer.show.clock import Clock
    from viewer.ui.kiosk.visitors import Visitors


_LOOKED_AT: Final = 500
"""Slides that are looked at for dates: to parse a hundred thousand would hold up the window."""


class KioskOpening(QObject):
    """Made before the program is shown, so that a kiosk that starts outside its hours never lights up."""

    def __init__(self, program: Liftoff, visitors: Visitors, status: KioskStatus, config: KioskConfig, clock: Clock,
                 time_of_day: Callable[[], dt.datetime], distrust: Callable[[dt.datetime], str],
                 parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.hours = Opening(config.hours, clock, time_of_day, distrust, self)
        self.hooks = Hooks(config.hooks)
        self.screen = ClosedScreen(program.central, program.player, visitors)
        self._session, self._has_dates = program.session, False
        program.session.now = self.hours.moment
        program.session.gallery_changed.connect(self._look_for_dates)
        status.reporter.add("opening", self._status)
        status.reporter.add("hooks", lambda: self.hooks.failures)
        self.hours.changed.connect(self.screen.set_open)
        self.hours.changed.connect(status.reporter.report_soon)
        self.hours.looked.connect(self.hooks.set_open)
        self.hours.look()

    def close(self) -> None:
        """End what was started."""
        self.hours.close()
        self.hooks.close()

    def _status(self) -> OpeningStatus:
        hours = self.hours
        problem = hours.problem or (hours.doubt if self._has_dates else "")
        return OpeningStatus(hours.is_open, "" if hours.until is None else iso(hours.until), problem)

    def _look_for_dates(self) -> None:
        slides = self._session.gallery.slides
        self._has_dates = any(slide.valid is not None for slide in islice(slides, _LOOKED_AT))
