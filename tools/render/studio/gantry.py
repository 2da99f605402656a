"""The service structure closed round the rocket, near enough to show its balconies, stairs, screens and lamps."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field

import numpy as np

from studio.steel import DARK, GREEN, RUST, YELLOW, Bar, Face, Point, lattice

# Height of each floor, its outer and inner radius: wide round the boosters, close round the upper stages.
FLOORS = (
    (3.4, 6.9, 5.3),
    (6.8, 6.8, 4.8),
    (10.1, 6.6, 4.5),
    (13.6, 6.4, 4.1),
    (17.2, 6.2, 3.5),
    (20.4, 5.9, 2.7),
    (23.9, 5.7, 2.4),
    (27.2, 5.5, 2.3),
    (30.8, 5.3, 2.3),
    (34.1, 5.1, 2.4),
    (37.6, 4.9, 2.4),
)
STEPS = 12  # segments of a half ring


@dataclass
class Half:
    """One half of the structure: its steel and the lamps that burn on it (x, y, z)."""

    steel: list[Bar | Face] = field(default_factory=list)
    lamps: list[Point] = field(default_factory=list)


def closed(side: int, seed: int = 4, gap: float = 11.0) -> Half:
    """The left (-1) or right (+1) half; `gap` is the angle in degrees left open in front and behind."""
    rng = np.random.default_rng(seed + side)
    half = Half()
    top = FLOORS[-1][0]
    foot, head = (side * 11.2, 0.0, 0.0), (side * 7.2, top + 3.2, 0.0)
    half.steel += lattice(foot, head, (4.6, 2.0), 17, GREEN, GREEN, 0.30)
    half.steel += lattice((side * 12.6, 0.0, 0.0), (side * 10.4, 9.0, 0.0), (6.4, 3.2), 3, GREEN, RUST, 0.34)
    _stairs(half, side)
    rings = [_floor(half, side, floor, gap, rng) for floor in FLOORS]
    for low, high in itertools.pairwise(rings):
        _bay(half, low, high, rng)
    _crown(half, side, top)
    return half


def _ring(side: int, radius: float, y: float, gap: float) -> list[Point]:
    angles = np.radians(np.linspace(gap, 180 - gap, STEPS + 1)) * side
    return [(radius * float(np.sin(a)), y, radius * float(np.cos(a))) for a in angles]


def _floor(
    half: Half, side: int, floor: tuple[float, float, float], gap: float, rng: np.random.Generator
) -> list[Point]:
    """A balcony: grating on ribs, brackets to the spine, a railing, a wind screen here and there, a lamp or two."""
    y, outer, inner = floor
    out, close = _ring(side, outer, y, gap), _ring(side, inner, y, gap)
    for (a, b), (c, d) in zip(itertools.pairwise(out), itertools.pairwise(close), strict=True):
        half.steel.append(Face((a, b, d, c), DARK))
        half.steel += [Bar(_down(a), _down(b), 0.26, GREEN), Bar(c, d, 0.14, GREEN)]
        half.steel += [Bar(_up(a, r), _up(b, r), 0.055, YELLOW) for r in (0.55, 1.1)]
        half.steel += [Bar(_up(c, r), _up(d, r), 0.05, YELLOW) for r in (0.55, 1.1)]
        if rng.random() < 0.30:
            half.steel.append(Face((_up(a, 0.05), _up(b, 0.05), _up(b, 1.05), _up(a, 1.05)), "#5d6a58"))
        elif rng.random() < 0.12:
            sag = float(rng.uniform(1.6, 2.7))
            half.steel.append(Face((_up(a, 0.1), _up(b, 0.1), _up(b, sag), _up(a, sag * 0.93)), "#4c4a41"))
    for p, q in zip(out, close, strict=True):
        half.steel += [Bar(p, _up(p, 1.1), 0.06, YELLOW), Bar(_down(p, 0.1), _down(q, 0.1), 0.12, GREEN)]
    spine = side * (11.2 - 4.0 * y / (FLOORS[-1][0] + 3.2))
    for z in (-1.7, 1.7):
        reach = (side * (outer - 0.4), y - 0.1, z)
        half.steel += [Bar((spine, y, z * 0.8), reach, 0.22, GREEN), Bar((spine, y - 2.2, z * 0.8), reach, 0.18, GREEN)]
    for index in rng.choice(STEPS + 1, 2, replace=False):
        x, _, z = out[int(index)]
        half.lamps.append((x * 0.93, y + 2.1, z * 0.93))
    return out


def _bay(half: Half, low: list[Point], high: list[Point], rng: np.random.Generator) -> None:
    """Columns between two floors, some braced, a ladder in its hoops, hanging cables."""
    for index in range(0, STEPS + 1, 3):
        half.steel.append(Bar(low[index], high[index], 0.2, GREEN))
    for index in range(0, STEPS - 2, 3):
        if rng.random() < 0.55:
            half.steel.append(Bar(low[index], high[index + 3], 0.09, RUST))
            half.steel.append(Bar(low[index + 3], high[index], 0.09, RUST))
    at = int(rng.integers(1, STEPS))
    a, b = low[at], high[at]
    for dx in (-0.22, 0.22):
        half.steel.append(Bar((a[0] + dx, a[1], a[2]), (b[0] + dx, b[1], b[2]), 0.05, YELLOW))
    for t in np.linspace(0.05, 0.95, 11):
        x, y, z = (float(p + (q - p) * t) for p, q in zip(a, b, strict=True))
        half.steel.append(Bar((x - 0.22, y, z), (x + 0.22, y, z), 0.035, YELLOW))
    for _ in range(2):
        p, q = low[int(rng.integers(0, STEPS))], high[int(rng.integers(0, STEPS))]
        half.steel += cable(_up(p, 0.4), q, float(rng.uniform(0.3, 0.9)), 0.05)


def _stairs(half: Half, side: int) -> None:
    """Zigzag flights up the outside of the spine."""
    heights = [0.0, *(floor[0] for floor in FLOORS)]
    for n, (low, high) in enumerate(itertools.pairwise(heights)):
        x = side * (12.9 - 4.0 * low / 41)
        z0, z1 = (-2.0, 1.4) if n % 2 else (1.4, -2.0)
        for dx in (0.0, 0.8 * side):
            half.steel.append(Bar((x + dx, low, z0), (x + dx, high, z1), 0.12, GREEN))
            half.steel.append(Bar((x + dx, low + 1.0, z0), (x + dx, high + 1.0, z1), 0.05, YELLOW))
        half.steel.append(Bar((x - side * 1.2, high, z1), (x + side * 1.1, high, z1), 0.16, DARK))
        half.steel.append(Bar((x + side * 1.1, high, z1), (x + side * 1.1, high + 1.0, z1), 0.06, YELLOW))
        half.steel.append(Bar((x - side * 1.2, high + 1.0, z1), (x + side * 1.1, high + 1.0, z1), 0.05, YELLOW))


def _crown(half: Half, side: int, top: float) -> None:
    """What stands on the last floor: a small hoist, posts, a rod."""
    x = side * 7.2
    half.steel += lattice(
        (x, top + 3.2, 0), (x - side * 4.2, top + 5.4, 0), (1.3, 0.6), 6, GREEN, RUST, 0.14, (0, 0, 1)
    )
    half.steel.append(Bar((x - side * 4.2, top + 5.4, 0), (x - side * 4.2, top + 3.6, 0), 0.05, DARK))
    half.steel.append(Bar((x, top + 3.2, 0), (x + side * 0.2, top + 8.6, 0), 0.10, DARK))
    half.steel += [
        Bar((x + side * dx, top + 3.2, 0.6), (x + side * dx, top + 4.3, 0.6), 0.06, YELLOW) for dx in (-1, 0, 1)
    ]
    half.steel.append(Bar((x - 1.0, top + 4.3, 0.6), (x + 1.0, top + 4.3, 0.6), 0.06, YELLOW))


def parted(things: list[Bar | Face]) -> tuple[list[Bar | Face], list[Bar | Face]]:
    """What stands behind the rocket's axis, and what before it."""
    behind: list[Bar | Face] = []
    before: list[Bar | Face] = []
    for thing in things:
        corners = (thing.a, thing.b) if isinstance(thing, Bar) else thing.corners
        (behind if float(np.mean([p[2] for p in corners])) > 0 else before).append(thing)
    return behind, before


def cable(a: Point, b: Point, sag: float, thick: float = 0.06, pieces: int = 8, paint: str = DARK) -> list[Bar | Face]:
    """A slack cable from `a` to `b` that hangs `sag` metres below the straight line."""
    marks: list[Point] = []
    for t in np.linspace(0, 1, pieces + 1):
        x, y, z = (float(p + (q - p) * t) for p, q in zip(a, b, strict=True))
        marks.append((x, y - 4 * sag * float(t * (1 - t)), z))
    return [Bar(p, q, thick, paint) for p, q in itertools.pairwise(marks)]


def _up(p: Point, by: float) -> Point:
    return p[0], p[1] + by, p[2]


def _down(p: Point, by: float = 0.13) -> Point:
    return p[0], p[1] - by, p[2]
