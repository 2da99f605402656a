from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from viewer.ui.window.saved_geometry import SavedGeometry

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

STATE = Qt.WindowState


@pytest.mark.parametrize("left_as", [STATE.WindowNoState, STATE.WindowMaximized, STATE.WindowFullScreen])
def test_a_window_comes_back_with_its_own_size_and_never_in_full_screen(qtbot: QtBot, left_as: Qt.WindowState) -> None:
    window, other = QWidget(), QWidget()
    for one in (window, other):
        qtbot.addWidget(one)
    geometry = SavedGeometry(window)
    window.resize(640, 480)
    window.show()
    geometry.settle()
    window.setWindowState(left_as)
    QApplication.processEvents()
    geometry.settle()
    SavedGeometry(other).restore(geometry.state())

    assert other.isMaximized() is (left_as == STATE.WindowMaximized)
    other.show()
    other.setWindowState(STATE.WindowNoState)
    QApplication.processEvents()
    assert other.size().toTuple() == (640, 480)


def test_what_cannot_be_read_changes_nothing(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(640, 480)
    for nonsense in (b"", b"nonsense", b"nonsense" * 40):
        SavedGeometry(window).restore(nonsense)

    assert window.size().toTuple() == (640, 480)
