"""Keys that mean nothing in the keyboard's layout do at the window what they do on a US keyboard."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, QKeyCombination, QObject, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QMenu

from viewer.ui.commands.keyboard_layout import as_typed, by_place, is_as_typed

if TYPE_CHECKING:
    from PySide6.QtGui import QAction
    from PySide6.QtWidgets import QMainWindow, QWidget


class KeysByPlace(QObject):
    """Event filter on `window`, and on menus that it is installed on.

    A key press comes to the window last: once no action was found for it and nothing that has the focus wants it.
    Whatever the layout gives a meaning, keeps it.
    """

    def __init__(self, window: QMainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._latest = (0, Qt.KeyboardModifier.NoModifier)
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take key presses that have a meaning by their place."""
        if isinstance(event, QKeyEvent):
            if event.type() == QEvent.Type.ShortcutOverride:
                self._latest = event.key(), event.modifiers()
                if event.nativeScanCode() and is_as_typed(event) and not _is_typing_text():
                    event.accept()  # and have it as a key press
                    return True
            elif event.type() == QEvent.Type.KeyPress:
                return self._choose(watched, event) if isinstance(watched, QMenu) else self._take(event)
        return False

    def typed_action(self) -> QAction | None:
        """The enabled action of the latest key press, by the character that was typed."""
        return next((action for one in as_typed(*self._latest) for action in self._bound(one) if action.isEnabled()),
                    None)

    def _bound(self, combined: int) -> list[QAction]:
        keys = QKeySequence(combined)
        return [action for action in self._window.actions() if keys in action.shortcuts()]

    def _take(self, event: QKeyEvent) -> bool:
        if _is_typing_text():
            return False
        typed = as_typed(event.key(), event.modifiers())
        if is_as_typed(event):
            return bool(event.nativeScanCode()) and _send(self._window, typed[0], event)
        if any(map(self._bound, typed)):
            return False  # it has a meaning, which is disabled now
        return any(_send(self._window, one, event) for one in by_place(event))

    def _choose(self, menu: QMenu, event: QKeyEvent) -> bool:
        """Press the letter that is underlined in an entry of the menu that is open."""
        marked = {QKeySequence.mnemonic(action.text()).toString()[-1:] for action in menu.actions()}
        return event.text().upper() not in marked and any(_send(menu, one, event) for one in by_place(event))


def _is_typing_text() -> bool:
    focused = QApplication.focusWidget()
    return focused is not None and focused.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)


def _send(receiver: QWidget, combined: int, event: QKeyEvent) -> bool:
    """Have a key pressed as if `event` had been that; says whether anything was done."""
    combination = QKeyCombination.fromCombined(combined)
    press = QKeyEvent(QEvent.Type.KeyPress, combination.key(), combination.keyboardModifiers(), chr(combination.key()),
                      event.isAutoRepeat())
    QCoreApplication.sendEvent(receiver, press)  # which looks for shortcuts first
    return press.isAccepted()
