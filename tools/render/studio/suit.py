"""A Sokol pressure suit as worn to the rocket: baggy white nylon, blue trim, soft hood, visor up, grey boots."""

from __future__ import annotations

import itertools
from dataclasses import dataclass

import numpy as np
from scipy.ndimage import uniform_filter1d

from studio.body import Build, shell
from studio.hands import hand
from studio.heads import Head, head, locks
from studio.parts import (
    Fold,
    Material,
    P,
    Part,
    Thing,
    ball,
    brick,
    carved,
    egg,
    plastic,
    ring,
    rod,
    sheet,
    skin,
    tube,
    turned_by,
)
from studio.sculpt import Skin
from studio.skeleton import Joint, Limb, Pose, Skeleton, between, point, stand, towards

NYLON = Material(
    "#dfe2e2",
    crumple=0.013,
    crumple_size=0.085,
    drape=0.85,
    rough=0.62,
    specular=0.035,
    sheen=0.10,
    weave=0.16,
    thin=0.05,
    mottle=0.05,
)
LINING = Material("#cfd6d8", crumple=0.008, crumple_size=0.05, rough=0.8, sheen=0.2, mottle=0.08)
TRIM = Material("#2450b4", rough=0.75, sheen=0.3, weave=0.3, mottle=0.12)
ANODISED = Material("#2f63c8", rough=0.28, metal=0.85, specular=0.05, mottle=0.04)
STEEL = Material("#c9ccd0", rough=0.25, metal=1.0)
GLOVE = Material("#d9dcd9", rough=0.75, crumple=0.003, crumple_size=0.018, sheen=0.15, weave=0.2, gathers=False)
BOOT = Material("#7d8488", rough=0.6, crumple=0.006, crumple_size=0.04, weave=0.2, mottle=0.15)
SOLE = Material("#3a3d40", rough=0.7)
RUBBER = plastic("#4d565e", 0.5)
HOSE = Material("#7f8f9f", rough=0.5, specular=0.04)
CAP, CAP_PALE = Material("#1b1c1e", rough=0.8, sheen=0.3), Material("#e4e4e0", rough=0.8, sheen=0.3)
VISOR = Material("#dfe9ee", rough=0.16, specular=0.05, clear=0.93)


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
    things: list[Thing] = [*body, *_trim(s, nylon), *_chest(s, nylon), *_hood(s, wearer)]
    shapes = ((pose.left_shape, pose.left_palm), (pose.right_shape, pose.right_palm))
    for side, arm, (shape, palm) in zip((-1.0, 1.0), s.arms, shapes, strict=True):
        things += _cuff(arm, side)
        things += hand(arm.end, towards(arm.bend, arm.end), palm, side, shape, GLOVE, 1.30, f"glove{side:.0f}")
    for side, leg, foot in zip((-1.0, 1.0), s.legs, s.feet, strict=True):
        things += _pocket(leg, side, nylon)
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
        Fold(w.at(0, -0.08, 0.05), w.axes[1], w.axes[2], 0.26, 0.030, 0.075),
        Fold(w.at(0, 0.04, 0.02), w.axes[1], (0.7, 0.0, 0.7), 0.22, 0.022, 0.065),
        Fold(p.at(0, -0.12, 0.08), p.axes[1], p.axes[2], 0.22, 0.032, 0.05, 11.0),
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
        Fold(arm.bend, along, inside, 0.18, 0.030, 0.055),
        Fold(between(arm.bend, arm.end, 0.6), towards(arm.bend, arm.end), arm.hint, 0.14, 0.022, 0.045),
        Fold(between(arm.root, arm.bend, 0.35), towards(arm.root, arm.bend), inside, 0.16, 0.022, 0.055),
        Fold(between(arm.root, s.waist.at(0, 0, 0), 0.22), along, (-side * 0.5, -0.8, 0.3), 0.20, 0.027, 0.05, 9.0),
    ]


