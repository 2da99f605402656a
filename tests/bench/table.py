"""`python -m tests.bench.table FILE.json [FILE.json ...]`: the table of the documentation, from one run or several.

A figure is the median over the runs of each run's median; the range, and the 95th percentile, are those of all values.
"""

from __future__ import annotations

import json
import statistics
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from tests.bench.figures import MACHINE, YARDSTICK, best_peer, boiled_down, markdown, ratio, told
from tests.bench.paging import PRESSES
from tests.bench.program import OURS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


class Row(NamedTuple):
    """A row: the aim's number, what to call the figure, its name in a run, and the aim."""

    number: str
    label: str
    figure: str
    aim: str = ""


ROWS: Final = (
    Row("P1", "start on S", "start on S, ms", "ratio to feh 1.0"),
    Row("", "start on S, the first time ever", "start on S the first time ever, ms"),
    Row("", "start on the launch gallery", "start on the launch gallery, ms"),
    Row("P2", "page on S, a second on each: right", "page on S: right, ms"),
    Row("", "page on S, a second on each: sharp", "page on S: sharp, ms", "8 (p95 16)"),
    Row("", "the same in a window: sharp", "page on S in a window: sharp, ms", "8 (p95 16)"),
    Row("P3", "cold jump on S: right", "cold jump on S: right, ms", "16"),
    Row("", "cold jump on S: sharp", "cold jump on S: sharp, ms", "105"),
    Row("", "the same in a window: right", "cold jump on S in a window: right, ms", "16"),
    Row("", "the same in a window: sharp", "cold jump on S in a window: sharp, ms", "105"),
    Row("", "the last one just after the start: right", "End after the start on S: right, ms"),
    Row("", "the last one just after the start: sharp", "End after the start on S: sharp, ms"),
    Row("P4", f"key held on M: pictures shown of {PRESSES}", f"key held on M: pictures shown of {PRESSES}", "140"),
    Row("", "key held on M: slides moved", "key held on M: slides moved in all", "all"),
    Row("", "key held on M: longest without a new picture", "key held on M: longest without a new picture, ms"),
    Row("", "key held on M: lag after release to sharp", "key held on M: lag after release to sharp, ms", "60"),
    Row("", f"the same in a window: pictures shown of {PRESSES}",
        f"key held on M in a window: pictures shown of {PRESSES}", "140"),
    Row("", "the same in a window: lag", "key held on M in a window: lag after release to sharp, ms", "60"),
    Row("P5", "flat out on M, sharp pages a second", "flat out on M, sharp pages a second", "30"),
    Row("P6", "memory after S, PSS, MiB", "memory after S, PSS MiB", "180"),
    Row("", "memory after S, RSS, MiB", "memory after S, RSS MiB"),
    Row("", "memory after 200 of M, PSS, MiB", "memory after 200 of M, PSS MiB", "180"),
    Row("", "memory after 200 of M, RSS, MiB", "memory after 200 of M, RSS MiB"),
    Row("", "at rest on S, PSS, MiB", "memory at rest on S, PSS MiB", "180"),
    Row("", "at rest after 200 of M, PSS, MiB", "memory at rest after 200 of M, PSS MiB", "180"),
    Row("", "at rest after 100 MP, PSS, MiB", "memory at rest after 100 MP, opened and left, PSS MiB", "180"),
    Row("", "at rest on 100,000 files, PSS, MiB", "memory at rest on a folder of 100,000, PSS MiB", "on S + 10"),
    Row("", "at rest on 100,000 slides, PSS, MiB", "memory at rest on a manifest of 100,000, PSS MiB", "on S + 10"),
    Row("P7", "start on L", "start on L, ms", "150"),
    Row("", "start on a manifest of 11 slides", "start on a manifest of 11, ms"),
    Row("", "start on a manifest of 100,000 slides", "start on a manifest of 100,000, ms", "1.25 times that of 11"),
    Row("P8", "1,000 thumbnails of M from nothing, s", "1000 thumbnails of M from nothing, s", "20"),
    Row("", "thumbnails of M from nothing, a second", "thumbnails a second", "50"),
    Row("", "start in a window on M, to the picture", "start in a window on M, ms"),
    Row("", "to the last thumbnail in view", "start in a window on M to the last thumbnail in view, ms", "300"),
    Row("P9", "crossfade, frames a second", "crossfade, frames a second", "60"),
    Row("", "crossfade, longest gap", "crossfade, longest gap, ms", "20"),
    Row("P10", "idle on a still, % of a core", "idle on a still, % of a core", "0.0"),
    Row("", "paused, % of a core", "paused, % of a core", "0.0"),
    Row("", "playing, between pictures, % of a core", "playing, between pictures, % of a core", "under 1"),
    *(
        Row("P11" if number == 0 else "", f"event loop held up longest, {what}",
            f"event loop held up longest, {what}, ms", "16")
        for number, what in enumerate(
            f"{doing}{place}" for place in ("", " in a window")
            for doing in ("paging S", "key held on M", "crossfades on S")
        )
    ),
    *(
        Row("P12" if (number, megapixels) == (0, 24) else "", name.format(megapixels),
            f"{name.format(megapixels)}{unit}", aim)
        for megapixels in (24, 100)
        for number, (name, unit, aim) in enumerate((
            ("actual size of {} MP: full pixels", ", ms", "250"), ("panning in {} MP, frames a second", "", "60"),
            ("panning in {} MP, longest gap", ", ms", "20"),
        ))
    ),
    Row("—", "the machine: 24 MP decoded at 1/2", YARDSTICK),
)


