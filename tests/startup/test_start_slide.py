"""Which slide ``--start`` means."""

from __future__ import annotations

import pytest

from viewer.gallery.lazy_slides import Identities, LazySlides
from viewer.gallery.model import GalleryError, Slide
from viewer.startup.early_decode import start_slide


def called(*ids: str) -> list[Slide]:
    return [Slide("a.jpg", id=each) for each in ids]


def test_an_id_that_is_a_number_goes_before_the_place() -> None:
    assert start_slide("2", called("2", "1")) == 0
    assert start_slide("1", called("2", "1")) == 1
    assert start_slide("2", called("a", "b")) == 1


class Unparsed(LazySlides):
    """Slides that are known by their ids, and none of which may be parsed."""

    def identities(self) -> Identities:
        return Identities([f"slide-{index}" for index in range(len(self))], [])

    def _parse(self, index: int) -> Slide:
        raise AssertionError(f"slide {index} was parsed")


def test_a_slide_of_a_large_gallery_is_found_without_parsing_any() -> None:
    assert start_slide("slide-99999", Unparsed(100_000)) == 99_999
    assert start_slide("99999", Unparsed(100_000)) == 99_998


@pytest.mark.parametrize(("count", "choice"), [(0, "no slides"), (1, "has 1 slide. "), (12, "has 12 slides. Give")])
@pytest.mark.parametrize("name", ["0", "99", "", "x", "9" * 5000])
def test_what_there_is_to_choose_from_is_said_in_words(count: int, choice: str, name: str) -> None:
    with pytest.raises(GalleryError, match=choice):
        start_slide(name, called(*"abcdefghijkl"[:count]))
