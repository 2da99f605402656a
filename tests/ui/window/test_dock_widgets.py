from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QApplication, QDockWidget, QMainWindow, QWidget

from viewer.ui.window.dock_widgets import AREAS, make_dock, place_docks, side_of

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from viewer.actions import Side


@pytest.fixture
def window(qtbot: QtBot) -> QMainWindow:
    made = QMainWindow()
    qtbot.addWidget(made)
    made.setCentralWidget(QWidget())
    made.resize(600, 600)
    made.show()
    return made


@pytest.mark.parametrize("side", AREAS)
def test_of_two_docks_on_one_side_the_outer_one_stands_at_the_windows_edge(window: QMainWindow, side: Side) -> None:
    inner, outer = (make_dock(window, name, name, QWidget()) for name in ("inner", "outer"))

    place_docks(window, inner, AREAS[side], outer, AREAS[side])
    for dock in (inner, outer):
        dock.show()
    QApplication.sendPostedEvents()
    QApplication.processEvents()

    centre = window.rect().center()
    far = {dock: (dock.geometry().center() - centre).manhattanLength() for dock in (inner, outer)}
    assert far[outer] > far[inner]
    assert side_of(window.dockWidgetArea(inner)) == side_of(window.dockWidgetArea(outer)) == side


def test_a_dock_that_stands_where_it_is_to_stand_is_left_alone(window: QMainWindow) -> None:
    docks: list[QDockWidget] = [make_dock(window, name, name, QWidget()) for name in ("inner", "outer")]
    inner, outer = docks
    place_docks(window, inner, AREAS["right"], outer, AREAS["bottom"])
    for dock in docks:
        dock.show()

    place_docks(window, inner, AREAS["left"], outer, AREAS["bottom"])

    assert (inner.isVisible(), outer.isVisible()) == (False, True)
    assert side_of(window.dockWidgetArea(inner)) == "left"
