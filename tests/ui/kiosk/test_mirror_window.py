from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from viewer.ui.kiosk.mirror_window import MirrorWindow

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot


class Screens:
    """A window, a part of it, and its mirror; paintings of the mirror are counted."""

    def __init__(self, qtbot: QtBot) -> None:
        self.window = QWidget()
        qtbot.addWidget(self.window)
        self.window.resize(300, 200)
        self.part = QLabel(self.window)
        self.part.setAutoFillBackground(True)
        self.part.setGeometry(0, 0, 300, 200)
        self.paint(Qt.GlobalColor.red)
        self.window.show()
        self.mirror = MirrorWindow(self.window)
        self.mirror.resize(600, 600)
        self.mirror.show()
        qtbot.waitExposed(self.mirror)

    def paint(self, colour: Qt.GlobalColor) -> None:
        self.part.setPalette(QPalette(QColor(colour)))

    def colour(self, x: int, y: int) -> QColor:
        return self.mirror.screen().grabWindow(self.mirror.winId()).toImage().pixelColor(x, y)


@pytest.fixture
def screens(qtbot: QtBot) -> Iterator[Screens]:
    made = Screens(qtbot)
    yield made
    made.mirror.end()


def test_the_second_screen_shows_the_first_as_large_as_it_fits(qtbot: QtBot, screens: Screens) -> None:
    qtbot.waitUntil(lambda: screens.colour(300, 300) == QColor(Qt.GlobalColor.red))

    assert screens.colour(300, 110) == QColor(Qt.GlobalColor.red)
    assert screens.colour(300, 90) == QColor(Qt.GlobalColor.black)
    assert screens.colour(300, 510) == QColor(Qt.GlobalColor.black)


def test_it_changes_when_any_part_of_the_first_does(qtbot: QtBot, screens: Screens) -> None:
    qtbot.waitUntil(lambda: screens.colour(300, 300) == QColor(Qt.GlobalColor.red))

    screens.paint(Qt.GlobalColor.green)

    qtbot.waitUntil(lambda: screens.colour(300, 300) == QColor(Qt.GlobalColor.green))


def test_nobody_closes_it_but_its_owner(screens: Screens) -> None:
    assert not screens.mirror.close()

    assert screens.mirror.isVisible()
    screens.mirror.end()
    assert not screens.mirror.isVisible()


def test_what_stands_still_is_not_painted_again(qtbot: QtBot, screens: Screens) -> None:
    qtbot.waitUntil(lambda: screens.colour(300, 300) == QColor(Qt.GlobalColor.red))
    painted = Paintings(screens.mirror)

    for _ in range(20):
        QApplication.processEvents()

    assert painted.count == 0
    screens.paint(Qt.GlobalColor.blue)
    qtbot.waitUntil(lambda: painted.count > 0)


class Paintings(QObject):
    """Counts how often a widget is painted."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self.count = 0
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        self.count += event.type() == QEvent.Type.Paint
        return super().eventFilter(watched, event)
