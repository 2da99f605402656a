"""Small people far off against the light: a few strokes each, enough for a stance and a coat."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import skia

from studio import steel
from studio.light import Array, linear

if TYPE_CHECKING:
    from studio.camera import Camera
    from studio.steel import Point

# Strokes of a standing figure 1 high: from, to, thickness, paint.
Stroke = tuple[tuple[float, float], tuple[float, float], float, str]
CLOTH, BOOT, SKIN = "#2b2a28", "#171615", "#4a3a30"
LEGS: tuple[Stroke, ...] = (
    ((-0.055, 0.46), (-0.07, 0.05), 0.085, CLOTH),
    ((0.05, 0.46), (0.085, 0.05), 0.085, CLOTH),
    ((-0.07, 0.03), (-0.105, 0.02), 0.05, BOOT),
    ((0.085, 0.03), (0.125, 0.02), 0.05, BOOT),
)
BODY: tuple[Stroke, ...] = (
    ((-0.012, 0.50), (0.0, 0.74), 0.20, CLOTH),
    ((-0.065, 0.765), (0.065, 0.765), 0.10, CLOTH),
    ((-0.03, 0.42), (0.03, 0.42), 0.17, CLOTH),
    ((0.0, 0.80), (0.0, 0.87), 0.065, SKIN),
    ((0.004, 0.905), (0.010, 0.925), 0.105, SKIN),
)
CAP: tuple[Stroke, ...] = (((-0.035, 0.962), (0.04, 0.966), 0.05, CLOTH), ((0.03, 0.945), (0.085, 0.935), 0.018, BOOT))
AT_EASE: tuple[Stroke, ...] = (
    ((-0.105, 0.755), (-0.135, 0.60), 0.062, CLOTH),
    ((-0.135, 0.60), (-0.075, 0.50), 0.055, CLOTH),
    ((0.105, 0.755), (0.15, 0.61), 0.062, CLOTH),
    ((0.15, 0.61), (0.075, 0.62), 0.052, CLOTH),
)
LEANING: tuple[Stroke, ...] = (
    ((-0.10, 0.75), (-0.16, 0.62), 0.06, CLOTH),
    ((-0.16, 0.62), (-0.25, 0.60), 0.05, CLOTH),
    ((0.10, 0.75), (0.02, 0.61), 0.06, CLOTH),
    ((0.02, 0.61), (-0.10, 0.60), 0.05, CLOTH),
)
HELMET: tuple[Stroke, ...] = (((-0.02, 0.955), (0.025, 0.955), 0.075, "#77736a"),)
GUARD = (*LEGS, *BODY, *CAP, *AT_EASE)
WORKER = (*LEGS, *BODY, *HELMET, *LEANING)
DOG: tuple[Stroke, ...] = (
    ((-0.20, 0.34), (0.17, 0.36), 0.20, CLOTH),
    ((0.15, 0.40), (0.30, 0.56), 0.13, CLOTH),
    ((0.32, 0.60), (0.46, 0.56), 0.12, CLOTH),
    ((0.28, 0.66), (0.26, 0.74), 0.05, CLOTH),
    ((-0.22, 0.34), (-0.26, 0.03), 0.07, CLOTH),
    ((-0.15, 0.30), (-0.13, 0.03), 0.065, CLOTH),
    ((0.13, 0.32), (0.12, 0.03), 0.06, CLOTH),
    ((0.20, 0.32), (0.23, 0.03), 0.06, CLOTH),
    ((-0.28, 0.40), (-0.42, 0.55), 0.045, CLOTH),
)


@dataclass(frozen=True)
class Stander:
    """Who stands where, how tall (metres), turned round (`flip`) or not."""

    at: Point
    tall: float
    strokes: tuple[Stroke, ...] = GUARD
    flip: bool = False


def draw(camera: Camera, people: list[Stander], dim: float) -> tuple[Array, Array]:
    """All of them as (light, alpha); `dim` is how much light falls on their dark side."""
    pixels, depths = camera.project(np.array([p.at for p in people], np.float32))

    def paint(canvas: skia.Canvas) -> None:
        for person, (x, y), depth in zip(people, pixels, depths, strict=True):
            size = person.tall * camera.focal / float(depth)
            turn = -size if person.flip else size
            for a, b, thick, code in person.strokes:
                brush = skia.Paint(AntiAlias=True, StrokeWidth=thick * size, StrokeCap=skia.Paint.kRound_Cap)
                brush.setColor(steel.colour(linear(code) * dim))
                canvas.drawLine(
                    float(x) + a[0] * turn,
                    float(y) - a[1] * size,
                    float(x) + b[0] * turn,
                    float(y) - b[1] * size,
                    brush,
                )

    return steel.layer(camera, paint)
