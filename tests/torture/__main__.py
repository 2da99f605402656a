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
import time
from pathlib import Path
from typing import Any, Final

from tests.torture.common import Dose

NAMES: Final = (
    "mutants", "hostile", "changing", "kills", "sabotage", "galleries", "long-show", "shares", "full-disk",
    "two-at-once", "huge-folder", "all-bad",
)
_HOURS: Final = 2.0
"""What a part may take at most."""

AIMS: Final[dict[str, float]] = {
    "event loop, longest gap ms": 100, "event loop, 99 % ms": 20, "recovery, longest ms": 300, "memory growth, MiB": 10,
    "growth, bytes a slide": 100,
}
NEVER: Final = ("hangs", "children left", "threads left", "frames left")
"""Figures that must be nothing."""


def main() -> int:
    """Run the parts that were asked for, or all."""
    parser = argparse.ArgumentParser(prog="python -m tests.torture", description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("parts", nargs="*", choices=[[], *NAMES], help="which parts; none means all")
    parser.add_argument("--share", type=float, default=1.0, help="share of the full dose: 0.05 for a first look")
    parser.add_argument("--seed", type=int, default=Dose().seed, help="of all dice: the same seed makes the same files")
    parser.add_argument("--json", type=Path, help="write all figures into this file, too")
    options = parser.parse_args()
    dose = Dose(*(max(10, round(amount * options.share)) for amount in Dose()[:-1]))._replace(seed=options.seed)
    report: dict[str, Any] = {"dose": dose._asdict()}
    failed = False
    for name in options.parts or NAMES:
        figures = run(name, dose)
        report[name] = figures
        failed |= bool(figures["faults found"])
        print(sheet(name, figures), flush=True)  # noqa: T201 - what the command is for
    if options.json:
        options.json.write_text(json.dumps(report, indent=1))
    return int(failed)


def run(name: str, dose: Dose) -> dict[str, Any]:
    """The figures of one part, with its exit status and the seconds it took; `faults found` says what must not be."""
    with tempfile.TemporaryDirectory(prefix=f"liftoff-{name}-") as place:
        folder, home = Path(place, "work"), Path(place, "home")
        for made in (folder, home):
            made.mkdir()
        environment = {
            **{key: value for key, value in os.environ.items() if not key.startswith("XDG_")}, "HOME": str(home),
            "QT_QPA_PLATFORM": "offscreen", "DBUS_SESSION_BUS_ADDRESS": "",
        }
        command = [sys.executable, "-m", "tests.torture.parts", name, str(folder), json.dumps(dose)]
        began = time.perf_counter()
        with Path(place, "log").open("wb") as log:
            try:
                status = subprocess.run(
                    command, env=environment, stderr=log, stdout=log, check=False, timeout=_HOURS * 3600).returncode
            except subprocess.TimeoutExpired:
                status = -1
        took = round(time.perf_counter() - began)
        result = folder / "figures.json"
        figures: dict[str, Any] = json.loads(result.read_text()) if result.exists() else {}
        figures |= {"exit status": status, "seconds": took}
        figures["faults found"] = [key for key in NEVER if figures.get(key)] + (["not as foreseen"]
                                   if figures.get("not as foreseen") else []) + (["exit"] if status else [])
        if status:
            figures["last words"] = Path(place, "log").read_text(errors="replace")[-3000:]
    return figures


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
