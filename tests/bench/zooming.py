"""A close look: how long after the key the pixels of the file itself are there, and how smoothly the picture moves."""

from __future__ import annotations

import math
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from PIL import Image, ImageChops, ImageStat

from tests.bench.resting import frames_of
from tests.bench.seeing import Watcher

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.bench.desk import Desk
    from tests.bench.program import Viewer
    from tests.bench.screen import Rect, Screen

_TIMEOUT: Final = 8.0
_STILL: Final = 2.5
"""Seconds without a change: large photos take their time, and what is seen meanwhile is the small one enlarged."""

_REACH: Final = 250
"""Pixels that the pointer goes to either side while it drags the picture."""

_ROUND: Final = 2.0
"""Seconds for once to the one side, to the other, and back."""

_MOVES_APART: Final = 0.008
"""Seconds between two moves of the pointer: those of a common mouse."""

_PATCH: Final = 96
_SLACK: Final = 3
_LIKE: Final = 4.0
"""Levels; where the picture on the screen is the file's, they differ by what rounding and colour take at most."""


def zoom(desk: Desk, viewer: Viewer) -> None:
    """Actual size with the key 1, then the picture dragged to and fro: a photo of 24 megapixels, and one of 100."""
    for megapixels, folder in ((24, desk.material.small_set()), (100, desk.material.huge_set())):
        with desk.open(viewer, folder, settle=2.0):
            rect, original = desk.rect(viewer), middle_of(folder / "00000.jpg")
            watcher = Watcher.on_middle(desk.screen, rect)
            pressed = desk.screen.keys.press("1")
            changes = watcher.watch(_TIMEOUT, lambda _, still: still > _STILL)
            while not is_the_file(desk.screen, rect, original) and changes[-1].at < pressed + _TIMEOUT:
                more = watcher.watch(_TIMEOUT, lambda _, still: still > _STILL)
                if len(more) == 1:
                    break
                changes += more[1:]
            name = f"actual size of {megapixels} MP"
            if len(changes) == 1:
                desk.sheet.doubt(f"{viewer.name}, {name}: nothing happened")
                continue
            desk.sheet.note(viewer.name, f"{name}: closer, ms", (changes[1].at - pressed) * 1000)
            desk.sheet.note(viewer.name, f"{name}: full pixels, ms", (changes[-1].at - pressed) * 1000)
            desk.shoot(viewer, f"actual-size-{megapixels}-mp")
            if not is_the_file(desk.screen, rect, original):
                desk.sheet.doubt(f"{viewer.name}, {name}: what came to rest is not the file's own pixels")
            frames = _dragged(desk.screen, rect, watcher, 1.0 if desk.quick else 4.0)
            if len(frames) < 3:
                desk.sheet.doubt(f"{viewer.name}, {name}: it does not move when it is dragged")
                continue
            gaps = [(after - before) * 1000 for before, after in pairwise(frames)]
            desk.sheet.note(viewer.name, f"panning in {megapixels} MP, frames a second", 1000 * len(gaps) / sum(gaps))
            desk.sheet.note(viewer.name, f"panning in {megapixels} MP, longest gap, ms", max(gaps))


def _dragged(screen: Screen, rect: Rect, watcher: Watcher, seconds: float) -> list[float]:
    """The moments of the frames while the picture is dragged."""
    keys, x, y = screen.keys, rect.x + rect.width // 2, rect.y + rect.height // 2
    keys.point(x, y)
    keys.button(is_down=True)
    try:
        changes = watcher.watch(seconds, meanwhile=_mover(keys.point, x, y))
    finally:
        keys.button(is_down=False)
        keys.park_pointer()
    return frames_of(changes[1:])


def _mover(point: Callable[[int, int], None], x: int, y: int) -> Callable[[float], None]:
    begun, moved = math.nan, -math.inf

    def move(at: float) -> None:
        nonlocal begun, moved
        if math.isnan(begun):
            begun = at
        if at - moved >= _MOVES_APART:
            moved = at
            across, down = pointer_at(at - begun)
            point(x + across, y + down)

    return move


def pointer_at(seconds: float) -> tuple[int, int]:
    """Where the pointer is so long after the beginning, relative to there: to and fro at an even pace, slanting."""
    phase = seconds / _ROUND % 1
    across = 4 * phase if phase < 0.25 else 2 - 4 * phase if phase < 0.75 else 4 * phase - 4
    return round(across * _REACH), round(across * _REACH / 2)


def middle_of(photo: Path) -> Image.Image:
    """A patch from the middle of `photo`, a little larger than what is compared with it."""
    with Image.open(photo) as image:
        left, top = image.width // 2, image.height // 2
        reach = _PATCH // 2 + _SLACK
        return image.convert("RGB").crop((left - reach, top - reach, left + reach, top + reach))


def is_the_file(screen: Screen, rect: Rect, original: Image.Image) -> bool:
    """Whether the middle of `rect` shows `original`, the middle of the photo, pixel for pixel."""
    x, y = rect.x + rect.width // 2, rect.y + rect.height // 2
    seen = screen.image().crop((x - _PATCH // 2, y - _PATCH // 2, x + _PATCH // 2, y + _PATCH // 2))
    return least_difference(seen, original) < _LIKE


def least_difference(seen: Image.Image, original: Image.Image) -> float:
    """How much `seen` differs from that part of the larger `original` which is most like it, in levels."""
    width, height = seen.size
    return min(
        max(ImageStat.Stat(ImageChops.difference(seen, original.crop((x, y, x + width, y + height)))).mean)
        for x in range(original.width - width + 1) for y in range(original.height - height + 1)
    )
