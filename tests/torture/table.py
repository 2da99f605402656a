"""`python -m tests.torture.table FILE.json ...`: what the torture found, as the table of the documentation.

Several files are read as one run: the parts of the later ones count. What was not run has a dash.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    Report: TypeAlias = Mapping[str, Mapping[str, Any]]

AIMS: Final[dict[str, float]] = {
    "event loop, longest gap ms": 100, "event loop, 99 % ms": 20, "recovery, longest ms": 300, "memory growth, MiB": 10,
    "growth, bytes a slide": 100,
}
"""The most that each figure should be."""

WITHOUT: Final = ", without the sandbox"
_NONE: Final = "–"


def markdown(report: Report) -> str:
    """`report`, as `--json` writes it, as a table in Markdown."""
    rows = [("what", "aim", "found"), ("---", "---", "---"), *_rows(report)]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def _rows(report: Report) -> Iterator[tuple[str, str, str]]:
    parts = {name: figures for name, figures in report.items() if name != "dose"}
    confined = {name: figures for name, figures in parts.items() if not name.endswith(WITHOUT)}
    yield "exits of the viewer", "0", _sum(parts, "exit status", lambda status: int(bool(status)))
    yield "hangs", "0", _sum(parts, "hangs", int)
    yield "not as foreseen", "0", _sum(parts, "not as foreseen", len)
    for what in ("children", "threads", "frames", "descriptors"):
        label = "pieces of shared memory" if what == "frames" else "descriptors of processes and pictures" \
            if what == "descriptors" else what
        yield f"{label} left behind", "0", _sum(parts, f"{what} left", int)
    yield "longest gap of the event loop, ms", "100", _most(confined, "event loop, longest gap ms")
    yield "99 % of its gaps, ms", "20", _most(confined, "event loop, 99 % ms")
    yield "longest gap and 99 %, by part, ms", "", ", ".join(
        f"{name} {figures['event loop, longest gap ms']} and {figures['event loop, 99 % ms']}"
        for name, figures in confined.items() if "event loop, 99 % ms" in figures) or _NONE
    yield "picture after a worker's end: median, 99 %, longest, ms", "300", " / ".join(
        _of(parts, "kills", f"recovery, {which} ms") for which in ("median", "99 %", "longest"))
    yield "workers lost to signals; to their own faults", "", "; ".join(
        _of(parts, part, "workers lost") for part in ("kills", "sabotage"))
    for part in ("mutants", "hostile", "changing", "kills", "sabotage"):
        yield f"memory growth, {part}, MiB", "10", _of(parts, part, "memory growth, MiB")
    yield "pictures shown or passed over: mutants", "all", _outcomes(parts, "mutants", "outcomes")
    yield "pictures shown or passed over: hostile files, twice", "as foreseen", _outcomes(parts, "hostile", "outcomes")
    yield "done by hands, in so many windows", "", "; ".join(
        _of(parts, "hands", figure) for figure in ("deeds", "windows"))
    yield "files that change meanwhile: shown in the end", "all", _of(parts, "changing", "came back")
    for part in ("mutants", "hostile"):
        unlike = parts.get(part, {}).get("unlike without the sandbox")
        yield f"{part}: unlike without the sandbox", "0", _NONE if unlike is None else str(len(unlike))
        yield f"{part}: workers' processor time for a slide, with and without it, ms", "", " / ".join(
            _for_each(parts.get(name, {})) for name in (part, part + WITHOUT))
        yield f"{part}: a slide, median, with and without it, ms", "", " / ".join(
            _of(parts, name, "a slide, median ms") for name in (part, part + WITHOUT))
    show = parts.get("long-show", {})
    yield "slides in a row; a second", "100,000", "; ".join(
        _of(parts, "long-show", figure) for figure in ("slides", "slides a second"))
    yield "growth, bytes a slide", "100", _of(parts, "long-show", "growth, bytes a slide")
    yield "growth, objects a slide", "0", _of(parts, "long-show", "growth, objects a slide")
    yield "own memory at the beginning and the end, MiB", "", _ends(show.get("own memory, MiB"))
    yield "threads; descriptors, fewest and most", "flat", \
        "; ".join(" to ".join(map(str, show.get(figure, [_NONE]))) for figure in ("threads", "descriptors"))


def _sum(parts: Report, figure: str, counted: Callable[[Any], int]) -> str:
    found = [counted(figures[figure]) for figures in parts.values() if figure in figures]
    return str(sum(found)) if found else _NONE


def _most(parts: Report, figure: str) -> str:
    """The largest of all parts, and which one it was."""
    found = [(figures[figure], name) for name, figures in parts.items() if figure in figures]
    return "{} ({})".format(*max(found)) if found else _NONE


def _of(parts: Report, part: str, figure: str) -> str:
    return str(parts.get(part, {}).get(figure, _NONE))


def _outcomes(parts: Report, part: str, figure: str) -> str:
    found = parts.get(part, {}).get(figure, {})
    return ", ".join(f"{times} {outcome}" for outcome, times in found.items()) or _NONE


def _for_each(figures: Mapping[str, Any]) -> str:
    used, slides = figures.get("workers, processor ms"), figures.get("slides")
    return _NONE if used is None or not slides else str(round(used / slides, 2))


def _ends(marks: list[float] | None) -> str:
    return f"{marks[0]} / {marks[-1]}" if marks else _NONE


def main() -> int:
    """Read the files that are named, and print the table."""
    report: dict[str, Any] = {}
    for name in sys.argv[1:]:
        report |= json.loads(Path(name).read_text())
    print(markdown(report))  # noqa: T201 - what the command is for
    return 0


if __name__ == "__main__":
    sys.exit(main())
