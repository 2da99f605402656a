"""A picture on the canvas, painted in device pixels, and the background it is painted on."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final, NamedTuple

from PySide6.QtCore import QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QBrush, QImage, QPainter, QTransform

from viewer.imaging.protocol.messages import Box, Region
from viewer.ui.viewport.view_geometry import View, snapped, turned_box, turned_region

if TYPE_CHECKING:
    from PySide6.QtGui import QColor, QFont

    from viewer.imaging.client.picture import Picture, Place
    from viewer.ui.style.theme import Colours

PIXELS_SEEN_FROM: Final = 4.0
"""From this scale on a picture's pixels are painted as squares; below, they are interpolated."""

RESERVE: Final = 0.25
"""How far beyond what is visible a picture's region has to reach on each side, as a share of the viewport."""


class PaintStyle(NamedTuple):
    """How a content is painted on a screen with `ratio` device pixels to a logical one.

    `around` is the colour around a picture, seen through its transparent parts too unless `checkered`; `colours` and
    `font` are for texts.
    """

    ratio: float
    around: QColor
    checkered: bool
    colours: Colours
    font: QFont

    def behind(self) -> QBrush:
        """What is seen through transparent parts: the background, or a checkerboard."""
        if not self.checkered:
            return QBrush(self.around)
        from viewer.ui.style.checkerboard import checkerboard  # few pictures are transparent

        return checkerboard(self.ratio)


class PictureContent:
    """One picture in up to two sizes, perhaps with a region of a larger one, and how it is looked at.

    Assign `view` to look at it otherwise. Of the sizes that came, the one that fits the viewport and the largest are
    kept; the smallest that is sharp is painted, so that going back to the whole picture costs nothing.
    """

    companion: Picture | None = None
    """The picture beside it, where there is one."""

    def __init__(self, picture: Picture, viewport: Box) -> None:
        self.view = View(picture.source, viewport)
        self._picture = picture
        self._images = [picture.image]
        self._near: Picture | None = None
        self._prepared: dict[tuple[int, int, Box], QImage] = {}

    @property
    def image(self) -> QImage:
        """The largest there is, unturned."""
        return self._images[-1]

    def is_sharp(self, margin: float = 0.0) -> bool:
        """Whether the view shows all the detail it can, and would if it were `margin` times the viewport larger."""
        return self.view.is_sharp_with(_size(self.image)) or self._near_reaches(margin)

    @property
    def covered(self) -> Region:
        """Where the picture is visible."""
        return self.view.visible

    def resize(self, viewport: Box) -> None:
        """Fill a viewport of another size."""
        self.view = self.view.resized(viewport)

    def refine(self, picture: Picture, near: Picture | None = None) -> bool:
        """Take the same slide's picture in another size, its next animation frame, or a new version of its file.

        `near` is a region of it that is larger, if there is one: the last that came is kept. Returns whether the file
        is a new version.
        """
        before, self._picture = self._picture, picture
        self._near = near
        if picture.source != before.source:
            self.view = View(picture.source, self.view.viewport, turns=self.view.turns)
        is_new = picture.identity != before.identity
        if picture.frames > 1 or picture.source != before.source or is_new:
            self._images = [picture.image]
            return is_new
        images = sorted([*(one for one in self._images if one.size() != picture.image.size()), picture.image],
                        key=QImage.sizeInBytes)
        fitting = _smallest_sharp(images, self.view.fitted())
        self._images = images[-1:] if fitting is images[-1] else [fitting, images[-1]]
        return False

    def paint(self, painter: QPainter, style: PaintStyle) -> None:
        """Paint the picture and the background around it."""
        view = self.view
        image = _smallest_sharp(self._images, view)
        near = None if view.is_sharp_with(_size(image)) else self._near
        if near is None or near.place is None or near.place.whole.width <= image.width():
            self._paint_whole(painter, style, image)
            return
        if self._near_reaches(0.0, at_any_size=True):
            _fill_around(painter, view.visible, view.viewport, style.around)
        else:
            self._paint_whole(painter, style, image)
        self._paint_near(painter, style, near.image, near.place)

    def _paint_whole(self, painter: QPainter, style: PaintStyle, image: QImage) -> None:
        view = self.view
        pixels = turned_box(_size(image), view.turns)
        target = snapped(view.target, pixels) if view.is_fitted else view.target
        seen = target.intersected(Region(0, 0, *view.viewport))
        _fill_around(painter, seen, view.viewport, style.around)
        if image.hasAlphaChannel():
            painter.setBrushOrigin(seen.x, seen.y)
            painter.fillRect(QRect(*seen), style.behind())
        image = self._prepare(image, _reduced(pixels, Box(target.width, target.height), exactly=view.is_fitted))
        self._draw(painter, image, seen, target, _size(image))

    def _paint_near(self, painter: QPainter, style: PaintStyle, image: QImage, place: Place) -> None:
        """Paint a region where it belongs: on the very pixels that the whole picture would have there."""
        view, target = self.view, self.view.target
        whole = turned_box(place.whole, view.turns)
        lies = turned_region(Region(place.x, place.y, *_size(image)), place.whole, view.turns)
        across, down = target.width / whole.width, target.height / whole.height
        # Whole device pixels within it; where it ends with the picture, as far as that.
        left = target.x + math.ceil(lies.x * across)
        top = target.y + math.ceil(lies.y * down)
        right = target.right if lies.right == whole.width else target.x + math.floor(lies.right * across)
        bottom = target.bottom if lies.bottom == whole.height else target.y + math.floor(lies.bottom * down)
        seen = Region(left, top, right - left, bottom - top).intersected(view.visible)
        if seen.width < 1 or seen.height < 1:
            return
        if image.hasAlphaChannel():
            painter.setBrushOrigin(view.visible.x, view.visible.y)
            painter.fillRect(QRect(*seen), style.around)
            painter.fillRect(QRect(*seen), style.behind())
        self._draw(painter, self._prepare(image, Box(lies.width, lies.height)), seen, target, whole, lies[:2])

    def _draw(self, painter: QPainter, image: QImage, seen: Region, target: Region, whole: Box,
              origin: tuple[int, int] = (0, 0)) -> None:
        """Draw what is `seen` of a picture of size `whole` that lies on `target`; `image` is its part at `origin`."""
        if whole == target[2:]:
            painter.drawImage(QPoint(seen.x, seen.y), image, QRect(
                seen.x - target.x - origin[0], seen.y - target.y - origin[1], seen.width, seen.height))
            return
        part = self.view.visible_part(whole).intersected(Region(*origin, *_size(image)))
        across, down = target.width / whole.width, target.height / whole.height
        painter.save()
        painter.setClipRect(QRect(*seen))
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform,
                              self.view.scale < PIXELS_SEEN_FROM or whole != self.view.turned)
        painter.drawImage(QRectF(target.x + part.x * across, target.y + part.y * down, part.width * across,
                                 part.height * down),
                          image, QRectF(part.x - origin[0], part.y - origin[1], part.width, part.height))
        painter.restore()

    def _near_reaches(self, margin: float, *, at_any_size: bool = False) -> bool:
        """Whether the region has all that is visible and `margin` times the viewport more, in the size to decode."""
        if self._near is None or self._near.place is None:
            return False
        place, wanted = self._near.place, self.view.decode_box
        fits = abs(place.whole.width - wanted.width) <= 1 and abs(place.whole.height - wanted.height) <= 1
        lies = Region(place.x, place.y, *_size(self._near.image))
        return (fits or at_any_size) and lies.contains(self.view.visible_region(place.whole, margin))

    def _prepare(self, image: QImage, size: Box) -> QImage:
        """`image` turned as the view is and scaled to `size` (turned); the last two that were made are kept."""
        turns = self.view.turns
        unturned = turned_box(size, turns)
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


