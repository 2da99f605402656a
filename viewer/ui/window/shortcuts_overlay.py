"""The help overlay: all keys on one page, made from the table of actions and the keys now bound to them."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, Final, NamedTuple

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QKeySequence, QPainter
from PySide6.QtWidgets import QApplication, QFrame, QScrollArea, QWidget
from shiboken6 import isValid

from viewer.actions import BY_ID, MENUS, SEPARATOR
from viewer.ui.style.theme import DARK

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from PySide6.QtGui import QHideEvent, QMouseEvent, QPaintEvent, QResizeEvent, QShowEvent

    from viewer.ui.style.theme import Colours

_SMALLEST: Final = 12.5
_LARGEST: Final = 24.0
"""Logical pixels of the letters; larger on a large screen, where they are read from further away."""

_GAP: Final = 5
"""Logical pixels between two keys."""


class Line(NamedTuple):
    """One command and its keys, as they are read."""

    text: str
    keys: tuple[str, ...]
    also: str


class Group(NamedTuple):
    """The commands of one menu."""

    title: str
    lines: tuple[Line, ...]


def groups(bindings: Mapping[str, tuple[str, ...]]) -> tuple[Group, ...]:
    """What the overlay shows: every command that has a key or a gesture, by menu."""
    made = []
    for title, ids in MENUS:
        lines = tuple(
            Line(_plain(BY_ID[one].text), tuple(_native(key) for key in bindings[one]), BY_ID[one].also)
            for one in ids
            if one != SEPARATOR and (bindings[one] or BY_ID[one].also)
        )
        made.append(Group(_plain(title), lines))
    return tuple(made)


def _plain(text: str) -> str:
    return text.replace("&", "").rstrip("…")


def _native(key: str) -> str:
    return QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)


class _Placed(NamedTuple):
    """A group and where it stands on the page, in logical pixels."""

    group: Group
    room: QRectF


class ShortcutsSheet(QWidget):
    """The page itself; `ShortcutsOverlay` scrolls it where the window is small.

    Every key is seen at every width: what does not fit beside the words goes on in the next row.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        """An empty page."""
        super().__init__(parent)
        self._groups: tuple[Group, ...] = ()
        self._colours = DARK
        self._size = _SMALLEST
        self._placed: list[_Placed] = []

    def set_groups(self, shown: tuple[Group, ...]) -> None:
        """Show these commands."""
        self._groups = shown

    def set_colours(self, colours: Colours) -> None:
        """Take the colours of another room."""
        self._colours = colours
        self.update()

    def arrange(self, width: int, room: QSize) -> None:
        """Take `width` and the height that is needed, in letters that suit a screen or window of `room`."""
        self._size = max(_SMALLEST, min(room.width() / 88, room.height() / 46, _LARGEST))
        row, pad = self._row(), self._pad(width)
        count = 3 if width >= row * 52 else 2 if width >= row * 30 else 1
        wide = (width - pad * (count + 1)) / count
        heights = {group: self._group_height(group, wide) for group in self._groups}
        top = pad * 0.6 + row * 1.7
        self._placed = []
        lowest = top
        for number, column in enumerate(_columns(self._groups, heights, count)):
            y = top
            for group in column:
                self._placed.append(_Placed(group, QRectF(pad + number * (wide + pad), y, wide, heights[group])))
                y += heights[group]
            lowest = max(lowest, y)
        self.resize(width, round(lowest + pad * 0.4))
        self.update()

    @property
    def keys_shown(self) -> list[tuple[str, str, QRectF]]:
        """What is painted for every key and gesture: the command, the key, and its place in logical pixels."""
        return [(line.text, text, box) for placed in self._placed
                for line, y in self._lines(placed) for text, _, box in self._boxes(line, placed.room, y)]

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - the page is painted whole
        """Paint heading, groups and keys."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pad = self._pad(self.width())
        painter.setPen(QColor(self._colours.text))
        painter.setFont(self._font(1.6, bold=True))
        heading = QRectF(pad, pad * 0.6, self.width() - 2 * pad, self._row() * 1.3)
        painter.drawText(heading, Qt.AlignmentFlag.AlignVCenter, "Keys")
        for placed in self._placed:
            self._paint_group(painter, placed)

    def _paint_group(self, painter: QPainter, placed: _Placed) -> None:
        row, room = self._row(), placed.room
        painter.setFont(self._font(0.93, bold=True))
        painter.setPen(QColor(self._colours.accent))
        painter.drawText(QRectF(room.x(), room.y(), room.width(), row), Qt.AlignmentFlag.AlignVCenter,
                         placed.group.title)
        for line, y in self._lines(placed):
            painter.setFont(self._font())
            painter.setPen(QColor(self._colours.text))
            words = QFontMetricsF(painter.font()).elidedText(line.text, Qt.TextElideMode.ElideRight, room.width())
            painter.drawText(QRectF(room.x(), y, room.width(), row), Qt.AlignmentFlag.AlignVCenter, words)
            painter.setFont(self._font(0.87))
            for text, boxed, box in self._boxes(line, room, y):
                if boxed:
                    painter.setPen(QColor(self._colours.line))
                    painter.setBrush(QColor(self._colours.raised))
                    painter.drawRoundedRect(box, 4, 4)
                painter.setPen(QColor(self._colours.text if boxed else self._colours.quiet))
                painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)

    def _lines(self, placed: _Placed) -> Iterator[tuple[Line, float]]:
        """The lines of a group, and where each of them begins."""
        y = placed.room.y() + self._row()
        for line in placed.group.lines:
            yield line, y
            y += self._row() * len(self._rows(line, placed.room.width()))

    def _boxes(self, line: Line, room: QRectF, y: float) -> Iterator[tuple[str, bool, QRectF]]:
        """The keys of a line, whether each is a key (or else a gesture), and its place; at the right edge."""
        metrics = QFontMetricsF(self._font(0.87))
        high = metrics.height() + 3
        for number, parts in enumerate(self._rows(line, room.width())):
            right = room.right()
            for text, boxed in reversed(parts):
                width = self._part_width(metrics, (text, boxed)) - _GAP
                middle = y + (number + 0.5) * self._row()
                yield text, boxed, QRectF(right - width, middle - high / 2, width, high)
                right -= width + _GAP

    def _rows(self, line: Line, width: float) -> list[list[tuple[str, bool]]]:
        """The keys of a line, row by row: beside the words as many as there is room for."""
        metrics = QFontMetricsF(self._font(0.87))
        left = width - QFontMetricsF(self._font()).horizontalAdvance(line.text) - 8
        rows: list[list[tuple[str, bool]]] = [[]]
        for part in [(key, True) for key in line.keys] + ([(line.also, False)] if line.also else []):
            needed = self._part_width(metrics, part)
            if needed > left:
                rows.append([])
                left = width
            rows[-1].append(part)
            left -= needed
        return rows

    def _group_height(self, group: Group, width: float) -> float:
        return self._row() * (sum(len(self._rows(line, width)) for line in group.lines) + 1.5)

    @staticmethod
    def _part_width(metrics: QFontMetricsF, part: tuple[str, bool]) -> float:
        text, boxed = part
        return metrics.horizontalAdvance(text) + (12 if boxed else 2) + _GAP

    def _font(self, scale: float = 1.0, *, bold: bool = False) -> QFont:
        font = QFont(self.font())
        font.setPixelSize(max(round(self._size * scale), 9))
        font.setBold(bold)
        return font

    def _row(self) -> float:
        return self._size * 1.72

    def _pad(self, width: int) -> float:
        return min(self._size * 3, max(width * 0.05, 12))


def _columns(groups: Sequence[Group], heights: Mapping[Group, float], count: int) -> list[list[Group]]:
    """The groups shared out so that the tallest column is as low as can be, each column in the menus' order."""
    def shared(places: tuple[int, ...]) -> list[list[Group]]:
        return [[group for group, place in zip(groups, places, strict=True) if place == column]
                for column in range(count)]

    def tallest(columns: list[list[Group]]) -> float:
        return max(sum(heights[group] for group in column) for column in columns)

    return min((shared(places) for places in product(range(count), repeat=len(groups))), key=tallest)


