"""Rays through a `studio.clay.World`: what they hit, how much sun gets there, and what comes in from all around.

A light is a row of numbers: direction to the sun, its colour, the sky's and the ground's light (all as in
`studio.light.Light`), the ground's height, and whether there is any ground.
"""

from __future__ import annotations

import numpy as np
from numba import njit

from studio.clay import (
    AXES,
    CRUMPLE_SIZE,
    FAR,
    MATERIAL,
    MOTTLE,
    ORIGIN,
    PAINT,
    PATTERN,
    PERIOD,
    SECOND,
    Table,
    World,
    cell_of,
    field,
    noise_at,
)

SUN, SUN_COLOUR, SKY, GROUND, LEVEL, GROUNDED = 0, 3, 6, 9, 12, 13
PLAIN, STRIPES, CHECKS, BLOTCHES, BROCADE, PINSTRIPES = range(6)
REACH = 1.6  # metres: what is farther away than this neither darkens nor colours a place
SUN_WIDTH = 0.006  # tangent of the sun's radius in the sky, haze included
Rgb = tuple[float, float, float]


@njit(cache=True)
def _span(world: World, o: Rgb, d: Rgb, near: float, far: float) -> tuple[float, float]:
    """The stretch of a ray inside the grid."""
    for axis in range(3):
        low = world.low[axis]
        high = low + world.cell * world.size[axis]
        step = d[axis]
        if abs(step) < 1e-12:
            if o[axis] < low or o[axis] > high:
                return 1.0, 0.0
            continue
        a, b = (low - o[axis]) / step, (high - o[axis]) / step
        near, far = max(near, min(a, b)), min(far, max(a, b))
    return near, far


@njit(cache=True)
def _free(world: World, cell: int, px: float, py: float, pz: float) -> float:
    """How far it is safe to go from a point in an empty cell."""
    n = world.size[2]
    k, rest = cell % n, cell // n
    i, j = rest // world.size[1], rest % world.size[1]
    x = px - world.low[0] - (i + 0.5) * world.cell
    y = py - world.low[1] - (j + 0.5) * world.cell
    z = pz - world.low[2] - (k + 0.5) * world.cell
    return max(world.clearance[cell] - np.sqrt(x * x + y * y + z * z), world.cell * 0.2)


@njit(cache=True)
def trace(world: World, o: Rgb, d: Rgb, near: float, far: float, detail: bool, fine: float) -> tuple[float, int, int]:
    """Where a ray first meets something: distance (FAR if nowhere), group and part; `fine` is the angle it resolves."""
    t, end = _span(world, o, d, near, far)
    t += 1e-5
    for _ in range(220):
        if t >= end:
            break
        px, py, pz = o[0] + d[0] * t, o[1] + d[1] * t, o[2] + d[2] * t
        cell = cell_of(world, px, py, pz)
        if cell < 0:
            t += world.cell * 0.05
            continue
        if world.starts[cell] == world.starts[cell + 1]:
            t += _free(world, cell, px, py, pz)
            continue
        distance, group, part = field(world, px, py, pz, cell, detail)
        if distance < fine * t + 2e-5:
            return t, group, part
        t += distance * (0.72 if detail else 0.95) + fine * t * 0.3
    return FAR, -1, -1


@njit(cache=True)
def sunlight(world: World, o: Rgb, sun: Rgb, detail: bool, blur: float, steps: int) -> float:
    """How much of the sun is seen from a point, 0 to 1; `blur` is the tangent of its radius."""
    t, end = _span(world, o, sun, 0.0, 30.0)
    t = max(t, 0.002)
    seen = 1.0
    for _ in range(steps):
        if t >= end:
            break
        px, py, pz = o[0] + sun[0] * t, o[1] + sun[1] * t, o[2] + sun[2] * t
        cell = cell_of(world, px, py, pz)
        if cell < 0:
            t += world.cell * 0.05
            continue
        if world.starts[cell] == world.starts[cell + 1]:
            t += _free(world, cell, px, py, pz)
            continue
        d, _, _ = field(world, px, py, pz, cell, detail)
        wide = blur * (t + 0.02)
        seen = min(seen, 0.5 + 0.5 * d / wide)
        if seen <= 0.0:
            return 0.0
        t += max(d * (0.75 if detail else 0.95), wide * 0.4 + 0.0005)
    return seen * seen * (3 - 2 * seen)


