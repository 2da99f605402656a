from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtTest import QTest

from viewer.ui.captions.composition import CaptionText
from viewer.ui.captions.panel import CaptionPanel
from viewer.ui.captions.touch_scroll import TouchScroll

if TYPE_CHECKING:
    from PySide6.QtGui import QPointingDevice
    from pytestqt.qtbot import QtBot


@pytest.fixture(scope="module")
def finger(qapp: object) -> QPointingDevice:  # noqa: ARG001 - there has to be one
    return QTest.createTouchDevice()


@pytest.fixture
def panel(qtbot: QtBot) -> CaptionPanel:
    """A panel whose caption is several times as long as its place."""
    made = CaptionPanel()
    qtbot.addWidget(made)
    made.resize(300, 400)
    made.set_type(20, 20)
    TouchScroll(made.lines)
    made.show()
    made.set_words(CaptionText("1 of 1", "Title", "word " * 400, "", ""))
    return made


def drag(panel: CaptionPanel, finger: QPointingDevice, pixels: int, *, steps: int = 4) -> None:
    """Put a finger on the words, move it up by so many logical pixels, and lift it."""
    window = panel.windowHandle()
    assert window is not None
    begin = QPoint(100, 200)
    QTest.touchEvent(window, finger).press(0, begin, window).commit()
    for step in range(1, steps + 1):
        QTest.touchEvent(window, finger).move(0, begin - QPoint(0, pixels * step // steps), window).commit()
    QTest.touchEvent(window, finger).release(0, begin - QPoint(0, pixels), window).commit()


def test_words_stay_under_the_finger_by_whole_lines(panel: CaptionPanel, finger: QPointingDevice) -> None:
    pitch = panel.lines.lines[6].top - panel.lines.lines[5].top
    heard: list[bool] = []
    panel.lines.scrolled_by_hand.connect(lambda: heard.append(True))

    drag(panel, finger, pitch * 5)
    first = panel.scroll_bar.value()
    drag(panel, finger, pitch * 3)

    assert first in (4, 5)  # title and place are lines of other heights
    assert panel.scroll_bar.value() == first + 3
    drag(panel, finger, -pitch * 2)
    assert panel.scroll_bar.value() == first + 1
    assert heard


def test_it_goes_no_further_than_the_words(panel: CaptionPanel, finger: QPointingDevice) -> None:
    drag(panel, finger, 100_000)
    assert panel.scroll_bar.value() == panel.lines.last_top

    drag(panel, finger, -100_000)
    assert panel.scroll_bar.value() == 0


def test_a_caption_that_fits_stays_where_it_is(panel: CaptionPanel, finger: QPointingDevice) -> None:
    panel.set_words(CaptionText("1 of 1", "Title", "a few words", "", ""))

    drag(panel, finger, 80)

    assert panel.scroll_bar.value() == 0
