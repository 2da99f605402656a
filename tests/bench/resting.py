"""What it costs to do little: a still, a playing show; how smooth a crossfade is; how fast thumbnails are made."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tests.bench.desk import REST
from tests.bench.paging import DELAY_MS, INTERVAL_MS
from tests.bench.program import ROOT, Running, Viewer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.bench.desk import Desk
    from tests.bench.seeing import Look

_CALM: Final = 4.0
"""Seconds until what is made ready behind the picture is ready."""

_ONE_FRAME: Final = 0.004
"""Seconds; a frame that is being written can be seen half: changes so close together are one."""

_BETWEEN_FADES: Final = 0.3
_LATE: Final = 16.0


def idle(desk: Desk, viewer: Viewer) -> None:
    """Share of one core over 5 seconds on a still; while a show plays, between two pictures; and while it is paused."""
    cases: list[tuple[str, tuple[str, ...], str]] = [("idle on a still", (), "")]
    if viewer.is_ours:
        cases += [("playing, between pictures", ("--slideshow", "60"), ""), ("paused", ("--slideshow", "60"), "space")]
    short = desk.quick or not viewer.is_ours
    for what, more, key in cases:
        with desk.open(viewer, desk.material.small_set(), *more) as (running, _):
            if key:
                desk.screen.keys.press(key)
            time.sleep(1 if short else _CALM)
            before, begun = running.cpu(), time.perf_counter()
            time.sleep(3 if short else 5)
            share = (running.cpu() - before) / (time.perf_counter() - begun)
            desk.sheet.note(viewer.name, f"{what}, % of a core", 100 * share)


def fade(desk: Desk, viewer: Viewer) -> None:
    """Frames of the crossfades of a show with 2 seconds a picture; the photo after the next is decoded meanwhile."""
    with desk.open(viewer, desk.material.small_set(), "--slideshow", "2") as (_, watcher):
        changes = watcher.watch(6 if desk.quick else 12)[1:]
    for frames in _fades(changes):
        gaps = [(after - before) * 1000 for before, after in pairwise(frames)]
        desk.sheet.note(viewer.name, "crossfade, frames a second", 1000 * len(gaps) / sum(gaps))
        desk.sheet.note(viewer.name, "crossfade, longest gap, ms", max(gaps))


def thumbnails(desk: Desk, viewer: Viewer) -> None:
    """All thumbnails of M from nothing, through the loader, without a window."""
    photos = desk.material.medium_set(1000)
    count = 100 if desk.quick else 1000 if desk.full else 200
    with desk.home(viewer) as home:
        done = subprocess.run(
            [sys.executable, "-m", "tests.bench.thumbnails", str(photos), str(count)], cwd=ROOT, check=True,
            timeout=300, env=desk.environment(home, viewer), capture_output=True, text=True,
        )
    found = json.loads(done.stdout)
    desk.sheet.note(viewer.name, f"{count} thumbnails of M from nothing, s", found["seconds"])
    desk.sheet.note(viewer.name, "thumbnails a second", count / found["seconds"])


def turns(desk: Desk, viewer: Viewer) -> None:
    """How long the event loop is held up, told from within by `tests.bench.inside`: paging, a held key, crossfades."""
    small, medium = desk.material.small_set(), desk.material.medium_set(1000)
    keys = desk.screen.keys
    keys.repeat(DELAY_MS, INTERVAL_MS)
    for window in (False, True) if desk.full else (False,):
        place = " in a window" if window else ""
        watcher = desk.watcher(viewer, window=window)
        for what, source, more in (("paging S", small, ()), ("key held on M", medium, ()),
                                   ("crossfades on S", small, ("--slideshow", "2"))):
            with tempfile.NamedTemporaryFile(suffix=".json") as sheet, desk.home(viewer) as home:
                inside = Viewer("liftoff", (sys.executable, "-m", "tests.bench.inside", sheet.name), viewer.fullscreen)
                desk.wait_for_blank()
                with Running(inside.shows(source, *more, window=window), desk.environment(home, viewer)):
                    watcher.watch(30, lambda seen, still: seen.number is not None and still > REST)
                    time.sleep(2)
                    if what == "paging S":
                        for _ in range(3 if desk.quick else 6):
                            keys.press("Right")
                            time.sleep(1)
                    elif what == "key held on M":
                        keys.down("Right")
                        try:
                            time.sleep(2 if desk.quick else 5)
                        finally:
                            keys.up("Right")
                        time.sleep(1)
                    else:
                        time.sleep(4 if desk.quick else 8)
                found = json.loads(Path(sheet.name).read_text())
            desk.sheet.note(viewer.name, f"event loop held up longest, {what}{place}, ms", found["longest"])
            desk.sheet.note(viewer.name, f"event loop busy longest, {what}{place}, ms of a core", found["busiest"])
            if found["longest"] > _LATE:
                desk.say(f"{what}{place}: {json.dumps(found['late'][:5], indent=1)}")


def steps(desk: Desk, viewer: Viewer) -> None:
    """Where the start on S goes, told from within: milliseconds from the first line of Python on."""
    watcher = desk.watcher(viewer)
    with desk.home(viewer) as home:
        for known in (False, True):
            with tempfile.NamedTemporaryFile(suffix=".json") as sheet:
                inside = Viewer("liftoff", (sys.executable, "-m", "tests.bench.inside", sheet.name), viewer.fullscreen)
                desk.wait_for_blank()
                with Running(inside.shows(desk.material.small_set()), desk.environment(home, viewer)):
                    watcher.watch(30, lambda seen, still: seen.number is not None and still > REST)
                found = json.loads(Path(sheet.name).read_text())
            if known:
                for step, at in found["start"].items():
                    desk.sheet.note(viewer.name, f"start, {step}, ms", at)


def frames_of(changes: Sequence[Look]) -> list[float]:
    """The moments of the frames in `changes`."""
    frames: list[float] = []
    for look in changes:
        if not frames or look.at - frames[-1] >= _ONE_FRAME:
            frames.append(look.at)
    return frames


def _fades(changes: Sequence[Look]) -> list[list[float]]:
    """The moments of the frames of each crossfade that was seen whole."""
    fades: list[list[float]] = [[]]
    for at in frames_of(changes):
        if fades[-1] and at - fades[-1][-1] > _BETWEEN_FADES:
            fades.append([])
        fades[-1].append(at)
    return [fade for fade in fades[1:-1] if len(fade) > 5]
