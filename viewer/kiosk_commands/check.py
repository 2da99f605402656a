"""``liftoff kiosk check``: says what on this machine, and in what it is to show, would spoil a long run."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import TYPE_CHECKING, Final

import msgspec

from viewer.answer import Answer
from viewer.kiosk.config import KioskConfig
from viewer.kiosk.config_file import ConfigError, find_config, read_config
from viewer.kiosk.trusted_clock import distrust
from viewer.kiosk_commands.checks import content, machine, screen
from viewer.kiosk_commands.checks.finding import Finding, Kiosk
from viewer.kiosk_commands.command import Command, add_config
from viewer.locations import kiosk_state_folder
from viewer.startup.decode_all import decode_all

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Callable, Mapping, Sequence

    from viewer.argument_parser import ArgumentParser

CHECKS: Final[Mapping[str, Callable[[Kiosk], Sequence[Finding]]]] = {
    "runtime": machine.safe_runtime,
    "sandbox": machine.sandbox,
    "account": machine.account,
    "start": machine.restarted,
    "screen": screen.screen,
    "blanking": screen.blanking,
    "pin": machine.way_out,
    "clock": machine.clock,
    "hours": machine.opening_hours,
    "hooks": machine.panel_commands,
    "disk": machine.disk,
    "memory": machine.memory,
    "source": content.source,
    "gallery": content.galleries,
}
"""All checks by the name that is in the JSON, in the order in which they are made."""

WITHOUT_CONFIG: Final = frozenset({"runtime", "sandbox", "account", "screen", "clock"})
"""Those that are about the machine alone: where the file is wrong, nobody knows what is set."""


def _add_arguments(parser: ArgumentParser) -> None:
    add_config(parser)
    parser.add_argument("source", metavar="GALLERY", nargs="?", type=Path,
                        help="what is to be shown; without it, what the file says")
    parser.add_argument("--json", action="store_true", help="as JSON, for programs")
    parser.add_argument("--fast", action="store_true",
                        help="do not decode the pictures: those that are damaged are not found")


def _run(arguments: Namespace) -> Answer:
    found: dict[str, Sequence[Finding]] = {}
    config = KioskConfig()
    try:
        config = read_config(find_config(arguments.config))
    except ConfigError as error:
        found["config"] = [Finding("error", fault.sentence) for fault in error.faults]
    names = WITHOUT_CONFIG if found else frozenset(CHECKS)
    if arguments.source is not None:
        config = msgspec.structs.replace(config, gallery=str(arguments.source), screen=())
        names |= {"gallery"}
    kiosk = Kiosk(config, kiosk_state_folder(), None if arguments.fast else decode_all,
                  distrust(dt.datetime.now(dt.UTC)))
    found |= {name: check(kiosk) for name, check in CHECKS.items() if name in names}
    findings = [(name, finding) for name, several in found.items() for finding in several]
    errors = sum(finding.severity == "error" for _, finding in findings)
    status = 2 if errors else 1 if findings else 0
    if arguments.json:
        rows = [{"check": name, **finding._asdict()} for name, finding in findings]
        return Answer(json.dumps({"problems": rows, "checks": [*found]}, indent=2), status=status)
    lines = [f"{finding.severity}: {finding.sentence}" for _, finding in findings]
    totals = ((errors, "error"), (len(findings) - errors, "warning"))
    lines.append(", ".join(f"{number} {word}{'' if number == 1 else 's'}" for number, word in totals) if findings else
                 "Nothing was found that would spoil a long run.")
    return Answer("\n".join(lines), status=status)


COMMAND: Final = Command("check", "say what on this machine would spoil a long run: status 0 nothing, 1 warnings, "
                         "2 errors", _add_arguments, _run)
