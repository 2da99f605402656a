"""The middle of the window: the stage, and in full screen the caption beside or below it.

In a window the stage takes all of the hall, and caption and thumbnails stand in docks around it. In full screen the
docks are away; the caption takes the side that costs the picture least, and thumbnails and buttons slide in at the
lower edge when the pointer goes there. The side is chosen for a 3:2 picture, so that it does not change from slide to
slide.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal, NamedTuple, TypeAlias

from PySide6.QtCore import QPoint, QPointF, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QWidget

from viewer.imaging.wishes import Box
from viewer.ui.caption import CaptionPanel
from viewer.ui.controls import ProgressLine
from viewer.ui.geometry import caption_side
from viewer.ui.glyphs import GlyphButton
from viewer.ui.help import Help
from viewer.ui.notice import Notice
from viewer.ui.theme import DARK

if TYPE_CHECKING:
    from PySide6.QtGui import QEnterEvent, QPaintEvent, QResizeEvent

    from viewer.ui.caption import Words
    from viewer.ui.controls import Shelf
    from viewer.ui.stage import Stage
    from viewer.ui.theme import Colours

CaptionPlace: TypeAlias = Literal["beside", "overlay", "none"]

POINTER_PATIENCE_MS: Final = 2000
"""Milliseconds without a movement after which arrows and slid-in thumbnails leave."""

_EDGE: Final = 40  # logical pixels at the lower edge that call the thumbnails
_TYPICAL_ASPECT: Final = 3 / 2
_SCRIM: Final = "rgba(10, 10, 10, 224)"
"""At 88 % over pure white it still is #272727, on which the caption's text keeps more than 12:1."""


class Places(NamedTuple):
    """Who stands where in full screen, the caption's type size, and how far its words may move inside.

    Logical pixels; `wide` tells whether the caption is wide rather than tall.
    """

    stage: QRect
    caption: QRect
    wide: bool
    type_px: float
    inset: int = 0


