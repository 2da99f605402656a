"""The concrete table over the flame pit, its chute and walls, and what stands on it, as solids."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import numpy as np

from studio.solids import Point, Solid, beam, frustum, oriented, quad, triangle, tube
from studio.steel import GREEN, RUST, Bar, Face, lattice
from studio.surfaces import CONCRETE, EARTH, RUBBER, STEEL

if TYPE_CHECKING:
    from collections.abc import Iterable

HOLE = 7.8  # metres: the round opening the rocket hangs in
SLAB = 3.2  # its table's thickness
GREY, PALE, DIRT = "#a49c8e", "#b0a899", "#a08d70"
# The chute's section: from under the rocket down and out to the right.
CHUTE = ((-11, -5), (-10, -12), (-6.5, -19), (0, -25), (9, -29.5), (22, -32), (60, -33), (220, -33))


def from_bars(things: Iterable[Bar | Face], material: int = STEEL) -> list[Solid]:
    """Bars and faces as solids: bars up to a hand's width round, thicker ones square."""
    solids: list[Solid] = []
    for thing in things:
        if isinstance(thing, Face):
            a, *rest = thing.corners
            solids += [triangle(a, b, c, material, thing.paint) for b, c in itertools.pairwise(rest)]
        elif thing.width < 0.13:
            solids.append(tube(thing.a, thing.b, thing.width, material, thing.paint))
        else:
            solids.append(beam(thing.a, thing.b, thing.width, thing.width * 0.8, material, thing.paint))
    return solids


def block(low: Point, high: Point, material: int, paint: str) -> Solid:
    """A box with edges along the axes."""
    a, b = np.array(low, np.float64), np.array(high, np.float64)
    half = (b - a) / 2
    axes = (np.array((1.0, 0, 0)), np.array((0, 1.0, 0)), np.array((0, 0, 1.0)))
    return oriented((a + b) / 2, axes, (float(half[0]), float(half[1]), float(half[2])), material, paint)


def table(left: float = -160.0, right: float = 14.0, front: float = -14.0, back: float = 16.0) -> list[Solid]:
    """The slab with its hole, the wall below its held side and the piers below its free one."""
    h = HOLE + 0.4
    parts = [
        block((left, -SLAB, front), (-h, 0, back), CONCRETE, GREY),
        block((h, -SLAB, front), (right, 0, back), CONCRETE, GREY),
        block((-h, -SLAB, front), (h, 0, -h), CONCRETE, GREY),
        block((-h, -SLAB, h), (h, 0, back), CONCRETE, GREY),
        frustum((0, -SLAB, 0), (0, 1, 0), SLAB, HOLE, HOLE, CONCRETE, GREY),
        frustum((0, -0.45, 0), (0, 1, 0), 0.7, HOLE + 0.25, HOLE + 0.25, STEEL, "#6c5548"),
        block((left, -60, front + 0.6), (-11.0, -SLAB, back + 24), CONCRETE, "#b5ac9c"),
        block((left, -SLAB - 0.55, front - 0.25), (right + 0.25, -SLAB, front + 0.5), CONCRETE, GREY),
        block((left, -0.32, front - 0.12), (right, 0.16, front + 0.25), STEEL, "#8b7f56"),
        block((right - 0.2, -0.32, front), (right + 0.12, 0.16, back), STEEL, "#8b7f56"),
    ]
    rim = np.linspace(0, 2 * np.pi, 49)
    for a, b in itertools.pairwise(rim):
        pa, pb = ((HOLE * float(np.cos(t)), 0.0, HOLE * float(np.sin(t))) for t in (a, b))
        sa, sb = (_on_square(t, h) for t in (a, b))
        for y in (0.0, -SLAB):
            corners = [(p[0], y, p[2]) for p in (pa, pb, sb, sa)]
            parts += quad(*corners, CONCRETE, GREY)
    for i, x in enumerate(np.arange(left + 3.0, -12.0, 6.2)):
        wide = 0.55 + 0.12 * (i % 2)
        parts.append(block((x - wide, -60, front - 0.5), (x + wide, -SLAB - 0.5, front + 0.7), CONCRETE, PALE))
    for x in (-8.6, right - 1.4):
        for z in (front + 1.8, back - 3.0):
            parts.append(block((x - 0.9, -60, z - 0.9), (x + 0.9, -SLAB, z + 0.9), CONCRETE, GREY))
            parts.append(block((x - 1.4, -SLAB - 1.0, z - 1.4), (x + 1.4, -SLAB, z + 1.4), CONCRETE, GREY))
    return parts + _furniture(left, right, front)


