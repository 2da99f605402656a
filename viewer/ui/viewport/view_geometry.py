"""Where a picture lies in the viewport: the arithmetic of fitting, zooming, panning and turning, in device pixels.

A fitted picture is enlarged twice at most and stands in the middle. Zooming out ends at the whole picture, and an
enlarged picture never leaves a gap at an edge it could cover.
"""

from __future__ import annotations

import math
from typing import Final, NamedTuple

from viewer.imaging.protocol.messages import Box, Region

LEVELS: Final = (
    1 / 64, 1 / 48, 1 / 32, 1 / 24, 1 / 16, 1 / 12, 1 / 8, 1 / 6, 1 / 4, 1 / 3, 1 / 2, 2 / 3, 1.0, 1.5, 2.0, 3.0, 4.0,
    6.0, 8.0, 12.0, 16.0, 24.0, 32.0,
)
"""The scales that the zoom keys step through: device pixels for one pixel of the picture."""

LARGEST_SCALE: Final = LEVELS[-1]
LARGEST_FIT: Final = 2.0
"""The largest scale of a fitted picture: a larger picture is never shown smaller than a smaller one, and an icon is not
blurred over a whole screen."""
_TIE: Final = 1e-6
"""Half pixels are rounded down, whatever the last digits of a float are."""
_SAME: Final = 1.005
"""Two scales closer than this factor count as one: no key press is spent on half a percent."""


class Point(NamedTuple):
    """A point: device pixels in the viewport, or fractions of a picture's width and height."""

    x: float
    y: float


MIDDLE: Final = Point(0.5, 0.5)
"""The middle of a picture, in fractions of it."""


