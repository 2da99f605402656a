"""From key to picture: one at a time, held down, and as fast as it goes; and what memory that takes."""

from __future__ import annotations

import time
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from tests.bench.material import DISTINCT, LAUNCH_SLIDES
from tests.bench.seeing import first, first_like_last, is_detailed

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.bench.desk import Desk
    from tests.bench.program import Viewer
    from tests.bench.seeing import Look

DWELL: Final = 1.0
"""Seconds on each picture: time for the next one to be made ready."""

HELD: Final = 5.0
DELAY_MS: Final = 167
INTERVAL_MS: Final = 33
"""A key held for 5 seconds that repeats 30 times a second after 167 ms: 146 presses."""

_CALM: Final = 0.3
_LATEST: Final = 5.0
_LONG_ENOUGH: Final = 40.0
"""Seconds after which a program that is still paging through 200 photos is let off."""

PRESSES: Final = 1 + int((HELD * 1000 - DELAY_MS) // INTERVAL_MS)


def page(desk: Desk, viewer: Viewer) -> None:
    """The next one again and again, S once around (Liftoff twice), a second on each photo; then the memory."""
    _page(desk, viewer, window=False)


def page_window(desk: Desk, viewer: Viewer) -> None:
    """The same in a window, with thumbnails and caption."""
    _page(desk, viewer, window=True)


def _page(desk: Desk, viewer: Viewer, *, window: bool) -> None:
    place = " in a window" if window else ""
    with desk.open(viewer, desk.material.small_set(), window=window, settle=2.0) as (running, watcher):
        twice = viewer.is_ours and not window and not desk.quick
        pages = 2 * LAUNCH_SLIDES if twice else LAUNCH_SLIDES - 1
        for step in range(1, pages + 1):
            number = step % LAUNCH_SLIDES
            pressed = desk.screen.keys.press(viewer.next)
            changes = watcher.watch(DWELL)
            if changes[-1].number != number or time.perf_counter() - changes[-1].at < _CALM:
                changes += watcher.watch(_LATEST, _is_calm(number))[1:]
            right = first(changes, number)
            if right is None or changes[-1].number != number:
                desk.sheet.doubt(f"{viewer.name}: picture {number} of S did not come within {_LATEST:.0f} seconds")
                continue
            desk.sheet.note(viewer.name, f"page on S{place}: right, ms", (right - pressed) * 1000)
            desk.sheet.note(viewer.name, f"page on S{place}: sharp, ms", (first_like_last(changes) - pressed) * 1000)
        desk.shoot(viewer, f"paging{place.replace(' ', '-')}")
        memory = running.memory()
        desk.sheet.note(viewer.name, f"memory after S{place}, PSS MiB", memory.pss)
        desk.sheet.note(viewer.name, f"memory after S{place}, RSS MiB", memory.rss)


def hold(desk: Desk, viewer: Viewer) -> None:
    """Right held down on M, and let go."""
    _hold(desk, viewer, window=False)


def hold_window(desk: Desk, viewer: Viewer) -> None:
    """The same in a window, with thumbnails and caption."""
    _hold(desk, viewer, window=True)


def _hold(desk: Desk, viewer: Viewer, *, window: bool) -> None:
    medium = desk.material.medium_set(1000)
    with desk.open(viewer, medium, window=window, settle=2.0) as (_, watcher):
        desk.screen.keys.repeat(DELAY_MS, INTERVAL_MS)
        pressed = desk.screen.keys.down(viewer.next)
        try:
            changes = watcher.watch(HELD)
        finally:
            released = desk.screen.keys.up(viewer.next)
        after = watcher.watch(5, lambda seen, still: seen.number is not None and still > 1)
    full = desk.full_contrast(_a_photo(medium), desk.rect(viewer, window=window))
    seen = [look for look in (*changes, *after[1:]) if look.number is not None]
    shown = [look for before, look in pairwise(seen) if look.number != before.number]
    sharp = {look.number for look in seen[1:] if is_detailed(look, full)}
    what, note = f"key held on M{' in a window' if window else ''}", desk.sheet.note
    note(viewer.name, f"{what}: pictures shown of {PRESSES}", len(shown))
    note(viewer.name, f"{what}: of these in full detail", len(sharp - {0}))
    note(viewer.name, f"{what}: slides moved in all", seen[-1].number or 0)
    times = [pressed, *(look.at for look in shown if look.at < released), released]
    note(viewer.name, f"{what}: longest without a new picture, ms", max((b - a) * 1000 for a, b in pairwise(times)))
    note(viewer.name, f"{what}: lag after release to sharp, ms", (first_like_last(after) - released) * 1000)


def flat_out(desk: Desk, viewer: Viewer) -> None:
    """Through M, each key as soon as the picture before is there in full detail; and the memory."""
    medium = desk.material.medium_set(1000)
    full = desk.full_contrast(_a_photo(medium), desk.rect(viewer))
    pages = 60 if desk.quick else 999 if desk.full and viewer.is_ours else 200
    with desk.open(viewer, medium, settle=2.0) as (running, watcher):
        begun = time.perf_counter()
        for step in range(1, pages + 1):
            number = step % DISTINCT
            desk.screen.keys.press(viewer.next)
            last = watcher.watch(_LATEST, _has_come(number, full))[-1]
            if last.number != number:
                desk.sheet.doubt(f"{viewer.name}: picture {step} of M did not come within {_LATEST:.0f} seconds")
                break
            if not viewer.is_ours and time.perf_counter() - begun > _LONG_ENOUGH:
                desk.sheet.note(viewer.name, "flat out on M, sharp pages a second",
                                step / (time.perf_counter() - begun))
                break
            if step == min(200, pages):
                desk.sheet.note(viewer.name, "flat out on M, sharp pages a second",
                                step / (time.perf_counter() - begun))
                memory = running.memory()
                desk.sheet.note(viewer.name, f"memory after {step} of M, PSS MiB", memory.pss)
                desk.sheet.note(viewer.name, f"memory after {step} of M, RSS MiB", memory.rss)
        if pages > 200:
            memory = running.memory()
            desk.sheet.note(viewer.name, f"memory after {pages + 1} of M, PSS MiB", memory.pss)
            desk.sheet.note(viewer.name, f"memory after {pages + 1} of M, RSS MiB", memory.rss)
        if not viewer.is_ours:
            return
        time.sleep(5)
        desk.sheet.note(viewer.name, "memory 5 s after that, PSS MiB", running.memory().pss)


def _has_come(number: int, full: float) -> Callable[[Look, float], bool]:
    return lambda seen, _: seen.number == number and is_detailed(seen, full)


def _is_calm(number: int) -> Callable[[Look, float], bool]:
    return lambda seen, still: seen.number == number and still > _CALM


def _a_photo(folder: Path) -> Path:
    return folder / "00000.jpg"
