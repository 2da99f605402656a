"""The caption editor: title, caption, alternative text and credit of one slide."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFormLayout, QLineEdit, QPlainTextEdit, QWidget


class EditedWords(NamedTuple):
    """What was typed."""

    title: str
    caption: str
    alt: str
    credit: str


class CaptionEditor(QDialog):
    """A form with four fields. Ctrl+Enter saves, Esc leaves everything as it was."""

    def __init__(self, words: EditedWords, parent: QWidget | None = None) -> None:
        """The form, showing `words`."""
        super().__init__(parent)
        self.setWindowTitle("Edit the caption")
        self._title = QLineEdit(words.title)
        self._caption = QPlainTextEdit(words.caption)
        self._alt = QPlainTextEdit(words.alt)
        self._credit = QLineEdit(words.credit)
        form = QFormLayout(self)
        form.setVerticalSpacing(10)
        for label, field in (("Title", self._title), ("Caption", self._caption), ("Alternative text", self._alt),
                             ("Credit", self._credit)):
            field.setAccessibleName(label)
            if isinstance(field, QPlainTextEdit):
                field.setTabChangesFocus(True)
            form.addRow(label, field)
        self._alt.setMaximumHeight(90)
        self._alt.setPlaceholderText("What is in the picture, for someone who cannot see it")
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Save | QDialogButtonBox.StandardButton.Cancel)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        form.addRow(buttons)
        save = QShortcut(QKeySequence(Qt.Modifier.CTRL | Qt.Key.Key_Return), self)
        save.activated.connect(self.accept)
        self.resize(560, 440)

    @property
    def words(self) -> EditedWords:
        """What stands in the fields now."""
        return EditedWords(self._title.text(), self._caption.toPlainText(), self._alt.toPlainText(),
                           self._credit.text())
