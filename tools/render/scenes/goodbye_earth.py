"""Slide 8: three white suits on a steep stair at the rocket's foot, one arm each up. Upright."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from studio import pad, rocket, sky, steel
from studio.camera import Camera, upright
from studio.film import Film, blur
from studio.light import NOON, Array, linear, smoothstep
from studio.noise import noise2
from studio.parts import P, Thing, placed
from studio.sculpt import render as sculpted
from studio.skeleton import Pose, point
from studio.stair import Stair
from studio.suit import Wearer, suit
from studio.wear import frosted, weathered

STAIR = Stair(foot=(-0.62, 0.0, -0.9), heading=27.0, treads=15)


@dataclass(frozen=True)
class Stance:
    """Who stands on which tread, how far to the rail's side (metres), turned where (degrees), waving with which arm.

    `raised` is the waving hand's place and `palm` what it faces, both as for a right hand; `ahead` is how many treads
    up the other hand holds the rail. The rest is as in `Pose`.
    """

    tread: float
    aside: float
    yaw: float
    wearer: Wearer
    arm: int
    raised: P
    palm: P
    elbow: P
    wave: str
    ahead: float
    look: tuple[float, float]
    trunk: tuple[float, float, float]


# The commander lowest.
CREW = (
    Stance(
        *(3.0, 0.08, 192.0, Wearer(1.78, 1.06, hair="#2c231d"), 1),
        *((0.50, 1.86, 0.22), (0.1, 0, 1), (0.9, -0.5, -0.2), "open", 0.1, (8, 2), (9, -3, -6)),
    ),
    Stance(
        *(7.0, 0.10, 205.0, Wearer(1.70, 1.0, True, "#c79a79", "#33241a"), 1),
        *((0.36, 1.76, 0.30), (-0.3, 0, 1), (1.0, -0.6, -0.1), "wave", -0.7, (-20, 4), (6, -7, -12)),
    ),
    Stance(
        *(11.0, 0.0, 196.0, Wearer(1.86, 1.06, hair="#8a8178"), -1),
        *((0.40, 2.00, 0.16), (-0.2, 0.1, 1), (0.9, -0.5, -0.2), "open", -0.3, (14, 14), (10, 4, 8)),
    ),
)


def camera(scale: float) -> Camera:
    """From the foot of the stair, at a standing photographer's height, a long lens turned up a little."""
    return Camera((-1.5, 1.55, -9.6), (-0.03, 2.60, 0.4), 27, *upright(scale))


def _turned(way: P, yaw: float) -> P:
    """A direction of the world in the axes of somebody turned by `yaw` degrees."""
    c, s = float(np.cos(np.radians(yaw))), float(np.sin(np.radians(yaw)))
    return c * way[0] - s * way[2], way[1], s * way[0] + c * way[2]


def _own(world: P, at: P, yaw: float, size: float) -> P:
    """A place of the world in the axes of somebody standing at `at`."""
    return _turned(point((np.asarray(world) - np.asarray(at)) / size), yaw)


def _held(side: float, step: float) -> tuple[P, P, P]:
    """A hand round the handrail: the wrist's place, where the hand points and what the palm faces."""
    _, out, up = (np.asarray(v) for v in STAIR.slope(side))
    c, s = np.cos(np.radians(28)), np.sin(np.radians(28))
    ahead, palm = out * c - up * s, -up * c - out * s
    return point(np.asarray(STAIR.rail(side, step)) - ahead * 0.081 - palm * 0.038), point(ahead), point(palm)