@njit(cache=True)
def distance_at(world: World, px: float, py: float, pz: float, detail: bool) -> float:
    """Distance at a point anywhere."""
    cell = cell_of(world, px, py, pz)
    if cell < 0:
        return FAR
    if world.starts[cell] == world.starts[cell + 1]:
        return _free(world, cell, px, py, pz)
    d, _, _ = field(world, px, py, pz, cell, detail)
    return d


@njit(cache=True)
def normal_at(world: World, px: float, py: float, pz: float, h: float, detail: bool) -> Rgb:
    """The surface's direction, felt over a width of `h` metres."""
    a = distance_at(world, px + h, py - h, pz - h, detail)
    b = distance_at(world, px - h, py - h, pz + h, detail)
    c = distance_at(world, px - h, py + h, pz - h, detail)
    d = distance_at(world, px + h, py + h, pz + h, detail)
    x, y, z = a - b - c + d, -a - b + c + d, -a + b - c + d
    n = max(np.sqrt(x * x + y * y + z * z), 1e-12)
    return x / n, y / n, z / n


@njit(cache=True)
def heaven(light: Table, dx: float, dy: float, dz: float) -> Rgb:
    """What comes from a direction where nothing stands: a sky brighter low down, or the ground's bounce."""
    if dy < 0:
        return light[GROUND], light[GROUND + 1], light[GROUND + 2]
    lift = 0.85 + 0.9 * (1 - dy) * (1 - dy)
    near = max(dx * light[SUN] + dy * light[SUN + 1] + dz * light[SUN + 2], 0.0)
    glow = 0.35 * near**8
    return (
        light[SKY] * (lift + glow * 1.3),
        light[SKY + 1] * (lift + glow * 1.1),
        light[SKY + 2] * (lift + glow * 0.9),
    )


@njit(cache=True)
def albedo_at(world: World, group: int, px: float, py: float, pz: float) -> Rgb:
    """The colour of a group's material at a point: its pattern, and its dirt."""
    g = world.groups[group]
    m = world.materials[int(g[MATERIAL])]
    kind = int(m[PATTERN])
    share = 0.0
    rx, ry, rz = px - g[ORIGIN], py - g[ORIGIN + 1], pz - g[ORIGIN + 2]
    if kind != PLAIN:
        x = rx * g[AXES] + ry * g[AXES + 1] + rz * g[AXES + 2]
        y = rx * g[AXES + 3] + ry * g[AXES + 4] + rz * g[AXES + 5]
        z = rx * g[AXES + 6] + ry * g[AXES + 7] + rz * g[AXES + 8]
        u, v = x / m[PERIOD], y / m[PERIOD]
        if kind == STRIPES:
            share = _edge(np.cos(6.2832 * v))
        elif kind == PINSTRIPES:
            share = _edge(np.cos(6.2832 * (u + z / m[PERIOD] * 0.35)) - 0.75)
        elif kind == CHECKS:
            share = 0.5 * _edge(np.cos(6.2832 * u)) + 0.5 * _edge(np.cos(6.2832 * v))
        elif kind == BLOTCHES:
            share = _edge(3 * (noise_at(world.noise, u, v, z / m[PERIOD]) - 0.5))
        else:
            bend = noise_at(world.noise, u * 0.4, v * 0.4, 1.0) * 0.5
            u2 = np.arctan2(x, z) * 0.16 / m[PERIOD] * 6.2832 + bend
            v2 = v * 6.2832
            share = _edge(np.cos(u2 + v2) * np.cos(u2 - v2) + 0.4 * np.cos(2 * u2) * np.cos(3 * v2) - 0.15)
    shade = 1.0
    if m[MOTTLE] > 0:
        s = 1.0 / max(m[CRUMPLE_SIZE], 0.03)
        n = noise_at(world.noise, px * s * 0.7, py * s * 0.5, pz * s * 0.7) * 0.6
        n += noise_at(world.noise, px * s * 2.9, py * s * 2.1, pz * s * 2.9) * 0.4
        shade = 1.0 + m[MOTTLE] * (n - 0.5) * 2
    return (
        (m[PAINT] + (m[SECOND] - m[PAINT]) * share) * shade,
        (m[PAINT + 1] + (m[SECOND + 1] - m[PAINT + 1]) * share) * shade,
        (m[PAINT + 2] + (m[SECOND + 2] - m[PAINT + 2]) * share) * shade,
    )


