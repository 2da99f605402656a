"""Slide 6: the engines a star behind brown smoke and thin cloud, rays falling through the gaps; nearly one colour."""

from __future__ import annotations

import numpy as np
from studio import fire, rocket, smoke
from studio.camera import Camera, lying
from studio.film import Film, blur
from studio.light import AFTERNOON, Array, Light, linear, mix, smoothstep, vec
from studio.noise import octaves2
from studio.shafts import shafts

HEIGHT, AWAY = 950.0, 1350.0
NEAR, FAR, MIDDLE = 268.0, 336.0, 300.0
# The smoke stands between the rocket and the sun.
SHADED = Light(AFTERNOON.sun, AFTERNOON.sun_colour * 0.22, AFTERNOON.sky * 0.30, AFTERNOON.ground * 0.35)
FLAME = vec(1.0, 0.74, 0.42)


def camera(scale: float) -> Camera:
    """A long lens, steeply up: 1650 metres to the rocket, which is a fifth of the picture's height."""
    return Camera((0, 2, -AWAY), (-9.5, HEIGHT - 21, 0), 6.2, *lying(scale))


def _smoke(rng: np.random.Generator, level: Camera, star: tuple[float, float]) -> smoke.Cloud:
    """Billows below and on both sides, broken round the star; a thin veil of puffs before it."""
    rows = []
    for _ in range(420):
        x, y, z = rng.uniform(-112, 112), rng.uniform(-80, 80), rng.uniform(NEAR + 12, FAR - 8)
        dx, dy = x - star[0], y - star[1]
        away = float(np.hypot(dx, dy * 1.1))
        # More of it below and to the right; a ragged lane upwards to the left, where the rocket is going.
        radius = rng.uniform(9, 24) * np.clip(away / 42, 0.42, 1)
        thick = rng.uniform(0.55, 1.15) * np.clip((away - 9) / 30, 0.25, 1)
        lane = np.exp(-(((dy + 0.55 * dx) / 20) ** 2)) * (dx < 0)
        amount = 0.56 - dy / 115 + 0.22 * dx / 110 - 0.75 * lane - 0.5 * (dy > 22) * (abs(dx) < 32)
        lane_edge = radius * rng.uniform(0.75, 1.15) + 3 + 4 * np.sin(dy / 7)
        before_the_rocket = -4 < dy < 62 and abs(dx - 2) < lane_edge
        if away < 13 or rng.random() > amount or before_the_rocket:
            continue
        rows.append((x, y, z, radius, thick))
    for _ in range(30):  # shreds close about the star, drawn out by the wind: what breaks its light into rays
        turn, away = rng.uniform(0, 2 * np.pi), rng.uniform(6, 19)
        x, y, z = star[0] + away * np.cos(turn), star[1] + away * np.sin(turn), rng.uniform(MIDDLE - 9, MIDDLE + 9)
        lean, size = rng.uniform(-0.3, 0.9), rng.uniform(1.2, 2.8)
        for _ in range(7):
            puff = (x, y, z, size * rng.uniform(0.7, 1.3), rng.uniform(0.15, 0.30))
            if y < star[1] + (5 if abs(x - star[0] - 2) < 9 else 14):  # not before the rocket, and none astray
                rows.append(puff)
            lean += rng.normal(0, 0.5)
            x, y, z = x + 1.5 * size * np.cos(lean), y + 1.2 * size * np.sin(lean), z + rng.normal(0, 1.5)
    return smoke.Cloud(
        smoke.puffs([_placed(level, *row) for row in rows]),
        linear("#9c8a74"),
        linear("#8f7d68"),
        np.array([_placed(level, *star, MIDDLE, 12, 0)[:4]], np.float32),
        density=0.11,
        clump=21,
        rough=1.1,
        merge=0.10,
        seed=653,
        fire_colour=vec(1.0, 0.66, 0.34),
        steam=0.5,
        thin=linear("#8e8983"),
    )


def _placed(
    level: Camera, x: float, y: float, z: float, radius: float, thick: float
) -> tuple[float, float, float, float, float]:
    """A puff given in metres across the level camera's picture at depth `MIDDLE`, moved to depth `z`."""
    return x * z / MIDDLE + level.eye[0], y * z / MIDDLE + level.eye[1], z + level.eye[2], radius, thick


def _seen_from(view: Camera, light: Light, tint: Array) -> Light:
    """`light` in the axes of `view`, through smoke that gives it a colour."""
    sun = np.array([light.sun @ axis for axis in view.axes], np.float32)
    return Light(sun, light.sun_colour * tint, vec(0.34, 0.31, 0.28), vec(0.24, 0.205, 0.165))


