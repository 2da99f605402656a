"""Where a picture lies on the glass. Pure arithmetic, all of it in device pixels.

A picture that is shown whole is never enlarged: small ones stand in the middle at one pixel to one. Zooming out ends
at the whole picture, and an enlarged picture never leaves a gap at an edge it could cover.
"""

from __future__ import annotations

import math
from typing import Final, NamedTuple

from viewer.imaging.protocol.messages import Box

LEVELS: Final = (
    1 / 64, 1 / 48, 1 / 32, 1 / 24, 1 / 16, 1 / 12, 1 / 8, 1 / 6, 1 / 4, 1 / 3, 1 / 2, 2 / 3, 1.0, 1.5, 2.0, 3.0, 4.0,
    6.0, 8.0, 12.0, 16.0, 24.0, 32.0,
)
"""The stops of the zoom keys: device pixels for one pixel of the picture."""

LARGEST_SCALE: Final = LEVELS[-1]
_LARGEST_FILL: Final = 8.0
_TIE: Final = 1e-6
"""Half pixels go down, whatever the last digits of a float say."""
_SAME: Final = 1.005
"""Two scales closer than this factor are one: no key press is spent on half a percent."""


LARGEST_FIT: Final = 2.0
"""Device pixels for one pixel of the picture: a fitted picture is not enlarged more than that."""


class Point(NamedTuple):
    """A place, in the unit of whatever it belongs to."""

    x: float
    y: float


class Rect(NamedTuple):
    """A rectangle on whole device pixels."""

    x: int
    y: int
    width: int
    height: int

    @property
    def right(self) -> int:
        """The first column after it."""
        return self.x + self.width

    @property
    def bottom(self) -> int:
        """The first row after it."""
        return self.y + self.height

    def cut(self, other: Rect) -> Rect:
        """What lies in both; width and height are 0 where nothing does."""
        x, y = max(self.x, other.x), max(self.y, other.y)
        return Rect(x, y, max(0, min(self.right, other.right) - x), max(0, min(self.bottom, other.bottom) - y))

    def holds(self, other: Rect) -> bool:
        """Whether all of `other` lies in this one."""
        return (self.x <= other.x and self.y <= other.y
                and self.right >= other.right and self.bottom >= other.bottom)


MIDDLE: Final = Point(0.5, 0.5)