def combined(runs: Sequence[Mapping[str, Any]]) -> dict[str, dict[str, dict[str, Any]]]:
    """The figures of several runs as those of one."""
    found: dict[str, dict[str, list[Mapping[str, Any]]]] = {}
    for run in runs:
        for figure, by_viewer in run["figures"].items():
            for viewer, boiled in by_viewer.items():
                found.setdefault(figure, {}).setdefault(viewer, []).append(boiled)
    return {
        figure: {
            viewer: boiled_down([value for one in several for value in one["values"]])
            | {"median": statistics.median(one["median"] for one in several)}
            for viewer, several in by_viewer.items()
        }
        for figure, by_viewer in found.items()
    }


def documentation(runs: Sequence[Mapping[str, Any]]) -> str:
    """The table: a row for each of `ROWS` that was measured, a column for each program; the best peer in bold type."""
    data = combined(runs)
    peers = list(dict.fromkeys(
        name for run in runs for by_viewer in run["figures"].values() for name in by_viewer
        if name not in (OURS, MACHINE)
    ))
    lines = [["", "", "Liftoff", *peers, *(["to the best"] if peers else []), "aim"]]
    lines.append(["---"] * len(lines[0]))
    number = ""
    for row in ROWS:
        by_viewer = data.get(row.figure, {})
        number = row.number or number
        if not by_viewer:
            continue
        medians = {name: boiled["median"] for name, boiled in by_viewer.items() if name != MACHINE}
        best = best_peer(row.figure, medians)
        cells = [told(by_viewer[name]) if name in by_viewer else "" for name in peers]
        bold = [f"**{cell}**" if name == best else cell for name, cell in zip(peers, cells, strict=True)]
        ours = by_viewer.get(OURS) or by_viewer.get(MACHINE)
        against = [ratio(medians.get(OURS), medians.get(best or ""))] if peers else []
        lines.append([number, row.label, told(ours) if ours else "", *bold, *against, row.aim])
        number = ""
    return markdown(lines)


def main(words: Sequence[str]) -> int:
    """Print it; 2 where a file cannot be read."""
    if not words:
        sys.stderr.write("python -m tests.bench.table FILE.json [FILE.json ...]\n")
        return 2
    try:
        runs = [json.loads(Path(word).read_text(encoding="utf-8")) for word in words]
    except (OSError, ValueError) as error:
        sys.stderr.write(f"{error}\n")
        return 2
    sys.stdout.write(f"{documentation(runs)}\n")
    for run in runs:
        told_facts = ", ".join(f"{key} {value}" for key, value in run["machine"].items())
        sys.stdout.write(f"\n{told_facts}\n")
        for sentence in (*run["doubts"], *(f"left out: {name}, {why}" for name, why in run["left_out"].items())):
            sys.stdout.write(f"- {sentence}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
