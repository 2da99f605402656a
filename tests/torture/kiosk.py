"""The part with an unattended screen: supervisor and shows as processes, on monitors of an X server of their own.

Slides have a hundredth of a second each, and the files are small: how many there are a second is for the machine to
say. First one show plays on while its screens, its gallery and the time of day change, and its memory is measured; then
shows and workers are killed and frozen.
"""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
from contextlib import ExitStack
from typing import TYPE_CHECKING, Final

from tests.kiosk_processes import Kiosk
from tests.torture import growth
from tests.torture.common import PROGRESS, Figures, Workload, percentile
from tests.torture.kiosk_events import LONGEST, Soak
from tests.torture.kiosk_gallery import SwappedGallery
from tests.torture.outside import orphans
from tests.torture.table import RATE, TO_PICTURE
from tests.x_monitors import Monitors
from tests.x_windows import XWindows
from viewer.locations import kiosk_screen_folder

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from tests.torture.kiosk_events import Mark

FIRST_SHARE: Final = 0.7
"""How many of the slides the first show has, which nobody ends."""

_HOUR: Final = 3600
JUMPS: Final = (-365 * 24 * _HOUR, -_HOUR, _HOUR, 3653 * 24 * _HOUR, 0)
"""Seconds by which the time of day is wrong, one after the other."""

_LEFT: Final = {"show.log", "show.log.1", "status.json", "set-aside.json", "play-log"}
"""What an ended kiosk leaves in its folder: logs, and what it knows of its slides."""

_CONFIG: Final = """\
screen = [{ name = "RIGHT" }]
hours = { open = "Mo-Su 00:00-24:00" }
[options]
"memory/pictures-mb" = 32
"""