class ShortcutsOverlay(QScrollArea):
    """The overlay. It covers what it is laid over, and goes with Esc, F1, or a click; Up and Down scroll it."""

    dismissed = Signal()

    def __init__(self, parent: QWidget) -> None:
        """Hidden until shown."""
        super().__init__(parent)
        self.setObjectName("help")
        self._sheet = ShortcutsSheet()
        self._bindings: Mapping[str, tuple[str, ...]] = {}
        self._before: QWidget | None = None
        self.setWidget(self._sheet)
        self._sheet.setAutoFillBackground(False)  # as setWidget has made it
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName("Keys")
        self.set_colours(DARK)
        self.hide()

    def set_bindings(self, bindings: Mapping[str, tuple[str, ...]]) -> None:
        """Show the keys that are bound now."""
        self._bindings = bindings
        if self.isVisible():
            self._fill()

    def set_colours(self, colours: Colours) -> None:
        """Take the colours of another room."""
        self.setStyleSheet(f"#help, #help > QWidget {{ background: {colours.panel}; }}")
        self._sheet.set_colours(colours)

    @property
    def sheet(self) -> ShortcutsSheet:
        """The page that is scrolled."""
        self._fill()
        return self._sheet

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay the page out anew."""
        super().resizeEvent(event)
        if self.isVisible():
            self._arrange()

    def showEvent(self, event: QShowEvent) -> None:
        """Begin at the top, with the keys that scroll; a screen reader reads the page."""
        self._fill()
        super().showEvent(event)
        if not event.spontaneous():
            self._before = QApplication.focusWidget()
            self.verticalScrollBar().setValue(0)
            self.setFocus()

    def hideEvent(self, event: QHideEvent) -> None:
        """Give the keys back to who had them, and may be gone by now."""
        super().hideEvent(event)
        before, self._before = (None, self._before) if event.spontaneous() else (self._before, None)
        if before is not None and isValid(before) and before.isVisible():
            before.setFocus()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click anywhere puts the page away."""
        event.accept()
        self.dismissed.emit()

    def _fill(self) -> None:
        """Say what is bound now. It takes a while, and most days nobody looks."""
        shown = groups(self._bindings)
        self._sheet.set_groups(shown)
        self.setAccessibleDescription("\n".join(
            f"{line.text}: {', '.join((*line.keys, line.also) if line.also else line.keys)}"
            for group in shown for line in group.lines
        ))
        self._arrange()

    def _arrange(self) -> None:
        """Lay the page out, with a scroll bar where it is higher than the window."""
        policy = Qt.ScrollBarPolicy
        self._sheet.arrange(self.width(), self.size())
        scrolls = self._sheet.height() > self.height()
        self.setVerticalScrollBarPolicy(policy.ScrollBarAlwaysOn if scrolls else policy.ScrollBarAlwaysOff)
        if scrolls:
            self._sheet.arrange(self.viewport().width(), self.size())
        else:
            self._sheet.resize(self.size())
