"""The help overlay: all keys on one page, made from the table of actions and the keys now bound to them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from PySide6.QtCore import QEvent, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QKeyEvent, QKeySequence, QPainter
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QFrame, QWidget
from shiboken6 import isValid

from viewer.actions import BY_ID, MENUS
from viewer.ui.style.accessibility import set_role
from viewer.ui.style.theme import DARK

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtGui import QHideEvent, QMouseEvent, QPaintEvent, QResizeEvent, QShowEvent

    from viewer.ui.style.theme import Colours

_SMALLEST: Final = 12.5
_LARGEST: Final = 24.0
"""Type size in logical pixels; larger on a large screen, where it is read from further away."""

_GAP: Final = 5
"""Logical pixels between two keys."""

_ENDS: Final = (Qt.Key.Key_Home, Qt.Key.Key_End)
_SCROLLING: Final = (*_ENDS, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)

_TYPE: Final = {"heading": (1.6, True), "title": (0.93, True), "action": (1.0, False), "key": (0.87, False),
                "gesture": (0.87, False)}
"""Of each kind of text: its share of the type size, and whether it is bold."""


class Part(NamedTuple):
    """A piece of text on the page, of a kind in `_TYPE`, and its place in logical pixels."""

    kind: str
    text: str
    box: QRectF


def shortcuts(bindings: Mapping[str, tuple[str, ...]]) -> dict[str, dict[str, list[tuple[str, str]]]]:
    """By menu and action, as they are written: its keys and then its gesture, each with its kind ("key", "gesture")."""
    page: dict[str, dict[str, list[tuple[str, str]]]] = {}
    for menu in MENUS:
        page[_plain(menu.title)] = rows = {}
        for row in (BY_ID[one] for one in menu.ids()):
            native = (QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText) for key in bindings[row.id])
            if ways := [("key", key) for key in native] + ([("gesture", row.also)] if row.also else []):
                rows[_plain(row.text)] = ways
    return page


def _plain(text: str) -> str:
    return text.replace("&", "").rstrip("…")


class ShortcutsOverlay(QAbstractScrollArea):
    """The page in one to three columns, over what it covers. It goes with Esc, F1, or a click (`dismissed`).

    Every key is seen at every width: what does not fit beside the action's name goes on in the next line; and what is
    higher than the window is scrolled.
    """

    dismissed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._bindings: Mapping[str, tuple[str, ...]] = {}
        self._colours = DARK
        self._before: QWidget | None = None
        self.fonts: dict[str, QFont] = {}
        """Of each kind of text, as it is laid out now; to be read only."""
        self.parts: list[Part] = []
        self.setAutoFillBackground(True)  # a style sheet makes the scroll bar transparent
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName("Keys")
        set_role(self, "Grouping")
        self.verticalScrollBar().setAccessibleName("Scroll the keys")
        self.verticalScrollBar().setSingleStep(20)
        self.hide()

    def set_bindings(self, bindings: Mapping[str, tuple[str, ...]]) -> None:
        """Show these keys from the next time on."""
        self._bindings = bindings

    def set_colours(self, colours: Colours) -> None:
        """Take the colours of a theme."""
        self._colours = colours
        if self.isVisible():  # asked for a viewport, PySide makes 85 enumerations, 15 ms of the start
            self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay the page out anew."""
        super().resizeEvent(event)
        if self.isVisible():
            self._lay_out()

    def showEvent(self, event: QShowEvent) -> None:
        """Begin at the top, with the keys that scroll; a screen reader reads the page."""
        self._lay_out()  # not before someone looks, as it takes a while
        self.setAccessibleDescription("\n".join(
            f"{action}: {', '.join(text for _, text in ways)}"
            for rows in shortcuts(self._bindings).values() for action, ways in rows.items()))
        super().showEvent(event)
        if not event.spontaneous():
            self._before = QApplication.focusWidget()
            self.verticalScrollBar().setValue(0)
            self.setFocus()

    def hideEvent(self, event: QHideEvent) -> None:
        """Give the focus back to whatever had it, which may be gone by now."""
        super().hideEvent(event)
        before, self._before = (None, self._before) if event.spontaneous() else (self._before, None)
        if before is not None and isValid(before) and before.isVisible():
            before.setFocus()

    def event(self, event: QEvent) -> bool:
        """Keep the keys that scroll, which page through the slides everywhere else, while there is more to see."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and event.key() in _SCROLLING:
            if self.verticalScrollBar().maximum():
                event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Scroll to the ends too, which a scroll area does not do by itself."""
        bar = self.verticalScrollBar()
        if event.key() in _ENDS and bar.maximum():
            bar.setValue(bar.minimum() if event.key() == Qt.Key.Key_Home else bar.maximum())
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click anywhere dismisses the page."""
        event.accept()
        self.dismissed.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint what is seen of the page."""
        colours = self._colours
        pens = {"title": colours.selection, "gesture": colours.quiet}
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), QColor(colours.panel))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(0, -self.verticalScrollBar().value())
        for kind, text, box in self.parts:
            if kind == "key":
                painter.setPen(QColor(colours.line))
                painter.setBrush(QColor(colours.raised))
                painter.drawRoundedRect(box, 4, 4)
            painter.setPen(QColor(pens.get(kind, colours.text)))
            painter.setFont(self.fonts[kind])
            centre = Qt.AlignmentFlag.AlignCenter if kind in ("key", "gesture") else Qt.AlignmentFlag.AlignVCenter
            whole = QFontMetricsF(painter.font()).elidedText(text, Qt.TextElideMode.ElideRight, box.width())
            painter.drawText(box, centre, whole)

    def _lay_out(self) -> None:
        """Lay the page out, with a scroll bar where it is higher than the window."""
        policy, bar = Qt.ScrollBarPolicy, self.verticalScrollBar()
        scrolls = self._fill(self.width()) > self.height()
        self.setVerticalScrollBarPolicy(policy.ScrollBarAlwaysOn if scrolls else policy.ScrollBarAlwaysOff)
        height = self._fill(self.viewport().width())
        bar.setRange(0, max(height - self.height(), 0))
        bar.setPageStep(self.height())
        self.viewport().update()

    def _fill(self, width: int) -> int:
        """Place every part on a page of `width`, in type that suits the window; returns the page's height."""
        size = max(_SMALLEST, min(self.width() / 88, self.height() / 46, _LARGEST))
        for kind, (share, bold) in _TYPE.items():
            self.fonts[kind] = font = QFont(self.font())
            font.setPixelSize(max(round(size * share), 9))
            font.setBold(bold)
        line, pad = size * 1.72, min(size * 3, max(width * 0.05, 12))
        count = 3 if width >= line * 52 else 2 if width >= line * 30 else 1
        wide = (width - pad * (count + 1)) / count
        ends = [pad * 0.6 + line * 1.7] * count
        self.parts = [Part("heading", "Keys", QRectF(pad, pad * 0.6, width - 2 * pad, line * 1.3))]
        for title, rows in shortcuts(self._bindings).items():
            column = ends.index(min(ends))
            left, y = pad + column * (wide + pad), ends[column]
            self.parts.append(Part("title", title, QRectF(left, y, wide, line)))
            for action, ways in rows.items():
                y += line
                self.parts.append(Part("action", action, QRectF(left, y, wide, line)))
                y += line * self._place_keys(ways, QRectF(left, y, wide, line), action)
            ends[column] = y + line * 1.5
        return round(max(ends) + pad * 0.4)

    def _place_keys(self, ways: list[tuple[str, str]], area: QRectF, action: str) -> int:
        """Place keys at the right edge of `area`, a line beside `action`; returns how many lines more they take."""
        metrics = QFontMetricsF(self.fonts["key"])
        free = area.width() - QFontMetricsF(self.fonts["action"]).horizontalAdvance(action) - 8
        lines: list[list[tuple[str, str, float]]] = [[]]
        for kind, text in ways:
            needed = metrics.horizontalAdvance(text) + (12 if kind == "key" else 2)
            if needed + _GAP > free:
                lines.append([])
                free = area.width()
            lines[-1].append((kind, text, needed))
            free -= needed + _GAP
        high = metrics.height() + 3
        for number, placed in enumerate(lines):
            right = area.right()
            for kind, text, wide in reversed(placed):
                top = area.center().y() + number * area.height() - high / 2
                self.parts.append(Part(kind, text, QRectF(right - wide, top, wide, high)))
                right -= wide + _GAP
        return len(lines) - 1
