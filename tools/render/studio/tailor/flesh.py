"""Hats and hands as meshes, in the axes of a person's bones."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from studio.light import Array, unit
from studio.noise import noise3
from studio.tailor.mesh import Mesh, P, ball, from_grid, limb

if TYPE_CHECKING:
    from studio.tailor.bones import Bones


def _strands(way: Array, seed: int, depth: float) -> Array:
    """Locks running down from the crown."""
    angle = np.arctan2(way[..., 0], way[..., 2])
    lock = noise3(
        np.cos(angle) * 2.2 + way[..., 1] * 0.12, np.sin(angle) * 2.2, way[..., 1] * 0.25, 1.6, seed, beta=1.5
    )
    return (lock - 0.5) * depth


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
    meshes = [limb(_p(wrist - along * 0.02), _p(wrist + along * 0.03), 0.025, 0.030, 0.72, _p(across))]
    meshes.append(limb(_p(wrist + along * 0.03), _p(knuckle - along * 0.012), 0.037, 0.039, 0.42, _p(across)))
    for k, (offset, length) in enumerate(((-0.030, 0.070), (-0.010, 0.080), (0.011, 0.075), (0.030, 0.060))):
        at = knuckle + across * offset - along * 0.006 * abs(k - 1.2)
        sinew = wrist + along * 0.02 + across * offset * 0.45 - out * 0.009
        meshes.append(limb(_p(sinew), _p(at - out * 0.0055), 0.0040, 0.0096, columns=12))
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
