"""What a keeper sets for one machine, as typed values; the file they are read from is `viewer.kiosk.config_file`.

The file is TOML and lies apart from the gallery, which may come from somebody else. Every key may be left out.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TypeAlias

import msgspec

if TYPE_CHECKING:
    from collections.abc import Sequence

Seconds: TypeAlias = Annotated[float, msgspec.Meta(ge=1, le=86_400)]


class Table(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """A table of the file: keys are written with hyphens, and one that is not known is an error."""


class ScreenConfig(Table, frozen=True):
    """A screen, chosen by any of its connector's `name`, its `model` and its `serial`, and what it shows.

    Without a `gallery` it shows the kiosk's own. `mirror` has it repeat the first screen, in step.
    """

    name: str = ""
    model: str = ""
    serial: str = ""
    gallery: str = ""
    mirror: bool = False


class HoursConfig(Table, frozen=True):
    """When the screen is lit: `open` in OpenStreetMap's syntax, empty for always.

    `country` (ISO 3166) says whose public holidays count, `timezone` (an IANA name) whose time; empty is the machine's.
    """

    open: str = ""
    country: str = ""
    timezone: str = ""


class HooksConfig(Table, frozen=True):
    """Commands for the panel's power, each a program and its arguments, never a shell's line.

    They have `timeout` seconds.
    """

    on_open: tuple[str, ...] = ()
    on_close: tuple[str, ...] = ()
    timeout: Annotated[float, msgspec.Meta(ge=1, le=300)] = 20


class VisitorsConfig(Table, frozen=True):
    """What visitors may do, and for how long nobody does anything before the show begins again.

    `allowed` are ids of actions, None for those of the table that say so; `idle` and `countdown` are seconds.
    """

    allowed: tuple[str, ...] | None = None
    idle: Seconds = 60
    countdown: Annotated[float, msgspec.Meta(ge=5, le=600)] = 20


class StatusConfig(Table, frozen=True):
    """Where the state is told besides the file: `address` is host and port on loopback, empty for nowhere."""

    address: str = ""


class PlayLogConfig(Table, frozen=True):
    """How much of the play log is kept: `days` of it, and no more than `megabytes`; 0 days is no log."""

    days: Annotated[int, msgspec.Meta(ge=0, le=3660)] = 400
    megabytes: Annotated[int, msgspec.Meta(ge=1, le=100_000)] = 500


class KioskConfig(Table, frozen=True):
    """All of it. `pin` is a hash that ``liftoff kiosk pin`` writes. `options` are rows of `viewer.settings` by key.

    `gallery` is relative to the file's folder. `awake` keeps screen and machine from sleeping while open; `pairs` puts
    two upright pictures side by side; `outside_files` allows pictures beyond the gallery's folder; `memory_megabytes`
    is where the service manager ends it.
    """

    gallery: str = ""
    pin: str = ""
    awake: bool = True
    pairs: bool = False
    outside_files: bool = False
    memory_megabytes: Annotated[int, msgspec.Meta(ge=300, le=1_000_000)] = 1500
    screen: tuple[ScreenConfig, ...] = ()
    hours: HoursConfig = HoursConfig()
    visitors: VisitorsConfig = VisitorsConfig()
    hooks: HooksConfig = HooksConfig()
    status: StatusConfig = StatusConfig()
    play_log: PlayLogConfig = PlayLogConfig()
    options: dict[str, Any] = {}

    @property
    def shows(self) -> tuple[int, ...]:
        """The entries of `screen` with a show of their own: those that mirror belong to the first; (0,) without any."""
        return tuple(entry for entry, screen in enumerate(self.screen) if not screen.mirror) or (0,)


class KioskStart(msgspec.Struct, frozen=True):
    """One screen's show of a kiosk: its configuration, which entry of `screen` it is, and its folder for state.

    `heartbeat_fd` is the socket that its supervisor listens at, -1 where there is none.
    """

    config: KioskConfig
    state_folder: Path
    entry: int = 0
    heartbeat_fd: int = -1

    def sources(self, named: Sequence[str] = ()) -> list[str]:
        """What this screen shows: the gallery of its own entry, else those `named` on the command line, else the
        kiosk's; empty for the one that comes with Liftoff.
        """
        own = [one.gallery for one in self.config.screen[self.entry:self.entry + 1]]
        return next((given for given in (own, [*named], [self.config.gallery]) if any(given)), [])

    @property
    def inside_only(self) -> bool:
        """Whether nothing is shown from beyond a gallery's folder."""
        return not self.config.outside_files
