"""What is on the screen: where the picture is, which one, and since when in full detail.

A `Watcher` looks at a few places of the picture again and again and notes each change with its time. That a picture is
sharp is told afterwards: from the moment on when the places look as they do once everything has come to rest, provided
that what came to rest has the detail of the file.
"""

from __future__ import annotations

import time
from itertools import pairwise
from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias

from PIL import Image

from tests.bench.material import FRAME
from tests.bench.screen import HEIGHT, WIDTH, Rect
from tests.pictures import number_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from tests.bench.screen import Screen

Place: TypeAlias = tuple[int, int, int]

PAUSE: Final = 0.0005
"""Seconds between two looks: half a millisecond more or less matters to nobody, and the looking must cost little."""

_BLOCKS: Final = 12
_DETAIL_PIXELS: Final = 96
_LEAST_DETAIL: Final = 0.7
_SMALLEST: Final = 320
"""Pixels; the frame of a picture on the screen is wider and higher than that of any thumbnail."""


class Look(NamedTuple):
    """The places of the picture at the time `at` (seconds): one pixel of each block, and rows of fine detail."""

    at: float
    blocks: bytes
    detail: bytes

    @property
    def number(self) -> int | None:
        """The number of the picture that is seen; None where none is, or parts of two."""
        return number_of(lambda x, y: self._colour(x // 2 + y // 2 * 4), 8, 6)

    @property
    def contrast(self) -> float:
        """How much neighbouring pixels differ on average, in levels of green."""
        return contrast_of(self.detail)

    def _colour(self, block: int) -> tuple[int, int, int]:
        blue, green, red, _ = self.blocks[4 * block : 4 * block + 4]
        return red, green, blue


class Watcher:
    """Looks at places of the screen, each (x, y, pixels to the right); `pause` is the time between two looks.

    Made by `on_picture` for the picture in a rectangle, or by `on_lower_part` for everything in the lower third of
    the screen, where a window has its thumbnails.
    """

    def __init__(self, screen: Screen, blocks: list[Place], detail: list[Place], pause: float = PAUSE) -> None:
        self._memory = screen.memory
        self._blocks = screen.spans(blocks)
        self._detail = screen.spans(detail)
        self._pause = pause

    @classmethod
    def on_picture(cls, screen: Screen, rect: Rect) -> Watcher:
        """Looks at the blocks and the detail of the picture in `rect`."""
        x, y, width, height = rect
        blocks = [
            (x + (2 * (n % 4) + 1) * width // 8, y + (2 * (n // 4) + 1) * height // 6, 1) for n in range(_BLOCKS)
        ]
        return cls(screen, blocks, [(x + at_x, y + at_y, _DETAIL_PIXELS) for at_x, at_y in detail_places(rect)])

    @classmethod
    def on_middle(cls, screen: Screen, rect: Rect) -> Watcher:
        """Looks at the middle half of what is in `rect`, whatever that is: many places, no blocks."""
        x, y, width, height = rect
        return cls(screen, [], [(x + width * column // 8, y + height * row // 8, 32)
                                for row in range(2, 7) for column in range(2, 7)])

    @classmethod
    def on_lower_part(cls, screen: Screen) -> Watcher:
        """Looks at a grid of places, less often."""
        grid = [(x, y, 4) for y in range(HEIGHT * 2 // 3, HEIGHT, 14) for x in range(0, WIDTH - 4, 40)]
        return cls(screen, [], grid, pause=4 * PAUSE)

    def look(self) -> Look:
        """What is seen now."""
        memory, at = self._memory, time.perf_counter()
        return Look(at, b"".join([memory[span] for span in self._blocks]),
                    b"".join([memory[span] for span in self._detail]))

    def watch(
        self, seconds: float, enough: Callable[[Look, float], bool] | None = None,
        meanwhile: Callable[[float], None] | None = None,
    ) -> list[Look]:
        """Every change within `seconds`, beginning with what is seen now.

        Ends early once `enough(last change, time since then in seconds)`. `meanwhile` is called after each look, with
        its time.
        """
        changes = [self.look()]
        end = changes[0].at + seconds
        while True:
            seen = self.look()
            if seen[1:] != changes[-1][1:]:
                changes.append(seen)
            if seen.at >= end or (enough is not None and enough(changes[-1], seen.at - changes[-1].at)):
                return changes
            if meanwhile is not None:
                meanwhile(seen.at)
            time.sleep(self._pause)


def detail_places(rect: Rect) -> list[tuple[int, int]]:
    """Where there is no block, relative to the picture: between the rows of blocks, six places."""
    return [(rect.width * column // 12, rect.height * row // 3) for row in (1, 2) for column in (2, 5, 8)]


def contrast_of(row: bytes) -> float:
    """The mean difference of neighbouring pixels (4 bytes each), in levels of green."""
    green = row[1::4]
    return sum(abs(a - b) for a, b in pairwise(green)) / (len(green) - 1)


def full_contrast(photo: Path, rect: Rect) -> float:
    """The contrast that a careful reduction of `photo` to `rect` has at the places that a watcher looks at."""
    with Image.open(photo) as image:
        image.draft("RGB", (2 * rect.width, 2 * rect.height))
        small = image.resize((rect.width, rect.height), Image.Resampling.BICUBIC).convert("RGBA")
    rows = b"".join(
        small.crop((x, y, x + _DETAIL_PIXELS, y + 1)).tobytes() for x, y in detail_places(rect)
    )
    return contrast_of(rows)


def is_detailed(look: Look, full: float) -> bool:
    """Whether what is seen has the detail of a picture whose contrast in full is `full`."""
    return look.contrast >= _LEAST_DETAIL * full


def first(changes: Sequence[Look], number: int) -> float | None:
    """When that picture was first seen, in whatever detail; in seconds."""
    return next((look.at for look in changes if look.number == number), None)


def first_like_last(changes: Sequence[Look]) -> float:
    """When it was first seen as it was seen at last; in seconds."""
    return next(look.at for look in changes if look[1:] == changes[-1][1:])


def find_picture(screen: Screen) -> Rect | None:
    """Where a framed picture is on the screen; None where there is none."""
    rows = [(y, run) for y in range(0, HEIGHT, 2) if (run := _framed(screen, y)) is not None]
    if not rows:
        return None
    left, right = min(run[0] for _, run in rows), max(run[1] for _, run in rows)
    top, bottom = rows[0][0], rows[-1][0]
    while top > 0 and _is_frame(screen.read((left + right) // 2, top - 1)):
        top -= 1
    while bottom < HEIGHT - 1 and _is_frame(screen.read((left + right) // 2, bottom + 1)):
        bottom += 1
    if bottom - top < _SMALLEST:  # something still lies over its upper or lower edge
        return None
    return Rect(left, top, right - left + 1, bottom - top + 1)


def _framed(screen: Screen, y: int) -> tuple[int, int] | None:
    """The first and last pixel of a long run of the frame's colour in row `y`."""
    row = screen.read(0, y, WIDTH)
    begin: int | None = None
    for x in [*range(0, WIDTH, 16), WIDTH]:
        if x < WIDTH and _is_frame(row[4 * x : 4 * x + 4]):
            begin = x if begin is None else begin
        elif begin is not None and x - begin >= _SMALLEST:
            left, right = begin, x - 16
            while left > 0 and _is_frame(row[4 * left - 4 : 4 * left]):
                left -= 1
            while right < WIDTH - 1 and _is_frame(row[4 * right + 4 : 4 * right + 8]):
                right += 1
            return left, right
        else:
            begin = None
    return None


def _is_frame(pixel: bytes) -> bool:
    return abs(pixel[2] - FRAME[0]) < 60 and pixel[1] < 80 and abs(pixel[0] - FRAME[2]) < 60
