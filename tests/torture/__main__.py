"""`python -m tests.torture [PART ...]`: what can lie on a disk or go wrong with a worker, in the whole program.

Each part runs the program in a process of its own with an empty home, pages through what was made for it, and reports
what came of it: exits, hangs, the longest gap of the event loop, memory, and what is left when it has closed. The exit
status is 1 if the program ended or hung, lost a good slide, or left something behind; what misses its aim is marked.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import Any, Final

from tests.torture.common import EACH, PROGRESS, Dose, differences
from tests.torture.table import AIMS, WITHOUT, markdown

NAMES: Final = (
    "mutants", "hostile", "changing", "kills", "sabotage", "galleries", "long-show", "shares", "full-disk",
    "two-at-once", "huge-folder", "all-bad", "hands",
)
COMPARED: Final = ("mutants", "hostile")
"""Parts that say of each file what came of it."""

_HOURS: Final = 2.0
"""What a part may take at most."""

NEVER: Final = ("hangs", "children left", "threads left", "frames left", "descriptors left", "not as foreseen")
"""Figures that must be nothing."""


def main() -> int:
    """Run the parts that were asked for, or all."""
    parser = argparse.ArgumentParser(prog="python -m tests.torture", description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("parts", nargs="*", choices=[[], *NAMES], help="which parts; none means all")
    parser.add_argument("--share", type=float, default=1.0, help="share of the full dose: 0.05 for a first look")
    parser.add_argument("--seed", type=int, default=Dose().seed, help="of all dice: the same seed makes the same files")
    parser.add_argument("--sandbox", choices=("on", "both"), default="on",
                        help="both: mutants and hostile a second time with workers that are not shut in; compare")
    parser.add_argument("--json", type=Path, help="write all figures into this file, too")
    parser.add_argument("--markdown", action="store_true", help="end with the figures as a table")
    options = parser.parse_args()
    dose = Dose(seed=options.seed).share(options.share)
    report: dict[str, Any] = {"dose": dose._asdict()}
    for name in options.parts or NAMES:
        both = options.sandbox == "both" and name in COMPARED
        figures = run(name, dose)
        other = run(name, dose, confined=False) if both else {}
        if both:
            figures["unlike without the sandbox"] = differences(figures, other)
        for title, found in ((name, figures), (name + WITHOUT, other)):
            if found:
                found.pop(EACH, None)
                report[title] = found
                print(sheet(title, found), flush=True)  # noqa: T201 - what the command is for
        if options.json:
            options.json.write_text(json.dumps(report, indent=1))
    if options.markdown:
        print(markdown(report))  # noqa: T201 - likewise
    return int(any(found.get("faults found") or found.get("unlike without the sandbox") for found in report.values()))


def run(name: str, dose: Dose, *, confined: bool = True) -> dict[str, Any]:
    """The figures of one part, with its exit status and the seconds it took; `faults found` says what must not be.

    What the part says of its progress goes to the error stream.
    """
    with tempfile.TemporaryDirectory(prefix=f"liftoff-{name}-") as place:
        folder, home = Path(place, "work"), Path(place, "home")
        for made in (folder, home):
            made.mkdir()
        environment = {
            **{key: value for key, value in os.environ.items() if not key.startswith("XDG_")}, "HOME": str(home),
            "QT_QPA_PLATFORM": "offscreen", "DBUS_SESSION_BUS_ADDRESS": "",
        }
        command = [sys.executable, "-m", "tests.torture.parts", name, str(folder), json.dumps(dose),
                   "confined" if confined else "unconfined"]
        began = time.perf_counter()
        status, last_words = _watch(command, environment)
        took = round(time.perf_counter() - began)
        result = folder / "figures.json"
        figures: dict[str, Any] = json.loads(result.read_text()) if result.exists() else {}
    figures |= {"exit status": status, "seconds": took}
    figures["faults found"] = [key for key in NEVER if figures.get(key)] + (["exit"] if status else [])
    if status:
        figures["last words"] = last_words
    return figures


def _watch(command: list[str], environment: dict[str, str]) -> tuple[int, str]:
    """Run `command` to its end: its status and its last words."""
    said: list[str] = []
    with subprocess.Popen(command, env=environment, stderr=subprocess.STDOUT, stdout=subprocess.PIPE,
                          text=True, errors="replace") as part:
        timer = threading.Timer(_HOURS * 3600, part.kill)
        timer.start()
        assert part.stdout is not None
        for line in part.stdout:
            if line.startswith(PROGRESS):
                sys.stderr.write(line)
            said = [*said[-40:], line]
        timer.cancel()
    return part.returncode, "".join(said)[-3000:]


def sheet(name: str, figures: dict[str, Any]) -> str:
    """The figures as lines to read; a star marks what is beyond its aim."""
    lines = [f"\n{name}"]
    for key, value in figures.items():
        star = " *" if key in AIMS and isinstance(value, (int, float)) and value > AIMS[key] else ""
        aim = f"   (aim: {AIMS[key]:g})" if key in AIMS else ""
        lines.append(f"  {key}: {value}{aim}{star}")
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
