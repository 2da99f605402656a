"""The command line of ``liftoff kiosk``: a table of sub-commands, and which of them is meant."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING, Final

from viewer.answer import Answer
from viewer.argument_parser import USAGE_ERROR, ArgumentParser
from viewer.gallery.problems import shown
from viewer.kiosk.config_file import ConfigError
from viewer.kiosk_commands import check, install, pin, report, status, uninstall

if TYPE_CHECKING:
    from collections.abc import Sequence

    from viewer.kiosk_commands.command import Command

COMMANDS: Final[tuple[Command, ...]] = (
    install.COMMAND,
    uninstall.COMMAND,
    check.COMMAND,
    pin.COMMAND,
    status.COMMAND,
    report.COMMAND,
)


def run(words: Sequence[str]) -> Answer:
    """Do what `words`, which follow ``liftoff kiosk``, say; exits where they cannot be understood."""
    known = {command.name: command for command in COMMANDS}
    if not words or words[0] in ("-h", "--help"):
        return Answer(_help()) if words else Answer(error=f"liftoff kiosk what? Say one of {', '.join(known)}.",
                                                    status=USAGE_ERROR)
    if words[0] not in known:
        close = difflib.get_close_matches(words[0], known, 1)
        remedy = f"type “liftoff kiosk {close[0]}” if that is meant" if close else f"say one of {', '.join(known)}"
        return Answer(error=f"There is no command “{shown(words[0])}” of liftoff kiosk; {remedy}.", status=USAGE_ERROR)
    command = known[words[0]]
    parser = ArgumentParser(prog=f"liftoff kiosk {command.name}", description=command.help)
    command.add_arguments(parser)
    try:
        return command.run(parser.parse_args(words[1:]))
    except ConfigError as error:
        return Answer(error=str(error), status=USAGE_ERROR)


def _help() -> str:
    rows = [f"  {command.name:<10}  {command.help}" for command in COMMANDS]
    return "\n".join(["usage: liftoff kiosk COMMAND ...", "", *rows, "",
                      "liftoff kiosk COMMAND --help says more. The show itself is liftoff --kiosk."])
