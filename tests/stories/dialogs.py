"""Answering the program's dialogs, which stop everything else until they are closed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QPlainTextEdit, QWidget
from shiboken6 import Shiboken

from viewer.timers import repeating

if TYPE_CHECKING:
    from collections.abc import Callable

_LOOK_MS = 10


def answer(ask: Callable[[], object], act: Callable[[QDialog], object]) -> None:
    """Do `ask`, which opens a dialog, and `act` on that dialog; it is closed then, if it was not by that."""
    window = QApplication.activeWindow()
    trouble: list[BaseException] = []
    looks = 0

    def look() -> None:
        nonlocal looks
        looks += 1
        dialog = QApplication.activeModalWidget()
        if not isinstance(dialog, QDialog) or not dialog.isActiveWindow():
            return
        timer.stop()
        try:
            act(dialog)
        except BaseException as error:  # noqa: BLE001 - it is raised where the test can see it
            trouble.append(error)
        if Shiboken.isValid(dialog) and dialog.isVisible():
            dialog.reject()

    timer = repeating(None, look, _LOOK_MS)
    timer.start()
    ask()
    came = not timer.isActive()
    timer.stop()
    timer.timeout.disconnect(look)  # which holds on to the timer that holds on to it
    if trouble:
        raise trouble[0]
    assert came, f"no dialog came in {looks} looks"
    if window is not None:
        window.activateWindow()  # the screen of the tests has no window manager that would do it
        assert QTest.qWaitForWindowActive(window)


def named(dialog: QWidget, name: str) -> QWidget:
    """The field that a screen reader would call `name`."""
    return next(field for field in dialog.findChildren(QWidget) if field.accessibleName() == name)


def write(dialog: QWidget, name: str, text: str) -> QWidget:
    """Type `text` in place of what stands in the field called `name`, and return the field."""
    field = named(dialog, name)
    assert isinstance(field, (QLineEdit, QPlainTextEdit))
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, text)
    return field
