"""Parts with malformed galleries and with a very long show."""

from __future__ import annotations

import gc
import sys
import time
from collections import Counter
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt

from tests import pictures
from tests.torture.common import (
    PROGRESS,
    Figures,
    Workload,
    closing_figures,
    many_pictures,
    slope,
    state_figures,
    write_gallery,
)
from tests.torture.driver import Driver
from tests.torture.manifests import write_manifests

if TYPE_CHECKING:
    from pathlib import Path

    from tests.torture.process_state import ProcessState


_SAMPLES: Final = 20
"""How often the long show is measured."""

_THUMBNAILS: Final = Qt.Key.Key_T


def galleries(folder: Path, workload: Workload) -> Figures:
    """Open malformed manifests one after another; the last valid gallery stays open.

    Memory growth counts from a quarter of them on, when there has been one of each kind.
    """
    good = write_gallery(folder / "good.json", [pictures.quadrants(folder / "good.png")])
    manifests = write_manifests(folder / "manifests", workload.manifests, workload.seed)
    driver = Driver(good, workload.options)
    driver.wait(workload.timeout)
    answers, sentences = Counter[str](), list[str]()
    driver.program.gallery_watcher.opened.connect(lambda _: answers.update(["opened"]))
    driver.program.gallery_watcher.failed.connect(lambda _: answers.update(["refused"]))
    driver.program.gallery_watcher.failed.connect(sentences.append)
    before, stuck = driver.state(), list[str]()
    driver.latency.start()
    for number, path in enumerate(manifests):
        if number == len(manifests) // 4:
            before = driver.state()
        given = answers.total() + 1
        driver.program.gallery_watcher.open(path)
        if not driver.run_for(workload.timeout, partial(_has_answered, answers, given)):
            stuck.append(path.name)
        driver.press(Qt.Key.Key_Right)
        driver.process_events()
    driver.program.gallery_watcher.open(good)
    driver.run_for(workload.timeout, lambda: driver.count == 1 and driver.outcome() is not None)
    return {**state_figures(driver, before), "manifests": dict(answers), "hangs": len(stuck), "stuck at": stuck[:9],
            "longest sentence, characters": max(map(len, sentences), default=0), **closing_figures(driver)}


def long_show(folder: Path, workload: Workload) -> Figures:
    """Page through very many slides as fast as possible; memory and objects leaked per slide.

    The thumbnails are visible for a quarter of the slides, and hidden for the others, as in full screen.
    """
    different = max(250, min(2000, workload.slides // 20))
    driver = Driver(many_pictures(folder, different, size=(480, 320)), workload.options)
    driver.wait(workload.timeout)
    warm = min(2 * different, workload.slides // 5)
    for number in range(warm):
        driver.page(workload.timeout)
        if number % 10 == 0:
            driver.settle(workload.timeout)  # so that the cache of thumbnails is full too, however slow the machine is
    driver.press(_THUMBNAILS)
    driver.settle(workload.timeout)
    driver.latency.start()
    began, objects, marks = time.perf_counter(), [len(gc.get_objects())], [driver.state()]
    section = max(4, workload.slides // _SAMPLES)
    for number in range(1, workload.slides + 1):
        driver.page(workload.timeout)
        if number % section in (1, 1 + section // 4):
            driver.press(_THUMBNAILS)
        if number % section == 0:
            driver.settle(workload.timeout)  # so that work in progress does not count
            objects.append(len(gc.get_objects()))
            marks.append(driver.state())
            progress(number, workload.slides, time.perf_counter() - began, marks[-1])
    took = time.perf_counter() - began
    return {
        "slides": workload.slides, "slides a second": round(workload.slides / took, 1),
        "growth, bytes a slide": round(slope([mark.anonymous for mark in marks], workload.slides / _SAMPLES), 1),
        "growth, objects a slide": round(slope(objects, workload.slides / _SAMPLES), 4),
        "own memory, MiB": [round(mark.anonymous / 2**20, 1) for mark in marks],
        "threads": sorted({mark.threads for mark in marks}),
        "descriptors": [min(mark.descriptors for mark in marks), max(mark.descriptors for mark in marks)],
        **state_figures(driver, marks[0]), **closing_figures(driver),
    }


def progress(done: int, of: int, seconds: float, state: ProcessState) -> None:
    """Write a progress line: a full workload takes many minutes."""
    sys.stderr.write(f"{PROGRESS}{done} of {of} slides, {done / seconds:.0f} a second, "
                     f"{state.anonymous / 2**20:.1f} MiB, {(of - done) / done * seconds / 60:.0f} minutes more\n")


def _has_answered(answers: Counter[str], times: int) -> bool:
    return answers.total() >= times
