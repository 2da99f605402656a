"""The launch pad's steel as seen from afar: support trusses, mast, gantry halves, lightning masts."""

from __future__ import annotations

import itertools

import numpy as np

from studio.steel import DARK, GREEN, PALE, RED, RUST, WHITE, YELLOW, Bar, Face, Point, box, lattice


def petal(azimuth: float, open_: float, length: float = 17.5, reach: float = 8.6, y: float = 0.5) -> list[Bar | Face]:
    """One support truss seen from afar: at `azimuth` degrees round the rocket, leaning out by `open_` degrees."""
    a, lean = np.radians(azimuth), np.radians(open_)
    ox, oz = float(np.sin(a)), float(np.cos(a))
    foot = (reach * ox, y, reach * oz)
    tip = (foot[0] + length * np.sin(lean) * ox, y + length * np.cos(lean), foot[2] + length * np.sin(lean) * oz)
    across = (-oz, 0.0, ox)
    parts: list[Bar | Face] = list(lattice(foot, tip, (3.3, 1.5), 7, GREEN, RUST, 0.42, across))
    for side in (-1, 1):
        base = (foot[0] + side * across[0] * 1.9, y, foot[2] + side * across[2] * 1.9)
        parts.append(Bar(base, _between(foot, tip, 0.42, side * 1.2, across), 0.5, YELLOW))
    parts += _basket(tip, (ox, oz), lean, across)
    back = (foot[0] + 2.6 * ox, y + 0.4, foot[2] + 2.6 * oz)
    parts.append(Bar(_shift(back, across, -1.8), _shift(back, across, 1.8), 1.9, YELLOW))
    parts.append(Bar(back, _between(foot, tip, 0.35, 0, across), 0.45, GREEN))
    return parts


def _basket(tip: Point, out: tuple[float, float], lean: float, across: Point) -> list[Bar | Face]:
    """The yellow head: fingers that held the rocket's shoulders, and a small railed balcony."""
    parts: list[Bar | Face] = []
    up = (np.sin(lean) * out[0], np.cos(lean), np.sin(lean) * out[1])
    inward = (-np.cos(lean) * out[0], np.sin(lean), -np.cos(lean) * out[1])
    for side in (-1.2, -0.4, 0.4, 1.2):
        root = _shift(tip, across, side)
        knee = _add(_add(root, up, 1.5), inward, 0.5)
        parts += [Bar(root, knee, 0.3, YELLOW), Bar(knee, _add(_add(knee, up, 0.5), inward, 1.3), 0.26, YELLOW)]
    for height in (0.2, 1.0, 1.6):
        level = _add(tip, up, height)
        parts.append(Bar(_shift(level, across, -1.5), _shift(level, across, 1.5), 0.16, YELLOW))
    return parts


def _add(p: Point, v: tuple[float, ...], k: float) -> Point:
    return float(p[0] + v[0] * k), float(p[1] + v[1] * k), float(p[2] + v[2] * k)


def _shift(p: Point, across: Point, k: float) -> Point:
    return _add(p, across, k)


def _between(a: Point, b: Point, t: float, side: float, across: Point) -> Point:
    return _shift((a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t, a[2] + (b[2] - a[2]) * t), across, side)


def petals(open_: float, turn: float = 0.0, front: bool = True, back: bool = True) -> list[Bar | Face]:
    """All four support trusses, or only those before or behind the rocket."""
    parts: list[Bar | Face] = []
    for azimuth in (45, 135, 225, 315):
        ahead = np.cos(np.radians(azimuth + turn)) < 0
        if (ahead and front) or (not ahead and back):
            parts += petal(azimuth + turn, open_)
    return parts


def mast(foot: Point, lean: float, height: float = 34.0, paint: str = PALE) -> list[Bar | Face]:
    """The cable and fuelling mast, leaning to the left (-) or right (+) by degrees, with its hoses and small head."""
    r = np.radians(lean)
    head = (foot[0] + height * float(np.sin(r)), foot[1] + height * float(np.cos(r)), foot[2])
    parts: list[Bar | Face] = list(lattice(foot, head, (2.6, 1.1), 15, paint, paint, 0.26))
    parts.extend(
        Bar((foot[0] + dx, foot[1], foot[2] - 1.4), (head[0] + dx * 0.4, head[1], head[2] - 0.6), 0.2, DARK)
        for dx in (-0.5, 0.5)
    )
    parts.append(Bar((head[0] - 0.9, head[1], head[2]), (head[0] + 2.2, head[1] + 0.6, head[2]), 0.5, YELLOW))
    parts.append(Bar(foot, (foot[0] - 5.5 * np.sign(lean), foot[1], foot[2]), 0.9, paint))
    parts.append(
        Bar((foot[0] - 5.5 * np.sign(lean), foot[1], foot[2]), _between(foot, head, 0.3, 0, (0, 0, 1)), 0.4, paint)
    )
    return parts


