"""The widget that paints one content at a time in device pixels, and tells when it was really on the screen.

Painting in device pixels shows a picture that was decoded for its viewport pixel for pixel at every screen density.
What is shown stays until there is something better: no change goes through black.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeAlias

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, Qt, Signal, SignalInstance
from PySide6.QtGui import QColor, QImage, QPainter, QPixmap, QTransform
from PySide6.QtWidgets import QLabel, QWidget

from viewer.imaging.protocol.messages import Box
from viewer.show.clock import DeferredCall
from viewer.ui.style.theme import DARK
from viewer.ui.viewport.content import PaintStyle
from viewer.ui.viewport.crossfade import Crossfade
from viewer.ui.viewport.view_geometry import device_length

if TYPE_CHECKING:
    from PySide6.QtGui import QHideEvent, QPaintEvent

    from viewer.show.clock import Clock
    from viewer.ui.style.theme import Colours
    from viewer.ui.viewport.content import PictureContent
    from viewer.ui.viewport.placeholder import PlaceholderContent

    Content: TypeAlias = PictureContent | PlaceholderContent

Announcement: TypeAlias = tuple[SignalInstance, object]
"""A signal and its argument, to be emitted when a frame has been on the screen."""

SETTLE_MS: Final = 80
"""Milliseconds that resizing or zooming has to rest before other pixels are asked for."""

_BLACK: Final = QColor(0, 0, 0)
_MEASURED_AFTER: Final = frozenset({
    QEvent.Type.Resize, QEvent.Type.Move, QEvent.Type.Show, QEvent.Type.DevicePixelRatioChange,
})
"""At a fractional density a widget's device pixels depend on where it is; only a shown window knows its density."""


