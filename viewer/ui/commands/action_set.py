"""Makes the window's actions and menus out of the table in `viewer.actions`.

Every row gets one QAction and one handler; `ActionSet` refuses a table with a row nobody handles, or a handler no row
asks for. The actions belong to the window itself, so that their keys work whatever has the focus and while the menu
bar is hidden; only text fields keep the keys they need, as Qt arranges by ShortcutOverride.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu

from viewer.actions import ACTIONS, MENUS, SEPARATOR

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from collections.abc import Set as AbstractSet

    from PySide6.QtWidgets import QMainWindow

    from viewer.actions import When


_REPEATED: Final = frozenset({
    "next", "previous", "zoom_in", "zoom_out", "pan_left", "pan_right", "pan_up", "pan_down", "caption_larger",
    "caption_smaller", "slower", "faster",
})
"""What a key that is held down does again and again; everything else it does once."""


class ActionSet(QObject):
    """The QActions by id. `handlers` has one callable for every row; `bindings` are the keys of each."""

    def __init__(self, window: QMainWindow, handlers: Mapping[str, Callable[[], object]],
                 bindings: Mapping[str, tuple[str, ...]]) -> None:
        """Make all actions; raises ValueError where table and handlers differ."""
        super().__init__(window)
        table = {action.id for action in ACTIONS}
        if odd := table.symmetric_difference(handlers):
            raise ValueError(f"actions and handlers differ in: {', '.join(sorted(odd))}")
        self._actions: dict[str, QAction] = {}
        for row in ACTIONS:
            action = QAction(row.text, self)
            action.setObjectName(row.id)
            action.setCheckable(row.checkable)
            action.setShortcuts([QKeySequence(key) for key in bindings[row.id]])
            action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
            action.setAutoRepeat(row.id in _REPEATED)
            action.setToolTip(tool_tip(row.tip, bindings[row.id]))
            action.setStatusTip(row.tip)
            action.triggered.connect(_without_checked(handlers[row.id]))
            window.addAction(action)
            self._actions[row.id] = action

    def __getitem__(self, action_id: str) -> QAction:
        """The QAction of a row."""
        return self._actions[action_id]

    def fill_menu_bar(self, window: QMainWindow) -> None:
        """Make the menus."""
        for title, ids in MENUS:
            menu = QMenu(title, window)
            menu.setToolTipsVisible(True)
            for action_id in ids:
                if action_id == SEPARATOR:
                    menu.addSeparator()
                else:
                    menu.addAction(self._actions[action_id])
            window.menuBar().addMenu(menu)

    def allow(self, now: AbstractSet[When]) -> None:
        """Enable just the actions whose `when` is in `now`."""
        for row in ACTIONS:
            self._actions[row.id].setEnabled(row.when in now)

    def check(self, action_id: str, on: bool) -> None:
        """Show a checkable action as on or off, without doing anything."""
        self._actions[action_id].setChecked(on)


def tool_tip(tip: str, keys: tuple[str, ...]) -> str:
    """A tip with its first key, as in "The next slide (Right)"."""
    if not keys:
        return tip
    return f"{tip} ({QKeySequence(keys[0]).toString(QKeySequence.SequenceFormat.NativeText)})"


def _without_checked(handler: Callable[[], object]) -> Callable[[], None]:
    def run() -> None:
        handler()

    return run