def _trouser(leg: Limb) -> list[Thing]:
    behind = (-leg.hint[0], -leg.hint[1], -leg.hint[2])
    line = towards(leg.root, leg.end)
    return [
        rod(leg.root, between(leg.root, leg.bend, 0.6), 0.122, 0.108, NYLON, 0.07),
        rod(between(leg.root, leg.bend, 0.5), leg.bend, 0.110, 0.096, NYLON, 0.05),
        rod(leg.bend, between(leg.bend, leg.end, 0.5), 0.096, 0.088, NYLON, 0.05),
        rod(between(leg.bend, leg.end, 0.45), between(leg.bend, leg.end, 0.82), 0.088, 0.074, NYLON, 0.04),
        Fold(leg.bend, line, behind, 0.22, 0.032, 0.065),
        Fold(leg.bend, line, leg.hint, 0.16, 0.022, 0.055),
        Fold(between(leg.bend, leg.end, 0.72), towards(leg.bend, leg.end), leg.hint, 0.20, 0.032, 0.055),
        Fold(between(leg.root, leg.bend, 0.35), towards(leg.root, leg.bend), leg.hint, 0.22, 0.022, 0.08),
    ]


def _seam(nylon: Skin, joint: Joint, path: list[tuple[float, float]], paint: Material, width: float) -> list[Thing]:
    """A strip of trim along `path` (x, y of the joint), laid on the front of the suit."""
    fine = [
        (a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t)
        for a, b in itertools.pairwise(path)
        for t in np.linspace(0, 1, 10)
    ]
    met = [nylon.touch(joint.at(float(x), float(y), 0.6), joint.at(float(x), float(y), 0.0)) for x, y in fine]
    lying = np.array([p for p in met if p is not None])
    if len(lying) < 2:
        return []
    # Webbing does not follow every wrinkle: it is drawn tight over them.
    taut = uniform_filter1d(lying, 9, axis=0, mode="nearest") + np.asarray(joint.axes[2]) * 0.004
    points = [point(p) for p in taut]
    return [rod(a, b, width, width, paint, 0.004, 0.28, joint.axes, "trim") for a, b in itertools.pairwise(points)]


def _trim(s: Skeleton, nylon: Skin) -> list[Thing]:
    """Blue straps from the shoulders to the valve and on to the groin, a blue belt line."""
    things: list[Thing] = []
    for side in (-1.0, 1.0):
        down = [(side * 0.150, 0.150), (side * 0.110, 0.03), (side * 0.055, -0.10), (side * 0.048, -0.19)]
        things += _seam(nylon, s.chest, down, TRIM, 0.0138)
        things += _seam(
            nylon, s.waist, [(side * 0.048, -0.01), (side * 0.075, -0.12), (side * 0.125, -0.19)], TRIM, 0.013
        )
        things += _seam(nylon, s.chest, [(side * 0.13, -0.045), (side * 0.052, -0.075)], TRIM, 0.0115)
    return things


def _chest(s: Skeleton, nylon: Skin) -> list[Thing]:
    """The blue regulator in the middle of the chest; the hose on the left of the belly, the cable on the right."""
    c, w = s.chest, s.waist
    valve = nylon.touch(c.at(0, -0.10, 0.6), c.at(0, -0.10, 0.0)) or c.at(0, -0.10, 0.0)
    left = nylon.touch(w.at(-0.10, 0.035, 0.6), w.at(-0.10, 0.035, 0.0)) or w.at(-0.10, 0.035, 0.0)
    right = nylon.touch(w.at(0.10, 0.035, 0.6), w.at(0.10, 0.035, 0.0)) or w.at(0.10, 0.035, 0.0)
    z = np.asarray(c.axes[2])

    def out(p: P, by: float) -> P:
        x, y, depth = (float(v) for v in np.asarray(p) + z * by)
        return x, y, depth

    things: list[Thing] = [
        tube(out(valve, -0.03), out(valve, 0.018), 0.054, ANODISED, edge=0.004, group="valve"),
        tube(out(valve, 0.015), out(valve, 0.036), 0.040, ANODISED, edge=0.003, group="knob"),
        tube(out(valve, 0.03), out(valve, 0.048), 0.022, STEEL, edge=0.003, group="cap"),
        tube(out(left, -0.03), out(left, 0.022), 0.036, ANODISED, edge=0.003, group="port"),
        tube(out(right, -0.03), out(right, 0.020), 0.030, ANODISED, edge=0.003, group="port"),
    ]
    things += _hose(
        [out(left, 0.02), out(w.at(-0.15, -0.03, 0.20), 0.03), w.at(-0.215, -0.15, 0.19), w.at(-0.205, -0.31, 0.13)],
        0.021,
    )
    cable = [out(right, 0.02), w.at(0.155, -0.03, 0.215), w.at(0.20, -0.16, 0.19), w.at(0.19, -0.27, 0.14)]
    curve = _curve(cable, 14)
    things += [rod(a, b, 0.010, 0.010, RUBBER, 0.004, group="cable") for a, b in itertools.pairwise(curve)]
    things.append(tube(curve[-1], between(curve[-2], curve[-1], 4.0), 0.017, STEEL, edge=0.002))
    return things


