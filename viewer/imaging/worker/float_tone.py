"""Tone of floating-point colours, which may be brighter than white: finds white, and maps to 8 bits.

Files do not say what is white. Values of up to 1 are shown as they are. Where more than a few lie beyond, it is a
picture of high dynamic range if most do not, and its highlights are compressed as those of PQ and HLG are; else the
values are those of integers, 255 or 65535 being white.
"""

from __future__ import annotations

from math import isfinite
from typing import TYPE_CHECKING, Final

from viewer.imaging.worker.colour_space import srgb_of_light, with_highlights

if TYPE_CHECKING:
    from PIL import Image

_FEW: Final = 0.01
"""The part of all values that may be clipped: reflections, and what sharpening overshoots."""

_BRIGHTEST: Final = 16.0
"""Times white: beyond it highlights are clipped."""

_STEPS: Final = 65_535


class FloatTone:
    """Maps values to 0 to 255, once it has seen all of them."""

    def __init__(self, *, is_light: bool) -> None:
        """`is_light`: the values are light itself, and get the tone curve of sRGB."""
        self._is_light = is_light
        self._seen = self._beyond = 0
        self._highest = 0.0
        self._table: list[int] | None = None

    def see(self, values: Image.Image) -> None:
        """Take note of `values`, an image of mode F."""
        upper_half = values.point(lambda value: value * 127.5 + 0.25).convert("L").histogram()[128:]
        self._seen += values.width * values.height
        self._beyond += sum(upper_half)
        highest = values.getextrema()[1]
        if isinstance(highest, float) and isfinite(highest):
            self._highest = max(self._highest, highest)
        elif sum(upper_half):
            self._highest = max(self._highest, _BRIGHTEST)

    def shown(self, values: Image.Image) -> bytes:
        """`values`, an image of mode F, as 0 to 255."""
        white, most = self._white()
        if most == 1 and not self._is_light:
            return values.point(lambda value: value * (255 / white) + 0.5).convert("L").tobytes()
        if self._table is None:
            self._table = [self._tone(step / _STEPS * most, most) for step in range(_STEPS + 1)]
        steps = values.point(lambda value: value * (_STEPS / white / most) + 0.5).convert("I")
        # Values too large for an integer have become negative.
        brightest = values.point(lambda value: value * (255 / white / most) + 0).convert("L").point([0] * 255 + [255])
        steps.paste(_STEPS, mask=brightest)
        return steps.point(self._table, "L").tobytes()

    def _white(self) -> tuple[float, float]:
        """The value of white, and how many times as bright the brightest highlight is."""
        if self._beyond <= _FEW * self._seen:
            return 1.0, 1.0
        if self._beyond <= self._seen / 2:
            return 1.0, min(self._highest, _BRIGHTEST)
        return next((white for white in (255.0, 65_535.0) if self._highest <= white), self._highest), 1.0

    def _tone(self, light: float, most: float) -> int:
        mapped = light if most == 1 else with_highlights(light, most)
        return round(255 * (srgb_of_light(mapped) if self._is_light or most > 1 else mapped))
