"""The site as the launch pictures share it: sky and steppe, masts far away, the pad's steel, in one call each."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from studio import pad, sky, steel
from studio.film import Film, blur
from studio.light import AFTERNOON, Array, Light
from studio.noise import noise2

if TYPE_CHECKING:
    from studio.camera import Camera


def backdrop(camera: Camera, cirrus: float, seed: int, level: float, haze: float = 1.0, deep: float = 1.0) -> Film:
    """Sky with the steppe laid over it, the horizon slightly soft."""
    film = Film(sky.day_sky(camera, cirrus, seed, haze, deep))
    land, cover = sky.ground(camera, AFTERNOON, level, seed + 40, haze)
    film.over(land, blur(cover, 0.7 * camera.width / 1920))
    return film


def steelwork(
    film: Film,
    camera: Camera,
    things: list[steel.Bar | steel.Face],
    veil: float = 0.0,
    fires: Array | None = None,
    light: Light = AFTERNOON,
    soft: float = 0.0,
    veil_colour: Array | None = None,
) -> None:
    """Lay bars and faces over the film, worn a little by noise so that no paint is even."""
    tone, alpha = steel.draw(camera, things, light, veil, veil_colour, fires=fires)
    y, x = np.mgrid[0 : camera.height, 0 : camera.width].astype(np.float32)
    wear = noise2(x, y, 700 * camera.width / 1920, 77, beta=1.1)
    tone = (tone * (0.78 + 0.44 * wear[..., None])).astype(np.float32)
    if soft > 0:
        premultiplied = blur(tone * alpha[..., None], soft)
        film.over_premultiplied(premultiplied, blur(alpha, soft))
    else:
        film.over(tone, alpha)


def far_site(spread: float, z: float, y: float = 0.0, cabins: bool = True) -> list[steel.Bar | steel.Face]:
    """Lightning masts, floodlights, cabins and tank wagons along the horizon."""
    parts: list[steel.Bar | steel.Face] = []
    for x in (-1.0, -0.34, 0.62, 1.12):
        parts += pad.lightning_mast(x * spread, z + 30 * abs(x), 60, y=y)
    for x in (-0.62, 0.36, 0.9):
        parts += pad.flood_tower(x * spread, z - 12, 27, y)[0]
    rng = np.random.default_rng(7)
    for x in np.linspace(-1.6, 1.6, 15 if cabins else 0):
        w, h = rng.uniform(4, 11), rng.uniform(2.4, 4.4)
        cx = float(x * spread + rng.uniform(-8, 8))
        parts += steel.box(
            (cx, y - 0.5, z + 22), (cx + w, y + h, z + 28), str(rng.choice(["#cfc9ba", "#8d8a7c", "#b9b2a0"]))
        )
    return parts


def falling_ice(
    film: Film,
    camera: Camera,
    count: int,
    seed: int,
    low: float,
    high: float,
    reach: float = 5.0,
    size: float = 0.16,
) -> None:
    """Flakes of frost shaken off the rocket, streaked by their fall."""
    rng = np.random.default_rng(seed)
    places = np.stack(
        [rng.normal(0, reach * 0.6, count), rng.uniform(low, high, count), rng.uniform(-5, 1, count)], axis=1
    ).astype(np.float32)
    speed = rng.uniform(0.02, 0.20, count) * (1 + (high - places[:, 1]) / (high - low + 1e-6))
    after = places - np.stack([rng.normal(0, 0.05, count), speed, np.zeros(count)], axis=1).astype(np.float32)
    pixels, depth = camera.project(places)
    ends, _ = camera.project(after)
    width = camera.focal / depth * size * np.clip(rng.lognormal(-0.9, 0.8, count), 0.12, 2.2)

    def paint(canvas: steel.skia.Canvas) -> None:
        for (x, y), (x1, y1), w in zip(pixels, ends, width, strict=True):
            tone, blurred = float(rng.uniform(0.5, 1.0)), float(np.hypot(x1 - x, y1 - y)) / max(float(w), 0.3)
            alpha = float(rng.uniform(0.5, 1.0)) / (1 + 0.22 * blurred) * min(1.0, float(w) / 0.9)
            brush = steel.skia.Paint(AntiAlias=True, Style=steel.skia.Paint.kStroke_Style)
            brush.setStrokeCap(steel.skia.Paint.kRound_Cap)
            brush.setStrokeWidth(max(float(w), 0.7))
            brush.setColor(steel.colour(np.array([tone, tone, tone]), alpha))
            canvas.drawLine(float(x), float(y), float(x1), float(y1), brush)

    film.over(*steel.layer(camera, paint))


def pit_glow(camera: Camera, at: tuple[float, float, float], radius: float) -> tuple[tuple[float, float], float]:
    """Pixel and pixel radius of a glow of `radius` metres at a world point."""
    (pixel,), depth = camera.project(np.array([at], np.float32))
    return (float(pixel[0]), float(pixel[1])), radius * camera.focal / float(depth[0])
