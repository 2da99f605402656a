"""Galleries that cannot be read, and a show that lasts."""

from __future__ import annotations

import gc
import sys
import time
from collections import Counter
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt

from tests import pictures
from tests.torture.common import PROGRESS, Dose, Figures, ended, many_pictures, slope, vitals, write_gallery
from tests.torture.manifests import write_manifests
from tests.torture.program import Watched

if TYPE_CHECKING:
    from pathlib import Path

    from tests.torture.signs import Signs


_MARKS: Final = 20
"""How often a long show is measured."""

_THUMBNAILS: Final = Qt.Key.Key_T


def galleries(folder: Path, dose: Dose) -> Figures:
    """Open one broken or hostile manifest after the other; the last good gallery stays.

    Memory is compared from a quarter of them on: by then there has been one of each kind.
    """
    good = write_gallery(folder / "good.json", [pictures.quadrants(folder / "good.png")])
    manifests = write_manifests(folder / "manifests", dose.manifests, dose.seed)
    watched = Watched(good, dose.options)
    watched.wait(dose.patience)
    answers, said = Counter[str](), list[str]()
    watched.program.gallery_watcher.opened.connect(lambda _: answers.update(["opened"]))
    watched.program.gallery_watcher.failed.connect(lambda _: answers.update(["refused"]))
    watched.program.gallery_watcher.failed.connect(said.append)
    before, stuck = watched.signs(), list[str]()
    watched.pulse.start()
    for number, path in enumerate(manifests):
        if number == len(manifests) // 4:
            before = watched.signs()
        given = answers.total() + 1
        watched.program.gallery_watcher.open(path)
        if not watched.rest(dose.patience, partial(_has_answered, answers, given)):
            stuck.append(path.name)
        watched.press(Qt.Key.Key_Right)
        watched.turn()
    watched.program.gallery_watcher.open(good)
    watched.rest(dose.patience, lambda: watched.count == 1 and watched.outcome() is not None)
    return {**vitals(watched, before), "manifests": dict(answers), "hangs": len(stuck), "stuck at": stuck[:9],
            "longest sentence, characters": max(map(len, said), default=0), **ended(watched)}


def long_show(folder: Path, dose: Dose) -> Figures:
    """So many slides one after the other, as fast as they come; what each of them leaves behind.

    The thumbnails are there for a quarter of the slides, and away for the others, as they are in full screen.
    """
    different = max(250, min(2000, dose.slides // 20))
    watched = Watched(many_pictures(folder, different, size=(480, 320)), dose.options)
    watched.wait(dose.patience)
    warm = min(2 * different, dose.slides // 5)
    for _ in range(warm):
        watched.page(dose.patience)
    watched.press(_THUMBNAILS)
    watched.settle(dose.patience)
    watched.pulse.start()
    began, objects, marks = time.perf_counter(), [len(gc.get_objects())], [watched.signs()]
    section = max(4, dose.slides // _MARKS)
    for number in range(1, dose.slides + 1):
        watched.page(dose.patience)
        if number % section in (1, 1 + section // 4):
            watched.press(_THUMBNAILS)
        if number % section == 0:
            watched.settle(dose.patience)  # so that what is under way does not count
            objects.append(len(gc.get_objects()))
            marks.append(watched.signs())
            progress(number, dose.slides, time.perf_counter() - began, marks[-1])
    took = time.perf_counter() - began
    return {
        "slides": dose.slides, "slides a second": round(dose.slides / took, 1),
        "growth, bytes a slide": round(slope([mark.anonymous for mark in marks], dose.slides / _MARKS), 1),
        "growth, objects a slide": round(slope(objects, dose.slides / _MARKS), 4),
        "own memory, MiB": [round(mark.anonymous / 2**20, 1) for mark in marks],
        "threads": sorted({mark.threads for mark in marks}),
        "descriptors": [min(mark.descriptors for mark in marks), max(mark.descriptors for mark in marks)],
        **vitals(watched, marks[0]), **ended(watched),
    }


def progress(done: int, of: int, seconds: float, signs: Signs) -> None:
    """A line for whoever waits: a full dose takes many minutes."""
    sys.stderr.write(f"{PROGRESS}{done} of {of} slides, {done / seconds:.0f} a second, "
                     f"{signs.anonymous / 2**20:.1f} MiB, {(of - done) / done * seconds / 60:.0f} minutes more\n")


def _has_answered(answers: Counter[str], times: int) -> bool:
    return answers.total() >= times
