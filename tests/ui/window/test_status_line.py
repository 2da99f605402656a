from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton

from tests.ui.painting import painted
from viewer.ui.captions.composition import NOTHING, CaptionText
from viewer.ui.style.theme import DARK, LIGHT
from viewer.ui.window.status_line import HEIGHT, StatusLine

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


def words(title: str, *, named_by_file: bool = False) -> CaptionText:
    return NOTHING._replace(place="3 of 11", title=title, named_by_file=named_by_file)


@pytest.fixture
def line(qtbot: QtBot) -> StatusLine:
    line = StatusLine()
    qtbot.addWidget(line)
    line.resize(300, HEIGHT)
    line.want(True)
    return line


def test_it_is_there_only_with_a_slide_to_name(line: StatusLine) -> None:
    assert not line.isVisible()
    line.set_words(words("The old quay"))
    assert line.isVisible()
    line.set_words(NOTHING)
    assert not line.isVisible()


@pytest.mark.parametrize(("title", "named_by_file", "elided"), [
    ("IMG_20180606_171241_HDR.jpg", True, Qt.TextElideMode.ElideMiddle),
    ("Capturing Every Angle", False, Qt.TextElideMode.ElideRight),
])
def test_a_long_title_loses_its_end_and_a_files_name_its_middle(
    line: StatusLine, title: str, named_by_file: bool, elided: Qt.TextElideMode,
) -> None:
    line.set_words(words(title, named_by_file=named_by_file))
    name = line.findChildren(QLabel)[0]

    assert (name.text(), name.elide) == (title, elided)  # type: ignore[attr-defined]  # a label of its own kind
    line.resize(120, HEIGHT)
    assert line.findChildren(QLabel)[1].width() >= line.findChildren(QLabel)[1].sizeHint().width(), "the place is whole"


def test_the_button_is_used_by_mouse_and_keyboard_and_shows_whether_there_is_a_caption(
    line: StatusLine, qtbot: QtBot,
) -> None:
    line.set_words(words("The old quay"))
    assert line.findChild(QPushButton) is None
    line.offer_caption(offered=True, shown=False)
    button = line.findChild(QPushButton)
    assert button is not None
    assert button.height() >= 24
    for press in (partial(QTest.mouseClick, button, Qt.MouseButton.LeftButton),
                  partial(QTest.keyClick, button, Qt.Key.Key_Space)):
        with qtbot.waitSignal(line.caption_asked):
            press()
    line.offer_caption(offered=True, shown=True)
    assert button.isChecked()
    line.offer_caption(offered=False, shown=True)
    assert not button.isVisible()


def test_it_takes_the_colours_of_a_theme(line: StatusLine) -> None:
    line.set_words(words("The old quay"))
    for colours in (LIGHT, DARK):
        line.set_colours(colours)
        assert painted(line).pixelColor(2, 2).name() == colours.background
