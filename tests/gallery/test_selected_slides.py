from __future__ import annotations

import datetime as dt
from pathlib import Path

from viewer.gallery.lazy_slides import Identities, LazySlides, identities_of, is_valid_at
from viewer.gallery.model import Gallery, Slide
from viewer.gallery.selected_slides import without_slides
from viewer.gallery.validity import Validity

MANY = 5000


class Numbers(LazySlides):
    """Slides that note which of them were parsed; every other one has expired."""

    def __init__(self) -> None:
        super().__init__(MANY)
        self.parsed: list[int] = []

    def identities(self) -> Identities:
        return Identities([str(number) for number in range(MANY)], [f"{number}.jpg" for number in range(MANY)])

    def quick_validity(self, index: int) -> Validity | None:
        return Validity(until="2000-01-01") if index % 2 else None

    def _parse(self, index: int) -> Slide:
        self.parsed.append(index)
        return Slide(f"{index}.jpg", id=str(index))


def test_slides_left_out_of_a_large_gallery_cost_no_parsing() -> None:
    slides = Numbers()
    fewer = without_slides(Gallery(slides, Path()), {0, 2, MANY - 1}).slides

    assert len(fewer) == MANY - 3
    assert identities_of(fewer).ids[:3] == ["1", "3", "4"]
    assert not is_valid_at(fewer, 0, dt.datetime(2026, 1, 1, 12))
    assert slides.parsed == []
    assert (fewer[0].id, fewer[-1].id) == ("1", str(MANY - 2))


def test_slides_left_out_of_a_small_gallery_are_gone() -> None:
    gallery = Gallery(tuple(Slide(f"{number}.jpg") for number in range(4)), Path(), title="Harbour")
    fewer = without_slides(gallery, {1, 3})

    assert [slide.file for slide in fewer.slides] == ["0.jpg", "2.jpg"]
    assert fewer.title == "Harbour"
