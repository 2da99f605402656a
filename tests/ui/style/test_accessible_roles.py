from __future__ import annotations

import gc
from typing import TYPE_CHECKING

from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QLabel, QWidget

from viewer.ui.style.accessibility import set_role
from viewer.ui.style.accessible_roles import install_roles

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


def role_of(widget: QWidget) -> QAccessible.Role:
    return QAccessible.queryAccessibleInterface(widget).role()


def test_a_label_can_be_a_heading_and_keeps_its_name(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    title, other = QLabel("Launch", window), QLabel("It rises.", window)
    title.setAccessibleName("Launch")
    set_role(title, "Heading")
    install_roles(window)
    gc.collect()

    assert role_of(title) == QAccessible.Role.Heading
    assert QAccessible.queryAccessibleInterface(title).text(QAccessible.Text.Name) == "Launch"
    assert role_of(other) == QAccessible.Role.StaticText


def test_a_role_is_had_even_where_a_screen_reader_has_asked_before(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    title = QLabel("Launch", window)
    assert role_of(title) == QAccessible.Role.StaticText

    set_role(title, "Heading")
    install_roles(window)
    assert role_of(title) == QAccessible.Role.Heading
