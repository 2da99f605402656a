"""What a kiosk tells its keeper: a table of fields that the JSON file, the page and the Prometheus text all read.

A row is a field of one of these structs: its type, a description for people, and what it is to Prometheus (`Metric`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Final, Literal, NamedTuple, TypeAlias, get_type_hints

import msgspec

from viewer.kiosk.state_file import read_json

if TYPE_CHECKING:
    from pathlib import Path

FILE: Final = "status.json"
EVERY_S: Final = 10
"""Seconds after which the status is written at the latest; at each slide it is, too, but once a second at most."""

STALE_S: Final = 30
"""Seconds after which a status is too old to be believed: the show has ended, or does not answer."""

_LARGEST: Final = 4 * 1024 * 1024

OVERDUE_S: Final = 60
"""Seconds that a slide may be late before a kiosk that should be playing counts as frozen."""

Kind: TypeAlias = Literal["gauge", "counter", "info"]


def _row(description: str, metric: str = "", kind: Kind = "gauge") -> msgspec.Meta:
    """A row of the table. `metric` is its name for Prometheus, empty where it has none.

    A list counts its entries. A text that is an info, or the texts of a struct, label a metric whose value is 1.
    """
    return msgspec.Meta(description=description, extra={"metric": metric, "kind": kind})


class Part(msgspec.Struct, frozen=True):
    """A group of fields."""


class GalleryStatus(Part, frozen=True):
    """The gallery that is shown."""

    path: Annotated[str, _row("Where it lies")] = ""
    title: Annotated[str, _row("Its title")] = ""
    sha256: Annotated[str, _row("The hash of its file as it was read, as in the play log")] = ""
    slides: Annotated[int, _row("How many slides it has", "liftoff_gallery_slides")] = 0
    read: Annotated[str, _row("When it was last read and good")] = ""
    problem: Annotated[str, _row("Why it, or a newer version of it, cannot be shown")] = ""
    away: Annotated[bool, _row("Whether its file is not there, and the show goes on from memory",
                               "liftoff_gallery_away")] = False
    away_since: Annotated[str, _row("Since when that is so")] = ""


class SlideStatus(Part, frozen=True):
    """The slide on the screen; `index` counts from 1, 0 is none."""

    index: Annotated[int, _row("Its number", "liftoff_slide_number")] = 0
    id: Annotated[str, _row("Its id")] = ""
    file: Annotated[str, _row("Its file")] = ""
    title: Annotated[str, _row("Its title")] = ""
    companion: Annotated[str, _row("The slide that stands beside it, by its id or else its file")] = ""


class FailedSlide(Part, frozen=True):
    """A slide that could not be shown when it was last tried, or that is set aside."""

    id: Annotated[str, _row("Its id")]
    file: Annotated[str, _row("Its file")]
    reason: Annotated[str, _row("Why")]


class AwakeStatus(Part, frozen=True):
    """Whether screen and machine are kept from sleeping."""

    wanted: Annotated[bool, _row("Whether they are to be kept awake", "liftoff_awake_wanted")] = False
    held_by: Annotated[tuple[str, ...], _row("What keeps them awake", "liftoff_awake_locks")] = ()
    problem: Annotated[str, _row("Why nothing does")] = ""


class OpeningStatus(Part, frozen=True):
    """Whether the opening hours say that the screen is lit."""

    open: Annotated[bool, _row("Whether it is open", "liftoff_open")] = True
    until: Annotated[str, _row("When that changes")] = ""
    problem: Annotated[str, _row("What is wrong with the hours or the clock")] = ""


class ScreenStatus(Part, frozen=True):
    """A screen: its size in device pixels, and how many of them make a logical one."""

    name: Annotated[str, _row("Its connector")]
    model: Annotated[str, _row("Its model")]
    serial: Annotated[str, _row("Its serial number")]
    width: Annotated[int, _row("Its width in pixels")]
    height: Annotated[int, _row("Its height in pixels")]
    scale: Annotated[float, _row("Its scale")]
    ours: Annotated[bool, _row("Whether the show is on it")]


class MemoryStatus(Part, frozen=True):
    """Resident memory, in bytes; 0 where the system does not tell."""

    show: Annotated[int, _row("Memory of the show", "liftoff_show_memory_bytes")] = 0
    workers: Annotated[int, _row("Memory of its workers", "liftoff_workers_memory_bytes")] = 0
    processes: Annotated[int, _row("How many workers there are", "liftoff_workers")] = 0


class PlayLogStatus(Part, frozen=True):
    """The play log."""

    lines: Annotated[int, _row("Lines written", "liftoff_play_log_lines_total", "counter")] = 0
    waiting: Annotated[int, _row("Lines that wait for the disk", "liftoff_play_log_waiting_lines")] = 0
    lost: Annotated[int, _row("Lines lost", "liftoff_play_log_lost_lines_total", "counter")] = 0
    problem: Annotated[str, _row("Why it cannot be written")] = ""


class PixelStatus(Part, frozen=True):
    """Whether the window's own pixels are those of the slide; nothing is known of the panel."""

    right: Annotated[bool | None, _row("Whether they were right when last compared", "liftoff_pixels_right")] = None
    compared: Annotated[str, _row("When they were last compared")] = ""
    comparisons: Annotated[int, _row("Comparisons", "liftoff_pixel_comparisons_total", "counter")] = 0
    mismatches: Annotated[int, _row("Mismatches", "liftoff_pixel_mismatches_total", "counter")] = 0


class SandboxStatus(Part, frozen=True):
    """What the workers that decode pictures are confined by."""

    complete: Annotated[bool | None, _row("Whether nothing is missing", "liftoff_sandbox_complete")] = None
    layers: Annotated[str, _row("What is in force, and what is not")] = ""