class View(NamedTuple):
    """How one picture is looked at.

    `source` is the size of the whole picture and `room` of the glass, at least 1 x 1. `zoom` is device pixels for
    one pixel of the picture, or None for the whole picture. `centre` is the point of the picture in the middle of
    the room, as fractions of its width and height before turning. `turns` counts quarter turns clockwise.
    """

    source: Box
    room: Box
    zoom: float | None = None
    centre: Point = MIDDLE
    turns: int = 0

    @property
    def turned(self) -> Box:
        """The size of the whole picture as it is turned now."""
        return _swapped(self.source, self.turns)

    @property
    def fit_scale(self) -> float:
        """The scale at which the whole picture is seen; at most `LARGEST_FIT`."""
        return fit_scale(self.turned, self.room)

    @property
    def smallest_scale(self) -> float:
        """No further away than this: the whole picture, or actual size where that is smaller."""
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
    def target(self) -> Rect:
        """Where the whole picture lies, in the room; parts of it may lie outside."""
        turned, scale, centre = self.turned, self.scale, _turn(self.centre, self.turns)
        width, height = max(1, round(turned.width * scale)), max(1, round(turned.height * scale))
        x = math.floor(_start(width, self.room.width, centre.x) + 0.5 - _TIE)
        y = math.floor(_start(height, self.room.height, centre.y) + 0.5 - _TIE)
        return Rect(x, y, width, height)

    @property
    def visible(self) -> Rect:
        """The part of `target` that is inside the room."""
        return self.target.cut(Rect(0, 0, *self.room))

    @property
    def wanted(self) -> Box:
        """The box to decode the picture into so that this view is sharp, before turning, at most the source's size.

        For the whole picture that is the room. Enlarged, it is the source halved as often as the view allows: those
        are the sizes that a JPEG decodes to quickly, and a few zoom steps share one.
        """
        if self.is_fitted:
            return _swapped(self.room, self.turns)
        halvings = 0
        while self.scale * 2 ** (halvings + 1) <= 1:
            halvings += 1
        return Box(-(-self.source.width >> halvings), -(-self.source.height >> halvings))

    def is_sharp_with(self, pixels: Box) -> bool:
        """Whether a decoded picture of that size (before turning) shows all the detail this view can show."""
        scale = min(self.scale, 1.0)
        return all(have + 1 >= round(whole * scale) for have, whole in zip(pixels, self.source, strict=True))

    def part_of(self, pixels: Box) -> Rect:
        """The part of a picture of that size (turned as this view is) that is seen, to the next whole pixel outward."""
        return self._part(self.visible, pixels)

    def region(self, pixels: Box, reach: float = 0.0) -> Rect:
        """The part of a picture of that size, before turning, that is seen; to all sides `reach` times the room more.

        To the next whole pixel outward, and no further than the picture's edges.
        """
        seen, turned = self.visible, _swapped(pixels, self.turns)
        across, down = round(self.room.width * reach), round(self.room.height * reach)
        wider = Rect(seen.x - across, seen.y - down, seen.width + 2 * across, seen.height + 2 * down)
        return quarter_turned(self._part(wider.cut(self.target), turned), turned, -self.turns)

    def _part(self, seen: Rect, pixels: Box) -> Rect:
        target = self.target
        left = (seen.x - target.x) * pixels.width // target.width
        top = (seen.y - target.y) * pixels.height // target.height
        right = -(-(seen.right - target.x) * pixels.width // target.width)
        bottom = -(-(seen.bottom - target.y) * pixels.height // target.height)
        return Rect(left, top, right - left, bottom - top)

    def zoomed(self, scale: float, at: Point | None = None) -> View:
        """At another scale, with what lies under `at` (the room's middle if None) still under it where that can be."""
        scale = min(max(scale, self.smallest_scale), max(LARGEST_SCALE, self.fit_scale))
        if scale == self.fit_scale:
            return self.fitted()
        room, turned, middle = self.room, self.turned, _turn(self.centre, self.turns)
        at = at or Point(room.width / 2, room.height / 2)
        # Reckoned from where the picture would lie exactly: rounded, it would creep from step to step.
        across, down = turned.width * self.scale, turned.height * self.scale
        under = Point((at.x - _start(across, room.width, middle.x)) / across,
                      (at.y - _start(down, room.height, middle.y)) / down)
        centre = Point(
            min(max(under.x, 0.0), 1.0) + (room.width / 2 - at.x) / (turned.width * scale),
            min(max(under.y, 0.0), 1.0) + (room.height / 2 - at.y) / (turned.height * scale),
        )
        return self._replace(zoom=scale)._centred(centre)

    def stepped(self, direction: int, at: Point | None = None) -> View:
        """One stop of `LEVELS` closer (+1) or further away (-1)."""
        return self.zoomed(next_level(self.scale, direction), at)

    def fitted(self) -> View:
        """The whole picture."""
        return self._replace(zoom=None, centre=MIDDLE)

    def toggled(self, at: Point | None = None) -> View:
        """From the whole picture to actual size and back.

        A picture that is seen whole at actual size already is enlarged to the room instead, at most eight times.
        """
        if self.zoom is not None and self.scale != self.fit_scale:
            return self.fitted()
        if not 1 / _SAME < self.fit_scale < _SAME:
            return self.zoomed(1.0, at)
        return self.zoomed(min(_LARGEST_FILL, _ratio(self.turned, self.room)), at)

    def panned(self, dx: float, dy: float) -> View:
        """Moved with the hand by device pixels, no further than the picture's edges."""
        target, centre = self.target, _turn(self.centre, self.turns)
        return self._centred(Point(centre.x - dx / target.width, centre.y - dy / target.height))

    def rotated(self, turns: int) -> View:
        """Turned clockwise by so many more quarters; the middle of the room shows the same point where that can be."""
        view = self._replace(turns=(self.turns + turns) % 4)
        return view._centred(_turn(view.centre, view.turns))

    def resized(self, room: Box) -> View:
        """In another room."""
        view = self._replace(room=Box(max(1, room.width), max(1, room.height)))
        return view._centred(_turn(view.centre, view.turns))

    def _centred(self, centre: Point) -> View:
        """Around `centre` (turned), as far as the edges allow."""
        target = self.target
        across, down = self.room.width / target.width, self.room.height / target.height
        kept = Point(_bounded(centre.x, across), _bounded(centre.y, down))
        return self._replace(centre=_turn(kept, -self.turns))


def fit_scale(source: Box, room: Box) -> float:
    """The scale at which all of `source` is seen in `room`.

    A picture that is nearly large enough fills the room, as one of 1920 pixels does on a screen of 3840; a smaller one
    would only be blurred, and is shown at actual size.
    """
    ratio = _ratio(source, room)
    return ratio if ratio <= LARGEST_FIT else 1.0


def fit(source: Box, room: Box) -> Rect:
    """Where the whole of `source` lies in `room`."""
    return View(source, room).target


def next_level(scale: float, direction: int) -> float:
    """The next stop of `LEVELS` above (+1) or below (-1) `scale`; the outermost one at either end."""
    if direction > 0:
        return next((level for level in LEVELS if level > scale * _SAME), LEVELS[-1])
    return next((level for level in reversed(LEVELS) if level * _SAME < scale), LEVELS[0])


def settled(target: Rect, pixels: Box) -> Rect:
    """`target`, or a rectangle of exactly `pixels` if that is at most one pixel off: then it needs no scaling.

    Whoever decoded the picture may have rounded the other way; shown as it is it is sharp, scaled by a pixel it is not.
    """
    if abs(target.width - pixels.width) > 1 or abs(target.height - pixels.height) > 1:
        return target
    return Rect(target.x, target.y, *pixels)


def span(start: float, length: float, ratio: float) -> tuple[int, int]:
    """Start and length in device pixels of what lies at `start` in logical ones; neighbours neither gap nor overlap."""
    first = round(start * ratio)
    return first, max(1, round((start + length) * ratio) - first)


def _ratio(source: Box, room: Box) -> float:
    return min(room.width / source.width, room.height / source.height)


def _swapped(box: Box, turns: int) -> Box:
    return Box(box.height, box.width) if turns % 2 else box


def quarter_turned(part: Rect, whole: Box, turns: int) -> Rect:
    """Where `part` of a picture of size `whole` lies when that is turned so many quarters clockwise."""
    for _ in range(turns % 4):
        part = Rect(whole.height - part.bottom, part.x, part.height, part.width)
        whole = Box(whole.height, whole.width)
    return part


def _turn(point: Point, turns: int) -> Point:
    """`point` (fractions) of a picture after so many quarter turns clockwise."""
    for _ in range(turns % 4):
        point = Point(1 - point.y, point.x)
    return point


def _start(extent: float, room: int, centre: float) -> float:
    """Where the picture begins, so that `centre` is in the middle of the room if no edge forbids it."""
    if extent <= room:
        return (room - extent) / 2
    return min(0.0, max(room - extent, room / 2 - centre * extent))


def _bounded(centre: float, share: float) -> float:
    """`centre` such that the room, which is `share` of the picture, stays inside it."""
    return 0.5 if share >= 1 else min(max(centre, share / 2), 1 - share / 2)
