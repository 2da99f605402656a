"""Two upright pictures side by side on the canvas, equally high."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from viewer.imaging.protocol.messages import Box, Region
from viewer.ui.viewport.content import PictureContent

if TYPE_CHECKING:
    from PySide6.QtGui import QPainter

    from viewer.imaging.client.picture import Picture
    from viewer.ui.viewport.content import PaintStyle

GAP: Final = 0.024
"""Between the two, of the viewport's height."""


LEAST_HEIGHT: Final = 0.7
"""Of the height that it has alone: what each of two has to keep. Less costs the pictures more than it spares."""


class PairContent(PictureContent):
    """A picture, and its companion beside it: to the right, or to the left if `mirrored`.

    Both are seen whole, and there is no looking at them otherwise. They are no larger than they would be alone, so that
    what was decoded for the viewport is sharp here too.
    """

    def __init__(self, picture: Picture, companion: Picture, viewport: Box, *, mirrored: bool) -> None:
        super().__init__(picture, viewport)
        self.companion = companion
        self._mirrored = mirrored
        self._halves = (PictureContent(picture, viewport), PictureContent(companion, viewport))
        self._places: tuple[Region, ...] = ()
        self.resize(viewport)

    @property
    def covered(self) -> Region:
        """Where the pictures are, and what is between them."""
        left, right = sorted(self._places)
        return Region(left.x, left.y, right.right - left.x, left.height)

    def resize(self, viewport: Box) -> None:
        """Fill a viewport of another size."""
        super().resize(viewport)
        self._places = pair_places(self._halves[0].view.source, self._halves[1].view.source, viewport,
                                   mirrored=self._mirrored)
        for half, place in zip(self._halves, self._places, strict=True):
            half.resize(Box(place.width, place.height))

    def refine(self, picture: Picture, near: Picture | None = None) -> bool:
        """Take the same slide's picture in another size, or a new version of its file."""
        self._halves[0].refine(picture)
        is_new = super().refine(picture, near)
        self.resize(self.view.viewport)
        return is_new

    def paint(self, painter: QPainter, style: PaintStyle) -> None:
        """Paint both pictures and the background around them."""
        width, height = self.view.viewport
        left, right = sorted(self._places)
        painter.setBackground(style.around)
        for x, end in ((0, left.x), (left.right, right.x), (right.right, width)):
            painter.eraseRect(x, 0, end - x, height)
        for half, place in zip(self._halves, self._places, strict=True):
            painter.translate(place.x, place.y)
            half.paint(painter, style)
            painter.translate(-place.x, -place.y)


def pair_places(first: Box, second: Box, viewport: Box, *, mirrored: bool) -> tuple[Region, Region]:
    """Where pictures of these sizes stand in `viewport`, `first` to the left unless `mirrored`: with a gap between
    them, equally high and as high as both can be, in the middle. Each place is as high as the viewport.
    """
    gap = round(viewport.height * GAP)
    shapes = [size.width / size.height for size in (first, second)]
    height = _height(shapes, viewport)
    widths = [max(1, round(height * shape)) for shape in shapes]
    start = max(0, (viewport.width - gap - sum(widths)) // 2)
    left, right = widths[::-1] if mirrored else widths
    places = Region(start, 0, left, viewport.height), Region(start + left + gap, 0, right, viewport.height)
    return (places[1], places[0]) if mirrored else places


def has_room(first: Box, second: Box, viewport: Box) -> bool:
    """Whether upright pictures of these sizes are nearly as large side by side in `viewport` as each is alone."""
    shapes = [size.width / size.height for size in (first, second)]
    alone = min(viewport.height, viewport.width / max(shapes))
    return viewport.width > viewport.height and _height(shapes, viewport) >= alone * LEAST_HEIGHT


def _height(shapes: list[float], viewport: Box) -> float:
    """How high two pictures are side by side, as they would be without a limit to how far they are enlarged."""
    return min(viewport.height, (viewport.width - round(viewport.height * GAP)) / sum(shapes))
