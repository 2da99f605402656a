"""Slides that have crashed the show again and again, and are left out until their file changes or a day has passed.

The supervisor writes the list, the show and the status read it.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Final

import msgspec

from viewer.kiosk.state_file import read_json, replace_file

if TYPE_CHECKING:
    from pathlib import Path

LASTS: Final = 86_400
"""Seconds after which a slide is tried again though its file is as it was."""

MOST: Final = 1000
"""Slides that are listed; the oldest make room."""

_NAME: Final = "set-aside.json"
_LARGEST: Final = 16 * 1024 * 1024

_Identity = tuple[int, int, int]


class SetAsideSlide(msgspec.Struct, frozen=True):
    """A slide that was set aside: its `id` and `file` in the gallery, its picture's `path`, and why, as a sentence.

    `identity` is the version of the picture file, None where it could not be read; `when` seconds since 1970.
    """

    id: str
    file: str
    path: str
    reason: str
    when: float
    identity: _Identity | None = None

    @property
    def name(self) -> str:
        """What identifies the slide to people: its id, else its file."""
        return self.id or self.file

    def still_counts(self, now: float) -> bool:
        """Whether it is to be left out at `now`, in seconds since 1970. Looks at the file, which can block.

        A clock that was set back before `when` ends it, too: nobody knows how long it has been.
        """
        return 0 <= now - self.when < LASTS and self.identity == identity_of(self.path)


class _SetAside(msgspec.Struct, frozen=True):
    slides: tuple[SetAsideSlide, ...] = ()


def identity_of(path: str) -> _Identity | None:
    """Which version of a file it is: time of change in nanoseconds, size in bytes, inode; None where it is away."""
    try:
        status = os.stat(path)  # noqa: PTH116 - a string, and no Path is made for it
    except (OSError, ValueError):
        return None
    return status.st_mtime_ns, status.st_size, status.st_ino


def read_set_aside(folder: Path) -> tuple[SetAsideSlide, ...]:
    """All that were set aside, whether they still count or not; none where the file cannot be read."""
    found = read_json(folder / _NAME, _LARGEST, _SetAside)
    return () if found is None else found.slides


def set_aside(folder: Path, slide: SetAsideSlide) -> str:
    """Set one more aside, or the same one anew; returns why that was not possible, usually nothing."""
    others = [other for other in read_set_aside(folder)
              if (other.id, other.file) != (slide.id, slide.file) and 0 <= slide.when - other.when < LASTS]
    return replace_file(folder / _NAME, msgspec.json.encode(_SetAside((*others[-MOST + 1:], slide))))
