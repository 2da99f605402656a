"""Where an unattended show is, as kept on the disk: written before a slide is displayed, so that no end loses it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import msgspec

from viewer.kiosk.state_file import read_json, replace_file

if TYPE_CHECKING:
    from pathlib import Path

_NAME: Final = "position.json"
_LARGEST: Final = 65_536


class Position(msgspec.Struct, frozen=True):
    """The slide that the process `pid` shows or is about to show.

    `id` and `file` are the slide's own, `path` is that of its picture; `index` is counted from 0.
    """

    index: int
    id: str
    file: str
    path: str
    pid: int = 0

    @property
    def name(self) -> str:
        """What identifies the slide to people: its id, else its file."""
        return self.id or self.file


def write_position(folder: Path, position: Position) -> str:
    """Keep `position` in the state folder `folder`; returns why that was not possible, usually nothing."""
    return replace_file(folder / _NAME, msgspec.json.encode(position))


def read_position(folder: Path) -> Position | None:
    """What was kept last; None where there is nothing, or nothing that can be read."""
    return read_json(folder / _NAME, _LARGEST, Position)


def forget_position(folder: Path) -> None:
    """Begin anew next time."""
    try:
        (folder / _NAME).unlink()
    except OSError:
        return  # there is none, or the disk cannot be written: nor has the position been
