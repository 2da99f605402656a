"""What the pointer needs: the bar with play and full screen, the round arrows at the picture's sides, and the thin
line of the show's progress."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QBoxLayout, QSizePolicy, QWidget

from viewer.ui.cell import keep_room
from viewer.ui.glyphs import GlyphButton
from viewer.ui.theme import DARK

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from viewer.ui.strip import Strip
    from viewer.ui.theme import Colours


class _Room(QWidget):
    """Stands where the thumbnails will be, and is as large."""

    def sizeHint(self) -> QSize:
        """That of a list."""
        return QSize(256, 192)


class Shelf(QWidget):
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
        self._strip: Strip | None = None
        self._room = _Room()
        self._upright = False
        self._colours = DARK
        self._play = GlyphButton("play", "Play the show")
        self._screen = GlyphButton("fullscreen", "Full screen")
        self._play.clicked.connect(self.play_wanted)
        self._screen.clicked.connect(self.fullscreen_wanted)
        self._layout = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._layout.setContentsMargins(10, 4, 14, 4)
        self._layout.setSpacing(8)
        self._layout.addWidget(self._room, 1)
        for button in (self._play, self._screen):
            self._layout.addWidget(button, 0, Qt.AlignmentFlag.AlignCenter)
        self.set_upright(False)

    def hold(self, strip: Strip) -> None:
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
        self._play.set_glyph("pause" if playing else "play")
        self._play.rename("Pause the show" if playing else "Play the show")
        self._screen.set_glyph("leave" if fullscreen else "fullscreen")
        self._screen.rename("Leave full screen" if fullscreen else "Full screen")

    def set_colours(self, colours: Colours) -> None:
        """Take the colours of another room."""
        self._colours = colours
        if self._strip is not None:
            self._strip.set_colours(colours)
        for button in (self._play, self._screen):
            button.set_colours(colours)


class ProgressLine(QWidget):
    """How much of the slide's time has gone, as a line two pixels high."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """An empty line."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._share = 0.0
        self._groove = True
        self._colours = DARK

    def set_share(self, share: float) -> None:
        """Fill the line to `share`, 0 to 1; painted only when a device pixel changes."""
        before = round(self._share * self.width() * self.devicePixelRatioF())
        self._share = share
        if round(share * self.width() * self.devicePixelRatioF()) != before:
            self.update()

    def set_groove(self, seen: bool) -> None:
        """Whether the whole length of the line is seen too, and not only what has gone."""
        self._groove = seen
        self.update()

    def set_colours(self, colours: Colours) -> None:
        """Take the colours of another room."""
        self._colours = colours
        self.update()

    def sizeHint(self) -> QSize:
        """Two pixels high."""
        return QSize(100, 2)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - the line is small: it is painted whole
        """Paint the line from the reading direction's beginning."""
        painter = QPainter(self)
        if self._groove:
            painter.fillRect(self.rect(), QColor(self._colours.line))
        length = self.width() * self._share
        left = self.width() - length if self.layoutDirection() == Qt.LayoutDirection.RightToLeft else 0.0
        painter.fillRect(QRectF(left, 0, length, self.height()), QColor(self._colours.accent))
