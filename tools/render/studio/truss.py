"""The support trusses near enough to touch: box chords, doubled braces, gussets, ladders, pipes, heads and weights."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from studio.solids import Point, Solid, beam, oriented, tube
from studio.surfaces import RUBBER, STEEL

Vector = NDArray[np.float64]
CHORD, BRACE, HEAD, RAIL, PIPE = "#55645a", "#6d5246", "#a98a3f", "#b99a4a", "#8a8d86"
GRATING, ROD, HOSE = "#3b403c", "#b9bcb8", "#1f2120"


@dataclass
class Frame:
    """A leaning frame of reference: `up` along the truss, `across` and `inward` (towards the rocket) at its foot."""

    foot: Vector
    up: Vector
    across: Vector
    inward: Vector
    parts: list[Solid] = field(default_factory=list)
    rng: np.random.Generator = field(default_factory=lambda: np.random.default_rng(5))

    def at(self, height: float, side: float, deep: float) -> Point:
        """A point so far up, sideways and inward."""
        p = self.foot + self.up * height + self.across * side + self.inward * deep
        return float(p[0]), float(p[1]), float(p[2])

    def bar(self, a: Point, b: Point, width: float, paint: str, depth: float | None = None) -> None:
        """A box bar whose paint is a little its own."""
        tone = tuple(map(float, self.inward))
        self.parts.append(beam(a, b, width, width if depth is None else depth, STEEL, self.worn(paint), tone))

    def pipe(self, a: Point, b: Point, width: float, paint: str, material: int = STEEL) -> None:
        """A round bar."""
        self.parts.append(tube(a, b, width, material, self.worn(paint)))

    def plate(self, centre: Point, half: tuple[float, float, float], paint: str) -> None:
        """A block with half sides along up, across and inward."""
        axes = (self.up, self.across, self.inward)
        self.parts.append(oriented(np.array(centre), axes, half, STEEL, self.worn(paint)))

    def worn(self, paint: str) -> str:
        """`paint` lighter or darker by up to a seventh, for no two members were painted in the same year."""
        factor = 1 + 0.14 * float(self.rng.uniform(-1, 1))
        warm = 1 + 0.05 * float(self.rng.uniform(-1, 1))
        r, g, b = (int(paint[i : i + 2], 16) for i in (1, 3, 5))
        r, g, b = (min(255, round(v)) for v in (r * factor * warm, g * factor, b * factor / warm))
        return f"#{r:02x}{g:02x}{b:02x}"

    def hose(self, marks: list[Point], width: float, sag: float) -> None:
        """A cable hanging from mark to mark."""
        for a, b in itertools.pairwise(marks):
            steps = 7
            line = [np.array(a) + (np.array(b) - np.array(a)) * (i / steps) for i in range(steps + 1)]
            for i, p in enumerate(line):
                p[1] -= sag * 4 * (i / steps) * (1 - i / steps)
            for p, q in itertools.pairwise(line):
                self.parts.append(tube(tuple(p), tuple(q), width, RUBBER, HOSE))


def support(azimuth: float, open_: float, length: float = 18.0, reach: float = 9.0, y: float = 0.4) -> list[Solid]:
    """One support truss at `azimuth` degrees round the rocket, leaning out by `open_` degrees."""
    a, lean = np.radians(azimuth), np.radians(open_)
    out = np.array((np.sin(a), 0.0, np.cos(a)))
    top = np.array((0.0, 1.0, 0.0))
    up = top * np.cos(lean) + out * np.sin(lean)
    inward = -out * np.cos(lean) + top * np.sin(lean)
    seed = int(azimuth * 10) % 3600
    frame = Frame(out * reach + top * y, up, np.cross(out, top), inward, rng=np.random.default_rng(seed))
    _lattice(frame, length)
    _ladder(frame, length)
    _services(frame, length)
    _head(frame, length)
    _pivot(frame, out)
    return frame.parts


def _sides(t: float) -> tuple[float, float]:
    """Half the truss's width and depth at a share of its length."""
    return 1.75 - 0.95 * t, 1.35 - 0.72 * t


