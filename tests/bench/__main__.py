"""`python -m tests.bench [BENCH ...]`: measures the whole program from outside and prints a table."""

from __future__ import annotations

import argparse
import json
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from PIL import Image

from tests.bench.desk import Desk
from tests.bench.figures import MACHINE, YARDSTICK, Sheet, load, machine, table, yardstick
from tests.bench.material import HUGE, Material
from tests.bench.peers import PEERS, installed
from tests.bench.plan import BENCHES, minutes, turns
from tests.bench.program import liftoff
from tests.bench.screen import NotPossible, Screen

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.bench.plan import Turn
    from tests.bench.program import Viewer


def main(words: Sequence[str] | None = None) -> int:
    """Measure; 0 even where figures are bad, 2 where something is missing."""
    asked = _parser().parse_args(words)
    unknown = [name for name in asked.bench if name not in BENCHES]
    if unknown:
        _say(f"there is no benchmark {unknown[0]!r}; there are: {', '.join(BENCHES)}")
        return 2
    signal.signal(signal.SIGTERM, _leave)  # then too everything that was started is ended, and told
    try:
        return _measure(asked, asked.bench or list(BENCHES))
    except (NotPossible, ValueError) as reason:
        _say(str(reason))
        return 2


def _measure(asked: argparse.Namespace, names: list[str]) -> int:
    viewers = [liftoff(asked.liftoff), *_peers(asked)]
    planned = list(turns(names, viewers, asked.rounds))
    _say(f"{len(planned)} measurements of {', '.join(viewer.name for viewer in viewers)}: "
         f"about {minutes(planned):.0f} minutes, and longer where pictures have to be made first")
    Image.MAX_IMAGE_PIXELS = 2 * HUGE[0] * HUGE[1]  # they are our own, and one of them is that large
    sheet, material = Sheet(), Material(asked.pictures, _say)
    photo = material.small_set() / "00000.jpg"
    loads, spent = [load()], dict[str, float]()
    began, begun = time.strftime("%Y-%m-%d %H:%M"), time.perf_counter()
    with Screen() as screen:
        desk = Desk(screen, material, sheet, quick=asked.quick, full=asked.full, say=_say, shots=asked.shots)
        try:
            for turn in planned:
                if turn.viewer.name in sheet.left_out:
                    continue
                sheet.note(MACHINE, YARDSTICK, yardstick(photo))
                loads.append(load())
                _say(f"round {turn.round}: {turn.name}, {turn.viewer.name} (load {loads[-1]:.1f})")
                since = time.perf_counter()
                _take(desk, turn)
                key = f"{turn.name}, {turn.viewer.name}"
                spent[key] = round(spent.get(key, 0) + time.perf_counter() - since, 1)
        except KeyboardInterrupt:
            sheet.doubt("the run was ended early: this is what there was so far")
    facts = machine(viewers) | {
        "began": began, "minutes": round((time.perf_counter() - begun) / 60, 1), "rounds": asked.rounds,
        "quick": asked.quick, "loads": [round(one, 2) for one in loads],
    }
    for doubt in sheet.doubts:
        _say(f"in doubt: {doubt}")
    for name, reason in sheet.left_out.items():
        _say(f"left out: {name}: {reason}")
    told = ", ".join(f"{key} {value}" for key, value in facts.items())
    sys.stdout.write(f"{table(sheet.as_data())}\n\n{told}\n")
    if asked.json is not None:
        data = {"machine": facts, "figures": sheet.as_data(), "doubts": sheet.doubts, "left_out": sheet.left_out,
                "seconds": spent}
        asked.json.write_text(json.dumps(data, indent=1) + "\n", encoding="utf-8")
    return 0


def _take(desk: Desk, turn: Turn) -> None:
    """One measurement. A peer that fails is left out from then on; with Liftoff it is only this that is missing."""
    try:
        BENCHES[turn.name].run(desk, turn.viewer)
    except (NotPossible, OSError, subprocess.SubprocessError, ValueError) as reason:
        told = " ".join(str(reason).split())[:200]
        if turn.viewer.is_ours:
            desk.sheet.doubt(f"{turn.viewer.name}, {turn.name}: {told}")
        else:
            desk.sheet.left_out[turn.viewer.name] = f"{turn.name}: {told}"
        _say(f"{turn.viewer.name} fails at {turn.name}: {told}")


def _peers(asked: argparse.Namespace) -> list[Viewer]:
    if asked.alone:
        return []
    there, missing = installed(asked.only_peers)
    if missing:
        _say(f"not installed, and so not measured: {', '.join(missing)}")
    return there


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description="Measures Liftoff from outside.")
    parser.add_argument("bench", nargs="*", help=f"which benchmarks: {', '.join(BENCHES)} (default: all)")
    parser.add_argument("--rounds", type=int, default=1, help="how many times all of it (default: 1)")
    parser.add_argument("--quick", action="store_true", help="fewer repetitions: for a first look only")
    parser.add_argument("--full", action="store_true", help="1,000 photos instead of 200, and more in windows")
    parser.add_argument("--alone", action="store_true", help="measure no other program beside it")
    parser.add_argument("--only-peers", type=lambda words: words.split(","), metavar="NAME,NAME",
                        help="measure these beside it (default: all that are installed of "
                             f"{', '.join(viewer.name for viewer in PEERS)})")
    parser.add_argument("--shots", type=Path, metavar="FOLDER", help="keep pictures of the screen there, as proof")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write all figures there")
    parser.add_argument("--liftoff", metavar="COMMAND", help="the program to measure (default: the installed one)")
    parser.add_argument("--pictures", type=Path, default=Path(tempfile.gettempdir()) / "liftoff-bench",
                        help="where the pictures are made and kept, about 800 MB (default: %(default)s)")
    return parser


def _leave(_number: int, _frame: object) -> None:
    raise KeyboardInterrupt


def _say(sentence: str) -> None:
    sys.stderr.write(f"{sentence}\n")
    sys.stderr.flush()


if __name__ == "__main__":
    sys.exit(main())