def _crew() -> list[list[Thing]]:
    """Each with feet on two treads, one hand round the rail, the other arm up."""
    figures = []
    for one in CREW:
        size, yaw = one.wearer.height / 1.75, one.yaw
        at = STAIR.at(one.aside, one.tread)
        wrist, ahead, palm = _held(one.arm, one.tread + one.ahead)
        grip = {
            "": _own(wrist, at, yaw, size),
            "_ahead": _turned(ahead, yaw),
            "_palm": _turned(palm, yaw),
            "_shape": "rail",
            "_elbow": (-one.arm, -0.4, -0.5),
        }
        wave = {
            "": (one.raised[0] * one.arm, *one.raised[1:]),
            "_palm": (one.palm[0] * one.arm, *one.palm[1:]),
            "_shape": one.wave,
            "_elbow": (one.elbow[0] * one.arm, *one.elbow[1:]),
        }
        left, right = (grip, wave) if one.arm > 0 else (wave, grip)
        steps = (one.tread - 1, one.tread) if one.arm > 0 else (one.tread, one.tread - 1)
        lean, side, twist = one.trunk
        pose = Pose(
            left_foot=_own(STAIR.at(one.aside + 0.13, steps[0]), at, yaw, size),
            right_foot=_own(STAIR.at(one.aside - 0.13, steps[1]), at, yaw, size),
            toes=(-16, 20),
            sway=0.8 * one.arm,
            lean=lean,
            side=side,
            twist=twist,
            look=one.look,
            hips=(0.0, -0.10, 0.02),
            **{f"left{name}": value for name, value in left.items()},
            **{f"right{name}": value for name, value in right.items()},
        )
        figures.append(placed(suit(pose, one.wearer), at, yaw, size))
    return figures


def _vapour(film: Film, amount: float, seed: int, low: float = 0.44, from_: float = 0.0) -> None:
    """Cold breath of the tanks: soft veils that sink to the right, below a share `from_` of the height."""
    h, w = film.height, film.width
    y, x = np.mgrid[0:h, 0:w].astype(np.float32) / w
    u, v = x * 0.85 - y * 0.45, y * 0.40 + x * 0.24
    body = noise2(u, v, 2.6, seed, beta=2.6) * 0.8 + noise2(u * 1.2, v * 1.4, 1.1, seed + 1, beta=2.2) * 0.2
    lit = noise2(u + 0.02, v - 0.03, 1.3, seed + 2, beta=2.2)
    sunk = smoothstep(from_, from_ + 0.35, y * w / h + 0.35 * (from_ == 0))
    cover = blur(smoothstep(low, low + 0.34, body) * sunk * amount, w / 220)
    film.over(linear("#eef2f5") * (0.86 + 0.4 * smoothstep(0.3, 0.7, lit))[..., None], cover.astype(np.float32))


def _behind(view: Camera, film: Film, scale: float) -> None:
    """The frosted flank of a booster and the steel of the service cage, out of focus."""
    back = Camera(
        (view.eye[0] + 2.6, view.eye[1] + 9.9, view.eye[2] - 4.5),
        (view.target[0] + 2.6, view.target[1] + 9.9, view.target[2]),
        view.fov,
        view.width,
        view.height,
    )
    tone, cover = steel.draw(back, pad.cage(1, radius=6.5, levels=8, pitch=3.4, y=2.0), NOON, veil=0.22)
    film.over(tone, cover)
    film.image = blur(film.image, 5.0 * scale)
    flank, solid = rocket.render(back, 0.0, NOON, turn=20, samples=1)
    film.over_premultiplied(blur(frosted(flank, solid), 2.6 * scale), blur(solid, 2.6 * scale))


def render(scale: float) -> Array:
    """The picture."""
    view = camera(scale)
    film = Film(sky.day_sky(view, 0.2, 803, haze=0.8))
    _behind(view, film, scale)
    _vapour(film, 0.62, 805)
    cast = sculpted(view, [STAIR.parts(), *_crew()], NOON, rays=9, step=5)
    film.over_premultiplied(weathered(cast, view, STAIR), cast.alpha)
    _vapour(film, 0.30, 815, 0.46, from_=0.66)
    return film.develop(seed=8, exposure=1.1, vignette=0.16)
