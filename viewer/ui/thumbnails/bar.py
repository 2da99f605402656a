"""The bar of thumbnails with the buttons for play and full screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QBoxLayout, QSizePolicy, QWidget

from viewer.ui.style.icons import IconButton
from viewer.ui.style.theme import DARK
from viewer.ui.thumbnails.metrics import fix_extent

if TYPE_CHECKING:
    from viewer.ui.style.theme import Colours
    from viewer.ui.thumbnails.list_view import ThumbnailListView


class _Spacer(QWidget):
    """Empty widget with the size hint of the thumbnail list, whose space it keeps until that is there."""

    def sizeHint(self) -> QSize:
        """That of a QListView."""
        return QSize(256, 192)


class ThumbnailBar(QWidget):
    """The thumbnails with the two buttons beside them: in the window's dock, or slid in over the full screen.

    The space for the thumbnails is there from the beginning; `hold` puts them there, once.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("strip")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._strip: ThumbnailListView | None = None
        self._spacer = _Spacer()
        self._colours = DARK
        self._checkered = True
        self.play_button = IconButton("play", "Play the show")
        self.fullscreen_button = IconButton("fullscreen", "Full screen")
        self._layout = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._layout.setContentsMargins(10, 4, 14, 4)
        self._layout.setSpacing(8)
        self._layout.addWidget(self._spacer, 1)
        for button in (self.play_button, self.fullscreen_button):
            self._layout.addWidget(button, 0, Qt.AlignmentFlag.AlignCenter)
        self.set_upright(False)

    def hold(self, strip: ThumbnailListView) -> None:
        """Put the thumbnails into the space left for them."""
        self._strip = strip
        strip.set_upright(self._layout.direction() == QBoxLayout.Direction.TopToBottom)
        strip.set_colours(self._colours)
        strip.set_checkered(self._checkered)
        self._layout.replaceWidget(self._spacer, strip)
        self._spacer.deleteLater()
        QWidget.setTabOrder(strip, self.play_button)
        QWidget.setTabOrder(self.play_button, self.fullscreen_button)

    def set_upright(self, upright: bool) -> None:
        """Lay out from top to bottom, for a dock at the side."""
        direction = QBoxLayout.Direction
        self._layout.setDirection(direction.TopToBottom if upright else direction.LeftToRight)
        if self._strip is None:
            fix_extent(self._spacer, upright=upright)
        else:
            self._strip.set_upright(upright)
        fixed, free = QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding
        self.setSizePolicy(*((fixed, free) if upright else (free, fixed)))

    def show_buttons(self, shown: bool) -> None:
        """Have the two buttons, or leave their space to the thumbnails where other buttons do the same."""
        for button in (self.play_button, self.fullscreen_button):
            button.setVisible(shown)

    def show_state(self, *, playing: bool, fullscreen: bool) -> None:
        """Let the buttons name what a click does now."""
        self.play_button.set_icon("pause" if playing else "play")
        self.play_button.rename("Pause the show" if playing else "Play the show")
        self.fullscreen_button.set_icon("fullscreen-exit" if fullscreen else "fullscreen")
        self.fullscreen_button.rename("Leave full screen" if fullscreen else "Full screen")

    def set_colours(self, colours: Colours) -> None:
        """Take another theme's colours."""
        self._colours = colours
        if self._strip is not None:
            self._strip.set_colours(colours)
        for button in (self.play_button, self.fullscreen_button):
            button.set_colours(colours)

    def set_checkered(self, checkered: bool) -> None:
        """Whether a checkerboard is seen through the transparent parts of thumbnails."""
        self._checkered = checkered
        if self._strip is not None:
            self._strip.set_checkered(checkered)