class ServerStatus(Part, frozen=True):
    """Where all this can be read over HTTP."""

    address: Annotated[str, _row("Its address")] = ""
    problem: Annotated[str, _row("Why it cannot be read there")] = ""


class Status(Part, frozen=True):
    """All of it. `clock_ms` is the system's monotonic clock when it was written, by which its age is known."""

    version: Annotated[str, _row("Version of Liftoff", "liftoff_info", "info")] = ""
    pid: Annotated[int, _row("Process of the show")] = 0
    supervisor: Annotated[int, _row("Process that starts it anew, 0 for none")] = 0
    entry: Annotated[int, _row("Which screen of the configuration it is", "liftoff_screen_entry")] = 0
    written: Annotated[str, _row("When this was written")] = ""
    clock_ms: Annotated[int, _row("The same by the monotonic clock, in milliseconds")] = 0
    uptime_s: Annotated[float, _row("Seconds since the show began", "liftoff_uptime_seconds")] = 0
    restarts: Annotated[int, _row("How often the show was started anew", "liftoff_restarts_total", "counter")] = 0
    problems: Annotated[tuple[str, ...], _row("What needs looking at", "liftoff_problems")] = ()
    state: Annotated[str, _row("Whether it plays, is paused or stopped")] = "stopped"
    painted_age_s: Annotated[float | None, _row("Seconds since a slide was painted",
                                                "liftoff_painted_age_seconds")] = None
    overdue_s: Annotated[float, _row("Seconds that the next slide is late", "liftoff_overdue_seconds")] = 0
    opening: Annotated[OpeningStatus, _row("Opening hours")] = OpeningStatus()
    gallery: Annotated[GalleryStatus, _row("Gallery", "liftoff_gallery_info", "info")] = GalleryStatus()
    slide: Annotated[SlideStatus, _row("Slide")] = SlideStatus()
    failed: Annotated[tuple[FailedSlide, ...], _row("Slides that failed", "liftoff_failed_slides")] = ()
    set_aside: Annotated[tuple[FailedSlide, ...], _row("Slides set aside", "liftoff_set_aside_slides")] = ()
    pixels: Annotated[PixelStatus, _row("Proof of pixels")] = PixelStatus()
    play_log: Annotated[PlayLogStatus, _row("Play log")] = PlayLogStatus()
    awake: Annotated[AwakeStatus, _row("Kept awake")] = AwakeStatus()
    hooks: Annotated[tuple[str, ...], _row("Commands that failed when they were last run",
                                           "liftoff_failed_hooks")] = ()
    screen_problem: Annotated[str, _row("Why the show is not on its screen")] = ""
    screens: Annotated[tuple[ScreenStatus, ...], _row("Screens", "liftoff_screen_info", "info")] = ()
    memory: Annotated[MemoryStatus, _row("Memory")] = MemoryStatus()
    sandbox: Annotated[SandboxStatus, _row("Sandbox")] = SandboxStatus()
    server: Annotated[ServerStatus, _row("Status over HTTP")] = ServerStatus()

    @property
    def is_healthy(self) -> bool:
        """Whether slides are painted when they should be."""
        return self.overdue_s < OVERDUE_S

    def as_json(self) -> bytes:
        """As the file has it."""
        return msgspec.json.format(msgspec.json.encode(self)) + b"\n"


class Snapshot(NamedTuple):
    """A status, and the moments (monotonic, in milliseconds) that its ages are counted from: still true later.

    `due_ms` is when another slide has to be painted, None for at no time.
    """

    status: Status
    taken_ms: int
    started_ms: int
    painted_ms: int | None
    due_ms: int | None

    def at(self, now_ms: int) -> Status:
        """The status as it is known at `now_ms`. A show that takes no snapshots any more is late as well."""
        lates = [now_ms - due for due in (self.due_ms, self.taken_ms + EVERY_S * 1000) if due is not None]
        overdue_s = max(0, *lates) / 1000
        problems = self.status.problems
        if overdue_s >= OVERDUE_S:
            late = (f"No slide has been painted for {overdue_s:.0f} seconds longer than it should take. Restart the "
                    "kiosk if its supervisor does not.")
            problems = (late, *problems)
        return msgspec.structs.replace(
            self.status, clock_ms=now_ms, uptime_s=(now_ms - self.started_ms) / 1000, overdue_s=overdue_s,
            painted_age_s=None if self.painted_ms is None else (now_ms - self.painted_ms) / 1000, problems=problems)


class Row(NamedTuple):
    """A value with its row of the table: its path (``gallery.slides``), and what it is to people and to Prometheus."""

    path: str
    description: str
    value: Any
    metric: str
    kind: Kind


def rows(part: Part, within: str = "") -> list[Row]:
    """The rows of a status or of one of its groups, each group before its own fields."""
    made: list[Row] = []
    for name, row in _table(type(part)).items():
        value = getattr(part, name)
        made.append(Row(f"{within}{name}", row.description or "", value, **(row.extra or {})))
        if isinstance(value, Part):
            made += rows(value, f"{within}{name}.")
    return made


def _table(kind: type[Part]) -> dict[str, msgspec.Meta]:
    hints = get_type_hints(kind, include_extras=True)
    return {name: hints[name].__metadata__[0] for name in kind.__struct_fields__}


def restarts_since(before: Status | None, supervisor: int) -> int:
    """How often the process `supervisor` has started the show anew, where the show before has left a status."""
    return before.restarts + 1 if before is not None and supervisor and before.supervisor == supervisor else 0


def read_status(folder: Path) -> Status | None:
    """The status in the state folder of a show, None where there is none that can be read."""
    return read_json(folder / FILE, _LARGEST, Status)