def _backdrop(view: Camera, scale: float) -> Film:
    """Haze lit by the sun, with thin cloud drawn across it."""
    y, x = np.mgrid[0 : view.height, 0 : view.width].astype(np.float32) / (1920 * scale)
    pixel = 1 / (1920 * scale)
    cloud = octaves2(x * 0.6 + y * 0.3, y - 0.35 * x, 0.30, pixel, 606, count=6, gain=0.55)
    cover = smoothstep(0.34, 0.80, cloud)
    base = mix(linear("#7d7973"), linear("#94897c"), (y * 1.5)[..., None])
    return Film(mix(base, linear("#c9bca8"), (cover * 0.8)[..., None]))


def render(scale: float) -> Array:
    """The picture."""
    view = camera(scale)
    film = _backdrop(view, scale)
    film.over_premultiplied(*rocket.render(view, HEIGHT, SHADED, fire=1.2, samples=3))
    film.add(fire.plume(view, HEIGHT, 80, seed=661, detail=1.0, spread=0.03, strength=1.5, taper=0.9))

    level = Camera((0, 0, -300), (0, 0, 0), 24, view.width, view.height)
    (pixel,), _ = view.project(np.array([(0, HEIGHT - 3, 0)], np.float32))
    cx, cy = level.centre
    star = (float(pixel[0] - cx) / level.focal * MIDDLE, float(cy - pixel[1]) / level.focal * MIDDLE)
    light = _seen_from(view, AFTERNOON, vec(1.15, 1.0, 0.80))
    grid = smoke.render(level, _smoke(np.random.default_rng(652), level, star), light, NEAR, FAR, slices=52)
    tone, alpha = grid.layer(0, 999, level, detail=0.7)
    # A veil of thin cloud and smoke everywhere: what is behind it is paler and a little blurred.
    film.image = mix(blur(film.image, 1.1 * scale), linear("#a09484"), 0.42)
    film.image = mix(film.image, blur(film.image, 7 * scale), (alpha * 0.9)[..., None])
    film.over_premultiplied(tone * 0.985, alpha * 0.985)
    film.add(_cores(view) * (0.2 + 0.8 * (1 - alpha)[..., None]))
    rays = shafts(grid, (*star, MIDDLE + 4), level, block=2.5, soft=15.0)
    # The film's contrast is not enough for so soft a light: what is brighter than its surroundings is made more so.
    rays = rays * np.clip(rays / np.maximum(blur(rays, 70 * scale), 1e-6), 0.25, 1.8) ** 2.2
    film.add(rays[..., None] * FLAME * 13.0)
    _aureole(film, (float(pixel[0]), float(pixel[1])), alpha, scale)
    return film.develop(seed=6, bloom=0.20, saturation=0.82, vignette=0.34, grain=0.010, exposure=1.2)


def _cores(view: Camera) -> Array:
    """The twenty chambers, each overexposed, with a short white tongue: too bright for any film."""
    places = np.array([(x, HEIGHT - d, z) for x, z in fire.NOZZLES for d in (0.3, 1.2, 2.4, 4.2, 6.6)], np.float32)
    power = np.tile(np.array([50, 22, 10, 5, 2.5], np.float32), len(fire.NOZZLES))
    pixels, depth = view.project(places)
    radius = np.float32(0.36) * view.focal / depth
    out = np.zeros((view.height, view.width), np.float32)
    for (px, py), r, strength in zip(pixels, radius, power, strict=True):
        left, top = int(px - 5 * r), int(py - 5 * r)
        y, x = np.mgrid[top : int(py + 5 * r) + 1, left : int(px + 5 * r) + 1].astype(np.float32)
        spot = strength * np.exp(-((x + 0.5 - px) ** 2 + (y + 0.5 - py) ** 2) / r**2)
        out[top : top + spot.shape[0], left : left + spot.shape[1]] += spot
    return out[..., None] * vec(1.0, 0.93, 0.82)


def _aureole(film: Film, at: tuple[float, float], alpha: Array, scale: float) -> None:
    """Light that smoke scatters forward round the star: strongest in thin smoke, swallowed by thick."""
    y, x = np.mgrid[0 : film.height, 0 : film.width].astype(np.float32)
    d2 = ((x - at[0]) ** 2 + (y - at[1]) ** 2) / scale**2
    thin = blur(alpha * (1 - 0.7 * alpha) + 0.2, 2.0 * scale)
    near = 0.9 / (1 + d2 / 24**2) ** 1.8 + 0.5 / (1 + d2 / 90**2) ** 1.5
    far = 0.16 / (1 + d2 / 330**2) ** 1.4
    film.add((near * (0.35 + 1.3 * thin) + far * thin * 2.2)[..., None] * FLAME)
