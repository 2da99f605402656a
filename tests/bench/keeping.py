"""What memory is taken at rest, after each of the things that could leave some behind."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final

from tests.bench.desk import REST
from tests.bench.material import DISTINCT

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.bench.desk import Desk
    from tests.bench.program import Viewer
    from tests.bench.seeing import Look

_CALM: Final = 5.0
"""Seconds of doing nothing after which a program is at rest: workers have given back what they can."""

_STEP: Final = 3.0


def memory(desk: Desk, viewer: Viewer) -> None:
    """PSS of all processes at rest on S; after 200 of M; with 100 MP opened and left; on 100,000 files; on as many
    slides. None of them should move it.
    """
    material = desk.material
    cases: tuple[tuple[str, Path, int], ...] = (
        ("on S", material.small_set(), 0),
        ("after 200 of M", material.medium_set(1000), 30 if desk.quick else 200),
        ("after 100 MP, opened and left", material.huge_set(), 2),
        ("on a folder of 100,000", material.endless_set(), 0),
        ("on a manifest of 100,000", material.manifest(100_000), 0),
    )
    for what, source, pages in cases:
        with desk.open(viewer, source) as (running, watcher):
            for page in range(1, pages + 1):
                desk.screen.keys.press(viewer.next)
                watcher.watch(_STEP, _is_at(page % DISTINCT))
            time.sleep(1 if desk.quick else _CALM)
            watcher.watch(_STEP, lambda _, still: still > REST)
            desk.sheet.note(viewer.name, f"memory at rest {what}, PSS MiB", running.memory().pss)


def _is_at(number: int) -> Callable[[Look, float], bool]:
    return lambda seen, still: seen.number == number and still > 0.02
