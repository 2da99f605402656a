"""Replaces small files of state, atomically, and never at the cost of the show.

Nothing is synchronised to the disk (fsync): what a crash of the program leaves is in the system's cache anyway, and
after a power cut the version before is as good, while a sync for each slide would hold up the window by what a worn
memory card takes for it, up to seconds, and wear it. A file that a power cut leaves empty is read as none.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, TypeVar

import msgspec

from viewer.gallery.files import why

if TYPE_CHECKING:
    from pathlib import Path

_Kind = TypeVar("_Kind")


def replace_file(path: Path, data: bytes) -> str:
    """Have the file at `path` hold `data`; returns why not and what to do, as the end of a sentence without its stop,
    empty where it does. The folder is made if need be.

    Who calls it is the only one to write there, so that what a kill has left half written is the next one's to replace.
    """
    fresh = f"{path}.new"
    try:
        try:
            descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0), 0o600)
        except FileNotFoundError:
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0), 0o600)
        try:
            while data:  # a disk that fills up takes a part, and refuses the rest
                data = data[os.write(descriptor, data):]
        finally:
            os.close(descriptor)
        os.replace(fresh, path)  # noqa: PTH105 - a Path for each slide takes longer than the rest
    except OSError as error:
        return why(error)
    return ""


def read_json(path: Path, most: int, kind: type[_Kind]) -> _Kind | None:
    """What the file at `path` holds; None where it cannot be read, has more than `most` bytes or is damaged."""
    try:
        with path.open("rb") as file:
            return msgspec.json.decode(file.read(most), type=kind)
    except (OSError, msgspec.MsgspecError, ValueError, RecursionError):  # ValueError: it is no UTF-8
        return None
