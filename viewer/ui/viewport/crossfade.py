"""The crossfade from one slide to the next while a show plays: the new frame blended over an opaque old one.

Both are images of the whole viewport, painted beforehand: a step blends two images and scales nothing. What the new
picture leaves of the old one uncovered fades to the background, which is in the new frame.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from viewer.show.clock import DeferredCall

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtCore import QObject, QRect
    from PySide6.QtGui import QImage, QPainter

    from viewer.show.clock import Clock

FRAME_MS: Final = 1000 / 60
"""Milliseconds between two steps of a fade."""


class _Fade(NamedTuple):
    old: QImage
    new: QImage
    area: QRect
    start: float
    duration: float


class Crossfade:
    """At most one fade at a time, stepped by a clock.

    `step` is called when a new step is to be painted, unless `owner` has been destroyed. Before the last call, when the
    new frame alone is to be seen, the fade has ended and let go of both frames.
    """

    def __init__(self, clock: Clock, step: Callable[[], None], owner: QObject) -> None:
        self._clock = clock
        self._step = step
        self._next = DeferredCall(clock, self._tick, owner)
        self._fade: _Fade | None = None

    @property
    def is_running(self) -> bool:
        """Whether a fade is under way."""
        return self._fade is not None

    @property
    def area(self) -> QRect | None:
        """The part of the viewport (device pixels) that the running fade changes."""
        return self._fade.area if self._fade else None

    def start(self, old: QImage, new: QImage, area: QRect, duration: float) -> None:
        """Fade from `old` to `new`, both opaque and as large as the viewport, over so many milliseconds.

        Outside `area` (device pixels) the two are the same and need not be painted anew. The first step, which shows a
        trace of the new frame already, is painted by the caller.
        """
        self.cut()
        self._fade = _Fade(old, new, area, self._clock.now() - FRAME_MS, max(duration, FRAME_MS))
        self._wait(self._fade)

    def replace_new(self, new: QImage) -> None:
        """Continue towards a better rendering of the same picture."""
        if self._fade:
            self._fade = self._fade._replace(new=new)

    def cut(self) -> None:
        """End at once."""
        self._next.cancel()
        self._fade = None

    def paint(self, painter: QPainter) -> None:
        """Paint the step that is due, in device pixels: all of it, since a panel over it may just have gone."""
        if not self._fade:
            return
        painter.drawImage(0, 0, self._fade.old)
        painter.setOpacity(eased((self._clock.now() - self._fade.start) / self._fade.duration))
        painter.drawImage(0, 0, self._fade.new)
        painter.setOpacity(1.0)

    def _tick(self) -> None:
        if not self._fade:
            return
        if self._clock.now() - self._fade.start >= self._fade.duration:
            self._fade = None
        else:
            self._wait(self._fade)
        self._step()

    def _wait(self, fade: _Fade) -> None:
        """Set the timer to the next of the fade's even steps: one that came late delays none after it."""
        now = self._clock.now()
        steps = int((now - fade.start) / FRAME_MS + 0.5) + 1
        self._next.start(max(1, round(fade.start + steps * FRAME_MS - now)))


def eased(progress: float) -> float:
    """Opacity of the new frame at `progress` (0 to 1): slow at both ends (smoothstep)."""
    bounded = min(max(progress, 0.0), 1.0)
    return bounded * bounded * (3 - 2 * bounded)
