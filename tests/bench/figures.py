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
    from collections.abc import Sequence
    from pathlib import Path

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

    def as_table(self) -> str:
        """A Markdown table: median / 95th percentile (number of values), and how many times the reference's."""
        data = self.as_data()
        names = list(dict.fromkeys(name for by_viewer in data.values() for name in by_viewer))
        rows = [["figure", *names, *(["ratio"] if len(names) > 1 else [])]]
        for figure, by_viewer in data.items():
            cells = [_cell(by_viewer.get(name)) for name in names]
            if len(names) > 1:
                first, second = (by_viewer.get(name) for name in names[:2])
                cells.append(f"{first['median'] / second['median']:.2f}" if first and second and second["median"]
                             else "")
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


def _cell(figure: dict[str, float] | None) -> str:
    if figure is None:
        return ""
    if figure["count"] == 1:
        return _short(figure["median"])
    return f"{_short(figure['median'])} / {_short(figure['p95'])} ({figure['count']:.0f})"


def _short(value: float) -> str:
    return f"{value:.1f}" if abs(value) < 30 else f"{value:.0f}"
