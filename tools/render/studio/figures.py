"""People and small things as rounded solids melted into one another, found by sphere tracing.

A figure is a list of `Part`s in its own axes (x to its right, y up, z ahead of it), placed in the world by `placed`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from studio.light import Array, Light, linear, unit, vec
from studio.noise import noise3

if TYPE_CHECKING:
    from collections.abc import Sequence

    from studio.camera import Camera

P = tuple[float, float, float]
TILE = 24  # picture pixels


@dataclass(frozen=True)
class Part:
    """A cone with round ends from `a` to `b`; or, with `half`, a box with rounded edges centred on `a`.

    `ra` and `rb` are the radii (of a box: `ra` rounds its edges). `soft` is how far it melts into its neighbours.
    """

    a: P
    b: P
    ra: float
    rb: float
    paint: str
    soft: float = 0.03
    half: P | None = None
    yaw: float = 0.0
    flat: bool = False


@dataclass(frozen=True)
class Surface:
    """How cloth answers light: folds (`stretch` above 1 lays them level, below 1 hangs them) and gloss."""

    bump: float = 0.25
    scale: float = 0.5
    stretch: float = 1.8
    gloss: float = 0.0
    wrap: float = 0.12


def ball(at: P, radius: float, paint: str, soft: float = 0.03) -> Part:
    """A sphere."""
    return Part(at, at, radius, radius, paint, soft)


def rod(a: P, b: P, ra: float, rb: float, paint: str, soft: float = 0.03) -> Part:
    """A cone with round ends."""
    return Part(a, b, ra, rb, paint, soft)


def tube(a: P, b: P, radius: float, paint: str, soft: float = 0.001) -> Part:
    """A cylinder with flat ends."""
    return Part(a, b, radius, radius, paint, soft, flat=True)


def brick(at: P, half: P, paint: str, edge: float = 0.01, yaw: float = 0.0, soft: float = 0.002) -> Part:
    """A box with rounded edges."""
    return Part(at, at, edge, edge, paint, soft, half, yaw)


def placed(parts: Sequence[Part], at: P, yaw: float, size: float = 1.0) -> list[Part]:
    """`parts` moved to `at`, turned `yaw` degrees (0 looks along +z, 90 along +x), scaled."""
    c, s = float(np.cos(np.radians(yaw))), float(np.sin(np.radians(yaw)))

    def move(p: P) -> P:
        x, y, z = (v * size for v in p)
        return at[0] + c * x + s * z, at[1] + y, at[2] - s * x + c * z

    return [
        replace(
            p,
            a=move(p.a),
            b=move(p.b),
            ra=p.ra * size,
            rb=p.rb * size,
            soft=p.soft * size,
            yaw=p.yaw + yaw,
            half=None if p.half is None else (p.half[0] * size, p.half[1] * size, p.half[2] * size),
        )
        for p in parts
    ]


def _distance(part: Part, points: Array) -> Array:
    if part.half is not None:
        return _box_distance(part, points)
    a, b = vec(*part.a), vec(*part.b)
    along = b - a
    if part.flat:
        return _tube_distance(a, along, part.ra, points)
    length2 = float(along @ along)
    rel = points - a
    t = np.clip(rel @ along / length2, 0, 1) if length2 > 1e-9 else np.zeros(len(points), np.float32)
    gap = rel - t[:, None] * along
    return (np.sqrt((gap * gap).sum(-1)) - (part.ra + (part.rb - part.ra) * t)).astype(np.float32)


def _tube_distance(a: Array, along: Array, radius: float, points: Array) -> Array:
    length = float(np.linalg.norm(along))
    axis = along / length
    rel = points - a
    s = rel @ axis
    out = np.sqrt(np.maximum((rel * rel).sum(-1) - s * s, 0)) - radius
    end = np.abs(s - length / 2) - length / 2
    outside = np.hypot(np.maximum(out, 0), np.maximum(end, 0))
    return (outside + np.minimum(np.maximum(out, end), 0)).astype(np.float32)


def _box_distance(part: Part, points: Array) -> Array:
    c, s = np.cos(np.radians(part.yaw)), np.sin(np.radians(part.yaw))
    rel = points - vec(*part.a)
    local = np.stack([c * rel[:, 0] - s * rel[:, 2], rel[:, 1], s * rel[:, 0] + c * rel[:, 2]], axis=-1)
    q = np.abs(local) - (vec(*part.half) if part.half else 0) + part.ra
    outside = np.sqrt((np.maximum(q, 0) ** 2).sum(-1))
    return (outside + np.minimum(q.max(-1), 0) - part.ra).astype(np.float32)


def field_at(parts: Sequence[Part], points: Array) -> Array:
    """Distance to the melted whole."""
    total = np.full(len(points), 1e3, np.float32)
    for part in parts:
        d = _distance(part, points)
        k = max(part.soft, 1e-4)
        h = np.maximum(k - np.abs(total - d), 0) / k
        total = np.minimum(total, d) - h * h * k * 0.25
    return total


def _nearest(parts: Sequence[Part], points: Array) -> Array:
    best = np.full(len(points), 1e3, np.float32)
    which = np.zeros(len(points), np.int32)
    for i, part in enumerate(parts):
        d = _distance(part, points)
        closer = d < best
        best[closer], which[closer] = d[closer], i
    return which


def _normals(parts: Sequence[Part], points: Array, h: float) -> Array:
    total = np.zeros_like(points)
    for corner in ((1, -1, -1), (-1, -1, 1), (-1, 1, -1), (1, 1, 1)):
        k = vec(*corner)
        total += field_at(parts, points + k * h)[:, None] * k
    return unit(total)


def trace(parts: Sequence[Part], origin: Array, rays: Array, near: Array, far: Array, steps: int = 48) -> Array:
    """Distance along each ray (n, 3; unit vectors) to the figure, inf where it misses."""
    t = near.copy()
    state = np.zeros(len(rays), np.int8)
    live = np.arange(len(rays))
    for _ in range(steps):
        if not len(live):
            break
        d = field_at(parts, (origin if origin.ndim == 1 else origin[live]) + t[live, None] * rays[live])
        tolerance = 0.0006 * np.maximum(t[live], 1.0)
        state[live[d < tolerance]] = 1
        t[live] += d * 0.92
        state[live[(d >= tolerance) & (t[live] > far[live])]] = 2
        live = live[state[live] == 0]
    return np.where(state == 1, t, np.inf).astype(np.float32)


def extent(parts: Sequence[Part]) -> Array:
    """The corners of a box round `parts`."""
    low = np.min([[min(p.a[i], p.b[i]) - _reach(p, i) for i in range(3)] for p in parts], axis=0)
    high = np.max([[max(p.a[i], p.b[i]) + _reach(p, i) for i in range(3)] for p in parts], axis=0)
    return np.array(
        [(x, y, z) for x in (low[0], high[0]) for y in (low[1], high[1]) for z in (low[2], high[2])], np.float32
    )


def _reach(part: Part, axis: int) -> float:
    if part.half is None:
        return max(part.ra, part.rb)
    return part.half[axis] if axis == 1 else float(np.hypot(part.half[0], part.half[2]))


def render(
    camera: Camera,
    parts: Sequence[Part],
    light: Light,
    surface: Surface | None = None,
    samples: int = 2,
    shadows: bool = True,
) -> tuple[Array, Array]:
    """The figure as (premultiplied light, alpha) of the whole picture."""
    surface = surface or Surface()
    box = camera.bounds(extent(parts))
    left, top, right, bottom = box
    colour = np.zeros((camera.height, camera.width, 3), np.float32)
    alpha = np.zeros((camera.height, camera.width), np.float32)
    if right <= left or bottom <= top:
        return colour, alpha
    fine = camera.scaled(samples)
    h, w, k = bottom - top, right - left, samples
    for y in range(0, h, TILE):
        for x in range(0, w, TILE):
            y1, x1 = min(y + TILE, h), min(x + TILE, w)
            rays = fine.rays(((left + x) * k, (top + y) * k, (left + x1) * k, (top + y1) * k))
            lit, cover = _tile(parts, vec(*camera.eye), rays, light, surface, shadows)
            place = slice(top + y, top + y1), slice(left + x, left + x1)
            colour[place] = lit.reshape(y1 - y, k, x1 - x, k, 3).mean(axis=(1, 3))
            alpha[place] = cover.reshape(y1 - y, k, x1 - x, k).mean(axis=(1, 3))
    return colour, alpha


def _tile(
    parts: Sequence[Part], eye: Array, rays: Array, light: Light, surface: Surface, shadows: bool
) -> tuple[Array, Array]:
    """A small block of rays, with only the parts that can matter to it."""
    shape = rays.shape[:2]
    directions = unit(rays.reshape(-1, 3))
    lit, cover = np.zeros((*shape, 3), np.float32), np.zeros(shape, np.float32)
    axis = unit(directions.mean(axis=0))
    slope = float(np.sqrt(max(0.0, 1 - float((directions @ axis).min()) ** 2))) * 1.05
    near_parts = _within(parts, eye, axis, 0.0, slope)
    if not near_parts:
        return lit, cover
    spheres = [_sphere(p) for p in near_parts]
    near = max(0.02, min(float((c - eye) @ axis) - r for c, r in spheres))
    far = max(float(np.linalg.norm(c - eye)) + r for c, r in spheres)
    t = trace(
        near_parts,
        eye,
        directions,
        np.full(len(directions), near, np.float32),
        np.full(len(directions), far, np.float32),
    )
    found = np.isfinite(t)
    if found.any():
        points = (eye + t[found, None] * directions[found]).astype(np.float32)
        casters: Sequence[Part] = []
        if shadows:
            middle = points.mean(axis=0)
            casters = _within(parts, middle, light.sun, float(np.linalg.norm(points - middle, axis=1).max()), 0.0)
        lit.reshape(-1, 3)[found] = _shade(near_parts, casters, points, directions[found], light, surface)
        cover.reshape(-1)[found] = 1
    return lit, cover


def _sphere(part: Part) -> tuple[Array, float]:
    """A ball that holds the part."""
    a, b = vec(*part.a), vec(*part.b)
    size = float(np.linalg.norm(vec(*part.half))) if part.half else max(part.ra, part.rb) * (1.5 if part.flat else 1.0)
    return (a + b) / 2, float(np.linalg.norm(b - a)) / 2 + size + part.soft


def _within(parts: Sequence[Part], origin: Array, axis: Array, radius: float, slope: float) -> list[Part]:
    """Parts that reach into a beam of `radius` from `origin` along `axis`, widening by `slope`."""
    kept = []
    for part in parts:
        centre, size = _sphere(part)
        rel = centre - origin
        along = float(rel @ axis)
        away = float(np.sqrt(max(float(rel @ rel) - along * along, 0)))
        if along > -size - radius and away < size + radius + slope * max(along, 0) + 0.02:
            kept.append(part)
    return kept


def _shade(
    parts: Sequence[Part], casters: Sequence[Part], points: Array, rays: Array, light: Light, surface: Surface
) -> Array:
    smooth = _normals(parts, points, 0.004)
    which = _nearest(parts, points)
    albedo = np.array([linear(p.paint) for p in parts], np.float32)[which]
    normal = _bumped(smooth, points, surface)
    visible = np.ones(len(points), np.float32)
    if casters:
        start = points + smooth * 0.02
        toward = np.broadcast_to(light.sun, start.shape).astype(np.float32)
        hit = trace(
            casters, start, toward, np.full(len(points), 0.01, np.float32), np.full(len(points), 2.5, np.float32), 24
        )
        visible = (~np.isfinite(hit)).astype(np.float32)
    open_ = np.clip(field_at(parts, points + smooth * 0.12) / 0.12, 0, 1) * 0.6 + 0.4
    lit = light.shade(albedo, normal, visible, surface.wrap) * open_[:, None]
    rim = np.clip(1 + (rays * normal).sum(-1), 0, 1) ** 3
    lit += albedo * (rim * 0.25)[:, None] * light.sky
    if surface.gloss > 0:
        half = unit(light.sun - rays)
        lit += (surface.gloss * visible * np.clip((half * normal).sum(-1), 0, 1) ** 60)[:, None] * light.sun_colour * 6
    return lit.astype(np.float32)


def _bumped(normal: Array, points: Array, surface: Surface) -> Array:
    """Folds of cloth: the normal tilted by the slope of a noise."""
    if surface.bump <= 0:
        return normal
    x, y, z = points.T
    h = surface.scale * 0.02
    p = surface.scale

    def height(dx: float, dy: float, dz: float) -> Array:
        return noise3((x + dx) * 1.0, (y + dy) * surface.stretch, z + dz, p, 71, beta=2.6)

    base = height(0, 0, 0)
    slope = np.stack([height(h, 0, 0) - base, height(0, h, 0) - base, height(0, 0, h) - base], axis=-1) / h * p * 0.09
    slope -= (slope * normal).sum(-1, keepdims=True) * normal
    return unit(normal - surface.bump * slope)
