"""How long the running show displays each slide, and the timer that counts it, which can be paused and changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal

from viewer.gallery.model import displayed_texts
from viewer.gallery.reading_time import reading_time
from viewer.show.clock import DeferredCall
from viewer.show.timing import PLACEHOLDER_MS, Timing, interval

if TYPE_CHECKING:
    from viewer.show.clock import Clock
    from viewer.show.displayed_slide import TimedSlide
    from viewer.show.session import Session

ALL_FAILED_MS: Final = 30_000
"""Milliseconds for each placeholder once a whole round of pictures has failed."""

LEAST_LEFT_MS: Final = 1000
"""Milliseconds a slide keeps when it is given less time than it has had already."""

PICTURE_TIMEOUT_MS: Final = 150_000
"""Milliseconds to wait for a picture or its failure: more than the longest a picture may take to decode."""

LONGEST_ROUND_MS: Final = 300_000
"""Milliseconds that an animated picture may take beyond its slide's time to finish its round."""

_TICKS: Final = 100
_QUICKEST_TICK_MS: Final = 100
_SLOWEST_TICK_MS: Final = 1000


class SlideDuration:
    """The duration of displayed slides by the session's options, with `scale` percent of the reading time.

    `failures` counts the slides in a row that could not be shown; `caption_scrolls` tells whether the caption on the
    screen does, and so needs its full reading time.
    """

    def __init__(self, session: Session) -> None:
        self._session = session
        self.scale = 100
        self.failures = 0
        self.caption_scrolls = False

    @property
    def timing(self) -> Timing:
        """How long slides are displayed in general."""
        return Timing(interval(self._session.show_options.interval), self.scale)

    def count(self, shown: TimedSlide) -> None:
        """Count a slide as failed, or as shown."""
        self.failures = 0 if shown.failure is None else self.failures + 1

    def of(self, shown: TimedSlide) -> int | None:
        """Milliseconds for `shown`; None: until somebody pages on.

        The times of two slides side by side add up, whether they are read or set: there is as much to look at and to
        read as in two slides one after the other, and a round of the show takes as long.
        """
        total = self._of_one(shown)
        if total is None or shown.companion is None:
            return total
        more = self.of(shown.companion)
        return None if more is None else total + more

    def _of_one(self, shown: TimedSlide) -> int | None:
        if shown.slide is None:
            return None
        texts = displayed_texts(self._session.gallery, shown.slide, self._session.language, shown.embedded)
        to_end = self._session.show_options.reads_to_end
        total = self.timing.slide_ms(shown.slide, texts.visible, unlimited=self.caption_scrolls or to_end)
        if total is not None and to_end and self.caption_scrolls:
            total = max(total, round(reading_time(*texts.visible, unlimited=True) * 1000))
        if total is None or shown.failure is None:
            return total
        return ALL_FAILED_MS if self.failures >= self._session.count else PLACEHOLDER_MS


class SlideTimer(QObject):
    """`timeout` comes when the time is over, or what was asked of `wait`; all times are milliseconds.

    `progress_changed` carries how much of the time is over, 0 to 1, at most ten times a second, while the timer runs.
    """

    timeout = Signal()
    progress_changed = Signal(float)

    def __init__(self, clock: Clock, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._clock = clock
        self.total: int | None = None
        self._spent = 0
        self._since: int | None = None
        self._end = DeferredCall(clock, self.timeout.emit)
        self._tick = DeferredCall(clock, self._report)

    @property
    def progress(self) -> float:
        """How much of the time is over, 0 to 1; 0 where none is counted."""
        return min(1.0, self._elapsed() / self.total) if self.total else 0.0

    @property
    def remaining(self) -> int | None:
        """The time that is left; None where none is counted."""
        return None if self.total is None else max(0, self.total - self._elapsed())

    @property
    def is_running(self) -> bool:
        """Whether the time runs."""
        return self._since is not None

    def set(self, total: int | None) -> None:
        """Have `total` before it, of which nothing is spent, without starting it; None counts no time."""
        self.total, self._spent, self._since = total, 0, None

    def start(self) -> None:
        """Let the time run, or go on."""
        self._cancel()
        self._since = self._clock.now()
        if self.total is not None:
            self.wait(max(self.total - self._spent, 0))
            self._report()

    def pause(self) -> None:
        """Stop the time; what is spent is kept."""
        self._spent = self._elapsed()
        self._since = None
        self._cancel()

    def stop(self) -> None:
        """Count no time any more."""
        self._cancel()
        self.set(None)
        self.progress_changed.emit(0.0)

    def change(self, total: int | None) -> None:
        """Have another `total`, paused, of which as much is spent as before; what is nearly over keeps a second."""
        self.pause()
        if self.total is None:
            self._spent = 0
        elif total is not None:
            total = max(total, min(self.total, self._spent + LEAST_LEFT_MS))
        self.total = total

    def wait(self, milliseconds: int) -> None:
        """Have the next `timeout` in so many milliseconds, whatever the time does."""
        self._end.start(milliseconds)

    def _elapsed(self) -> int:
        return self._spent if self._since is None else self._spent + self._clock.now() - self._since

    def _report(self) -> None:
        self.progress_changed.emit(self.progress)
        if self.total is not None and self._since is not None and self._elapsed() < self.total:
            self._tick.start(min(max(self.total // _TICKS, _QUICKEST_TICK_MS), _SLOWEST_TICK_MS))

    def _cancel(self) -> None:
        self._end.cancel()
        self._tick.cancel()
