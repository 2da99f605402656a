"""Labels of the caption panel: plain texts shown as rich text that is escaped, at a bounded cost."""

from __future__ import annotations

import html
import math
from typing import Final, TypeVar

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFont, QTextDocument, QTextOption
from PySide6.QtWidgets import QLabel, QSizePolicy

from viewer.gallery.safe_text import LONGEST_TEXT

LONGEST_SHOWN: Final = LONGEST_TEXT + 200
"""Characters of one text that are laid out: the longest text and the words that say it is cut. A label of megabytes
would stop the window for seconds."""

_AnyLabel = TypeVar("_AnyLabel", bound=QLabel)


class CaptionLabel(QLabel):
    """A wrapping label that is laid out once for each width it is asked about.

    QLabel does so a dozen times, to find out which width would suit it; here the panel sets the width, and 8,000
    characters of Thai take 6 milliseconds each time.
    """

    def __init__(self) -> None:
        super().__init__()
        self._heights: dict[int, int] = {}
        self._laid_out: tuple[str, str] | None = None
        self._document: QTextDocument

    def heightForWidth(self, width: int) -> int:
        """The height of the text and its margins at `width`, in logical pixels."""
        # The text as QLabel lays it out; asked itself, it would lay it out for its old width again.
        if (text_and_font := (self.text(), self.font().key())) != self._laid_out:
            self._laid_out = text_and_font
            self._heights.clear()
            self._document = QTextDocument()
            self._document.setDocumentMargin(0)
            self._document.setDefaultFont(self.font())
            option = QTextOption()
            option.setWrapMode(QTextOption.WrapMode.WordWrap)
            self._document.setDefaultTextOption(option)
            self._document.setHtml(self.text())
        margins = self.contentsMargins()
        inner = max(width - margins.left() - margins.right(), 0)
        if inner not in self._heights:
            self._document.setTextWidth(inner)
            self._heights[inner] = math.ceil(self._document.size().height())
        return self._heights[inner] + margins.top() + margins.bottom()

    def sizeHint(self) -> QSize:
        """None: it is as wide as the panel, and as high as that makes it."""
        return QSize(0, 0)

    minimumSizeHint = sizeHint


def prepared(label: _AnyLabel, role: str) -> _AnyLabel:
    """`label` set up as a part of the panel; `role` is its object name."""
    label.setObjectName(role)
    label.setTextFormat(Qt.TextFormat.RichText)
    label.setWordWrap(True)
    label.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeading)
    label.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    # With the focus a selectable label would keep letters and Space from the show.
    label.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    return label


def set_plain(label: QLabel, text: str, size_px: float, *, colour: str = "", weight: int = 400,
              height: int = 105) -> None:
    """Show the plain `text` in type of so many logical pixels, lines `height` percent high; hide `label` if empty."""
    shade = f"color:{colour};" if colour else ""
    words = escaped(text)
    set_html(label, f"<p style='margin:0; line-height:{height}%; font-weight:{weight}; {shade}'>{words}</p>"
              if words else "", size_px)
    label.setVisible(bool(words))
    label.setAccessibleName(text[:LONGEST_SHOWN])


def set_html(label: QLabel, text: str, size_px: float) -> None:
    """Show the rich `text` in type of so many logical pixels."""
    font = QFont(label.font())
    font.setPixelSize(max(round(size_px), 8))
    label.setFont(font)
    if label.text() != text:
        label.setText(text)


def escaped(text: str) -> str:
    """`text` as markup that shows it as it was typed."""
    shown = text if len(text) <= LONGEST_SHOWN else text[:LONGEST_SHOWN] + "…"
    return html.escape(shown).replace("\n", "<br>")
