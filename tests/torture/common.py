"""Shared by all parts: the workload, generated galleries, worker replacement and common figures."""

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
from tests.torture.driver import SMALL
from tests.torture.process_state import ProcessState, children, children_processor_ms
from viewer.imaging.pool import worker_process

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from tests.torture.driver import Driver
    from viewer.settings import Value

Figures: TypeAlias = dict[str, Any]

PER_FILE: Final = "per file"
"""Key of the outcome of each file, by its name; used by `differences` alone."""

WARM_UP: Final = 600
"""Slides after which the caches are full, so that memory growth from then on is a leak."""

PROGRESS: Final = "... "
"""Prefix of progress lines."""

UNCONFINED: Final = (sys.executable, "-I", str(Path(__file__).with_name("unconfined_worker.py")))
"""Command of a worker without a sandbox."""


class Workload(NamedTuple):
    """How many mutants, worker faults, consecutive slides, manifests and file changes; the random seed.

    Of the unattended screen: changes of its screens, swaps of its gallery, kills of the show, and freezes.

    `deadline` is a worker's time for a picture in seconds, by default that of the program; on a slow machine more keeps
    outcomes independent of its speed.
    """

    mutants: int = 6000
    faults: int = 1000
    slides: int = 100_000
    manifests: int = 2000
    changes: int = 1000
    seed: int = 56
    deadline: int = 10
    screen_changes: int = 50
    swaps: int = 20
    crashes: int = 20
    freezes: int = 20

    @property
    def timeout(self) -> float:
        """Seconds after which a slide counts as hung: two deadlines of workers and some reserve."""
        return 2 * self.deadline + 5

    @property
    def options(self) -> Mapping[str, Value]:
        """Options of the program under test."""
        return {**SMALL, "decode/deadline-s": self.deadline}

    def scaled(self, share: float) -> Workload:
        """This workload times `share`, at least ten of everything; four of what takes seconds each."""
        counted = [name for name in self._fields if name not in ("seed", "deadline")]
        least = {name: 4 if name in ("screen_changes", "swaps", "crashes", "freezes") else 10 for name in counted}
        return self._replace(**{name: max(least[name], round(getattr(self, name) * share)) for name in counted})


@contextmanager
def using_workers(command: tuple[str, ...]) -> Iterator[None]:
    """Within the block, new workers are started by `command`."""
    original = worker_process.worker_command
    worker_process.worker_command = lambda: command
    try:
        yield
    finally:
        worker_process.worker_command = original


def differences(one: Figures, other: Figures) -> list[str]:
    """Files whose outcomes differ: other pixels, or another failure."""
    first, second = one[PER_FILE], other[PER_FILE]
    return [f"{name!r}: {first.get(name)} and {second.get(name)}" for name in sorted(first.keys() | second.keys())
            if first.get(name) != second.get(name)]


class WorkerLosses:
    """Counts workers lost while decoding, and notes when the last one was."""

    def __init__(self, driver: Driver) -> None:
        self.count, self.latest, self._reported = 0, 0.0, 0
        driver.program.pool.lost.connect(self._note)

    def since_last(self) -> int:
        """How many since the last call."""
        new, self._reported = self.count - self._reported, self.count
        return new

    def _note(self) -> None:
        self.count += 1
        self.latest = time.perf_counter()


def write_gallery(path: Path, files: Sequence[Path]) -> Path:
    """A manifest of `files` with absolute paths, in ASCII so that names that are not UTF-8 survive."""
    path.write_text(json.dumps({
        "format": "photo-manifest", "version": 1, "slides": [{"file": str(file)} for file in files],
    }), encoding="ascii")
    return path


def many_pictures(folder: Path, count: int, size: tuple[int, int] = (1500, 1000)) -> Path:
    """A gallery of `count` files, hard links to 25 different ones."""
    different = [pictures.photo(folder / f"photo-{n}.jpg", size, seed=n) for n in range(25)]
    names = []
    for number, source in zip(range(count), itertools.cycle(different), strict=False):
        name = folder / f"{number:05d}.jpg"
        name.hardlink_to(source)
        names.append(name)
    return write_gallery(folder / "gallery.json", names)


def state_figures(driver: Driver, before: ProcessState) -> Figures:
    """Event-loop latency so far, and memory growth since `before`."""
    after = ProcessState.measured()
    return {
        "event loop, longest gap ms": driver.latency.longest_ms,
        "event loop, 99 % ms": driver.latency.percentile_ms(0.99),
        "memory growth, MiB": round((after.anonymous - before.anonymous) / 2**20, 2),
    }


def closing_figures(driver: Driver) -> Figures:
    """Close the program: the resources left over, and its workers' processor time in all."""
    driver.close()
    left = ProcessState.measured()
    return {
        "workers, processor ms": round(children_processor_ms() - driver.began_children_ms),
        "children left": len(children()), "threads left": left.threads - 1, "buffers left": left.buffers,
        "descriptors left": max(0, left.ipc_descriptors - driver.began.ipc_descriptors),
    }


def percentile(values: Sequence[float], share: float) -> float:
    ordered = sorted(values)
    return round(ordered[min(len(ordered) - 1, int(share * len(ordered)))], 1) if ordered else 0.0


def slope(values: Sequence[float], step: float) -> float:
    """Growth of `values`, taken `step` apart, per unit: slope of the least-squares line."""
    positions = [index * step for index in range(len(values))]
    return statistics.linear_regression(positions, values).slope
