"""What is sewn and screwed to a Sokol suit: webbing straps, lacing, seams, patches, pockets, regulator, hoses."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import numpy as np

from studio.parts import P, Thing, brick, facing, rod, tube
from studio.skeleton import Joint, Limb, Skeleton, between, point, towards
from studio.suit_cloth import (
    ANODISED,
    HOSE,
    LACE,
    PANEL,
    PATCH,
    PATCH_RIM,
    POCKET,
    RUBBER,
    STEEL,
    THREAD,
    TRIM,
    TRIM_EDGE,
)
from studio.webbing import about, along, buckle, cord, laid, over, ribbon, seam

if TYPE_CHECKING:
    from studio.sculpt import Skin

WEBBING = 0.0195  # half the width of a strap, metres


def straps(s: Skeleton, nylon: Skin) -> list[Thing]:
    """Blue webbing over the shoulders to rings beside the regulator, on to the crotch and round the sides."""
    things: list[Thing] = []
    for side in (-1.0, 1.0):
        shoulder = [(0.115, 0.10, 140, 0), (0.118, 0.135, 85, 0), (0.118, 0.10, 25, 0), (0.095, 0.03, 0, 0)]
        shoulder += [(0.052, -0.065, 0, 0)]
        down = [(0.047, 0.045, 0, 0), (0.060, -0.05, 0, 0), (0.055, -0.15, 0, 0), (0.020, -0.262, 0, 0)]
        flank = [(0.055, -0.10, 0, 12), (0.04, -0.10, 0, 55), (0.0, -0.09, 0, 95), (0.0, -0.08, 0, 150)]
        for name, joint, path in (("s", s.chest, shoulder), ("d", s.waist, down), ("f", s.chest, flank)):
            line = laid(nylon, over(joint, [(side * x, y, up, side * yaw) for x, y, up, yaw in path]), WEBBING)
            things += ribbon(line, WEBBING, TRIM, TRIM_EDGE, f"strap {name}{side:.0f}")
            if line is not None and name != "f":
                things += buckle(line, -2 if name == "s" else 1, (0.025, 0.014), STEEL)
            if line is not None and name == "d":
                things += buckle(line, -1, (0.025, 0.012), STEEL)
            if name == "s" and line is not None and len(line.places) > 12:
                things += buckle(line, 12, (0.025, 0.010), STEEL)
    return things


def lacing(s: Skeleton, nylon: Skin) -> list[Thing]:
    """The placket down the middle of the chest, laced crosswise."""
    down = [(0.0, 0.105, 15, 0), (0.0, 0.02, 0, 0), (0.0, -0.05, 0, 0)]
    line = laid(nylon, over(s.chest, down, 8), 0.028)
    things = ribbon(line, 0.028, PANEL, THREAD, "placket")
    if line is None:
        return things
    for start in (-1.0, 1.0):
        signs = np.where(np.arange(len(line.places)) % 2 == 0, start, -start)[:, None]
        zigzag = line.places + line.across * signs * 0.017 + line.out * 0.006
        things += cord(zigzag, 0.0017, LACE, f"lace{start:.0f}")
    return things


def seams(s: Skeleton, nylon: Skin) -> list[Thing]:
    """Sewn seams: flanks, sleeves, knees and the sides of the legs."""
    things: list[Thing] = []
    for side in (-1.0, 1.0):
        flank = [(side * 0.11, -0.02, 0, side * 8), (side * 0.10, -0.10, 0, side * 8), (side * 0.11, -0.2, 0, side * 8)]
        things += seam(laid(nylon, over(s.chest, flank), 0.006), THREAD, f"flank{side:.0f}", 0.0022)
    for side, arm in zip((-1.0, 1.0), s.arms, strict=True):
        for a, b, share in ((arm.root, arm.bend, 0.45), (arm.bend, arm.end, 0.32)):
            rays = about(between(a, b, share), towards(a, b), arm.hint, -85, 85)
            things += seam(laid(nylon, rays, 0.006, 0.14), THREAD, f"arm{side:.0f}{share}", 0.0018, 0.006)
        rays = along(arm.bend, arm.end, arm.hint, 0.0, 0.8)
        things += seam(laid(nylon, rays, 0.006, 0.14), THREAD, f"sleeve{side:.0f}", 0.0022)
    for side, leg in zip((-1.0, 1.0), s.legs, strict=True):
        for a, b, share in ((leg.root, leg.bend, 0.88), (leg.bend, leg.end, 0.20)):
            rays = about(between(a, b, share), towards(a, b), leg.hint, -100, 100)
            things += seam(laid(nylon, rays, 0.006, 0.17), THREAD, f"knee{side:.0f}{share}", 0.0018, 0.007)
        face = point(np.asarray(leg.hint) * 0.72 + np.array((side * 0.69, 0, 0)))
        for a, b in ((leg.root, leg.bend), (leg.bend, leg.end)):
            line = laid(nylon, along(a, b, face, 0.1, 0.85), 0.006, 0.17)
            things += seam(line, THREAD, f"side{side:.0f}{a[1]:.2f}", 0.0022)
    return things


def patches(s: Skeleton, nylon: Skin) -> list[Thing]:
    """A round patch on the breast, a square one on each upper arm, a name's blank strip: nothing is written on them."""
    c = s.chest
    things: list[Thing] = []
    place = nylon.touch(c.at(-0.135, 0.005, 0.6), c.at(-0.135, 0.005, 0.0))
    if place is not None:
        j = Joint(place, facing(point(np.asarray(c.axes[2]) - 0.35 * np.asarray(c.axes[0])), c.axes[1]))
        things += [
            tube(j.at(0, 0, -0.02), j.at(0, 0, 0.005), 0.030, PATCH_RIM, edge=0.001, group="rim"),
            tube(j.at(0, 0, -0.02), j.at(0, 0, 0.0068), 0.0265, PATCH, edge=0.001, group="patch"),
            rod(j.at(-0.014, -0.012, 0.007), j.at(0.012, 0.014, 0.007), 0.002, 0.0012, PANEL, group="stroke"),
        ]
    strip = nylon.touch(c.at(0.150, 0.012, 0.6), c.at(0.150, 0.012, 0.0))
    if strip is not None:
        turn = facing(point(np.asarray(c.axes[2]) + 0.45 * np.asarray(c.axes[0])), c.axes[1])
        things.append(brick(strip, (0.040, 0.013, 0.006), TRIM, 0.002, turn=turn, group="strip"))
    return things