def kiosk(folder: Path, workload: Workload) -> Figures:
    """An unattended screen through everything that happens to one in months, in as little time as it can be done.

    SIGINT ends it early, with the figures of what there was until then.
    """
    state = kiosk_screen_folder(0)
    temporary = folder / "temporary"
    temporary.mkdir()
    with orphans() as left, ExitStack() as ending:
        monitors = Monitors(ending, "openbox")
        windows = XWindows(monitors.display)
        ending.callback(windows.close)
        gallery = SwappedGallery(folder / "gallery", min(300, workload.slides // 2), workload.seed)
        wrong_by = folder / "wrong-by"
        wrong_by.write_text("0", encoding="ascii")
        (folder / "kiosk.toml").write_text(_CONFIG, encoding="utf-8")
        program = Kiosk(folder, "--slideshow=0.01", "--config", str(folder / "kiosk.toml"), str(gallery.path),
                        program="tests.torture.kiosk_program", within=_without_network(),
                        DISPLAY=monitors.display, TMPDIR=str(temporary), LIFTOFF_TIME_OF_DAY_WRONG_BY=str(wrong_by))
        ending.callback(program.close)
        soak = Soak(program, monitors, windows, gallery, wrong_by, state)
        interrupted = False
        try:
            _play(soak, workload)
        except KeyboardInterrupt:
            interrupted = True
        first, whole = soak.marks[:soak.crashed_from or None], soak.marks
        *_, log_lines, log_bytes = soak.log_size()
        status, said = program.end()
    unexpected = [*soak.unexpected, *_left_files(state, temporary), *([f"status {status}"] if status else [])]
    times = {name: f"{len(taken)}, {percentile(taken, 0.5)}, {max(taken):.1f}" for name, taken in soak.times.items()}
    late = [name for name, most in LONGEST.items() if max(soak.times.get(name, [0])) > most]
    return {
        "slides": soak.slides, "painted": soak.painted, RATE: soak.rate(), "interrupted": interrupted,
        "bad files": f"{gallery.bad} of {gallery.count}",
        "network": "taken away" if _without_network() else "there",
        **{f"{TO_PICTURE}{name}": told for name, told in times.items()},
        "later than it may be": late,
        "longest time without a new picture while nothing is done to it, ms": soak.longest_pause_ms,
        "longest time without a new picture after the time of day jumped, ms": soak.longest_pause_after_jump_ms,
        "growth, bytes a slide": growth.slope(_slides(first), [mark.show.anonymous for mark in first]),
        "growth, MiB": round(growth.rise([mark.show.anonymous for mark in first]) / 2**20, 1),
        "growth of the workers, bytes a slide": growth.slope(_slides(first), [mark.workers for mark in first]),
        "growth of the supervisor, bytes a slide": growth.slope(
            _slides(whole), [mark.supervisor.anonymous for mark in whole]),
        "beyond their numbers": [
            *growth.beyond("show", _slides(first), [mark.show for mark in first]),
            *growth.beyond("supervisor", _slides(whole), [mark.supervisor for mark in whole])],
        "own memory, MiB": [round(mark.show.anonymous / 2**20, 1) for mark in first],
        "threads of show and supervisor": [_range(mark.show.threads for mark in first),
                                           _range(mark.supervisor.threads for mark in whole)],
        "descriptors of show and supervisor": [_range(mark.show.descriptors for mark in first),
                                               _range(mark.supervisor.descriptors for mark in whole)],
        "log of the show, lines and bytes": [log_lines, log_bytes],
        "lines on standard error": len(said.splitlines()),
        "said on standard error": sorted(set(said.splitlines()))[:20],
        "hangs": soak.hangs, "unexpected": unexpected, "children left": len(left),
    }


def _play(soak: Soak, workload: Workload) -> None:
    """Everything that is to happen, in a random order, at even distances."""
    rng = random.Random(workload.seed)
    early: list[Callable[[], None]] = [
        *[soak.change_screen] * workload.screen_changes, *[soak.swap] * workload.swaps,
        *(lambda seconds=seconds: soak.jump(seconds) for seconds in JUMPS)]
    late = [*[soak.kill_show, soak.kill_worker] * workload.crashes, *[soak.freeze] * workload.freezes]
    soak.begin()
    screens_and_swaps, jumps = early[:-len(JUMPS)], early[-len(JUMPS):]
    rng.shuffle(screens_and_swaps)
    places = sorted(rng.sample(range(len(early)), len(jumps)))
    for place, jump in zip(places, jumps, strict=True):
        screens_and_swaps.insert(place, jump)
    rng.shuffle(late)
    first = round(workload.slides * FIRST_SHARE)
    soak.play_to(first // 10)  # until its caches are full
    _do(soak, screens_and_swaps, soak.slides, first)
    soak.crashed_from = len(soak.marks)
    _do(soak, late, soak.slides, workload.slides)


def _do(soak: Soak, events: Sequence[Callable[[], None]], begin: int, end: int) -> None:
    for number, event in enumerate(events, start=1):
        event()
        soak.play_to(begin + (end - begin) * number // len(events))
        soak.mark()
        sys.stderr.write(f"{PROGRESS}{soak.slides} slides, {number} of {len(events)} events\n")


def _slides(marks: Sequence[Mark]) -> list[int]:
    return [mark.slides for mark in marks]


def _range(values: Iterator[int]) -> str:
    found = list(values)
    return f"{min(found)} to {max(found)}" if found else ""


def _left_files(state: Path, temporary: Path) -> list[str]:
    """What an ended kiosk should not have left."""
    return [path.name for path in (*state.iterdir(), *temporary.iterdir())
            if path.parent == temporary or path.name not in _LEFT]


def _without_network() -> tuple[str, ...]:
    """The command that takes the network away from what it starts; none where the system does not permit it."""
    command = ("unshare", "--net") if os.getuid() == 0 else ("unshare", "--map-root-user", "--net")
    permitted = shutil.which("unshare") and not subprocess.run([*command, "true"], check=False,
                                                               stderr=subprocess.DEVNULL).returncode
    return command if permitted else ()