def gantry_down(side: int, start: float = 15.0, end: float = 46.0, y: float = 0.6, z: float = 7.0) -> list[Bar | Face]:
    """One half of the service gantry, folded flat: a long boom with its comb of balconies; `side` -1 left, +1 right."""
    a, b = (side * start, y + 2.2, z), (side * end, y + 4.2, z)
    parts: list[Bar | Face] = list(lattice(a, b, (3.6, 3.2), 12, GREEN, GREEN, 0.34, (0, 1, 0)))
    for i in range(8):
        t = (i + 0.6) / 8
        x, top = a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t + 1.7
        w, tall = 1.5, 4.4 + 0.6 * (i % 3)
        for dz in (-2.2, 2.2):
            parts.append(Bar((x - w, top, z + dz), (x - w + side * 0.9, top + tall, z + dz), 0.26, GREEN))
            parts.append(Bar((x + w, top, z + dz), (x + w + side * 0.9, top + tall * 0.55, z + dz), 0.26, GREEN))
            parts.append(
                Bar((x - w, top + tall * 0.45, z + dz), (x + w + side * 0.6, top + tall * 0.5, z + dz), 0.22, RUST)
            )
            parts.append(
                Bar(
                    (x - w + side * 0.9, top + tall, z + dz),
                    (x + w + side * 0.9, top + tall * 0.55, z + dz),
                    0.2,
                    GREEN,
                )
            )
        for k in range(3):
            h = top + tall * (0.3 + 0.33 * k)
            parts.append(
                Bar(
                    (x - w + side * 0.6, h, z - 2.2), (x - w + side * 0.6, h, z + 2.2), 0.2, YELLOW if k == 2 else GREEN
                )
            )
    feet = (start + 1.5, (start + end) / 2, end - 2)
    parts.extend(Bar((side * x, y - 0.6, z), (side * x, y + 2.4, z), 0.9, DARK) for x in feet)
    return parts


def lightning_mast(x: float, z: float, height: float = 62.0, wide: float = 4.4, y: float = 0.0) -> list[Bar | Face]:
    """A tall slim lattice in red and white bands with a spike."""
    parts: list[Bar | Face] = []
    bands = 7
    for i in range(bands):
        low, high = i / bands, (i + 1) / bands
        paint = RED if i % 2 == 0 else WHITE
        w0, w1 = wide * (1 - 0.8 * low), wide * (1 - 0.8 * high)
        parts += lattice((x, y + height * low, z), (x, y + height * high, z), (w0, w1), 3, paint, paint, 0.3)
    parts.append(Bar((x, y + height, z), (x, y + height + 7, z), 0.22, DARK))
    return parts


def flood_tower(x: float, z: float, height: float = 30.0, y: float = 0.0) -> tuple[list[Bar | Face], list[Point]]:
    """A floodlight tower and where its lamps are."""
    parts: list[Bar | Face] = list(lattice((x, y, z), (x, y + height, z), (2.4, 1.6), 11, DARK, DARK, 0.24))
    lamps: list[Point] = []
    for row in range(3):
        h = y + height + 0.6 + row * 1.1
        parts.append(Bar((x - 2.6, h, z), (x + 2.6, h, z), 0.2, DARK))
        for column in range(5):
            lx = x - 2.2 + column * 1.1
            lamps.append((lx, h, z - 0.4))
            parts += box((lx - 0.4, h - 0.4, z - 0.3), (lx + 0.4, h + 0.4, z + 0.2), "#50524f")
    return parts, lamps


def railing(
    a: Point, b: Point, posts: int, height: float = 1.1, paint: str = WHITE, thick: float = 0.07
) -> list[Bar | Face]:
    """A railing of posts and three rails."""
    parts: list[Bar | Face] = []
    for i in range(posts + 1):
        p = _between(a, b, i / posts, 0, (0, 0, 0))
        parts.append(Bar(p, (p[0], p[1] + height, p[2]), thick, paint))
    parts.extend(
        Bar((a[0], a[1] + height * k, a[2]), (b[0], b[1] + height * k, b[2]), thick, paint) for k in (0.4, 0.72, 1.0)
    )
    return parts


def cage(
    side: int, radius: float = 6.2, levels: int = 9, pitch: float = 4.0, y: float = 1.0, gap: float = 14.0
) -> list[Bar | Face]:
    """One upright half of the service gantry round the rocket: balconies between columns, a crown at the top."""
    parts: list[Bar | Face] = []
    angles = np.radians(np.linspace(gap, 180 - gap, 9)) * side
    ring = [(radius * float(np.sin(a)), radius * float(np.cos(a))) for a in angles]
    top = y + levels * pitch
    for x, z in ring[::2]:
        parts.append(Bar((x, y - 1, z), (x, top, z), 0.36, GREEN))
    for level in range(levels + 1):
        h = y + level * pitch
        deep = 1.6 if level % 2 else 2.4
        for (x0, z0), (x1, z1) in itertools.pairwise(ring):
            k = (radius - deep) / radius
            parts.append(Face(((x0, h, z0), (x1, h, z1), (x1 * k, h, z1 * k), (x0 * k, h, z0 * k)), "#39463a"))
            parts.append(Bar((x0, h, z0), (x1, h, z1), 0.34, GREEN))
            if level < levels:
                parts.extend(Bar((x0, h + rail, z0), (x1, h + rail, z1), 0.1, YELLOW) for rail in (0.6, 1.15))
                if level % 2 == 0:
                    parts.append(Bar((x0, h, z0), (x1, h + pitch, z1), 0.16, RUST))
    spine = side * (radius + 2.6)
    parts += lattice((spine, y - 1, 0), (spine, top + 3, 0), (3.2, 2.2), 14, GREEN, GREEN, 0.32)
    for level in range(levels + 1):
        h = y + level * pitch
        parts.append(Bar((side * radius, h, 0), (spine, h, 0), 0.5, GREEN))
    return parts
