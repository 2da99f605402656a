"""The caption editor: a form for the title, caption, alternative text and credit of one slide."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFormLayout, QLabel, QLineEdit, QPlainTextEdit, QWidget

from viewer.gallery.model import SlideTexts
from viewer.gallery.safe_text import LONGEST_TEXT, text
from viewer.ui.style.accessibility import announce
from viewer.ui.style.screen_space import screen_space

if TYPE_CHECKING:
    from collections.abc import Callable


class CaptionEditor(QDialog):
    """Four fields showing `words`. Ctrl+Enter saves, Esc discards.

    `save` returns a sentence if the words could not be saved: then the form stays, and shows it. It may run an event
    loop of its own meanwhile; the form is disabled until it returns.
    """

    def __init__(self, words: SlideTexts, save: Callable[[SlideTexts], str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Edit the caption")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._before = words
        self._save = save
        self._saving = False
        self._title, self._credit = QLineEdit(_editable(words.title)), QLineEdit(_editable(words.credit))
        self._caption, self._alt = QPlainTextEdit(_editable(words.caption)), QPlainTextEdit(_editable(words.alt))
        form = QFormLayout(self)
        form.setVerticalSpacing(10)
        form.setHorizontalSpacing(14)
        form.setContentsMargins(18, 18, 18, 14)
        for label, field, whole in (
            ("Title", self._title, words.title), ("Caption", self._caption, words.caption),
            ("Alternative text", self._alt, words.alt), ("Credit", self._credit, words.credit),
        ):
            field.setAccessibleName(label)
            field.setReadOnly(len(whole) > LONGEST_TEXT)
            if isinstance(field, QPlainTextEdit):
                field.setTabChangesFocus(True)
                field.verticalScrollBar().setAccessibleName(f"Scroll: {label}")
                field.setMinimumHeight(field.fontMetrics().height() * 2)  # in a small window
            else:
                field.setCursorPosition(0)
            form.addRow(label, field)
        self._alt.setMaximumHeight(90)
        self._alt.setPlaceholderText("What is in the picture, for someone who cannot see it")
        self._trouble = QLabel()
        self._trouble.setTextFormat(Qt.TextFormat.PlainText)
        self._trouble.setWordWrap(True)
        self._trouble.hide()
        form.addRow(self._trouble)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Save | QDialogButtonBox.StandardButton.Cancel,
                                   parent=self)
        buttons.accepted.connect(self._try)
        buttons.rejected.connect(self.reject)
        form.addRow(buttons)
        for key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            QShortcut(QKeySequence(Qt.Modifier.CTRL | key), self).activated.connect(self._try)
        self.resize(QSize(600, 480).boundedTo(screen_space(self)))

    @property
    def words(self) -> SlideTexts:
        """The fields' texts; where nothing was typed, exactly what was there before."""
        return SlideTexts(_line(self._title, self._before.title), _text(self._caption, self._before.caption),
                           _text(self._alt, self._before.alt), _line(self._credit, self._before.credit))

    def reject(self) -> None:
        """Discard the changes; not while they are being saved, which ends by itself."""
        if not self._saving:
            super().reject()

    def _try(self) -> None:
        if self._saving:
            return
        words, focus = self.words, self.focusWidget()
        self._saving = True
        self.setEnabled(False)
        try:
            sentence = self._save(words) if words != self._before else ""
        finally:
            self._saving = False
            self.setEnabled(True)
        if focus is not None:
            focus.setFocus()
        if not sentence:
            self.accept()
            return
        self._trouble.setText(sentence)
        self._trouble.show()
        announce(self._trouble, sentence)


def _editable(words: str) -> str:
    """The words as they are; a text too long to be laid out is cut, and its field is read-only."""
    return words if len(words) <= LONGEST_TEXT else text(words)


def _line(field: QLineEdit, before: str) -> str:
    return field.text() if field.isModified() else before


def _text(field: QPlainTextEdit, before: str) -> str:
    """The text with its no-break spaces, of which `toPlainText` would make ordinary ones."""
    if not field.document().isModified():
        return before
    return field.document().toRawText().replace("\N{PARAGRAPH SEPARATOR}", "\n").replace("\N{LINE SEPARATOR}", "\n")