def boom(side: int, start: float, end: float, y: float = 0.3, z: float = 7.0) -> list[Solid]:
    """Half of the service structure folded flat: a lattice boom, and on it the half rings of its balconies on edge."""
    rng = np.random.default_rng(40 + side)
    parts = from_bars(
        lattice((side * start, y + 2.4, z), (side * end, y + 3.4, z), (3.4, 2.8), 22, GREEN, RUST, 0.26, (0, 1, 0))
    )
    angles = np.radians(np.linspace(188, 352, 13))
    marks = np.arange(start + 1.0, end - 0.5, 3.6)
    for n, at in enumerate(marks):
        x, radius = side * float(at), 3.1 + 0.25 * float(np.sin(n * 1.7))
        middle = y + 7.0 + (at - start) / (end - start) * 1.0
        rings = [
            [(x + dx, middle + r * float(np.sin(a)), z + r * float(np.cos(a))) for a in angles]
            for r, dx in (
                (radius, 0.0),
                (radius + 1.15, 0.0),
                (radius + 1.15, side * 1.1),
                (radius + 1.15, side * 0.55),
            )
        ]
        shade = str(rng.choice(["#64735f", "#70806c", "#5a6857"]))
        for ring, wide in zip(rings, (0.16, 0.20, 0.055, 0.045), strict=True):
            parts += [tube(a, b, wide, STEEL, shade) for a, b in itertools.pairwise(ring)]
        for k in range(12):
            parts += quad(rings[0][k], rings[0][k + 1], rings[1][k + 1], rings[1][k], STEEL, "#3a423c")
        for k in range(13):
            parts.append(tube(rings[1][k], rings[2][k], 0.055, STEEL, "#a98f4c"))
            if n + 1 < len(marks) and k % 2 == 0 and rng.random() < 0.7:
                a = rings[1][k]
                parts.append(
                    tube(a, (a[0] + side * 3.6, a[1] + 0.1, a[2]), 0.10, STEEL, str(rng.choice([shade, "#6b4c3e"])))
                )
        for k in (0, 12):
            top = rings[1][k]
            parts.append(tube(top, (top[0], top[1] + float(rng.uniform(0.6, 2.0)), top[2]), 0.09, STEEL, shade))
        parts.append(beam((x, y + 0.8, z), (x, middle - radius, z), 0.3, 0.3, STEEL, "#4d584d"))
    for at in np.linspace(start + 1.5, end - 2, 5):
        parts.append(block((side * at - 0.5, y - 0.5, z - 1.6), (side * at + 0.5, y + 1.2, z + 1.6), STEEL, "#555a50"))
    return parts


def _on_square(angle: float, half: float) -> Point:
    x, z = float(np.cos(angle)), float(np.sin(angle))
    k = half / max(abs(x), abs(z))
    return x * k, 0.0, z * k


def _furniture(left: float, right: float, front: float) -> list[Solid]:
    """Railings, pipes along the edge, cabinets, drains, lamps."""
    rng = np.random.default_rng(8)
    parts: list[Solid] = []
    z = front + 0.15
    x = left
    while x < right:
        end = min(x + float(rng.uniform(8, 14)), right)
        bent = float(rng.normal(0, 0.03))
        stop = end - 0.25
        parts += [tube((x, h, z), (stop, h + bent, z), 0.055, STEEL, "#c9c6ba") for h in (0.45, 0.8, 1.15)]
        posts = np.linspace(x, stop, 7).tolist()
        parts += [tube((p, 0.0, z), (p, 1.15, z), 0.065, STEEL, "#c2bfb2") for p in posts]
        x = end
    for y, wide, paint in ((-1.15, 0.34, "#8f948c"), (-1.75, 0.24, "#7d5b45"), (-2.2, 0.16, "#9a988e")):
        parts.append(tube((left, y, front - 0.35), (right - 5.0, y, front - 0.35), wide, STEEL, paint))
        parts += [
            block((at - 0.07, y - 0.3, front - 0.55), (at + 0.07, y + 0.25, front), STEEL, "#5f625d")
            for at in np.arange(left + 1.5, right - 5, 4.7)
        ]
    for _ in range(16):
        at, tall, wide = float(rng.uniform(left, -13)), float(rng.uniform(0.8, 2.2)), float(rng.uniform(0.6, 1.8))
        deep = float(rng.uniform(-9, 8))
        paint = str(rng.choice(["#8d9487", "#b9b5a6", "#6d7568", "#99896a"]))
        parts.append(block((at, 0, deep), (at + wide, tall, deep + 1.0), STEEL, paint))
    for at in (-38.0, -24.0):
        parts.append(tube((at, 0, front + 1.2), (at, 5.2, front + 1.2), 0.16, STEEL, "#7a8078"))
        parts.append(block((at - 0.5, 5.1, front + 0.9), (at + 0.5, 5.5, front + 1.4), STEEL, "#4d504c"))
    for at in np.linspace(-40, 6, 9):
        end, sag = float(at) + 5.9, float(rng.uniform(0.25, 0.8))
        t = np.linspace(0, 1, 11)
        hung = np.stack(
            [at + (end - at) * t, -0.35 - sag * 4 * t * (1 - t), np.full(11, front - 0.42)], axis=1
        ).tolist()
        parts += [tube(tuple(a), tuple(b), 0.065, RUBBER, "#22211f") for a, b in itertools.pairwise(hung)]
    return parts


