"""Labels of the caption panel: they paint plain text in lines of known places, which can be selected and copied."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QGuiApplication, QPainter, QTextLayout
from PySide6.QtWidgets import QLabel

from viewer.ui.style.accessibility import spoken

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from PySide6.QtCore import QRect
    from PySide6.QtGui import QBrush, QContextMenuEvent, QMouseEvent, QPaintEvent

    from viewer.ui.captions.text_layout import Block, LaidOut

_OVERHANG: Final = 3
"""Logical pixels beyond both ends of a line, for a slanted letter or the tail of a j."""


class CaptionLabel(QLabel):
    """Shows a block of text that has been laid out for it; the panel decides its size.

    Of QLabel it has what a screen reader sees, a static text and its words. QLabel's own selection is not used: its
    text control reports changes to a screen reader for which Qt has no text interface, one warning for each. Selected
    text goes where the desktop expects it (X11's primary selection), and to the clipboard by a right click.
    """

    def __init__(self, role: str) -> None:
        """`role` is its object name."""
        super().__init__()
        self.setObjectName(role)
        self.setTextFormat(Qt.TextFormat.PlainText)
        # With the focus it would keep letters and Space from the show.
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setCursor(Qt.CursorShape.IBeamCursor)
        self.laid_out: LaidOut | None = None
        """What it paints; to be changed by `show_block`."""
        self._block: Block | None = None
        self.faded: Mapping[int, float] = {}
        """Opacity of lines by their numbers; to be changed by `set_faded`."""
        self._anchor = self._end = 0  # of the selection, in characters of `selectable`

    def show_block(self, block: Block, laid_out: LaidOut) -> None:
        """Show `block`, which was laid out for this label's font family."""
        if (block, laid_out) == (self._block, self.laid_out):
            return
        if self._block is None or block.paragraphs != self._block.paragraphs:
            self._anchor = self._end = 0
            words = "\n".join(paragraph.text for paragraph in block.paragraphs)
            self.setText(words)
            self.setAccessibleName(spoken(words))
        self._block, self.laid_out = block, laid_out
        font = QFont()  # no family: it is inherited
        font.setPixelSize(block.size)
        font.setWeight(QFont.Weight(block.weight))
        self.setFont(font)
        self.update()

    def stand_at(self, place: QRect) -> None:
        """Have the lines in `place`; letters may reach a little beyond their line's ends."""
        self.setGeometry(place.adjusted(-_OVERHANG, 0, _OVERHANG, 0))

    def set_faded(self, lines: Mapping[int, float]) -> None:
        """Paint some of its lines, by their numbers, with an opacity of less than 1."""
        if lines != self.faded:
            self.faded = lines
            self.update()

    def sizeHint(self) -> QSize:
        """None of its own."""
        return QSize(0, 0)

    minimumSizeHint = sizeHint

    @property
    def selected_text(self) -> str:
        """What is selected, as it was written."""
        first, last = sorted((self._anchor, self._end))
        return spoken(self._selectable[first:last])

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the lines."""
        if self.laid_out is None or self._block is None:
            return
        painter = QPainter(self)
        character = line = 0
        for layout, paragraph in zip(self.laid_out.layouts, self._block.paragraphs, strict=True):
            colour = QColor(paragraph.colour)
            painter.setPen(colour)
            formats = [*self._fades(layout, line, colour), *self._selection(layout, character)]
            layout.draw(painter, QPointF(_OVERHANG, 0), formats, event.rect().toRectF())
            character += len(layout.text()) + 1
            line += layout.lineCount()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin to select; the buttons that page belong to others."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._select(self._character_at(event.position()), anew=True)
        else:
            event.ignore()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Select up to the pointer."""
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._select(self._character_at(event.position()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Offer what is selected to the middle mouse button, where the desktop has that."""
        event.setAccepted(event.button() == Qt.MouseButton.LeftButton)
        clipboard = QGuiApplication.clipboard()
        if self.selected_text and clipboard.supportsSelection():
            clipboard.setText(self.selected_text, clipboard.Mode.Selection)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Select the word."""
        at, text = self._character_at(event.position()), self._selectable
        for word in re.finditer(r"\S+", text):
            if word.start() <= at <= word.end():
                self._select(word.start(), anew=True)
                self._select(word.end())

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer to copy what is selected, or all."""
        from PySide6.QtWidgets import QMenu  # rarely wanted

        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        text = self.selected_text or spoken(self._selectable)
        menu.addAction("Copy" if self.selected_text else "Copy all").triggered.connect(
            lambda: QGuiApplication.clipboard().setText(text))
        menu.popup(event.globalPos())

    @property
    def _selectable(self) -> str:
        """The text as it is laid out."""
        return "\n".join(layout.text() for layout in self.laid_out.layouts) if self.laid_out else ""

    def _select(self, character: int, *, anew: bool = False) -> None:
        self._end = character
        if anew:
            self._anchor = character
        self.update()

    def _character_at(self, point: QPointF) -> int:
        """The number of the boundary between characters that is nearest to `point`."""
        before = 0
        for layout in self.laid_out.layouts if self.laid_out else ():
            for line in map(layout.lineAt, range(layout.lineCount())):
                if point.y() < line.y() + line.height():
                    return before + int(line.xToCursor(point.x() - _OVERHANG))
            before += len(layout.text()) + 1
        return max(before - 1, 0)

    def _selection(self, layout: QTextLayout, start: int) -> Iterator[QTextLayout.FormatRange]:
        """The selected part of a paragraph whose first character has the number `start`."""
        first, last = (min(max(at - start, 0), len(layout.text())) for at in sorted((self._anchor, self._end)))
        if last > first:
            palette = self.palette()
            yield _format_range(first, last - first, palette.highlightedText(), palette.highlight())

    def _fades(self, layout: QTextLayout, start: int, colour: QColor) -> Iterator[QTextLayout.FormatRange]:
        """The faded lines of a paragraph whose first line has the number `start`."""
        for number in range(layout.lineCount() if self.faded else 0):
            if (opacity := self.faded.get(start + number)) is not None:
                faint, line = QColor(colour), layout.lineAt(number)
                faint.setAlphaF(opacity)
                yield _format_range(line.textStart(), line.textLength(), faint)


def _format_range(start: int, length: int, words: QBrush | QColor, ground: QBrush | None = None,
                  ) -> QTextLayout.FormatRange:
    """A part of a paragraph in other colours."""
    from PySide6.QtGui import QTextCharFormat  # 2 ms, and few captions are selected or fade

    shown, made = QTextCharFormat(), QTextLayout.FormatRange()
    shown.setForeground(words)
    if ground is not None:
        shown.setBackground(ground)
    made.start, made.length, made.format = start, length, shown
    return made
