"""Where a text that is too long for its place stands while the show plays: arithmetic on the slide's time."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING, Final

from viewer.gallery.reading_time import LOOKING, words_time

if TYPE_CHECKING:
    from collections.abc import Sequence

LINE_TIME: Final = 0.4
"""Seconds, as much as a word takes, for the eye's way to the next line."""


def looking_share(*texts: str) -> float:
    """The share of a slide's time, 0 to 1, in which the picture is looked at before `texts` are read.

    Where the time is shorter or longer than the reading time, looking and reading shrink or grow alike.
    """
    return LOOKING / (LOOKING + words_time(*texts))


def top_line(progress: float, looking: float, in_view: Sequence[int], read_by: Sequence[float]) -> int:
    """The line that stands at the top when `progress` (0 to 1) of the slide's time is over, of which `looking` is none
    for reading.

    `in_view` has for each line that can stand at the top how many are whole and in view then; the last one shows the
    end. `read_by` has for each line how long it takes to read all to its end, in any unit. The line being read is kept
    in the middle: the text rests until the first half of what is in view was read, then moves line by line, and rests
    again with its end in view.
    """
    share = min(max(progress - looking, 0.0) / max(1.0 - looking, 1e-6), 1.0)
    last, reading = len(in_view) - 1, bisect_right(read_by, share * read_by[-1])
    return next((top for top in range(last) if top + (in_view[top] - 1) // 2 >= reading), last)
