"""What goes with clothes: shoes, hats, straps, bags; and the arms that short sleeves leave bare."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from studio.light import Array, vec
from studio.tailor import flesh
from studio.tailor.mesh import Mesh, P, from_grid, limb, loft
from studio.tailor.stage import Item, Stuff

if TYPE_CHECKING:
    from studio.tailor.bones import Bones

BLACK = Stuff("#161617", gloss=0.05, rough=0.4, mottle=0.1)


def bare_arm(s: Array, e: Array, w: Array, start: float) -> Mesh:
    """An arm from `start` (0 to 1 of the upper arm) to the wrist."""
    path = [s + (e - s) * start, s + (e - s) * (start * 0.6 + 0.4), e, e + (w - e) * 0.3, e + (w - e) * 0.75, w]
    radii = [(0.052, 0.052), (0.048, 0.048), (0.041, 0.043), (0.045, 0.043), (0.034, 0.031), (0.029, 0.024)]
    return from_grid(loft(path, radii, (0.3, 0.2, 1.0), 26, 18))


def shoe(b: Bones, i: int) -> list[Mesh]:
    """The left (0) or right (1) shoe."""
    a = b.ankles[i]
    out = -0.25 if i == 0 else 0.25
    heel, toe = vec(float(a[0]), 0.05, float(a[2]) - 0.045), vec(float(a[0]) + out * 0.2, 0.04, float(a[2]) + 0.17)
    return [
        limb(_p(heel), _p(toe), 0.047, 0.040, 0.9),
        limb(_p(vec(float(a[0]), 0.08, float(a[2]))), _p(a), 0.048, 0.045),
    ]


def hat(b: Bones, kind: str, paint: str, seed: int) -> list[Item]:
    """A hat of a kind (cap, back cap, hat, panama, scarf), or none (empty)."""
    cloth = Stuff(paint, rough=0.9, bump=0.05, grain=0.03)
    makers = {
        "cap": flesh.cap,
        "back cap": lambda x: flesh.cap(x, np.pi),
        "hat": lambda x: flesh.sun_hat(x, 0.175, seed),
        "panama": lambda x: flesh.sun_hat(x, 0.15, seed),
        "scarf": lambda x: flesh.scarf(x, seed),
    }
    return [Item(m, cloth) for m in makers[kind](b)] if kind else []


def strap(b: Bones) -> Mesh:
    """A bag's strap, from the left shoulder across the chest to the right hip and up the back."""
    stops = ((-0.12, 0.575, 0.0), (-0.06, 0.43, 0.150), (0.06, 0.24, 0.165), (0.19, 0.02, 0.10), (0.215, -0.06, 0.0))
    back = ((0.18, 0.06, -0.13), (0.0, 0.30, -0.165), (-0.10, 0.50, -0.11), (-0.12, 0.575, -0.01))
    path = [_p(b.spine(h, x, z)) for x, h, z in stops + back]
    return from_grid(loft(path, [(0.018, 0.004)] * len(path), _p(b.trunk @ vec(0.6, 0.6, 0)), 60, 10))


def bag(b: Bones) -> Mesh:
    """A reporter's bag on the left hip."""
    return limb(_p(b.spine(-0.16, 0.23, -0.06)), _p(b.spine(-0.16, 0.23, 0.10)), 0.10, 0.10, 0.6, (0, 1, 0), 24)


def pack(b: Bones, paint: str) -> list[Item]:
    """A rucksack."""
    path = [
        _p(b.spine(h, 0, -0.19 - d)) for h, d in ((0.02, 0.0), (0.05, 0.02), (0.25, 0.03), (0.42, 0.01), (0.47, -0.02))
    ]
    radii = [(0.02, 0.02), (0.15, 0.085), (0.16, 0.095), (0.14, 0.075), (0.02, 0.02)]
    cloth = Stuff(paint, rough=0.85, bump=0.10, grain=0.08)
    items = [Item(from_grid(loft(path, radii, _p(b.trunk @ vec(1, 0, 0)), 34, 40)), cloth)]
    pocket = limb(_p(b.spine(0.12, -0.05, -0.29)), _p(b.spine(0.12, 0.05, -0.29)), 0.075, 0.075, 0.6, (0, 1, 0), 24)
    items.append(Item(pocket, cloth))
    for x in (-0.105, 0.105):
        stops = ((0.40, -0.13), (0.545, -0.02), (0.44, 0.12), (0.24, 0.14), (0.10, -0.02))
        band = loft([_p(b.spine(h, x, z)) for h, z in stops], [(0.024, 0.006)] * 5, _p(b.trunk @ vec(1, 0, 0)), 40, 10)
        items.append(Item(from_grid(band), BLACK))
    return items


def _p(v: Array) -> P:
    return float(v[0]), float(v[1]), float(v[2])
