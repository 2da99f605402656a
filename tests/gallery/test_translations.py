from __future__ import annotations

from pathlib import Path

from viewer.gallery.model import Gallery, Slide
from viewer.gallery.translations import translated_into


def test_the_languages_of_all_texts_are_found_once_each() -> None:
    slides = (Slide("a.jpg", title={"en": "Liftoff!", "RU": "Старт!"}), Slide("b.jpg", notes={"ru": "Заметка"}))

    assert translated_into(Gallery(slides, Path(), title={"de": "Start"})) == ["de", "en", "ru"]


def test_plain_empty_and_untagged_texts_name_no_language() -> None:
    assert translated_into(Gallery((Slide("a.jpg", title={"none": "A", "fr": "", "": "B"}, alt="C"),), Path())) == []


def test_of_a_language_that_is_written_in_two_ways_the_last_counts() -> None:
    slides = (Slide("a.jpg", title={"RU": "Старт!"}), Slide("b.jpg", title={"ru": "Причал"}))

    assert translated_into(Gallery(slides, Path())) == ["ru"]


def test_of_a_large_gallery_the_first_five_hundred_slides_are_looked_at() -> None:
    slides = (*[Slide("a.jpg")] * 499, Slide("b.jpg", title={"de": "Start"}), Slide("c.jpg", title={"fr": "Quai"}))

    assert translated_into(Gallery(slides, Path())) == ["de"]
