from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QRect, Qt, QTimer
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QWidget

from viewer.ui.style.theme import DARK, LIGHT
from viewer.ui.window.toast import SHORTEST_MS, Toast, stay_ms

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

LONG = "There is no room for the caption in so small a window."
NAME = "a" * 90 + ".jpg"
PATH = "/home/somebody/Pictures/2018-06-06/expedition56/the_launch_of_soyuz/from_the_pad/gallery.json"


class Room:
    """A room with a notice, and the timer that puts it away."""

    def __init__(self, qtbot: QtBot) -> None:
        self.wall = QWidget()
        self.wall.resize(800, 500)
        qtbot.addWidget(self.wall)
        self.toast = Toast(self.wall)
        with qtbot.waitExposed(self.wall):
            self.wall.show()
        self.timer = self.toast.findChildren(QTimer)[0]


@pytest.fixture
def room(qtbot: QtBot) -> Iterator[Room]:
    made = Room(qtbot)
    yield made
    made.timer.stop()


def test_nothing_is_seen_before_something_is_said(room: Room) -> None:
    assert not room.toast.isVisible()


def test_a_sentence_is_seen_and_goes_by_itself(room: Room, qtbot: QtBot) -> None:
    room.toast.say("Paused")
    assert room.toast.isVisible()
    assert room.toast.text() == room.toast.accessibleName() == "Paused"

    qtbot.waitUntil(lambda: not room.toast.isVisible())


def test_a_sentence_is_seen_as_long_as_it_takes_to_read_it(room: Room) -> None:
    for sentence in ("Paused", LONG, LONG * 3):
        room.toast.say(sentence)
        assert room.timer.isSingleShot()
        assert room.timer.interval() == stay_ms(sentence)


def test_long_sentences_stay_longer_whatever_the_script() -> None:
    assert stay_ms("") == stay_ms("Paused") == SHORTEST_MS
    assert stay_ms(LONG) >= 11 * 400
    assert stay_ms("这个画廊中没有第九十九张幻灯片,最后一张是第十一张。") > 2 * SHORTEST_MS


def test_the_newest_sentence_replaces_the_one_before_and_has_its_own_time(room: Room) -> None:
    room.toast.say(LONG)
    room.toast.say("Paused")
    assert room.toast.text() == "Paused"
    assert room.timer.interval() == SHORTEST_MS

    room.toast.say(LONG)
    assert room.timer.interval() == stay_ms(LONG)


@pytest.mark.parametrize("size", [(240, 180), (400, 300), (800, 500), (3000, 1800)])
@pytest.mark.parametrize("sentence", ["Paused", LONG, f"{NAME} cannot be opened: there is no such file; check it.",
                                      f"{PATH} has no list of “slides”; add one."])
def test_every_word_is_seen_inside_the_room(room: Room, sentence: str, size: tuple[int, int]) -> None:
    place = QRect(10, 5, *size)
    room.wall.resize(size[0] + 40, size[1] + 40)
    room.toast.set_area(place)
    room.toast.say(sentence)

    assert place.contains(room.toast.geometry())
    inside = room.toast.contentsRect()
    words = QFontMetrics(room.toast.font()).boundingRect(
        QRect(0, 0, inside.width(), 10_000), Qt.TextFlag.TextWordWrap, room.toast.text())
    assert words.width() <= inside.width()
    assert words.height() <= inside.height()


def test_a_name_without_spaces_is_broken_for_the_eye_and_not_for_the_ear(room: Room) -> None:
    room.toast.say(f"{NAME} is gone.")

    assert room.toast.accessibleName() == f"{NAME} is gone."
    assert room.toast.text().replace("\N{ZERO WIDTH SPACE}", "") == f"{NAME} is gone."
    room.toast.say(f"{PATH} is gone.")
    assert room.toast.text() == f"{PATH} is gone."


def test_markup_is_shown_as_it_was_typed(room: Room) -> None:
    room.toast.say("<b>bold</b>.jpg is gone.")
    tagged = room.toast.sizeHint().width()
    room.toast.say("bold.jpg is gone.")

    assert room.toast.sizeHint().width() < tagged


def test_it_takes_the_colours_of_the_room(room: Room) -> None:
    room.toast.say(LONG)
    for colours in (LIGHT, DARK):
        room.toast.set_colours(colours)
        image = room.toast.grab().toImage()
        shades = {image.pixelColor(x, y).name() for x in range(image.width()) for y in range(image.height())}
        assert {colours.raised, colours.text, colours.line} <= shades
