"""What an option accepts of what was stored, typed or said by a program."""

from __future__ import annotations

import pytest

from viewer.settings import Option, Value


def option(default: Value, *, choices: tuple[str, ...] = (), low: float = 0, high: float = 0) -> Option:
    return Option("group/key", default, "Group", "Label", "Help.", dict.fromkeys(choices, ""), low, high)


@pytest.mark.parametrize("default", [True, False])
@pytest.mark.parametrize(("raw", "value"), [
    (True, True), ("true", True), ("1", True), (" YES ", True), ("on", True),
    (False, False), ("false", False), (0, False), ("No", False), ("off", False),
])
def test_a_switch_understands_the_usual_words(raw: object, default: bool, value: bool) -> None:
    assert option(default).accept(raw) is value


@pytest.mark.parametrize("default", [True, False])
def test_a_switch_keeps_its_default_where_the_word_makes_no_sense(default: bool) -> None:
    assert option(default).accept("maybe") is default


@pytest.mark.parametrize(("raw", "value"), [
    (60, 60), ("300", 300), (59, 60), (301, 300), ("1e9", 300), (-1e9, 60), ("99.9", 99), ("99,9", 99),
    ("x", 100), ("", 100), (None, 100), ("nan", 100), ("inf", 300), ("-inf", 60),
])
def test_a_whole_number_is_brought_into_its_range(raw: object, value: int) -> None:
    accepted = option(100, low=60, high=300).accept(raw)

    assert (accepted, type(accepted)) == (value, int)


@pytest.mark.parametrize(("raw", "value"), [(2, 2.0), ("2,5", 2.5), (0.4, 0.5), (10.1, 10.0), ("two", 1.5)])
def test_a_number_keeps_its_fraction(raw: object, value: float) -> None:
    accepted = option(1.5, low=0.5, high=10.0).accept(raw)

    assert (accepted, type(accepted)) == (value, float)


def test_a_text_without_choices_may_be_anything() -> None:
    assert option("").accept("ru-RU") == "ru-RU"


@pytest.mark.parametrize(("raw", "value"), [
    ("dark", "dark"), ("light", "light"), ("Light", "dark"), ("", "dark"), ("7", "dark"), (0, "dark"),
])
def test_a_choice_is_one_of_those_there_are(raw: object, value: str) -> None:
    assert option("dark", choices=("dark", "light")).accept(raw) == value


@pytest.mark.parametrize(("raw", "value"), [
    ("auto", "auto"), ("5", "5"), ("5,5", "5,5"), (2.5, "2.5"), ("0", "0"), ("3600", "3600"), ("3601", "3600"),
    ("-1", "auto"), ("nan", "auto"), ("soon", "auto"),
])
def test_a_choice_that_may_be_a_number_takes_one_in_its_range(raw: object, value: str) -> None:
    assert option("auto", choices=("auto",), low=0, high=3600).accept(raw) == value
