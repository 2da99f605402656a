"""The help overlay: all keys on one page, made from the table of actions and the keys now bound to them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QKeySequence, QPainter
from PySide6.QtWidgets import QScrollArea, QWidget

from viewer.actions import BY_ID, MENUS, SEPARATOR
from viewer.ui.theme import DARK

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtGui import QMouseEvent, QPaintEvent, QResizeEvent

    from viewer.ui.theme import Colours


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


class HelpSheet(QWidget):
    """The page itself; `Help` scrolls it where the window is small."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """An empty page."""
        super().__init__(parent)
        self._groups: tuple[Group, ...] = ()
        self._colours = DARK
        self._columns: list[list[Group]] = []

    def set_groups(self, shown: tuple[Group, ...]) -> None:
        """Show these commands."""
        self._groups = shown
        self.setAccessibleName("Keys")
        self.setAccessibleDescription("\n".join(
            f"{line.text}: {', '.join((*line.keys, line.also) if line.also else line.keys)}"
            for group in shown for line in group.lines
        ))
        self.update()

    def set_colours(self, colours: Colours) -> None:
        """Take the colours of another room."""
        self._colours = colours
        self.update()

    def height_for(self, width: int) -> int:
        """How many logical pixels high the page is at a width."""
        columns = self._arranged(width)
        tallest = max((sum(self._group_height(group) for group in column) for column in columns), default=0)
        return round(tallest + 2 * self._pad() + self._row() * 2)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - the page is painted whole
        """Paint heading, groups and keys."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pad = self._pad()
        painter.setPen(QColor(self._colours.text))
        painter.setFont(self._font(1.6, bold=True))
        painter.drawText(QRectF(pad, pad * 0.7, self.width() - 2 * pad, self._row() * 1.5),
                         Qt.AlignmentFlag.AlignVCenter, "Keys")
        columns = self._arranged(self.width())
        gap = pad
        wide = (self.width() - 2 * pad - gap * (len(columns) - 1)) / max(len(columns), 1)
        for number, column in enumerate(columns):
            x, y = pad + number * (wide + gap), pad + self._row() * 1.6
            for group in column:
                self._paint_group(painter, group, QRectF(x, y, wide, self._group_height(group)))
                y += self._group_height(group)

    def _paint_group(self, painter: QPainter, group: Group, room: QRectF) -> None:
        row = self._row()
        painter.setFont(self._font(0.93, bold=True))
        painter.setPen(QColor(self._colours.accent))
        painter.drawText(QRectF(room.x(), room.y(), room.width(), row), Qt.AlignmentFlag.AlignVCenter, group.title)
        y = room.y() + row
        for line in group.lines:
            needed = QFontMetricsF(self._font()).horizontalAdvance(line.text)
            keys_width = self._paint_keys(painter, line, QRectF(room.x(), y, room.width(), row), needed + 8)
            left = room.width() - keys_width - 4
            painter.setFont(self._font())
            painter.setPen(QColor(self._colours.text))
            words = QFontMetricsF(painter.font()).elidedText(line.text, Qt.TextElideMode.ElideRight, left)
            painter.drawText(QRectF(room.x(), y, left, row), Qt.AlignmentFlag.AlignVCenter, words)
            y += row

    def _paint_keys(self, painter: QPainter, line: Line, room: QRectF, kept: float) -> float:
        """Paint the keys at the right edge, leaving `kept` for the words; returns the width they took.

        Where all do not fit, what the mouse does is left out before any key is.
        """
        parts = [(key, True) for key in line.keys] + ([(line.also, False)] if line.also else [])
        metrics = QFontMetricsF(self._font(0.87))
        while parts and sum(self._part_width(metrics, part) for part in parts) > room.width() - kept:
            parts.pop()
        painter.setFont(self._font(0.87))
        right = room.right()
        for text, boxed in reversed(parts):
            width = self._part_width(metrics, (text, boxed)) - 5
            box = QRectF(right - width, room.center().y() - metrics.height() / 2 - 2, width, metrics.height() + 4)
            if boxed:
                painter.setPen(QColor(self._colours.line))
                painter.setBrush(QColor(self._colours.raised))
                painter.drawRoundedRect(box, 4, 4)
            painter.setPen(QColor(self._colours.text if boxed else self._colours.quiet))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)
            right -= width + 5
        return room.right() - right

    @staticmethod
    def _part_width(metrics: QFontMetricsF, part: tuple[str, bool]) -> float:
        text, boxed = part
        return metrics.horizontalAdvance(text) + (12 if boxed else 2) + 5

    def _arranged(self, width: int) -> list[list[Group]]:
        count = 3 if width >= self._row() * 46 else 2 if width >= self._row() * 28 else 1
        columns: list[list[Group]] = [[] for _ in range(count)]
        heights = [0.0] * count
        for group in sorted(self._groups, key=self._group_height, reverse=True):
            shortest = heights.index(min(heights))
            columns[shortest].append(group)
            heights[shortest] += self._group_height(group)
        return columns

    def _group_height(self, group: Group) -> float:
        return self._row() * (len(group.lines) + 1.6)

    def _font(self, scale: float = 1.0, *, bold: bool = False) -> QFont:
        font = QFont(self.font())
        font.setPixelSize(max(round(self._size() * scale), 9))
        font.setBold(bold)
        return font

    def _size(self) -> float:
        """Logical pixels; larger on a large screen, where it is read from further away."""
        parent = self.parentWidget()
        height = parent.height() if parent is not None else self.height()
        return max(12.5, min(self.width() / 88, height / 46, 24))

    def _row(self) -> float:
        return self._size() * 1.95

    def _pad(self) -> float:
        return min(self._size() * 3, max(self.width() * 0.05, 12))


class Help(QScrollArea):
    """The overlay. It covers what it is laid over, and goes with Esc, F1, or a click."""

    dismissed = Signal()

    def __init__(self, parent: QWidget) -> None:
        """Hidden until shown."""
        super().__init__(parent)
        self.setObjectName("help")
        self._sheet = HelpSheet()
        self.setWidget(self._sheet)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.set_colours(DARK)
        self.hide()

    def set_bindings(self, bindings: Mapping[str, tuple[str, ...]]) -> None:
        """Show the keys that are bound now."""
        self._sheet.set_groups(groups(bindings))

    def set_colours(self, colours: Colours) -> None:
        """Take the colours of another room."""
        self.setStyleSheet(f"#help, #help > QWidget {{ background: {colours.panel}; }}")
        self._sheet.set_colours(colours)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay the page out anew."""
        super().resizeEvent(event)
        width = self.viewport().width()
        self._sheet.resize(QSize(width, max(self._sheet.height_for(width), self.viewport().height())))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click anywhere puts the page away."""
        event.accept()
        self.dismissed.emit()
