"""The sheet of all keys: its layout in columns, and the widget that paints it."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, Final, NamedTuple

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QKeySequence, QPainter
from PySide6.QtWidgets import QWidget

from viewer.actions import BY_ID, MENUS, SEPARATOR
from viewer.ui.style.theme import DARK

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from PySide6.QtGui import QPaintEvent

    from viewer.ui.style.theme import Colours

_SMALLEST: Final = 12.5
_LARGEST: Final = 24.0
"""Type size in logical pixels; larger on a large screen, where it is read from further away."""

_GAP: Final = 5
"""Logical pixels between two keys."""


class Row(NamedTuple):
    """One action and its keys, as they are written; `also` is a gesture."""

    text: str
    keys: tuple[str, ...]
    also: str


class Group(NamedTuple):
    """The actions of one menu."""

    title: str
    rows: tuple[Row, ...]


def groups(bindings: Mapping[str, tuple[str, ...]]) -> tuple[Group, ...]:
    """Every action that has a key or a gesture, by menu."""
    made = []
    for title, ids in MENUS:
        rows = tuple(
            Row(_plain(BY_ID[one].text), tuple(_native(key) for key in bindings[one]), BY_ID[one].also)
            for one in ids
            if one != SEPARATOR and (bindings[one] or BY_ID[one].also)
        )
        made.append(Group(_plain(title), rows))
    return tuple(made)


def _plain(text: str) -> str:
    return text.replace("&", "").rstrip("…")


def _native(key: str) -> str:
    return QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)


class _Placed(NamedTuple):
    """A group and its place on the sheet, in logical pixels."""

    group: Group
    area: QRectF


class ShortcutsSheet(QWidget):
    """Paints the groups in one to three columns.

    Every key is seen at every width: what does not fit beside the action's name goes on in the next line.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._groups: tuple[Group, ...] = ()
        self._colours = DARK
        self._size = _SMALLEST
        self._placed: list[_Placed] = []

    def set_groups(self, shown: tuple[Group, ...]) -> None:
        """Show these actions."""
        self._groups = shown

    def set_colours(self, colours: Colours) -> None:
        """Take the colours of a theme."""
        self._colours = colours
        self.update()

    def set_width(self, width: int, window: QSize) -> None:
        """Take `width` and the height that is needed, in type that suits a window of that size."""
        self._size = max(_SMALLEST, min(window.width() / 88, window.height() / 46, _LARGEST))
        line, pad = self._line_height(), self._pad(width)
        count = 3 if width >= line * 52 else 2 if width >= line * 30 else 1
        wide = (width - pad * (count + 1)) / count
        heights = {group: self._group_height(group, wide) for group in self._groups}
        top = pad * 0.6 + line * 1.7
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
        """What is painted for every key and gesture: the action, the key, and its place in logical pixels."""
        return [(row.text, text, box) for placed in self._placed
                for row, y in self._rows(placed) for text, _, box in self._boxes(row, placed.area, y)]

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - the sheet is painted whole
        """Paint heading, groups and keys."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pad = self._pad(self.width())
        painter.setPen(QColor(self._colours.text))
        painter.setFont(self._font(1.6, bold=True))
        heading = QRectF(pad, pad * 0.6, self.width() - 2 * pad, self._line_height() * 1.3)
        painter.drawText(heading, Qt.AlignmentFlag.AlignVCenter, "Keys")
        for placed in self._placed:
            self._paint_group(painter, placed)

    def _paint_group(self, painter: QPainter, placed: _Placed) -> None:
        line, area = self._line_height(), placed.area
        painter.setFont(self._font(0.93, bold=True))
        painter.setPen(QColor(self._colours.accent))
        painter.drawText(QRectF(area.x(), area.y(), area.width(), line), Qt.AlignmentFlag.AlignVCenter,
                         placed.group.title)
        for row, y in self._rows(placed):
            painter.setFont(self._font())
            painter.setPen(QColor(self._colours.text))
            words = QFontMetricsF(painter.font()).elidedText(row.text, Qt.TextElideMode.ElideRight, area.width())
            painter.drawText(QRectF(area.x(), y, area.width(), line), Qt.AlignmentFlag.AlignVCenter, words)
            painter.setFont(self._font(0.87))
            for text, boxed, box in self._boxes(row, area, y):
                if boxed:
                    painter.setPen(QColor(self._colours.line))
                    painter.setBrush(QColor(self._colours.raised))
                    painter.drawRoundedRect(box, 4, 4)
                painter.setPen(QColor(self._colours.text if boxed else self._colours.quiet))
                painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)

    def _rows(self, placed: _Placed) -> Iterator[tuple[Row, float]]:
        """The rows of a group, and where each of them begins."""
        y = placed.area.y() + self._line_height()
        for row in placed.group.rows:
            yield row, y
            y += self._line_height() * len(self._lines(row, placed.area.width()))

    def _boxes(self, row: Row, area: QRectF, y: float) -> Iterator[tuple[str, bool, QRectF]]:
        """The keys of a row, whether each is a key (or else a gesture), and its place; at the right edge."""
        metrics = QFontMetricsF(self._font(0.87))
        high = metrics.height() + 3
        for number, parts in enumerate(self._lines(row, area.width())):
            right = area.right()
            for text, boxed in reversed(parts):
                width = self._part_width(metrics, (text, boxed)) - _GAP
                middle = y + (number + 0.5) * self._line_height()
                yield text, boxed, QRectF(right - width, middle - high / 2, width, high)
                right -= width + _GAP

    def _lines(self, row: Row, width: float) -> list[list[tuple[str, bool]]]:
        """The keys of a row, line by line: beside the action's name as many as fit."""
        metrics = QFontMetricsF(self._font(0.87))
        left = width - QFontMetricsF(self._font()).horizontalAdvance(row.text) - 8
        lines: list[list[tuple[str, bool]]] = [[]]
        for part in [(key, True) for key in row.keys] + ([(row.also, False)] if row.also else []):
            needed = self._part_width(metrics, part)
            if needed > left:
                lines.append([])
                left = width
            lines[-1].append(part)
            left -= needed
        return lines

    def _group_height(self, group: Group, width: float) -> float:
        return self._line_height() * (sum(len(self._lines(row, width)) for row in group.rows) + 1.5)

    @staticmethod
    def _part_width(metrics: QFontMetricsF, part: tuple[str, bool]) -> float:
        text, boxed = part
        return metrics.horizontalAdvance(text) + (12 if boxed else 2) + _GAP

    def _font(self, scale: float = 1.0, *, bold: bool = False) -> QFont:
        font = QFont(self.font())
        font.setPixelSize(max(round(self._size * scale), 9))
        font.setBold(bold)
        return font

    def _line_height(self) -> float:
        return self._size * 1.72

    def _pad(self, width: int) -> float:
        return min(self._size * 3, max(width * 0.05, 12))


def _columns(groups: Sequence[Group], heights: Mapping[Group, float], count: int) -> list[list[Group]]:
    """The groups divided so that the tallest column is as low as can be, each column in the menus' order."""
    def shared(places: tuple[int, ...]) -> list[list[Group]]:
        return [[group for group, place in zip(groups, places, strict=True) if place == column]
                for column in range(count)]

    def tallest(columns: list[list[Group]]) -> float:
        return max(sum(heights[group] for group in column) for column in columns)

    return min((shared(places) for places in product(range(count), repeat=len(groups))), key=tallest)
