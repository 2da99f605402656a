"""Words in a panel: what they say is plain, and what they cost is bounded.

Texts are escaped before a label lays them out, so that markup is shown as it was typed.
"""

from __future__ import annotations

import html
import math
from typing import TYPE_CHECKING, Final, TypeVar

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFont, QTextDocument, QTextOption
from PySide6.QtWidgets import QLabel, QSizePolicy

from viewer.gallery.safe_text import LONGEST_TEXT

if TYPE_CHECKING:
    from PySide6.QtCore import QEvent

LONGEST_SHOWN: Final = LONGEST_TEXT + 200
"""Characters of one text that are laid out: as many as may be, and the words that say so. A label of megabytes would
stop the window for seconds."""

_AnyLabel = TypeVar("_AnyLabel", bound=QLabel)


class CaptionLabel(QLabel):
    """Words that are laid out once for each width that is asked about.

    Qt's own label does it a dozen times, to find out which width would suit it; here the panel says how wide it is, and
    8,000 characters of Thai take 6 milliseconds each time.
    """

    def __init__(self) -> None:
        """Nothing yet."""
        super().__init__()
        self._known: dict[int, int] = {}
        self._trial: QTextDocument | None = None

    def forget(self) -> None:
        """The words, their type or the margins have changed."""
        self._known.clear()
        self._trial = None

    def changeEvent(self, event: QEvent) -> None:
        """The type may have changed."""
        self.forget()
        super().changeEvent(event)

    def heightForWidth(self, width: int) -> int:
        """How high the words are at `width`, in logical pixels."""
        if width not in self._known:
            if self._trial is None:
                self._trial = self._document()
            margins = self.contentsMargins()
            self._trial.setTextWidth(max(width - margins.left() - margins.right(), 0))
            self._known[width] = math.ceil(self._trial.size().height()) + margins.top() + margins.bottom()
        return self._known[width]

    def sizeHint(self) -> QSize:
        """Nothing is asked for: as wide as the panel, and as high as that makes it."""
        return QSize(0, 0)

    def minimumSizeHint(self) -> QSize:
        """Nothing is asked for."""
        return QSize(0, 0)

    def _document(self) -> QTextDocument:
        """The words as the label lays them out; asked itself, it would lay them out for its old width again."""
        made = QTextDocument()
        made.setDocumentMargin(0)
        made.setDefaultFont(self.font())
        option = QTextOption(self.alignment())
        option.setWrapMode(QTextOption.WrapMode.WordWrap)
        made.setDefaultTextOption(option)
        made.setHtml(self.text())
        return made


def part(label: _AnyLabel, role: str) -> _AnyLabel:
    """`label` as a part of the panel, named for its `role`."""
    label.setObjectName(role)
    label.setTextFormat(Qt.TextFormat.RichText)
    label.setWordWrap(True)
    label.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeading)
    label.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    # With the focus a selectable label would keep letters and Space from the show.
    label.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    return label


def say(label: QLabel, text: str, size_px: float, *, colour: str = "", weight: int = 400, height: int = 105) -> None:
    """Let `label` say `text` in type of so many logical pixels, with lines so many percent high; or hide, if empty."""
    shade = f"color:{colour};" if colour else ""
    words = escaped(text)
    set_html(label, f"<p style='margin:0; line-height:{height}%; font-weight:{weight}; {shade}'>{words}</p>"
              if words else "", size_px)
    label.setVisible(bool(words))
    label.setAccessibleName(text[:LONGEST_SHOWN])


def set_html(label: QLabel, text: str, size_px: float) -> None:
    """Let `label` say the rich `text`."""
    font = QFont(label.font())
    font.setPixelSize(max(round(size_px), 8))
    label.setFont(font)
    if label.text() != text:
        label.setText(text)
    if isinstance(label, CaptionLabel):
        label.forget()


def escaped(text: str) -> str:
    """`text` as markup that shows it as it was typed."""
    shown = text if len(text) <= LONGEST_SHOWN else text[:LONGEST_SHOWN] + "…"
    return html.escape(shown).replace("\n", "<br>")
