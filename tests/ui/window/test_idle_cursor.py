from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QVBoxLayout, QWidget

from tests.fakes import ManualClock
from tests.mouse import release_buttons
from viewer.ui.window.idle_cursor import IdleCursor
from viewer.ui.window.pointer_activity import POINTER_IDLE_MS, PointerActivity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot


class Place:
    """A window with a text in it, whose pointer is watched."""

    def __init__(self, qtbot: QtBot) -> None:
        self.clock = ManualClock()
        self.window = QWidget()
        self.window.resize(400, 300)
        QVBoxLayout(self.window).addWidget(QLabel("A caption"))
        qtbot.addWidget(self.window)
        with qtbot.waitExposed(self.window):
            self.window.show()
        self.handle = self.window.windowHandle()
        release_buttons(self.handle)
        self.idle_cursor = IdleCursor(PointerActivity(self.handle, self.clock))
        self.idle_cursor.set_watching(True)

    def hides(self) -> bool:
        """Whether the pointer is hidden."""
        shape = QGuiApplication.overrideCursor()
        assert shape is None or shape.shape() == Qt.CursorShape.BlankCursor
        return shape is not None

    def move(self, x: int, y: int = 150) -> None:
        """The pointer moves to there, over the text."""
        QTest.mouseMove(self.handle, QPoint(x, y))


@pytest.fixture
def place(qtbot: QtBot) -> Iterator[Place]:
    made = Place(qtbot)
    yield made
    made.idle_cursor.close()
    assert made.clock.pending == 0
    assert not made.hides()


def test_the_pointer_is_hidden_when_it_rests_and_back_when_it_moves(place: Place) -> None:
    place.clock.advance(POINTER_IDLE_MS - 1)
    assert not place.hides()
    place.clock.advance(1)
    assert place.hides()

    place.move(10)
    place.move(10)
    assert place.hides()  # where a window appears under it, a pointer seems to come in
    place.move(12)
    assert not place.hides()
    place.clock.advance(POINTER_IDLE_MS)
    assert place.hides()


def test_movement_puts_the_rest_off(place: Place) -> None:
    for step in range(5):
        place.clock.advance(1500)
        place.move(step + 1)
    assert not place.hides()
    place.clock.advance(POINTER_IDLE_MS)
    assert place.hides()


def test_the_pointer_is_not_hidden_during_a_drag(place: Place) -> None:
    QTest.mousePress(place.handle, Qt.MouseButton.LeftButton, pos=QPoint(10, 10))
    place.clock.advance(3 * POINTER_IDLE_MS)
    assert not place.hides()

    QTest.mouseRelease(place.handle, Qt.MouseButton.LeftButton, pos=QPoint(10, 10))
    place.clock.advance(POINTER_IDLE_MS)
    assert place.hides()


def test_a_text_that_changes_under_the_pointer_does_not_bring_it_back(place: Place) -> None:
    place.move(10)
    place.move(12)
    place.clock.advance(POINTER_IDLE_MS)
    text = QLabel("The next caption", place.window)
    text.resize(place.window.size())
    text.show()
    QApplication.processEvents()

    assert place.hides()


def test_in_a_window_the_pointer_stays(place: Place) -> None:
    place.idle_cursor.set_watching(False)
    place.move(10)
    place.move(12)
    place.clock.advance(10 * POINTER_IDLE_MS)

    assert not place.hides()


def test_leaving_full_screen_brings_the_pointer_back(place: Place) -> None:
    place.clock.advance(POINTER_IDLE_MS)
    place.idle_cursor.set_watching(False)

    assert not place.hides()


def test_the_pointer_is_seen_again_elsewhere(place: Place) -> None:
    place.clock.advance(POINTER_IDLE_MS)
    QApplication.sendEvent(place.handle, QEvent(QEvent.Type.Leave))

    assert not place.hides()


def test_the_pointer_is_seen_over_a_dialog(place: Place) -> None:
    place.clock.advance(POINTER_IDLE_MS)
    dialog = QDialog(place.window)
    dialog.open()
    place.clock.advance(10 * POINTER_IDLE_MS)

    assert not place.hides()
    dialog.close()
