"""A Sokol pressure suit as worn to the rocket: baggy white nylon, blue trim, soft hood, visor up, grey boots."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from studio import harness
from studio.body import Build, shell
from studio.hands import hand
from studio.heads import Head, locks
from studio.hood import hood
from studio.parts import Fold, Thing, brick, egg, facing, rod, skin, tube
from studio.sculpt import Skin
from studio.skeleton import Joint, Limb, Pose, Skeleton, between, point, stand, towards
from studio.suit_cloth import ANODISED, BOOT, GLOVE, NYLON, SOLE, STEEL, TRIM


@dataclass(frozen=True)
class Wearer:
    """Who is in the suit: height and girth, and the skin's and hair's paint."""

    height: float = 1.78
    girth: float = 1.05
    woman: bool = False
    skin: str = "#d6ab8e"
    hair: str = "#3a2c22"


def suit(pose: Pose, wearer: Wearer) -> list[Thing]:
    """Somebody in the suit, standing on y 0 of their own axes, sized as an adult of 1.75 m."""
    build = Build(1.75, wearer.girth, 0.35, wearer.woman)
    s = stand(pose, 0.178 if wearer.woman else 0.19)
    body = _body(s, build)
    nylon = Skin(body)
    look = Head(skin(wearer.skin), locks(wearer.hair), narrow=0.94 if wearer.woman else 1.0)
    things: list[Thing] = [*body, *hood(s, look)]
    for sewn in (harness.straps, harness.lacing, harness.seams, harness.patches, harness.regulator):
        things += sewn(s, nylon)
    hands = ((pose.left_shape, pose.left_palm, pose.left_ahead), (pose.right_shape, pose.right_palm, pose.right_ahead))
    for side, arm, (shape, palm, ahead) in zip((-1.0, 1.0), s.arms, hands, strict=True):
        things += _cuff(arm, side)
        forward = ahead or towards(arm.bend, arm.end)
        things += hand(arm.end, forward, palm, side, shape, GLOVE, 1.24, f"glove{side:.0f}", 1.10)
    for side, leg, foot in zip((-1.0, 1.0), s.legs, s.feet, strict=True):
        things += harness.pocket(leg, side, nylon)
        things += _boot(leg, foot, side)
    return things


def _body(s: Skeleton, b: Build) -> list[Thing]:
    """The bag of nylon: trunk, sleeves and legs in one piece, gathered wherever it bends."""
    c, w, p = s.chest, s.waist, s.pelvis
    parts: list[Thing] = [*shell(s, b, NYLON, 0.034)]
    parts += [
        egg(w.at(0, -0.05, 0.075), (0.135, 0.13, 0.085), NYLON, 0.08, w.axes),
        egg(p.at(0, -0.03, 0.0), (0.185, 0.13, 0.150), NYLON, 0.08, p.axes),
        egg(c.at(0, 0.10, -0.085), (0.125, 0.11, 0.075), NYLON, 0.07, c.axes),
        Fold(w.at(0, -0.09, 0.03), w.axes[1], w.axes[2], 0.24, 0.022, 0.070),
        Fold(w.at(0.12, 0.03, 0.02), w.axes[1], (0.7, 0.0, 0.7), 0.20, 0.018, 0.060),
        Fold(p.at(0.07, -0.12, 0.06), (0.62, 0.78, 0.0), p.axes[2], 0.17, 0.020, 0.050),
        Fold(p.at(-0.07, -0.12, 0.06), (-0.62, 0.78, 0.0), p.axes[2], 0.17, 0.020, 0.050),
    ]
    for side, arm in zip((-1.0, 1.0), s.arms, strict=True):
        parts += _sleeve(s, arm, side)
    for leg in s.legs:
        parts += _trouser(leg)
    return parts


def _sleeve(s: Skeleton, arm: Limb, side: float) -> list[Thing]:
    inside = (-arm.hint[0], -arm.hint[1], -arm.hint[2])
    along = towards(arm.root, arm.end)
    slope = between(arm.root, s.chest.at(side * 0.14, 0.13, -0.012), 0.4)
    return [
        rod(s.chest.at(side * 0.05, 0.145, -0.02), slope, 0.055, 0.068, NYLON, 0.07),
        rod(arm.root, between(arm.root, arm.bend, 0.55), 0.088, 0.082, NYLON, 0.06),
        rod(between(arm.root, arm.bend, 0.4), arm.bend, 0.082, 0.078, NYLON, 0.05),
        rod(arm.bend, between(arm.bend, arm.end, 0.55), 0.077, 0.070, NYLON, 0.04),
        rod(between(arm.bend, arm.end, 0.5), between(arm.bend, arm.end, 0.84), 0.070, 0.052, NYLON, 0.04),
        Fold(arm.bend, along, inside, 0.18, 0.022, 0.055),
        Fold(between(arm.bend, arm.end, 0.6), towards(arm.bend, arm.end), arm.hint, 0.14, 0.022, 0.045),
        Fold(between(arm.root, arm.bend, 0.35), towards(arm.root, arm.bend), inside, 0.16, 0.022, 0.055),
        Fold(between(arm.root, s.waist.at(0, 0, 0), 0.22), along, (-side * 0.5, -0.8, 0.3), 0.16, 0.016, 0.05),
    ]


def _trouser(leg: Limb) -> list[Thing]:
    behind = (-leg.hint[0], -leg.hint[1], -leg.hint[2])
    line = towards(leg.root, leg.end)
    return [
        rod(leg.root, between(leg.root, leg.bend, 0.6), 0.122, 0.108, NYLON, 0.07),
        rod(between(leg.root, leg.bend, 0.5), leg.bend, 0.110, 0.096, NYLON, 0.05),
        rod(leg.bend, between(leg.bend, leg.end, 0.5), 0.096, 0.088, NYLON, 0.05),
        rod(between(leg.bend, leg.end, 0.45), between(leg.bend, leg.end, 0.82), 0.088, 0.074, NYLON, 0.04),
        Fold(leg.bend, line, behind, 0.22, 0.024, 0.065),
        Fold(leg.bend, line, leg.hint, 0.15, 0.020, 0.040),
        Fold(between(leg.bend, leg.end, 0.72), towards(leg.bend, leg.end), leg.hint, 0.20, 0.024, 0.055),
        Fold(between(leg.root, leg.bend, 0.35), towards(leg.root, leg.bend), leg.hint, 0.22, 0.022, 0.08),
    ]


def _cuff(arm: Limb, side: float) -> list[Thing]:
    """Blue wrist ring, the glove's gauntlet with its strap; a gauge on the left wrist, a mirror on the right."""
    start, stop = between(arm.bend, arm.end, 0.86), between(arm.bend, arm.end, 0.925)
    group = f"glove{side:.0f}"
    things: list[Thing] = [
        tube(between(arm.bend, arm.end, 0.80), start, 0.058, NYLON, 0.02, 0.060, 0.004),
        tube(start, stop, 0.0600, ANODISED, edge=0.005, group=f"wrist{side:.0f}"),
        tube(between(arm.bend, arm.end, 0.885), between(arm.bend, arm.end, 0.90), 0.0625, STEEL, edge=0.003),
        tube(stop, between(arm.bend, arm.end, 1.03), 0.050, GLOVE, 0.012, 0.037, 0.004, group=group),
        tube(between(arm.bend, arm.end, 0.985), between(arm.bend, arm.end, 1.02), 0.0455, TRIM, 0.002, edge=0.002),
    ]
    at, out = np.asarray(between(arm.bend, arm.end, 0.70)), np.asarray(arm.hint)
    if side < 0:
        things += [
            tube(point(at + out * 0.055), point(at + out * 0.090), 0.027, STEEL, edge=0.003, group="gauge"),
            tube(point(at + out * 0.080), point(at + out * 0.094), 0.021, TRIM, edge=0.001, group="dial"),
        ]
    else:
        turn = facing(arm.hint, towards(arm.bend, arm.end))
        things.append(brick(point(at + out * 0.078), (0.026, 0.036, 0.012), STEEL, 0.004, turn=turn, group="mirror"))
    return things


