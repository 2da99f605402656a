"""Matching the slides of two versions of a gallery."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from viewer.gallery.formats.folder import slides_from_names
from viewer.gallery.lazy_slides import LAZY_FROM
from viewer.gallery.matching import match_slides
from viewer.gallery.model import Gallery, Slide

if TYPE_CHECKING:
    from collections.abc import Sequence


def gallery(*slides: str | Slide, folder: str = "/photos") -> Gallery:
    return Gallery(tuple(Slide(one) if isinstance(one, str) else one for one in slides), Path(folder))


def named(slide_id: str, file: str) -> Slide:
    return Slide(file, id=slide_id)


@pytest.mark.parametrize(("old", "new", "places"), [
    (gallery("a", "b"), gallery("a", "b"), None),
    (gallery(), gallery(), None),
    (gallery("a", "b"), gallery("b", "a"), [1, 0]),
    (gallery("a", "b", "c"), gallery("c"), [None, None, 0]),
    (gallery("a"), gallery("b", "a"), [1]),
    (gallery(named("x", "a"), named("y", "b")), gallery(named("y", "a"), named("x", "b")), [1, 0]),
    (gallery(named("x", "a")), gallery("b", named("z", "a")), [1]),  # its id is gone, its file is not
    (gallery("a", "a", "a"), gallery("a", "b", "a", "a"), [0, 0, 2]),  # the nearest of several
    (gallery(named("x", "a"), "b"), gallery("c", named("x", "d"), named("x", "e")), [1, None]),
    (gallery("in/a", "b"), gallery("a", "../b", folder="/photos/in"), [0, None]),
    (gallery("a", folder="/photos/in"), gallery("x", "in/a"), [1]),
])
def test_slides_are_found_by_id_then_by_file_then_not_at_all(
    old: Gallery, new: Gallery, places: Sequence[int | None] | None,
) -> None:
    found = match_slides(old, new)

    assert found.old is old
    assert found.places == places


def test_slides_of_a_large_folder_are_found_after_one_has_gone() -> None:
    names = [f"{number:04}.jpg" for number in range(LAZY_FROM + 1)]
    old = Gallery(slides_from_names(names), Path("/photos"))
    new = Gallery(slides_from_names(names[:7] + names[8:]), Path("/photos"))

    assert match_slides(old, new).places == [*range(7), None, *range(7, LAZY_FROM)]
