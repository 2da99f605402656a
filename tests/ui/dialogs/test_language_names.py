from __future__ import annotations

import pytest

from viewer.ui.dialogs.language_names import language_names


@pytest.mark.parametrize(("tag", "name"), [
    ("de", "Deutsch"), ("ru", "русский"), ("en", "English"), ("en-GB", "British English"), ("pt", "português"),
    ("pt-BR", "português (Brasil)"), ("zh-Hant", "繁體中文"), ("ja", "日本語"), ("tlh", "tlh"), ("x-y", "x-y"),
])
def test_a_language_has_its_own_name(tag: str, name: str) -> None:
    assert language_names([tag]) == {tag: name}


def test_languages_are_sorted_by_name_and_lists_have_all_their_names() -> None:
    assert list(language_names(["ru", "de,en", "", "fr"]).values()) == ["Deutsch, English", "français", "русский"]
