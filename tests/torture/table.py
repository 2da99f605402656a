"""`python -m tests.torture.table FILE.json ...`: the figures as the table of docs/robustness.md.

Several files are merged, later ones overriding parts of earlier ones. Parts that were not run have a dash.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    Report: TypeAlias = Mapping[str, Mapping[str, Any]]

TARGETS: Final[dict[str, float]] = {
    "event loop, longest gap ms": 100, "event loop, 99 % ms": 20, "recovery, longest ms": 300, "memory growth, MiB": 10,
    "growth, bytes a slide": 100,
}
"""Largest acceptable value of each figure."""

TO_PICTURE: Final = "times, median and longest seconds: "
"""How the figures begin that say how long it takes an unattended screen to have a picture again, after what."""

RATE: Final = "slides a second, while it plays"

WITHOUT: Final = ", without the sandbox"
_NONE: Final = "–"


def markdown(report: Report) -> str:
    """`report`, as `--json` writes it, as a table in Markdown."""
    rows = [("figure", "target", "measured"), ("---", "---", "---"), *_rows(report)]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def _rows(report: Report) -> Iterator[tuple[str, str, str]]:
    parts = {name: figures for name, figures in report.items() if name != "workload"}
    confined = {name: figures for name, figures in parts.items() if not name.endswith(WITHOUT)}
    yield "exits of the viewer", "0", _sum(parts, "exit status", lambda status: int(bool(status)))
    yield "hangs", "0", _sum(parts, "hangs", int)
    yield "unexpected", "0", _sum(parts, "unexpected", len)
    for what in ("children", "threads", "buffers", "descriptors"):
        label = {"buffers": "shared memory buffers", "descriptors": "descriptors of IPC"}.get(what, what)
        yield f"{label} left behind", "0", _sum(parts, f"{what} left", int)
    yield "longest event-loop latency, ms", "100", _most(confined, "event loop, longest gap ms")
    yield "event-loop latency, 99th percentile, ms", "20", _most(confined, "event loop, 99 % ms")
    yield "longest and 99th percentile, by part, ms", "", ", ".join(
        f"{name} {figures['event loop, longest gap ms']} and {figures['event loop, 99 % ms']}"
        for name, figures in confined.items() if "event loop, 99 % ms" in figures) or _NONE
    yield "picture after a worker was killed: median, 99 %, longest, ms", "300", " / ".join(
        _of(parts, "kills", f"recovery, {which} ms") for which in ("median", "99 %", "longest"))
    yield "workers lost to signals; to injected faults", "", "; ".join(
        _of(parts, part, "workers lost") for part in ("kills", "worker-faults"))
    for part in ("mutants", "hostile", "changing", "kills", "worker-faults"):
        yield f"memory growth, {part}, MiB", "10", _of(parts, part, "memory growth, MiB")
    yield "outcomes: mutants", "all", _outcomes(parts, "mutants", "outcomes")
    yield "outcomes: hostile files, twice", "as expected", _outcomes(parts, "hostile", "outcomes")
    yield "random input events; windows", "", "; ".join(
        _of(parts, "random-input", figure) for figure in ("events", "windows"))
    yield "files that changed while read: shown in the end", "all", _of(parts, "changing", "came back")
    for part in ("mutants", "hostile"):
        unlike = parts.get(part, {}).get("different without the sandbox")
        yield f"{part}: different without the sandbox", "0", _NONE if unlike is None else str(len(unlike))
        yield f"{part}: workers' processor time for a slide, with and without it, ms", "", " / ".join(
            _for_each(parts.get(name, {})) for name in (part, part + WITHOUT))
        yield f"{part}: a slide, median, with and without it, ms", "", " / ".join(
            _of(parts, name, "a slide, median ms") for name in (part, part + WITHOUT))
    show = parts.get("long-show", {})
    yield "consecutive slides; per second", "100,000", "; ".join(
        _of(parts, "long-show", figure) for figure in ("slides", "slides a second"))
    yield "growth, bytes a slide", "100", _of(parts, "long-show", "growth, bytes a slide")
    yield "growth, objects a slide", "0", _of(parts, "long-show", "growth, objects a slide")
    yield "private memory at the beginning and the end, MiB", "", _ends(show.get("own memory, MiB"))
    yield "threads; descriptors, fewest and most", "flat", \
        "; ".join(" to ".join(map(str, show.get(figure, [_NONE]))) for figure in ("threads", "descriptors"))
    kiosk = parts.get("kiosk", {})
    yield "unattended screen: slides; painted; a second", "100,000", "; ".join(
        _of(parts, "kiosk", figure) for figure in ("slides", "painted", RATE))
    for key in kiosk:
        if key.startswith(TO_PICTURE):
            yield f"unattended screen: {key}", "", _of(parts, "kiosk", key)
    for whose in ("", " of the workers", " of the supervisor"):
        yield f"unattended screen: growth{whose}, bytes a slide", "100", _of(
            parts, "kiosk", f"growth{whose}, bytes a slide")


def _sum(parts: Report, figure: str, counted: Callable[[Any], int]) -> str:
    found = [counted(figures[figure]) for figures in parts.values() if figure in figures]
    return str(sum(found)) if found else _NONE


def _most(parts: Report, figure: str) -> str:
    """The largest of all parts, and its part."""
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
    """Print the table of the given files."""
    report: dict[str, Any] = {}
    for name in sys.argv[1:]:
        report |= json.loads(Path(name).read_text())
    print(markdown(report))  # noqa: T201 - what the command is for
    return 0


if __name__ == "__main__":
    sys.exit(main())
