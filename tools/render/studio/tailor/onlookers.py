"""Onlookers seen from behind: how they hold up phones and cameras, shade their eyes, point, carry a child."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from studio.light import Array, linear, mix, smoothstep, vec
from studio.noise import noise2
from studio.tailor import gear
from studio.tailor.bones import Stance, bones
from studio.tailor.dress import Cut, Outfit, dressed, hands, placed, seat
from studio.tailor.mesh import limb
from studio.tailor.stage import Item, Stuff

if TYPE_CHECKING:
    from studio.tailor.mesh import P

STANDING = Cut(rows=36, columns=28, steps=36, finer=2)


def _p(v: Array) -> P:
    return float(v[0]), float(v[1]), float(v[2])


def _small_picture(uv: Array, albedo: Array) -> tuple[Array, Array]:
    """What a phone shows: pale sky, a spark with its white tail, the dust line."""
    u, v = uv[:, 0], uv[:, 1]
    sky = mix(linear("#b9cbd9"), linear("#6d9acb"), smoothstep(0.15, 1.0, v)[:, None])
    dust = smoothstep(0.10, 0.0, np.abs(v - 0.17) - 0.05 * noise2(u, v, 0.9, 271)) * smoothstep(0.30, 0.6, u)
    picture = mix(sky, linear("#9a8468"), dust[:, None] * 0.8)
    picture = mix(picture, linear("#8d7c62"), smoothstep(0.16, 0.13, v)[:, None])
    tail = smoothstep(0.022, 0.004, np.abs(u - 0.47)) * smoothstep(0.26, 0.45, v) * smoothstep(0.64, 0.60, v)
    body = smoothstep(0.014, 0.006, np.abs(u - 0.47)) * smoothstep(0.58, 0.60, v) * smoothstep(0.80, 0.77, v)
    picture = mix(picture, linear("#e8e6e0") * 0.5, body[:, None])
    return (picture + tail[:, None] * vec(3.0, 2.4, 1.5)).astype(np.float32) + albedo * 0, np.zeros(len(u), np.float32)


SCREEN = Stuff("#000000", mottle=0.0, glow=0.85, weave=_small_picture)


def filming(stance: Stance, outfit: Outfit, seed: int, lying: bool = True, up: float = 0.10) -> list[Item]:
    """A phone in both hands before (`up` metres above) the eyes."""
    b = bones(stance)
    at = b.skull + vec(0, up, 0.0) + b.trunk @ vec(0, 0, 0.36)
    wide = 0.088 if lying else 0.050
    low = -0.035 if lying else -0.05
    left, right = at + vec(-wide, low, -0.01), at + vec(wide, low, -0.01)
    held = replace(stance, left=_p(left), right=_p(right), elbows=(0.75, -0.75, 0.2))
    b = bones(held)
    palms = ((0.85, 0.25, 0.45), (-0.85, 0.25, 0.45))
    way = _p(vec(-0.03, 0.20, 1))
    return [
        *dressed(held, outfit, seed, STANDING),
        *hands(b, palms, 0.55, outfit.skin),
        *gear.phone(_p(at), way, SCREEN, lying),
    ]


def one_handed(stance: Stance, outfit: Outfit, seed: int) -> list[Item]:
    """A phone held high in the right hand."""
    b = bones(stance)
    at = b.skull + vec(0.16, 0.36, 0.20)
    held = replace(stance, right=_p(at + vec(0.0, -0.07, -0.01)), elbows=(0.8, -0.3, 0.3))
    b = bones(held)
    return [
        *dressed(held, outfit, seed, STANDING),
        *hands(b, ((1, 0, 0), (-0.3, 0.5, 0.8)), 0.5, outfit.skin),
        *gear.phone(_p(at), (0, 0.18, 1), SCREEN, lying=False),
    ]


def photographing(stance: Stance, outfit: Outfit, seed: int, long: float = 0.30, pale: bool = False) -> list[Item]:
    """A camera with a long lens at the eye."""
    b = bones(stance)
    eye = b.skull + b.head @ vec(0.015, 0.005, 0.17)
    way, side = b.head @ vec(0, 0, 1), b.head @ vec(1, 0, 0)
    left = eye + way * (0.03 + long * 0.5) + vec(0, -0.065, 0)
    held = replace(stance, left=_p(left), right=_p(eye + side * 0.09), elbows=(0.8, -0.9, 0.0))
    b = bones(held)
    return [
        *dressed(held, outfit, seed, STANDING),
        *hands(b, ((0, 1, 0.2), _p(-side + way * 0.3)), 0.7, outfit.skin),
        *gear.camera(_p(eye), _p(way), long, pale),
    ]


def shading(stance: Stance, outfit: Outfit, seed: int) -> list[Item]:
    """The right hand over the eyes."""
    b = bones(stance)
    right = b.skull + b.head @ vec(0.05, 0.055, 0.13)
    held = replace(stance, right=_p(right), elbows=(1.0, -0.15, 0.1))
    b = bones(held)
    return [
        *dressed(held, outfit, seed, STANDING),
        *hands(b, ((1, 0, 0), (0, -1, 0)), 0.05, outfit.skin),
    ]


def pointing(stance: Stance, outfit: Outfit, seed: int) -> list[Item]:
    """The left arm stretched out towards the rocket."""
    held = replace(stance, left=(-0.30, 1.86, 0.50))
    b = bones(held)
    return [
        *dressed(held, outfit, seed, STANDING),
        *hands(b, ((0, -1, 0), (-1, 0, 0)), 0.35, outfit.skin),
    ]


def watching(stance: Stance, outfit: Outfit, seed: int) -> list[Item]:
    """Both hands at the mouth, or wherever the stance has them."""
    b = bones(stance)
    return [
        *dressed(stance, outfit, seed, STANDING),
        *hands(b, ((1, 0, 0.3), (-1, 0, 0.3)), 0.4, outfit.skin),
    ]


def carrying(stance: Stance, outfit: Outfit, child: Outfit, seed: int) -> list[Item]:
    """Somebody with a child riding on the shoulders."""
    b = bones(stance)
    held = replace(stance, left=(-0.17, 1.36, 0.20), right=(0.17, 1.36, 0.20), elbows=(0.5, -0.9, 0.0))
    rider = Stance(
        left=(-0.12, 1.36, 0.26),
        right=(0.46, 1.92, 0.16),
        lean=7,
        tilt=7,
        twist=14,
        nod=-12,
        look=-16,
        elbows=(0.8, -0.5, 0.2),
    )
    r = bones(rider)
    small = [
        *dressed(rider, child, seed + 11, STANDING),
        *hands(r, ((0, -1, 0), (0, 0, 1)), 0.15, child.skin),
    ]
    under = b.neck + vec(0, 0.01, -0.05) - vec(0, 0.92 * 0.64, 0)
    shorts = [seat(r)]
    for side in (-1.0, 1.0):
        hip, knee = r.hip + vec(side * 0.085, -0.04, -0.01), r.hip + vec(side * 0.16, -0.06, 0.26)
        shorts.append(limb(_p(hip), _p(knee), 0.092, 0.075))
    small += [Item(mesh, Stuff(child.legs)) for mesh in shorts]
    parent = [
        *dressed(held, outfit, seed, STANDING),
        *hands(bones(held), ((0, 0.3, -1), (0, 0.3, -1)), 0.5, outfit.skin),
    ]
    return parent + placed(small, _p(under), 0, 1.75 * 0.64)
