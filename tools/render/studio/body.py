"""The body inside a suit: ribs, chest, waist and seat of any build, made of melting parts for `studio.sculpt`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from studio.parts import Material, P, Part, egg

if TYPE_CHECKING:
    from studio.skeleton import Joint, Skeleton


@dataclass(frozen=True)
class Build:
    """A body: height in metres, girth (1 is lean), belly 0 to 1, and whether shoulders are narrower than hips."""

    height: float = 1.75
    girth: float = 1.0
    belly: float = 0.15
    woman: bool = False


def shell(s: Skeleton, b: Build, paint: Material, ease: float, group: str = "", hips: bool = True) -> list[Part]:
    """Ribs, chest, waist, belly, maybe hips and seat, `ease` metres of cloth round them."""
    c, w, p, g = s.chest, s.waist, s.pelvis, b.girth
    wide, seat = (0.90, 1.08) if b.woman else (1.0, 1.0)

    def e(j: Joint, at: P, half: P, soft: float = 0.07) -> Part:
        return egg(j.at(*at), (half[0] + ease, half[1] + ease, half[2] + ease), paint, soft, j.axes, group)

    parts = [
        e(c, (0, -0.01, 0.0), (0.148 * g * wide, 0.19, 0.110 * g)),
        e(c, (0, 0.085, 0.004), (0.160 * wide, 0.085, 0.094)),
        e(w, (0, 0.0, 0.0), (0.136 * g * wide, 0.15, 0.098 * g)),
        e(w, (0, -0.03, 0.040 + 0.05 * b.belly), (0.115 * g, 0.115, 0.05 + 0.09 * b.belly)),
    ]
    if hips:
        parts.append(e(p, (0, 0.02, 0.0), (0.152 * g * seat, 0.10, 0.108 * g)))
        parts += [e(p, (x, -0.04, -0.045), (0.085 * g, 0.075, 0.086 * g), 0.06) for x in (-0.07, 0.07)]
    for side in (-1.0, 1.0):
        parts += [
            e(c, (side * 0.072 * wide, 0.03, 0.070), (0.064, 0.058, 0.040 + (0.02 if b.woman else 0.0)), 0.06),
            e(c, (side * 0.075 * wide, 0.03, -0.070), (0.068, 0.10, 0.040), 0.06),
        ]
    return parts
