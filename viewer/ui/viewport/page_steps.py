"""Wheel and trackpad rotation accumulated into pages."""

from __future__ import annotations

from typing import Final

NOTCH: Final = 120
"""Eighths of a degree in one notch of a wheel (QWheelEvent::angleDelta)."""

_GESTURE_GAP_MS: Final = 300
_SWIPE_ON: Final = 4 * NOTCH


class PageSteps:
    """Adds up rotation until it makes a page.

    A notch of a wheel is a page, however finely it is reported. A stroke on a trackpad is a page when it has gone as
    far as a notch, and another one for every four notches more.
    """

    def __init__(self) -> None:
        self._sum = 0.0
        self._need = float(NOTCH)
        self._last = 0

    def add(self, delta: float, now: int, *, smooth: bool) -> int:
        """Pages to go for `delta` eighths of a degree more (positive: forward) at `now` (milliseconds).

        `smooth` says that they come from a trackpad.
        """
        if now - self._last > _GESTURE_GAP_MS or delta * self._sum < 0:
            self.end()
        self._last = now
        self._sum += delta
        pages = 0
        while abs(self._sum) >= self._need:
            step = 1 if self._sum > 0 else -1
            pages += step
            self._sum -= step * self._need
            self._need = float(_SWIPE_ON if smooth else NOTCH)
        return pages

    def end(self) -> None:
        """The stroke is over: the rest of it is dropped."""
        self._sum = 0.0
        self._need = float(NOTCH)
