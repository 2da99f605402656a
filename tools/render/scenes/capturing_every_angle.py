"""Slide 3: bagged cameras on weighted tripods in low warm light, the caged rocket soft behind them. Upright."""

from __future__ import annotations

import numpy as np
from studio import afternoon, pad, rocket, sky
from studio.camera import Camera, upright
from studio.figures import P, Part, Surface, ball, brick, placed, rod, tube
from studio.figures import render as figure
from studio.film import Film, blur
from studio.light import EVENING, Array, linear, mix, smoothstep, vec

EYE = (1.5, 1.05, -78.0)


def camera(scale: float) -> Camera:
    """A short lens near the ground, upright picture."""
    return Camera(EYE, (1.5, 1.05, 0), 40, *upright(scale), shift=0.20)


def _tripod(height: float, spread: float = 0.42) -> list[Part]:
    """Legs, column, head, and sandbags lying on a hook."""
    black, grey = "#1d1e20", "#3a3c3e"
    parts = [rod((0, height - 0.36, 0), (0, height - 0.06, 0), 0.017, 0.017, grey, 0.006)]
    for turn in (20, 140, 260):
        a = np.radians(turn)
        foot = (spread * float(np.sin(a)), 0.0, spread * float(np.cos(a)))
        knee = (foot[0] * 0.52, height * 0.42, foot[2] * 0.52)
        parts += [
            rod((0, height - 0.16, 0), knee, 0.019, 0.018, black, 0.004),
            rod(knee, foot, 0.013, 0.012, grey, 0.003),
            ball(knee, 0.024, black, 0.003),
        ]
    parts.append(brick((0, height - 0.03, 0), (0.035, 0.03, 0.045), black, 0.012))
    return parts


def _bags(height: float) -> list[Part]:
    sand = "#8a7b5c"
    return [
        brick((0.0, height * 0.30, 0.0), (0.12, 0.15, 0.10), sand, 0.085),
        rod((-0.07, height * 0.40, 0), (0.0, height * 0.56, 0), 0.012, 0.01, "#33312c", 0.01),
        rod((0.07, height * 0.40, 0), (0.0, height * 0.56, 0), 0.012, 0.01, "#33312c", 0.01),
    ]


def _aim(at: P, along: float, tilt: float, up: float = 0.0) -> P:
    r = np.radians(tilt)
    return (
        at[0],
        at[1] + along * float(np.sin(r)) + up * float(np.cos(r)),
        at[2] + along * float(np.cos(r)) - up * float(np.sin(r)),
    )


def _body(height: float, long: float, tilt: float) -> list[Part]:
    """A camera with its lens, pointing ahead and up."""
    at = (0.0, height + 0.075, 0.0)
    black = "#151517"
    return [
        brick(at, (0.078, 0.056, 0.036), black, 0.016),
        brick(_aim(at, -0.005, 0, 0.06), (0.032, 0.022, 0.03), black, 0.012),
        tube(_aim(at, 0.03, tilt), _aim(at, long * 0.6, tilt), 0.041, "#1a1a1c", 0.004),
        tube(_aim(at, long * 0.35, tilt), _aim(at, long * 0.42, tilt), 0.045, "#2c2d30"),
        tube(_aim(at, long * 0.6, tilt), _aim(at, long * 0.98, tilt), 0.050, "#1d1d1f"),
        tube(_aim(at, long * 0.94, tilt), _aim(at, long + 0.03, tilt), 0.056, "#161617"),
    ]


def _bag(height: float, long: float, tilt: float) -> list[Part]:
    """The clear bag round it: baggy at the body, drawn tight along the lens."""
    at = (0.0, height + 0.075, 0.0)
    return [
        rod((-0.07, at[1] + 0.02, -0.02), (0.07, at[1] + 0.02, -0.02), 0.102, 0.102, "#e8eef2", 0.05),
        rod(_aim(at, 0.0, tilt), _aim(at, long * 0.8, tilt), 0.095, 0.060, "#e8eef2", 0.05),
        rod((0, at[1] - 0.05, 0), (0.015, at[1] - 0.20, -0.01), 0.085, 0.045, "#e8eef2", 0.06),
        rod((0.0, at[1] - 0.19, 0), (0.03, at[1] - 0.27, 0.0), 0.035, 0.06, "#e8eef2", 0.03),
    ]


