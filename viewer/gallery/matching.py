"""Which slide is which in another version of a gallery: worked out by whoever reads it, away from the window.

In a hundred thousand slides it takes a good part of a second. No list is made for each slide, as Python would look
through all of them for garbage meanwhile, and no other thread gets its turn while it does.
"""

from __future__ import annotations

import os.path
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from viewer.gallery.lazy_slides import identities_of

if TYPE_CHECKING:
    from pathlib import Path

    from viewer.gallery.model import Gallery

Places: TypeAlias = Sequence[int | None]
"""Where each slide of a gallery is in another version of it; None: it is gone."""


class SlideMatch(NamedTuple):
    """Where the slides of the gallery `old` are in a newer version; `places` is None where all are where they were."""

    old: Gallery
    places: Places | None


def match_slides(old: Gallery, new: Gallery) -> SlideMatch:
    """Where each slide of `old` is in `new`: by its id, else by its file, the nearest of several."""
    before, after = identities_of(old.slides), identities_of(new.slides)
    if before == after:
        return SlideMatch(old, None)
    ids, files = _Index(after.ids), _Index(_seen_from(new.folder, new, after.files))
    places: list[int | None] = []
    for place, (slide_id, file) in enumerate(zip(before.ids, _seen_from(new.folder, old, before.files), strict=True)):
        found = ids.nearest(slide_id, place) if slide_id else None
        places.append(files.nearest(file, place) if found is None else found)
    return SlideMatch(old, places)


class _Index:
    """Where words stand in a list; most stand there once."""

    def __init__(self, words: list[str]) -> None:
        self._first: dict[str, int] = {}
        self._all: dict[str, list[int]] = {}
        for place, word in enumerate(words):
            first = self._first.setdefault(word, place)
            if first != place:
                self._all.setdefault(word, [first]).append(place)

    def nearest(self, word: str, place: int) -> int | None:
        """Where `word` stands, nearest to `place`; None: nowhere."""
        if word in self._all:
            return min(self._all[word], key=lambda other: abs(other - place))
        return self._first.get(word)


def _seen_from(folder: Path, gallery: Gallery, files: list[str]) -> list[str]:
    """The `files` of `gallery` as `folder` sees them. A Path for each of 100,000 would take seconds."""
    if gallery.folder == folder:
        return files
    prefix, base = str(gallery.folder), os.path.join(folder, "")  # noqa: PTH118 - the folder with its separator
    return [os.path.join(prefix, file).removeprefix(base) for file in files]  # noqa: PTH118 - see the docstring