def _smallest_sharp(images: list[QImage], view: View) -> QImage:
    """The smallest of `images` (ascending) with all the detail that `view` shows, else the largest."""
    return next((image for image in images if view.is_sharp_with(_size(image))), images[-1])


def _reduced(pixels: Box, target: Box, *, exactly: bool) -> Box:
    """The size to reduce `pixels` to before painting: averaging all of them looks better than a painter's scaling.

    For a fitted picture, exactly `target`; for one that is being zoomed, halved as often as leaves enough, so that many
    steps share one. Enlarging is left to the painter.
    """
    if exactly and target.width < pixels.width:
        return target
    halvings = 0
    while pixels.width >> (halvings + 1) >= target.width and pixels.height >> (halvings + 1) >= target.height:
        halvings += 1
    return Box(-(-pixels.width >> halvings), -(-pixels.height >> halvings))


def _fill_around(painter: QPainter, seen: Region, viewport: Box, colour: QColor) -> None:
    """Fill what the picture leaves of the viewport, so that no pixel is painted twice."""
    painter.setBackground(colour)
    for strip in (
        Region(0, 0, viewport.width, seen.y), Region(0, seen.bottom, viewport.width, viewport.height - seen.bottom),
        Region(0, seen.y, seen.x, seen.height), Region(seen.right, seen.y, viewport.width - seen.right, seen.height),
    ):
        if strip.width > 0 and strip.height > 0:
            painter.eraseRect(QRect(*strip))
