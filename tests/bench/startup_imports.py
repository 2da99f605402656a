"""What a start imports, and what each of it costs: read from what `-X importtime` says, and grouped by whose it is."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

_LINE: Final = re.compile(r"import time:\s+(\d+) \|\s+(\d+) \|( *)(\S+)")
END_OF_START: Final = "sharp picture painted"
"""What the line that ends a start contains: imports that come after it are not counted."""

FAMILIES: Final = (
    ("Qt and PySide6", ("PySide6", "shiboken6", "Shiboken", "shibokensupport")),
    ("viewer.ui, viewer.app", ("viewer.ui", "viewer.app")),
    ("viewer.show", ("viewer.show",)),
    ("viewer.imaging", ("viewer.imaging",)),
    ("viewer.gallery", ("viewer.gallery",)),
    ("the rest of viewer", ("viewer",)),
    ("msgspec", ("msgspec",)),
)
THE_REST: Final = "Python's standard library"


class Import(NamedTuple):
    """One module: its own time and the time with all that it brought, in ms; `depth` tells who asked for it."""

    name: str
    own: float
    whole: float
    depth: int


class Branch(NamedTuple):
    """One module with those that it brought."""

    module: Import
    brought: tuple[Branch, ...]


def imports_in(said: str) -> list[Import]:
    """What `-X importtime` has said, up to the line that ends the start: what is brought comes before what brings."""
    before, _, _ = said.partition(END_OF_START)
    return [Import(found[4], int(found[1]) / 1000, int(found[2]) / 1000, (len(found[3]) - 1) // 2)
            for found in _LINE.finditer(before)]


def least(runs: Sequence[Sequence[Import]]) -> list[Import]:
    """The modules of the quickest run, each with the least time of its own that it took in any of them."""
    quickest = min(runs, key=lambda run: sum(one.own for one in run))
    own: dict[str, float] = {}
    for one in (one for run in runs for one in run):
        own[one.name] = min(one.own, own.get(one.name, one.own))
    return [one._replace(own=own[one.name]) for one in quickest]


def family_of(name: str) -> str:
    """Whose module it is."""
    for family, roots in FAMILIES:
        if any(name == root or name.startswith(f"{root}.") for root in roots):
            return family
    return THE_REST


def by_family(imports: Iterable[Import]) -> dict[str, list[Import]]:
    """The modules of each family, the dearest first."""
    families: dict[str, list[Import]] = {family: [] for family in (*(name for name, _ in FAMILIES), THE_REST)}
    for one in sorted(imports, key=lambda one: (-one.own, one.name)):
        families[family_of(one.name)].append(one)
    return families


def grown(imports: Iterable[Import]) -> tuple[Branch, ...]:
    """The modules as trees, in the order in which they were done."""
    waiting: dict[int, list[Branch]] = {}
    for one in imports:
        branch = Branch(one, tuple(waiting.pop(one.depth + 1, ())))
        waiting.setdefault(one.depth, []).append(branch)
    return tuple(waiting.get(0, ()))


def table(told: Mapping[str, Sequence[Import]], *, dear: float) -> str:
    """A table in Markdown: for each family its modules and milliseconds by the columns of `told`.

    Of the last column those are named that take `dear` milliseconds of their own or more; the others are summed up.
    """
    columns = {name: by_family(imports) for name, imports in told.items()}
    *_, last = columns.values()
    lines = [f"|  | {' | '.join(f'{name}: modules | ms' for name in columns)} | dearest, ms of their own |",
             f"|---|{'---:|---:|' * len(columns)}---|"]
    for family, modules in last.items():
        figures = [f"{len(groups[family])} | {_sum(groups[family]):.1f}" for groups in columns.values()]
        lines.append(f"| {family} | {' | '.join(figures)} | {_named(modules, dear)} |")
    totals = [f"{len(imports)} | {_sum(imports):.1f}" for imports in told.values()]
    return "\n".join([*lines, f"| all | {' | '.join(totals)} | |"])


def _sum(imports: Iterable[Import]) -> float:
    return sum(one.own for one in imports)


def _named(imports: Sequence[Import], dear: float) -> str:
    named = [f"{one.name.removeprefix('shibokensupport.')} {one.own:.1f}" for one in imports if one.own >= dear]
    others = [one for one in imports if one.own < dear]
    rest = [f"{len(others)} others {_sum(others):.1f}"] if others else []
    return ", ".join([*named, *rest])
