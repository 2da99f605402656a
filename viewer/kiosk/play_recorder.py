"""Follows the show for the play log: which slide was really on the screen, when, and why it came and went."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Final, NamedTuple

from PySide6.QtCore import QObject

from viewer.kiosk.gallery_digest import GalleryDigest
from viewer.kiosk.play_record import PlayRecord, iso
from viewer.show.clock import DeferredCall

if TYPE_CHECKING:
    from collections.abc import Callable

    from viewer.gallery.model import Slide
    from viewer.kiosk.play_log import PlayLog
    from viewer.show.clock import Clock
    from viewer.show.displayed_slide import DisplayedSlide
    from viewer.show.session import Session
    from viewer.show.slide_view_model import SlideViewModel

PART_MS: Final = 3_600_000
"""Milliseconds after which a slide that stays gets another line: a power cut then costs an hour of it at most."""

GLANCE_MS: Final = 500
"""Milliseconds; what is interrupted sooner, as a visitor pages past it, was not seen, and gets no line."""

_BY: Final = {"step": "visitor", "jump": "visitor"}


class _Showing(NamedTuple):
    """A slide on the screen: on which visit, since when by either clock, why it came, and why it cannot be seen.

    `companion` is the slide beside it.
    """

    visit: int
    slide: Slide
    since: dt.datetime
    since_ms: int
    why: str
    failure: str
    companion: Slide | None = None


def utc_now() -> dt.datetime:
    """The time of day by UTC."""
    return dt.datetime.now(dt.UTC)


class PlayRecorder(QObject):
    """Writes a record into `log` whenever a slide leaves the screen.

    `screen` says which screen it is on, `time_of_day` what time it is. `seen` and `set_dark` are told by others.
    """

    def __init__(self, session: Session, view_model: SlideViewModel, log: PlayLog, clock: Clock,
                 screen: Callable[[], str], parent: QObject | None = None,
                 *, time_of_day: Callable[[], dt.datetime] = utc_now) -> None:
        super().__init__(parent)
        self._session, self._view_model, self._log, self._clock = session, view_model, log, clock
        self._screen, self._time_of_day = screen, time_of_day
        self.gallery = GalleryDigest(session.gallery)
        self.painted_ms: int | None = None
        """When a slide was painted last, in the clock's milliseconds."""
        self._gallery_left = self.gallery
        self._showing: _Showing | None = None
        self._came: tuple[Slide, str, int] | None = None  # the current slide until it is painted, why, and its visit
        self._passed_over = (-1, "")  # the visit to a slide that could not be shown, and why not
        self._painted_visit = -1
        self._dark = False
        self._part = DeferredCall(clock, self._continue, self)
        session.gallery_changed.connect(self._take_gallery)
        session.moved.connect(self._moved)
        view_model.displayed_changed.connect(self._look)
        view_model.passed_over.connect(self._pass_over)

    def seen(self, visit: object) -> None:
        """The slide of that visit has been painted."""
        if visit != self._session.visit:
            return
        self.painted_ms = self._clock.now()
        if visit != self._painted_visit:
            self._painted_visit = self._session.visit
            self._begin(_BY.get(self._session.why, self._session.why))

    def set_dark(self, dark: bool) -> None:
        """Whether the screen is black: nothing is shown then."""
        if dark == self._dark:
            return
        self._dark = dark
        if dark:
            self._end("interrupted")
        elif self._painted_visit == self._session.visit:
            self._begin("lit")

    def close(self) -> None:
        """The show ends."""
        self._end("interrupted")
        self._came = None

    def _take_gallery(self) -> None:
        self._gallery_left, self.gallery = self.gallery, GalleryDigest(self._session.gallery)

    def _moved(self) -> None:
        session = self._session
        if self._showing is not None:
            self._end("shown" if session.why == "played" else "interrupted")
        elif self._came is not None and self._came[1] == "played" and session.why != "gallery":
            self._write_skipped(self._came[0], "not-painted")
        self._gallery_left = self.gallery
        self._came = None if session.slide is None or self._dark else (session.slide, session.why, session.visit)
        self._write_passed_over()

    def _begin(self, why: str) -> None:
        self._came = None
        session, displayed = self._session, self._view_model.displayed
        if session.slide is None or self._dark:
            return
        self._showing = _Showing(session.visit, session.slide, self._time_of_day(), self._clock.now(), why,
                                 _reason(displayed), _companion(displayed))
        self._part.start(PART_MS)

    def _look(self, displayed: DisplayedSlide) -> None:
        """A picture that has failed may come after all, or the other way round, and what stands beside it may go."""
        showing = self._showing
        if showing is None or showing.visit != self._session.visit:
            return
        if (_reason(displayed), _companion(displayed)) != (showing.failure, showing.companion):
            self._end("interrupted")
            self._begin("stayed")

    def _pass_over(self, failed: DisplayedSlide) -> None:
        """A slide that cannot be shown was never on the screen, where the one before may still be."""
        self._passed_over = self._session.visit, _reason(failed)
        self._write_passed_over()

    def _write_passed_over(self) -> None:
        """That may be known before the move to the slide has come to be told here."""
        visit, reason = self._passed_over
        if self._came is not None and visit == self._session.visit == self._came[2]:
            self._write_skipped(self._came[0], reason)
            self._came = None

    def _write_skipped(self, slide: Slide, reason: str) -> None:
        now, now_ms = self._time_of_day(), self._clock.now()
        self._write(_Showing(-1, slide, now, now_ms, "played", ""), f"skipped:{reason}")

    def _continue(self) -> None:
        self._end("shown")
        self._begin("stayed")

    def _end(self, result: str) -> None:
        self._part.cancel()
        showing, self._showing = self._showing, None
        if showing is None:
            return
        if result != "interrupted" or self._clock.now() - showing.since_ms >= GLANCE_MS:
            self._write(showing, f"skipped:{showing.failure}" if showing.failure else result)
            if showing.companion is not None:
                self._write(showing._replace(slide=showing.companion), result)

    def _write(self, showing: _Showing, result: str) -> None:
        self._log.append(PlayRecord(
            "", showing.slide.id, showing.slide.file, iso(showing.since), iso(self._time_of_day()), showing.since_ms,
            self._clock.now(), result, showing.why, self._screen()), self._gallery_left)


def _companion(displayed: DisplayedSlide) -> Slide | None:
    return None if displayed.companion is None else displayed.companion.slide


def _reason(displayed: DisplayedSlide) -> str:
    return "" if displayed.failure is None else displayed.failure.reason