def places(room: QRect, caption: CaptionPlace, scale: float) -> Places:
    """Share out a full screen of `room`; `scale` is the caption's text size, 1 is normal.

    The type is 2.6 % of the shorter side, about what signage asks for; the panel beside the picture is half the
    screen's height wide, which leaves a 3:2 picture 1380 x 920 of 1920 x 1080.
    """
    width, height = room.width(), room.height()
    type_px = max(min(width, height) * 0.026, 13) * scale
    if caption == "none" or min(width, height) < 240:
        return Places(room, QRect(), False, type_px)
    if caption == "overlay":
        tall = min(round(type_px * 8.5), height // 3)
        return Places(room, QRect(0, height - tall, width, tall), True, type_px)
    panel_width = round(min(max(height * 0.5 * min(scale, 1.3), 280), width * 0.36))
    spare = min(height - width / _TYPICAL_ASPECT, type_px * 20)  # room that such a picture does not need anyway
    panel_height = round(min(max(type_px * 10.5, 150, spare), height * 0.36))
    if caption_side(Box(width, height), Box(3, 2), panel_width, panel_height) == "right":
        stage_width = width - panel_width
        # Where there is room for it, the words begin and end where a 3:2 picture does.
        inset = max(round((height - stage_width / _TYPICAL_ASPECT) / 2), 0)
        panel = QRect(stage_width, 0, panel_width, height)
        return Places(QRect(0, 0, stage_width, height), panel, False, type_px, inset)
    stage_height = height - panel_height
    return Places(QRect(0, 0, width, stage_height), QRect(0, stage_height, width, panel_height), True, type_px)


class _Edge(QWidget):
    """Nothing to be seen: the lower edge of a full screen, which calls the thumbnails when the pointer enters it."""

    entered = Signal()

    def enterEvent(self, event: QEnterEvent) -> None:
        """The pointer is there."""
        super().enterEvent(event)
        self.entered.emit()


class Hall(QWidget):
    """Lays out what is in the middle of the window. `paged` says that an arrow was pressed: -1 or +1."""

    paged = Signal(int)

    def __init__(self, stage: Stage, parent: QWidget | None = None) -> None:
        """`stage` becomes a child of the hall."""
        super().__init__(parent)
        self.setObjectName("hall")
        self._stage = stage
        stage.setParent(self)
        stage.pointing.pointer_moved.connect(self._pointer_moved)
        self.panel = CaptionPanel(self)
        self.progress = ProgressLine(self)
        self._previous = GlyphButton("previous", "The slide before", self, side=46, round_=True)
        self._next = GlyphButton("next", "The next slide", self, side=46, round_=True)
        self._previous.clicked.connect(lambda: self.paged.emit(-1))
        self._next.clicked.connect(lambda: self.paged.emit(1))
        for arrow in (self._previous, self._next):
            arrow.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            arrow.hide()
        self._edge = _Edge(self)
        self._edge.hide()
        self._edge.entered.connect(self.reveal)
        self.notice = Notice(self)
        self.help = Help(self)
        self._shelf: Shelf | None = None
        self._pinned = False
        self._full = False
        self._caption: CaptionPlace = "beside"
        self._scale = 1.0
        self._several = False
        self._black = False
        self._colours = DARK
        self._calm = QTimer(self)
        self._calm.setSingleShot(True)
        self._calm.setInterval(POINTER_PATIENCE_MS)
        self._calm.timeout.connect(self._put_away)
        self._arrange()

    def set_fullscreen(self, full: bool, shelf: Shelf | None) -> None:
        """Go full screen with the thumbnails' `shelf` at hand, or back to the window, which takes its shelf again."""
        self._full = full
        self._shelf = shelf if full else None
        self._pinned = False
        if self._shelf is not None:
            self._shelf.setParent(self)
            self._shelf.set_upright(False)
            self._shelf.hide()
        self.progress.set_groove(not full)
        self._put_away()
        self._dress()
        self._arrange()

    def set_caption(self, place: CaptionPlace, scale: float) -> None:
        """Where the caption stands in full screen, and how large its type is, 1 being normal."""
        self._caption = place
        self._scale = scale
        self._dress()
        self._arrange()

    def set_words(self, words: Words) -> None:
        """Say `words` in full screen; over the picture the panel is just as high as they need."""
        self.panel.set_words(words)
        if self._full and self._caption == "overlay":
            self._arrange()

    def set_black(self, black: bool) -> None:
        """The stage is black: in full screen nothing else is seen either."""
        self._black = black
        self._arrange()

    def set_several(self, several: bool) -> None:
        """Whether there is anything to page to."""
        self._several = several
        if not several:
            self._put_away()

    def set_colours(self, colours: Colours) -> None:
        """Take the colours of another room."""
        self._colours = colours
        for part in (self.progress, self._previous, self._next, self.notice, self.help):
            part.set_colours(colours)
        self._dress()
        self.update()

    def pin_shelf(self, pinned: bool) -> None:
        """Keep the thumbnails in full screen until told otherwise, with room of their own."""
        self._pinned = pinned
        if self._shelf is not None:
            self._shelf.setVisible(pinned)
        self._arrange()

    @property
    def shelf_pinned(self) -> bool:
        """Whether the thumbnails stay in full screen."""
        return self._pinned

    def reveal(self) -> None:
        """Show thumbnails and buttons in full screen for a while, as a tap does."""
        if self._full and self._shelf is not None:
            self._shelf.show()
            self._shelf.raise_()
            self._calm.start()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the room out anew."""
        super().resizeEvent(event)
        self._arrange()

    def paintEvent(self, event: QPaintEvent) -> None:
        """What neither stage nor panel covers is night."""
        painter = QPainter(self)
        painter.setBackground(QColor(DARK.night if self._full else self._colours.room))
        painter.eraseRect(event.rect())  # fillRect, the first time, would have all that is known of gradients loaded

    def _dress(self) -> None:
        colours = self._colours
        night = colours._replace(room=DARK.night, panel=DARK.night, text=DARK.text, quiet=DARK.quiet, line=DARK.line)
        self.panel.set_colours(night, _SCRIM if self._caption == "overlay" else DARK.night)
        self.panel.set_wide(self._caption == "overlay")

    def _arrange(self) -> None:
        whole = self.rect()
        line = 3 if self._full else 2
        room = whole.adjusted(0, 0, 0, -line)
        if self._shelf is not None:
            tall = self._shelf.sizeHint().height()
            self._shelf.setGeometry(0, whole.height() - line - tall, whole.width(), tall)
            if self._pinned:
                room.setHeight(max(room.height() - tall, 1))
        if self._full:
            # The line of progress takes nothing from the room: a screen's full height stays the picture's.
            full = room if self._pinned else whole
            share = places(full, self._caption, self._scale)
            self._stage.setGeometry(share.stage)
            self.panel.set_type(share.type_px)
            self.panel.set_wide(share.wide)
            self.panel.set_inset(share.inset)
            self.panel.setGeometry(self._fitted_to_words(share.caption))
            self.notice.set_type(share.type_px * 0.8)
            self.panel.setVisible(not share.caption.isEmpty() and not self._black)
            self.panel.raise_()
        else:
            self._stage.setGeometry(room)
            self.panel.hide()
            self.notice.set_type(self.fontInfo().pixelSize())
        self._edge.setGeometry(0, whole.height() - _EDGE, whole.width(), _EDGE)
        self._edge.setVisible(self._full)
        self._edge.raise_()
        self.progress.setGeometry(0, whole.height() - line, whole.width(), line)
        self.progress.setVisible(not (self._full and self._black))
        self.progress.raise_()
        if self._shelf is not None:
            self._shelf.raise_()
        stage = self._stage.geometry()
        middle = stage.center().y() - self._next.height() // 2
        self._previous.move(stage.left() + 14, middle)
        self._next.move(stage.right() - 14 - self._next.width(), middle)
        over_words = self._full and self._caption == "overlay" and self.panel.isVisible()
        self.notice.set_room(stage.intersected(QRect(0, 0, whole.width(), self.panel.y())) if over_words else stage)
        self.notice.raise_()
        self.help.setGeometry(whole)
        self.help.raise_()

    def _fitted_to_words(self, caption: QRect) -> QRect:
        """Over the picture, no higher than needed; the lower edge stays."""
        if self._caption != "overlay":
            return caption
        tall = min(self.panel.height_of_words(caption.width()), self.height() // 2)
        return QRect(caption.left(), caption.bottom() + 1 - tall, caption.width(), tall)

    def _pointer_moved(self, where: QPointF) -> None:
        place: QPoint = self._stage.mapTo(self, where.toPoint())
        stage = self._stage.geometry()
        share = (place.x() - stage.left()) / max(stage.width(), 1)
        roomy = self._several and stage.width() >= 260
        self._previous.setVisible(roomy and share < 0.2)
        self._next.setVisible(roomy and share > 0.8)
        self._calm.start()

    def _arrow_under_pointer(self) -> bool:
        return self._previous.underMouse() or self._next.underMouse()

    def _put_away(self) -> None:
        if self._arrow_under_pointer() or (self._shelf is not None and self._shelf.underMouse()):
            self._calm.start()
            return
        self._previous.hide()
        self._next.hide()
        if self._shelf is not None and not self._pinned:
            self._shelf.hide()
