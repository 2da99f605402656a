"""What lies on the glass: a picture with its view, or a card. A pane paints itself into a room in device pixels."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final, NamedTuple, Protocol

from PySide6.QtCore import QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QImage, QPainter, QPixmap, QTransform

from viewer.imaging.protocol.messages import Box
from viewer.ui.viewport.placeholder import colours_on, paint_placeholder
from viewer.ui.viewport.view_geometry import Rect, View, quarter_turned, settled

if TYPE_CHECKING:
    from PySide6.QtGui import QFont

    from viewer.imaging.client.picture import Picture, Place
    from viewer.ui.style.theme import Colours
    from viewer.ui.viewport.placeholder import Placeholder

PIXELS_SEEN_FROM: Final = 4.0
"""From this scale on the pixels of the picture are shown as the squares they are; below, it is smoothed."""

RESERVE: Final = 0.25
"""How much more than is seen there has to be of a picture's region, on each side, as a share of the room."""

_CHECKS: Final = ("#666666", "#999999")
"""Two greys that black drawings and white ones both stand out from."""
_CHECK_SIDE: Final = 8


class BackgroundBrushes(NamedTuple):
    """What is behind a picture: around it, and (a brush from the picture's corner on) behind its transparent parts."""

    around: QColor
    behind: QBrush


def checkerboard(ratio: float) -> QBrush:
    """Squares of 8 logical pixels in two greys, for a screen with so many device pixels to a logical one."""
    side = max(1, round(_CHECK_SIDE * ratio))
    tile = QPixmap(2 * side, 2 * side)
    tile.fill(QColor(_CHECKS[0]))
    painter = QPainter(tile)
    painter.setBackground(QColor(_CHECKS[1]))
    for x, y in ((0, 0), (side, side)):
        painter.eraseRect(x, y, side, side)
    painter.end()
    return QBrush(tile)


class Content(Protocol):
    """Something that fills the glass."""

    @property
    def covered(self) -> Rect:
        """The part of the room (device pixels) that is not just ground."""

    def resize(self, room: Box) -> None:
        """Fill another room, in device pixels."""

    def paint(self, painter: QPainter, brushes: BackgroundBrushes, ratio: float) -> None:
        """Paint everything, ground included; `painter` is in device pixels, `ratio` of them to a logical one."""


class PlaceholderContent:
    """A card on the ground."""

    def __init__(self, placeholder: Placeholder, room: Box, colours: Colours, font: QFont) -> None:
        self.placeholder = placeholder
        self._room = room
        self._colours = colours
        self._font = font

    @property
    def covered(self) -> Rect:
        """All of the room: text may be anywhere."""
        return Rect(0, 0, *self._room)

    def resize(self, room: Box) -> None:
        """Fill another room."""
        self._room = room

    def restyle(self, colours: Colours, font: QFont) -> None:
        """Take other colours or another font."""
        self._colours, self._font = colours, font

    def paint(self, painter: QPainter, brushes: BackgroundBrushes, ratio: float) -> None:
        """Paint ground and card."""
        painter.fillRect(0, 0, self._room.width, self._room.height, brushes.around)
        painter.save()
        painter.scale(ratio, ratio)
        room = QRectF(0, 0, self._room.width / ratio, self._room.height / ratio)
        paint_placeholder(painter, room, self.placeholder, colours_on(brushes.around.name(), self._colours), self._font)
        painter.restore()


