from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence

from viewer.ui.commands.keyboard_layout import US_KEYS, as_typed, combinations
from viewer.ui.commands.x11_keymap import Keymap

NOTHING = Qt.KeyboardModifier.NoModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
CONTROL = Qt.KeyboardModifier.ControlModifier


def pressed(character: str, code: int, modifiers: Qt.KeyboardModifier = NOTHING, native: int = 0) -> QKeyEvent:
    """A key press as Qt tells of it on X11 and Wayland; `code` is evdev's."""
    return QKeyEvent(QEvent.Type.KeyPress, ord(character), modifiers, code + 8, 0, native, character)


def keymap(*others: dict[int, tuple[str, ...]], **typed: str) -> Keymap:
    """A keyboard that types those characters of Latin-1, of keys named by evdev's code, and no others."""
    mine = {int(name[1:]) + 8: tuple(characters.ljust(4)) for name, characters in typed.items()}
    return Keymap({code: mine.get(code, ("", "", "", "")) for code in US_KEYS}, list(others))


def meant(event: QKeyEvent, keymap: Keymap | None) -> list[str]:
    return [QKeySequence(one).toString() for one in combinations(event, keymap)]


@pytest.mark.parametrize(("event", "keys"), [
    (pressed("А", 33), ["F"]), (pressed("А", 33, SHIFT), ["Shift+F"]), (pressed("Щ", 24, CONTROL), ["Ctrl+O"]),
    (pressed("Х", 26), ["["]), (pressed("Х", 26, SHIFT), ["{", "Shift+["]),
    (pressed("Б", 51, CONTROL | SHIFT), ["Ctrl+<", "Ctrl+Shift+,"]),
])
def test_a_letter_of_another_script_means_what_a_us_keyboard_has_there(event: QKeyEvent, keys: list[str]) -> None:
    assert meant(event, None) == keys
    assert meant(event, keymap()) == keys


def test_what_is_unknown_about_the_keyboard_is_taken_from_the_key_alone() -> None:
    assert [meant(pressed(one, 16), None) for one in "ÄŁ;'€"] == [[]] * 5
    assert meant(pressed(";", 16), keymap()) == ["Q"]


def test_a_character_that_is_typed_elsewhere_has_no_other_place() -> None:
    assert meant(pressed("Ю", 52), keymap(k53=".,")) == []
    assert meant(pressed("Ю", 52, SHIFT), keymap(k53=".,")) == [">"]
    assert meant(pressed("А", 33), keymap(k40="f")) == []
    assert meant(pressed("А", 33), keymap(k40="xyf")) == ["F"], "with AltGr a letter is too far away"


def test_the_first_other_layout_with_latin_letters_goes_before_a_us_one() -> None:
    greek: dict[int, tuple[str, ...]] = dict.fromkeys(US_KEYS, ("", ""))
    french: dict[int, tuple[str, ...]] = {code: ("a", "A") if code == 16 + 8 else ("z", "Z") for code in US_KEYS}

    assert meant(pressed("Й", 16, CONTROL), keymap(greek, french)) == ["Ctrl+A"]
    assert meant(pressed("Й", 16, CONTROL), keymap(greek)) == ["Ctrl+Q"]


def test_a_key_that_types_its_digit_with_shift_means_it_without() -> None:
    assert meant(pressed("É", 3), keymap(k3="é2~")) == meant(pressed("É", 3), None) == ["2"]
    assert meant(pressed("À", 11, CONTROL), keymap(k11="à0")) == ["Ctrl+0"]
    assert meant(pressed("@", 11, native=1 << 7), None) == [], "with AltGr"
    assert meant(pressed("2", 3), None) == meant(pressed("É", 33), None) == []


@pytest.mark.parametrize("key", [Qt.Key.Key_Left, Qt.Key.Key_F5, Qt.Key.Key_Dead_Circumflex, Qt.Key.Key_AltGr])
def test_keys_that_type_nothing_mean_nothing_else(key: Qt.Key) -> None:
    assert meant(QKeyEvent(QEvent.Type.KeyPress, key, NOTHING, 26 + 8, 0, 0), keymap()) == []


def test_shift_may_belong_to_the_character_or_to_the_keys() -> None:
    def typed(key: Qt.Key, modifiers: Qt.KeyboardModifier) -> list[str]:
        return [QKeySequence(one).toString() for one in as_typed(key, modifiers)]

    assert typed(Qt.Key.Key_Plus, CONTROL | SHIFT) == ["Ctrl++", "Ctrl+Shift++"]
    assert typed(Qt.Key.Key_R, SHIFT) == ["Shift+R"]
    assert typed(Qt.Key.Key_Left, SHIFT) == ["Shift+Left"]
