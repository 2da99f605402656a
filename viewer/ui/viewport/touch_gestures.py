"""Touch gestures: a swipe pages or pans, a pinch zooms, a double tap toggles the zoom."""

from __future__ import annotations

from math import hypot
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QObject, QPointF, Qt, Signal
from PySide6.QtGui import QEventPoint, QGuiApplication

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QTouchEvent
    from PySide6.QtWidgets import QWidget

    from viewer.show.clock import Clock

SWIPE_DISTANCE: Final = 48.0
"""Logical pixels a finger has to move sideways for a page."""

_TAP_SLIP: Final = 12.0
_TAP_MS: Final = 400
_DOUBLE_TAP_SLIP: Final = 40.0


class TouchGestures(QObject):
    """Recognises gestures from the first finger that comes down to the last that leaves. Lengths are logical pixels.

    `is_fitted` tells whether the whole picture is seen: then a swipe pages, else it pans.
    """

    page = Signal(int)
    """So many slides forward (or back, if negative)."""
    zoom_at = Signal(float, QPointF)
    """Zoom in by that factor around that point."""
    panned = Signal(QPointF)
    """The picture was dragged by that much."""
    toggled = Signal(QPointF)
    """Change between the whole picture and actual size, around that point."""
    tapped = Signal(QPointF)
    """A finger tapped there."""

    def __init__(self, widget: QWidget, clock: Clock, is_fitted: Callable[[], bool]) -> None:
        super().__init__(widget)
        self._widget = widget
        self._clock = clock
        self._is_fitted = is_fitted
        self._from = QPointF()
        self._began = 0
        self._slipped = False
        self._pinched = False
        self._last_tap: tuple[int, QPointF] | None = None

    def forward(self) -> int:
        """+1 where the next slide lies to the right, -1 where to the left."""
        return -1 if self._widget.layoutDirection() == Qt.LayoutDirection.RightToLeft else 1

    def touch(self, event: QTouchEvent) -> bool:
        """Handle one event; it is always accepted, or no more would come."""
        points = event.points()
        match event.type():
            case QEvent.Type.TouchBegin if points:
                self._from = points[0].position()
                self._began = self._clock.now()
                self._slipped = self._pinched = False
            case QEvent.Type.TouchUpdate:
                self._follow(points)
            case QEvent.Type.TouchEnd if points:
                self._end(points)
            case _:
                self._last_tap = None
        event.accept()
        return True

    def _follow(self, points: list[QEventPoint]) -> None:
        down = [point for point in points if point.state() != QEventPoint.State.Released]
        if len(down) >= 2:
            self._pinched = True
            self._pinch(down[0], down[1])
        elif down:
            self._slip(down[0])

    def _pinch(self, one: QEventPoint, other: QEventPoint) -> None:
        before = one.lastPosition() - other.lastPosition()
        after = one.position() - other.position()
        middle = (one.position() + other.position()) / 2
        moved = middle - (one.lastPosition() + other.lastPosition()) / 2
        apart = hypot(before.x(), before.y())
        if apart >= 1:
            factor = hypot(after.x(), after.y()) / apart
            if factor not in {0.0, 1.0}:
                self.zoom_at.emit(factor, middle)
        if not self._is_fitted() and not moved.isNull():
            self.panned.emit(moved)

    def _slip(self, point: QEventPoint) -> None:
        away = point.position() - self._from
        slipped = self._slipped or hypot(away.x(), away.y()) > _TAP_SLIP
        if slipped and not self._is_fitted():
            moved = point.position() - point.lastPosition() if self._slipped else away
            self.panned.emit(moved)
            self._pinched = True  # a finger that has panned doesn't page when it reaches the edge
        self._slipped = slipped

    def _end(self, points: list[QEventPoint]) -> None:
        place = points[0].position()
        away = place - self._from
        if self._pinched or len(points) > 1:
            self._last_tap = None
        elif abs(away.x()) >= SWIPE_DISTANCE and abs(away.x()) > 1.5 * abs(away.y()):
            self._last_tap = None
            if self._is_fitted():
                self.page.emit(self.forward() if away.x() < 0 else -self.forward())
        elif not self._slipped and self._clock.now() - self._began <= _TAP_MS:
            self._tap(place)

    def _tap(self, place: QPointF) -> None:
        now = self._clock.now()
        if self._last_tap is not None:
            before, there = self._last_tap
            near = hypot(place.x() - there.x(), place.y() - there.y()) <= _DOUBLE_TAP_SLIP
            if near and now - before <= QGuiApplication.styleHints().mouseDoubleClickInterval():
                self._last_tap = None
                self.toggled.emit(place)
                return
        self._last_tap = (now, place)
        self.tapped.emit(place)
