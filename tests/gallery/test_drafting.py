"""Slides and galleries drafted from what was found in and beside pictures."""

from __future__ import annotations

from pathlib import Path

import pytest

from viewer.gallery.drafting import drafted_gallery, drafted_slide, not_shown_by, with_added
from viewer.gallery.model import Gallery, Slide, Text


def test_what_was_found_becomes_a_slide() -> None:
    words: dict[str, Text] = {
        "title": {"en": "Quay", "de": "Kai"}, "caption": "At dawn", "alt": "Stones", "credit": "Archive",
        "rights": "CC0", "taken": "1905", "rating": "4", "keywords": "harbour, old\nships", "camera": "D5",
        "place": "Lima",
    }

    assert drafted_slide("a.jpg", words) == Slide(
        "a.jpg", title={"en": "Quay", "de": "Kai"}, caption="At dawn", alt="Stones", credit="Archive", rights="CC0",
        taken="1905", rating=4, keywords=("harbour, old", "ships"))


@pytest.mark.parametrize("words", [{}, {"keywords": "", "rating": "", "taken": ""}, {"taken": {"en": "1905"}}])
def test_of_a_picture_that_says_nothing_there_is_the_file(words: dict[str, Text]) -> None:
    assert drafted_slide("a.jpg", words) == Slide("a.jpg")


def test_a_new_gallery_is_called_by_its_folder() -> None:
    gallery = drafted_gallery(Path("/photos/Harbour"), [Slide("a.jpg")])

    assert gallery == Gallery((Slide("a.jpg"),), Path("/photos/Harbour"), title="Harbour",
                              order=("format", "version", "title", "slides"))


def test_a_picture_is_known_again_however_its_path_is_written() -> None:
    gallery = Gallery((Slide("./a.jpg"), Slide("sub//b.jpg")), Path("/photos"))
    slides = [Slide("a.jpg"), Slide("sub/b.jpg"), Slide("b.jpg")]

    assert not_shown_by(gallery, slides) == [Slide("b.jpg")]


def test_slides_are_added_at_the_end_and_all_else_stays() -> None:
    gallery = Gallery((Slide("a.jpg"),), Path("/photos"), title="Harbour", unusable={1: 7}, extra={"x": 1})
    added = with_added(gallery, [Slide("b.jpg"), Slide("c.jpg")])

    assert added == Gallery((Slide("a.jpg"), Slide("b.jpg"), Slide("c.jpg")), Path("/photos"), title="Harbour",
                            unusable={1: 7}, extra={"x": 1})
