"""Slide 8: three white suits on a steep stair at the rocket's foot, one arm each up. Upright."""

from __future__ import annotations

import numpy as np
from studio import afternoon, pad, rocket, sky, steel
from studio.camera import Camera, upright
from studio.figures import P, Surface, placed
from studio.figures import render as figure
from studio.film import Film, blur
from studio.light import NOON, Array, linear, mix, smoothstep
from studio.noise import noise2
from studio.suit import suit, visor

STEPS = ((-0.62, 0.95, -0.35), (-0.02, 2.0, 0.55), (0.58, 3.08, 1.45))


def camera(scale: float) -> Camera:
    """From the foot of the stair, a little below."""
    return Camera((-0.5, 2.0, -8.4), (-0.02, 2.95, 0.5), 34, *upright(scale))


def _stair() -> list[steel.Bar | steel.Face]:
    """Treads, stringers and handrails, climbing to the right and away."""
    things: list[steel.Bar | steel.Face] = []
    slope = ((STEPS[2][0] - STEPS[0][0]) / 2.13, (STEPS[2][2] - STEPS[0][2]) / 2.13)
    for i in range(-4, 14):
        y = 0.95 + i * 0.266
        x, z = STEPS[0][0] + slope[0] * (y - 0.95), STEPS[0][2] + slope[1] * (y - 0.95)
        things.append(
            steel.Face(
                ((x - 0.62, y, z - 0.16), (x + 0.62, y, z - 0.16), (x + 0.62, y, z + 0.16), (x - 0.62, y, z + 0.16)),
                "#8a8f8b",
            )
        )
        things.append(
            steel.Face(
                (
                    (x - 0.62, y, z - 0.16),
                    (x + 0.62, y, z - 0.16),
                    (x + 0.62, y - 0.05, z - 0.16),
                    (x - 0.62, y - 0.05, z - 0.16),
                ),
                "#5b605c",
            )
        )
    for side in (-0.66, 0.66):
        low, high = _along(-0.6, side), _along(4.8, side)
        things.append(steel.Bar(low, high, 0.13, "#6d7a70"))
    return things


def _rails(front: bool) -> list[steel.Bar | steel.Face]:
    things: list[steel.Bar | steel.Face] = []
    side = -0.7 if front else 0.7
    top = 1.75 if front else 4.8
    for lift in (0.5, 0.95):
        a, b = _along(-0.6, side), _along(top, side)
        things.append(steel.Bar((a[0], a[1] + lift, a[2]), (b[0], b[1] + lift, b[2]), 0.05, "#c9a43a"))
    for y in np.arange(-0.4, top + 0.1, 1.05):
        p = _along(float(y), side)
        things.append(steel.Bar(p, (p[0], p[1] + 0.95, p[2]), 0.045, "#c9a43a"))
    return things


def _along(y: float, side: float) -> P:
    t = (y - 0.95) / 2.13
    return STEPS[0][0] + (STEPS[2][0] - STEPS[0][0]) * t + side, y, STEPS[0][2] + (STEPS[2][2] - STEPS[0][2]) * t


def _vapour(film: Film, amount: float, seed: int) -> None:
    """Cold breath of the tanks, soft and drifting from left to right."""
    h, w = film.height, film.width
    y, x = np.mgrid[0:h, 0:w].astype(np.float32) / w
    n = noise2(x * 0.45 + y * 0.2, y * 1.0 - x * 0.25, 2.4, seed, beta=2.3)
    fine = noise2(x * 0.6 + y * 0.3, y * 1.5 - x * 0.4, 1.1, seed + 1, beta=2.0)
    cover = smoothstep(0.42, 0.80, 0.7 * n + 0.3 * fine) * amount
    film.over(np.broadcast_to(linear("#f1f4f6"), film.image.shape) * 0.92, blur(cover.astype(np.float32), w / 160))


def render(scale: float) -> Array:
    """The picture."""
    view = camera(scale)
    film = Film(sky.day_sky(view, 0.2, 803, haze=0.8))
    film.over_premultiplied(*_flank(view))
    film.image = blur(film.image, 3.2 * scale)
    _vapour(film, 0.65, 805)
    arms = (
        ((-0.3, 0.95, 0.2), (0.56, 1.93, 0.16), 2, 4),
        ((-0.34, 1.02, 0.2), (0.46, 2.0, 0.12), 0, 3),
        ((-0.34, 1.0, 0.2), (0.58, 1.90, 0.14), -2, 3),
    )
    afternoon.steelwork(film, view, _stair(), light=NOON)
    afternoon.steelwork(film, view, _rails(front=False), light=NOON)
    for (x, y, z), (left, right, nod, lean), turn in reversed(list(zip(STEPS, arms, (186, 176, 190), strict=True))):
        body = placed(suit(left, right, nod, lean), (x, y, z), turn)
        film.over_premultiplied(*figure(view, body, NOON, Surface(bump=0.34, scale=0.9, stretch=2.2, wrap=0.1)))
        glass, cover = figure(view, placed(visor(), (x, y, z), turn), NOON, Surface(bump=0, gloss=1.2), shadows=False)
        thick = 0.22 + 0.5 * smoothstep(0.9, 2.0, glass.max(axis=-1))
        film.over_premultiplied(glass * thick[..., None], cover * thick)
    afternoon.steelwork(film, view, _rails(front=True), light=NOON)
    _vapour(film, 0.14, 815)
    return film.develop(seed=8, exposure=1.05, vignette=0.18)


def _flank(view: Camera) -> tuple[Array, Array]:
    """The frosted booster behind, and the dark steel of the platform round it."""
    back = Camera(
        (view.eye[0] + 1.4, view.eye[1] + 9.5, view.eye[2] - 4),
        (view.target[0] + 1.4, view.target[1] + 9.5, view.target[2]),
        view.fov,
        view.width,
        view.height,
    )
    film = Film(np.zeros((view.height, view.width, 3), np.float32))
    tone, alpha = rocket.render(back, 0.0, NOON, turn=20, samples=1)
    film.over_premultiplied(tone, alpha)
    tone, cover = steel.draw(back, pad.cage(1, radius=6.0, levels=8, pitch=3.4, y=2.0), NOON, veil=0.1)
    total = alpha + cover * (1 - alpha)
    image = tone * cover[..., None]
    return mix(image, film.image, alpha[..., None]) * 1.0, total