def _lattice(f: Frame, length: float) -> None:
    bays = 9
    marks = [length * (i / bays) ** 0.92 for i in range(bays + 1)]
    corners = ((-1, -1), (1, -1), (1, 1), (-1, 1))

    def node(i: int, c: int) -> Point:
        w, d = _sides(marks[i] / length)
        return f.at(marks[i], corners[c][0] * w, corners[c][1] * d)

    for i in range(bays):
        for c in range(4):
            n = (c + 1) % 4
            f.bar(node(i, c), node(i + 1, c), 0.34 - 0.012 * i, CHORD)
            f.bar(node(i + 1, c), node(i + 1, n), 0.17, CHORD if i % 3 else BRACE)
            broad = c % 2 == 0
            pairs = ((c, n), (n, c)) if not broad else (((c, n),) if i % 2 else ((n, c),))
            for one, two in pairs:
                _double(f, node(i, one), node(i + 1, two), 0.115)
            _gusset(f, node(i + 1, c), corners[c], broad)
        if i % 3 == 2:
            f.bar(node(i, 0), node(i, 2), 0.10, BRACE)


def _double(f: Frame, a: Point, b: Point, width: float) -> None:
    """A brace of two angles with packing plates between."""
    gap = f.inward * 0.085
    for sign in (-1, 1):
        p, q = np.array(a) + gap * sign, np.array(b) + gap * sign
        f.bar(tuple(p), tuple(q), width, BRACE, 0.05)
    for t in (0.3, 0.5, 0.7):
        middle = np.array(a) + (np.array(b) - np.array(a)) * t
        f.plate(tuple(middle), (0.07, 0.07, 0.10), BRACE)


def _gusset(f: Frame, at: Point, corner: tuple[int, int], broad: bool) -> None:
    """Plates at a node, on the two faces that meet there."""
    middle = np.array(at) - f.across * corner[0] * 0.30
    f.plate(tuple(middle), (0.40, 0.30, 0.022 if broad else 0.03), CHORD)
    middle = np.array(at) - f.inward * corner[1] * 0.24
    f.plate(tuple(middle), (0.34, 0.022, 0.24), CHORD)


def _ladder(f: Frame, length: float) -> None:
    """A ladder inside with hoops, and landings with rails."""
    for side in (-0.26, 0.26):
        f.bar(f.at(0.5, side, -0.5), f.at(length - 1.2, side, -0.2), 0.06, RAIL)
    for i in range(round((length - 2) / 0.34)):
        h = 0.8 + 0.34 * i
        deep = -0.5 + 0.3 * h / length
        f.bar(f.at(h, -0.26, deep), f.at(h, 0.26, deep), 0.035, RAIL)
    for t in (0.24, 0.46, 0.68, 0.88):
        w, d = _sides(t)
        h = t * length
        f.plate(f.at(h, 0, -d - 0.35), (0.035, w + 0.35, 0.55), GRATING)
        for lift in (0.38, 0.72, 1.05):
            f.bar(f.at(h + lift, -w - 0.3, -d - 0.85), f.at(h + lift, w + 0.3, -d - 0.85), 0.045, RAIL)
            for side in (-w - 0.3, w + 0.3):
                f.bar(f.at(h + lift, side, -d - 0.85), f.at(h + lift, side, -d + 0.1), 0.045, RAIL)
        for k in range(5):
            side = (-1 + 0.5 * k) * (w + 0.3)
            f.bar(f.at(h, side, -d - 0.85), f.at(h + 1.05, side, -d - 0.85), 0.05, RAIL)


def _services(f: Frame, length: float) -> None:
    """Pipes up one chord, hoses up another."""
    for side, deep, width, paint in (
        (-1.02, 0.86, 0.17, PIPE),
        (-0.86, 1.04, 0.11, "#7c5a44"),
        (1.06, 0.8, 0.13, PIPE),
    ):
        marks = [(t * length, side * _sides(t)[0], deep * _sides(t)[1]) for t in (0.05, 0.35, 0.65, 0.96)]
        for a, b in itertools.pairwise(marks):
            f.pipe(f.at(*a), f.at(*b), width, paint)
        for h, s, d in marks:
            f.plate(f.at(h, s, d), (0.06, 0.17, 0.17), CHORD)
    for shift in (0.0, 0.14, 0.30):
        marks = [
            f.at(t * length, _sides(t)[0] * 0.8 + shift * 0.4, _sides(t)[1] + 0.12) for t in np.linspace(0.1, 0.98, 6)
        ]
        f.hose(marks, 0.075 + 0.03 * (shift > 0.2), 0.10 + 0.25 * shift)


