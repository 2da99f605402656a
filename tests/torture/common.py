"""What the parts of the torture share: how much of it there is, galleries to show, figures to take."""

from __future__ import annotations

import itertools
import json
import statistics
import time
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeAlias

from tests import pictures
from tests.torture.signs import Signs, children

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from tests.torture.program import Watched

Figures: TypeAlias = dict[str, Any]

PATIENCE_SECONDS: Final = 25.0
"""How long a slide may take until it counts as a hang: two workers' deadlines of 10 seconds, and their ends."""


class Dose(NamedTuple):
    """How much of each: mutants, faults of workers, slides in a row, manifests, changes of files; the dice's seed."""

    mutants: int = 6000
    faults: int = 1000
    slides: int = 100_000
    manifests: int = 2000
    changes: int = 1000
    seed: int = 56


class Losses:
    """How many workers were lost over a picture, and when the last one was."""

    def __init__(self, watched: Watched) -> None:
        self.count, self.latest, self._asked = 0, 0.0, 0
        watched.program.pool.lost.connect(self._note)

    def since_last(self) -> int:
        """How many since this was last asked."""
        new, self._asked = self.count - self._asked, self.count
        return new

    def _note(self) -> None:
        self.count += 1
        self.latest = time.perf_counter()


def write_gallery(path: Path, files: Sequence[Path]) -> Path:
    """A manifest of `files`, absolute, in ASCII so that names which are no text survive."""
    path.write_text(json.dumps({
        "format": "photo-manifest", "version": 1, "slides": [{"file": str(file)} for file in files],
    }), encoding="ascii")
    return path


def many_pictures(folder: Path, count: int, size: tuple[int, int] = (1500, 1000)) -> Path:
    """A gallery of `count` files, 25 different ones: the rest are links to them, so that the disk is spared."""
    different = [pictures.photo(folder / f"photo-{n}.jpg", size, seed=n) for n in range(25)]
    names = []
    for number, source in zip(range(count), itertools.cycle(different), strict=False):
        name = folder / f"{number:05d}.jpg"
        name.hardlink_to(source)
        names.append(name)
    return write_gallery(folder / "gallery.json", names)


def vitals(watched: Watched, before: Signs) -> Figures:
    after = Signs.taken()
    return {
        "event loop, longest gap ms": watched.pulse.longest_ms,
        "event loop, 99 % ms": watched.pulse.percentile_ms(0.99),
        "memory growth, MiB": round((after.anonymous - before.anonymous) / 2**20, 2),
    }


def ended(watched: Watched) -> Figures:
    """What is left when the program has closed."""
    watched.close()
    left = Signs.taken()
    return {"children left": len(children()), "threads left": left.threads - 1, "frames left": left.frames}


def percentile(values: Sequence[float], share: float) -> float:
    ordered = sorted(values)
    return round(ordered[min(len(ordered) - 1, int(share * len(ordered)))], 1) if ordered else 0.0


def slope(values: Sequence[float], step: float) -> float:
    """How much `values`, `step` apart, grow for each 1: the line of least squares."""
    places = [index * step for index in range(len(values))]
    return statistics.linear_regression(places, values).slope
