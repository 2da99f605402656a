from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QWidget

from viewer.ui.style.accessibility import announce, announcement

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot


class Reader:
    """What a screen reader is told by Qt; `listens` turns it on and off."""

    def __init__(self) -> None:
        self.heard: list[tuple[str, object]] = []

    def tell(self, event: object) -> None:
        assert isinstance(event, QAccessibleAnnouncementEvent)
        self.heard.append((event.message(), event.object()))

    def listens(self, on: bool) -> None:
        QAccessible.setActive(on)


@pytest.fixture
def reader(monkeypatch: pytest.MonkeyPatch) -> Iterator[Reader]:
    made = Reader()
    monkeypatch.setattr(QAccessible, "updateAccessibility", made.tell)
    was = QAccessible.isActive()
    yield made
    made.listens(was)


def test_a_slide_is_announced_by_place_title_and_what_is_to_be_seen() -> None:
    assert announcement("3 of 11", "Launch", "A rocket rises.") == "3 of 11, Launch. A rocket rises."
    assert announcement("3 of 11", "Launch", "") == "3 of 11, Launch"


def test_a_sentence_reaches_a_screen_reader_in_the_name_of_its_widget(reader: Reader, qtbot: QtBot) -> None:
    widget = QWidget()
    qtbot.addWidget(widget)
    reader.listens(True)
    announce(widget, "Paused")

    assert reader.heard == [("Paused", widget)]


def test_without_a_screen_reader_nothing_is_told(reader: Reader, qtbot: QtBot) -> None:
    widget = QWidget()
    qtbot.addWidget(widget)
    reader.listens(False)
    announce(widget, "Paused")

    assert reader.heard == []
