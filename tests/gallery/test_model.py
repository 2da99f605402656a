"""Texts in a language, and the paths of pictures."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from viewer.gallery.model import Gallery, Slide, SlideTexts, Text, displayed_texts, localized, own_texts, slide_name

BOTH: Text = {"en": "Quay", "ru": "Причал"}
SLIDE = Slide("a.jpg", title={"en": "Liftoff", "ru": "Старт"}, credit="NASA", notes="not shown")
GALLERY = Gallery((SLIDE,), Path(), credit={"en": "the museum"})


@pytest.mark.parametrize(("text", "lang", "wording"), [
    ("Quay", "ru", "Quay"), (BOTH, "ru", "Причал"), (BOTH, "RU", "Причал"), (BOTH, "ru-RU", "Причал"),
    (BOTH, "de", "Quay"), (BOTH, "", "Quay"), ({"pt-BR": "Cais"}, "pt", "Cais"), ({"pt-BR": "Cais"}, "pt-PT", "Cais"),
    ({"ru": "Причал", "none": "Kai"}, "de", "Kai"), ({"ru": "Причал"}, "de", "Причал"), ({}, "de", ""),
    ({"de": "", "en": "Quay"}, "de", "Quay"), ({"de": ""}, "de", ""),
])
def test_a_text_is_shown_in_the_nearest_language(text: Text, lang: str, wording: str) -> None:
    assert localized(text, lang) == wording


@given(st.sampled_from(["/", ".", "/photos", "photos", "/photos/in", ".."]),
       st.lists(st.sampled_from(["a", "b.jpg", "/", "//", ".", "..", ".hidden", " ", "\\", "é"]), max_size=7))
def test_where_a_picture_lies_is_its_path_as_text(folder: str, parts: list[str]) -> None:
    gallery = Gallery((Slide("".join(parts)),), Path(folder))

    assert gallery.path_str(gallery.slides[0]) == str(gallery.path(gallery.slides[0]))


def test_a_slides_own_texts_are_those_in_the_language_asked_for() -> None:
    assert own_texts(SLIDE, "ru") == SlideTexts("Старт", "", "", "NASA")


def test_texts_embedded_in_the_picture_stand_in_for_those_that_are_missing() -> None:
    embedded = {"title": "hidden", "caption": "At dawn", "alt": "A rocket", "credit": "hidden"}

    assert displayed_texts(GALLERY, SLIDE, "ru", embedded) == SlideTexts("Старт", "At dawn", "A rocket", "NASA")


def test_the_gallerys_credit_is_that_of_slides_without_one() -> None:
    assert displayed_texts(GALLERY, Slide("a.jpg"), "", {}).credit == "the museum"
    assert displayed_texts(GALLERY, Slide("a.jpg"), "", {"credit": "Archive"}).credit == "Archive"


def test_the_texts_that_count_for_the_reading_time_are_those_beside_the_picture() -> None:
    assert SlideTexts("title", "caption", "alt", "credit").visible == ("title", "caption", "credit")


@pytest.mark.parametrize(("file", "title", "name"), [
    ("a/b.jpg", "The\nquay", "The quay"), ("a/b.jpg", "", "b.jpg"), ("a\\b.jpg", "", "b.jpg"),
    ("b.jpg", " \n", "b.jpg"),
])
def test_a_slide_is_called_by_its_title_or_the_name_of_its_file(file: str, title: str, name: str) -> None:
    assert slide_name(Slide(file), title) == name
