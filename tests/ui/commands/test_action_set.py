from __future__ import annotations

from functools import partial
from itertools import chain
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QMainWindow, QPushButton, QVBoxLayout, QWidget

from viewer.actions import ACTIONS, BY_ID, MENUS, SEPARATOR, Menu
from viewer.settings import BY_KEY, OPTIONS
from viewer.ui.commands.action_set import ActionSet, Commands
from viewer.ui.window.shortcuts_overlay import shortcuts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from pytestqt.qtbot import QtBot

    from viewer.actions import When

KEYS = {action.id: action.keys for action in ACTIONS}


class Rows(Commands):
    """Handlers for some rows of the table; `met` and `on` are what is so now."""

    def __init__(self, handlers: Mapping[str, Callable[[], object]]) -> None:
        self.handlers = handlers
        self.met: set[When] = set()
        self.on: dict[str, bool] = {}

    def checked(self) -> Mapping[str, bool]:
        return self.on

    def conditions(self) -> set[When]:
        return self.met


class WindowFixture:
    """A window with a few things that can have the focus, and a note of what was done."""

    def __init__(self, qtbot: QtBot) -> None:
        self.done: list[str] = []
        self.window = QMainWindow()
        qtbot.addWidget(self.window)
        self.commands = Rows({action.id: partial(self.done.append, action.id) for action in ACTIONS})
        self.action_set = ActionSet(self.window, [self.commands], KEYS)
        self.action_set.fill_menu_bar(self.window)
        middle = QWidget()
        layout = QVBoxLayout(middle)
        self.button = QPushButton("button")
        self.line = QLineEdit()
        layout.addWidget(self.button)
        layout.addWidget(self.line)
        self.window.setCentralWidget(middle)
        with qtbot.waitExposed(self.window):
            self.window.show()
        self.window.activateWindow()


@pytest.fixture
def app(qtbot: QtBot) -> WindowFixture:
    return WindowFixture(qtbot)


def test_every_row_has_exactly_one_handler(qtbot: QtBot) -> None:
    window = QMainWindow()
    qtbot.addWidget(window)
    every = Rows(dict.fromkeys(KEYS, list))
    all_but_one = Rows({action_id: list for action_id in KEYS if action_id != "next"})

    ActionSet(window, [all_but_one, Rows({"next": list})], KEYS)
    for commands, odd in (([every, Rows({"frobnicate": list})], "frobnicate"), ([all_but_one], "next"),
                          ([every, Rows({"previous": list})], "previous")):
        with pytest.raises(ValueError, match=f"not handled exactly once: {odd}"):
            ActionSet(window, commands, KEYS)


def test_no_two_rows_have_the_same_id_or_the_same_key() -> None:
    assert len({action.id for action in ACTIONS}) == len(ACTIONS)
    keys = [QKeySequence(key).toString() for action in ACTIONS for key in action.keys]
    assert all(keys), "every key is spelt as Qt spells it"
    assert len(set(keys)) == len(keys)


def test_shift_is_never_bound_with_a_symbol_which_some_keyboard_needs_it_for() -> None:
    for key in (key for action in ACTIONS for key in action.keys):
        chord = QKeySequence(key)[0]  # type: ignore[index]  # in Qt, missing in the stubs
        typed = chord.key() < Qt.Key.Key_Escape and not chr(chord.key()).isalpha()
        assert not (typed and chord.keyboardModifiers() & Qt.KeyboardModifier.ShiftModifier), key


def test_no_two_options_have_the_same_key_or_flag() -> None:
    assert len(BY_KEY) == len(OPTIONS)
    flags = [option.flag for option in OPTIONS if option.flag]
    assert len(set(flags)) == len(flags)


def test_every_menu_entry_is_a_row_and_every_row_of_a_show_at_a_desk_is_in_one_menu() -> None:
    at_a_desk = [row.id for row in ACTIONS if row.when != "kiosk"]
    assert sorted(chain.from_iterable(menu.ids() for menu in MENUS)) == sorted(at_a_desk)


