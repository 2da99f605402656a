"""Slide 8: three white suits on a steep stair at the rocket's foot, one arm each up. Upright."""

from __future__ import annotations

import numpy as np
from studio import pad, rocket, sky, steel
from studio.camera import Camera, upright
from studio.film import Film, blur
from studio.light import NOON, Array, linear, smoothstep
from studio.noise import noise2
from studio.parts import P, Thing, placed
from studio.sculpt import render as sculpted
from studio.skeleton import Pose
from studio.stair import Stair
from studio.suit import Wearer, suit

STAIR = Stair(foot=(-0.62, 0.0, -0.9), heading=27.0, treads=15)
# Who stands on which tread, how far to the rail's side, and which way they turn (degrees): commander lowest.
CREW: tuple[tuple[float, float, Wearer, float], ...] = (
    (3.0, 0.08, Wearer(1.78, 1.06, hair="#2c231d"), 192.0),
    (7.0, 0.13, Wearer(1.70, 1.0, True, "#c79a79", "#33241a"), 204.0),
    (11.0, 0.08, Wearer(1.86, 1.06, hair="#8a8178"), 197.0),
)


def camera(scale: float) -> Camera:
    """From the foot of the stair, at a standing photographer's height, a long lens turned up a little."""
    return Camera((-1.5, 1.55, -9.6), (-0.03, 2.60, 0.4), 27, *upright(scale))


def _own(world: P, at: P, yaw: float, size: float) -> P:
    """A place of the world in the axes of somebody standing at `at`."""
    x, y, z = ((w - a) / size for w, a in zip(world, at, strict=True))
    c, s = float(np.cos(np.radians(yaw))), float(np.sin(np.radians(yaw)))
    return c * x - s * z, y, s * x + c * z


def _crew() -> list[list[Thing]]:
    """Each with feet on two treads, one hand on the rail, the other arm up."""
    figures = []
    raised: tuple[P, ...] = ((0.49, 1.90, 0.20), (0.45, 1.76, 0.30), (0.31, 2.02, 0.12))
    for i, ((tread, aside, wearer, yaw), wave) in enumerate(zip(CREW, raised, strict=True)):
        size = wearer.height / 1.75
        at = STAIR.at(aside, tread)
        grip = _own(STAIR.rail(1.0, tread + 0.2), at, yaw, size)
        lower = _own(STAIR.at(aside + 0.13, tread - 1, 0.0, -0.02), at, yaw, size)
        upper = _own(STAIR.at(aside - 0.13, tread, 0.0, 0.0), at, yaw, size)
        pose = Pose(
            left=(grip[0], grip[1] + 0.03, grip[2]),
            right=wave,
            left_foot=lower,
            right_foot=upper,
            toes=(-16, 20),
            sway=(0.9, 0.6, 0.8)[i],
            lean=(9, 7, 8)[i],
            side=(-3, -5, -2)[i],
            twist=(-6, -10, 4)[i],
            look=((4, 4), (-10, 6), (6, 12))[i],
            hips=(0.0, -0.10, 0.02),
            left_shape="grip",
            right_shape="open",
            left_palm=(0.25, -1, 0),
            right_palm=((0.1, 0, 1), (-0.3, 0, 1), (-0.2, 0.1, 1))[i],
            left_elbow=(-1, -0.4, -0.5),
            right_elbow=(0.9, -0.5, -0.2),
        )
        figures.append(placed(suit(pose, wearer), at, yaw, size))
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
    film.over_premultiplied(*rocket.render(back, 0.0, NOON, turn=20, samples=1))
    film.image = blur(film.image, 5.0 * scale)


def render(scale: float) -> Array:
    """The picture."""
    view = camera(scale)
    film = Film(sky.day_sky(view, 0.2, 803, haze=0.8))
    _behind(view, film, scale)
    _vapour(film, 0.62, 805)
    cast = sculpted(view, [STAIR.parts(), *_crew()], NOON, rays=12, step=3)
    film.over_premultiplied(cast.colour, cast.alpha)
    _vapour(film, 0.30, 815, 0.46, from_=0.66)
    return film.develop(seed=8, exposure=1.1, vignette=0.16)
