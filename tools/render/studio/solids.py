"""Ray casting of cone frusta and triangles into a buffer of nearest hits."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from studio.light import Array, unit, vec


@dataclass(frozen=True)
class Frustum:
    """A cone slice about an axis: from `base` along `axis`, `length` long, radii at both ends; `part` names it."""

    base: tuple[float, float, float]
    axis: tuple[float, float, float]
    length: float
    low: float
    high: float
    part: int
    start: float = 0.0
    holed: bool = False


@dataclass(frozen=True)
class Plate:
    """A flat triangle (three corners) of material `part`."""

    corners: tuple[tuple[float, float, float], tuple[float, float, float], tuple[float, float, float]]
    part: int


@dataclass
class Hits:
    """Per ray: depth (inf where nothing), normal, part (-1), height along the part's own axis, angle round it."""

    depth: Array
    normal: Array
    part: Array
    along: Array
    angle: Array
    count: tuple[int, ...] = field(default=())

    @classmethod
    def none(cls, shape: tuple[int, ...]) -> Hits:
        """A buffer without hits."""
        zero = np.zeros(shape, np.float32)
        return cls(
            np.full(shape, np.inf, np.float32),
            np.zeros((*shape, 3), np.float32),
            np.full(shape, -1, np.int32),
            zero.copy(),
            zero.copy(),
            shape,
        )

    def put(self, where: Array, depth: Array, normal: Array, part: int, along: Array, angle: Array | float) -> None:
        """Keep a candidate hit where it is nearer than what is there."""
        nearer = where & (depth < self.depth) & (depth > 1e-3)
        self.depth[nearer] = depth[nearer]
        self.normal[nearer] = normal[nearer]
        self.part[nearer] = part
        self.along[nearer] = along[nearer]
        self.angle[nearer] = angle[nearer] if isinstance(angle, np.ndarray) else angle


def cast_frustum(solid: Frustum, origin: Array, rays: Array, hits: Hits) -> None:
    """Meet every ray with the side of a frustum; a holed one shows its far inside through its gaps."""
    axis = unit(vec(*solid.axis))
    slope = (solid.high - solid.low) / solid.length
    oc = origin - vec(*solid.base)
    da, oa = rays @ axis, oc @ axis
    dp = rays - da[..., None] * axis
    op = oc - np.asarray(oa)[..., None] * axis
    radius_o, radius_d = solid.low + slope * oa, slope * da
    a = (dp * dp).sum(-1) - radius_d**2
    b = (op * dp).sum(-1) - radius_o * radius_d
    c = (op * op).sum(-1) - radius_o**2
    disc = b * b - a * c
    root = np.sqrt(np.maximum(disc, 0))
    a = np.where(np.abs(a) < 1e-9, 1e-9, a)
    side, other = _frame(axis)
    for sign in (-1.0, 1.0) if solid.holed else (-1.0,):
        t = ((-b + sign * root) / a).astype(np.float32)
        along = oa + t * da
        ok = (disc > 0) & (along >= 0) & (along <= solid.length) & (t > 1e-3)
        q = op + t[..., None] * dp
        angle = np.arctan2(q @ other, q @ side).astype(np.float32)
        if solid.holed:
            ok &= ~_gap(along, angle, solid.length)
        normal = unit(unit(q) - slope * axis) * (1.0 if sign < 0 else -1.0)
        hits.put(ok, t, normal.astype(np.float32), solid.part, (along + solid.start).astype(np.float32), angle)


def _gap(along: Array, angle: Array, length: float) -> Array:
    """Where an open X lattice lets one look through."""
    u, v = angle * 16 / (2 * np.pi), along / length
    one, two = np.abs(((u + v) % 1) - 0.5), np.abs(((u - v) % 1) - 0.5)
    bars = (one < 0.13) | (two < 0.13) | (v < 0.09) | (v > 0.91)
    return ~bars


def cast_plate(plate: Plate, origin: Array, rays: Array, hits: Hits) -> None:
    """Meet every ray with a triangle."""
    a, b, c = (vec(*corner) for corner in plate.corners)
    e1, e2 = b - a, c - a
    h = np.cross(rays, e2)
    det = h @ e1
    det = np.where(np.abs(det) < 1e-9, 1e-9, det)
    s = origin - a
    u = (h * s).sum(-1) / det
    q = np.cross(s, e1)
    v = (rays * q).sum(-1) / det
    t = ((q * e2).sum(-1) / det).astype(np.float32)
    normal = np.broadcast_to(unit(np.cross(e1, e2).astype(np.float32)), rays.shape)
    flip = np.where((normal * rays).sum(-1, keepdims=True) > 0, -1.0, 1.0)
    ok = (u >= 0) & (v >= 0) & (u + v <= 1)
    zero = np.zeros(t.shape, np.float32)
    hits.put(ok, t, (normal * flip).astype(np.float32), plate.part, zero, zero)


def _frame(axis: Array) -> tuple[Array, Array]:
    other = vec(0, 0, 1) if abs(axis[2]) < 0.9 else vec(1, 0, 0)
    side = unit(np.cross(other, axis).astype(np.float32))
    return side, np.cross(axis, side).astype(np.float32)


def cast(solids: list[Frustum | Plate], origin: Array, rays: Array) -> Hits:
    """The nearest hits of all `solids`; `origin` is one point, or one per ray."""
    hits = Hits.none(rays.shape[:-1])
    for solid in solids:
        if isinstance(solid, Frustum):
            cast_frustum(solid, origin, rays, hits)
        else:
            cast_plate(solid, origin, rays, hits)
    return hits


def sphere(solid: Frustum | Plate) -> tuple[Array, float]:
    """A ball (centre, radius) that holds the solid."""
    if isinstance(solid, Plate):
        corners = np.array(solid.corners, np.float32)
        centre = corners.mean(axis=0)
        return centre, float(np.linalg.norm(corners - centre, axis=1).max())
    axis = unit(vec(*solid.axis))
    centre = vec(*solid.base) + axis * (solid.length / 2)
    return centre, float(np.hypot(solid.length / 2, max(solid.low, solid.high)))


def within(
    solids: list[Frustum | Plate], origin: Array, axis: Array, radius: float, slope: float
) -> list[Frustum | Plate]:
    """The solids that reach into a beam of `radius` from `origin` along `axis`, widening by `slope`."""
    kept = []
    for solid in solids:
        centre, size = sphere(solid)
        rel = centre - origin
        along = float(rel @ axis)
        away = float(np.sqrt(max(float(rel @ rel) - along * along, 0)))
        if along > -size - radius and away < size + radius + slope * max(along, 0) + 0.02:
            kept.append(solid)
    return kept
