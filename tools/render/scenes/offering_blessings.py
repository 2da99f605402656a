"""Slide 10: a priest from behind, arm flung; an arc of drops; photographers ducking; the rocket beyond."""

from __future__ import annotations

import numpy as np
from studio import afternoon, pad, rocket, sky, steel
from studio.camera import Camera, lying
from studio.figures import P, Part, Surface, brick, placed, rod, tube
from studio.figures import (
    render as figure,
)
from studio.film import Film, blur
from studio.light import NOON, Array, linear, smoothstep
from studio.noise import noise2
from studio.people import Clothes, Pose, hand_camera, person

GOLD, BLACK, SILVER = "#c9962f", "#1d1b1e", "#b9bcc0"
PRIEST: P = (-1.25, 0.0, -0.2)
HAND: P = (0.50, 1.93, 0.30)


def camera(scale: float) -> Camera:
    """Behind the priest, at eye height."""
    return Camera((-0.6, 1.55, -6.2), (0.1, 1.62, 0), 31, *lying(scale), shift=0.06)


def _priest() -> list[Part]:
    """Black cassock, gold cope, tall hat, beard; right arm flung high, left holding a cross."""
    clothes = Clothes(GOLD, BLACK, "#a9795c", "#8b8780", "", BLACK)
    parts = person(Pose((-0.36, 1.12, 0.32), HAND, lean=6, nod=6, bulk=1.12), clothes, 1.8)
    cope = [
        rod((0, 1.42, 0.0), (0, 0.66, -0.02), 0.22, 0.31, GOLD, 0.10),
        tube((0, 0.26, -0.02), (0, 0.72, -0.02), 0.325, GOLD, 0.06),
        rod((-0.16, 1.46, -0.02), (0.16, 1.46, -0.02), 0.13, 0.13, GOLD, 0.08),
        tube((0, 0.06, 0.0), (0, 0.55, 0.0), 0.29, BLACK, 0.03),
    ]
    hat = [
        tube((0, 1.80, 0.05), (0, 1.99, 0.07), 0.118, "#5b2a6a", 0.015),
        rod((-0.02, 1.72, -0.04), (0, 1.54, -0.10), 0.085, 0.06, "#9b968e", 0.03),
    ]
    beard = [rod((0, 1.66, 0.17), (0, 1.48, 0.22), 0.07, 0.04, "#9b968e", 0.03)]
    brush = [
        rod((0.44, 1.85, 0.27), (0.66, 2.22, 0.42), 0.014, 0.018, "#6b4a2c", 0.01),
        rod((0.64, 2.19, 0.41), (0.75, 2.36, 0.48), 0.03, 0.06, "#d9c79a", 0.02),
    ]
    return [*parts, *cope, *hat, *beard, *brush]


def _acolyte() -> list[Part]:
    parts = person(
        Pose((-0.12, 1.02, 0.34), (0.2, 1.02, 0.34), nod=8),
        Clothes("#2d3550", BLACK, "#a9795c", "#3b2c20", "", BLACK),
        1.7,
    )
    return [*parts, rod((0.04, 0.98, 0.36), (0.04, 0.74, 0.36), 0.15, 0.12, SILVER, 0.01)]


