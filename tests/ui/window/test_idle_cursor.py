from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QGuiApplication, QMouseEvent
from PySide6.QtWidgets import QApplication, QLabel

from tests.fakes import ManualClock
from viewer.ui.captions.panel import CaptionPanel
from viewer.ui.viewport.pointer_gestures import POINTER_REST_MS
from viewer.ui.window.idle_cursor import IdleCursor

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot


class Place:
    """A caption panel whose pointer is watched."""

    def __init__(self, qtbot: QtBot) -> None:
        self.clock = ManualClock()
        self.panel = CaptionPanel()
        qtbot.addWidget(self.panel)
        self.idle_cursor = IdleCursor(self.panel, self.clock)
        self.idle_cursor.set_watching(True)

    def hides(self) -> bool:
        """Whether the pointer is hidden."""
        return QGuiApplication.overrideCursor() is not None

    def move(self) -> None:
        """The pointer moves over a text in the panel."""
        text = self.panel.findChild(QLabel, "Caption")
        assert text is not None
        here, none = QPointF(5, 5), Qt.MouseButton.NoButton
        event = QMouseEvent(QEvent.Type.MouseMove, here, text.mapToGlobal(here), none, none,
                            Qt.KeyboardModifier.NoModifier)
        QApplication.sendEvent(text, event)


@pytest.fixture
def place(qtbot: QtBot) -> Iterator[Place]:
    made = Place(qtbot)
    yield made
    made.idle_cursor.set_watching(False)


def test_the_pointer_goes_when_it_rests_on_the_words_and_comes_back_when_it_moves(place: Place) -> None:
    place.move()
    place.clock.advance(POINTER_REST_MS - 1)
    assert not place.hides()

    place.clock.advance(1)
    assert place.hides()
    shape = QGuiApplication.overrideCursor()
    assert shape is not None
    assert shape.shape() == Qt.CursorShape.BlankCursor

    place.move()
    assert not place.hides()
    assert QGuiApplication.overrideCursor() is None


def test_in_a_window_the_pointer_stays(place: Place) -> None:
    place.idle_cursor.set_watching(False)
    place.move()
    place.clock.advance(10 * POINTER_REST_MS)

    assert not place.hides()


def test_leaving_full_screen_brings_the_pointer_back(place: Place) -> None:
    place.move()
    place.clock.advance(POINTER_REST_MS)
    place.idle_cursor.set_watching(False)

    assert QGuiApplication.overrideCursor() is None


def test_the_pointer_is_seen_again_elsewhere(place: Place) -> None:
    place.move()
    place.clock.advance(POINTER_REST_MS)
    QApplication.sendEvent(place.panel, QEvent(QEvent.Type.Leave))

    assert not place.hides()
