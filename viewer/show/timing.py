"""How long each slide is shown: pure arithmetic on slides and intervals.

A slide's own duration comes first; ``auto`` is the time it takes to read the texts beside the picture; all other slides
have the show's interval, of which 0 means that a person pages by hand. The keys for slower and faster step through
round numbers; where the reading time decides they scale it, and the slides' own durations with it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias

from viewer.gallery.model import LONGEST_DURATION, Interval
from viewer.gallery.reading_time import reading_time

if TYPE_CHECKING:
    from viewer.gallery.model import Slide

STEPS: Final = (1, 2, 3, 4, 5, 6, 8, 10, 12, 15, 20, 30, 45, 60, 90, 120, 180, 240, 300, 600, 900, 1800, 3600)
"""Seconds: the intervals that the keys step through."""

SCALES: Final = (50, 75, 100, 125, 150, 200, 250, 300)
"""Percent of the reading time that the keys step through."""

FROM_BY_HAND: Final = 10.0
"""Seconds for each slide when a show by hand is made faster."""

SHORTEST_MS: Final = 250
"""Milliseconds that every slide is shown at least, whatever was typed."""

PLACEHOLDER_MS: Final = 4000
"""Milliseconds for the placeholder of a picture that cannot be shown."""

Sentence: TypeAlias = tuple[str, tuple[str, ...]]
"""A sentence to be translated, with ``{}`` for each of the values that follow it."""


class Timing(NamedTuple):
    """`interval` is seconds for each slide, 0 for by hand, or ``auto``; `scale` is percent of the reading time."""

    interval: Interval = "auto"
    scale: int = 100

    def slide_ms(self, slide: Slide, texts: tuple[str, ...], *, unlimited: bool = False) -> int | None:
        """Milliseconds for `slide` with `texts` beside it; None: until somebody pages on.

        `unlimited` is for texts that scroll and are to be read to their end, however long that takes.
        """
        wanted = self.interval if slide.duration is None else slide.duration
        if wanted == 0:
            return None
        seconds = reading_time(*texts, unlimited=unlimited) if wanted == "auto" else wanted
        if self.interval == "auto":
            seconds *= self.scale / 100
        return max(round(min(seconds, LONGEST_DURATION) * 1000), SHORTEST_MS)

    def slower(self) -> Timing:
        """One step more time for each slide; the same where there is no such step."""
        if self.interval == "auto":
            return self._replace(scale=next((scale for scale in SCALES if scale > self.scale), self.scale))
        longer = next((step for step in STEPS if step > self.interval), self.interval)
        return self._replace(interval=longer if self.interval else 0.0)

    def faster(self) -> Timing:
        """One step less time for each slide; the same where there is no such step."""
        if self.interval == "auto":
            return self._replace(scale=max((scale for scale in SCALES if scale < self.scale), default=self.scale))
        shorter = max((step for step in STEPS if step < self.interval), default=self.interval)
        return self._replace(interval=shorter if self.interval else FROM_BY_HAND)

    def sentence(self, slide: Slide | None = None) -> Sentence:
        """The timing in words, and that of `slide` where it has a duration of its own."""
        if self.interval == "auto":
            if self.scale == 100:
                return "As long as each caption takes to read", ()
            return "Reading time × {}", (f"{self.scale / 100:g}",)
        own = None if slide is None else slide.duration
        if self.interval == 0:
            return "By hand", ()
        each = seconds_text(self.interval)
        if own is None:
            return "{} for each picture", (each,)
        if own == "auto":
            return "{} for each picture; this one keeps its reading time", (each,)
        return "{} for each picture; this one keeps its own {}", (each, seconds_text(own))


def interval(text: str) -> Interval:
    """The interval that was typed; ``auto`` where it makes no sense."""
    try:
        seconds = float(text.strip().replace(",", "."))
    except ValueError:
        return "auto"
    return min(seconds, float(LONGEST_DURATION)) if seconds >= 0 else "auto"


def interval_text(value: Interval) -> str:
    """`value` as it is stored and typed."""
    return value if value == "auto" else f"{value:g}"


def seconds_text(seconds: float) -> str:
    """A time in SI symbols, which are the same in every language: ``12 s``, ``2 min``, ``1 h``."""
    for unit, length in (("h", 3600), ("min", 60)):
        if seconds >= length and (seconds % length == 0) and seconds != 60:
            return f"{seconds / length:g}\N{NO-BREAK SPACE}{unit}"
    return f"{seconds:g}\N{NO-BREAK SPACE}s"


def crossfade_ms(wanted: int, slide_ms: int | None) -> int:
    """The milliseconds for a crossfade: as `wanted`, but at most half the time the slide has."""
    return wanted if slide_ms is None else min(wanted, slide_ms // 2)
