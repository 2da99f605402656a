"""``liftoff kiosk status``: how the kiosk on this machine is, from the files that its shows write."""

from __future__ import annotations

import os
import sys
import time
from typing import TYPE_CHECKING, Any, Final, Literal, NamedTuple, TypeAlias

import msgspec

from viewer.answer import Answer
from viewer.gallery.problems import shown
from viewer.kiosk.status import STALE_S, Status, read_status
from viewer.kiosk.status_overview import duration, headline
from viewer.kiosk.status_texts import lines
from viewer.kiosk_commands.command import Command, screen_folders

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Sequence
    from pathlib import Path

    from viewer.argument_parser import ArgumentParser

Condition: TypeAlias = Literal["running", "stale", "ended"]

_NOT_WELL: Final = 1
_NONE_RUNS: Final = 2
NONE_RUNS: Final = ("No kiosk of this user runs on this machine. Start one with liftoff --kiosk, or ask as the user "
                    "that it runs as.")


class Found(NamedTuple):
    """The status that a show has left in `folder`, `age_s` seconds ago, and whether that show still runs."""

    folder: Path
    status: Status
    condition: Condition
    age_s: float


def find_shows(folders: Sequence[Path], now_ms: int) -> list[Found]:
    """The shows that run, and those that their supervisor is about to start anew; `now_ms` is the monotonic clock."""
    found = []
    for folder in folders:
        if (status := read_status(folder)) is None:
            continue
        age_s = (now_ms - status.clock_ms) / 1000
        if age_s < 0 or not _runs(status.pid):  # the machine was started anew; or the show has ended
            condition: Condition = "ended"
        else:
            condition = "stale" if age_s > STALE_S else "running"
        found.append(Found(folder, status, condition, age_s))
    supervisors = {one.status.supervisor for one in found if one.condition != "ended"} - {0}
    return [one for one in found if one.condition != "ended" or one.status.supervisor in supervisors or (
        one.age_s >= 0 and _runs(one.status.supervisor))]


def _runs(pid: int) -> bool:
    """Whether there is a process `pid`; on Windows, which cannot be asked that way, the age alone has to tell."""
    if pid <= 0 or sys.platform == "win32":
        return pid > 0
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except OSError:  # it is somebody else's
        return True
    return True


def _add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="as JSON, for programs")


def _run(arguments: Namespace) -> Answer:
    found = find_shows(screen_folders(), time.monotonic_ns() // 1_000_000)
    is_well = all(one.condition == "running" and not one.status.problems for one in found)
    status = _NONE_RUNS if not found else 0 if is_well else _NOT_WELL
    if arguments.json:
        return Answer(msgspec.json.format(msgspec.json.encode(list(map(_entry, found)))).decode(), status=status)
    return Answer("\n\n".join(map(_text, found)) or NONE_RUNS, status=status)


def _entry(found: Found) -> dict[str, Any]:
    return {"folder": os.fsencode(found.folder).decode("utf-8", "backslashreplace"), "condition": found.condition,
            "age_s": found.age_s, "status": found.status}


def _text(found: Found) -> str:
    ago = duration(found.age_s)
    match found.condition:
        case "running":
            said = headline(found.status)
        case "stale":
            said = (f"the show does not answer. This is what it said {ago} ago; restart the kiosk if its "
                    "supervisor does not.")
        case "ended":
            said = (f"the show has ended and is being started anew. This is what it said {ago} ago; why it ended may "
                    f"stand in {shown(found.folder / 'show.log')}.")
    return f"Screen {found.status.entry + 1}: {said}\n{lines(found.status, found.age_s)}"


COMMAND: Final = Command(
    "status", "say how the kiosk is: status 0 well, 1 something needs looking at, 2 none runs", _add_arguments, _run)