@njit(cache=True)
def _edge(x: float) -> float:
    """A soft step at 0."""
    t = min(max(x * 3 + 0.5, 0.0), 1.0)
    return t * t * (3 - 2 * t)


@njit(cache=True)
def incoming(world: World, light: Table, o: Rgb, d: Rgb, far: float) -> Rgb:
    """The light a ray from `o` brings back: sky, sunlit or shaded ground, or another part's colour."""
    t, group, _ = trace(world, o, d, 0.001, far, False, 0.004)
    sun = (light[SUN], light[SUN + 1], light[SUN + 2])
    if light[GROUNDED] > 0 and d[1] < -1e-4:
        down = (o[1] - light[LEVEL]) / -d[1]
        if down < t:
            place = (o[0] + d[0] * down, light[LEVEL] + 0.01, o[2] + d[2] * down)
            lit = 0.25 + 0.75 * sunlight(world, place, sun, False, 0.03, 24) if down < 3.0 else 1.0
            return light[GROUND] * lit, light[GROUND + 1] * lit, light[GROUND + 2] * lit
    if group < 0:
        return heaven(light, d[0], d[1], d[2])
    px, py, pz = o[0] + d[0] * t, o[1] + d[1] * t, o[2] + d[2] * t
    nx, ny, nz = normal_at(world, px, py, pz, 0.004, False)
    cosine = max(nx * sun[0] + ny * sun[1] + nz * sun[2], 0.0)
    if cosine > 0:
        start = (px + nx * 0.006, py + ny * 0.006, pz + nz * 0.006)
        cosine *= sunlight(world, start, sun, False, 0.03, 24)
    up = 0.5 + 0.5 * ny
    r, g, b = albedo_at(world, group, px, py, pz)
    return (
        r * (cosine * light[SUN_COLOUR] + 0.4 * (light[SKY] * up + light[GROUND] * (1 - up))),
        g * (cosine * light[SUN_COLOUR + 1] + 0.4 * (light[SKY + 1] * up + light[GROUND + 1] * (1 - up))),
        b * (cosine * light[SUN_COLOUR + 2] + 0.4 * (light[SKY + 2] * up + light[GROUND + 2] * (1 - up))),
    )


@njit(cache=True)
def around(world: World, light: Table, p: Rgb, n: Rgb, rays: int, turn: float) -> Rgb:
    """The mean light that falls on a place from its whole half of the world, sun left out."""
    sign = 1.0 if n[2] >= 0 else -1.0
    a = -1.0 / (sign + n[2])
    b = n[0] * n[1] * a
    tx, ty, tz = 1.0 + sign * n[0] * n[0] * a, sign * b, -sign * n[0]
    bx, by, bz = b, sign + n[1] * n[1] * a, -n[1]
    o = (p[0] + n[0] * 0.005, p[1] + n[1] * 0.005, p[2] + n[2] * 0.005)
    red, green, blue = 0.0, 0.0, 0.0
    for i in range(rays):
        u = (i + 0.5) / rays
        phi = 6.283185307 * ((i * 0.6180339887 + turn) % 1.0)
        radius, up = np.sqrt(u), np.sqrt(1 - u)
        x, y = radius * np.cos(phi), radius * np.sin(phi)
        d = (tx * x + bx * y + n[0] * up, ty * x + by * y + n[1] * up, tz * x + bz * y + n[2] * up)
        r, g, b2 = incoming(world, light, o, d, REACH)
        red, green, blue = red + r, green + g, blue + b2
    return red / rays, green / rays, blue / rays
