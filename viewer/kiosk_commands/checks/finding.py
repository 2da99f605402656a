"""What a check is told, and what it finds."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

from viewer.kiosk.config import KioskConfig, KioskStart

if TYPE_CHECKING:
    from viewer.gallery.check import Decode

Severity: TypeAlias = Literal["error", "warning"]


class Finding(NamedTuple):
    """One thing that would spoil a long run: an error stops the show or a part of it, a warning may. A sentence."""

    severity: Severity
    sentence: str


class Kiosk(NamedTuple):
    """The kiosk that is checked: what is set for it, where its state goes, how pictures are decoded, if at all, and why
    the time of day cannot be trusted, empty where it can.
    """

    config: KioskConfig
    state_folder: Path
    decode: Decode | None = None
    clock_doubt: str = ""

    @property
    def galleries(self) -> list[Path | None]:
        """The galleries of its screens, each once; None is the one that comes with the program."""
        shows = [KioskStart(self.config, self.state_folder, entry) for entry in self.config.shows]
        sources = dict.fromkeys(tuple(show.sources()) for show in shows)
        return [Path(names[0]) if names else None for names in sources]


def error(sentence: str) -> list[Finding]:
    """One error."""
    return [Finding("error", sentence)]


def warning(sentence: str) -> list[Finding]:
    """One warning."""
    return [Finding("warning", sentence)]