class View(NamedTuple):
    """How one picture is looked at.

    `source` is the size of the whole picture in its file, `viewport` that of the area it is shown in (device pixels, at
    least 1 x 1). `zoom` is device pixels for one pixel of the picture, or None while it is fitted. `centre` is the
    point of the picture in the middle of the viewport, in fractions before turning; `turns` counts quarter turns
    clockwise.
    """

    source: Box
    viewport: Box
    zoom: float | None = None
    centre: Point = MIDDLE
    turns: int = 0

    @property
    def turned(self) -> Box:
        """The size of the whole picture as it is turned now."""
        return turned_box(self.source, self.turns)

    @property
    def fit_scale(self) -> float:
        """The scale at which the whole picture is seen: that which fills the viewport, at most `LARGEST_FIT`."""
        turned = self.turned
        return min(self.viewport.width / turned.width, self.viewport.height / turned.height, LARGEST_FIT)

    @property
    def smallest_scale(self) -> float:
        """Where zooming out ends: the whole picture, or actual size where that is smaller."""
        return min(1.0, self.fit_scale)

    @property
    def scale(self) -> float:
        """Device pixels for one pixel of the picture, now."""
        return self.fit_scale if self.zoom is None else max(self.zoom, self.smallest_scale)

    @property
    def is_fitted(self) -> bool:
        """Whether the whole picture is seen and nothing can be panned."""
        return self.scale <= self.fit_scale

    @property
    def target(self) -> Region:
        """Where the whole picture lies in the viewport; parts of it may lie outside."""
        turned, scale, centre = self.turned, self.scale, _turn(self.centre, self.turns)
        width, height = max(1, round(turned.width * scale)), max(1, round(turned.height * scale))
        x = math.floor(_start(width, self.viewport.width, centre.x) + 0.5 - _TIE)
        y = math.floor(_start(height, self.viewport.height, centre.y) + 0.5 - _TIE)
        return Region(x, y, width, height)

    @property
    def visible(self) -> Region:
        """The part of `target` that is inside the viewport."""
        return self.target.intersected(Region(0, 0, *self.viewport))

    @property
    def decode_box(self) -> Box:
        """The box to decode the picture into so that this view is sharp, before turning, at most the source's size.

        For the whole picture that is the viewport. Enlarged, it is the source halved as often as the view allows: those
        are the sizes that a JPEG decodes to quickly, and a few zoom steps share one.
        """
        if self.is_fitted:
            return turned_box(self.viewport, self.turns)
        halvings = 0
        while self.scale * 2 ** (halvings + 1) <= 1:
            halvings += 1
        return Box(-(-self.source.width >> halvings), -(-self.source.height >> halvings))

    def is_sharp_with(self, pixels: Box) -> bool:
        """Whether a decoded picture of that size (before turning) has all the detail this view can show."""
        scale = min(self.scale, 1.0)
        sides = zip(pixels, self.source, strict=True)  # pragma: no mutate: two sides each
        return all(have + 1 >= round(whole * scale) for have, whole in sides)

    def visible_region(self, pixels: Box, margin: float = 0.0) -> Region:
        """What is visible of a picture of that size, before turning, and `margin` times the viewport more on each side.

        To the next whole pixel outward, and no further than the picture's edges.
        """
        seen, turned = self.visible, turned_box(pixels, self.turns)
        across, down = round(self.viewport.width * margin), round(self.viewport.height * margin)
        wider = Region(seen.x - across, seen.y - down, seen.width + 2 * across, seen.height + 2 * down)
        return turned_region(self.visible_part(turned, wider.intersected(self.target)), turned, -self.turns)

    def visible_part(self, pixels: Box, visible: Region | None = None) -> Region:
        """What is visible of a picture of that size (turned as this view is), to the next whole pixel outward."""
        target, seen = self.target, visible or self.visible
        left = (seen.x - target.x) * pixels.width // target.width
        top = (seen.y - target.y) * pixels.height // target.height
        right = -(-(seen.right - target.x) * pixels.width // target.width)
        bottom = -(-(seen.bottom - target.y) * pixels.height // target.height)
        return Region(left, top, right - left, bottom - top)

    def zoomed(self, scale: float, at: Point | None = None) -> View:
        """At another scale; what lies under `at` (None: the viewport's middle) stays there as far as that can be."""
        scale = min(max(scale, self.smallest_scale), max(LARGEST_SCALE, self.fit_scale))
        if scale == self.fit_scale:
            return self.fitted()
        viewport, turned, middle = self.viewport, self.turned, _turn(self.centre, self.turns)
        at = at or Point(viewport.width / 2, viewport.height / 2)
        # From where the picture would lie exactly: from whole pixels it would creep from step to step.
        across, down = turned.width * self.scale, turned.height * self.scale
        under = Point((at.x - _start(across, viewport.width, middle.x)) / across,
                      (at.y - _start(down, viewport.height, middle.y)) / down)
        centre = Point(
            min(max(under.x, 0.0), 1.0) + (viewport.width / 2 - at.x) / (turned.width * scale),
            min(max(under.y, 0.0), 1.0) + (viewport.height / 2 - at.y) / (turned.height * scale),
        )
        return self._replace(zoom=scale)._centred(centre)

    def stepped(self, direction: int, at: Point | None = None) -> View:
        """The next of `LEVELS` closer (+1) or further away (-1), else the outermost one."""
        closer = (level for level in LEVELS if level > self.scale * _SAME)
        further = (level for level in reversed(LEVELS) if level * _SAME < self.scale)
        return self.zoomed(next(closer, LEVELS[-1]) if direction > 0 else next(further, LEVELS[0]), at)

    def fitted(self) -> View:
        """The whole picture."""
        return self._replace(zoom=None, centre=MIDDLE)

    def toggled(self, at: Point | None = None) -> View:
        """From the whole picture to actual size, from any other scale to the whole picture."""
        return self.zoomed(1.0, at) if self.scale == self.fit_scale else self.fitted()

    def panned(self, dx: float, dy: float) -> View:
        """With the picture moved by device pixels, no further than its edges."""
        target, centre = self.target, _turn(self.centre, self.turns)
        return self._centred(Point(centre.x - dx / target.width, centre.y - dy / target.height))

    def rotated(self, turns: int) -> View:
        """Turned clockwise by so many more quarters about the middle of the viewport, as far as that can be."""
        view = self._replace(turns=(self.turns + turns) % 4)
        return view._centred(_turn(view.centre, view.turns))

    def resized(self, viewport: Box) -> View:
        """In a viewport of another size."""
        view = self._replace(viewport=Box(max(1, viewport.width), max(1, viewport.height)))
        return view._centred(_turn(view.centre, view.turns))

    def _centred(self, centre: Point) -> View:
        """Around `centre` (turned), as far as the edges allow."""
        target = self.target
        shares = self.viewport.width / target.width, self.viewport.height / target.height
        sides = zip(centre, shares, strict=True)  # pragma: no mutate: two sides each
        kept = (0.5 if share >= 1 else min(max(at, share / 2), 1 - share / 2) for at, share in sides)
        return self._replace(centre=_turn(Point(*kept), -self.turns))


def snapped(target: Region, pixels: Box) -> Region:
    """`target`, or a rectangle of exactly `pixels` if that is at most one pixel off: then it needs no scaling.

    The decoder may have rounded the other way; shown as it is, a picture is sharp, scaled by a pixel it is not.
    """
    if abs(target.width - pixels.width) > 1 or abs(target.height - pixels.height) > 1:
        return target
    return Region(target.x, target.y, *pixels)


def device_length(start: float, length: float, ratio: float) -> int:
    """`length` from `start` on, both logical pixels, in device pixels; neighbours neither gap nor overlap."""
    return max(1, round((start + length) * ratio) - round(start * ratio))


def turned_box(box: Box, turns: int) -> Box:
    """`box` after so many quarter turns."""
    return Box(box.height, box.width) if turns % 2 else box


def turned_region(part: Region, whole: Box, turns: int) -> Region:
    """Where `part` of a picture of size `whole` lies when that is turned so many quarters clockwise."""
    for _ in range(turns % 4):
        part = Region(whole.height - part.bottom, part.x, part.height, part.width)
        whole = Box(whole.height, whole.width)
    return part


def _turn(point: Point, turns: int) -> Point:
    """`point` (fractions) of a picture after so many quarter turns clockwise."""
    for _ in range(turns % 4):
        point = Point(1 - point.y, point.x)
    return point


def _start(extent: float, viewport: int, centre: float) -> float:
    """Where a picture of that extent begins, so that `centre` is in the viewport's middle if no edge forbids it."""
    if extent <= viewport:
        return (viewport - extent) / 2
    return min(0.0, max(viewport - extent, viewport / 2 - centre * extent))
