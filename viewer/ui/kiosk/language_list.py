"""The languages of a gallery's captions to choose from, by their own names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRect, Signal

from viewer.show.clock import DeferredCall
from viewer.ui.kiosk.overlay import Overlay
from viewer.ui.kiosk.touch_button import TouchButton

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtWidgets import QWidget

    from viewer.show.clock import Clock

OPEN_MS: Final = 20_000
"""Milliseconds after which it goes by itself."""


class LanguageList(Overlay):
    """Large buttons in as many columns as it takes; `chosen` carries the tag of the one that was pressed."""

    chosen = Signal(str)

    def __init__(self, window: QWidget, clock: Clock) -> None:
        super().__init__(window, "")
        self.buttons: list[TouchButton] = []
        """One for each language; to be read only."""
        self._closing = DeferredCall(clock, self.hide, self)
        self.outside.connect(self.hide)
        self.left.connect(self._closing.cancel)

    def offer(self, names: Mapping[str, str], current: str, heading: str) -> None:
        """Offer languages, their names by their tags; `heading` is what a screen reader calls the list."""
        self.setAccessibleName(heading)
        for button in self.buttons:
            button.deleteLater()
        self.buttons = []
        for tag, name in names.items():
            button = TouchButton(name, name, self)
            button.setCheckable(True)
            button.setChecked(tag == current)
            button.clicked.connect(lambda _checked, tag=tag: self._choose(tag))
            self.buttons.append(button)
        for button in self.buttons:
            button.show()
        self._closing.start(OPEN_MS)
        self.cover()

    def arrange(self) -> None:
        """Place the buttons in equal columns, and the card around them."""
        side, gap = self.side, self.side // 4
        for button in self.buttons:
            button.set_side(side)
        wide = max((button.width() for button in self.buttons), default=side)
        rows_that_fit = max((self.height() - 3 * gap) // (side + gap), 1)
        columns = -(-len(self.buttons) // rows_that_fit)
        if len(self.buttons) > 6:
            columns = max(columns, 2)
        columns = max(min(columns, (self.width() - 2 * gap) // (wide + gap)), 1)
        rows = -(-len(self.buttons) // columns)
        width, height = columns * (wide + gap) + gap, rows * (side + gap) + gap
        self.card = QRect((self.width() - width) // 2, max((self.height() - height) // 2, 0), width, height)
        for at, button in enumerate(self.buttons):
            button.setFixedWidth(wide)
            column, row = divmod(at, rows)
            button.move(self.card.left() + gap + column * (wide + gap), self.card.top() + gap + row * (side + gap))

    def _choose(self, tag: str) -> None:
        self.hide()
        self.chosen.emit(tag)