def _curve(points: list[P], count: int) -> list[P]:
    """A smooth path through four points."""
    a, b, c, d = (np.asarray(p) for p in points)
    places = []
    for t in np.linspace(0, 1, count):
        u = 1 - t
        x, y, z = (float(v) for v in a * u**3 + 3 * b * u * u * t + 3 * c * u * t * t + d * t**3)
        places.append((x, y, z))
    return places


def _hose(points: list[P], radius: float) -> list[Thing]:
    """A corrugated hose with a metal end."""
    places = _curve(points, 30)
    things: list[Thing] = []
    for i, (a, b) in enumerate(itertools.pairwise(places)):
        wide = radius if i % 2 else radius * 0.82
        things.append(rod(a, b, wide, wide, HOSE, 0.004, group="hose"))
    things.append(tube(places[-1], between(places[-2], places[-1], 5.0), radius * 1.15, STEEL, edge=0.002))
    return things


def _hood(s: Skeleton, who: Wearer) -> list[Thing]:
    """Neck ring, head in its headset cap, the soft hood behind it, the visor swung up over the forehead."""
    j, base = s.head, s.neck[0]
    look = Head(skin(who.skin), locks(who.hair), narrow=0.94 if who.woman else 1.0)
    collar = Joint(base, s.chest.axes)
    things: list[Thing] = list(head(j, s.neck, look))
    things += [
        ring(collar.at(0, 0.022, 0.022), (0.118, 0.122), 0.013, ANODISED, tall=0.010, turn=collar.axes, group="neck"),
        egg(j.at(0, 0.046, -0.020), (0.083, 0.085, 0.104), CAP, 0.02, j.axes, "cap"),
        egg(j.at(0, -0.02, -0.03), (0.083, 0.075, 0.075), CAP, 0.03, j.axes, "cap"),
        carved(egg(j.at(0, -0.022, 0.095), (0.070, 0.088, 0.075), CAP, turn=j.axes, group="cap"), 0.010),
        egg(j.at(0, 0.085, -0.02), (0.030, 0.055, 0.098), CAP_PALE, 0.004, j.axes, "stripe"),
        rod(j.at(-0.08, -0.035, 0.03), j.at(-0.035, -0.075, 0.105), 0.004, 0.004, RUBBER, group="boom"),
        ball(j.at(-0.030, -0.074, 0.107), 0.010, RUBBER, group="boom"),
    ]
    for side in (-1.0, 1.0):
        cup = tube(j.at(side * 0.072, -0.01, 0.0), j.at(side * 0.098, -0.01, 0.0), 0.036, RUBBER, edge=0.006)
        things.append(cup)
        things.append(rod(j.at(side * 0.078, -0.03, 0.02), j.at(side * 0.03, -0.108, 0.055), 0.007, 0.007, CAP, 0.004))
    soft = Material("#dcdfe0", crumple=0.012, crumple_size=0.05, rough=0.7, sheen=0.15, weave=0.16, thin=0.10)
    group = "hood"
    things += [
        egg(j.at(0, 0.010, -0.065), (0.150, 0.165, 0.120), soft, 0.04, j.axes, group),
        egg(collar.at(0, 0.03, -0.03), (0.150, 0.075, 0.140), soft, 0.05, collar.axes, group),
        carved(egg(j.at(0, 0.010, 0.045), (0.108, 0.132, 0.150), soft, turn=j.axes, group=group), 0.016),
        carved(egg(j.at(0, -0.085, 0.16), (0.10, 0.10, 0.12), soft, turn=j.axes, group=group), 0.03),
        Fold(j.at(0, -0.10, -0.08), j.axes[1], (0.0, 0.0, -1.0), 0.2, 0.024, 0.04),
    ]
    things += _visor(j)
    return things


