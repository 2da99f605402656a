from __future__ import annotations

from pathlib import Path

import pytest

from viewer.gallery.lazy_slides import Identities, LazySlides
from viewer.gallery.model import Gallery, Slide
from viewer.gallery.words import GalleryWords, has_words, slide_has_words

BARE = Slide("photos/DSC_0012.jpg")


def a_gallery(*slides: Slide, origin: str = "/p/gallery.json", credit: str = "") -> Gallery:
    return Gallery(slides, Path("/p"), origin=Path(origin), credit=credit)


class ManySlides(LazySlides):
    """Very many slides of which one has a caption; knows how many were parsed."""

    def __init__(self, captioned: int, count: int = 100_000) -> None:
        super().__init__(count)
        self.captioned, self.parsed = captioned, 0

    def identities(self) -> Identities:
        raise AssertionError("not asked for")

    def _parse(self, index: int) -> Slide:
        self.parsed += 1
        return Slide(f"{index}.jpg", caption="Words" if index == self.captioned else "")


def _found(words: GalleryWords) -> bool:
    """What it says now; mypy takes an attribute that was asserted for unchanged."""
    return words.found


@pytest.mark.parametrize("slide", [
    Slide("a.jpg", caption="High tide."), Slide("a.jpg", caption={"en": "", "ru": "Прилив."}),
    Slide("a.jpg", credit="Port Archive"), Slide("a.jpg", taken="1905"), Slide("a.jpg", title="The old quay"),
    Slide("a.jpg", title={"en": "a", "fr": "Le quai"}),
])
def test_caption_credit_date_and_title_are_words(slide: Slide) -> None:
    assert slide_has_words(slide)


@pytest.mark.parametrize("slide", [
    BARE, Slide("p/a.jpg", title="A.jpg"), Slide("p\\a.jpg", title=" a "), Slide("a.jpg", caption=" \n"),
    Slide("a.jpg", caption={}), Slide("a.jpg", alt="A quay", notes="Scanned", rights="CC0", source="Box 7"),
])
def test_a_files_name_and_what_is_not_shown_beside_the_picture_are_none(slide: Slide) -> None:
    assert not slide_has_words(slide)


def test_one_slide_with_words_is_enough_and_so_is_the_gallerys_credit() -> None:
    assert not has_words(a_gallery(BARE, BARE))
    assert has_words(a_gallery(BARE, Slide("b.jpg", caption="High tide.")))
    assert has_words(a_gallery(BARE, credit="Port Archive"))


@pytest.mark.parametrize(("captioned", "found"), [(10, True), (64, True), (99_999, False)])
def test_of_a_large_gallery_a_bounded_number_of_slides_is_looked_at(captioned: int, *, found: bool) -> None:
    slides = ManySlides(captioned)

    assert has_words(Gallery(slides, Path("/p"))) is found
    assert slides.parsed <= 80


def test_words_found_on_the_way_count_until_another_gallery_is_opened() -> None:
    words = GalleryWords()
    words.open(a_gallery(BARE))
    words.look_at(BARE, {"taken": "2018-06-06", "credit": "Owner of the camera", "camera": "A camera"})
    assert not words.found
    words.look_at(BARE, {"caption": "High tide."})
    words.look_at(BARE, {})
    words.open(a_gallery(BARE, Slide("new.jpg")))
    assert _found(words), "it is the same gallery, with a slide more"
    words.open(a_gallery(BARE, origin="/p/other.json"))
    assert not _found(words)


def test_a_gallery_that_somebody_has_read_again_is_decided_anew() -> None:
    words = GalleryWords()
    words.open(a_gallery(BARE))
    words.look_at(BARE, {"title": "The old quay"})
    words.forget()
    assert _found(words), "it has not been read yet"

    words.open(a_gallery(BARE))
    assert not _found(words)


def test_words_in_the_part_of_a_gallery_that_was_not_looked_at_are_found_when_they_are_shown() -> None:
    words = GalleryWords()
    words.open(a_gallery(BARE))
    words.look_at(Slide("b.jpg", title="The old quay"), {})

    assert words.found


def test_a_gallery_without_slides_has_no_words() -> None:
    words = GalleryWords()
    words.open(a_gallery(credit="Port Archive"))

    assert not words.found


def test_before_a_gallery_is_opened_there_are_no_words() -> None:
    assert GalleryWords().found is False


def test_a_gallery_that_came_from_nowhere_is_never_the_same_one() -> None:
    words = GalleryWords()
    words.found = True
    words.open(Gallery((BARE,), Path("/p")))

    assert not _found(words)


@pytest.mark.parametrize(("file", "title"), [
    ("a/b/quay.jpg", "quay"), ("a/b/c/quay.old.jpg", "quay.old"), ("quay.old.jpg", "quay.old.jpg"),
])
def test_a_title_that_is_the_files_name_in_whichever_folder_says_nothing(file: str, title: str) -> None:
    assert not slide_has_words(Slide(file, title=title))


@pytest.mark.parametrize(("file", "title"), [
    ("quay.old.jpg", "quay"), ("a/quay.jpg", "a"), ("a/b/quay.jpg", "b/quay"),
])
def test_a_title_that_is_only_part_of_the_files_path_says_something(file: str, title: str) -> None:
    assert slide_has_words(Slide(file, title=title))


@pytest.mark.parametrize("captioned", [0, 63, 64, 64 + 6246 * 15])
def test_the_slides_beyond_the_first_are_looked_at_in_equal_distances(captioned: int) -> None:
    slides = ManySlides(captioned)

    assert has_words(Gallery(slides, Path("/p")))


@pytest.mark.parametrize("captioned", [65, 64 + 6246 * 15 + 1, 64 + 6246 * 16])
def test_no_other_slide_beyond_the_first_is_looked_at(captioned: int) -> None:
    slides = ManySlides(captioned)

    assert not has_words(Gallery(slides, Path("/p")))
    assert slides.parsed == 80


def test_sixteen_slides_beyond_the_first_are_looked_at_where_a_seventeenth_would_be_due() -> None:
    slides = ManySlides(96, 97)

    assert not has_words(Gallery(slides, Path("/p")))
    assert slides.parsed == 80


@pytest.mark.parametrize("count", [0, 63, 64, 65, 79, 80])
def test_of_a_gallery_that_is_not_much_longer_every_slide_is_looked_at(count: int) -> None:
    slides = ManySlides(-1, count)

    assert not has_words(Gallery(slides, Path("/p")))
    assert slides.parsed == count