class PictureContent:
    """One picture, in up to two sizes, and how it is looked at.

    Assign `view` to look at it otherwise. Of the sizes that came, the one that fits the room and the largest are
    kept; the smallest that is sharp is painted, so that going back to the whole picture costs nothing. Where none is,
    a region of a larger one may lie over it.
    """

    def __init__(self, picture: Picture, room: Box) -> None:
        self.view = View(picture.source, room)
        self._picture = picture
        self._images = [picture.image]
        self._near: Picture | None = None
        self._prepared: dict[tuple[int, int, Box], QImage] = {}

    @property
    def picture(self) -> Picture:
        """The last picture that came."""
        return self._picture

    @property
    def image(self) -> QImage:
        """The largest there is, unturned."""
        return self._images[-1]

    @property
    def is_sharp(self) -> bool:
        """Whether the present view shows all the detail it can, and would if it were moved a little."""
        return self.view.is_sharp_with(_size(self.image)) or self._near_holds(RESERVE)

    @property
    def is_sharp_here(self) -> bool:
        """Whether the present view shows all the detail it can."""
        return self.view.is_sharp_with(_size(self.image)) or self._near_holds(0.0)

    @property
    def covered(self) -> Rect:
        """Where the picture is seen."""
        return self.view.visible

    def resize(self, room: Box) -> None:
        """Fill another room."""
        self.view = self.view.resized(room)

    def refine(self, picture: Picture, near: Picture | None = None) -> None:
        """The same slide in another size, the next frame of an animation, or a new version of the file.

        `near` is a region of it that is larger, if there is one: the last that came is kept.
        """
        before, self._picture = self._picture, picture
        self._near = near
        if picture.source != before.source:
            self.view = View(picture.source, self.view.room, turns=self.view.turns)
        if picture.frames > 1 or picture.source != before.source or picture.identity != before.identity:
            self._images = [picture.image]
            return
        images = sorted([*(one for one in self._images if one.size() != picture.image.size()), picture.image],
                        key=QImage.sizeInBytes)
        fitting = self._sharp_enough(images, self.view.fitted())
        self._images = images[-1:] if fitting is images[-1] else [fitting, images[-1]]

    def paint(self, painter: QPainter, brushes: BackgroundBrushes, ratio: float) -> None:  # noqa: ARG002 - pictures know only device pixels
        """Paint the picture and the ground around it."""
        view = self.view
        image = self._sharp_enough(self._images, view)
        near = None if view.is_sharp_with(_size(image)) else self._near
        if near is not None and near.place is not None and near.place.whole.width > image.width():
            if not self._near_holds(0.0, like=False):
                self._paint_whole(painter, brushes, image)
            else:
                _fill_around(painter, view.visible, view.room, brushes.around)
            self._paint_near(painter, brushes, near.image, near.place)
        else:
            self._paint_whole(painter, brushes, image)

    def _paint_whole(self, painter: QPainter, brushes: BackgroundBrushes, image: QImage) -> None:
        view = self.view
        pixels = _size(image) if view.turns % 2 == 0 else Box(image.height(), image.width())
        target = settled(view.target, pixels) if view.is_fitted else view.target
        seen = target.cut(Rect(0, 0, *view.room))
        _fill_around(painter, seen, view.room, brushes.around)
        if image.hasAlphaChannel():
            painter.setBrushOrigin(seen.x, seen.y)
            painter.fillRect(QRect(*seen), brushes.behind)
        if pixels == target[2:]:
            painter.drawImage(QPoint(seen.x, seen.y), self._prepare(image, pixels),
                              QRect(seen.x - target.x, seen.y - target.y, seen.width, seen.height))
            return
        image = self._prepare(image, _reduced(pixels, Box(target.width, target.height), exactly=view.is_fitted))
        part = view.part_of(_size(image))
        across, down = target.width / image.width(), target.height / image.height()
        place = QRectF(target.x + part.x * across, target.y + part.y * down, part.width * across, part.height * down)
        crisp = view.scale >= PIXELS_SEEN_FROM and _size(image) == view.turned
        painter.save()
        painter.setClipRect(QRect(*seen))
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, not crisp)
        painter.drawImage(place, image, QRectF(*part))
        painter.restore()

    def _paint_near(self, painter: QPainter, brushes: BackgroundBrushes, image: QImage, place: Place) -> None:
        """Paint a region where it belongs: on the very pixels that the whole picture would have there."""
        view, target = self.view, self.view.target
        whole = place.whole if view.turns % 2 == 0 else Box(place.whole.height, place.whole.width)
        lies = quarter_turned(Rect(place.x, place.y, *_size(image)), place.whole, view.turns)
        across, down = target.width / whole.width, target.height / whole.height
        # Whole device pixels within it; where it ends with the picture, as far as that.
        left = target.x + math.ceil(lies.x * across)
        top = target.y + math.ceil(lies.y * down)
        right = target.right if lies.right == whole.width else target.x + math.floor(lies.right * across)
        bottom = target.bottom if lies.bottom == whole.height else target.y + math.floor(lies.bottom * down)
        seen = Rect(left, top, right - left, bottom - top).cut(view.visible)
        if seen.width < 1 or seen.height < 1:
            return
        if image.hasAlphaChannel():
            painter.setBrushOrigin(view.visible.x, view.visible.y)
            painter.fillRect(QRect(*seen), brushes.around)
            painter.fillRect(QRect(*seen), brushes.behind)
        image = self._prepare(image, Box(lies.width, lies.height))
        if whole == target[2:]:
            painter.drawImage(QPoint(seen.x, seen.y), image,
                              QRect(seen.x - target.x - lies.x, seen.y - target.y - lies.y, seen.width, seen.height))
            return
        part = view.part_of(whole).cut(lies)
        spot = QRectF(target.x + part.x * across, target.y + part.y * down, part.width * across, part.height * down)
        painter.save()
        painter.setClipRect(QRect(*seen))
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform,
                              not (view.scale >= PIXELS_SEEN_FROM and whole == view.turned))
        painter.drawImage(spot, image, QRectF(part.x - lies.x, part.y - lies.y, part.width, part.height))
        painter.restore()

    def _near_holds(self, reach: float, *, like: bool = True) -> bool:
        """Whether the region has all that is seen and `reach` times the room more; `like` the view wants it, too."""
        if self._near is None or self._near.place is None:
            return False
        place, wanted = self._near.place, self.view.wanted
        fits = abs(place.whole.width - wanted.width) <= 1 and abs(place.whole.height - wanted.height) <= 1
        lies = Rect(place.x, place.y, *_size(self._near.image))
        return (fits or not like) and lies.holds(self.view.region(place.whole, reach))

    @staticmethod
    def _sharp_enough(images: list[QImage], view: View) -> QImage:
        """The smallest of `images` (ascending) with all the detail `view` shows, else the largest."""
        return next((image for image in images if view.is_sharp_with(_size(image))), images[-1])

    def _prepare(self, image: QImage, size: Box) -> QImage:
        """`image` turned as the view is and at most `size` (turned); the last two that were made are kept."""
        turns = self.view.turns
        unturned = Box(size.height, size.width) if turns % 2 else size
        if turns == 0 and unturned == _size(image):
            return image
        key = (image.cacheKey(), turns, unturned)
        if key not in self._prepared:
            made = image
            if unturned != _size(image):
                made = image.scaled(unturned.width, unturned.height, Qt.AspectRatioMode.IgnoreAspectRatio,
                                    Qt.TransformationMode.SmoothTransformation)
            if turns:
                made = made.transformed(QTransform().rotate(90 * turns))
            self._prepared = dict([*self._prepared.items()][-1:])
            self._prepared[key] = made
        return self._prepared[key]


def _size(image: QImage) -> Box:
    return Box(image.width(), image.height())


def _reduced(pixels: Box, target: Box, *, exactly: bool) -> Box:
    """The size to reduce `pixels` to before painting: averaging all of them is better than what a painter does.

    For a picture that stays as it is, exactly `target`; for one that is being zoomed, halved as often as leaves
    enough, so that many steps share one. Enlarging is left to the painter.
    """
    if exactly and target.width < pixels.width:
        return target
    halvings = 0
    while pixels.width >> (halvings + 1) >= target.width and pixels.height >> (halvings + 1) >= target.height:
        halvings += 1
    return Box(-(-pixels.width >> halvings), -(-pixels.height >> halvings))


def _fill_around(painter: QPainter, seen: Rect, room: Box, colour: QColor) -> None:
    """Fill what the picture leaves of the room, so that no pixel is painted twice."""
    painter.setBackground(colour)
    for strip in (
        Rect(0, 0, room.width, seen.y), Rect(0, seen.bottom, room.width, room.height - seen.bottom),
        Rect(0, seen.y, seen.x, seen.height), Rect(seen.right, seen.y, room.width - seen.right, seen.height),
    ):
        if strip.width > 0 and strip.height > 0:
            painter.eraseRect(QRect(*strip))
