"""What visitors are told, in the language they read."""

from __future__ import annotations

import string
from typing import TYPE_CHECKING

import msgspec
import pytest

from tests.show.galleries import a_gallery
from viewer.gallery.model import Slide
from viewer.kiosk.visitor_words import VisitorLanguage, VisitorWords, all_visitor_words, visitor_words
from viewer.settings_store import SettingsStore
from viewer.show.session import Session

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtCore import QCoreApplication

FIELDS = {"starting": {"left"}, "digits": {"count"}, "wait": {"time"}}


@pytest.fixture
def settings(tmp_path: Path, qapp: QCoreApplication) -> SettingsStore:  # noqa: ARG001 - signals need an application
    return SettingsStore(tmp_path / "liftoff.ini")


@pytest.mark.parametrize("tag", sorted(all_visitor_words()))
def test_each_language_has_all_texts_with_their_numbers(tag: str) -> None:
    words = all_visitor_words()[tag]
    for field in VisitorWords.__struct_fields__:
        text = getattr(words, field)
        assert text == text.strip() != "", field
        assert text.isprintable(), field
        named = {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}
        assert named == FIELDS.get(field, set()), field


@pytest.mark.parametrize(("lang", "later"), [
    ("de-AT", "Die Bilder sind bald wieder da"), ("ru", "Изображения скоро вернутся"), ("zh-TW", "圖片很快就會恢復"),
    ("zh-CN", "图片很快就会恢复"), ("pt-BR", "As imagens voltam em breve"), ("cy, fr", "Les images reviennent bientôt"),
    ("cy", "The pictures will be back soon"), ("", "The pictures will be back soon"),
])
def test_texts_are_in_the_readers_language_or_in_english(lang: str, later: str) -> None:
    assert visitor_words(lang).later == later


def test_visitors_are_spoken_to_in_the_language_of_the_captions(settings: SettingsStore) -> None:
    session = Session(settings)
    speak = VisitorLanguage(session)
    settings.override("caption/language", "ru")

    session.set_gallery(a_gallery(Slide("a.jpg", caption={"en": "Words", "ru": "Слова"})), keep=False)
    assert speak() == visitor_words("ru")
    settings.override("caption/language", "en")
    assert speak() == visitor_words("en")

    settings.override("caption/language", "fr")  # captions are in English all the same
    assert speak() == visitor_words("en")


def test_without_translations_the_gallerys_language_counts_or_else_that_of_the_machine(
    settings: SettingsStore,
) -> None:
    session = Session(settings)
    speak = VisitorLanguage(session)
    settings.override("caption/language", "ru")

    session.set_gallery(a_gallery("a.jpg"), keep=False)
    assert speak() == visitor_words("ru")
    session.set_gallery(msgspec.structs.replace(a_gallery("a.jpg"), lang="de"), keep=False)
    assert speak() == visitor_words("de")