def _tape(height: float, long: float, tilt: float) -> list[Part]:
    at = (0.0, height + 0.075, 0.0)
    return [
        tube(_aim(at, long * 0.72, tilt), _aim(at, long * 0.80, tilt), 0.0615, "#b9b5a8"),
        tube((0.008, at[1] - 0.185, -0.005), (0.010, at[1] - 0.215, -0.006), 0.056, "#b9b5a8"),
    ]


def _stand(film: Film, view: Camera, at: P, yaw: float, height: float, long: float, tilt: float) -> None:
    for parts, surface in (
        (_tripod(height), Surface(bump=0.0, gloss=0.25)),
        (_bags(height), Surface(bump=0.22, scale=0.5)),
        (_body(height, long, tilt), Surface(bump=0.0, gloss=0.3)),
    ):
        film.over_premultiplied(*figure(view, placed(parts, at, yaw), EVENING, surface))
    plastic, cover = figure(
        view, placed(_bag(height, long, tilt), at, yaw), EVENING, Surface(bump=5.0, scale=0.5, gloss=0.8), samples=3
    )
    bright = plastic.max(axis=-1)
    milky = cover * (0.20 + 0.62 * smoothstep(0.25, 1.2, bright))
    film.over_premultiplied((plastic * (0.20 + 0.62 * smoothstep(0.25, 1.2, bright))[..., None]), milky)
    film.over_premultiplied(
        *figure(view, placed(_tape(height, long, tilt), at, yaw), EVENING, Surface(bump=0.4, gloss=0.2))
    )


def _contact(film: Film, view: Camera, at: P) -> None:
    """The long soft shadow a stand throws to the right, away from the low sun."""
    (p, q), depth = view.project(np.array([at, (at[0] + 2.6, 0.0, at[2] - 0.5)], np.float32))
    metre = view.focal / float(depth[0])
    y, x = np.mgrid[0 : view.height, 0 : view.width].astype(np.float32)
    along = np.clip(((x - p[0]) * (q[0] - p[0]) + (y - p[1]) * (q[1] - p[1])) / float(((q - p) ** 2).sum()), 0, 1)
    away = np.hypot(
        (x - p[0] - along * (q[0] - p[0])) / (0.34 * metre), (y - p[1] - along * (q[1] - p[1])) / (0.07 * metre)
    )
    film.image = (film.image * (1 - 0.55 * smoothstep(1.0, 0.2, away) * (1 - 0.5 * along))[..., None]).astype(
        np.float32
    )


def render(scale: float) -> Array:
    """The picture."""
    view = camera(scale)
    film = Film(sky.day_sky(view, 0.5, 303, haze=1.0))
    y = np.linspace(1, 0, view.height, dtype=np.float32)[:, None, None]
    film.image = mix(
        film.image * linear("#dfe0ea"),
        film.image * linear("#ffd3a0") * 1.2 + linear("#8a5a34") * 0.22,
        smoothstep(0.95, 0.2, y),
    )
    grey = (film.image @ vec(0.3, 0.55, 0.15))[..., None]
    film.image = mix(film.image, grey * vec(1.06, 1.0, 0.96), 0.42)
    land, cover = sky.ground(view, EVENING, 0.0, 305)
    film.over(land, cover)
    afternoon.steelwork(film, view, afternoon.far_site(34, 90), veil=0.35, light=EVENING, soft=5 * scale)
    tone, alpha = rocket.render(view, 1.0, EVENING)
    film.over_premultiplied(tone, alpha)
    afternoon.steelwork(
        film,
        view,
        [*pad.cage(-1, levels=13, pitch=2.8), *pad.cage(1, levels=13, pitch=2.8), *pad.mast((13, 0, 2), 6)],
        light=EVENING,
        veil=0.06,
    )
    near = np.clip((np.arange(view.height, dtype=np.float32) / view.height - 0.72) / 0.2, 0, 1)[:, None, None]
    soft = blur(film.image, 7.5 * scale)
    film.image = mix(soft, film.image, near)
    for at, yaw, height, long, tilt in (
        ((0.5, 0, 6.4), -22, 1.25, 0.26, 16),
        ((-0.30, 0, 5.0), 38, 1.42, 0.34, 20),
        ((0.74, 0, 3.7), -40, 1.18, 0.30, 17),
        ((-0.50, 0, 2.75), 46, 1.10, 0.36, 22),
    ):
        place = (EYE[0] + at[0], 0.0, EYE[2] + at[2])
        _contact(film, view, place)
        _stand(film, view, place, yaw, height, long, tilt)
    return film.develop(seed=3, vignette=0.3, exposure=1.32, saturation=0.92)