def _visor(j: Joint) -> list[Thing]:
    """The clear bubble above the forehead, its blue hinged rim."""
    up = Joint(j.at(0, 0.085, -0.030), _nodded(j, -66))
    shellish = [
        egg(up.at(0, 0.0, 0.060), (0.122, 0.118, 0.105), VISOR, 0.004, up.axes, "visor"),
        carved(egg(up.at(0, 0.0, 0.048), (0.118, 0.114, 0.101), VISOR, turn=up.axes, group="visor"), 0.003),
        carved(brick(up.at(0, 0.0, -0.10), (0.3, 0.3, 0.16), VISOR, turn=up.axes, group="visor"), 0.003),
    ]
    flat = (up.axes[0], up.axes[2], (-up.axes[1][0], -up.axes[1][1], -up.axes[1][2]))
    rim = ring(up.at(0, 0.0, 0.056), (0.125, 0.121), 0.0075, ANODISED, turn=flat, group="rim")
    hinges: list[Part] = [
        tube(j.at(side * 0.128, 0.055, -0.005), j.at(side * 0.148, 0.055, -0.005), 0.022, ANODISED, edge=0.003)
        for side in (-1.0, 1.0)
    ]
    return [*shellish, rim, *hinges]


def _nodded(j: Joint, degrees: float) -> tuple[P, P, P]:
    """The joint's axes nodded on."""
    plain = Joint((0.0, 0.0, 0.0), j.axes)
    a, b, c = (plain.at(*row) for row in turned_by(0, degrees))
    return a, b, c


def _cuff(arm: Limb, side: float) -> list[Thing]:
    """Blue wrist ring, the glove's gauntlet; a gauge on the left wrist, a mirror on the right."""
    ring_at = between(arm.bend, arm.end, 0.86), between(arm.bend, arm.end, 0.925)
    things: list[Thing] = [
        tube(*ring_at, 0.0625, ANODISED, edge=0.005, group=f"wrist{side:.0f}"),
        tube(ring_at[1], between(arm.bend, arm.end, 1.04), 0.047, GLOVE, 0.01, 0.041, 0.004, group=f"glove{side:.0f}"),
    ]
    back = (arm.hint[0] * 0.06, arm.hint[1] * 0.06, arm.hint[2] * 0.06)
    at = between(arm.bend, arm.end, 0.72)
    place = (at[0] + back[0], at[1] + back[1], at[2] + back[2])
    if side < 0:
        top = (at[0] + back[0] * 1.45, at[1] + back[1] * 1.45, at[2] + back[2] * 1.45)
        things.append(tube(place, top, 0.026, STEEL, edge=0.003))
    else:
        things.append(sheet(place, (0.024, 0.032, 0.004), 0.0, STEEL))
    return things


def _pocket(leg: Limb, side: float, nylon: Skin) -> list[Thing]:
    """A bellows pocket with a flap on the thigh."""
    middle = between(leg.root, leg.bend, 0.60)
    outward = (side * 0.45, 0.0, 0.9)
    start = (middle[0] + outward[0] * 0.5, middle[1], middle[2] + outward[2] * 0.5)
    place = nylon.touch(start, middle) or middle
    axes = turned_by(side * 26.6, 8)
    j = Joint(place, axes)
    return [
        brick(j.at(0, 0, -0.008), (0.062, 0.085, 0.022), NYLON, 0.016, soft=0.01, turn=axes, group="pocket"),
        brick(j.at(0, 0.068, 0.004), (0.066, 0.030, 0.016), NYLON, 0.010, soft=0.006, turn=axes, group="flap"),
        brick(j.at(0, 0.046, 0.020), (0.018, 0.010, 0.003), TRIM, 0.002, turn=axes),
    ]


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
