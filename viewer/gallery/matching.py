"""Matches the slides of two versions of a gallery. Takes a good part of a second for 100,000: not for the window.

No list is made per slide: the garbage collector would traverse them all, and no other thread runs meanwhile.
"""

from __future__ import annotations

import os.path
from typing import TYPE_CHECKING, NamedTuple

from viewer.gallery.lazy_slides import identities_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from viewer.gallery.model import Gallery


class SlideMatch(NamedTuple):
    """For each slide of `old` its index in a newer version, or None where it is gone; no `places`: none has changed."""

    old: Gallery
    places: Sequence[int | None] | None


def match_slides(old: Gallery, new: Gallery) -> SlideMatch:
    """Find each slide of `old` in `new`: by its id, else by its file, the nearest of several."""
    before, after = identities_of(old.slides), identities_of(new.slides)
    if before == after:
        return SlideMatch(old, None)
    ids, files = _Positions(after.ids), _Positions(after.files)
    places: list[int | None] = []
    for place, (slide_id, file) in enumerate(zip(before.ids, _seen_from(new.folder, old, before.files), strict=True)):
        found = ids.nearest(slide_id, place) if slide_id else None
        places.append(files.nearest(file, place) if found is None else found)
    return SlideMatch(old, places)


class _Positions:
    """The indices of strings in a list, in which most occur once."""

    def __init__(self, strings: list[str]) -> None:
        self._first: dict[str, int] = {}
        self._all: dict[str, list[int]] = {}
        for index, string in enumerate(strings):
            first = self._first.setdefault(string, index)
            if first != index:
                self._all.setdefault(string, [first]).append(index)

    def nearest(self, string: str, index: int) -> int | None:
        """The index of `string` nearest to `index`; None where it does not occur."""
        if string in self._all:
            return min(self._all[string], key=lambda other: abs(other - index))
        return self._first.get(string)


def _seen_from(folder: Path, gallery: Gallery, files: list[str]) -> list[str]:
    """The `files` of `gallery` relative to `folder`. A Path for each of 100,000 would take seconds."""
    if gallery.folder == folder:
        return files
    prefix, base = str(gallery.folder), os.path.join(folder, "")  # noqa: PTH118 - the folder with its separator
    return [os.path.join(prefix, file).removeprefix(base) for file in files]  # noqa: PTH118 - see the docstring