def _head(f: Frame, length: float) -> None:
    """The yoke that held the rocket: a box girder, two bent arms with pads, a railed platform."""
    w, d = _sides(1.0)
    f.plate(f.at(length + 0.15, 0, 0), (0.30, w + 0.55, d + 0.1), HEAD)
    f.plate(f.at(length + 0.15, 0, d + 0.12), (0.42, w + 0.75, 0.05), HEAD)
    for side in (-1, 1):
        s = side * (w + 0.1)
        shoulder, elbow, tip = (
            f.at(length + 0.3, s, 0.2),
            f.at(length + 1.25, s, 0.75),
            f.at(length + 1.55, s * 0.9, 1.75),
        )
        f.bar(shoulder, elbow, 0.36, HEAD, 0.44)
        f.bar(elbow, tip, 0.30, HEAD, 0.36)
        f.plate(elbow, (0.26, 0.24, 0.26), HEAD)
        f.plate(tip, (0.34, 0.30, 0.10), HEAD)
        f.plate(f.at(length + 1.56, s * 0.9, 1.88), (0.30, 0.26, 0.05), GRATING)
        f.pipe(f.at(length - 0.5, s, 0.75), f.at(length + 0.85, s, 0.95), 0.20, CHORD)
        f.pipe(f.at(length + 0.85, s, 0.95), f.at(length + 1.35, s, 1.15), 0.11, ROD)
        f.pipe(f.at(length + 0.5, s - 0.3, -0.25), f.at(length + 0.5, s + 0.3, -0.25), 0.5, GRATING)
        for k in range(3):
            f.plate(f.at(length + 0.45 + 0.28 * k, s, 0.30 + 0.17 * k), (0.03, 0.27, 0.30), HEAD)
    f.plate(f.at(length + 0.05, 0, -d - 0.75), (0.04, w + 0.8, 0.75), GRATING)
    for lift in (0.40, 0.75, 1.1):
        f.bar(f.at(length + lift, -w - 0.8, -d - 1.45), f.at(length + lift, w + 0.8, -d - 1.45), 0.05, RAIL)
        for side in (-w - 0.8, w + 0.8):
            f.bar(f.at(length + lift, side, -d - 1.45), f.at(length + lift, side, -d), 0.05, RAIL)
    for k in range(6):
        side = (-1 + 0.4 * k) * (w + 0.8)
        f.bar(f.at(length, side, -d - 1.45), f.at(length + 1.1, side, -d - 1.45), 0.06, RAIL)
    f.bar(f.at(length + 0.2, w + 0.7, -d - 1.2), f.at(length + 2.4, w + 0.7, -d - 1.2), 0.09, CHORD)
    f.plate(f.at(length + 2.4, w + 0.7, -d - 1.0), (0.16, 0.22, 0.20), "#c8c6bc")


def _pivot(f: Frame, out: Vector) -> None:
    """The foot: hinge plates and pin, two hydraulic cylinders, the counterweight."""
    for side in (-2.0, -1.5, 1.5, 2.0):
        f.plate(f.at(0.0, side, -0.1), (0.95, 0.09, 0.85), CHORD)
    f.pipe(f.at(0, -2.4, 0), f.at(0, 2.4, 0), 0.62, GRATING)
    ground = f.foot + out * 4.6
    for side in (-1.05, 1.05):
        low = ground + f.across * side
        low[1] = f.foot[1] + 0.1
        high = np.array(f.at(6.0, side * 0.9, -1.1))
        f.plate((low[0], low[1] + 0.1, low[2]), (0.42, 0.42, 0.5), CHORD)
        middle = low + (high - low) * 0.62
        f.pipe(tuple(low), tuple(middle), 0.50, HEAD)
        f.pipe(tuple(middle), tuple(high), 0.26, ROD)
        f.pipe(tuple(middle - (high - low) * 0.02), tuple(middle + (high - low) * 0.012), 0.60, GRATING)
        f.hose([tuple(low + np.array((0, 0.5, 0))), tuple(middle)], 0.07, 0.35)
    for k in range(4):
        f.plate(f.at(-0.9, -1.35 + 0.9 * k, -2.5), (0.85, 0.40, 0.75), HEAD)
    f.plate(f.at(-0.7, 0, -1.4), (0.18, 1.9, 0.9), CHORD)


def supports(open_: float, turn: float, length: float = 18.0, reach: float = 9.0, y: float = 0.4) -> list[Solid]:
    """All four support trusses."""
    return [s for a in (45, 135, 225, 315) for s in support(a + turn, open_, length, reach, y)]
