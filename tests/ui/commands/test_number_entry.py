from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMainWindow

from tests.fakes import ManualClock
from viewer.ui.commands.number_entry import ENTRY_TIMEOUT_MS, QUICK_MS, NumberEntry, NumberKeys

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


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

    assert not entry.wants("Enter", ENTRY_TIMEOUT_MS + 1)
    assert entry.text == ""


class WindowFixture:
    """A window at which a number is typed, with an action on the key 1."""

    def __init__(self, qtbot: QtBot) -> None:
        self.window = QMainWindow()
        qtbot.addWidget(self.window)
        keys = NumberKeys(self.window, ManualClock())
        self.typed: list[str] = []
        self.entered: list[int] = []
        self.done: list[bool] = []
        keys.typed.connect(self.typed.append)
        keys.entered.connect(self.entered.append)
        action = QAction(self.window)
        action.setShortcuts([QKeySequence("1"), QKeySequence("Return"), QKeySequence("Esc")])
        action.triggered.connect(lambda on: self.done.append(on))
        self.window.addAction(action)
        with qtbot.waitExposed(self.window):
            self.window.show()
        self.window.activateWindow()

    def press(self, *keys: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        for key in keys:
            QTest.keyClick(self.window, key, modifiers)


@pytest.fixture
def app(qtbot: QtBot) -> WindowFixture:
    return WindowFixture(qtbot)


def test_keys_of_a_number_are_taken_before_shortcuts_and_all_others_left(app: WindowFixture) -> None:
    app.press(Qt.Key.Key_5, Qt.Key.Key_1, Qt.Key.Key_A, Qt.Key.Key_Return)

    assert (app.typed, app.entered, app.done) == (["5", "51", ""], [51], [])
    app.press(Qt.Key.Key_Return)
    assert (app.entered, len(app.done)) == ([51], 1)


def test_a_lone_one_is_a_shortcut_too_and_begins_a_number(app: WindowFixture) -> None:
    app.press(Qt.Key.Key_1)
    assert (app.typed, len(app.done)) == ([""], 1)

    app.press(Qt.Key.Key_2, Qt.Key.Key_Return)
    assert (app.entered, len(app.done)) == ([12], 1)


def test_escape_gives_the_number_up_and_is_a_shortcut_otherwise(app: WindowFixture) -> None:
    app.press(Qt.Key.Key_7, Qt.Key.Key_Escape)
    assert (app.typed, app.done) == (["7", ""], [])

    app.press(Qt.Key.Key_Escape)
    assert len(app.done) == 1


def test_digits_of_the_keypad_count_and_those_with_a_modifier_do_not(app: WindowFixture) -> None:
    app.press(Qt.Key.Key_4, modifiers=Qt.KeyboardModifier.KeypadModifier)
    app.press(Qt.Key.Key_6, modifiers=Qt.KeyboardModifier.ControlModifier)

    assert app.typed == ["4"]
