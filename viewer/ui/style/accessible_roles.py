"""Roles of widgets that Qt takes for something else: headings, groups, the progress line.

Widgets name their role by `viewer.ui.style.accessibility.set_role`, which costs nothing. What PySide has for assistive
technology comes with this module, after the first picture.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAccessibleWidget, QWidget

from viewer.ui.style.accessibility import ROLE

if TYPE_CHECKING:
    from PySide6.QtCore import QObject
    from PySide6.QtGui import QAccessibleInterface


def install_roles(window: QWidget) -> None:
    """Have widgets keep the roles they name; in `window` even where a screen reader was given others before."""
    QAccessible.installFactory(_interface)
    for widget in window.findChildren(QWidget):
        if widget.property(ROLE):
            before = QAccessible.queryAccessibleInterface(widget)
            QAccessible.deleteAccessibleInterface(QAccessible.uniqueId(before))


def _interface(class_name: str, thing: QObject) -> QAccessibleInterface | None:
    """The interface of `thing`; Qt asks by the name of its class, then by those of the classes it is derived from.

    Qt's own class, not one derived from it in Python: what that would return for C++'s pointers to further interfaces,
    such as a value or a text, PySide turns into pointers to the wrong base class, and the program crashes.
    """
    if isinstance(thing, QWidget) and type(thing).__name__ == class_name and (role := thing.property(ROLE)):
        return QAccessibleWidget(thing, QAccessible.Role[role])
    return None
