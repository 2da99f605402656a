"""Hair: a dull undercoat, and over it strands combed along its surface."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy.ndimage import map_coordinates

from studio.light import Array, smoothstep, unit, vec
from studio.noise import noise3
from studio.tailor.mesh import Mesh, ball, from_grid, loft
from studio.tailor.stage import Stuff

if TYPE_CHECKING:
    from studio.tailor.bones import Bones

STEPS, SIDES = 6, 3  # rings along a strand, corners of each
TAPER = np.array([0.4, 1.0, 1.0, 0.85, 0.6, 0.12], np.float32)


def hair_stuff(paint: str) -> Stuff:
    """Hair of a paint; strands differ in tone, the undercoat lies dark between them."""

    def streaked(uv: Array, albedo: Array) -> tuple[Array, Array]:
        tone = np.where(uv[:, 0] < 0, 0.45, 0.6 + 0.75 * uv[:, 0]) * (0.85 + 0.25 * uv[:, 1])
        return (albedo * tone[:, None]).astype(np.float32), np.where(uv[:, 0] < 0, 0.0, 0.05).astype(np.float32)

    return Stuff(paint, gloss=0.05, rough=0.55, mottle=0.0, thin=0.15, weave=streaked)


def undercoat(grid: Array) -> Mesh:
    """A surface strands grow from, dark in `hair_stuff`."""
    mesh = from_grid(grid.astype(np.float32))
    return Mesh(mesh.points, mesh.faces, np.tile(np.array([[-1, 0.5]], np.float32), (len(mesh.points), 1)), mesh.weld)


def combed(
    grid: Array,
    keep: Array,
    count: int,
    length: float,
    seed: int,
    width: float = 0.0011,
    lift: float = 0.004,
    wander: float = 0.05,
) -> Mesh:
    """`count` strands about `length` metres long, running down the rows of a grid from where `keep` (0 to 1) is.

    They stand off it by up to `lift` metres, and gather into locks that swerve by `wander` of their length.
    """
    rng = np.random.default_rng(seed)
    rows, columns = keep.shape
    across = np.linalg.norm(np.roll(grid, -1, axis=1) - grid, axis=-1)
    down = np.linalg.norm(np.diff(grid, axis=0), axis=-1).mean()
    share = (keep * across).reshape(-1).astype(np.float64)
    root = rng.choice(rows * columns, count, p=share / share.sum())
    r0 = root // columns + rng.uniform(-0.5, 0.5, count)
    c0 = root % columns + rng.uniform(-0.5, 0.5, count)
    t = np.linspace(0, 1, STEPS)[None]
    at = grid.reshape(-1, 3)[root] / np.float32(0.05)
    lock = np.stack([noise3(*at.T, 3.0, seed + k, beta=1.6) - 0.5 for k in (1, 2)], -1)
    own = rng.normal(0, 0.16, (count, 2))
    reach = length * rng.uniform(0.55, 1.15, count) / down
    swerve = (lock * 5 + own) * wander * length / np.median(across[keep > 0.2])
    wanted = r0[:, None] + reach[:, None] * t
    r = np.clip(wanted, 0, rows - 1)
    c = c0[:, None] + swerve[:, :1] * t + swerve[:, 1:] * np.sin(t * 4)
    points, out = _on(grid, r, c)
    end = (grid[-1] - grid[-4]) / np.float32(3)
    points = points + end[np.round(c).astype(int) % columns] * np.clip(wanted - r, 0, 12)[..., None]
    bow = lift * (
        rng.uniform(0.1, 1.0, count)[:, None] * np.sin(t * 2.6) + rng.exponential(0.35, count)[:, None] * t**2
    )
    points = points + out * (bow + lock[:, 1:] * lift * 3 * t)[..., None]
    return _threads(points.astype(np.float32), out, width, rng.uniform(0, 1, count))


def _on(grid: Array, r: Array, c: Array) -> tuple[Array, Array]:
    """Places and outward normals of a wrapped grid at fractional rows and columns."""
    columns = grid.shape[1]
    along = np.gradient(grid, axis=0)
    round_ = np.roll(grid, -1, axis=1) - np.roll(grid, 1, axis=1)
    out = unit(np.cross(along, round_).astype(np.float32) + 1e-9)
    if float((out * (grid - grid.mean(axis=1, keepdims=True))).sum()) < 0:
        out = -out
    both = np.concatenate([grid, out], axis=-1)
    both = np.concatenate([both, both[:, :1]], axis=1)
    where = np.stack([r, c % columns])
    found = np.stack([map_coordinates(both[..., k], where, order=1, mode="nearest") for k in range(6)], -1)
    return found[..., :3].astype(np.float32), unit(found[..., 3:].astype(np.float32))


def _threads(points: Array, out: Array, width: float, tone: Array) -> Mesh:
    """Thin tapering tubes along (n, STEPS, 3) points."""
    n = len(points)
    tangent = unit(np.gradient(points, axis=1).astype(np.float32) + 1e-9)
    side = unit(np.cross(tangent, out).astype(np.float32) + 1e-9)
    angle = np.arange(SIDES) * 2 * np.pi / SIDES + 0.5
    ring = side[:, :, None] * np.cos(angle)[:, None] + out[:, :, None] * np.sin(angle)[:, None]
    corners = points[:, :, None] + ring * (width * TAPER)[None, :, None, None]
    index = np.arange(n * STEPS * SIDES).reshape(n, STEPS, SIDES)
    turned = np.roll(index, -1, axis=2)
    a, b, c, d = index[:, :-1], turned[:, :-1], turned[:, 1:], index[:, 1:]
    faces = np.concatenate([np.stack([a, b, c], -1).reshape(-1, 3), np.stack([a, c, d], -1).reshape(-1, 3)])
    uv = np.broadcast_to(tone[:, None, None], (n, STEPS, SIDES))
    height = np.broadcast_to(np.linspace(0, 1, STEPS)[None, :, None], uv.shape)
    return Mesh(
        corners.reshape(-1, 3).astype(np.float32),
        faces.astype(np.int32),
        np.stack([uv, height], -1).reshape(-1, 2).astype(np.float32),
        index.reshape(-1).astype(np.int32),
    )


def tuft(
    path: Array, radii: list[tuple[float, float]], count: int, length: float, seed: int, width: float = 0.0011
) -> list[Mesh]:
    """A hanging mass of hair round a curve: undercoat and strands."""
    grid = loft(path, radii, (1, 0, 0), 44, 48)
    under = grid.mean(axis=1, keepdims=True) + (grid - grid.mean(axis=1, keepdims=True)) * 0.90
    keep = np.ones(grid.shape[:2], np.float32)
    keep[-8:] = 0.2
    return [undercoat(under), combed(grid, keep, count, length, seed, width, 0.009, 0.10)]


def hair(b: Bones, kind: str, seed: int, crown: bool = True, count: int = 2200) -> list[Mesh]:
    """Hair of a kind: short, bob, long, pony, a fringe round a bald crown (``fringe``) or none (empty).

    Without `crown` it is pressed flat on top, as under a hat.
    """
    if not kind:
        return []
    grid, way = ball((0.081, 0.119, 0.102), 60, 90)
    down = {"short": -0.56, "fringe": -0.50, "bob": -0.55, "long": -0.6, "pony": -0.32}[kind]
    edge = 0.46 + (0.22 if kind == "short" else 0.10) * np.clip(way[..., 2] * 1.4, -1, 1)
    ahead = smoothstep(0.0, 0.34, way[..., 2])
    over_ear = {"short": 0.46, "fringe": 0.40}.get(kind, 0.2) * smoothstep(-0.50, -0.15, way[..., 2])
    line = (1 - ahead) * (down + over_ear + 0.15 * np.clip(way[..., 2] * 4, 0, 1)) + ahead * edge
    angle = np.arctan2(way[..., 0], way[..., 2])
    ragged = noise3(np.cos(angle) * 2.2, np.sin(angle) * 2.2, way[..., 1] * 0.25, 1.0, seed, beta=1.2) - 0.5
    keep = np.clip((way[..., 1] - line + ragged * 0.16) / 0.14, 0, 1)
    if kind == "fringe" or not crown:
        keep = keep * np.clip((0.45 - way[..., 1]) / 0.12, 0, 1)
    puff = 0.012 if kind in ("bob", "long") else 0.002
    base = grid * (0.90 + 0.10 * keep)[..., None] + way * (puff * keep)[..., None]
    base[..., 1] += 0.004
    length = {"short": 0.019, "fringe": 0.05}.get(kind, 0.07)
    base = base.astype(np.float32)
    meshes = [
        undercoat(base),
        combed(
            base,
            keep**2,
            count,
            length,
            seed + 1,
            0.0008 if count > 1500 else 0.0013,
            lift=0.0030 if crown else 0.0015,
            wander=0.03,
        ),
    ]
    if kind in ("long", "bob", "pony"):
        tail = kind == "pony"
        reach = {"long": 0.30, "bob": 0.13, "pony": 0.24}[kind]
        wide = 0.03 if tail else 0.085
        back = b.head @ vec(0, 0.02 if tail else -0.02, -0.085 if tail else -0.035)
        tip = vec(0, -0.04 - reach, 0) + b.head @ vec(0.015, 0, -0.10)
        path = np.array([back, back + (tip - back) * 0.35 + b.head @ vec(0, 0, -0.02), back * 0.25 + tip * 0.75, tip])
        radii = [(wide * 0.7, 0.03), (wide, 0.045), (wide * 0.9, 0.032), (wide * 0.25, 0.01)]
        hanging = tuft(path, radii, count, 0.12, seed + 3)
        return [m.moved(b.head, b.skull) for m in meshes] + [
            m.moved(np.eye(3, dtype=np.float32), b.skull) for m in hanging
        ]
    return [m.moved(b.head, b.skull) for m in meshes]
