"""QActions, menus and shortcuts made from the table in `viewer.actions`.

Every row gets one QAction and one handler. The actions belong to the window itself, so that their keys work whatever
has the focus and while the menu bar is hidden; only text fields keep the keys they need, as Qt arranges by
ShortcutOverride.
"""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QActionGroup, QKeySequence, QShortcutEvent
from PySide6.QtWidgets import QMenu

from viewer.actions import ACTIONS, MENUS, SEPARATOR, Menu
from viewer.ui.commands.keys_by_place import KeysByPlace

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from PySide6.QtCore import QEvent
    from PySide6.QtWidgets import QMainWindow, QWidget

    from viewer.actions import When

_REPEATED: Final = frozenset({
    "next", "previous", "zoom_in", "zoom_out", "pan_left", "pan_right", "pan_up", "pan_down", "caption_larger",
    "caption_smaller", "slower", "faster",
})
"""What a key that is held down does again and again; everything else it does once."""


class Commands:
    """Some rows of the table of actions: what they do, and the state in the program that concerns them."""

    handlers: Mapping[str, Callable[[], object]]
    """What to call for each action, by its id."""

    def checked(self) -> Mapping[str, bool]:
        """Whether each of these checkable actions is on now, by its id."""
        return {}

    def conditions(self) -> set[When]:
        """Which of the conditions in the table's `when` that these commands know of are met now."""
        return set()


class _WindowAction(QAction):
    """An action that is triggered, too, by a key press that belongs to another action as well.

    With some layouts one key press is two key sequences: Ctrl+Shift+= on a US keyboard is Ctrl++ too. Qt's QAction does
    nothing then but warn. The character that was typed decides.
    """

    def __init__(self, text: str, owner: ActionSet) -> None:
        super().__init__(text, owner)
        self._owner = owner

    def event(self, event: QEvent) -> bool:
        """Trigger one action, whichever of them Qt has chosen to tell."""
        if isinstance(event, QShortcutEvent) and event.isAmbiguous():
            (self._owner.keys.typed_action() or self).trigger()
            return True
        return super().event(event)


class ActionSet(QObject):
    """The window's QActions by id. `bindings` are the keys of each.

    `allowed` are the ids of those that can be used, None for all: the others have no keys, cannot be seen and do
    nothing, whoever triggers them, and there are no menus.
    """

    def __init__(self, window: QMainWindow, commands: Sequence[Commands], bindings: Mapping[str, tuple[str, ...]],
                 allowed: frozenset[str] | None = None) -> None:
        """Make all actions; raises ValueError unless every row of the table is handled by exactly one of `commands`."""
        super().__init__(window)
        self._commands = commands
        handled = list(chain.from_iterable(one.handlers for one in commands))
        handlers = {action_id: handler for one in commands for action_id, handler in one.handlers.items()}
        if odd := {row.id for row in ACTIONS} ^ set(handled) | {one for one in handled if handled.count(one) > 1}:
            raise ValueError(f"not handled exactly once: {', '.join(sorted(odd))}")
        self._has_menus = allowed is None
        self._allowed = frozenset(handlers) if allowed is None else allowed
        self._actions: dict[str, QAction] = {}
        groups: dict[str, QActionGroup] = {}
        self.keys = KeysByPlace(window)
        for row in ACTIONS:
            action = _WindowAction(row.text, self)
            action.setObjectName(row.id)
            action.setCheckable(row.checkable)
            is_allowed = row.id in self._allowed
            action.setShortcuts([QKeySequence(key) for key in bindings[row.id] if is_allowed])
            action.setVisible(is_allowed)
            action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
            action.setAutoRepeat(row.id in _REPEATED)
            first_key = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
            action.setToolTip(f"{row.tip} ({first_key})" if first_key else row.tip)
            action.setStatusTip(row.tip)
            # A slot with a parameter of its own would be given `checked` for it.
            action.triggered.connect(lambda _checked, run=handlers[row.id]: run())
            if row.group:
                groups.setdefault(row.group, QActionGroup(self)).addAction(action)
            window.addAction(action)
            self._actions[row.id] = action

    def __getitem__(self, action_id: str) -> QAction:
        """The QAction of a row."""
        return self._actions[action_id]

    def fill_menu_bar(self, window: QMainWindow) -> None:
        """Make the menus."""
        for menu in MENUS if self._has_menus else ():
            window.menuBar().addMenu(self._filled(menu, window))

    def _filled(self, menu: Menu, parent: QWidget) -> QMenu:
        made = QMenu(menu.title, parent)
        made.setToolTipsVisible(True)
        made.installEventFilter(self.keys)
        for entry in menu.entries:
            if isinstance(entry, Menu):
                made.addMenu(self._filled(entry, made))
            elif entry == SEPARATOR:
                made.addSeparator()
            else:
                made.addAction(self._actions[entry])
        return made

    def refresh(self) -> None:
        """Enable what can be done now, and check what is on; nothing is triggered by it."""
        met = {"always"}.union(*(one.conditions() for one in self._commands))
        for row in ACTIONS:
            self._actions[row.id].setEnabled(row.when in met and row.id in self._allowed)
        for one in self._commands:
            for action_id, on in one.checked().items():
                self._actions[action_id].setChecked(on)
