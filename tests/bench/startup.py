"""`python -m tests.bench.startup`: where a start goes. Each step with its moment, and each import with what it costs.

The program is started on the photos of S, in full screen, a few times as it comes and once with `-X importtime`, which
makes everything slower. Of the imports only those are listed that came before the first sharp picture was painted.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from tests.bench.material import Material
from tests.bench.program import ROOT, Home
from tests.bench.screen import Screen

if TYPE_CHECKING:
    from collections.abc import Sequence

_LINE: Final = re.compile(r"import time:\s+(\d+) \|\s+(\d+) \|( *)(\S+)")
_PATIENCE: Final = 20.0
END_OF_START: Final = "sharp picture on the glass"


class Import(NamedTuple):
    """One module: its own time and the time with all that it brought, in ms; `depth` tells who asked for it."""

    name: str
    own: float
    whole: float
    depth: int


def imports_in(said: str) -> list[Import]:
    """What `-X importtime` has said, up to the line that ends the start."""
    before, _, _ = said.partition(END_OF_START)
    return [Import(found[4], int(found[1]) / 1000, int(found[2]) / 1000, (len(found[3]) - 1) // 2)
            for found in _LINE.finditer(before)]


def main(words: Sequence[str] | None = None) -> int:
    """Start, and print; always 0."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.startup", description="Where a start goes.")
    parser.add_argument("source", type=Path, nargs="?", help="what is shown (default: the photos of S)")
    parser.add_argument("--rounds", type=int, default=7, help="starts that the moments are taken from (default: 7)")
    parser.add_argument("--least", type=float, default=0.3, help="milliseconds; imports that cost less are summed up")
    parser.add_argument("--window", action="store_true", help="start in a window, not in full screen")
    asked = parser.parse_args(words)
    source = asked.source or Material(Path(tempfile.gettempdir()) / "liftoff-bench", _say).small_set()
    with Screen() as screen:
        fonts = screen.scratch / "fonts"
        fonts.mkdir()
        with Home(fonts) as home:
            environment, place = home.environment(screen.display), [] if asked.window else ["--fullscreen"]
            command = ["-m", "tests.bench.inside", "-", *place, str(source.resolve())]
            _started([sys.executable, *command], environment)  # fonts, and how large the glass is
            runs = [_started([sys.executable, *command], environment)[0] for _ in range(asked.rounds)]
            said = _started([sys.executable, "-X", "importtime", *command], environment)[1]
    _say("\nMilliseconds from the first line of Python to each step: the least, and the median.\n")
    for step in sorted(set.intersection(*map(set, runs)), key=lambda step: min(run[step] for run in runs)):
        moments = sorted(run[step] for run in runs)
        _say(f"{moments[0]:8.1f} {moments[len(moments) // 2]:8.1f}  {step}")
    imports = imports_in(said)
    _say(f"\n{len(imports)} modules imported, {sum(one.own for one in imports):.1f} ms; own time and whole time of the"
         f" dearest ({asked.least} ms of their own or more).\n")
    for one in sorted(imports, key=lambda one: -one.own):
        if one.own >= asked.least:
            _say(f"{one.own:8.1f} {one.whole:8.1f}  {one.name}")
    _say("\nThe viewer's own modules, whole time.\n")
    for one in sorted(imports, key=lambda one: -one.whole):
        if one.name.startswith("viewer") and one.whole >= asked.least:
            _say(f"{one.own:8.1f} {one.whole:8.1f}  {one.name}")
    return 0


def _started(command: Sequence[str], environment: dict[str, str]) -> tuple[dict[str, float], str]:
    """The steps of one start, and all that was said on the way."""
    with tempfile.TemporaryFile("w+", encoding="utf-8") as said:
        process = subprocess.Popen(command, env=environment, cwd=ROOT, stdin=subprocess.DEVNULL, stderr=said)
        try:
            end = time.perf_counter() + _PATIENCE
            words = ""
            while END_OF_START not in words and time.perf_counter() < end and process.poll() is None:
                time.sleep(0.05)
                said.seek(0)
                words = said.read()
        finally:
            process.terminate()
            process.wait(5)
        found: list[Any] = [json.loads(line) for line in words.splitlines() if line.startswith("{")]
        return (found[-1] if found else {}), words


def _say(sentence: str) -> None:
    sys.stdout.write(f"{sentence}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
