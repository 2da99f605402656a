"""Which translation a reader is shown."""

from __future__ import annotations

import pytest

from viewer.gallery.languages import compact, is_language_of, nearest_tag


@pytest.mark.parametrize(("lang", "tags", "nearest"), [
    ("pt-BR", ["pt-PT", "pt-BR", "pt"], "pt-BR"), ("pt-Latn-BR", ["pt-PT", "pt-BR"], "pt-BR"),
    ("pt-BR", ["pt-PT", "pt"], "pt"), ("pt-BR", ["pt-PT", "en"], "pt-PT"), ("pt", ["pt-PT", "pt-BR"], "pt-PT"),
    ("zh-Hans-CN", ["zh-TW", "zh-CN"], "zh-CN"), ("zh-CN", ["zh-Hant", "zh-Hans"], "zh-Hans"),
    ("zh-CN", ["zh-TW", "zh-SG"], "zh-SG"), ("zh-HK", ["zh-CN", "zh-TW"], "zh-TW"), ("zh-CN", ["zh-TW"], "zh-TW"),
    ("zh", ["zh-TW", "zh-CN"], "zh-CN"), ("sr-Latn-RS", ["sr", "sr-Latn"], "sr-Latn"), ("sr", ["sr-Latn", "sr"], "sr"),
    ("es-MX", ["es-ES", "es-419"], "es-419"), ("de-1996", ["de", "de-1996"], "de-1996"), ("DE", ["de"], "de"),
    ("pt_BR", ["pt-PT", "pt-BR"], "pt-BR"), ("fr", ["ru", "en-GB"], "en-GB"), ("fr", ["ru", "none"], "none"),
    ("az", ["az-Latn", "az-AZ"], "az-AZ"), ("es-Latn-419", ["es", "es-419"], "es-419"),
    ("fr", ["ru", "uk"], "ru"), ("", ["ru", "en"], "en"), ("pt-BR, es", ["en", "es"], "es"),
    ("pt-BR,es", ["es", "pt-PT"], "pt-PT"), ("fr", [], None),
])
def test_the_nearest_language_is_chosen(lang: str, tags: list[str], nearest: str | None) -> None:
    assert nearest_tag(dict.fromkeys(tags, "words"), lang) == nearest


def test_what_is_empty_is_not_translated_yet() -> None:
    assert nearest_tag({"pt-BR": "", "pt-PT": "Cais"}, "pt-BR") == "pt-PT"
    assert nearest_tag({"pt-BR": ""}, "pt-BR") is None


def test_a_language_is_the_same_in_every_region_and_script() -> None:
    assert is_language_of("zh-TW", "en,zh-Hans")
    assert not is_language_of("zh", "en")
    assert not is_language_of("zh", "")


def test_one_tag_is_kept_for_each_language() -> None:
    assert compact(["pt-Latn-BR", "pt-BR", "pt", "es-Latn-ES", "es-ES", "es"]) == "pt-BR,es-ES"


def test_of_tags_with_a_script_or_without_a_region_the_first_is_kept() -> None:
    assert compact(["pt-BR", "pt-PT"]) == "pt-BR"
    assert compact(["pt", "pt-BR"]) == "pt"
    assert compact(["pt-Latn", "pt"]) == "pt-Latn"
    assert compact(["pt-Latn", "pt-BR"]) == "pt-BR"
    assert compact(["pt-Latn", "pt-Latn-BR"]) == "pt-Latn"
