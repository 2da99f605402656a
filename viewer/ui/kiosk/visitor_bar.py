"""The bar of buttons that comes when a visitor touches the screen, over the picture's lower edge and never over words.

Its buttons are as high as `target_side` says.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from PySide6.QtCore import QEvent, QObject, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QApplication, QWidget

from viewer.show.clock import DeferredCall
from viewer.ui.kiosk.touch_button import TouchButton, target_side
from viewer.ui.style.accessibility import set_role
from viewer.ui.style.theme import DARK

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from PySide6.QtGui import QPaintEvent

    from viewer.kiosk.visitor_words import VisitorWords
    from viewer.show.clock import Clock
    from viewer.ui.style.icons import IconName
    from viewer.ui.viewport.slide_view import SlideView

SHOWN_MS: Final = 6000
"""Milliseconds after the last touch that it stays: as long as it takes to find a button and to reach it."""

_BUTTONS: Final[Mapping[str, IconName]] = {
    "previous": "previous", "pause": "pause", "next": "next", "caption_larger": "text-larger", "language": "language",
}
"""What is on it, from the left: the icon by what it does. `BarState` has what a screen reader says."""


class BarState(NamedTuple):
    """What the bar's buttons offer now, and the `words` in which a screen reader says so.

    `language` is the name of the one that is offered, by itself; empty in a gallery in one language.
    """

    words: VisitorWords
    playing: bool
    largest: bool
    language: str


class VisitorBar(QWidget):
    """A child of `window` over `slide_view`. `acts` are what its buttons do, by their names in `_BUTTONS`.

    A button without an act is not shown. It stays while a button has the keyboard's focus.
    """

    def __init__(self, window: QWidget, slide_view: SlideView, clock: Clock,
                 acts: Mapping[str, Callable[[], object]]) -> None:
        super().__init__(window)
        self._slide_view = slide_view
        set_role(self, "Grouping")
        self.buttons: dict[str, TouchButton] = {}
        """Its buttons, by what they do; to be read only."""
        for name, icon in _BUTTONS.items():
            if act := acts.get(name):
                self.buttons[name] = button = TouchButton("", "", self, icon)
                button.clicked.connect(lambda _checked, act=act: act())
        self._leaving = DeferredCall(clock, self._leave, self)
        for watched in (window, slide_view):
            watched.installEventFilter(self)
        self.hide()

    def call(self) -> None:
        """Show it, for a while from now on; on a black screen there is nothing to do."""
        if self._slide_view.is_blank:
            return
        self._leaving.start(SHOWN_MS)
        if not self.isVisible():
            self._arrange()
            self.show()
            self.raise_()

    def dismiss(self) -> None:
        """Hide it at once."""
        self._leaving.cancel()
        if self.isAncestorOf(QApplication.focusWidget() or self.window()):
            self._slide_view.setFocus()
        self.hide()

    def show_state(self, state: BarState) -> None:
        """Let the buttons say what they do now."""
        words = state.words
        names = {
            "previous": words.previous, "next": words.next, "pause": words.pause if state.playing else words.play,
            "caption_larger": words.normal if state.largest else words.larger,
            "language": f"{words.language}: {state.language}",
        }
        self.setAccessibleName(words.controls)
        for name, button in self.buttons.items():
            button.setAccessibleName(names[name])
        if pause := self.buttons.get("pause"):
            pause.set_icon("pause" if state.playing else "play")
        if language := self.buttons.get("language"):
            language.setText(state.language)
            language.setVisible(bool(state.language))
            self._arrange()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: ARG002 - both are followed alike
        """Follow the picture's place, and be found by Tab before it is seen."""
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._arrange()
        return False

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - it is painted whole
        """Paint the ground that the buttons stand on."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(DARK.line), 1))
        painter.setBrush(QColor(DARK.panel))
        radius = self.height() * 0.24
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)

    def _leave(self) -> None:
        focused = QApplication.focusWidget()
        if focused is not None and self.isAncestorOf(focused):
            self._leaving.start(SHOWN_MS)
        else:
            self.hide()

    def _arrange(self) -> None:
        """Stand in the middle of the picture's lower edge, in a row, or in as many as it takes."""
        room = QRect(self._slide_view.mapTo(self.window(), self._slide_view.rect().topLeft()), self._slide_view.size())
        side = target_side(self.window().size())
        gap = round(side * 0.18)
        rows: list[list[TouchButton]] = [[]]
        used = gap
        for button in self.buttons.values():
            if button.isHidden():
                continue
            button.set_side(side)
            if rows[-1] and used + button.width() + gap > room.width():
                rows.append([])
                used = gap
            rows[-1].append(button)
            used += button.width() + gap
        widths = [sum(button.width() + gap for button in row) + gap for row in rows]
        wide, high = max(widths), len(rows) * (side + gap) + gap
        self.setGeometry(room.center().x() - wide // 2, room.bottom() + 1 - high - gap, wide, high)
        for number, (row, width) in enumerate(zip(rows, widths, strict=True)):
            at = (wide - width) // 2 + gap
            for button in reversed(row) if self.layoutDirection() == Qt.LayoutDirection.RightToLeft else row:
                button.move(at, gap + number * (side + gap))
                at += button.width() + gap
