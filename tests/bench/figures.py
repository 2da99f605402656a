"""The figures: collected, boiled down to medians and 95th percentiles, and put beside each other."""

from __future__ import annotations

import os
import platform
import shutil
import statistics
import subprocess
import time
from importlib import metadata
from typing import TYPE_CHECKING, Any, Final

from PIL import Image

from tests.bench.program import OURS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from tests.bench.program import Viewer

MACHINE: Final = "machine"
"""Under this name stands what is measured of the machine and not of a program."""

YARDSTICK: Final = "yardstick: 24 MP decoded at 1/2 in one process, ms"

_MANY: Final = 10
"""Of so many values the 95th percentile is told, of fewer the range."""

_THE_MORE_THE_BETTER: Final = ("a second", "pictures shown", "in full detail", "slides moved")
_PIECES: Final = ("PySide6-Essentials", "Pillow", "msgspec")


class Sheet:
    """Values by figure and program. A figure's name says what it is and in which unit."""

    def __init__(self) -> None:
        self._values: dict[str, dict[str, list[float]]] = {}
        self.doubts: list[str] = []
        self.left_out: dict[str, str] = {}
        """Programs that failed, and at what."""

    def note(self, viewer: str, figure: str, *values: float) -> None:
        """Add values."""
        self._values.setdefault(figure, {}).setdefault(viewer, []).extend(values)

    def doubt(self, sentence: str) -> None:
        """Add something that makes the figures doubtful."""
        if sentence not in self.doubts:
            self.doubts.append(sentence)

    def as_data(self) -> dict[str, dict[str, dict[str, Any]]]:
        """Median, p95, least, most and number of values, and the values, by figure and program."""
        return {
            figure: {viewer: boiled_down(values) for viewer, values in by_viewer.items()}
            for figure, by_viewer in self._values.items()
        }


def table(data: Mapping[str, Mapping[str, Mapping[str, Any]]]) -> str:
    """A Markdown table of `Sheet.as_data`: the median, with the least and the most, or of many values the 95th
    percentile; after it, how many times Liftoff's median it is. The best of the others is in bold type, and the last
    column tells how many times that Liftoff's is.
    """
    names = list(dict.fromkeys(name for by_viewer in data.values() for name in by_viewer))
    others = [name for name in names if name not in (MACHINE, OURS)]
    names = [name for name in (OURS, *others, MACHINE) if name in names]
    rows = [["figure", *names, *(["to the best"] if others else [])]]
    rows.append(["---"] * len(rows[0]))
    for figure, by_viewer in data.items():
        medians = {name: by_viewer[name]["median"] for name in names if name in by_viewer and name != MACHINE}
        best = best_peer(figure, medians)
        cells = []
        for name in names:
            cell = told(by_viewer[name]) if name in by_viewer else ""
            if name in others and cell:
                cell = f"{f'**{cell}**' if name == best else cell}{_times(medians[name], medians.get(OURS))}"
            cells.append(cell)
        if others:
            cells.append(ratio(medians.get(OURS), medians.get(best or "")))
        rows.append([figure, *cells])
    return markdown(rows)


def markdown(rows: Sequence[Sequence[str]]) -> str:
    """A table of Markdown."""
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def best_peer(figure: str, medians: Mapping[str, float]) -> str | None:
    """Who of the others is the best at `figure`; None where there is nobody."""
    others = {name: value for name, value in medians.items() if name not in (OURS, MACHINE)}
    if not others:
        return None
    return (max if more_is_better(figure) else min)(others, key=lambda name: others[name])


def more_is_better(figure: str) -> bool:
    """Whether of this figure more is better: most are times or memory."""
    return any(words in figure for words in _THE_MORE_THE_BETTER)


def ratio(ours: float | None, theirs: float | None) -> str:
    """How many times theirs ours is; nothing where that says nothing."""
    return "" if ours is None or not theirs else f"{ours / theirs:.2f}"


def _times(value: float, ours: float | None) -> str:
    return "" if not ours or not value else f" ×{value / ours:.2f}"


def boiled_down(values: Sequence[float]) -> dict[str, Any]:
    """What is told of a row of values."""
    ordered = sorted(values)
    return {
        "median": statistics.median(ordered), "p95": ordered[min(len(ordered) - 1, int(len(ordered) * 0.95))],
        "least": ordered[0], "most": ordered[-1], "count": len(ordered), "values": list(values),
    }


def machine(viewers: Sequence[Viewer] = ()) -> dict[str, Any]:
    """What the figures hold for: the system, what Liftoff stands on, and the packages of the other programs."""
    packages = {viewer.name: version for viewer in viewers if (version := _package_version(viewer.name))}
    return {
        "system": f"{platform.system()} {platform.release()} {platform.machine()}", "cores": os.cpu_count(),
        "memory_gib": round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30, 1),
        "python": platform.python_version(), **{name: metadata.version(name) for name in _PIECES}, **packages,
    }


def load() -> float:
    """How many processes have wanted to run in the last minute, on average; more than a bench's own is disturbance."""
    return os.getloadavg()[0]


def yardstick(photo: Path) -> float:
    """Milliseconds for the decoding of `photo` at half its size in this process: the machine's own pace, now."""
    begin = time.perf_counter()
    with Image.open(photo) as image:
        image.draft("RGB", (1620, 1080))
        image.load()
    return (time.perf_counter() - begin) * 1000


def told(figure: Mapping[str, Any]) -> str:
    """One cell of a table."""
    if figure["count"] == 1:
        return short(figure["median"])
    if figure["count"] < _MANY:
        return f"{short(figure['median'])} ({short(figure['least'])} to {short(figure['most'])})"
    return f"{short(figure['median'])}, p95 {short(figure['p95'])}"


def short(value: float) -> str:
    """`value` with a digit after the point where it is small."""
    return f"{value:.1f}" if 0 < abs(value) < 30 and value != round(value) else f"{value:.0f}"


def _package_version(name: str) -> str:
    """The version of a Debian package; empty where there is none, or no Debian."""
    if shutil.which("dpkg-query") is None:
        return ""
    done = subprocess.run(["dpkg-query", "-W", "-f", "${Version}", name], capture_output=True, text=True, timeout=10,
                          check=False)
    return done.stdout.strip() if done.returncode == 0 else ""
