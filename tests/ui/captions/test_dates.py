from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from viewer.ui.captions.text import date_in_words

ROOT = Path(__file__).parents[3]
SAID = {
    "de": ("6. Juni 2018, 17:12", "6. Juni 2018", "Juni 2018"),
    "en": ("6 June 2018, 17:12", "6 June 2018", "June 2018"),
    "en-US": ("June 6, 2018, 17:12", "June 6, 2018", "June 2018"),
    "ru": ("6 июня 2018 г., 17:12", "6 июня 2018 г.", "июнь 2018 г."),
    "ja": ("2018年6月6日 17:12", "2018年6月6日", "2018年6月"),
    "hu": ("2018. június 6., 17:12", "2018. június 6.", "2018. június"),
    "da": ("6. juni 2018, 17:12", "6. juni 2018", "juni 2018"),
    "eu": ("2018(e)ko ekainaren 6(a), 17:12", "2018(e)ko ekainaren 6(a)", "2018(e)ko ekainaren"),
    "": ("6 June 2018, 17:12", "6 June 2018", "June 2018"),
}


@pytest.mark.parametrize("language", SAID)
def test_a_date_is_written_as_its_language_writes_it(language: str) -> None:
    dates = ("2018-06-06T17:12:41+06:00", "2018-06-06", "2018-06")

    assert tuple(_plain(date_in_words(taken, language)) for taken in dates) == SAID[language]


@pytest.mark.parametrize("system", ["C.UTF-8", "de_DE.UTF-8", "ru_RU.UTF-8", "ja_JP.UTF-8"])
def test_a_date_is_written_alike_whatever_the_systems_locale(system: str) -> None:
    program = ("import sys; from PySide6.QtCore import QCoreApplication; app = QCoreApplication([]);"
               "from viewer.ui.captions.text import date_in_words;"
               "sys.stdout.buffer.write('|'.join(date_in_words('2018-06-06', one) for one in sys.argv[1:]).encode())")
    languages = ("de", "en", "ru", "ja")
    said = subprocess.run([sys.executable, "-c", program, *languages], check=True, capture_output=True, cwd=ROOT,
                          env={**os.environ, "LC_ALL": system}).stdout.decode()

    assert _plain(said) == "|".join(SAID[language][1] for language in languages)


def test_a_year_alone_is_a_number_in_every_language() -> None:
    assert {date_in_words("2018", language) for language in SAID} == {"2018"}


@pytest.mark.parametrize("taken", ["about 1905", "2018-13-45", "0000-01-01", ""])
def test_what_is_no_date_is_none(taken: str) -> None:
    assert date_in_words(taken, "de") is None


def test_a_time_that_is_none_is_left_out() -> None:
    assert date_in_words("2018-06-06T25:99", "en") == "6 June 2018"


def _plain(words: str | None) -> str:
    """With ordinary spaces: CLDR has narrow ones before abbreviations in some versions."""
    return (words or "").replace("\N{NARROW NO-BREAK SPACE}", " ").replace("\N{NO-BREAK SPACE}", " ")
