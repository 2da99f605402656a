from __future__ import annotations

from pathlib import Path

from viewer.gallery.model import Gallery, Slide
from viewer.gallery.translations import translated_into


def test_the_languages_of_all_texts_are_found_once_each() -> None:
    slides = (Slide("a.jpg", title={"en": "Liftoff!", "RU": "Старт!"}), Slide("b.jpg", notes={"ru": "Заметка"}))

    assert translated_into(Gallery(slides, Path(), title={"de": "Start"})) == ["de", "en", "ru"]


def test_plain_empty_and_untagged_texts_name_no_language() -> None:
    assert translated_into(Gallery((Slide("a.jpg", title={"none": "A", "fr": "", "": "B"}, alt="C"),), Path())) == []
