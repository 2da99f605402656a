"""What the pointer needs: the bar with play and full screen, the round arrows at the picture's sides, and the thin
line of the show's progress."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QSizePolicy, QWidget

from viewer.ui.style.icons import IconButton
from viewer.ui.style.theme import DARK
from viewer.ui.thumbnails.metrics import keep_room

if TYPE_CHECKING:

    from viewer.ui.style.theme import Colours
    from viewer.ui.thumbnails.list_view import ThumbnailListView


class _Room(QWidget):
    """Stands where the thumbnails will be, and is as large."""

    def sizeHint(self) -> QSize:
        """That of a list."""
        return QSize(256, 192)


class ThumbnailBar(QWidget):
    """The thumbnails with the two buttons beside them: in the window's dock, or slid in over the full screen.

    It has the room of its thumbnails from the beginning; they themselves are put there by `hold`, once.
    """

    play_wanted = Signal()
    fullscreen_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        """Buttons, and room for thumbnails."""
        super().__init__(parent)
        self.setObjectName("strip")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._strip: ThumbnailListView | None = None
        self._room = _Room()
        self._upright = False
        self._colours = DARK
        self._play = IconButton("play", "Play the show")
        self._screen = IconButton("fullscreen", "Full screen")
        self._play.clicked.connect(self.play_wanted)
        self._screen.clicked.connect(self.fullscreen_wanted)
        self._layout = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._layout.setContentsMargins(10, 4, 14, 4)
        self._layout.setSpacing(8)
        self._layout.addWidget(self._room, 1)
        for button in (self._play, self._screen):
            self._layout.addWidget(button, 0, Qt.AlignmentFlag.AlignCenter)
        self.set_upright(False)

    def hold(self, strip: ThumbnailListView) -> None:
        """Put the thumbnails where there was room for them."""
        self._strip = strip
        strip.set_upright(self._upright)
        strip.set_colours(self._colours)
        self._layout.replaceWidget(self._room, strip)
        self._room.deleteLater()
        QWidget.setTabOrder(strip, self._play)
        QWidget.setTabOrder(self._play, self._screen)

    def set_upright(self, upright: bool) -> None:
        """Run from top to bottom, for a place at the side."""
        self._upright = upright
        direction = QBoxLayout.Direction
        self._layout.setDirection(direction.TopToBottom if upright else direction.LeftToRight)
        if self._strip is None:
            keep_room(self._room, upright=upright)
        else:
            self._strip.set_upright(upright)
        fixed, free = QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding
        self.setSizePolicy(*((fixed, free) if upright else (free, fixed)))

    def show_state(self, *, playing: bool, fullscreen: bool) -> None:
        """Let the buttons say what they would do now."""
        self._play.set_icon("pause" if playing else "play")
        self._play.rename("Pause the show" if playing else "Play the show")
        self._screen.set_icon("fullscreen-exit" if fullscreen else "fullscreen")
        self._screen.rename("Leave full screen" if fullscreen else "Full screen")

    def set_colours(self, colours: Colours) -> None:
        """Take the colours of another room."""
        self._colours = colours
        if self._strip is not None:
            self._strip.set_colours(colours)
        for button in (self._play, self._screen):
            button.set_colours(colours)
