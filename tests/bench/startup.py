"""`python -m tests.bench.startup`: where a start goes. Each step with its moment, and each import with what it costs.

The program is started on the photos of S, in full screen, some times as it comes and some with `-X importtime`, which
makes everything slower. With `--before COMMIT` the program as it was then takes turns with that of today. What is
printed are tables for docs/performance.md. Only what comes before the first sharp picture was painted counts.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import sysconfig
import tempfile
import time
import venv
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from tests.bench import startup_inside
from tests.bench.material import Material
from tests.bench.program import ROOT, Home
from tests.bench.screen import Screen
from tests.bench.startup_imports import END_OF_START, imports_in, least, table
from tests.bench.startup_picture import picture

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tests.bench.startup_imports import Import

    Moments = dict[str, tuple[float, float | None]]

_TIMEOUT: Final = 30.0
_WARMING: Final = 2


class Version(NamedTuple):
    """One version of the program: the Python that has it, and the environment that it lives in."""

    name: str
    python: Path
    environment: dict[str, str]


def main(words: Sequence[str] | None = None) -> int:
    """Start, and print; 0, or 2 where there is no such version."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.startup", description="Where a start goes.")
    parser.add_argument("source", type=Path, nargs="?", help="what is shown (default: the photos of S)")
    parser.add_argument("--before", metavar="COMMIT", help="take turns with the program as it was then")
    parser.add_argument("--rounds", type=int, default=9, help="starts of each kind (default: 9)")
    parser.add_argument("--dear", type=float, default=2.0, help="milliseconds; imports that cost less are summed up")
    parser.add_argument("--all", action="store_true", help="list every import of today's program as well")
    parser.add_argument("--svg", type=Path, metavar="FILE", help="draw the imports as well")
    parser.add_argument("--window", action="store_true", help="start in a window, not in full screen")
    asked = parser.parse_args(words)
    source = asked.source or Material(Path(tempfile.gettempdir()) / "liftoff-bench", _say).small_set()
    given = [*([] if asked.window else ["--fullscreen"]), str(source.resolve())]
    with ExitStack() as undo:
        screen = undo.enter_context(Screen())
        try:
            old = undo.enter_context(_checked_out(asked.before)) if asked.before else None
        except subprocess.CalledProcessError as error:
            parser.error(f"{asked.before!r} cannot be checked out: {error.stderr.strip()}")
        trees = {"before": old, "today": ROOT} if old else {"today": ROOT}
        versions = [undo.enter_context(_made(name, tree, screen)) for name, tree in trees.items()]
        for version in versions:  # what can be warm is, and the size of the viewport is known
            for _ in range(_WARMING):
                _started(version, given)
                _imported(version, given)
        steps: dict[str, list[Moments]] = {version.name: [] for version in versions}
        imports: dict[str, list[list[Import]]] = {version.name: [] for version in versions}
        for _ in range(asked.rounds):
            for version in versions:
                steps[version.name].append(_started(version, given))
        for _ in range(asked.rounds):
            for version in versions:
                imports[version.name].append(_imported(version, given))
    told = {name: least(runs) for name, runs in imports.items()}
    _say(f"\n{asked.rounds} starts each, in turns; a load of {os.getloadavg()[0]:.1f} at the end.\n")
    _say(_steps_table(steps))
    _say("")
    _say(table(told, dear=asked.dear))
    if asked.all:
        _say("\n| module | ms of its own | with all that it brings |\n|---|---:|---:|")
        for one in sorted(told["today"], key=lambda one: -one.own):
            _say(f"| {one.name} | {one.own:.2f} | {one.whole:.2f} |")
    if asked.svg:
        asked.svg.write_text(picture({name.capitalize(): one for name, one in told.items()}), encoding="utf-8")
    return 0


def _steps_table(steps: dict[str, list[Moments]]) -> str:
    """Of each step the least moment and the median, and the main thread's processor time until then, the least."""
    head = [f"{name}: least, ms | median | processor" for name in steps]
    lines = [f"| step | {' | '.join(head)} |", f"|---|{'---:|---:|---:|' * len(steps)}"]
    last = [run for run in list(steps.values())[-1] if run]
    for step in sorted(set[str]().union(*last), key=lambda step: min(run[step][0] for run in last if step in run)):
        cells = []
        for runs in steps.values():
            found = sorted((run[step] for run in runs if step in run), key=lambda one: one[0])
            moments, processor = [one[0] for one in found], [one[1] for one in found if one[1] is not None]
            cells.append(f"{moments[0]:.0f} | {moments[len(moments) // 2]:.0f}" if found else " | ")
            cells.append(f"{min(processor):.0f}" if processor else "")
        lines.append(f"| {step} | {' | '.join(cells)} |")
    return "\n".join(lines)


@contextmanager
def _checked_out(commit: str) -> Iterator[Path]:
    """The project as it was at `commit`, in a folder of its own."""
    with tempfile.TemporaryDirectory(prefix="liftoff-before-") as folder:
        place = Path(folder) / "tree"
        git = ["git", "-C", str(ROOT), "worktree"]
        subprocess.run([*git, "add", "--detach", str(place), commit], check=True, capture_output=True, text=True)
        try:
            yield place
        finally:
            subprocess.run([*git, "remove", "--force", str(place)], check=True, capture_output=True, text=True)


@contextmanager
def _made(name: str, tree: Path, screen: Screen) -> Iterator[Version]:
    """A Python that has the program in `tree`, and everything else from the present one: its workers have it, too."""
    with tempfile.TemporaryDirectory(prefix="liftoff-python-") as folder:
        venv.create(folder, with_pip=False)
        variables = {"base": folder, "platbase": folder}
        packages = Path(sysconfig.get_path("purelib", scheme="venv", vars=variables))
        (packages / "here.pth").write_text(f"{tree}\n{sysconfig.get_path('purelib')}\n", encoding="utf-8")
        fonts = screen.scratch / f"fonts-{name}"
        fonts.mkdir()
        with Home(fonts) as home:
            yield Version(name, Path(folder) / "bin" / "python", home.environment(screen.display))


def _started(version: Version, given: Sequence[str]) -> Moments:
    """The steps of one start."""
    said = _said(version, [], given)
    found = [json.loads(line) for line in said.splitlines() if line.startswith("{") and END_OF_START in line]
    return dict(found[-1]) if found else {}


def _imported(version: Version, given: Sequence[str]) -> list[Import]:
    """The imports of one start."""
    return imports_in(_said(version, ["-X", "importtime"], given))


def _said(version: Version, options: Sequence[str], given: Sequence[str]) -> str:
    """All that is said on the way to the first picture."""
    command = [str(version.python), "-P", *options, startup_inside.__file__, *given]
    with tempfile.TemporaryFile("w+", encoding="utf-8") as said:
        process = subprocess.Popen(command, env=version.environment, cwd=ROOT, stdin=subprocess.DEVNULL, stderr=said)
        try:
            end = time.perf_counter() + _TIMEOUT
            words = ""
            while END_OF_START not in words and time.perf_counter() < end and process.poll() is None:
                time.sleep(0.05)
                said.seek(0)
                words = said.read()
        finally:
            process.terminate()
            process.wait(_TIMEOUT)
        return words


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