def pit(back: float = 40.0, right: float = 230.0) -> list[Solid]:
    """The chute under the table, the far wall of the pit and the apron behind it."""
    parts: list[Solid] = []
    for (x0, y0), (x1, y1) in itertools.pairwise(CHUTE):
        parts += quad((x0, y0, -13), (x1, y1, -13), (x1, y1, back), (x0, y0, back), CONCRETE, "#8a8174")
    parts += quad((-12, -60, back), (right, -60, back), (right, 0, back), (-12, 0, back), CONCRETE, "#a2998a")
    parts.append(block((-12, -0.6, back - 0.3), (right, 0.35, back + 0.5), CONCRETE, PALE))
    for x in np.arange(20.0, right, 16.0):
        parts.append(block((x - 0.7, -60, back - 1.0), (x + 0.7, -0.6, back), CONCRETE, PALE))
    parts += quad((-700, -0.05, 16), (-11, -0.05, 16), (-11, -0.05, back), (-700, -0.05, back), EARTH, DIRT)
    parts += quad((-11, -0.05, 15), (14, -0.05, 15), (14, -0.05, back), (-11, -0.05, back), CONCRETE, GREY)
    parts += quad(
        (-700, -0.05, back), (700, -0.05, back), (700, -0.05, back + 60), (-700, -0.05, back + 60), EARTH, DIRT
    )
    return parts + _yard(back)


def _yard(back: float) -> list[Solid]:
    """Cabins, tank wagons and stores on the far side of the pit."""
    rng = np.random.default_rng(21)
    parts: list[Solid] = []
    for x in (-58.0, -47.0, -29.0, 21.0, 33.0, 82.0, 104.0):
        wide, tall, deep = float(rng.uniform(4, 8)), float(rng.uniform(2.3, 3.2)), back + float(rng.uniform(16, 40))
        paint = str(rng.choice(["#d6d1c2", "#b9b7a6", "#c7bfa9"]))
        parts.append(block((x, -0.1, deep), (x + wide, tall, deep + 3.2), STEEL, paint))
        parts.append(block((x - 0.25, tall, deep - 0.3), (x + wide + 0.25, tall + 0.22, deep + 3.5), STEEL, "#77766d"))
        panes = np.arange(x + 0.8, x + wide - 1.0, 1.9).tolist()
        parts += [block((p, 1.0, deep - 0.06), (p + 0.9, 1.9, deep), STEEL, "#3c4446") for p in panes]
    for x in (-14.0, 2.0, 50.0):
        middle = (x, 2.4, back + 26.0)
        parts.append(frustum(middle, (1, 0, 0), 11.0, 1.45, 1.45, STEEL, "#c9c8be"))
        parts += [
            frustum((x + end, 2.4, back + 26.0), (1, 0, 0), 0.03, low, 1.46 - low, STEEL, "#b5b4aa")
            for end, low in ((-0.02, 0.01), (11.0, 1.45))
        ]
        parts.append(block((x, 0.2, back + 25.0), (x + 11.0, 1.0, back + 27.0), STEEL, "#3a3b39"))
    return parts
