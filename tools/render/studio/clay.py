"""The shapes behind `studio.sculpt` as compiled distance fields: primitives, melting, cloth folds, and a grid of cells.

Every row of a table is one part, group, material or fold; the columns are named below. Distances are in metres. All
loops are free of races, so that two runs give the same bits.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numba import njit, prange
from numpy.typing import NDArray

Table = NDArray[np.float64]
Index = NDArray[np.int64]

# Columns of a part. A: start or centre, B: end, FRAME: rows of its own axes, CORE: a radius that is surely inside.
KIND, A, B, RA, RB, SOFT, FRAME, HALF, SQUASH, CARVE, GROUP, CORE = 0, 1, 4, 7, 8, 9, 10, 19, 22, 23, 24, 25
# Columns of a group.
MATERIAL, ORIGIN, AXES, FOLD_FROM, FOLD_TO, CARVED = 0, 1, 4, 13, 14, 15
# Columns of a material.
PAINT, SECOND, PATTERN, PERIOD, ROUGH, SPECULAR, METAL, SHEEN, THIN = 0, 3, 6, 7, 8, 9, 10, 11, 12
CRUMPLE, CRUMPLE_SIZE, HANG, HANG_SIZE, DRAPE, MOTTLE, WEAVE, CLEAR, DEPTH, GATHERS = (
    13,
    14,
    15,
    16,
    17,
    18,
    19,
    20,
    21,
    22,
)
# Columns of a fold.
AT, ALONG, FACE, REACH, HIGH, WAVE, FAN, FOLD_SIZE = 0, 3, 6, 9, 10, 11, 12, 13
ROUND_CONE, ELLIPSOID, BOX, CYLINDER, RING, SHEET = range(6)
LATTICE = 32  # nodes of the noise along each axis
FAR = 1e9


class World(NamedTuple):
    """Everything a ray can meet, and the grid of cells that says which parts matter where."""

    parts: Table
    groups: Table
    materials: Table
    folds: Table
    noise: Table
    low: Table
    size: Index
    cell: float
    starts: Index
    items: Index
    clearance: Table


@njit(cache=True)
def noise_at(noise: Table, x: float, y: float, z: float) -> float:
    """Smooth value noise, 0 to 1, one lump per unit; it repeats after `LATTICE`."""
    fx, fy, fz = np.floor(x), np.floor(y), np.floor(z)
    u, v, w = x - fx, y - fy, z - fz
    u, v, w = u * u * (3 - 2 * u), v * v * (3 - 2 * v), w * w * (3 - 2 * w)
    i, j, k = int(fx) & 31, int(fy) & 31, int(fz) & 31
    i1, j1, k1 = (i + 1) & 31, (j + 1) & 31, (k + 1) & 31
    a = noise[i, j, k] + (noise[i1, j, k] - noise[i, j, k]) * u
    b = noise[i, j1, k] + (noise[i1, j1, k] - noise[i, j1, k]) * u
    c = noise[i, j, k1] + (noise[i1, j, k1] - noise[i, j, k1]) * u
    d = noise[i, j1, k1] + (noise[i1, j1, k1] - noise[i, j1, k1]) * u
    e, f = a + (b - a) * v, c + (d - c) * v
    return e + (f - e) * w


@njit(cache=True)
def _round_cone(px: float, py: float, pz: float, bx: float, by: float, bz: float, r1: float, r2: float) -> float:
    """To a cone with round ends from the origin to b."""
    l2 = bx * bx + by * by + bz * bz
    rr = r1 - r2
    a2 = l2 - rr * rr
    if a2 <= 1e-10:
        if r1 >= r2:
            return np.sqrt(px * px + py * py + pz * pz) - r1
        return np.sqrt((px - bx) ** 2 + (py - by) ** 2 + (pz - bz) ** 2) - r2
    il2 = 1.0 / l2
    y = px * bx + py * by + pz * bz
    z = y - l2
    vx, vy, vz = px * l2 - bx * y, py * l2 - by * y, pz * l2 - bz * y
    x2 = vx * vx + vy * vy + vz * vz
    y2, z2 = y * y * l2, z * z * l2
    k = (1.0 if rr > 0 else -1.0) * rr * rr * x2
    if (1.0 if z > 0 else -1.0) * a2 * z2 > k:
        return np.sqrt(x2 + z2) * il2 - r2
    if (1.0 if y > 0 else -1.0) * a2 * y2 < k:
        return np.sqrt(x2 + y2) * il2 - r1
    return (np.sqrt(x2 * a2 * il2) + y * rr) * il2 - r1


@njit(cache=True)
def _cylinder(px: float, py: float, pz: float, bx: float, by: float, bz: float, r1: float, r2: float) -> float:
    """To a cone slice with flat ends from the origin to b."""
    l2 = bx * bx + by * by + bz * bz
    t = (px * bx + py * by + pz * bz) / l2
    x = np.sqrt(max(px * px + py * py + pz * pz - t * t * l2, 0.0))
    slope = r2 - r1
    cax = max(0.0, x - (r1 if t < 0.5 else r2))
    cay = abs(t - 0.5) - 0.5
    f = min(max((slope * (x - r1) + t * l2) / (slope * slope + l2), 0.0), 1.0)
    cbx, cby = x - r1 - f * slope, t - f
    s = -1.0 if cbx < 0 and cay < 0 else 1.0
    return s * np.sqrt(min(cax * cax + cay * cay * l2, cbx * cbx + cby * cby * l2))


@njit(cache=True)
def _box(x: float, y: float, z: float, hx: float, hy: float, hz: float, edge: float) -> float:
    qx, qy, qz = abs(x) - hx + edge, abs(y) - hy + edge, abs(z) - hz + edge
    ox, oy, oz = max(qx, 0.0), max(qy, 0.0), max(qz, 0.0)
    return np.sqrt(ox * ox + oy * oy + oz * oz) + min(max(qx, max(qy, qz)), 0.0) - edge


@njit(cache=True)
def part_distance(part: Table, px: float, py: float, pz: float) -> float:
    """From a point to one part; never more than the true distance (but for flat ellipsoids, by little)."""
    kind = int(part[KIND])
    rx, ry, rz = px - part[A], py - part[A + 1], pz - part[A + 2]
    bx, by, bz = part[B] - part[A], part[B + 1] - part[A + 1], part[B + 2] - part[A + 2]
    squash = part[SQUASH]
    if kind == ROUND_CONE and squash == 1.0:
        return _round_cone(rx, ry, rz, bx, by, bz, part[RA], part[RB])
    if kind == CYLINDER and squash == 1.0:
        return _cylinder(rx, ry, rz, bx, by, bz, part[RA], part[RB]) - part[HALF]
    f = FRAME
    x = rx * part[f] + ry * part[f + 1] + rz * part[f + 2]
    y = rx * part[f + 3] + ry * part[f + 4] + rz * part[f + 5]
    z = rx * part[f + 6] + ry * part[f + 7] + rz * part[f + 8]
    hx, hy, hz = part[HALF], part[HALF + 1], part[HALF + 2]
    if kind == BOX:
        return _box(x, y, z, hx, hy, hz, part[RA])
    if kind == ELLIPSOID:
        qx, qy, qz = x / hx, y / hy, z / hz
        k0 = np.sqrt(qx * qx + qy * qy + qz * qz)
        if k0 < 1e-6:
            return -min(hx, min(hy, hz))
        sx, sy, sz = qx / hx, qy / hy, qz / hz
        return k0 * (k0 - 1.0) / np.sqrt(sx * sx + sy * sy + sz * sz)
    if kind == RING:  # an ellipse of half sizes hx (along x) and hz (along z), as thick as ra, a flat ribbon if rb
        ex, ez = x / hx, z / hz
        q = max(np.sqrt(ex * ex + ez * ez), 1e-6)
        near = np.sqrt(x * x + z * z) * abs(1.0 - 1.0 / q)
        tall = max(abs(y) - part[RB], 0.0)
        return (np.sqrt(near * near + tall * tall) - part[RA]) * 0.9
    if kind == SHEET:  # a plate bent towards +z: rb is the bend, per metre
        bend = part[RB]
        steep = 1.0 / np.sqrt(1.0 + (2.0 * bend * hx) ** 2)
        return _box(x, y, z - bend * x * x, hx, hy, hz, part[RA]) * steep
    lx = bx * part[f] + by * part[f + 1] + bz * part[f + 2]
    ly = bx * part[f + 3] + by * part[f + 4] + bz * part[f + 5]
    lz = bx * part[f + 6] + by * part[f + 7] + bz * part[f + 8]
    small = min(1.0, squash)
    if kind == CYLINDER:
        return (_cylinder(x, y, z / squash, lx, ly, lz / squash, part[RA], part[RB]) - part[HALF]) * small
    return _round_cone(x, y, z / squash, lx, ly, lz / squash, part[RA], part[RB]) * small


@njit(cache=True)
def _cloth(world: World, group: int, px: float, py: float, pz: float) -> float:
    """How far the cloth of a group stands out at a point, metres: crumples, hanging folds, gathers at the joints."""
    g = world.groups[group]
    m = world.materials[int(g[MATERIAL])]
    total = 0.0
    rx, ry, rz = px - g[ORIGIN], py - g[ORIGIN + 1], pz - g[ORIGIN + 2]
    if m[CRUMPLE] > 0:
        s = 1.0 / m[CRUMPLE_SIZE]
        d = m[DRAPE]
        wx = noise_at(world.noise, px * s * 0.6 + 7.3, py * s * 0.6, pz * s * 0.6) - 0.5
        wy = noise_at(world.noise, px * s * 0.6, py * s * 0.6 + 3.1, pz * s * 0.6 + 9.7) - 0.5
        x, y, z = px * s + wx * 1.9, py * s * d + wy * 1.9, pz * s - wx * 1.2
        n = noise_at(world.noise, x, y, z)
        fine = noise_at(world.noise, x * 2.3 + 11.0, y * 2.3 + wy * 2, z * 2.3)
        ridge, small = 1.0 - abs(2 * n - 1) * 1.7, 1.0 - abs(2 * fine - 1) * 1.7
        total += m[CRUMPLE] * (0.66 * max(ridge, 0.0) + 0.34 * max(small, 0.0) * (0.4 + 0.6 * n))
    if m[HANG] > 0:
        s = 1.0 / m[HANG_SIZE]
        lx = rx * g[AXES] + ry * g[AXES + 1] + rz * g[AXES + 2]
        lz = rx * g[AXES + 6] + ry * g[AXES + 7] + rz * g[AXES + 8]
        turn = np.arctan2(lx, lz) * 0.16
        sway = noise_at(world.noise, lx * s * 0.3 + 2.0, ry * s * 0.22, lz * s * 0.3) * 1.6
        n = noise_at(world.noise, lx * s + sway, ry * s * 0.10 + turn * s, lz * s + sway)
        ridge = 1.0 - abs(2 * n - 1) * 1.5
        total += m[HANG] * max(ridge, 0.0)
    if m[GATHERS] > 0:
        total += _gathers(world, int(g[FOLD_FROM]), int(g[FOLD_TO]), px, py, pz)
    return total


@njit(cache=True)
def _gathers(world: World, start: int, end: int, px: float, py: float, pz: float) -> float:
    """Folds where cloth is pressed together: fans of creases from inside a bend, or rings round a limb."""
    total, warp, uneven = 0.0, -1.0, 0.0
    for i in range(start, end):
        f = world.folds[i]
        rx, ry, rz = px - f[AT], py - f[AT + 1], pz - f[AT + 2]
        near = (rx * rx + ry * ry + rz * rz) / (f[REACH] * f[REACH])
        if near > 1.7:
            continue
        if warp < 0:  # the same disturbance serves every fold here
            warp = noise_at(world.noise, px * 5, py * 5, pz * 5) * 2.6
            warp += noise_at(world.noise, px * 15, py * 15 + 7.7, pz * 15) * 1.1
            uneven = noise_at(world.noise, px * 10, py * 10 + 3.3, pz * 10)
        s = rx * f[ALONG] + ry * f[ALONG + 1] + rz * f[ALONG + 2]
        c = rx * f[FACE] + ry * f[FACE + 1] + rz * f[FACE + 2]
        if f[FAN] > 0:
            phase = np.arctan2(s, f[REACH] * 0.45 - c) * f[FAN] * 0.159 + warp * 0.6
        else:
            side = (rx - s * f[ALONG] - c * f[FACE]) + (rz - s * f[ALONG + 2] - c * f[FACE + 2])
            phase = (s + 0.5 * side + c * 0.35) / f[WAVE] + warp + i * 0.37
        ridge = 0.5 + 0.5 * np.cos(6.2832 * phase)
        weight = min(max(0.55 + 0.75 * c / f[REACH], 0.12), 1.0) * min(near * 5 + 0.1, 1.0)
        weight *= min(max(uneven * 2.4 - 0.55, 0.0), 1.0) * (1 - near / 1.7) ** 2
        total += f[HIGH] * ridge * (0.5 + 0.5 * ridge) * weight
    return total


@njit(cache=True)
def field(world: World, px: float, py: float, pz: float, cell: int, detail: bool) -> tuple[float, int, int]:
    """Distance to everything that matters in a cell, with the nearest group and part."""
    best, best_group, best_part = FAR, -1, -1
    start, end = world.starts[cell], world.starts[cell + 1]
    i = start
    while i < end:
        first = world.items[i]
        group = int(world.parts[first, GROUP])
        d, nearest, least = FAR, -1, FAR
        while i < end:
            index = world.items[i]
            part = world.parts[index]
            if int(part[GROUP]) != group:
                break
            i += 1
            one = part_distance(part, px, py, pz)
            k = part[SOFT]
            if part[CARVE] > 0:
                h = max(k - abs(d + one), 0.0) / k
                d = max(d, -one) + h * h * k * 0.25
                continue
            if one < least:
                least, nearest = one, index
            h = max(k - abs(d - one), 0.0) / k
            d = min(d, one) - h * h * k * 0.25
        if nearest < 0:
            continue
        deep = world.materials[int(world.groups[group, MATERIAL]), DEPTH]
        if deep > 0 and d - deep < best:
            if detail and d < deep * 1.15 + 0.001:
                d -= _cloth(world, group, px, py, pz)
            elif detail:
                d -= deep
        if d < best:
            best, best_group, best_part = d, group, nearest
    return best, best_group, best_part


@njit(cache=True)
def cell_of(world: World, px: float, py: float, pz: float) -> int:
    """The cell a point lies in, -1 outside the grid."""
    i = int(np.floor((px - world.low[0]) / world.cell))
    j = int(np.floor((py - world.low[1]) / world.cell))
    k = int(np.floor((pz - world.low[2]) / world.cell))
    if i < 0 or j < 0 or k < 0 or i >= world.size[0] or j >= world.size[1] or k >= world.size[2]:
        return -1
    return (i * world.size[1] + j) * world.size[2] + k


@njit(cache=True)
def _bounds(part: Table, deep: float, x: float, y: float, z: float) -> tuple[float, float]:
    """The least distance to a part's surface, folds and melting included, and one it surely does not exceed."""
    low = part_distance(part, x, y, z) - deep - part[SOFT] * 0.5
    bx, by, bz = part[B] - part[A], part[B + 1] - part[A + 1], part[B + 2] - part[A + 2]
    rx, ry, rz = x - part[A], y - part[A + 1], z - part[A + 2]
    l2 = bx * bx + by * by + bz * bz
    t = min(max((rx * bx + ry * by + rz * bz) / l2, 0.0), 1.0) if l2 > 1e-12 else 0.0
    high = np.sqrt((rx - t * bx) ** 2 + (ry - t * by) ** 2 + (rz - t * bz) ** 2) - part[CORE]
    return low, high


