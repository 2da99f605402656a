"""The figures: collected, boiled down to medians and 95th percentiles, and put beside each other."""

from __future__ import annotations

import os
import platform
import statistics
import time
from importlib import metadata
from typing import TYPE_CHECKING, Any, Final

from PIL import Image

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

MACHINE: Final = "machine"
"""Under this name stands what is measured of the machine and not of a program."""

_MANY: Final = 20
_PIECES: Final = ("PySide6-Essentials", "Pillow", "msgspec")


class Sheet:
    """Values by figure and program. A figure's name says what it is and in which unit."""

    def __init__(self) -> None:
        self._values: dict[str, dict[str, list[float]]] = {}
        self.doubts: list[str] = []

    def note(self, viewer: str, figure: str, *values: float) -> None:
        """Add values."""
        self._values.setdefault(figure, {}).setdefault(viewer, []).extend(values)

    def doubt(self, sentence: str) -> None:
        """Add something that makes the figures doubtful."""
        if sentence not in self.doubts:
            self.doubts.append(sentence)

    def as_data(self) -> dict[str, dict[str, dict[str, float]]]:
        """Median, p95, least, most and number of values, by figure and program."""
        return {
            figure: {viewer: boiled_down(values) for viewer, values in by_viewer.items()}
            for figure, by_viewer in self._values.items()
        }


def table(data: Mapping[str, Mapping[str, Mapping[str, float]]]) -> str:
    """A Markdown table of `Sheet.as_data`: the median, with the least and the most, or of many values the 95th
    percentile; and how many times the reference's median ours is.
    """
    names = list(dict.fromkeys(name for by_viewer in data.values() for name in by_viewer))
    compared = [name for name in names if name != MACHINE][:2]
    rows = [["figure", *names, *(["ratio"] if len(compared) > 1 else [])]]
    for figure, by_viewer in data.items():
        cells = [_cell(by_viewer.get(name)) for name in names]
        if len(compared) > 1:
            ours, theirs = (by_viewer.get(name) for name in compared)
            both = ours is not None and theirs is not None and theirs["median"] > 0
            cells.append(f"{ours['median'] / theirs['median']:.2f}" if both and ours and theirs else "")
        rows.append([figure, *cells])
    rows.insert(1, ["---"] * len(rows[0]))
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def boiled_down(values: Sequence[float]) -> dict[str, float]:
    """What is told of a row of values."""
    ordered = sorted(values)
    return {
        "median": statistics.median(ordered), "p95": ordered[min(len(ordered) - 1, int(len(ordered) * 0.95))],
        "least": ordered[0], "most": ordered[-1], "count": len(ordered),
    }


def machine() -> dict[str, Any]:
    """What the figures hold for."""
    return {
        "system": f"{platform.system()} {platform.release()} {platform.machine()}", "cores": os.cpu_count(),
        "memory_gib": round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30, 1),
        "python": platform.python_version(), **{name: metadata.version(name) for name in _PIECES},
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


def _cell(figure: Mapping[str, float] | None) -> str:
    if figure is None:
        return ""
    if figure["count"] == 1:
        return _short(figure["median"])
    if figure["count"] < _MANY:
        return f"{_short(figure['median'])} ({_short(figure['least'])} to {_short(figure['most'])})"
    return f"{_short(figure['median'])}, p95 {_short(figure['p95'])}"


def _short(value: float) -> str:
    return f"{value:.1f}" if 0 < abs(value) < 30 and value != round(value) else f"{value:.0f}"
