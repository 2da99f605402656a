"""Parts with damaged, malicious and changing picture files."""

from __future__ import annotations

import os
import random
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from tests import pictures
from tests.torture.common import (
    PER_FILE,
    WARM_UP,
    Figures,
    Workload,
    closing_figures,
    percentile,
    state_figures,
    write_gallery,
)
from tests.torture.driver import Driver, HangError
from tests.torture.hostile import write_hostile
from tests.torture.mutants import write_mutants, write_seeds

if TYPE_CHECKING:
    from collections.abc import Callable


def mutants(folder: Path, workload: Workload) -> Figures:
    """Page through damaged pictures of every format."""
    seeds = write_seeds(folder / "whole")
    write_mutants(seeds, folder / "broken", workload.mutants, workload.seed)
    return _page_through(folder / "broken", workload, workload.mutants, warm_up=workload.mutants // 2)


def hostile(folder: Path, workload: Workload) -> Figures:
    """Page twice through malicious files, each of which must have its expected outcome."""
    (folder / "files").mkdir()
    files = dict(write_hostile(folder / "files"))
    manifest = write_gallery(folder / "gallery.json", sorted(files))
    wrong = []

    def judge(path: str, reason: str) -> None:
        expected = files[Path(path)]
        if expected != "either" and (expected == "shown") != (reason == ""):
            wrong.append(f"{Path(path).name!r}: {reason or 'shown'}")

    figures = _page_through(manifest, workload, 2 * len(files), warm_up=len(files), judge=judge)
    return {**figures, "files": len(files), "unexpected": sorted(set(wrong))}


def changing(folder: Path, workload: Workload) -> Figures:
    """Files that vanish, shrink, grow or are replaced while they are read; restored, all must be shown."""
    rng = random.Random(workload.seed)
    names = [f"{number:03d}.jpg" for number in range(60)]
    whole = pictures.photo(folder / "whole.jpg.keep", (1600, 1200), format="JPEG").read_bytes()
    for name in names:
        (folder / name).write_bytes(whole)
    driver = Driver(write_gallery(folder / "gallery.json", [folder / name for name in names]), workload.options)
    before = driver.state()
    seen = Counter[str]()
    for turn in range(workload.changes):
        path = folder / rng.choice(names)
        _change(path, whole, rng)
        driver.program.loader.forget()
        driver.program.session.go(names.index(path.name))
        _change(path, whole, rng)
        seen[driver.wait(workload.timeout).reason or "shown"] += 1
        if turn == WARM_UP:
            before = driver.state()
        if turn % 100 == 99:
            driver.run_for(0.05)
    for name in names:
        _replace(folder / name, whole)
    driver.program.loader.forget()
    came_back = 0
    for index in range(driver.count):
        driver.program.session.go(index)
        came_back += driver.wait(workload.timeout).reason == ""
    return {**state_figures(driver, before), "slides": dict(seen), "came back": f"{came_back} of {len(names)}",
            **closing_figures(driver)}


def _page_through(source: Path, workload: Workload, slides: int, warm_up: int,
                  judge: Callable[[str, str], None] = lambda _path, _reason: None) -> Figures:
    """Page through `slides` slides; memory growth counts from `warm_up` slides on, when the caches are full.

    `PER_FILE` of the figures maps every file to its failure or its pixels.
    """
    driver = Driver(source, workload.options)
    reasons, took, hangs, each = Counter[str](), list[float](), list[str](), dict[str, str]()
    before = driver.state()
    for number in range(slides):
        if number == warm_up:
            before = driver.state()
        try:
            seen = driver.wait(workload.timeout) if number == 0 else driver.page(workload.timeout)
        except HangError as stuck:
            hangs.append(str(stuck))
            continue
        judge(seen.path, seen.reason)
        each[Path(seen.path).name] = seen.reason or driver.pixels()
        reasons[seen.reason or "shown"] += 1
        took.append(seen.took_ms)
    return {
        "slides": slides, "outcomes": dict(reasons.most_common()), "hangs": len(hangs), "stuck at": hangs[:9],
        "a slide, median ms": percentile(took, 0.5), "a slide, 99 % ms": percentile(took, 0.99),
        "a slide, longest ms": round(max(took), 1), **state_figures(driver, before), **closing_figures(driver),
        PER_FILE: each,
    }


def _change(path: Path, whole: bytes, rng: random.Random) -> None:
    """Make a random change to a file that may be open."""
    match rng.randrange(8):
        case 0:
            path.unlink(missing_ok=True)
        case 1 if path.is_file():
            os.truncate(path, rng.randrange(len(whole)))
        case 2 if path.is_file():
            with path.open("ab") as file:
                file.write(whole[: rng.randrange(len(whole))])
        case 3:
            path.unlink(missing_ok=True)
            os.mkfifo(path)
        case 4:
            _replace(path, b"")
        case 5:
            _replace(path, rng.randbytes(5000))
        case _:
            _replace(path, whole)


def _replace(path: Path, data: bytes) -> None:
    """Replace a file atomically."""
    fresh = path.with_suffix(".new")
    fresh.write_bytes(data)
    fresh.replace(path)
