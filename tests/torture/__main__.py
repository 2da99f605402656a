"""`python -m tests.torture [PART ...]`: stress and fault-injection tests of the whole program.

Each part runs the program in a process of its own with an empty home, pages through generated files, and reports exits,
hangs, event-loop latency, memory growth and leaked resources. The exit status is 1 if the program exited or hung, lost
a valid slide or leaked something; other figures beyond their target are marked. Ctrl+C ends it, with status 1: the part
`kiosk` still reports what it has measured.
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import Any, Final

from tests.torture.common import PER_FILE, PROGRESS, Workload, differences
from tests.torture.table import TARGETS, WITHOUT, markdown

NAMES: Final = (
    "mutants", "hostile", "changing", "kills", "worker-faults", "galleries", "long-show", "shares", "full-disk",
    "two-at-once", "huge-folder", "all-bad", "random-input", "kiosk",
)
COMPARED: Final = ("mutants", "hostile")
"""Parts that report the outcome of each file."""

_TIMEOUT: Final = 2.0
"""Hours that a part may take at most."""

MUST_BE_ZERO: Final = ("hangs", "children left", "threads left", "buffers left", "descriptors left", "unexpected",
                "later than it may be", "beyond their numbers", "interrupted")
"""Figures that must be zero or empty."""


def main() -> int:
    """Run the requested parts, or all."""
    parser = argparse.ArgumentParser(prog="python -m tests.torture", description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("parts", nargs="*", choices=[[], *NAMES], help="parts to run; none means all")
    parser.add_argument("--share", type=float, default=1.0, help="fraction of the full workload, such as 0.05")
    parser.add_argument("--seed", type=int, default=Workload().seed, help="random seed: the same makes the same files")
    parser.add_argument("--sandbox", choices=("on", "both"), default="on",
                        help="both: run mutants and hostile again with unconfined workers; compare")
    parser.add_argument("--json", type=Path, help="also write all figures into this file")
    parser.add_argument("--markdown", action="store_true", help="print the figures as a table at the end")
    options = parser.parse_args()
    workload = Workload(seed=options.seed).scaled(options.share)
    report: dict[str, Any] = {"workload": workload._asdict()}
    for name in options.parts or NAMES:
        both = options.sandbox == "both" and name in COMPARED
        figures = run(name, workload)
        other = run(name, workload, confined=False) if both else {}
        if both:
            figures["different without the sandbox"] = differences(figures, other)
        for title, found in ((name, figures), (name + WITHOUT, other)):
            if found:
                found.pop(PER_FILE, None)
                report[title] = found
                print(summary(title, found), flush=True)  # noqa: T201 - what the command is for
        if options.json:
            options.json.write_text(json.dumps(report, indent=1))
        if figures.get("interrupted"):
            break
    if options.markdown:
        print(markdown(report))  # noqa: T201 - likewise
    failures = ("faults found", "different without the sandbox")
    return int(any(found.get(failure) for found in report.values() for failure in failures))


def run(name: str, workload: Workload, *, confined: bool = True) -> dict[str, Any]:
    """The figures of one part, its exit status and its seconds; `faults found` lists figures that must be zero.

    Progress lines go to standard error.
    """
    with tempfile.TemporaryDirectory(prefix=f"liftoff-{name}-") as temporary:
        folder, home = Path(temporary, "work"), Path(temporary, "home")
        for made in (folder, home):
            made.mkdir()
        environment = {
            **{key: value for key, value in os.environ.items() if not key.startswith("XDG_")}, "HOME": str(home),
            "QT_QPA_PLATFORM": "offscreen", "DBUS_SESSION_BUS_ADDRESS": "",
        }
        command = [sys.executable, "-m", "tests.torture.parts", name, str(folder), json.dumps(workload),
                   "confined" if confined else "unconfined"]
        began = time.perf_counter()
        status, last_output, interrupted = _watch(command, environment)
        took = round(time.perf_counter() - began)
        result = folder / "figures.json"
        figures: dict[str, Any] = json.loads(result.read_text()) if result.exists() else {}
    figures |= {"exit status": status, "seconds": took, "interrupted": interrupted}
    figures["faults found"] = [key for key in MUST_BE_ZERO if figures.get(key)] + (["exit"] if status else [])
    if status:
        figures["last output"] = last_output
    return figures


def _watch(command: list[str], environment: dict[str, str]) -> tuple[int, str, bool]:
    """Run `command` to its end: its exit status, its last output, and whether it was ended by Ctrl+C.

    It has a process group of its own, so that Ctrl+C in a terminal ends the part, and not what the part has started.
    """
    lines: list[str] = []
    interrupted = False
    with subprocess.Popen(command, env=environment, stderr=subprocess.STDOUT, stdout=subprocess.PIPE,
                          text=True, errors="replace", process_group=0) as part:
        timer = threading.Timer(_TIMEOUT * 3600, part.kill)
        timer.start()
        try:
            _follow(part, lines)
        except KeyboardInterrupt:
            interrupted = True
            part.send_signal(signal.SIGINT)
            _follow(part, lines)
        timer.cancel()
    return part.returncode, "".join(lines)[-3000:], interrupted


def _follow(part: subprocess.Popen[str], lines: list[str]) -> None:
    """Pass progress lines on, and keep the last forty lines in `lines`."""
    assert part.stdout is not None
    for line in part.stdout:
        if line.startswith(PROGRESS):
            sys.stderr.write(line)
        lines[:] = [*lines[-40:], line]


def summary(name: str, figures: dict[str, Any]) -> str:
    """The figures as text, those beyond their target marked with a star."""
    lines = [f"\n{name}"]
    for key, value in figures.items():
        star = " *" if key in TARGETS and isinstance(value, (int, float)) and value > TARGETS[key] else ""
        target = f"   (target: {TARGETS[key]:g})" if key in TARGETS else ""
        lines.append(f"  {key}: {value}{target}{star}")
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
