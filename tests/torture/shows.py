"""Galleries that cannot be read, and a show that lasts."""

from __future__ import annotations

import gc
import time
from collections import Counter
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from tests import pictures
from tests.torture.common import PATIENCE_SECONDS, Dose, Figures, ended, many_pictures, slope, vitals, write_gallery
from tests.torture.manifests import write_manifests
from tests.torture.program import Watched
from tests.torture.signs import Signs

if TYPE_CHECKING:
    from pathlib import Path


def galleries(folder: Path, dose: Dose) -> Figures:
    """Open one broken or hostile manifest after the other; the last good gallery stays."""
    good = write_gallery(folder / "good.json", [pictures.quadrants(folder / "good.png")])
    manifests = write_manifests(folder / "manifests", dose.manifests, dose.seed)
    watched = Watched(good)
    watched.wait(PATIENCE_SECONDS)
    answers, said = Counter[str](), list[str]()
    watched.program.librarian.opened.connect(lambda _: answers.update(["opened"]))
    watched.program.librarian.failed.connect(lambda _: answers.update(["refused"]))
    watched.program.librarian.failed.connect(said.append)
    before, stuck = Signs.taken(), list[str]()
    watched.pulse.start()
    for path in manifests:
        given = answers.total() + 1
        watched.program.librarian.open(path)
        if not watched.rest(PATIENCE_SECONDS, partial(_has_answered, answers, given)):
            stuck.append(path.name)
        watched.press(Qt.Key.Key_Right)
        watched.turn()
    watched.program.librarian.open(good)
    watched.rest(PATIENCE_SECONDS, lambda: watched.count == 1 and watched.outcome() is not None)
    return {**vitals(watched, before), "manifests": dict(answers), "hangs": len(stuck), "stuck at": stuck[:9],
            "longest sentence, characters": max(map(len, said), default=0), **ended(watched)}


def long_show(folder: Path, dose: Dose) -> Figures:
    """So many slides one after the other, as fast as they come; what each of them leaves behind."""
    manifest = many_pictures(folder, 2000, size=(480, 320))
    watched = Watched(manifest)
    watched.wait(PATIENCE_SECONDS)
    warm = min(dose.slides // 5, 6000)
    for _ in range(warm):
        watched.page(PATIENCE_SECONDS)
    watched.pulse.start()
    began, marks, objects = time.perf_counter(), [Signs.taken()], [len(gc.get_objects())]
    for number in range(1, dose.slides + 1):
        watched.page(PATIENCE_SECONDS)
        if number % max(1, dose.slides // 10) == 0:
            marks.append(Signs.taken())
            objects.append(len(gc.get_objects()))
    took = time.perf_counter() - began
    return {
        "slides": dose.slides, "slides a second": round(dose.slides / took, 1),
        "growth, bytes a slide": round(slope([mark.anonymous for mark in marks], dose.slides / 10), 1),
        "growth, objects a slide": round(slope(objects, dose.slides / 10), 4),
        "own memory, MiB": [round(mark.anonymous / 2**20, 1) for mark in marks],
        "threads": sorted({mark.threads for mark in marks}),
        "descriptors": [min(mark.descriptors for mark in marks), max(mark.descriptors for mark in marks)],
        **vitals(watched, marks[0]), **ended(watched),
    }


def _has_answered(answers: Counter[str], times: int) -> bool:
    return answers.total() >= times
