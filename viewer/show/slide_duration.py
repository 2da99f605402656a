"""How long the running show displays each slide, in milliseconds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from viewer.gallery.model import displayed_texts
from viewer.show.timing import PLACEHOLDER_MS, Timing, interval

if TYPE_CHECKING:
    from viewer.show.displayed_slide import DisplayedSlide
    from viewer.show.session import Session

ALL_FAILED_MS: Final = 30_000
"""Milliseconds for each placeholder once a whole round of pictures has failed."""


class SlideDuration:
    """The duration of displayed slides by the session's options, with `scale` percent of the reading time.

    `failures` counts the slides in a row that could not be shown.
    """

    def __init__(self, session: Session) -> None:
        self._session = session
        self.scale = 100
        self.failures = 0

    @property
    def timing(self) -> Timing:
        """How long slides are displayed in general."""
        return Timing(interval(self._session.show_options.interval), self.scale)

    def count(self, displayed: DisplayedSlide) -> None:
        """Count a slide as failed, or as shown."""
        self.failures = 0 if displayed.failure is None else self.failures + 1

    def of(self, displayed: DisplayedSlide) -> int | None:
        """Milliseconds for `displayed`; None: until somebody pages on."""
        if displayed.slide is None:
            return None
        embedded = {} if displayed.picture is None else displayed.picture.texts
        texts = displayed_texts(self._session.gallery, displayed.slide, self._session.language, embedded)
        total = self.timing.slide_ms(displayed.slide, texts.visible)
        if total is None or displayed.failure is None:
            return total
        return ALL_FAILED_MS if self.failures >= self._session.count else PLACEHOLDER_MS
