"""Press photographers: how they stand, what they wear and hold while water comes down on them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from studio.light import Array, vec
from studio.tailor import gear
from studio.tailor.bones import Stance, bones
from studio.tailor.dress import Cut, Outfit, dressed, hands

if TYPE_CHECKING:
    from studio.tailor.mesh import P
    from studio.tailor.stage import Item, Weave


@dataclass(frozen=True)
class Kit:
    """A photographer's camera: length of the lens in metres, a pale barrel, a flash on top."""

    long: float = 0.13
    pale: bool = False
    flash: bool = False


def _p(v: Array) -> P:
    return float(v[0]), float(v[1]), float(v[2])


def _shifted(p: Array, x: float, y: float, z: float) -> P:
    return _p(p + vec(x, y, z))


def shooting(stance: Stance, outfit: Outfit, kit: Kit, seed: int, cut: Cut | None = None) -> list[Item]:
    """The camera before the eye: nothing of the face to see."""
    skull = bones(stance)
    eye = skull.skull + skull.head @ vec(0.015, 0.005, 0.165)
    way = skull.head @ vec(0, 0, 1)
    side = skull.head @ vec(1, 0, 0)
    left = eye + way * (0.05 + kit.long * 0.45) + vec(0, -0.055, 0) - side * 0.01
    right = eye + side * 0.088 + vec(0, -0.012, 0)
    held = replace(stance, left=_p(left), right=_p(right), elbows=(0.38, -1.0, 0.0))
    b = bones(held)
    palms = (_p(vec(0, 1, 0) + way * 0.2), _p(-side + way * 0.2))
    return [
        *dressed(held, outfit, seed, cut),
        *hands(b, palms, 0.75, outfit.skin),
        *gear.camera(_p(eye), _p(way), kit.long, kit.pale, kit.flash),
    ]


def overhead(stance: Stance, outfit: Outfit, kit: Kit, seed: int, cut: Cut | None = None) -> list[Item]:
    """The camera held high over the others' heads, aimed by guess."""
    skull = bones(stance).skull
    at = skull + vec(0.0, 0.40, 0.20)
    held = replace(
        stance, left=_shifted(at, -0.07, -0.03, 0.03), right=_shifted(at, 0.085, -0.01, 0.0), elbows=(0.8, 0, 0.5)
    )
    b = bones(held)
    return [
        *dressed(held, outfit, seed, cut),
        *hands(b, ((0.8, 0.3, 0.2), (-0.8, 0.1, 0.2)), 0.7, outfit.skin),
        *gear.camera(_p(at), (0, -0.22, 1), kit.long, kit.pale, kit.flash),
    ]


def ducking(stance: Stance, outfit: Outfit, kit: Kit, seed: int, cut: Cut | None = None) -> list[Item]:
    """Bent down, one arm over the head, the camera hugged to the chest."""
    bent = replace(stance, crouch=stance.crouch + 0.20, lean=stance.lean + 34, nod=stance.nod + 42)
    b = bones(bent)
    left, right = b.spine(0.30, 0.02, 0.24), b.skull + vec(0.02, 0.10, 0.12)
    held = replace(bent, left=_p(left), right=_p(right), elbows=(0.9, 0.1, 0.5))
    b = bones(held)
    return [
        *dressed(held, outfit, seed, cut),
        *hands(b, ((0, 0, -1), (0, -1, -0.3)), 0.45, outfit.skin),
        *gear.camera(_p(b.spine(0.24, 0.03, 0.24)), _p(b.trunk @ vec(0.4, -0.7, 0.5)), kit.long, kit.pale, kit.flash),
    ]


def shielding(stance: Stance, outfit: Outfit, kit: Kit, seed: int, cut: Cut | None = None) -> list[Item]:
    """Turned half away, a spread hand out against the water, the camera held low behind it."""
    b = bones(stance)
    left, right = b.skull + b.trunk @ vec(-0.10, 0.03, 0.32), b.spine(0.16, 0.16, 0.24)
    held = replace(stance, left=_p(left), right=_p(right))
    b = bones(held)
    return [
        *dressed(held, outfit, seed, cut),
        *hands(b, ((0, 0.3, 1), (-1, 0, 0.3)), 0.22, outfit.skin),
        *gear.camera(
            _p(right + b.trunk @ vec(-0.085, 0.0, 0.02)), _p(b.trunk @ vec(-0.3, -0.5, 0.8)), kit.long, kit.pale
        ),
    ]


def laughing(stance: Stance, outfit: Outfit, kit: Kit, seed: int, cut: Cut | None = None) -> list[Item]:
    """Reeling back with the head turned aside, forearm across the face."""
    back = replace(stance, lean=stance.lean - 9, nod=stance.nod + 10)
    b = bones(back)
    left, right = b.spine(0.20, -0.20, 0.22), b.skull + b.trunk @ vec(-0.08, 0.02, 0.20)
    held = replace(back, left=_p(left), right=_p(right), elbows=(0.9, -0.1, 0.35))
    b = bones(held)
    return [
        *dressed(held, outfit, seed, cut),
        *hands(b, ((1, 0, 0.2), (0, 0.2, 1)), 0.3, outfit.skin),
        *gear.camera(_p(left + b.trunk @ vec(0.08, 0.0, 0.02)), _p(b.trunk @ vec(0.4, -0.6, 0.6)), kit.long, kit.pale),
    ]


def checked(paint: Array, strength: float = 0.7, size: float = 0.05) -> Weave:
    """A shirt's checks, `size` metres wide, in a second paint."""

    def woven(uv: Array, albedo: Array) -> tuple[Array, Array]:
        lines = ((uv / size % 1) < 0.28).sum(axis=-1) * np.float32(0.5)
        return (albedo + (paint - albedo) * (lines * strength)[:, None]).astype(np.float32), np.zeros(
            len(uv), np.float32
        )

    return woven