def _press() -> list[tuple[list[Part], P, float]]:
    """Photographers facing us: some shoot, some duck, some shield themselves."""
    coats = ("#4b6078", "#7d7a68", "#8a3f36", "#3d4a3e", "#b8b3a4", "#4a4a52", "#6e5a48", "#35506e", "#91897a")
    rows: tuple[tuple[float, float, str, float], ...] = (
        (0.55, 3.2, "shoot", 0.42),
        (1.15, 2.5, "duck", 0.40),
        (1.7, 3.3, "shield", 0.18),
        (2.2, 2.6, "shoot", 0.28),
        (2.75, 3.4, "laugh", 0.05),
        (0.15, 4.4, "shoot", 0.02),
        (0.95, 4.6, "high", 0.0),
        (1.55, 4.8, "shield", 0.08),
        (2.3, 4.5, "shoot", 0.0),
        (3.0, 4.6, "high", 0.0),
        (-0.45, 4.6, "laugh", 0.0),
        (3.4, 3.0, "duck", 0.3),
    )
    press: list[tuple[list[Part], P, float]] = []
    for i, (x, z, kind, crouch) in enumerate(rows):
        clothes = Clothes(
            coats[i % 9],
            ("#3a4152", "#5d564a", "#2e2d2c")[i % 3],
            "#b08a70",
            ("#33261c", "#6b5238", "#1f1a17")[i % 3],
            ("", "#d8d2c0", "", "#39424e")[i % 4],
        )
        parts = _member(kind, crouch, clothes)
        if i % 3 == 1:
            parts += _gear(crouch)
        if i % 3 == 0 and kind not in ("duck", "high"):
            parts += _vest(crouch, ("#8f8262", "#2f3a33", "#c7bfa8", "#6b4a35")[i // 3])
        press.append((parts, (x, 0.0, z), 196 + 9.0 * ((i * 7) % 5 - 2)))
    return press


def _gear(crouch: float) -> list[Part]:
    """A camera bag on the hip."""
    return [brick((-0.25, 0.90 - crouch, 0.04), (0.10, 0.10, 0.13), "#2b2b2d", 0.03)]


def _vest(crouch: float, paint: str) -> list[Part]:
    """A reporter's sleeveless vest over the shirt."""
    return [
        rod((-0.06, 1.34 - crouch, 0.0), (0.06, 1.34 - crouch, 0.0), 0.172, 0.172, paint, 0.02),
        rod((-0.03, 1.06 - crouch, -0.01), (0.03, 1.06 - crouch, -0.01), 0.186, 0.186, paint, 0.05),
    ]


def _member(kind: str, crouch: float, clothes: Clothes) -> list[Part]:
    drop = crouch
    if kind == "shoot":
        return [
            *person(Pose((-0.08, 1.5 - drop, 0.30), (0.09, 1.52 - drop, 0.22), crouch, 8), clothes),
            *placed(hand_camera((0, 1.54 - drop, 0.24), 0.24), (0, 0, 0), 0),
        ]
    if kind == "high":
        return [
            *person(Pose((-0.12, 1.98, 0.26), (0.12, 1.98, 0.26)), clothes),
            *placed(hand_camera((0, 2.02, 0.26), 0.2, -0.2), (0, 0, 0), 0),
        ]
    if kind == "shield":
        return person(Pose((-0.12, 1.62 - drop, 0.32), (0.2, 1.72 - drop, 0.28), crouch, 14, 18), clothes)
    if kind == "duck":
        return person(Pose((-0.16, 1.22 - drop, 0.34), (0.14, 1.70 - drop, 0.22), crouch, 34, 26), clothes)
    return person(Pose((-0.2, 1.1 - drop, 0.28), (0.24, 1.62 - drop, 0.3), crouch, 4, -8), clothes)


def _drops(film: Film, view: Camera, scale: float) -> None:
    """Water flung off the brush: an arc of bright beads and streaks, finer as it spreads."""
    rng = np.random.default_rng(1011)
    count = 620
    t = rng.random(count) ** 0.8
    start = np.array([PRIEST[0] + 0.84, 2.36, PRIEST[2] + 0.16])
    speed = np.stack([rng.normal(3.0, 0.42, count), rng.normal(1.55, 0.42, count), rng.normal(2.5, 0.5, count)], axis=1)
    time = t * 0.80
    places = start + speed * time[:, None] + np.array([0, -4.9, 0]) * (time**2)[:, None]
    later = places + (speed + np.array([0, -9.8, 0]) * time[:, None]) * 0.012
    p, depth = view.project(places.astype(np.float32))
    q, _ = view.project(later.astype(np.float32))
    size = np.clip(rng.lognormal(-0.2, 0.5, count), 0.4, 2.6) * 0.008 * view.focal / depth

    def paint(canvas: steel.skia.Canvas) -> None:
        for (x0, y0), (x1, y1), s, bright in zip(p, q, size, rng.uniform(0.4, 1.0, count), strict=True):
            brush = steel.skia.Paint(
                AntiAlias=True,
                Style=steel.skia.Paint.kStroke_Style,
                StrokeCap=steel.skia.Paint.kRound_Cap,
                StrokeWidth=max(float(s), 0.9),
            )
            brush.setColor(steel.skia.Color(255, 255, 255, int(255 * bright)))
            canvas.drawLine(float(x0), float(y0), float(x1), float(y1), brush)

    tone, alpha = steel.layer(view, paint)
    film.over(tone * 1.6, alpha)
    film.add(blur(alpha, 3 * scale)[..., None] * linear("#e6f2ff") * 0.5)


def _brocade(view: Camera, tone: Array, scale: float) -> Array:
    """A woven ornament where there is gold."""
    y, x = np.mgrid[0 : view.height, 0 : view.width].astype(np.float32) / scale
    warp = noise2(x, y, 500, 1015) * 14
    u, v = (x + warp) / 8.5, (y - warp) / 10.5
    pattern = np.cos(u + v) * np.cos(u - v) + 0.35 * np.cos(2 * u) * np.cos(3 * v)
    gold = smoothstep(0.05, 0.16, (tone[..., 0] - tone[..., 2] * 2.6))
    return (tone * (1 + gold * 0.22 * (2 * smoothstep(-0.15, 0.25, pattern) - 1))[..., None]).astype(np.float32)


def render(scale: float) -> Array:
    """The picture."""
    view = camera(scale)
    film = Film(sky.day_sky(view, 0.4, 1003, haze=1.0))
    land, cover = sky.ground(view, NOON, 0.0, 1005)
    film.over(land, cover)
    shifted = Camera(
        (-46, 2.0, -190),
        (-46 + (view.target[0] - view.eye[0]) / 6.2 * 190, 4.15, 0),
        view.fov,
        view.width,
        view.height,
        view.shift,
    )
    afternoon.steelwork(film, shifted, afternoon.far_site(58, 30), veil=0.3, light=NOON)
    film.over_premultiplied(*rocket.render(shifted, 0.0, NOON))
    afternoon.steelwork(
        film,
        shifted,
        [*pad.petals(-2, 20), *pad.gantry_down(-1, 14, 40), *pad.gantry_down(1, 14, 40), *pad.mast((-10, 0, 3), -3)],
        veil=0.14,
        light=NOON,
    )
    film.image = blur(film.image, 2.4 * scale)
    cloth = Surface(bump=0.22, scale=0.8, stretch=1.6)
    people = [(parts, at, turn) for parts, at, turn in _press()]
    people.append((_acolyte(), (-2.05, 0.0, 0.5), 60))
    for parts, at, turn in sorted(people, key=lambda someone: -someone[1][2]):
        _shadow(film, view, at)
        film.over_premultiplied(*figure(view, placed(parts, at, turn), NOON, cloth))
    film.image = blur(film.image, 1.8 * scale)
    _drops(film, view, scale)
    _shadow(film, view, PRIEST)
    tone, alpha = figure(
        view, placed(_priest(), PRIEST, 24), NOON, Surface(bump=1.1, scale=1.1, stretch=0.14, gloss=0.02)
    )
    film.over_premultiplied(_brocade(view, tone, scale), alpha)
    return film.develop(seed=10, vignette=0.24, exposure=1.08)


def _shadow(film: Film, view: Camera, at: P) -> None:
    """A short noon shadow on the ground."""
    (p,), depth = view.project(np.array([(at[0] - 0.3, 0.0, at[2] + 0.05)], np.float32))
    metre = view.focal / float(depth[0])
    y, x = np.mgrid[0 : view.height, 0 : view.width].astype(np.float32)
    d = np.hypot((x - p[0]) / (0.75 * metre), (y - p[1]) / (0.16 * metre))
    film.image = (film.image * (1 - 0.62 * smoothstep(1.0, 0.45, d))[..., None]).astype(np.float32)
