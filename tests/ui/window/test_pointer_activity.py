from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF
from PySide6.QtGui import QEnterEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from tests.mouse import release_buttons
from viewer.ui.window.pointer_activity import POINTER_IDLE_MS, PointerActivity

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from tests.fakes import ManualClock


class Place:
    """A window whose pointer is watched, and what was told."""

    def __init__(self, qtbot: QtBot, clock: ManualClock) -> None:
        self.window = QWidget()
        self.window.resize(400, 300)
        qtbot.addWidget(self.window)
        with qtbot.waitExposed(self.window):
            self.window.show()
        self.handle = self.window.windowHandle()
        release_buttons(self.handle)
        self.told: list[str] = []
        self.activity = PointerActivity(self.handle, clock)
        self.activity.moved.connect(lambda place: self.told.append(f"{place.x():.0f} {place.y():.0f}"))
        self.activity.rested.connect(lambda: self.told.append("rested"))
        self.activity.left.connect(lambda: self.told.append("left"))

    def enter(self, x: int, y: int) -> None:
        """The pointer comes in there."""
        place, there = QPointF(x, y), self.window.mapToGlobal(QPointF(x, y))
        QApplication.sendEvent(self.handle, QEnterEvent(place, place, there))


@pytest.fixture
def place(qtbot: QtBot, clock: ManualClock) -> Place:
    return Place(qtbot, clock)


def test_a_movement_is_told_with_its_place_and_a_rest_once(place: Place, clock: ManualClock) -> None:
    QTest.mouseMove(place.handle, QPoint(10, 10))
    QTest.mouseMove(place.handle, QPoint(12, 10))
    clock.advance(POINTER_IDLE_MS - 1)
    assert place.told == ["12 10"]

    clock.advance(10 * POINTER_IDLE_MS)
    assert place.told == ["12 10", "rested"]


def test_a_pointer_that_a_window_appears_under_has_not_moved(place: Place) -> None:
    place.enter(10, 10)
    place.enter(10, 10)

    assert place.told == []


def test_one_that_comes_back_elsewhere_has_moved(place: Place) -> None:
    place.enter(10, 10)
    QApplication.sendEvent(place.handle, QEvent(QEvent.Type.Leave))
    place.enter(395, 150)

    assert place.told == ["left", "395 150"]


def test_a_pointer_that_has_left_does_not_rest(place: Place, clock: ManualClock) -> None:
    place.enter(10, 10)
    QApplication.sendEvent(place.handle, QEvent(QEvent.Type.Leave))
    clock.advance(10 * POINTER_IDLE_MS)

    assert place.told == ["left"]


def test_something_else_counts_as_a_movement_when_it_is_said_so(place: Place, clock: ManualClock) -> None:
    place.activity.stir()
    clock.advance(POINTER_IDLE_MS)

    assert place.told == ["rested"]
