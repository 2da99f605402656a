"""What the parts of the torture share: how much of it there is, galleries to show, figures to take."""

from __future__ import annotations

import itertools
import json
import statistics
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeAlias

from tests import pictures
from tests.torture.program import SMALL
from tests.torture.signs import Signs, children, children_processor_ms
from viewer.imaging.pool import worker_process

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from tests.torture.program import Watched
    from viewer.settings import Value

Figures: TypeAlias = dict[str, Any]

EACH: Final = "each"
"""The key of what came of each file, by its name; of no use to a reader, but to a comparison."""

FILLING: Final = 600
"""Slides after which what is kept is full, so that what memory grows by from then on is lost."""

PROGRESS: Final = "... "
"""How a line begins that says how far a part has come."""

UNCONFINED: Final = (sys.executable, "-I", str(Path(__file__).with_name("unconfined.py")))
"""The command of a worker that does not shut itself in."""


class Dose(NamedTuple):
    """How much of each: mutants, faults of workers, slides in a row, manifests, changes of files; the dice's seed.

    `deadline` is the seconds that a worker has for a picture where nothing else is said: ten, as in the program. More
    of them keep a slow machine out of what comes of a slide.
    """

    mutants: int = 6000
    faults: int = 1000
    slides: int = 100_000
    manifests: int = 2000
    changes: int = 1000
    seed: int = 56
    deadline: int = 10

    @property
    def patience(self) -> float:
        """Seconds that a slide may take until it counts as a hang: two workers' deadlines, and their ends."""
        return 2 * self.deadline + 5

    @property
    def options(self) -> Mapping[str, Value]:
        """What the program is started with."""
        return {**SMALL, "decode/deadline-s": self.deadline}

    def share(self, share: float) -> Dose:
        """A part of it, a little of everything at least."""
        counted = [name for name in self._fields if name not in ("seed", "deadline")]
        most = {name: max(10, round(getattr(self, name) * share)) for name in counted}
        return self._replace(**most)


@contextmanager
def workers_by(command: tuple[str, ...]) -> Iterator[None]:
    """Workers that are started meanwhile are run by `command`."""
    good = worker_process.worker_command
    worker_process.worker_command = lambda: command
    try:
        yield
    finally:
        worker_process.worker_command = good


def differences(one: Figures, other: Figures) -> list[str]:
    """The files of which not the same came in both: picture for picture, pixel for pixel, card for card."""
    first, second = one[EACH], other[EACH]
    return [f"{name!r}: {first.get(name)} and {second.get(name)}" for name in sorted(first.keys() | second.keys())
            if first.get(name) != second.get(name)]


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
    """What is left when the program has closed, and what its workers took of a processor in all."""
    watched.close()
    left = Signs.taken()
    return {
        "workers, processor ms": round(children_processor_ms() - watched.began_children_ms),
        "children left": len(children()), "threads left": left.threads - 1, "frames left": left.frames,
        "descriptors left": max(0, left.ends - watched.began.ends),
    }


def percentile(values: Sequence[float], share: float) -> float:
    ordered = sorted(values)
    return round(ordered[min(len(ordered) - 1, int(share * len(ordered)))], 1) if ordered else 0.0


def slope(values: Sequence[float], step: float) -> float:
    """How much `values`, `step` apart, grow for each 1: the line of least squares."""
    places = [index * step for index in range(len(values))]
    return statistics.linear_regression(places, values).slope
