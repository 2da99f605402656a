from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialogButtonBox, QLabel, QLineEdit, QPlainTextEdit, QWidget

from viewer.gallery.model import SlideTexts
from viewer.ui.captions.editor import CaptionEditor

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

WORDS = SlideTexts("A title", "A caption", "An alternative", "A credit")
FIELDS = ("Title", "Caption", "Alternative text", "Credit")


class Desk:
    """An open editor, and what it wanted to save; `refusal` is what saving comes to."""

    def __init__(self, qtbot: QtBot, words: SlideTexts) -> None:
        self.saved: list[SlideTexts] = []
        self.refusal = ""
        self.ended: list[int] = []
        self.editor = CaptionEditor(words, self._save)
        self.editor.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
        self.editor.finished.connect(self.ended.append)
        qtbot.addWidget(self.editor)
        with qtbot.waitExposed(self.editor):
            self.editor.show()

    def _save(self, words: SlideTexts) -> str:
        self.saved.append(words)
        return self.refusal

    def field(self, name: str) -> QWidget:
        return next(field for field in self.editor.findChildren(QWidget) if field.accessibleName() == name)

    def types(self, name: str, text: str) -> None:
        """Put `text` in place of what stands in a field."""
        field = self.field(name)
        assert isinstance(field, (QLineEdit, QPlainTextEdit))
        field.selectAll()
        QTest.keyClick(field, Qt.Key.Key_Delete)
        QTest.keyClicks(field, text)

    def presses(self, button: QDialogButtonBox.StandardButton) -> None:
        self.editor.findChildren(QDialogButtonBox)[0].button(button).click()

    @property
    def complaint(self) -> str:
        shown = [label.text() for label in self.editor.findChildren(QLabel) if label.isVisible()]
        return " ".join(text for text in shown if text not in FIELDS)


@pytest.fixture
def edit(qtbot: QtBot) -> Callable[..., Desk]:
    return lambda words=WORDS: Desk(qtbot, words)


SAVE, CANCEL = QDialogButtonBox.StandardButton.Save, QDialogButtonBox.StandardButton.Cancel


def test_the_fields_show_the_words_and_have_names(edit: Callable[..., Desk]) -> None:
    desk = edit()

    assert desk.editor.words == WORDS
    assert [desk.field(name).isVisible() for name in FIELDS] == [True] * 4


def test_saving_gives_what_was_typed_and_closes(edit: Callable[..., Desk]) -> None:
    desk = edit()
    desk.types("Title", "Another")
    desk.types("Alternative text", "Two lines")
    QTest.keyClick(desk.field("Alternative text"), Qt.Key.Key_Return)
    QTest.keyClicks(desk.field("Alternative text"), "of it")
    desk.presses(SAVE)

    assert desk.saved == [SlideTexts("Another", "A caption", "Two lines\nof it", "A credit")]
    assert desk.ended == [1]


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter])
@pytest.mark.parametrize("name", FIELDS)
def test_ctrl_enter_saves_from_every_field(edit: Callable[..., Desk], name: str, key: Qt.Key) -> None:
    desk = edit()
    desk.types(name, "new")
    desk.field(name).setFocus()
    QTest.keyClick(desk.field(name), key, Qt.KeyboardModifier.ControlModifier)

    assert len(desk.saved) == 1
    assert "new" in desk.saved[0]
    assert desk.ended == [1]


def test_escape_and_cancel_leave_everything_as_it_was(edit: Callable[..., Desk]) -> None:
    for leave in (lambda desk: QTest.keyClick(desk.field("Caption"), Qt.Key.Key_Escape),
                  lambda desk: desk.presses(CANCEL)):
        desk = edit()
        desk.types("Title", "Another")
        leave(desk)
        assert desk.saved == []
        assert desk.ended == [0]


def test_words_that_were_not_changed_are_not_saved(edit: Callable[..., Desk]) -> None:
    desk = edit()
    desk.presses(SAVE)

    assert desk.saved == []
    assert desk.ended == [1]


def test_tab_goes_from_field_to_field(edit: Callable[..., Desk]) -> None:
    desk = edit()
    desk.field("Title").setFocus()
    for name in FIELDS[1:]:
        QTest.keyClick(desk.editor.focusWidget(), Qt.Key.Key_Tab)
        assert desk.editor.focusWidget() is desk.field(name)


def test_odd_characters_survive_an_edit(edit: Callable[..., Desk]) -> None:
    odd = SlideTexts("Line\none", "«\N{NO-BREAK SPACE}Vive\N{NARROW NO-BREAK SPACE}!\N{NO-BREAK SPACE}»\r\nTab\there",
                      "\N{LINE SEPARATOR}<b>&amp;</b>", "5\N{NO-BREAK SPACE}km")
    desk = edit(odd)
    assert desk.editor.words == odd
    desk.types("Title", "Another")
    desk.field("Caption").setFocus()
    QTest.keyClick(desk.field("Caption"), Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(desk.field("Caption"), ".")
    desk.presses(SAVE)

    saved = desk.saved[0]
    assert saved.caption == "«\N{NO-BREAK SPACE}Vive\N{NARROW NO-BREAK SPACE}!\N{NO-BREAK SPACE}»\nTab\there."
    assert (saved.alt, saved.credit) == (odd.alt, odd.credit)


def test_what_could_not_be_saved_stays_in_the_form_with_the_reason(edit: Callable[..., Desk]) -> None:
    desk = edit()
    desk.refusal = "The disk is full."
    desk.types("Title", "Another")
    desk.presses(SAVE)
    assert desk.editor.isVisible()
    assert desk.complaint == "The disk is full."
    assert desk.editor.words.title == "Another"

    desk.refusal = ""
    desk.presses(SAVE)
    assert desk.ended == [1]
    assert [words.title for words in desk.saved] == ["Another", "Another"]
