"""Surfaces of triangles: lofts along a limb, boxes, displaced balls; all in metres, counted from their own origin."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from scipy.interpolate import RectBivariateSpline
from scipy.ndimage import zoom

from studio.light import Array, unit, vec

if TYPE_CHECKING:
    from collections.abc import Sequence

P = tuple[float, float, float]


@dataclass(frozen=True)
class Mesh:
    """Corners, triangles, and for each corner a place on the material (`uv`, metres).

    `weld` names for each corner the one it shares its normal with, so that no seam shows.
    """

    points: Array
    faces: Array
    uv: Array
    weld: Array

    def moved(self, turn: Array, at: Array) -> Mesh:
        """Turned by a 3x3 matrix (columns are the new axes), then shifted."""
        return replace(self, points=(self.points @ turn.T + at).astype(np.float32))


def yaw(degrees: float) -> Array:
    """A turn about the vertical: 0 looks along +z, 90 along +x."""
    c, s = float(np.cos(np.radians(degrees))), float(np.sin(np.radians(degrees)))
    return np.array([(c, 0, s), (0, 1, 0), (-s, 0, c)], np.float32)


def from_grid(grid: Array, wrapped: bool = True, uv: Array | None = None, finer: int = 1) -> Mesh:
    """A mesh of a (rows, columns, 3) grid; `wrapped` closes it round. `finer` subdivides it smoothly."""
    if finer > 1:
        grid = _finer(grid, wrapped, finer)
        uv = None if uv is None else zoom(uv, (finer, finer, 1), order=1, mode="nearest", grid_mode=True)
    rows = len(grid)
    if wrapped:
        grid = np.concatenate([grid, grid[:, :1]], axis=1)
    wide = grid.shape[1]
    if uv is None or uv.shape[:2] != (rows, wide):
        uv = _measure(grid)
    index = np.arange(rows * wide).reshape(rows, wide)
    a, b, c, d = index[:-1, :-1], index[:-1, 1:], index[1:, 1:], index[1:, :-1]
    faces = np.concatenate([np.stack([a, b, c], -1).reshape(-1, 3), np.stack([a, c, d], -1).reshape(-1, 3)])
    weld = index.copy()
    if wrapped:
        weld[:, -1] = weld[:, 0]
    return Mesh(
        grid.reshape(-1, 3).astype(np.float32),
        faces.astype(np.int32),
        uv.reshape(-1, 2).astype(np.float32),
        weld.reshape(-1).astype(np.int32),
    )


def _finer(grid: Array, wrapped: bool, times: int) -> Array:
    rows, columns = grid.shape[:2]
    if wrapped:
        grid = np.concatenate([grid[:, -4:], grid, grid[:, :4]], axis=1)
    wide = grid.shape[1]
    at = np.linspace(0, rows - 1, (rows - 1) * times + 1)
    across = np.linspace(0, wide - 1, (wide - 1) * times + 1)
    r, c = np.arange(rows), np.arange(wide)
    out = np.stack([RectBivariateSpline(r, c, grid[..., k], kx=3, ky=3)(at, across) for k in range(3)], axis=-1)
    return out[:, 4 * times : (4 + columns) * times] if wrapped else out


def _measure(grid: Array) -> Array:
    """Mean lengths along and across the grid, metres."""
    down = np.linalg.norm(np.diff(grid, axis=0), axis=-1).mean(axis=1)
    across = np.linalg.norm(np.diff(grid, axis=1), axis=-1)
    u = np.concatenate([[0], np.cumsum(across.max(axis=0))])
    v = np.concatenate([[0], np.cumsum(down)])
    return np.stack(np.broadcast_arrays(u[None, :], v[:, None]), axis=-1)


def spline(control: Array, count: int) -> Array:
    """`count` rows along a Catmull-Rom curve through `control`."""
    control = np.asarray(control, np.float64)
    padded = np.concatenate([2 * control[:1] - control[1:2], control, 2 * control[-1:] - control[-2:-1]])
    t = np.linspace(0, len(control) - 1, count)
    i = np.minimum(t.astype(int), len(control) - 2)
    f = (t - i)[:, None]
    a, b, c, d = padded[i], padded[i + 1], padded[i + 2], padded[i + 3]
    curve = 0.5 * (2 * b + (c - a) * f + (2 * a - 5 * b + 4 * c - d) * f**2 + (3 * b - a - 3 * c + d) * f**3)
    return curve.astype(np.float32)


def loft(path: Sequence[P] | Array, radii: Sequence[tuple[float, float]], side: P, rows: int, columns: int) -> Array:
    """A grid round a curve: at each control point of `path` an ellipse, its first radius along `side`."""
    line = spline(np.array(path), rows)
    size = np.maximum(spline(np.array(radii), rows), 0.0005)
    tangent = unit(np.gradient(line, axis=0).astype(np.float32))
    reference = vec(*side)
    grid = np.empty((rows, columns, 3), np.float32)
    angle = np.linspace(0, 2 * np.pi, columns, endpoint=False)
    for i in range(rows):
        across = unit(reference - float(reference @ tangent[i]) * tangent[i])
        other = np.cross(tangent[i], across)
        reference = across
        grid[i] = line[i] + np.outer(np.cos(angle) * size[i, 0], across) + np.outer(np.sin(angle) * size[i, 1], other)
    return grid


def limb(a: P, b: P, ra: float, rb: float, flat: float = 1.0, side: P = (1, 0, 0), columns: int = 14) -> Mesh:
    """A cone with round ends from `a` to `b`; `flat` presses it across `side`."""
    va, vb = vec(*a), vec(*b)
    along = vb - va
    length = max(float(np.linalg.norm(along)), 1e-4)
    axis = along / length
    stops, sizes = [], []
    for k in np.linspace(0, np.pi / 2, 5):
        stops.append(va - axis * (ra * float(np.cos(k))))
        sizes.append(ra * float(np.sin(k)))
    for k in np.linspace(0, np.pi / 2, 5):
        stops.append(vb + axis * (rb * float(np.sin(k))))
        sizes.append(rb * float(np.cos(k)))
    reference = vec(*side) if abs(float(vec(*side) @ axis)) < 0.95 else vec(0, 0.3, 1)
    across = unit(reference - float(reference @ axis) * axis)
    other = np.cross(axis, across)
    angle = np.linspace(0, 2 * np.pi, columns, endpoint=False)
    ring = np.outer(np.cos(angle), across) + np.outer(np.sin(angle), other) * flat
    return from_grid(np.array([s + ring * max(r, 1e-4) for s, r in zip(stops, sizes, strict=True)], np.float32))


def ball(shape: Array | P, rows: int = 26, columns: int = 40) -> tuple[Array, Array]:
    """Grid of an ellipsoid of radii `shape` round the origin, pole up; and the unit directions it was made from."""
    polar = np.linspace(0.001, np.pi - 0.001, rows)[:, None]
    angle = np.linspace(0, 2 * np.pi, columns, endpoint=False)[None]
    way = np.stack(np.broadcast_arrays(np.sin(polar) * np.sin(angle), np.cos(polar), np.sin(polar) * np.cos(angle)), -1)
    return (way * np.asarray(shape)).astype(np.float32), way.astype(np.float32)


def box(half: P, edge: float = 0.004) -> Mesh:
    """A box with bevelled edges round the origin."""
    hx, hy, hz = half
    e = min(edge, min(half) * 0.9)
    rings = []
    for y, inset in ((-hy, hx + hz), (-hy, e), (-hy + e, 0.0), (hy - e, 0.0), (hy, e), (hy, hx + hz)):
        x, z = max(hx - inset, 0.0001), max(hz - inset, 0.0001)
        k = e if inset < hx else 0.0
        corner = [
            (x - k, z),
            (x, z - k),
            (x, -z + k),
            (x - k, -z),
            (-x + k, -z),
            (-x, -z + k),
            (-x, z - k),
            (-x + k, z),
        ]
        rings.append([(cx, y, cz) for cx, cz in corner])
    sharp = from_grid(np.array(rings, np.float32))
    return _split(sharp)


def _split(mesh: Mesh) -> Mesh:
    """The same with every triangle on its own, so that its edges stay hard."""
    flat = mesh.faces.reshape(-1)
    index = np.arange(len(flat), dtype=np.int32)
    return Mesh(mesh.points[flat], index.reshape(-1, 3), mesh.uv[flat], index)


def frame(forward: Array, up: Array) -> Array:
    """A turn whose z axis is `forward` and whose y axis is as near `up` as can be."""
    z = unit(np.asarray(forward, np.float32))
    x = unit(np.cross(np.asarray(up, np.float32), z))
    return np.stack([x, np.cross(z, x), z], axis=1).astype(np.float32)
