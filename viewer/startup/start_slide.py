"""Finds the slide that ``--start`` names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from viewer.gallery.lazy_slides import identities_of
from viewer.gallery.model import GalleryError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from viewer.gallery.model import Slide


def start_slide(name: str, slides: Sequence[Slide]) -> int:
    """The index of the slide called `name`: an id, else a number counted from 1. Raises GalleryError."""
    ids = identities_of(slides).ids
    if name in ids:
        return ids.index(name)
    # Python refuses to parse a number of thousands of digits, and no gallery has so many slides.
    if name.isdecimal() and len(name) < 20 and 1 <= int(name) <= len(ids):
        return int(name) - 1
    if not ids:
        raise GalleryError(f"There is no slide {name!r}: the gallery has no slides. Add some, or open another one.")
    count = "1 slide" if len(ids) == 1 else f"{len(ids)} slides"
    raise GalleryError(f"There is no slide {name!r}: the gallery has {count}. Give a number from 1 to {len(ids)}, or "
                       "a slide's id.")
