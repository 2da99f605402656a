"""`python -m tests.bench [BENCH ...]`: measures the whole program from outside and prints a table."""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from tests.bench import paging, resting, starting
from tests.bench.desk import Desk
from tests.bench.figures import MACHINE, Sheet, load, machine, table, yardstick
from tests.bench.material import Material
from tests.bench.program import liftoff, reference_viewer
from tests.bench.screen import NotPossible, Screen

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tests.bench.program import Viewer


class Bench(NamedTuple):
    """A benchmark; `for_all`: any viewer of pictures can be measured by it."""

    run: Callable[[Desk, Viewer], None]
    for_all: bool


BENCHES: Final = {
    "start": Bench(starting.start, True),
    "window": Bench(starting.window, False),
    "jump": Bench(starting.jump, True),
    "page": Bench(paging.page, True),
    "page-window": Bench(paging.page_window, False),
    "hold": Bench(paging.hold, True),
    "hold-window": Bench(paging.hold_window, False),
    "flat-out": Bench(paging.flat_out, True),
    "idle": Bench(resting.idle, True),
    "fade": Bench(resting.fade, False),
    "thumbnails": Bench(resting.thumbnails, False),
    "turns": Bench(resting.turns, False),
    "steps": Bench(resting.steps, False),
}


def main(words: Sequence[str] | None = None) -> int:
    """Measure; 0 even where figures are bad, 2 where something is missing."""
    asked = _parser().parse_args(words)
    unknown = [name for name in asked.bench if name not in BENCHES]
    if unknown:
        _say(f"there is no benchmark {unknown[0]!r}; there are: {', '.join(BENCHES)}")
        return 2
    try:
        return _measure(asked, asked.bench or list(BENCHES))
    except NotPossible as reason:
        _say(str(reason))
        return 2


def _measure(asked: argparse.Namespace, names: list[str]) -> int:
    ours, reference = liftoff(asked.liftoff), None if asked.alone else reference_viewer()
    if reference is None and not asked.alone:
        _say("feh is not installed: nothing is measured beside it (apt-get install feh)")
    viewers = [viewer for viewer in (ours, reference) if viewer is not None]
    sheet, material = Sheet(), Material(asked.pictures, _say)
    photo = next(material.small_set().glob("*.jpg"))
    loads = [load()]
    began = time.strftime("%Y-%m-%d %H:%M")
    with Screen() as screen:
        desk = Desk(screen, material, sheet, quick=asked.quick, full=asked.full, say=_say)
        for count in range(1, asked.rounds + 1):
            for name in names:
                sheet.note(MACHINE, "yardstick: 24 MP decoded at 1/2 in one process, ms", yardstick(photo))
                for viewer in viewers if BENCHES[name].for_all else [ours]:
                    _say(f"round {count} of {asked.rounds}: {name}, {viewer.name} (load {load():.1f})")
                    BENCHES[name].run(desk, viewer)
            loads.append(load())
    facts = machine() | {"began": began, "rounds": asked.rounds, "loads": [round(one, 2) for one in loads]}
    for doubt in sheet.doubts:
        _say(f"in doubt: {doubt}")
    told = ", ".join(f"{key} {value}" for key, value in facts.items())
    sys.stdout.write(f"{table(sheet.as_data())}\n\n{told}\n")
    if asked.json is not None:
        data = {"machine": facts, "figures": sheet.as_data(), "doubts": sheet.doubts}
        asked.json.write_text(json.dumps(data, indent=1) + "\n", encoding="utf-8")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description="Measures Liftoff from outside.")
    parser.add_argument("bench", nargs="*", help=f"which benchmarks: {', '.join(BENCHES)} (default: all)")
    parser.add_argument("--rounds", type=int, default=3, help="how often each is run, in turns (default: 3)")
    parser.add_argument("--quick", action="store_true", help="fewer repetitions: for a first look only")
    parser.add_argument("--full", action="store_true", help="also 20,000 files, and 1,000 photos instead of 200")
    parser.add_argument("--alone", action="store_true", help="measure nothing beside it, even where feh is installed")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write all figures there")
    parser.add_argument("--liftoff", metavar="COMMAND", help="the program to measure (default: the installed one)")
    parser.add_argument("--pictures", type=Path, default=Path(tempfile.gettempdir()) / "liftoff-bench",
                        help="where the pictures are made and kept, about 700 MB (default: %(default)s)")
    return parser


def _say(sentence: str) -> None:
    sys.stderr.write(f"{sentence}\n")
    sys.stderr.flush()


if __name__ == "__main__":
    sys.exit(main())
