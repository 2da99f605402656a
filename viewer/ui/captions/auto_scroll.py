"""Scrolls a text that is too long for its place while the show plays, in step with the reading."""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate
from typing import TYPE_CHECKING, Final

from viewer.gallery.reading_time import LOOKING, words_time

if TYPE_CHECKING:
    from collections.abc import Sequence

    from viewer.ui.captions.line_scroll_area import LineScrollArea

LINE_TIME: Final = 0.4
"""Seconds, as much as a word takes, for the eye's way to the next line."""


class AutoScroll:
    """Scrolls `area` by the time of the slide that it shows. Whoever scrolled by hand is left alone for that time."""

    def __init__(self, area: LineScrollArea) -> None:
        self._area = area
        self._texts: tuple[str, ...] = ()
        self._read_by: list[float] = []  # seconds up to the end of each line, once asked for, as the next is
        self._looking = 0.0
        self._is_left_alone = False
        area.scrolled_by_hand.connect(self.leave_alone)

    def begin(self, *texts: str) -> None:
        """Another slide is shown, with `texts` to be read."""
        self._texts = texts
        self._is_left_alone = False

    def lines_changed(self) -> None:
        """The texts are broken into other lines."""
        self._read_by.clear()

    def leave_alone(self) -> None:
        """Scroll no more until the slide's time begins anew."""
        self._is_left_alone = True

    def follow(self, share: float) -> None:
        """Keep what is being read in view when `share` (0 to 1) of the slide's time in the running show is over.

        At 0, where it begins or counts no more, the text stays where it is: other words are at their top anyway.
        """
        if share == 0:
            self._is_left_alone = False
        elif self._area.last_top and not self._is_left_alone:
            if not self._read_by:
                self._read_by = [*accumulate(LINE_TIME + words_time(line.text) for line in self._area.lines)]
                self._looking = looking_share(*self._texts)
            self._area.glide_to(top_line(share, self._looking, self._area.in_view, self._read_by))


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