def pocket(leg: Limb, side: float, nylon: Skin) -> list[Thing]:
    """A bellows pocket on the thigh, its flap, the tab that opens it."""
    middle = between(leg.root, leg.bend, 0.58)
    outward = (side * 0.5, 0.0, 0.87)
    place = nylon.touch(point(np.asarray(middle) + 0.4 * np.asarray(outward)), middle) or middle
    axes = facing(outward, towards(leg.bend, leg.root))
    j = Joint(place, axes)
    things: list[Thing] = [
        brick(j.at(0, -0.01, -0.014), (0.064, 0.080, 0.024), POCKET, 0.014, soft=0.008, turn=axes, group="pocket"),
        brick(j.at(0, 0.058, -0.006), (0.070, 0.028, 0.022), POCKET, 0.008, soft=0.004, turn=axes, group="flap"),
        brick(j.at(0, 0.034, 0.016), (0.014, 0.017, 0.003), TRIM, 0.002, turn=axes, group="tab"),
    ]
    border = [(-0.055, 0.026), (-0.055, -0.078), (0.055, -0.078), (0.055, 0.026)]
    places = np.array([j.at(x, y, 0.0108) for x, y in border])
    return things + cord(places, 0.0014, THREAD, "pocket thread")


def regulator(s: Skeleton, nylon: Skin) -> list[Thing]:
    """The blue regulator in the middle of the chest; the hose on the left of the belly, the cable on the right."""
    c, w = s.chest, s.waist
    valve, left, right = (
        nylon.touch(j.at(x, y, 0.6), j.at(x, y, 0.0)) or j.at(x, y, 0.0)
        for j, x, y in ((c, 0.0, -0.10), (w, -0.115, 0.0), (w, 0.115, 0.0))
    )
    z = np.asarray(c.axes[2])

    def out(p: P, by: float) -> P:
        return point(np.asarray(p) + z * by)

    things: list[Thing] = [
        tube(out(valve, -0.03), out(valve, 0.018), 0.054, ANODISED, edge=0.004, group="valve"),
        tube(out(valve, 0.015), out(valve, 0.036), 0.040, ANODISED, edge=0.003, group="knob"),
        tube(out(valve, 0.03), out(valve, 0.048), 0.022, STEEL, edge=0.003, group="cap"),
        tube(out(left, -0.03), out(left, 0.022), 0.036, ANODISED, edge=0.003, group="port"),
        tube(out(right, -0.03), out(right, 0.020), 0.030, ANODISED, edge=0.003, group="port"),
    ]
    for n in range(8):  # screws round the flange
        turn = 2 * np.pi * (n + 0.5) / 8
        at = np.asarray(valve) + 0.047 * (np.cos(turn) * np.asarray(c.axes[0]) + np.sin(turn) * np.asarray(c.axes[1]))
        things.append(tube(out(point(at), 0.015), out(point(at), 0.0245), 0.004, STEEL, edge=0.001, group="screw"))
    things += _hose(
        [out(left, 0.02), out(w.at(-0.16, -0.06, 0.20), 0.03), w.at(-0.235, -0.18, 0.17), w.at(-0.215, -0.33, 0.11)],
        0.020,
    )
    cable = curve([out(right, 0.02), w.at(0.165, -0.06, 0.215), w.at(0.22, -0.18, 0.17), w.at(0.20, -0.29, 0.12)], 14)
    things += cord(np.array(cable), 0.010, RUBBER, "cable")
    things.append(tube(cable[-1], between(cable[-2], cable[-1], 4.0), 0.017, STEEL, edge=0.002))
    return things


def curve(points: list[P], count: int) -> list[P]:
    """A smooth path through four points."""
    a, b, c, d = (np.asarray(p) for p in points)
    return [
        point(a * (1 - t) ** 3 + 3 * b * (1 - t) ** 2 * t + 3 * c * (1 - t) * t * t + d * t**3)
        for t in np.linspace(0, 1, count)
    ]


def _hose(points: list[P], radius: float) -> list[Thing]:
    """A corrugated hose with a metal end."""
    places = curve(points, 46)
    things: list[Thing] = []
    for i, (a, b) in enumerate(itertools.pairwise(places)):
        wide = radius if i % 2 else radius * 0.84
        things.append(tube(a, b, wide, HOSE, 0.002, edge=0.002, group="hose"))
    things.append(tube(places[-1], between(places[-2], places[-1], 7.0), radius * 1.15, STEEL, edge=0.002))
    return things
