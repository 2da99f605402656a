"""Texts in a language, and the paths of pictures."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

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


@given(st.sampled_from(["/", ".", "/photos", "photos", "/photos/in", ".."]),
       st.lists(st.sampled_from(["a", "b.jpg", "/", "//", ".", "..", ".hidden", " ", "\\", "é"]), max_size=7))
def test_where_a_picture_lies_is_its_path_as_text(folder: str, parts: list[str]) -> None:
    gallery = Gallery((Slide("".join(parts)),), Path(folder))

    assert gallery.path_str(gallery.slides[0]) == str(gallery.path(gallery.slides[0]))
