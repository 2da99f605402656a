"""The lower half of a person: hips, legs in trousers, shorts or a skirt, shoes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.parts import Fold, Material, Thing, egg, rod, tube
from studio.skeleton import Joint, Limb, Skeleton, between, towards

if TYPE_CHECKING:
    from studio.outfit import Build, Outfit


def hips(s: Skeleton, o: Outfit, b: Build) -> list[Thing]:
    """Hips and seat in trousers, or a skirt."""
    p, g, m = s.pelvis, b.girth, o.bottom
    wide = 1.08 if b.woman else 1.0
    parts: list[Thing] = [
        egg(p.at(0, 0.01, 0.0), (0.158 * g * wide, 0.115, 0.112 * g), m, 0.06, p.axes),
        egg(p.at(-0.07, -0.05, -0.045), (0.082 * g, 0.092, 0.085 * g), m, 0.05, p.axes),
        egg(p.at(0.07, -0.05, -0.045), (0.082 * g, 0.092, 0.085 * g), m, 0.05, p.axes),
        Fold(p.at(0, -0.11, 0.05), p.axes[1], p.axes[2], 0.15, 0.010, 0.04, 12.0),
        Fold(p.at(0, -0.13, -0.08), p.axes[1], (0.0, 0.0, -1.0), 0.15, 0.009, 0.04, 10.0),
    ]
    if o.legs == "skirt":
        knees = between(s.legs[0].bend, s.legs[1].bend, 0.5)
        low = (knees[0], knees[1] - 0.06, knees[2])
        parts.append(tube(low, p.at(0, -0.02, 0), 0.215 * g, m, 0.05, 0.165 * g, 0.004, 0.82, p.axes))
    return parts


def leg_and_cloth(leg: Limb, side: float, o: Outfit, b: Build) -> list[Thing]:
    """Thigh, knee, calf, and the trouser leg that breaks on the shoe."""
    g, m = (b.girth - 1) * 0.7 + 1, o.bottom
    hint = leg.hint
    back = (-hint[0], -hint[1], -hint[2])
    group = f"leg{side:.0f}"
    calf = between(leg.bend, leg.end, 0.30)
    behind = (calf[0] + back[0] * 0.018, calf[1] + back[1] * 0.018, calf[2] + back[2] * 0.018)
    thigh = between(leg.root, leg.bend, 0.4)
    ahead = (thigh[0] + hint[0] * 0.016, thigh[1] + hint[1] * 0.016, thigh[2] + hint[2] * 0.016)
    parts: list[Thing] = []
    if o.legs == "trousers":
        hem = between(leg.bend, leg.end, 1.0)
        low = (hem[0], hem[1] - 0.035, hem[2] + 0.005)
        parts += [
            rod(leg.root, leg.bend, 0.094 * g, 0.068 * g, m, 0.05),
            rod(ahead, between(leg.root, leg.bend, 0.75), 0.080 * g, 0.062 * g, m, 0.05),
            rod(leg.bend, between(leg.bend, leg.end, 0.85), 0.067 * g, 0.060, m, 0.03),
            rod(behind, between(leg.bend, leg.end, 0.6), 0.060 * g, 0.056, m, 0.04),
            tube(low, between(leg.bend, leg.end, 0.7), 0.066, m, 0.03, 0.060, 0.004),
            Fold(leg.bend, towards(leg.root, leg.end), back, 0.14, 0.011, 0.04, 11.0),
            Fold(leg.bend, towards(leg.root, leg.end), hint, 0.12, 0.006, 0.05),
            Fold(low, towards(leg.bend, leg.end), hint, 0.17, 0.013, 0.05),
        ]
        return parts
    if o.legs == "shorts":
        parts += [
            rod(leg.root, between(leg.root, leg.bend, 0.7), 0.098 * g, 0.082 * g, m, 0.05),
            tube(
                between(leg.root, leg.bend, 0.86),
                between(leg.root, leg.bend, 0.4),
                0.088 * g,
                m,
                0.03,
                0.084 * g,
                0.004,
            ),
        ]
    return [
        *parts,
        rod(leg.root, leg.bend, 0.082 * g, 0.052 * g, o.skin, 0.04, group=group),
        rod(leg.bend, leg.end, 0.050 * g, 0.034, o.skin, 0.03, group=group),
        rod(behind, between(leg.bend, leg.end, 0.55), 0.050 * g, 0.036, o.skin, 0.05, group=group),
        rod(leg.end, (leg.end[0], leg.end[1] - 0.05, leg.end[2]), 0.035, 0.034, o.skin, 0.02, group=group),
    ]


def shoe(foot: Joint, leg: Limb, side: float, paint: Material) -> list[Thing]:
    """A shoe with its sole, where the leg truly ends."""
    lift = leg.end[1] - foot.origin[1]
    j = Joint((leg.end[0], foot.origin[1] + max(lift, 0.0), leg.end[2]), foot.axes)
    group = f"shoe{side:.0f}"
    sole = Material("#1a1817", rough=0.7)
    return [
        rod(j.at(0, -0.045, -0.03), j.at(0, -0.01, -0.005), 0.037, 0.038, paint, 0.03, group=group),
        rod(j.at(0, -0.045, -0.02), j.at(0, -0.052, 0.12), 0.039, 0.034, paint, 0.03, group=group),
        egg(j.at(side * 0.004, -0.058, 0.125), (0.044, 0.026, 0.062), paint, 0.02, j.axes, group),
        rod(
            j.at(0, -0.078, -0.035),
            j.at(side * 0.004, -0.078, 0.05),
            0.036,
            0.032,
            sole,
            0.01,
            0.2,
            (j.axes[0], j.axes[2], j.axes[1]),
            group,
        ),
        rod(
            j.at(side * 0.004, -0.078, 0.05),
            j.at(side * 0.006, -0.077, 0.142),
            0.036,
            0.044,
            sole,
            0.01,
            0.2,
            (j.axes[0], j.axes[2], j.axes[1]),
            group,
        ),
    ]