@njit(cache=True)
def _sift(
    parts: Table, groups: Table, deep: Table, given: Index, x: float, y: float, z: float, half: float, out: Index
) -> tuple[int, float]:
    """Writes to `out` the parts of `given` that may be nearest somewhere within `half` of a point."""
    least, bound = FAR, FAR
    for n in range(len(given)):
        index = given[n]
        part = parts[index]
        low, high = _bounds(part, deep[index], x, y, z)
        if part[CARVE] > 0:
            continue
        least = min(least, low)
        if groups[int(part[GROUP]), CARVED] == 0:
            bound = min(bound, high)
    count = 0
    for n in range(len(given)):
        index = given[n]
        part = parts[index]
        low = part_distance(part, x, y, z) - deep[index] - part[SOFT] * 0.5
        if (part[CARVE] > 0 and low < half * 2 + part[SOFT]) or (part[CARVE] == 0 and low - half < bound + half):
            out[count] = index
            count += 1
    return count, least


@njit(cache=True, parallel=True)
def sort_cells(
    parts: Table, groups: Table, deep: Table, low: Table, size: Index, cell: float, block: int, limit: int
) -> tuple[Index, NDArray[np.int32], Table]:
    """For every cell how many parts matter, which (at most `limit`), and the clearance at its centre."""
    cells = size[0] * size[1] * size[2]
    counts = np.zeros(cells, np.int64)
    lists = np.zeros((cells, limit), np.int32)
    clearance = np.zeros(cells)
    blocks = (size + block - 1) // block
    everything = np.arange(len(parts))
    for b in prange(blocks[0] * blocks[1] * blocks[2]):
        bi, rest = b // (blocks[1] * blocks[2]), b % (blocks[1] * blocks[2])
        bj, bk = rest // blocks[2], rest % blocks[2]
        wide, narrow = np.empty(len(parts), np.int64), np.empty(len(parts), np.int64)
        half = cell * block * 0.5
        x, y, z = low[0] + (2 * bi + 1) * half, low[1] + (2 * bj + 1) * half, low[2] + (2 * bk + 1) * half
        kept, _ = _sift(parts, groups, deep, everything, x, y, z, half * 1.7321, wide)
        for i in range(bi * block, min((bi + 1) * block, size[0])):
            for j in range(bj * block, min((bj + 1) * block, size[1])):
                for k in range(bk * block, min((bk + 1) * block, size[2])):
                    here = (i * size[1] + j) * size[2] + k
                    cx, cy, cz = low[0] + (i + 0.5) * cell, low[1] + (j + 0.5) * cell, low[2] + (k + 0.5) * cell
                    count, least = _sift(parts, groups, deep, wide[:kept], cx, cy, cz, cell * 0.8661, narrow)
                    clearance[here] = least
                    if least < cell * 1.3:
                        counts[here] = count
                        for n in range(min(count, limit)):
                            lists[here, n] = narrow[n]
    return counts, lists, clearance
