from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QRect, Qt, QTimer
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QWidget

from viewer.ui.style.theme import DARK, LIGHT, style_sheet
from viewer.ui.window.toast import SHORTEST_MS, Toast, stay_ms

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

LONG = "There is no room for the caption in so small a window."
NAME = "a" * 90 + ".jpg"
PATH = "/home/somebody/Pictures/2018-06-06/expedition56/the_launch_of_soyuz/from_the_pad/gallery.json"


class ToastFixture:
    """A toast over a widget, and the timer that hides it."""

    def __init__(self, qtbot: QtBot) -> None:
        self.parent = QWidget()
        self.parent.resize(800, 500)
        self.parent.setStyleSheet(style_sheet(DARK))
        qtbot.addWidget(self.parent)
        self.toast = Toast(self.parent)
        with qtbot.waitExposed(self.parent):
            self.parent.show()
        self.timer = self.toast.findChildren(QTimer)[0]


@pytest.fixture
def shown(qtbot: QtBot) -> Iterator[ToastFixture]:
    made = ToastFixture(qtbot)
    yield made
    made.timer.stop()


def test_nothing_is_seen_before_something_is_said(shown: ToastFixture) -> None:
    assert not shown.toast.isVisible()


def test_a_sentence_is_seen_and_goes_by_itself(shown: ToastFixture, qtbot: QtBot) -> None:
    shown.toast.say("Paused")
    assert shown.toast.isVisible()
    assert shown.toast.text() == shown.toast.accessibleName() == "Paused"

    qtbot.waitUntil(lambda: not shown.toast.isVisible())


def test_a_sentence_is_seen_as_long_as_it_takes_to_read_it(shown: ToastFixture) -> None:
    for sentence in ("Paused", LONG, LONG * 3):
        shown.toast.say(sentence)
        assert shown.timer.isSingleShot()
        assert shown.timer.interval() == stay_ms(sentence)


def test_long_sentences_stay_longer_whatever_the_script() -> None:
    assert stay_ms("") == stay_ms("Paused") == SHORTEST_MS
    assert stay_ms(LONG) >= 11 * 400
    assert stay_ms("这个画廊中没有第九十九张幻灯片,最后一张是第十一张。") > 2 * SHORTEST_MS


def test_the_newest_sentence_replaces_the_one_before_and_has_its_own_time(shown: ToastFixture) -> None:
    shown.toast.say(LONG)
    shown.toast.say("Paused")
    assert shown.toast.text() == "Paused"
    assert shown.timer.interval() == SHORTEST_MS

    shown.toast.say(LONG)
    assert shown.timer.interval() == stay_ms(LONG)


@pytest.mark.parametrize("size", [(240, 180), (400, 300), (800, 500), (3000, 1800)])
@pytest.mark.parametrize("sentence", ["Paused", LONG, f"{NAME} cannot be opened: there is no such file; check it.",
                                      f"{PATH} has no list of “slides”; add one."])
def test_every_word_is_seen_inside_its_area(shown: ToastFixture, sentence: str, size: tuple[int, int]) -> None:
    place = QRect(10, 5, *size)
    shown.parent.resize(size[0] + 40, size[1] + 40)
    shown.toast.set_area(place)
    shown.toast.say(sentence)

    assert place.contains(shown.toast.geometry())
    inside = shown.toast.contentsRect()
    words = QFontMetrics(shown.toast.font()).boundingRect(
        QRect(0, 0, inside.width(), 10_000), Qt.TextFlag.TextWordWrap, shown.toast.text())
    assert words.width() <= inside.width()
    assert words.height() <= inside.height()


def test_a_name_without_spaces_is_broken_on_the_screen_and_not_for_a_screen_reader(shown: ToastFixture) -> None:
    shown.toast.say(f"{NAME} is gone.")

    assert shown.toast.accessibleName() == f"{NAME} is gone."
    assert shown.toast.text().replace("\N{ZERO WIDTH SPACE}", "") == f"{NAME} is gone."
    shown.toast.say(f"{PATH} is gone.")
    assert shown.toast.text() == f"{PATH} is gone."


def test_markup_is_shown_as_it_was_typed(shown: ToastFixture) -> None:
    shown.toast.say("<b>bold</b>.jpg is gone.")
    tagged = shown.toast.sizeHint().width()
    shown.toast.say("bold.jpg is gone.")

    assert shown.toast.sizeHint().width() < tagged


def test_it_takes_the_colours_of_a_theme(shown: ToastFixture) -> None:
    shown.toast.say(LONG)
    for colours in (LIGHT, DARK):
        shown.parent.setStyleSheet(style_sheet(colours))
        image = shown.toast.grab().toImage()
        shades = {image.pixelColor(x, y).name() for x in range(image.width()) for y in range(image.height())}
        assert {colours.raised, colours.text, colours.line} <= shades
