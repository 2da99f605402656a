from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QContextMenuEvent, QGuiApplication, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from tests.mouse import double_click
from viewer.ui.captions.label import CaptionLabel
from viewer.ui.captions.text_layout import Block, lay_out, plain_block

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

WIDTH = 200


@pytest.fixture
def label(qtbot: QtBot) -> CaptionLabel:
    made = CaptionLabel("Caption")
    qtbot.addWidget(made)
    show(made, plain_block("Many words in\nseveral lines", "#ffffff", 20, 1.4))
    with qtbot.waitExposed(made):
        made.show()
    return made


def show(label: CaptionLabel, block: Block) -> None:
    laid_out = lay_out(block, label.font(), WIDTH)
    label.show_block(block, laid_out)
    label.stand_at(QRect(0, 0, WIDTH, laid_out.height))


def drag(label: CaptionLabel, start: QPoint, end: QPoint) -> None:
    QTest.mousePress(label, Qt.MouseButton.LeftButton, pos=start)
    QTest.mouseMove(label, end)
    QTest.mouseRelease(label, Qt.MouseButton.LeftButton, pos=end)


def test_its_text_is_plain_and_has_no_text_control_whose_changes_qt_could_not_report(label: CaptionLabel) -> None:
    assert label.textFormat() == Qt.TextFormat.PlainText
    assert not label.textInteractionFlags() & Qt.TextInteractionFlag.TextSelectableByMouse
    assert label.children() == []


def test_what_is_read_out_has_no_invisible_characters(label: CaptionLabel) -> None:
    show(label, plain_block("\N{FIRST STRONG ISOLATE}عربي\N{POP DIRECTIONAL ISOLATE} text", "#ffffff", 20, 1.4))

    assert label.accessibleName() == "عربي text"


def test_dragging_selects_over_line_ends(label: CaptionLabel) -> None:
    drag(label, QPoint(0, 5), QPoint(WIDTH, label.height() - 3))

    assert label.selected_text == "Many words in\nseveral lines"


def test_a_double_click_selects_a_word(label: CaptionLabel) -> None:
    double_click(label, Qt.MouseButton.LeftButton, pos=QPoint(15, 10))

    assert label.selected_text == "Many"


def test_what_is_selected_is_marked(label: CaptionLabel) -> None:
    before = label.grab().toImage()
    drag(label, QPoint(0, 5), QPoint(100, 5))

    assert label.grab().toImage() != before


def test_other_buttons_of_the_mouse_are_left_to_others(label: CaptionLabel) -> None:
    for kind in (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonRelease):
        event = QMouseEvent(kind, QPointF(5, 5), QPointF(5, 5), Qt.MouseButton.BackButton, Qt.MouseButton.BackButton,
                            Qt.KeyboardModifier.NoModifier)
        QApplication.sendEvent(label, event)

        assert not event.isAccepted()


def test_other_words_are_not_selected(label: CaptionLabel) -> None:
    double_click(label, Qt.MouseButton.LeftButton, pos=QPoint(15, 10))
    show(label, plain_block("Other words", "#ffffff", 20, 1.4))

    assert label.selected_text == ""


@pytest.mark.parametrize(("selects", "copied"), [(True, "Many"), (False, "Many words in\nseveral lines")])
def test_a_right_click_offers_to_copy_what_is_selected_or_all(
    label: CaptionLabel, qtbot: QtBot, selects: bool, copied: str,
) -> None:
    if selects:
        double_click(label, Qt.MouseButton.LeftButton, pos=QPoint(15, 10))
    QGuiApplication.clipboard().clear()

    label.contextMenuEvent(a_right_click())
    menu = label.findChild(QMenu)
    assert menu is not None
    qtbot.waitUntil(menu.isVisible)
    menu.actions()[0].trigger()
    menu.close()

    assert QGuiApplication.clipboard().text() == copied


def a_right_click() -> QContextMenuEvent:
    return QContextMenuEvent(QContextMenuEvent.Reason.Mouse, QPoint(5, 5), QPoint(5, 5))
