"""``liftoff kiosk report``: proof of play, from the play log."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Final

import msgspec

from viewer.answer import Answer
from viewer.argument_parser import SYSTEM_ERROR, USAGE_ERROR
from viewer.gallery.files import why
from viewer.gallery.problems import shown
from viewer.kiosk.report import BY, as_csv, make_report
from viewer.kiosk_commands.command import Command, screen_folders
from viewer.locations import kiosk_state_folder

if TYPE_CHECKING:
    from argparse import Namespace

    from viewer.argument_parser import ArgumentParser


def _add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("first", metavar="FROM", help="the first day, as in 2026-11-01")
    parser.add_argument("last", metavar="TO", nargs="?", help="the last day; without one, FROM alone")
    parser.add_argument("--by", choices=BY, default="slide", help="a row for each slide, or for each slide and day, or "
                        "hour, in which it came up; by local time")
    shape = parser.add_mutually_exclusive_group()
    shape.add_argument("--csv", action="store_true", help="as a table (CSV), which is the default")
    shape.add_argument("--json", action="store_true", help="as JSON, for programs")


def _run(arguments: Namespace) -> Answer:
    days = []
    for word in (arguments.first, arguments.last or arguments.first):
        try:
            days.append(dt.date.fromisoformat(word))
        except ValueError:
            return Answer(error=f"{shown(word)} is no day; write it as in 2026-11-27.", status=USAGE_ERROR)
    if days[0] > days[1]:
        return Answer(error=f"{days[1]} is before {days[0]}; name the first day first.", status=USAGE_ERROR)
    try:
        report = make_report(screen_folders(), days[0], days[1], arguments.by)
    except OSError as error:
        return Answer(error=f"The play log in {shown(kiosk_state_folder())} cannot be read: {why(error)}.",
                      status=SYSTEM_ERROR)
    text = msgspec.json.format(msgspec.json.encode(report.rows)).decode() if arguments.json else as_csv(report)
    if report.unreadable:
        lines = "A line" if report.unreadable == 1 else f"{report.unreadable} lines"
        return Answer(text, f"{lines} of the play log could not be read and {'is' if report.unreadable == 1 else 'are'}"
                            " left out.", status=1)
    return Answer(text)


COMMAND: Final = Command("report", "say how often and how long each slide was shown", _add_arguments, _run)
