from __future__ import annotations

import pytest

from viewer.ui.commands.number_entry import PATIENCE_MS, QUICK_MS, NumberEntry


def typed(entry: NumberEntry, keys: list[str], at: float = 1000.0) -> int | None:
    gone: int | None = None
    for key in keys:
        if entry.wants(key, at) or key in "01":
            gone = entry.press(key, at)
    return gone


@pytest.mark.parametrize(("keys", "number"), [
    (["7", "Enter"], 7),
    (["1", "1", "Enter"], 11),
    (["1", "Enter"], 1),
    (["3", "4", "Backspace", "Enter"], 3),
    (["9", "9", "9", "Enter"], 999),
])
def test_digits_then_enter_name_a_slide(keys: list[str], number: int) -> None:
    assert typed(NumberEntry(), keys) == number


def test_zero_and_one_are_left_to_fit_and_actual_size_until_a_number_has_begun() -> None:
    entry = NumberEntry()

    assert not entry.wants("0", 0)
    assert not entry.wants("1", 0)
    entry.press("5", 0)
    assert entry.wants("0", 0)
    assert entry.wants("1", 0)


def test_a_lone_one_is_not_shown_as_a_number_but_begins_one() -> None:
    entry = NumberEntry()
    entry.press("1", 0)

    assert entry.text == ""
    entry.press("1", 0)
    assert entry.text == "11"


def test_zeros_and_ones_stay_commands_too_until_another_digit_comes() -> None:
    entry = NumberEntry()
    entry.press("1", 0)

    assert not entry.wants("0", 100)
    entry.press("0", 100)
    assert entry.text == "10"
    entry.press("4", 200)
    assert entry.wants("0", 300)


def test_a_lone_one_begins_no_number_if_nothing_follows_soon() -> None:
    entry = NumberEntry()
    entry.press("1", 0)

    assert not entry.wants("Enter", QUICK_MS + 1)


def test_backspace_and_escape_stay_commands_while_no_number_is_seen() -> None:
    entry = NumberEntry()

    assert not entry.wants("Backspace", 0)
    assert not entry.wants("Esc", 0)
    entry.press("1", 0)
    assert not entry.wants("Backspace", 0)
    entry.press("2", 0)
    assert entry.wants("Backspace", 0)
    assert entry.wants("Esc", 0)


def test_escape_forgets_the_number() -> None:
    entry = NumberEntry()

    assert typed(entry, ["4", "2", "Esc"]) is None
    assert entry.text == ""


def test_half_a_number_is_forgotten_after_a_pause() -> None:
    entry = NumberEntry()
    entry.press("4", 0)

    assert not entry.wants("Enter", PATIENCE_MS + 1)
    assert entry.text == ""
