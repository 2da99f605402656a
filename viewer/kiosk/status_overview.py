"""The status in the words of whoever keeps the screen: a few groups of lines, which terminal and page share.

What is wrong is told by its problems alone, and not again in its groups.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Final, NamedTuple

from viewer.gallery.safe_text import line

if TYPE_CHECKING:
    from viewer.kiosk.status import ScreenStatus, Status

MOST_NAMED: Final = 5
"""Problems that are named one by one; of more it is said how many there are."""

_STATES: Final = {"playing": "plays", "paused": "is paused", "stopped": "stands still"}


class Group(NamedTuple):
    """Lines that belong together: each a label and what is said of it."""

    name: str
    lines: list[tuple[str, str]]


def headline(status: Status) -> str:
    """One line: whether all is well, else how much is not."""
    count = len(status.problems)
    return "All is well." if not count else f"{count} {'thing needs' if count == 1 else 'things need'} looking at."


def problems(status: Status) -> list[str]:
    """What needs looking at, a sentence or two each, safe to show; the first few, and how many more there are."""
    said = [line(problem) for problem in status.problems[:MOST_NAMED]]
    more = len(status.problems) - len(said)
    return said if not more else [*said, f"{more} more: “liftoff kiosk status --json” names them all."]


def overview(status: Status, age_s: float = 0.0, zone: dt.tzinfo | None = None) -> list[Group]:
    """All that a keeper may want to know of a status that is `age_s` seconds old; times are told in `zone`, which is
    the machine's own where it is None. What does not apply is left out.
    """
    then = _Then(status.written, age_s, zone)
    groups = [
        ("On the screen", _on_the_screen(status, then)),
        ("Gallery", _gallery(status, then)),
        ("Screens", [("Screen", _screen(screen)) for screen in status.screens] + [("Kept awake", _awake(status))]),
        ("Records", _records(status)),
        ("Program", _program(status, then)),
    ]
    return [Group(name, [(label, line(value)) for label, value in lines if value]) for name, lines in groups]


class _Then(NamedTuple):
    """When a status was written, and how many seconds ago that is: what ages are told by."""

    written: str
    age_s: float
    zone: dt.tzinfo | None

    def ago(self, moment: str) -> str:
        """How long ago `moment` was (ISO 8601); when it was, where the clock was set back since; empty without one."""
        at, now = _parsed(moment), _parsed(self.written)
        if at is None or now is None or at > now:
            return self.at(moment)
        return f"{duration((now - at).total_seconds() + self.age_s)} ago"

    def at(self, moment: str) -> str:
        """`moment` as a clock on the wall shows it; empty without one."""
        if (parsed := _parsed(moment)) is None:
            return ""
        local, written = parsed.astimezone(self.zone), _parsed(self.written)
        days = None if written is None else (local.date() - written.astimezone(self.zone).date()).days
        day = {0: "today", 1: "tomorrow"}.get(-1 if days is None else days, f"{local:%Y-%m-%d}")
        return f"{day} at {local:%H:%M}"


def _parsed(moment: str) -> dt.datetime | None:
    try:
        return dt.datetime.fromisoformat(moment)
    except ValueError:
        return None


def _on_the_screen(status: Status, then: _Then) -> list[tuple[str, str]]:
    slide, pixels = status.slide, status.pixels
    painted = status.painted_age_s
    title = " ".join(filter(None, [f"“{slide.title}”" if slide.title else "", f"({_named(slide.id, slide.file)})"]))
    compared = f"compared {then.ago(pixels.compared)}" if pixels.compared else "not compared yet"
    right = {None: "", True: "those of the slide; ", False: "not those of the slide; "}[pixels.right]
    counts = f"; {_count(pixels.comparisons, 'comparison')}, {pixels.mismatches} wrong" if pixels.comparisons else ""
    return [
        ("Slide", f"{slide.index} of {status.gallery.slides}: {title}" if slide.index else "none"),
        ("Beside it", slide.companion),
        ("Painted", "not yet" if painted is None else f"{duration(painted + then.age_s)} ago"),
        ("Late by", duration(status.overdue_s) if status.overdue_s else ""),
        ("The show", _STATES.get(status.state, status.state)),
        ("Opening hours", _opening(status, then)),
        ("Pixels", f"{right}{compared}{counts}"),
    ]


def _opening(status: Status, then: _Then) -> str:
    opening = status.opening
    until = f" until {then.at(opening.until)}" if opening.until else ""
    return ("open" if opening.open else "closed, and dark") + until


def _gallery(status: Status, then: _Then) -> list[tuple[str, str]]:
    gallery = status.gallery
    return [
        ("Title", gallery.title),
        ("Where", gallery.path),
        *([("Away since", then.ago(gallery.away_since))] if gallery.away_since else []),
        ("Slides", str(gallery.slides)),
        ("Not shown", f"{len(status.failed) or 'none'}"),
        ("Set aside", f"{len(status.set_aside) or 'none'}"),
        ("Read", then.ago(gallery.read)),
        ("SHA-256", gallery.sha256),
    ]


def _named(slide_id: str, file: str) -> str:
    return f"{slide_id}, {file}" if slide_id and file and slide_id != file else slide_id or file


def _screen(screen: ScreenStatus) -> str:
    told = [screen.name, screen.model, f"serial {screen.serial}" if screen.serial else "",
            f"{screen.width} x {screen.height}", f"scale {screen.scale:g}" if screen.scale != 1 else "",
            "the show is here" if screen.ours else ""]
    return ", ".join(filter(None, told))


def _awake(status: Status) -> str:
    awake = status.awake
    if not awake.wanted:
        return "not asked for now: paused, closed, or switched off"
    return f"yes, by {' and '.join(awake.held_by)}" if awake.held_by else "no"


def _records(status: Status) -> list[tuple[str, str]]:
    log, server = status.play_log, status.server
    told = [f"{_count(log.lines, 'line')} written since the show began",
            f"{_count(log.waiting, 'line')} waiting for the disk" if log.waiting else "",
            f"{_count(log.lost, 'line')} lost" if log.lost else ""]
    return [
        ("Play log", "; ".join(filter(None, told))),
        ("Over HTTP", "not now" if server.problem else server.address or "off"),
    ]


def _program(status: Status, then: _Then) -> list[tuple[str, str]]:
    memory, sandbox = status.memory, status.sandbox
    confined = {None: "", True: "complete: ", False: "not complete: "}[sandbox.complete]
    return [
        ("Version", status.version),
        ("Runs for", duration(status.uptime_s + then.age_s)),
        ("Started anew", f"{status.restarts} {'time' if status.restarts == 1 else 'times'}"),
        ("Memory", f"{_megabytes(memory.show)}, and {_megabytes(memory.workers)} in "
                   f"{_count(memory.processes, 'process')} that decode pictures" if memory.show else ""),
        ("Sandbox", f"{confined}{sandbox.layers}" if sandbox.layers else ""),
        ("Process", f"{status.pid}, started anew by {status.supervisor}" if status.supervisor else
                    f"{status.pid}, with nothing that starts it anew"),
    ]


def _count(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}{'es' if what.endswith('s') else 's'}"


def _megabytes(size: int) -> str:
    return f"{size / 1_000_000:.0f} MB"


def duration(seconds: float) -> str:
    """Seconds in the two largest units that they fill: ``4 s``, ``5 min``, ``3 d 4 h``."""
    whole = round(seconds)
    days, hours, minutes = whole // 86_400, whole // 3600 % 24, whole // 60 % 60
    parts = [f"{number} {unit}" for number, unit in ((days, "d"), (hours, "h"), (minutes, "min")) if number]
    return " ".join(parts[:2]) if whole >= 60 else f"{whole} s"
