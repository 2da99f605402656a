"""Key presses of a Russian keyboard, about which nobody but the event tells anything."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QMainWindow, QWidget

from viewer.actions import ACTIONS
from viewer.ui.commands import keyboard_layout, keys_by_place
from viewer.ui.commands.action_set import ActionSet, Commands

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

NOTHING, ALT = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.AltModifier
RUSSIAN: Final = {"а": 33, "щ": 24, "т": 49, "м": 47}
"""evdev's codes."""


class RussianKeyboard:
    """A window with the table's actions, and what was done."""

    def __init__(self, qtbot: QtBot) -> None:
        self.done: list[str] = []
        self.window = QMainWindow()
        qtbot.addWidget(self.window)
        commands = Commands()
        commands.handlers = {row.id: partial(self.done.append, row.id) for row in ACTIONS}
        self.actions = ActionSet(self.window, [commands], {row.id: row.keys for row in ACTIONS})
        self.actions.fill_menu_bar(self.window)
        self.line = QLineEdit()
        self.window.setCentralWidget(self.line)
        with qtbot.waitExposed(self.window):
            self.window.show()
        self.window.activateWindow()
        self.window.setFocus()

    def press(self, letter: str, modifiers: Qt.KeyboardModifier = NOTHING, *, again: bool = False) -> None:
        """Press a key; `again` for its repetition while it is held."""
        receiver: QWidget = QApplication.activePopupWidget() or QApplication.focusWidget() or self.window
        QCoreApplication.sendEvent(receiver, QKeyEvent(
            QEvent.Type.KeyPress, ord(letter.upper()), modifiers, RUSSIAN[letter] + 8, 0, 0, letter, again))


@pytest.fixture
def keyboard(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> RussianKeyboard:
    monkeypatch.setattr(keys_by_place, "by_place", partial(keyboard_layout.combinations, keymap=None))
    return RussianKeyboard(qtbot)


def test_a_key_that_is_held_repeats_what_may_be_repeated(keyboard: RussianKeyboard) -> None:
    for letter in "та":
        keyboard.press(letter)
        keyboard.press(letter, again=True)

    assert keyboard.done == ["next", "next", "fullscreen"]


def test_what_is_disabled_is_not_done(keyboard: RussianKeyboard) -> None:
    keyboard.actions["fullscreen"].setEnabled(False)
    keyboard.press("а")

    assert keyboard.done == []


def test_a_key_whose_own_meaning_is_disabled_gets_no_other(keyboard: RussianKeyboard) -> None:
    keyboard.actions["zoom_out"].setEnabled(False)
    typed = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Minus, NOTHING, 2 + 8, 0, 0, "-")  # where there is the digit 1
    QCoreApplication.sendEvent(keyboard.window, typed)

    assert keyboard.done == []


def test_a_text_field_keeps_its_letters(keyboard: RussianKeyboard) -> None:
    keyboard.line.setFocus()
    keyboard.press("а")

    assert (keyboard.done, keyboard.line.text()) == ([], "а")


def test_menus_open_by_their_letter_and_entries_are_chosen_by_theirs(keyboard: RussianKeyboard) -> None:
    keyboard.press("а", ALT)
    menu = QApplication.activePopupWidget()
    assert menu is not None

    keyboard.press("щ")
    assert keyboard.done == ["open"]
    assert not menu.isVisible()


def test_a_letter_that_is_an_action_too_is_the_menus_while_one_is_open(keyboard: RussianKeyboard) -> None:
    keyboard.press("м", ALT)
    keyboard.press("а")

    assert keyboard.done == ["fit"]


def test_a_menu_bar_that_is_hidden_stays_so(keyboard: RussianKeyboard) -> None:
    keyboard.window.menuBar().hide()
    keyboard.press("а", ALT)

    assert QApplication.activePopupWidget() is None
