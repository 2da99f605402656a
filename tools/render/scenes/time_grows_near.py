"""Slide 9: sunrise. The caged rocket black against orange and violet, the sun at its foot, floodlights on."""

from __future__ import annotations

import numpy as np
from studio import afternoon, pad, rocket, steel
from studio.camera import Camera, lying
from studio.film import Film, blur
from studio.light import SUNRISE, Array, Light, linear, mix, smoothstep, unit, vec
from studio.noise import noise2

# Against the light: paint hardly shows.
NIGHT = Light(SUNRISE.sun, SUNRISE.sun_colour * 0.5, SUNRISE.sky * 0.28, SUNRISE.ground * 0.4)


def camera(scale: float) -> Camera:
    """Low beside the rails."""
    return Camera((13, 2.2, -150), (13, 2.2, 0), 27, *lying(scale), shift=0.26)


def _sky(view: Camera, sun: tuple[float, float]) -> Array:
    rays = unit(view.rays())
    up = np.clip(rays[..., 1], 0, 1)[..., None]
    sky = mix(linear("#e98a3a"), linear("#b3607a"), smoothstep(0.0, 0.13, up))
    sky = mix(sky, linear("#54508c"), smoothstep(0.09, 0.26, up))
    sky = mix(sky, linear("#232c58"), smoothstep(0.22, 0.42, up))
    y, x = np.mgrid[0 : view.height, 0 : view.width].astype(np.float32)
    d = np.hypot((x - sun[0]) * 0.62, y - sun[1]) / (view.width * 0.34)
    sky = sky * 0.72 + np.exp(-d * 2.1)[..., None] * vec(1.0, 0.42, 0.10) * 0.9
    plane = rays[..., 0] / np.maximum(rays[..., 1], 0.02), rays[..., 2] / np.maximum(rays[..., 1], 0.02)
    band = noise2(plane[0] * 0.5, plane[1] * 0.9, 24, 903, beta=1.6)
    cloud = smoothstep(0.50, 0.72, band)[..., None] * smoothstep(0.02, 0.1, up)
    under = mix(linear("#f6915a"), linear("#7a5a86"), smoothstep(0.05, 0.3, up)) * 0.9
    return mix(sky, under, cloud * 0.5)


def _rails() -> list[steel.Bar | steel.Face]:
    things: list[steel.Bar | steel.Face] = []
    for x in (-0.76, 0.76):
        things += [
            steel.Bar(
                (12 + x - 12 * t0, 0.12, -146 + 140 * t0), (12 + x - 12 * t1, 0.12, -146 + 140 * t1), 0.12, "#ffd9b0"
            )
            for t0, t1 in zip(np.linspace(0, 0.98, 50), np.linspace(0.02, 1, 50), strict=True)
        ]
    for i in range(230):
        z = -146 + i * 0.62
        cx = 12 - 12 * (z + 146) / 140
        things.append(
            steel.Face(
                ((cx - 1.35, 0.02, z), (cx + 1.35, 0.02, z), (cx + 1.35, 0.02, z + 0.26), (cx - 1.35, 0.02, z + 0.26)),
                "#1c1716",
            )
        )
    return things


def render(scale: float) -> Array:
    """The picture."""
    view = camera(scale)
    (pixel,), _ = view.project(np.array([(13.6, 3.4, 0)], np.float32))
    sun = float(pixel[0]), float(pixel[1])
    film = Film(_sky(view, sun))
    y, x = np.mgrid[0 : view.height, 0 : view.width].astype(np.float32)
    disc = smoothstep(21 * scale, 19 * scale, np.hypot(x - sun[0], y - sun[1]))
    film.add(disc[..., None] * vec(9.0, 4.6, 1.5))
    _ground(film, view, sun)
    dark = [
        *afternoon.far_site(66, 40, cabins=False),
        *pad.cage(-1, gap=8),
        *pad.cage(1, gap=8),
        *pad.mast((-17, 0, 2), -5),
        *_rails(),
    ]
    tower, lamps = pad.flood_tower(-30, -14, 30)
    more, lamps2 = pad.flood_tower(46, -6, 30)
    rocket_tone, rocket_alpha = rocket.render(view, 1.0, SUNRISE)
    film.over_premultiplied(rocket_tone * 0.35, rocket_alpha)
    afternoon.steelwork(film, view, [*dark, *tower, *more], light=NIGHT)
    film.glow(sun, 60 * scale, vec(1.0, 0.5, 0.16) * 0.8, 1.3)
    for group in (lamps, lamps2):
        pixels, _ = view.project(np.array(group, np.float32))
        for px, py in pixels:
            film.glow((float(px), float(py)), 3.0 * scale, vec(1.0, 0.97, 0.86) * 4, 2.0)
        centre = pixels.mean(axis=0)
        film.glow((float(centre[0]), float(centre[1])), 46 * scale, vec(0.9, 0.85, 0.75) * 0.22, 1.4)
    return film.develop(seed=9, bloom=0.2, exposure=1.0, vignette=0.34, saturation=1.06)


def _ground(film: Film, view: Camera, sun: tuple[float, float]) -> None:
    """Dark steppe with the sun's path on it and a line of haze at the horizon."""
    rays = view.rays()
    t = view.eye[1] / np.maximum(-rays[..., 1], 1e-4)
    x, z = view.eye[0] + t * rays[..., 0], view.eye[2] + t * rays[..., 2]
    texture = noise2(x, z, 30, 905, beta=1.1)
    near = smoothstep(60, 16, t)
    tufts = smoothstep(0.42, 0.72, texture) * near + smoothstep(0.35, 0.7, noise2(x, z * 0.35, 160, 906, beta=1.4)) * (
        1 - near
    )
    column = np.arange(film.width, dtype=np.float32)[None, :]
    path = np.exp(-np.abs(column - sun[0]) / (film.width * 0.16))[..., None]
    far = (1 - np.exp(-t / 420))[..., None]
    land = linear("#2b2126") * (0.55 + 0.9 * tufts[..., None]) + path * vec(0.26, 0.10, 0.03) * (
        0.25 + 1.1 * tufts[..., None]
    ) * (0.3 + far)
    land = mix(land, linear("#b9694a") * 0.7, np.clip(far * 0.8, 0, 1) ** 3)
    film.over(land.astype(np.float32), blur((rays[..., 1] < 0).astype(np.float32), 0.8))
