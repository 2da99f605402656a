from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QWidget

from viewer.ui.commands.messages import Messages
from viewer.ui.style.accessibility import announce, announcement
from viewer.ui.window.toast import Toast

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


class Reader:
    """What a screen reader is told by Qt; `listens` turns it on and off, which not every Qt lets a test do."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self.patch = patch
        self.heard: list[tuple[str, object]] = []

    def tell(self, event: object) -> None:
        assert isinstance(event, QAccessibleAnnouncementEvent)
        self.heard.append((event.message(), event.object()))

    def listens(self, on: bool) -> None:
        self.patch.setattr(QAccessible, "isActive", lambda: on)


@pytest.fixture
def reader(monkeypatch: pytest.MonkeyPatch) -> Reader:
    made = Reader(monkeypatch)
    monkeypatch.setattr(QAccessible, "updateAccessibility", made.tell)
    return made


def test_a_slide_is_announced_by_place_title_and_what_is_to_be_seen() -> None:
    assert announcement("3 of 11", "Launch", "A rocket rises.") == "3 of 11, Launch. A rocket rises."
    assert announcement("3 of 11", "Launch", "") == "3 of 11, Launch"
    assert announcement("3 of 11", "Launch", "A rocket", "", "It rises!", "NASA") == (
        "3 of 11, Launch. A rocket. It rises! NASA")


def test_a_sentence_reaches_a_screen_reader_in_the_name_of_its_widget(reader: Reader, qtbot: QtBot) -> None:
    widget = QWidget()
    qtbot.addWidget(widget)
    reader.listens(True)

    assert announce(widget, "Paused")
    assert reader.heard == [("Paused", widget)]


def test_marks_of_direction_are_not_read_out(reader: Reader, qtbot: QtBot) -> None:
    widget = QWidget()
    qtbot.addWidget(widget)
    reader.listens(True)
    announce(widget, "1: \u2068שיגור\u2069")

    assert reader.heard == [("1: שיגור", widget)]


def test_without_a_screen_reader_nothing_is_told(reader: Reader, qtbot: QtBot) -> None:
    widget = QWidget()
    qtbot.addWidget(widget)
    reader.listens(False)

    assert not announce(widget, "Paused")
    assert reader.heard == []


def test_whoever_asks_for_the_slides_words_without_a_screen_reader_is_told_that_there_is_none(
    reader: Reader, qtbot: QtBot,
) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    toast = Toast(window)
    reader.listens(False)
    Messages(toast).speak("1 of 3, Launch")
    assert toast.text() == "No screen reader is listening."

    reader.listens(True)
    toast.clear()
    Messages(toast).speak("1 of 3, Launch")
    assert toast.text() == ""
    assert reader.heard == [("1 of 3, Launch", toast)]
