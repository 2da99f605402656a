"""Electric light in half dark: lamps that dazzle, beams in dusty air, specks that drift through them, pools."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import skia

from studio import steel
from studio.film import blur
from studio.light import Array, smoothstep, vec
from studio.noise import noise2

if TYPE_CHECKING:
    from studio.camera import Camera
    from studio.film import Film
    from studio.steel import Point


def burn(
    film: Film, camera: Camera, lamps: list[Point], tint: Array, size: float, strength: float, halo: float
) -> None:
    """Every lamp as a small overexposed spot of `size` metres with a halo of `halo` metres round it."""
    for lamp in lamps:
        (at,), depth = camera.project(np.array([lamp], np.float32))
        metre = camera.focal / float(depth[0])
        spot(film, (float(at[0]), float(at[1])), max(size * metre, 0.7), tint * strength, 2.6)
        spot(film, (float(at[0]), float(at[1])), halo * metre, tint * strength * 0.02, 1.35)


def spot(film: Film, at: tuple[float, float], radius: float, light: Array, power: float) -> None:
    """Add a round glow, worked out only as far as it can be seen."""
    reach = int(radius * 24) + 2
    x0, x1 = max(0, int(at[0]) - reach), min(film.width, int(at[0]) + reach)
    y0, y1 = max(0, int(at[1]) - reach), min(film.height, int(at[1]) + reach)
    if x1 <= x0 or y1 <= y0:
        return
    y, x = np.mgrid[y0:y1, x0:x1].astype(np.float32)
    d = np.hypot(x + 0.5 - at[0], y + 0.5 - at[1])
    fall = (1 + (d / radius) ** 2) ** -power * smoothstep(float(reach), reach * 0.35, d)
    film.image[y0:y1, x0:x1] += (fall[..., None] * light).astype(np.float32)


def beam(film: Film, camera: Camera, lamp: Point, target: Point, wide: float, light: Array, seed: int) -> None:
    """The cone of air a lamp lights, towards `target`, `wide` metres across there."""
    (p, q), depth = camera.project(np.array([lamp, target], np.float32))
    end = wide * camera.focal / float(depth[1]) / 2
    near = max(0.25 * camera.focal / float(depth[0]), 1.0)
    along = (q - p) / max(float(np.hypot(*(q - p))), 1e-6)
    length = float(np.hypot(*(q - p)))
    x0, x1 = int(max(0, min(p[0], q[0] - end))), int(min(film.width, max(p[0], q[0] + end) + 1))
    y0, y1 = int(max(0, min(p[1], q[1]) - end)), int(min(film.height, max(p[1], q[1]) + end))
    if x1 - x0 < 2 or y1 - y0 < 2:
        return
    y, x = np.mgrid[y0:y1, x0:x1].astype(np.float32)
    s = (x - p[0]) * along[0] + (y - p[1]) * along[1]
    side = np.abs((x - p[0]) * along[1] - (y - p[1]) * along[0])
    half = near + (end - near) * np.clip(s / length, 0, 1)
    body = np.exp(-((side / half) ** 2) * 2.2) * smoothstep(-near, near, s) * smoothstep(length, length * 0.45, s)
    unit_px = camera.width / 1920
    drift = noise2(x / unit_px, y / unit_px, 420, seed, beta=1.7)
    fall = body * (near * 3 / (half + near * 2)) * (0.45 + 1.1 * drift)
    film.image[y0:y1, x0:x1] += (fall[..., None] * light).astype(np.float32)


def specks(film: Film, camera: Camera, lamp: Point, reach: float, count: int, light: Array, seed: int) -> None:
    """Moths and dust below a lamp, brightest near it."""
    rng = np.random.default_rng(seed)
    spread = rng.normal(0, 1, (count, 3)) * (reach * rng.random((count, 1)) ** 0.7 * 0.5)
    places = (vec(*lamp) + spread * vec(1.0, 0.8, 1.0) - vec(0, reach * 0.28, 0)).astype(np.float32)
    pixels, _ = camera.project(places)
    gap = np.linalg.norm(places - vec(*lamp), axis=1)
    unit_px = camera.width / 1920

    def draw(canvas: skia.Canvas) -> None:
        for (x, y), d in zip(pixels, gap, strict=True):
            bright = float(rng.uniform(0.3, 1.0)) / (1 + (d / (0.22 * reach)) ** 2)
            size, turn = unit_px * float(rng.uniform(0.45, 1.1)), float(rng.uniform(0, np.pi))
            trail = size * float(rng.uniform(1, 4))
            brush = skia.Paint(AntiAlias=True, StrokeWidth=size, StrokeCap=skia.Paint.kRound_Cap)
            brush.setColor(steel.colour(vec(1, 1, 1), bright))
            dx, dy = trail * float(np.cos(turn)), trail * float(np.sin(turn))
            canvas.drawLine(float(x) - dx, float(y) - dy, float(x) + dx, float(y) + dy, brush)

    _, alpha = steel.layer(camera, draw)
    film.add(blur(alpha, 0.35 * unit_px)[..., None] * light)


def pool(x: Array, z: Array, lamps: list[Point], strength: float) -> Array:
    """How brightly `lamps` light level ground at (x, z)."""
    total = np.zeros_like(x)
    for lx, ly, lz in lamps:
        d2 = (x - lx) ** 2 + (z - lz) ** 2 + ly**2
        total += strength * ly / d2**1.5
    return total
