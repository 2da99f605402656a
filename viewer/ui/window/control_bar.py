"""The bar of labelled buttons in full screen: play or pause, the slide's place and name, and the way out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtGui import QColor, QPainter, QPalette
from PySide6.QtWidgets import QHBoxLayout, QWidget

from viewer.ui.style.elided_label import ElidedLabel
from viewer.ui.style.icons import IconButton
from viewer.ui.style.theme import DARK
from viewer.ui.style.type_size import set_type_size

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent, QResizeEvent

    from viewer.ui.captions.composition import CaptionText
    from viewer.ui.style.theme import Colours

_LEAST_WIDTH_LABELS: Final = 320
"""Logical pixels of the bar below which its buttons are icons alone."""


class ControlBar(QWidget):
    """Stands above the thumbnails while the pointer moves in full screen. What its buttons do is the listener's."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAccessibleName("Full screen")
        self.play_button = IconButton("play", "Play the show", self, side=36)
        self.leave_button = IconButton("close", "Leave full screen", self, side=36)
        self._label = ElidedLabel()
        self._colours = DARK
        layout = QHBoxLayout(self)
        layout.setContentsMargins(10, 5, 10, 5)
        layout.setSpacing(12)
        layout.addWidget(self.play_button)
        layout.addWidget(self._label, 1)
        layout.addWidget(self.leave_button)
        self.show_state(playing=False)

    def show_state(self, *, playing: bool) -> None:
        """Let the first button name what a click does now."""
        self.play_button.set_icon("pause" if playing else "play")
        self.play_button.rename("Pause the show" if playing else "Play the show")
        self._playing = playing
        self._label_buttons()

    def set_words(self, words: CaptionText) -> None:
        """Name the slide: "3 of 11 · A Mighty Roar"."""
        self._label.setText(" · ".join(part for part in (words.place, words.title) if part))

    def set_colours(self, colours: Colours) -> None:
        """Take the colours of a theme."""
        self._colours = colours
        palette = self._label.palette()
        palette.setColor(QPalette.ColorRole.WindowText, QColor(colours.text))
        self._label.setPalette(palette)
        self.update()
        for button in (self.play_button, self.leave_button):
            button.set_colours(colours)

    def set_type(self, pixels: float) -> None:
        """Set the words in type of that size, in logical pixels."""
        set_type_size(self, pixels)
        self._label_buttons()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show the buttons' labels where there is space for them."""
        super().resizeEvent(event)
        self._label_buttons()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the ground."""
        QPainter(self).fillRect(event.rect(), QColor(self._colours.panel))

    def _label_buttons(self) -> None:
        labelled = self.width() >= _LEAST_WIDTH_LABELS
        self.play_button.set_label(("Pause" if self._playing else "Play") if labelled else "")
        self.leave_button.set_label("Leave full screen" if labelled else "")