def _and_menus_within(menus: Sequence[Menu]) -> Iterator[Menu]:
    for menu in menus:
        yield menu
        yield from _and_menus_within([entry for entry in menu.entries if isinstance(entry, Menu)])


@pytest.mark.parametrize("entries", [MENUS, *(menu.entries for menu in _and_menus_within(MENUS))])
def test_no_two_entries_of_a_menu_share_a_mnemonic(entries: tuple[str | Menu, ...]) -> None:
    texts = [entry.title if isinstance(entry, Menu) else BY_ID[entry].text for entry in entries if entry != SEPARATOR]
    marked = [text.split("&")[1][0].lower() for text in texts if "&" in text]

    assert len(set(marked)) == len(marked), f"{texts}: {sorted(marked)}"


def test_of_a_group_one_is_checked_and_a_menu_shows_it_so(app: WindowFixture) -> None:
    groups = {row.group: [other.id for other in ACTIONS if other.group == row.group] for row in ACTIONS if row.group}
    assert groups
    for ids in groups.values():
        for one in ids:
            app.commands.on = {other: other == one for other in ids}
            app.action_set.refresh()
            app.action_set[one].trigger()
            assert [other for other in ids if app.action_set[other].isChecked()] == [one]
            group = app.action_set[one].actionGroup()
            assert group is not None
            assert group.isExclusive()


@pytest.mark.parametrize("action_id", [action.id for action in ACTIONS])
def test_each_key_works_from_every_focus(app: WindowFixture, action_id: str) -> None:
    for key in BY_ID[action_id].keys:
        chord = QKeySequence(key)[0]  # type: ignore[index]  # in Qt, missing in the stubs
        for focus in (app.window, app.button):
            focus.setFocus()
            app.done.clear()
            QTest.keyClick(focus, chord.key(), chord.keyboardModifiers())

            assert app.done == [action_id], f"{key} from {type(focus).__name__}"


def test_each_key_works_while_the_menu_bar_is_hidden(app: WindowFixture) -> None:
    app.window.menuBar().hide()
    QTest.keyClick(app.window, Qt.Key.Key_Right)

    assert app.done == ["next"]


def test_a_text_field_keeps_its_keys(app: WindowFixture) -> None:
    app.line.setFocus()
    for key in (Qt.Key.Key_T, Qt.Key.Key_Space, Qt.Key.Key_Left, Qt.Key.Key_1, Qt.Key.Key_Home):
        QTest.keyClick(app.line, key)

    assert app.done == []
    assert app.line.text() == "t1 "


def test_what_cannot_be_done_now_is_disabled(app: WindowFixture) -> None:
    app.action_set.refresh()
    assert not app.action_set["next"].isEnabled()
    assert app.action_set["open"].isEnabled()

    app.commands.met = {"slides", "several"}
    app.action_set.refresh()
    assert app.action_set["next"].isEnabled()
    assert not app.action_set["zoom_in"].isEnabled()


def test_what_is_on_is_checked_and_nothing_is_triggered_by_it(app: WindowFixture) -> None:
    app.commands.on = {"fullscreen": True, "black": False}
    app.action_set.refresh()

    assert app.action_set["fullscreen"].isChecked()
    assert not app.action_set["black"].isChecked()
    assert app.done == []


def test_a_tool_tip_names_the_first_key(app: WindowFixture) -> None:
    assert app.action_set["next"].toolTip() == "The next slide (Right)"
    assert app.action_set["open_builtin"].toolTip() == "Open the gallery that comes with Liftoff"


def test_the_help_names_every_key_that_is_bound() -> None:
    shown = {key for rows in shortcuts(KEYS).values() for ways in rows.values() for _, key in ways}

    for action in ACTIONS:
        for key in action.keys if action.when != "kiosk" else ():
            assert QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText) in shown


def test_the_help_follows_keys_that_were_bound_anew() -> None:
    page = shortcuts({**KEYS, "next": ("J",)})

    assert page["Go"]["Next"] == [("key", "J"), ("gesture", "mouse forward, wheel")]
