"""Dry tufts of steppe grass as drawn blades, near enough that each bends its own way."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import skia

from studio import steel
from studio.light import Array, mix

if TYPE_CHECKING:
    from collections.abc import Callable

    from studio.camera import Camera


def tufts(
    camera: Camera,
    places: Array,
    heights: Array,
    paint: Callable[[float], tuple[Array, Array]],
    seed: int,
    blades: int = 18,
    lean: float = 0.35,
) -> tuple[Array, Array]:
    """Tufts at `places` (n, 3), far ones first, as (light, alpha).

    `paint` answers, for a tuft's pixel column, the light of its shadowed and of its sunlit blades.
    """
    rng = np.random.default_rng(seed)
    order = np.argsort(-camera.to_camera(places)[:, 2])
    pixels, depths = camera.project(places)

    def draw(canvas: skia.Canvas) -> None:
        for n in order:
            if depths[n] < 0.3:
                continue
            x, y = (float(v) for v in pixels[n])
            tall = float(heights[n]) * camera.focal / float(depths[n])
            dark, bright = paint(x)
            for _ in range(blades):
                _blade(canvas, rng, x, y, tall, mix(dark, bright, float(rng.random() ** 2)), lean)

    return steel.layer(camera, draw)


def _blade(
    canvas: skia.Canvas, rng: np.random.Generator, x: float, y: float, tall: float, tone: Array, lean: float
) -> None:
    reach = tall * float(rng.uniform(0.35, 1.0))
    tilt = float(rng.normal(0.0, lean))
    root = x + tall * float(rng.normal(0, 0.10))
    tip = root + reach * tilt * 1.5, y - reach * float(np.cos(min(abs(tilt), 1.2)))
    knee = root + reach * tilt * 0.35, y - reach * 0.62
    wide = max(tall * 0.010, 0.22)
    path = skia.Path()
    path.moveTo(root - wide, y)
    path.quadTo(knee[0] - wide * 0.7, knee[1], *tip)
    path.quadTo(knee[0] + wide * 0.7, knee[1], root + wide, y)
    path.close()
    canvas.drawPath(path, skia.Paint(AntiAlias=True, Color=steel.colour(tone)))
