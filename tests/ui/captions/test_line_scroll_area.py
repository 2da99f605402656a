from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from viewer.ui.captions.composition import CaptionText
from viewer.ui.captions.label import CaptionLabel
from viewer.ui.captions.line_scroll_area import LineScrollArea
from viewer.ui.captions.panel import CaptionPanel

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

LONG = CaptionText("3 of 11", "A title", "many words " * 200, "6 June 2018", "A museum")
SHORT = LONG._replace(caption="A few words.")


@pytest.fixture
def panel(qtbot: QtBot) -> CaptionPanel:
    made = CaptionPanel()
    qtbot.addWidget(made)
    made.set_reduced_motion(True)
    made.resize(300, 400)
    with qtbot.waitExposed(made):
        made.show()
    made.set_words(LONG)
    return made


@pytest.fixture
def area(panel: CaptionPanel) -> LineScrollArea:
    found = panel.findChild(LineScrollArea)
    assert found is not None
    return found


def turn_wheel(area: LineScrollArea, eighths: int, pixels: int = 0) -> None:
    """Turn it over the text, by eighths of a degree; a trackpad tells pixels too."""
    middle = QPointF(area.viewport().rect().center())
    event = QWheelEvent(middle, area.viewport().mapToGlobal(middle), QPoint(0, pixels), QPoint(0, eighths),
                        Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False)
    QApplication.sendEvent(area.viewport(), event)


def first_row_in_view(area: LineScrollArea) -> int:
    """The row of the sheet that is at the top."""
    return -area.sheet.y()


def test_a_notch_of_the_wheel_moves_by_whole_lines(area: LineScrollArea) -> None:
    turn_wheel(area, -120)

    assert first_row_in_view(area) == area.lines[3].top


def test_a_trackpad_moves_by_whole_lines_too(area: LineScrollArea) -> None:
    tops = {line.top for line in area.lines[1:]} | {0}
    seen = []
    for _ in range(20):
        turn_wheel(area, -7, -3)
        seen.append(first_row_in_view(area))

    assert seen[-1] > 0
    assert set(seen) <= tops


def test_keys_move_by_lines_and_pages_and_a_page_keeps_one_line(area: LineScrollArea) -> None:
    area.setFocus()
    QTest.keyClick(area, Qt.Key.Key_Down)
    assert first_row_in_view(area) == area.lines[1].top

    in_view = area.in_view[1]
    QTest.keyClick(area, Qt.Key.Key_PageDown)
    assert first_row_in_view(area) == area.lines[in_view].top


def test_at_the_end_the_last_line_is_whole(area: LineScrollArea) -> None:
    area.verticalScrollBar().setValue(area.last_top)

    assert area.lines[-1].bottom - first_row_in_view(area) <= area.viewport().height()
    assert area.sheet.height() == area.lines[-1].bottom


def test_the_last_lines_in_view_fade_as_long_as_more_follows(panel: CaptionPanel, area: LineScrollArea) -> None:
    def faded() -> list[int]:
        caption = panel.findChild(CaptionLabel, "Caption")
        assert caption is not None
        return sorted(caption.faded)

    last = area.lines[area.in_view[0] - 1].number
    assert faded() == [last - 1, last]

    area.verticalScrollBar().setValue(area.last_top)
    assert faded() == []


def test_there_is_a_scroll_bar_only_where_it_is_needed(panel: CaptionPanel, area: LineScrollArea) -> None:
    assert area.verticalScrollBar().isVisible()
    before = area.sheet.width()

    panel.set_words(SHORT)
    assert not area.verticalScrollBar().isVisible()
    assert area.sheet.width() == before, "no word moves for it"


def test_it_follows_the_show_until_somebody_scrolls_and_again_with_the_next_slide(
    panel: CaptionPanel, area: LineScrollArea,
) -> None:
    panel.follow(0.6)
    followed = first_row_in_view(area)
    assert followed > 0

    turn_wheel(area, 120)
    by_hand = first_row_in_view(area)
    panel.follow(0.9)
    assert followed > first_row_in_view(area) == by_hand

    panel.set_words(LONG._replace(place="4 of 11"))
    assert first_row_in_view(area) == 0
    panel.follow(0.9)
    assert first_row_in_view(area) > followed


def test_a_show_of_one_slide_scrolls_again_when_its_time_begins_anew(panel: CaptionPanel, area: LineScrollArea) -> None:
    turn_wheel(area, -120)
    by_hand = first_row_in_view(area)
    for share in (0.0, 0.01):
        panel.follow(share)

    assert first_row_in_view(area) == 0 < by_hand


def test_a_show_that_is_stopped_leaves_the_text_where_it_is(panel: CaptionPanel, area: LineScrollArea) -> None:
    panel.follow(0.9)
    before = first_row_in_view(area)
    panel.follow(0.0)

    assert first_row_in_view(area) == before > 0


def test_with_motion_a_line_glides_up(panel: CaptionPanel, area: LineScrollArea, qtbot: QtBot) -> None:
    panel.set_reduced_motion(False)
    rows = set()

    def arrived() -> bool:
        rows.add(first_row_in_view(area))
        return first_row_in_view(area) == area.lines[1].top

    area.glide_to(1)
    qtbot.waitUntil(arrived)
    assert 0 in rows


def test_what_nobody_sees_does_not_scroll(panel: CaptionPanel) -> None:
    told = []
    panel.overflow_changed.connect(lambda: told.append(panel.overflows))
    assert panel.overflows

    panel.hide()
    panel.show()
    panel.set_words(SHORT)
    assert told == [False, True, False]
