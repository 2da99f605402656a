"""Guessing the character set of texts that do not declare one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from viewer.imaging.worker.character_sets import decoded

BOTH = [
    "Hingehört", "Müller", "naïve café", "Straße", "Zürich", "Ä", "Öl auf Leinwand", "ÜBERSICHT", "CAFÉ",
    "À Paris, l’été", "École", "Besançon", "El Niño", "¿Qué?", "Canción", "SEÑOR", "São João", "Århus", "Øresund",
    "Færøerne", "Reykjavík", "© Zoë", "Citroën, 20 °C", "“Quoted”", "A pause…", "1905–1908", "«Où?»",
    "Garçon à l’œuvre", "Bjørn’s boat", "Une idée – très bonne", "Crème brûlée", "Fête de Noël", "¡Olé!",
    "Größe 25 £", "Así fue", "‘Quoted’", "Málaga",
]


@pytest.mark.parametrize("text", BOTH)
@pytest.mark.parametrize("written_as", ["cp1252", "mac_roman", "utf-8"])
def test_a_western_text_is_read_as_it_was_written(text: str, written_as: str) -> None:
    assert decoded([text.encode(written_as)]) == [text]


def test_an_apostrophe_of_windows_is_no_letter_of_the_mac() -> None:
    texts = ["Don’t", "Ann’s quay", "l’amour", "The boys’ boat"]

    assert decoded([text.encode("cp1252") for text in texts]) == texts


def test_all_texts_of_a_file_help_to_guess_but_each_may_be_utf_8() -> None:
    texts = ["Pa’s", "García", "Straße"]  # the first alone would be the "país" of an old Mac as well
    raws = [texts[0].encode("cp1252"), texts[1].encode("cp1252"), texts[2].encode()]

    assert decoded(raws) == texts
    assert decoded([]) == []


def test_a_byte_that_means_nothing_costs_no_other() -> None:
    assert decoded([b"M\xfcller \x81 M\xfcller"]) == ["Müller \N{REPLACEMENT CHARACTER} Müller"]


@given(st.lists(st.binary() | st.text().map(str.encode), max_size=4))
def test_whatever_the_bytes_are_there_is_a_text_for_each(raws: list[bytes]) -> None:
    found = decoded(raws)

    assert len(found) == len(raws)
    assert all(text == raw.decode() for text, raw in zip(found, raws, strict=True) if _is_utf_8(raw))


def _is_utf_8(raw: bytes) -> bool:
    try:
        raw.decode()
    except UnicodeDecodeError:
        return False
    return True
