"""Heads, hair, hats and hands as meshes, in the axes of a person's bones."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from studio.light import Array, smoothstep, unit, vec
from studio.noise import noise3
from studio.tailor.mesh import Mesh, P, ball, from_grid, limb, loft

if TYPE_CHECKING:
    from studio.tailor.bones import Bones


def face(b: Bones) -> Mesh:
    """A head without hair: skull, jaw, brow and nose."""
    grid, way = ball((0.077, 0.117, 0.097), 34, 48)
    x, y, z = way[..., 0], way[..., 1], way[..., 2]
    jaw = np.clip(-y, 0, 1)
    grid[..., 0] *= 1 - 0.24 * jaw**1.5
    grid[..., 2] += 0.012 * jaw - 0.02 * jaw * np.clip(-z, 0, 1)
    nose = np.exp(-((x / 0.16) ** 2)) * np.exp(-(((y + 0.12) / 0.2) ** 2)) * np.clip(z, 0, 1)
    brow = np.exp(-(((y - 0.12) / 0.10) ** 2)) * np.clip(z, 0, 1) ** 3
    eyes = np.exp(-(((np.abs(x) - 0.36) / 0.17) ** 2)) * np.exp(-((y / 0.09) ** 2)) * np.clip(z, 0, 1)
    mouth = np.exp(-((x / 0.3) ** 2)) * np.exp(-(((y + 0.5) / 0.03) ** 2)) * np.clip(z, 0, 1)
    grid += way * (0.021 * nose + 0.004 * brow - 0.009 * eyes - 0.004 * mouth)[..., None]
    return from_grid(grid).moved(b.head, b.skull)


def neck(b: Bones) -> Mesh:
    """Between collar and head."""
    low, high = b.neck + b.trunk @ vec(0, -0.05, -0.005), b.skull + b.head @ vec(0, -0.02, -0.022)
    return limb(_p(low), _p(high), 0.062, 0.052)


def ears(b: Bones) -> list[Mesh]:
    """Two flat curls beside the skull."""
    found = []
    for side in (-1.0, 1.0):
        grid, way = ball((0.008, 0.031, 0.019), 12, 18)
        grid[..., 0] += 0.004 * np.abs(way[..., 2])
        grid[..., 0] -= 0.005 * np.exp(-(way[..., 1] ** 2 + way[..., 2] ** 2) / 0.2)
        grid[..., 0] = side * (0.079 + grid[..., 0] + 0.006 * np.clip(-way[..., 2], 0, 1))
        grid[..., 1] -= 0.008
        grid[..., 2] -= 0.010
        found.append(from_grid(grid).moved(b.head, b.skull))
    return found


def _strands(way: Array, seed: int, depth: float) -> Array:
    """Locks running down from the crown."""
    angle = np.arctan2(way[..., 0], way[..., 2])
    lock = noise3(
        np.cos(angle) * 2.2 + way[..., 1] * 0.12, np.sin(angle) * 2.2, way[..., 1] * 0.25, 1.6, seed, beta=1.5
    )
    return (lock - 0.5) * depth


def tressed(grid: Array, depth: float, seed: int) -> Array:
    """A loft whose surface is drawn out in locks of hair."""
    rows, columns = grid.shape[:2]
    angle = np.linspace(0, 2 * np.pi, columns, endpoint=False)[None]
    v = np.linspace(0, 1, rows)[:, None]
    lock = noise3(np.cos(angle) * 2.2 + v * 0.25, np.sin(angle) * 2.2, v * 0.35, 1.7, seed, beta=1.25) - 0.5
    middle = grid.mean(axis=1, keepdims=True)
    return (middle + (grid - middle) * (1 + depth * lock[..., None])).astype(np.float32)


def hair(b: Bones, kind: str, seed: int, crown: bool = True) -> list[Mesh]:
    """Hair of a kind: short, bob, long, pony, a fringe round a bald crown (``fringe``) or none (empty).

    Without `crown` it is pressed flat on top, as under a hat.
    """
    if not kind:
        return []
    grid, way = ball((0.085, 0.117, 0.105), 60, 90)
    down = {"short": -0.22, "fringe": -0.30, "bob": -0.55, "long": -0.6, "pony": -0.32}[kind]
    edge = 0.42 + (0.30 if kind == "short" else 0.12) * np.clip(way[..., 2] * 1.4, -1, 1)
    ahead = smoothstep(0.0, 0.34, way[..., 2])
    line = (1 - ahead) * (down + 0.25 * np.clip(way[..., 2] * 4, 0, 1)) + ahead * edge
    keep = np.clip((way[..., 1] - line + _strands(way, seed + 1, 0.22)) / 0.10, 0, 1)
    if kind == "fringe" or not crown:
        keep = keep * np.clip((0.5 - way[..., 1]) / 0.15, 0, 1)
    puff = {"short": 0.004, "fringe": 0.004, "bob": 0.014, "long": 0.012, "pony": 0.004}[kind]
    grid = grid * (0.86 + 0.14 * keep)[..., None] + way * ((puff + _strands(way, seed, 0.015)) * keep)[..., None]
    grid[..., 1] += 0.008
    meshes = [from_grid(grid.astype(np.float32)).moved(b.head, b.skull)]
    if kind in ("long", "bob", "pony"):
        reach = {"long": 0.30, "bob": 0.13, "pony": 0.24}[kind]
        wide = 0.03 if kind == "pony" else 0.085
        back = b.skull + b.head @ vec(0, 0.02 if kind == "pony" else -0.02, -0.085 if kind == "pony" else -0.035)
        tip = b.skull + vec(0, -0.04 - reach, 0) + b.head @ vec(0.015, 0, -0.10)
        path = np.array([back, back + (tip - back) * 0.35 + b.head @ vec(0, 0, -0.02), back * 0.25 + tip * 0.75, tip])
        radii = [(wide * 0.7, 0.03), (wide, 0.045), (wide * 0.9, 0.032), (wide * 0.25, 0.01)]
        meshes.append(from_grid(tressed(loft(path, radii, (1, 0, 0), 40, 60), 0.6, seed + 3)))
    return meshes


def cap(b: Bones, peak: float = 0.0) -> list[Mesh]:
    """A peaked cap, its peak turned `peak` radians from ahead."""
    dome, way = ball((0.091, 0.097, 0.110), 24, 44)
    dome[..., 1] = np.maximum(dome[..., 1], 0.0) + 0.034 - 0.004 * np.abs(way[..., 2])
    out = np.linspace(0, 1, 9)[:, None]
    angle = np.linspace(-1.0, 1.0, 25)[None]
    x = np.sin(angle) * 0.085 * (1 + 0.1 * out)
    z = np.cos(angle) * (0.095 + out * 0.072 * np.cos(angle * 0.9))
    y = 0.036 - 0.014 * out - 0.018 * np.sin(angle) ** 2
    brim = np.stack(np.broadcast_arrays(x, y, z), -1)
    sheet = np.concatenate([brim, (brim - np.array([0, 0.004, 0]))[::-1]], axis=0).astype(np.float32)
    c, s = float(np.cos(peak)), float(np.sin(peak))
    turn = b.head @ np.array([(c, 0, s), (0, 1, 0), (-s, 0, c)], np.float32)
    return [
        from_grid(dome.astype(np.float32)).moved(b.head, b.skull),
        from_grid(sheet, wrapped=False).moved(turn, b.skull),
    ]


def sun_hat(b: Bones, brim: float = 0.17, seed: int = 5) -> list[Mesh]:
    """A brimmed hat of cloth or straw, its brim not quite level."""
    crown = [(0.002, 0.128), (0.05, 0.126), (0.080, 0.112), (0.092, 0.075), (0.098, 0.042), (0.10, 0.036)]
    half = 0.05 + brim * 0.5
    profile = [*crown, (half, 0.030), (brim, 0.018), (brim, 0.012), (half, 0.022), (0.092, 0.030)]
    angle = np.linspace(0, 2 * np.pi, 64, endpoint=False)
    grid = np.array([[(r * np.sin(a) * 0.92, y, r * np.cos(a)) for a in angle] for r, y in profile], np.float32)
    way = np.clip((np.hypot(grid[..., 0], grid[..., 2]) - 0.095) / 0.08, 0, 1)
    wave = 0.07 * (noise3(np.cos(angle) * 0.8, np.sin(angle) * 0.8, angle * 0 + 0.3, 2.4, seed) - 0.5)
    grid[..., 1] += way * (wave[None] - 0.012 * np.abs(np.sin(angle))[None])
    grid[..., 2] -= 0.008
    return [from_grid(grid).moved(b.head, b.skull)]


def scarf(b: Bones, seed: int) -> list[Mesh]:
    """A kerchief over head and nape, tied in front."""
    grid, way = ball((0.088, 0.122, 0.112), 50, 70)
    open_ = np.clip((way[..., 2] - 0.45) / 0.2, 0, 1) * np.clip((0.75 - way[..., 1]) / 0.2, 0, 1)
    grid = grid * (1 - 0.2 * open_)[..., None]
    low = np.clip(-way[..., 1], 0, 1) * np.clip(-way[..., 2] + 0.3, 0, 1)
    grid += np.stack([0 * low, -0.07 * low, -0.015 * low], -1) + way * _strands(way, seed, 0.018)[..., None]
    return [from_grid(grid.astype(np.float32)).moved(b.head, b.skull)]


def hand(wrist: Array, palm: Array, normal: Array, curl: float, side: float) -> list[Mesh]:
    """A hand from wrist through palm centre; `normal` is where the palm looks, `curl` (0 to 1) closes it."""
    along = unit((palm - wrist).astype(np.float32))
    out = unit((normal - float(normal @ along) * along).astype(np.float32))
    across = np.cross(along, out).astype(np.float32) * side
    knuckle = wrist + along * 0.088
    meshes = [limb(_p(wrist - along * 0.02), _p(wrist + along * 0.03), 0.027, 0.034, 0.7, _p(across))]
    meshes.append(limb(_p(wrist + along * 0.03), _p(knuckle - along * 0.012), 0.037, 0.039, 0.42, _p(across)))
    for k, (offset, length) in enumerate(((-0.030, 0.070), (-0.010, 0.080), (0.011, 0.075), (0.030, 0.060))):
        at = knuckle + across * offset - along * 0.006 * abs(k - 1.2)
        angle = 0.0
        for part, radius in ((0.45, 0.0095), (0.32, 0.0085), (0.25, 0.0075)):
            angle += curl * (0.9 + 0.12 * k)
            tip = at + (along * float(np.cos(angle)) + out * float(np.sin(angle))) * length * part
            meshes.append(limb(_p(at), _p(tip), radius, radius * 0.93, columns=10))
            at = tip
    root = wrist + along * 0.03 - across * 0.028
    middle = root + along * 0.035 - across * 0.022 + out * 0.016
    meshes.append(limb(_p(root), _p(middle), 0.014, 0.012, columns=10))
    meshes.append(limb(_p(middle), _p(middle + along * 0.03 + out * 0.012 * (1 + curl)), 0.011, 0.009, columns=10))
    return meshes


def _p(v: Array) -> P:
    return float(v[0]), float(v[1]), float(v[2])
