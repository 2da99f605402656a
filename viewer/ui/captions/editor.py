"""The caption editor: title, caption, alternative text and credit of one slide, and how they get into its manifest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFormLayout, QLabel, QLineEdit, QPlainTextEdit, QWidget

from viewer.gallery.safe_text import LONGEST_TEXT, text
from viewer.gallery.slide_texts import SlideTexts
from viewer.ui.style.accessibility import announce

if TYPE_CHECKING:
    from collections.abc import Callable



class CaptionEditor(QDialog):
    """A form with four fields. Ctrl+Enter saves, Esc leaves everything as it was.

    `save` gets the words, and returns a sentence if they could not be saved: then the form stays, and says it. It may
    take its time, in an event loop of its own: until then nothing can be typed.
    """

    def __init__(self, words: SlideTexts, save: Callable[[SlideTexts], str], parent: QWidget | None = None) -> None:
        """The form, showing `words`."""
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
        self.resize(600, 480)

    @property
    def words(self) -> SlideTexts:
        """What stands in the fields now; exactly what was there before where nothing was typed."""
        return SlideTexts(_line(self._title, self._before.title), _text(self._caption, self._before.caption),
                           _text(self._alt, self._before.alt), _line(self._credit, self._before.credit))

    def reject(self) -> None:
        """Leave everything as it was; not while it is being saved, which ends by itself."""
        if not self._saving:
            super().reject()

    def _try(self) -> None:
        if self._saving:
            return
        words, focus = self.words, self.focusWidget()
        self._saving = True
        self.setEnabled(False)
        sentence = self._save(words) if words != self._before else ""
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
    """The words as they are; what is too long to be laid out is shown in part, and cannot be edited."""
    return words if len(words) <= LONGEST_TEXT else text(words)


def _line(field: QLineEdit, before: str) -> str:
    return field.text() if field.isModified() else before


def _text(field: QPlainTextEdit, before: str) -> str:
    """The text with its no-break spaces, of which `toPlainText` would make ordinary ones."""
    if not field.document().isModified():
        return before
    return field.document().toRawText().replace("\N{PARAGRAPH SEPARATOR}", "\n").replace("\N{LINE SEPARATOR}", "\n")
