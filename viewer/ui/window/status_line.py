"""A line below the picture with the slide's name and place, for when there is no caption panel to say them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPalette
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from viewer.ui.style.elided_label import ElidedLabel
from viewer.ui.style.theme import DARK

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from viewer.ui.captions.composition import CaptionText
    from viewer.ui.style.theme import Colours

HEIGHT: Final = 28
"""Logical pixels, unless the desktop's type needs more."""

_BUTTON_HEIGHT: Final = 24
"""The least for what is clicked (WCAG 2.2, 2.5.8), border included."""


class StatusLine(QWidget):
    """The slide's name, its place ("3 of 11"), and a button for a caption that the window is too small for."""

    caption_asked = Signal()
    """The button was pressed."""

    def __init__(self) -> None:
        super().__init__()
        self._colours = DARK
        self._wanted = False
        self._name = ElidedLabel()
        self._place = QLabel()
        self._button: QPushButton | None = None  # few ever need it
        self._layout = QHBoxLayout(self)
        self._layout.setContentsMargins(14, 0, 10, 0)
        self._layout.setSpacing(12)
        self._layout.addWidget(self._name, 1)
        self._layout.addWidget(self._place)
        self.setMinimumHeight(HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.hide()

    def below(self, widget: QWidget) -> QWidget:
        """A widget with `widget` in it, and the line below."""
        both = QWidget()
        column = QVBoxLayout(both)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(widget, 1)
        column.addWidget(self)
        return both

    def set_words(self, words: CaptionText) -> None:
        """Name another slide. The end of a file's name tells it from others, the beginning of a title says most."""
        mode = Qt.TextElideMode
        self._name.elide = mode.ElideMiddle if words.named_by_file else mode.ElideRight
        self._name.setText(words.title)
        self._place.setText(words.place)
        self.want(self._wanted)

    def want(self, wanted: bool) -> None:
        """Show or hide the line; without a slide there is none."""
        self._wanted = wanted
        self.setVisible(wanted and bool(self._place.text()))

    def offer_caption(self, *, offered: bool, shown: bool) -> None:
        """Whether there is a button for the caption, and whether it is pressed, as the caption is `shown`."""
        if offered and self._button is None:
            self._button = QPushButton("Caption")
            self._button.setCheckable(True)
            self._button.setMinimumHeight(_BUTTON_HEIGHT)
            self._button.setToolTip("Show or hide the caption, for which the window is too small")
            self._button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            self._button.clicked.connect(self.caption_asked)
            self._layout.addWidget(self._button)
            self.set_colours(self._colours)
        if self._button is not None:
            self._button.setVisible(offered)
            self._button.setChecked(shown)

    def set_colours(self, colours: Colours) -> None:
        """Take the colours of a theme."""
        self._colours = colours
        for label, colour in ((self._name, colours.text), (self._place, colours.quiet)):
            palette = label.palette()
            palette.setColor(QPalette.ColorRole.WindowText, QColor(colour))
            label.setPalette(palette)
        if self._button is not None:
            self._button.setStyleSheet(
                f"QPushButton {{ background: {colours.raised}; color: {colours.text}; padding: 2px 9px;"
                f" border: 1px solid {colours.quiet}; border-radius: 5px; }}"
                f"QPushButton:checked {{ border-color: {colours.accent}; }}"
                f"QPushButton:focus {{ border: 2px solid {colours.accent}; padding: 1px 8px; }}")
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the ground, that of the picture."""
        painter = QPainter(self)
        painter.setBackground(QColor(self._colours.background))
        painter.eraseRect(event.rect())
