"""Triangles to pixels: what a camera sees of a mesh, and how deep a beam of parallel light gets into it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numba import njit, prange

from studio.light import Array, unit, vec

BANDS = 24


def normals(points: Array, faces: Array, weld: Array) -> Array:
    """A smooth unit normal for every corner."""
    a, b, c = (points[faces[:, k]] for k in range(3))
    flat = np.cross(b - a, c - a)
    total = np.zeros((len(points), 3), np.float64)
    for k in range(3):
        for axis in range(3):
            total[:, axis] += np.bincount(weld[faces[:, k]], weights=flat[:, axis], minlength=len(points))
    return unit(total[weld].astype(np.float32))


@dataclass(frozen=True)
class Beam:
    """Parallel light from a direction, and how far into the things it gets: a depth map, `cell` metres a pixel."""

    axes: Array
    low: Array
    cell: float
    depth: Array

    @classmethod
    def through(cls, points: Array, faces: Array, towards: Array, size: int) -> Beam:
        """The beam that comes from `towards`, seen in a map of `size` pixels square."""
        up = vec(0, 0, 1) if abs(float(towards[1])) > 0.9 else vec(0, 1, 0)
        right = unit(np.cross(up, towards).astype(np.float32))
        axes = np.stack([right, np.cross(towards, right), -towards], axis=1).astype(np.float32)
        seen = (points @ axes).astype(np.float32)
        low, high = seen.min(axis=0), seen.max(axis=0)
        cell = float((high - low)[:2].max()) * 1.02 / size
        seen[:, :2] = (seen[:, :2] - low[:2]) / cell
        depth = np.full((size, size), np.inf, np.float32)
        _depths(seen, faces, depth)
        return cls(axes, low, cell, depth)

    def reaches(self, points: Array, bias: float, spread: float = 0.0) -> Array:
        """How much of the beam gets to each point, 0 to 1; `spread` metres soften the edge."""
        seen = (points @ self.axes).astype(np.float32)
        seen[:, :2] = (seen[:, :2] - self.low[:2]) / np.float32(self.cell)
        return _reach(seen, self.depth, np.float32(bias), np.float32(spread / self.cell))


@njit(cache=True, parallel=True)
def _depths(p, faces, depth):  # type: ignore[no-untyped-def]  # compiled
    height, width = depth.shape
    rows = (height + BANDS - 1) // BANDS
    for band in prange(BANDS):
        y0, y1 = band * rows, min(height, band * rows + rows)
        for f in range(faces.shape[0]):
            a, b, c = faces[f, 0], faces[f, 1], faces[f, 2]
            low, high = min(p[a, 1], p[b, 1], p[c, 1]), max(p[a, 1], p[b, 1], p[c, 1])
            if high < y0 or low > y1:
                continue
            ax, ay, bx, by, cx, cy = p[a, 0], p[a, 1], p[b, 0], p[b, 1], p[c, 0], p[c, 1]
            area = (bx - ax) * (cy - ay) - (cx - ax) * (by - ay)
            if abs(area) < 1e-9:
                continue
            for y in range(max(y0, int(low)), min(y1, int(high) + 1)):
                for x in range(max(0, int(min(ax, bx, cx))), min(width, int(max(ax, bx, cx)) + 1)):
                    u, v = x + 0.5, y + 0.5
                    wa = ((bx - u) * (cy - v) - (cx - u) * (by - v)) / area
                    wb = ((cx - u) * (ay - v) - (ax - u) * (cy - v)) / area
                    wc = 1 - wa - wb
                    if wa < 0 or wb < 0 or wc < 0:
                        continue
                    z = wa * p[a, 2] + wb * p[b, 2] + wc * p[c, 2]
                    if z < depth[y, x]:
                        depth[y, x] = z


@njit(cache=True, parallel=True)
def _reach(p, depth, bias, spread):  # type: ignore[no-untyped-def]  # compiled
    height, width = depth.shape
    out = np.ones(p.shape[0], np.float32)
    taps = 1 if spread <= 0 else 5
    for i in prange(p.shape[0]):
        total = 0.0
        for j in range(taps):
            for k in range(taps):
                x = int(np.floor(p[i, 0] + (j - taps // 2) * spread * 0.5))
                y = int(np.floor(p[i, 1] + (k - taps // 2) * spread * 0.5))
                if x < 0 or y < 0 or x >= width or y >= height or p[i, 2] - bias <= depth[y, x]:
                    total += 1.0
        out[i] = total / (taps * taps)
    return out


@njit(cache=True, parallel=True)
def pick(p, depth, faces, width, top, bottom):  # type: ignore[no-untyped-def]  # compiled
    """Rows `top` to `bottom` of a picture of triangles, corners `p` in pixels and at `depth`.

    Answers for each pixel the triangle seen (-1: none) and the weights of its second and third corner.
    """
    height = bottom - top
    which = np.full((height, width), -1, np.int32)
    two, three = np.zeros((height, width), np.float32), np.zeros((height, width), np.float32)
    nearest = np.full((height, width), np.inf, np.float32)
    rows = (height + BANDS - 1) // BANDS
    for band in prange(BANDS):
        y0, y1 = band * rows + top, min(height, band * rows + rows) + top
        for f in range(faces.shape[0]):
            a, b, c = faces[f, 0], faces[f, 1], faces[f, 2]
            low, high = min(p[a, 1], p[b, 1], p[c, 1]), max(p[a, 1], p[b, 1], p[c, 1])
            if high < y0 or low > y1 or min(depth[a], depth[b], depth[c]) < 0.1:
                continue
            ax, ay, bx, by, cx, cy = p[a, 0], p[a, 1], p[b, 0], p[b, 1], p[c, 0], p[c, 1]
            area = (bx - ax) * (cy - ay) - (cx - ax) * (by - ay)
            if abs(area) < 1e-9:
                continue
            for y in range(max(y0, int(low)), min(y1, int(high) + 1)):
                for x in range(max(0, int(min(ax, bx, cx))), min(width, int(max(ax, bx, cx)) + 1)):
                    u, v = x + 0.5, y + 0.5
                    wa = ((bx - u) * (cy - v) - (cx - u) * (by - v)) / area
                    wb = ((cx - u) * (ay - v) - (ax - u) * (cy - v)) / area
                    wc = 1 - wa - wb
                    if wa < 0 or wb < 0 or wc < 0:
                        continue
                    ia, ib, ic = wa / depth[a], wb / depth[b], wc / depth[c]
                    z = 1 / (ia + ib + ic)
                    if z < nearest[y - top, x]:
                        nearest[y - top, x] = z
                        which[y - top, x] = f
                        two[y - top, x] = ib * z
                        three[y - top, x] = ic * z
    return which, two, three