def _boot(leg: Limb, foot: Joint, side: float) -> list[Thing]:
    """A grey boot: soft shaft, blue band, toe cap and thick sole."""
    j = Joint((leg.end[0], leg.end[1], leg.end[2]), foot.axes)
    flat = (j.axes[0], j.axes[2], j.axes[1])
    group, sole = f"boot{side:.0f}", f"sole{side:.0f}"
    shaft = between(leg.end, leg.bend, 0.30)
    return [
        tube(j.at(0, -0.02, -0.005), shaft, 0.066, BOOT, 0.03, 0.078, 0.006, group=group),
        tube(between(leg.end, leg.bend, 0.27), between(leg.end, leg.bend, 0.315), 0.104, TRIM, edge=0.004),
        rod(j.at(0, -0.025, -0.02), j.at(0, -0.035, 0.03), 0.062, 0.058, BOOT, 0.04, group=group),
        rod(j.at(0, -0.030, -0.02), j.at(side * 0.006, -0.036, 0.135), 0.052, 0.050, BOOT, 0.04, group=group),
        rod(j.at(0, -0.070, -0.045), j.at(side * 0.006, -0.070, 0.155), 0.052, 0.058, SOLE, 0.01, 0.26, flat, sole),
        Fold(j.at(0, 0.02, 0.03), (0.0, 1.0, 0.0), foot.axes[2], 0.12, 0.016, 0.035),
    ]
