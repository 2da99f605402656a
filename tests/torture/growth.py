"""Whether processes that play on take more and more: memory, threads and descriptors, measured after so many slides."""

from __future__ import annotations

import statistics
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.torture.outside import Seen

MOST_A_SLIDE: Final = 100
"""Bytes of memory; an unattended screen has a million slides in three months."""

MOST: Final = 16 << 20
"""Bytes of memory in all."""

RESOLVED: Final = 30_000
"""Slides from which on memory tells a leak from caches that fill and from the allocator's own coming and going."""

MOST_COMING: Final = 4
"""Threads, or descriptors, that there may be more of at the end: those of a worker that is just being started."""


def slope(slides: Sequence[int], sizes: Sequence[int]) -> float:
    """The growth in bytes a slide: the slope of the least-squares line; 0 of measurements after fewer than three."""
    return round(statistics.linear_regression(slides, sizes).slope, 1) if len(set(slides)) >= 3 else 0.0


def rise(sizes: Sequence[int]) -> int:
    """By how much the medians of the first and of the last third differ; 0 of fewer than six measurements."""
    third = len(sizes) // 3
    return round(statistics.median(sizes[-third:]) - statistics.median(sizes[:third])) if third > 1 else 0


def stayed(counts: Sequence[int]) -> int:
    """How many more there are in the last third than in the first: of the fewest, as others come and go."""
    third = len(counts) // 3
    return min(counts[-third:]) - min(counts[:third]) if third > 1 else 0


def beyond(name: str, slides: Sequence[int], measured: Sequence[Seen]) -> list[str]:
    """What a process `name` takes more of than it may, in words; `measured` after so many `slides`."""
    sizes = [seen.anonymous for seen in measured]
    found = []
    if slides and slides[-1] - slides[0] >= RESOLVED:
        if (grows := slope(slides, sizes)) > MOST_A_SLIDE:
            found.append(f"{name}: {grows} bytes a slide")
        if (grown := rise(sizes)) > MOST:
            found.append(f"{name}: {grown / 2**20:.1f} MiB")
    for what, counts in (("threads", [seen.threads for seen in measured]),
                         ("descriptors", [seen.descriptors for seen in measured])):
        if (more := stayed(counts)) > MOST_COMING:
            found.append(f"{name}: {more} {what} more")
    return found
