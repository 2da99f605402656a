"""How long each picture is seen. Pure: slides and intervals in, milliseconds and words out.

A slide's own number wins; ``auto`` is the time it takes to read what stands beside the picture; everything else has
the interval of the show, and an interval of 0 means that a person pages by hand. The keys for slower and faster climb
a ladder of round numbers; where the reading time decides, they stretch or shorten it, and with it the times of the
slides that have one of their own.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias

from viewer.gallery.model import LONGEST_DURATION, Interval
from viewer.gallery.reading_time import reading_time

if TYPE_CHECKING:
    from viewer.gallery.model import Slide

STEPS: Final = (1, 2, 3, 4, 5, 6, 8, 10, 12, 15, 20, 30, 45, 60, 90, 120, 180, 240, 300, 600, 900, 1800, 3600)
"""Seconds: the ladder of intervals."""

SCALES: Final = (50, 75, 100, 125, 150, 200, 250, 300)
"""Percent: the ladder for the reading time."""

FROM_BY_HAND: Final = 10.0
"""Seconds for each picture when a show by hand is made faster."""

SHORTEST_MS: Final = 250
"""Milliseconds; a show never runs faster than this, whatever was typed."""

PLACEHOLDER_MS: Final = 4000
"""Milliseconds for the card that stands in for a picture that cannot be shown."""

Sentence: TypeAlias = tuple[str, tuple[str, ...]]
"""A sentence to be translated, with ``{}`` for each of the values that follow it."""


class Timing(NamedTuple):
    """`interval` is seconds for each picture, 0 for by hand, or ``auto``; `scale` is percent of the reading time."""

    interval: Interval = "auto"
    scale: int = 100

    def slide_ms(self, slide: Slide, texts: tuple[str, ...]) -> int | None:
        """The milliseconds for `slide` with `texts` beside it; None: until somebody pages on."""
        wanted = self.interval if slide.duration is None else slide.duration
        if wanted == 0:
            return None
        seconds = reading_time(*texts) if wanted == "auto" else wanted
        if self.interval == "auto":
            seconds *= self.scale / 100
        return max(round(min(seconds, LONGEST_DURATION) * 1000), SHORTEST_MS)

    def slower(self) -> Timing:
        """One step more time for each picture; the same where there is no such step."""
        if self.interval == "auto":
            return self._replace(scale=int(_above(SCALES, self.scale)))
        return self._replace(interval=_above(STEPS, self.interval) if self.interval else 0.0)

    def faster(self) -> Timing:
        """One step less time for each picture; the same where there is no such step."""
        if self.interval == "auto":
            return self._replace(scale=int(_below(SCALES, self.scale)))
        return self._replace(interval=_below(STEPS, self.interval) if self.interval else FROM_BY_HAND)

    def sentence(self, slide: Slide | None = None) -> Sentence:
        """What is to be said about it; and about `slide`, where it has a time of its own."""
        own = None if slide is None else slide.duration
        if self.interval == "auto":
            if self.scale == 100:
                return "As long as each caption takes to read", ()
            return "Reading time × {}", (f"{self.scale / 100:g}",)
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
    """A time in words that are the same in every language: ``12 s``, ``2 min``, ``1 h``."""
    for unit, length in (("h", 3600), ("min", 60)):
        if seconds >= length and (seconds % length == 0) and seconds != 60:
            return f"{seconds / length:g}\N{NO-BREAK SPACE}{unit}"
    return f"{seconds:g}\N{NO-BREAK SPACE}s"


def crossfade_ms(wanted: int, slide_ms: int | None) -> int:
    """The milliseconds for a crossfade: as `wanted`, but at most half the time the slide has."""
    return wanted if slide_ms is None else min(wanted, slide_ms // 2)


def _above(ladder: tuple[int, ...], value: float) -> float:
    place = bisect_right(ladder, value)
    return ladder[place] if place < len(ladder) else value


def _below(ladder: tuple[int, ...], value: float) -> float:
    place = bisect_left(ladder, value)
    return ladder[place - 1] if place else value
