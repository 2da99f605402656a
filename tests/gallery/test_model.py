"""Which wording of a text is shown, and changing it."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from viewer.gallery.editing import with_words
from viewer.gallery.model import Gallery, Slide, Text, localized

BOTH: Text = {"en": "Quay", "ru": "Причал"}


@pytest.mark.parametrize(("text", "lang", "wording"), [
    ("Quay", "ru", "Quay"), (BOTH, "ru", "Причал"), (BOTH, "RU", "Причал"), (BOTH, "ru-RU", "Причал"),
    (BOTH, "de", "Quay"), (BOTH, "", "Quay"), ({"pt-BR": "Cais"}, "pt", "Cais"), ({"pt-BR": "Cais"}, "pt-PT", "Cais"),
    ({"ru": "Причал", "none": "Kai"}, "de", "Kai"), ({"ru": "Причал"}, "de", "Причал"), ({}, "de", ""),
    ({"de": "", "en": "Quay"}, "de", "Quay"), ({"de": ""}, "de", ""),
])
def test_a_text_is_shown_in_the_nearest_language(text: Text, lang: str, wording: str) -> None:
    assert localized(text, lang) == wording


@pytest.mark.parametrize(("old", "main", "lang", "words", "new"), [
    ("Quay", "", "", "Kai", "Kai"),
    ("Quay", "", "de", "Kai", "Kai"),
    ("Quay", "en-GB", "en", "Dock", "Dock"),
    ("Quay", "en", "de", "Kai", {"en": "Quay", "de": "Kai"}),
    ("Quay", "en", "de", "", "Quay"),
    ("", "en", "de", "Kai", "Kai"),
    ("Quay", "en", "en", "", ""),
    (BOTH, "", "ru", "Пирс", {"en": "Quay", "ru": "Пирс"}),
    (BOTH, "", "ru-RU", "Пирс", {"en": "Quay", "ru": "Пирс"}),
    (BOTH, "", "", "Dock", {"en": "Dock", "ru": "Причал"}),
    (BOTH, "", "de", "Kai", {"en": "Quay", "ru": "Причал", "de": "Kai"}),
    (BOTH, "", "ru", "", {"en": "Quay"}),
    ({"ru": "Причал"}, "", "ru", "", ""),
    ({"de": ""}, "ru", "", "Причал", {"de": "", "ru": "Причал"}),
    ("Quay", "", "", "a\x00b\r\nc", "ab\nc"),
])
def test_new_words_change_one_language_only(old: Text, main: str, lang: str, words: str, new: Text) -> None:
    gallery = Gallery((Slide("a.jpg"), Slide("b.jpg", caption=old, alt="Stones", extra={"x": 1, "caption": 5})),
                      Path("/x"), lang=main)

    changed = with_words(gallery, 1, caption=words, lang=lang)

    assert changed.slides == (Slide("a.jpg"), Slide("b.jpg", caption=new, alt="Stones", extra={"x": 1}))


def test_words_that_are_shown_already_change_nothing() -> None:
    slide = Slide("a.jpg", title={"en": "Quay"}, caption="Stones", extra={"alt": 5})
    gallery = Gallery((slide,), Path("/x"), lang="en")

    changed = with_words(gallery, 0, title="Quay", caption="Stones", alt="", credit="Ich", lang="de")

    assert changed.slides == (Slide("a.jpg", title={"en": "Quay"}, caption="Stones", credit="Ich", extra={"alt": 5}),)


def test_all_four_texts_can_be_changed_at_once() -> None:
    gallery = Gallery((Slide("a.jpg"),), Path("/x"))

    changed = with_words(gallery, 0, title="T", caption="C", alt="A", credit="Me")

    assert changed.slides == (Slide("a.jpg", title="T", caption="C", alt="A", credit="Me"),)
    assert with_words(gallery, 0) == gallery


@given(st.sampled_from(["/", ".", "/photos", "photos", "/photos/in", ".."]),
       st.lists(st.sampled_from(["a", "b.jpg", "/", "//", ".", "..", ".hidden", " ", "\\", "é"]), max_size=7))
def test_where_a_picture_lies_is_its_path_as_text(folder: str, parts: list[str]) -> None:
    gallery = Gallery((Slide("".join(parts)),), Path(folder))

    assert gallery.path_str(gallery.slides[0]) == str(gallery.path(gallery.slides[0]))