class Canvas(QLabel):
    """Paints a content, and crossfades from one to another.

    A label, since assistive technology knows a label with a pixmap as a graphic; nothing else of it is used.
    """

    box_changed = Signal(object)
    """The viewport's size is this Box now, in device pixels. While it is being resized: first and last only."""

    looks_changed = Signal()
    """It has other colours now, or is blacked out or no longer: for what lies on it."""

    painted = Signal()
    """Something of it was painted, be it black."""

    _just_painted = Signal(object)

    def __init__(self, clock: Clock, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.content: Content | None = None
        """What is shown; None before the first. To be changed by `put`."""
        self.box = Box(1, 1)
        """The viewport's size, in device pixels; to be read only."""
        self.is_blank = False
        """Whether the viewport is blacked out; to be changed by `blank`."""
        self._announcements: list[Announcement] = []
        self._reduced_motion = False
        self._colours = DARK
        self._checkered = True
        self._told_box: Box | None = None
        self._fade = Crossfade(clock, self._paint_step, self)
        self._resizing = DeferredCall(clock, self._tell_box, self)
        self._just_painted.connect(self._announce, Qt.ConnectionType.QueuedConnection)
        graphic = QPixmap(1, 1)
        graphic.fill(_BLACK)
        self.setPixmap(graphic)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)

    def put(self, content: Content, announcements: list[Announcement], transition_ms: int = 0) -> None:
        """Show `content` at once, or fade to it in so many milliseconds if there was another.

        `announcements` are emitted after its first frame was handed to the screen; those of contents that were never
        painted are dropped.
        """
        fades = transition_ms > 0 and not self._reduced_motion and not self.is_blank and self.isVisible()
        old, covered = (self._frame(), self._covered()) if fades and self.content else (None, QRect())
        self._fade.cut()
        self.content = content
        self._announcements = announcements
        if old:
            area = covered.united(self._covered()).intersected(QRect(0, 0, *self.box))
            self._fade.start(old, self._frame(), area, transition_ms)
        self._paint_now()

    def renew(self, announcements: list[Announcement]) -> None:
        """Paint the content again, which has a better picture now; in the midst of a fade too."""
        self._announcements += announcements
        if self._fade.is_running:
            self._fade.replace_new(self._frame(of_fade=False))
        else:
            self._paint_now()

    def cut(self) -> None:
        """End a fade at once."""
        self._fade.cut()
        self.update()

    def blank(self, on: bool) -> None:
        """Black the viewport out, or show the content again. What isn't seen doesn't count as painted."""
        if on != self.is_blank:
            self.is_blank = on
            self._fade.cut()
            self._paint_now()
            self.looks_changed.emit()

    def release(self) -> None:
        """Let go of the content, whose picture is shared memory: the window closes, and is not painted again."""
        self._fade.cut()
        self.content = None
        self._announcements = []

    def can_be_seen(self) -> bool:
        """Whether anybody can see it: it is not blank, nor is its window hidden, minimized or covered."""
        return not self.is_blank and self.can_be_painted()

    def can_be_painted(self) -> bool:
        """Whether it is painted when that is asked for: its window is not hidden, minimized or on a screen that is off,
        and nothing else covers it.
        """
        return (self.isVisible() and self.window().windowHandle().isExposed()
                and not self.visibleRegion().isEmpty())

    @property
    def is_fading(self) -> bool:
        """Whether one content gives way to another right now."""
        return self._fade.is_running

    def seen(self, area: QRect) -> QImage | None:
        """What the window's surface has in `area` of the viewport (device pixels), painted by whatever lies there.

        None where the surface is not in this program's memory. Qt hands it to the screen as it is.
        """
        surface = self.window().backingStore().paintDevice()
        if not isinstance(surface, QImage):
            return None
        place, ratio = self.mapTo(self.window(), QPoint(0, 0)), self.devicePixelRatioF()
        return surface.copy(area.translated(round(place.x() * ratio), round(place.y() * ratio)))

    def rendered(self, content: Content, area: QRect) -> QImage:
        """What `content` would look like there, wherever the surface is."""
        image = QImage(area.size(), QImage.Format.Format_RGB32)
        painter = QPainter(image)
        painter.translate(-area.topLeft())
        painter.setClipRect(area)
        content.paint(painter, self._style())
        painter.end()
        return image

    # How it looks

    def set_colours(self, colours: Colours) -> None:
        """Take a theme's colours for placeholders and background."""
        self._colours = colours
        self.cut()
        self.looks_changed.emit()

    @property
    def colours(self) -> Colours:
        """The theme's colours, for what lies on it."""
        return self._colours

    def set_checkered(self, checkered: bool) -> None:
        """Whether a checkerboard is seen through the transparent parts of a picture, or the background.

        Full screen is for looking at the picture: there it is the background.
        """
        self._checkered = checkered
        self.cut()

    def set_reduced_motion(self, reduced: bool) -> None:
        """Whether pictures always change with a cut."""
        self._reduced_motion = reduced
        self.cut()

    # Qt's virtual methods

    def hideEvent(self, event: QHideEvent) -> None:
        """End what moves."""
        super().hideEvent(event)
        self._resizing.cancel()
        self._fade.cut()

    def event(self, event: QEvent) -> bool:
        """Count device pixels anew after what changes their number."""
        handled = super().event(event)
        if event.type() in _MEASURED_AFTER:
            self._measure()
        return handled

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - the painter is clipped to what is due
        """Paint in device pixels."""
        painter = QPainter(self)
        ratio = self.devicePixelRatioF()
        placed = painter.deviceTransform()
        # A widget may begin between two device pixels: paint from the nearest whole one.
        off_x, off_y = round(placed.dx()) - placed.dx(), round(placed.dy()) - placed.dy()
        painter.setWorldTransform(QTransform(1 / ratio, 0, 0, 1 / ratio, off_x / ratio, off_y / ratio))
        if self._fade.is_running:
            self._fade.paint(painter)
        elif self.content and not self.is_blank:
            self.content.paint(painter, self._style())
        else:
            painter.fillRect(0, 0, self.box.width + 1, self.box.height + 1,
                             _BLACK if self.is_blank else QColor(self._colours.background))
        painter.end()
        self.painted.emit()
        if self.isVisible() and not self.is_blank:
            announcements, self._announcements = self._announcements, []
            for announcement in announcements:
                self._just_painted.emit(announcement)  # queued: by then the frame has been handed to the screen

    # Painting and measuring

    def _paint_now(self) -> None:
        """Paint in this turn of the event loop: an update asked for would come some milliseconds later."""
        if self.isVisible():
            self.repaint()

    def _announce(self, announcement: Announcement) -> None:
        announcement[0].emit(announcement[1])

    def _paint_step(self) -> None:
        """Paint what the fade changes, or after its last step everything."""
        if (area := self._fade.area) is None:
            self._paint_now()
        elif self.isVisible():
            ratio = self.devicePixelRatioF()
            self.repaint(QRectF(area.x() / ratio, area.y() / ratio, area.width() / ratio, area.height() / ratio)
                         .toAlignedRect().adjusted(-1, -1, 1, 1))  # the widget may begin between two device pixels

    def _covered(self) -> QRect:
        """What is not just background now, in device pixels."""
        if self._fade.is_running:
            return QRect(0, 0, *self.box)
        return QRect(*self.content.covered) if self.content else QRect()

    def _frame(self, *, of_fade: bool = True) -> QImage:
        """The viewport as an image: as it is seen now, or without the fade the content alone."""
        frame = QImage(self.box.width, self.box.height, QImage.Format.Format_RGB32)
        painter = QPainter(frame)
        if self.content:
            self.content.paint(painter, self._style())
        if of_fade:
            self._fade.paint(painter)
        painter.end()
        return frame

    def _style(self) -> PaintStyle:
        checkered = self._checkered and not self.window().isFullScreen()
        return PaintStyle(self.devicePixelRatioF(), QColor(self._colours.background), checkered, self._colours,
                          self.font())

    def _measure(self) -> None:
        """Count the device pixels and fit the content; tell when their number first changes and when it rests."""
        ratio = self.devicePixelRatioF()
        place = self.mapTo(self.window(), QPoint(0, 0))
        box = Box(device_length(place.x(), self.width(), ratio), device_length(place.y(), self.height(), ratio))
        if box != self.box:
            self.box = box
            self._fade.cut()
            if self.content:
                self.content.resize(box)
            self.update()
        if self.isVisible() and box != self._told_box:
            if not self._resizing.is_waiting:
                self._tell_box()
            self._resizing.start(SETTLE_MS)

    def _tell_box(self) -> None:
        if self.box != self._told_box:
            self._told_box = self.box
            self.box_changed.emit(self.box)
