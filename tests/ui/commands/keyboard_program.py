"""A program with the window's real actions on the screen in DISPLAY, which writes down what keys trigger.

Run as ``python -m tests.ui.commands.keyboard_program``, with JSON of the keys that are bound anew. Upon each F12 it
writes a line of JSON: what was done since the last one, and what is in its text field. F9 takes the focus to the text
field and back.
"""

from __future__ import annotations

import json
import sys
from functools import partial

from PySide6.QtCore import Qt, qInstallMessageHandler
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QLineEdit, QMainWindow, QPushButton, QVBoxLayout, QWidget

from tests.fakes import ManualClock
from viewer.actions import ACTIONS
from viewer.ui.commands.action_set import ActionSet, Commands
from viewer.ui.commands.number_entry import NumberKeys

_LATER_MS = 10_000


class NotedCommands(Commands):
    """Every action writes its id into `done`."""

    def __init__(self, done: list[str]) -> None:
        self.handlers = {row.id: partial(done.append, row.id) for row in ACTIONS}


def main() -> None:
    """Show the window until the test ends this program."""
    app = QApplication(sys.argv)
    window, clock, done = QMainWindow(), ManualClock(), list[str]()
    qInstallMessageHandler(lambda _kind, _where, words: done.append(f"Qt says: {words}"))
    numbers = NumberKeys(window, clock)
    numbers.typed.connect(lambda digits: done.append(f"typed {digits}") if digits else None)
    numbers.entered.connect(lambda number: done.append(f"go to {number}"))
    bindings = {row.id: row.keys for row in ACTIONS} | (json.loads(sys.argv[1]) if sys.argv[1:] else {})
    ActionSet(window, [NotedCommands(done)], bindings).fill_menu_bar(window)
    middle = QWidget()
    column = QVBoxLayout(middle)
    button, line = QPushButton("button"), QLineEdit()
    for part in (button, line):
        column.addWidget(part)
    window.setCentralWidget(middle)

    def tell() -> None:
        sys.stdout.write(json.dumps({"done": done, "text": line.text()}) + "\n")
        sys.stdout.flush()
        done.clear()
        line.clear()
        clock.advance(_LATER_MS)

    for key, run in (("F12", tell), ("F9", lambda: (button if line.hasFocus() else line).setFocus())):
        shortcut = QShortcut(QKeySequence(key), window)
        shortcut.setContext(Qt.ShortcutContext.ApplicationShortcut)
        shortcut.activated.connect(run)
    window.show()
    button.setFocus()
    window.activateWindow()
    while not window.isActiveWindow():
        app.processEvents()
    tell()
    app.exec()


if __name__ == "__main__":
    main()
