"""Slide 6: the engines a star behind brown smoke and thin cloud, rays spreading from it; nearly one colour."""

from __future__ import annotations

import numpy as np
from scipy.ndimage import map_coordinates
from studio import fire, rocket, smoke
from studio.camera import Camera, lying
from studio.film import Film, blur, resize
from studio.light import AFTERNOON, Array, Light, direction, linear, mix, smoothstep, vec
from studio.noise import noise2

HEIGHT, AWAY = 950.0, 1350.0
# The sun as the smoke sees it: thin and amber.
AMBER = Light(direction(50, 100), vec(1.05, 0.86, 0.63), vec(0.16, 0.15, 0.15), vec(0.10, 0.08, 0.06))


def camera(scale: float) -> Camera:
    """A long lens, steeply up."""
    return Camera((0, 2, -AWAY), (-12, HEIGHT - 26, 0), 6.2, *lying(scale))


def _smoke(rng: np.random.Generator, view: Camera) -> tuple[Camera, smoke.Cloud]:
    """Billows over the whole picture, thinner round the engines; drawn through a level camera of their own."""
    level = Camera((0, 0, -300), (0, 0, 0), 24, view.width, view.height)
    rows = []
    for _ in range(240):
        x, y, z = rng.uniform(-110, 110), rng.uniform(-75, 75), rng.uniform(-18, 26)
        lower = 0.5 - (y - 0.25 * x) / 110
        away = np.hypot(x - 10, y - 12) / 34
        if rng.random() < np.clip(lower * 1.3 - 0.12, 0.0, 1) * (0.25 + 0.75 * np.clip(away, 0, 1)):
            rows.append((x, y, z, rng.uniform(13, 28), rng.uniform(0.5, 1.1)))
    return level, smoke.Cloud(
        smoke.puffs(rows),
        linear("#9d8c76"),
        linear("#8a7964"),
        np.array([(9, 13, 24, 5.0)], np.float32),
        density=0.26,
        clump=28,
        rough=0.75,
        seed=653,
        fire_colour=vec(1.0, 0.62, 0.28),
    )


def _rays(light: Array, centre: tuple[float, float], rounds: int = 6) -> Array:
    """`light` drawn outward from `centre` (row, column), by repeated scaling."""
    h, w = light.shape
    y, x = np.mgrid[0:h, 0:w].astype(np.float32)
    out = light
    for i in range(rounds):
        k = 1 - 0.34 * 0.5**i
        grid = np.stack([centre[0] + (y - centre[0]) * k, centre[1] + (x - centre[1]) * k])
        out = 0.5 * out + 0.5 * map_coordinates(out, grid, order=1, mode="nearest", output=np.float32)
    return out


def render(scale: float) -> Array:
    """The picture."""
    view = camera(scale)
    w, h = view.width, view.height
    y, x = np.mgrid[0:h, 0:w].astype(np.float32) / w
    cirrus = smoothstep(0.42, 0.7, noise2(x * 0.8 + y, y * 2 - x * 0.6, 2.2, 606, beta=1.8))[..., None]
    film = Film(mix(mix(linear("#7d7c7c"), linear("#a5947e"), y[..., None] * 1.4), linear("#c6b598"), cirrus * 0.7))
    film.over_premultiplied(*rocket.render(view, HEIGHT, AFTERNOON, fire=2.0, samples=3))
    film.add(fire.plume(view, HEIGHT, 90, seed=661, detail=1.0, spread=0.03, strength=0.8))
    (pixel,), _ = view.project(np.array([(0, HEIGHT - 4, 0)], np.float32))
    at = (float(pixel[0]), float(pixel[1]))
    level, cloud = _smoke(np.random.default_rng(652), view)
    grid = smoke.render(level, cloud, AMBER, 272, 340, slices=30)
    tone, alpha = grid.layer(0, 999, level)
    film.image = mix(film.image, blur(film.image, 5 * scale), alpha[..., None])
    film.over_premultiplied(tone, alpha * 0.965)
    _star(film, at, 1 - alpha, scale)
    return film.develop(seed=6, bloom=0.2, saturation=0.85, vignette=0.4, grain=0.016, exposure=1.0)


def _star(film: Film, at: tuple[float, float], clear: Array, scale: float) -> None:
    """The blaze: a core, an amber glow taken up by the smoke, and rays through its gaps."""
    film.glow(at, 13 * scale, vec(1.0, 0.92, 0.8) * 30, 2.2)
    film.glow(at, 60 * scale, vec(1.0, 0.72, 0.40) * 2.0, 1.6)
    film.glow(at, 300 * scale, vec(1.0, 0.58, 0.26) * 0.55, 1.5)
    h, w = clear.shape
    sw, sh = max(w // 2, 1), max(h // 2, 1)
    y, x = np.mgrid[0:sh, 0:sw].astype(np.float32)
    cx, cy = at[0] / 2, at[1] / 2
    d2 = ((x - cx) ** 2 + (y - cy) ** 2) / (70 * scale) ** 2
    source = (0.2 + resize(clear, sw, sh)) / (1 + d2)
    angle = np.arctan2(y - cy, x - cx) + np.pi
    spokes = noise2(angle, np.full_like(angle, 0.7), 4 * np.pi, 607, beta=1.3)
    rays = _rays((source * (0.2 + 1.5 * smoothstep(0.40, 0.72, spokes))).astype(np.float32), (cy, cx))
    film.add(resize(rays, w, h)[..., None] * vec(1.0, 0.68, 0.36) * 1.15)
