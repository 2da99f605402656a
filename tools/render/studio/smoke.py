"""Dust and smoke: puffs swollen with noise in a grid seen from the camera, lit by the sun, the sky and the fire.

How deep a place lies in the puffs, and how much light comes to it, is kept in a coarse grid of the camera's own; the
detail is added where a pixel's ray goes (`studio.smoke_march`). A puff's centre is a world point.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from studio import smoke_march
from studio.film import resize
from studio.light import Array, Light, linear, vec
from studio.noise import cells, volume

if TYPE_CHECKING:
    from studio.camera import Camera


@dataclass
class Cloud:
    """What is to be drawn: `puffs` are rows x, y, z, radius, density; `fires` are rows x, y, z, strength.

    `clump` is the size of the largest billows in metres, `rough` how far they stand out; `steam` is the share of greyer
    smoke among the dust, `thin` what thin smoke looks like. With `merge` above 0 (0.4 is much) puffs flow into one
    another and are no longer seen as balls.
    """

    puffs: Array
    albedo: Array
    albedo_low: Array
    fires: Array = field(default_factory=lambda: np.zeros((0, 4), np.float32))
    density: float = 0.5
    rough: float = 1.0
    clump: float = 26.0
    floor: float = -1e9
    seed: int = 21
    fire_colour: Array = field(default_factory=lambda: vec(1.0, 0.42, 0.12))
    ember: float = 0.0
    steam: float = 0.35
    merge: float = 0.0
    thin: Array = field(default_factory=lambda: linear("#9aa0a6"))


DUST = linear("#ab967c")
DUST_LOW = linear("#957f66")

CELL = 4  # units of a picture 1920 long to one cell of the grid
EMPTY = -1.0


@dataclass
class Grid:
    """Where the smoke is and the light that comes to it, in slices of depth; `layer` draws it."""

    body: Array
    dense: Array
    shade: Array
    above: Array
    glow: Array
    lens: Array
    camera: Camera
    cloud: Cloud
    light: Light

    def layer(self, near: float, far: float, full: Camera, detail: float = 1.0) -> tuple[Array, Array]:
        """The smoke between two depths: (premultiplied light, alpha) at the size of `full`.

        With a `detail` under 1 it is marched at that share of the pixels each way.
        """
        if detail < 1:
            tone, alpha = self.layer(near, far, full.scaled(detail))
            return resize(tone, full.width, full.height), resize(alpha, full.width, full.height)
        cloud, light = self.cloud, self.light
        first, spacing = float(self.lens[3]), float(self.lens[4])
        last = first + spacing * (len(self.body) - 1)
        step = min(cloud.clump * 0.028, spacing * 0.6)
        cx, cy = full.centre
        right, up, forward = self.camera.axes
        floor = cloud.floor if cloud.floor > -1e8 else -1e9
        tones = np.stack(
            [
                cloud.albedo,
                cloud.albedo_low,
                cloud.thin,
                light.sun_colour * 0.95,
                light.sky * 0.85 + light.ground * 0.9,
                cloud.fire_colour,
                vec(1.0, 0.75, 0.4) * cloud.ember,
            ]
        )
        out = smoke_march.march(
            (full.height, full.width),
            np.array([full.focal, cx, cy]),
            np.array([max(near, first - spacing / 2), min(far, last + spacing / 2), step]),
            self.body,
            self.shade,
            self.above,
            self.glow,
            _open(self.body),
            cells(cloud.seed),
            volume(cloud.seed + 3),
            _shape(cloud),
            self.lens,
            np.array([light.sun @ axis for axis in (right, up, forward)], np.float64),
            np.array([right[1], up[1], forward[1], self.camera.eye[1], floor], np.float64),
            tones.astype(np.float64),
        )
        return out[..., :3], out[..., 3]


def _shape(cloud: Cloud) -> Array:
    return np.array([cloud.clump, cloud.rough, cloud.density, cloud.steam], np.float64)


def _open(body: Array) -> Array:
    """Columns of the grid in which, and beside which, there is nothing."""
    empty = body.max(axis=0) <= -0.35
    for axis in (0, 1):
        empty = empty & np.roll(empty, 1, axis) & np.roll(empty, -1, axis)
    return empty


def puffs(rows: list[tuple[float, float, float, float, float]]) -> Array:
    """Rows x, y, z, radius, density as an array."""
    return np.array(rows, np.float32).reshape(-1, 5)


def jet(
    rng: np.random.Generator,
    count: int,
    start: tuple[float, float, float],
    drift: tuple[float, float, float],
    radius: tuple[float, float],
    scatter: tuple[float, float, float],
    rise: float = 0.0,
    density: float = 1.0,
    bunch: float = 1.0,
) -> Array:
    """Puffs thrown out from `start` along `drift`, growing from the first radius to the second and rising in heaps."""
    s = np.sort(rng.random(count)) ** bunch
    heap = 0.55 + 0.75 * np.abs(np.sin(s * 9.0 + rng.random() * 6)) * rng.random(count)
    rows = np.zeros((count, 5), np.float32)
    for axis in range(3):
        spread = rng.normal(0, 1, count) * scatter[axis] * (0.25 + s)
        rows[:, axis] = start[axis] + drift[axis] * s + spread
    rows[:, 1] += rise * s * heap * rng.random(count) * 1.6
    rows[:, 3] = (radius[0] + (radius[1] - radius[0]) * s) * rng.uniform(0.6, 1.3, count)
    rows[:, 4] = density * rng.uniform(0.7, 1.2, count)
    return rows


def render(
    camera: Camera, cloud: Cloud, light: Light, near: float, far: float, slices: int = 40, detail: float = 1.0
) -> Grid:
    """Fill and light the grid between two depths; a greater `detail` makes its cells smaller."""
    cell = CELL / detail
    factor = 1920 / cell / max(camera.width, camera.height)
    # At either side lies smoke outside the picture that still casts its shadow into it.
    rows, columns = round(camera.height * factor * 1.08), round(camera.width * factor * 1.4)
    cx, cy = camera.centre
    spacing = (far - near) / slices
    lens = np.array(
        [
            camera.focal * factor,
            cx * factor + (columns - camera.width * factor) / 2,
            cy * factor + (rows - camera.height * factor) / 2,
            near + spacing / 2,
            spacing,
        ],
        np.float64,
    )
    body = np.stack([_slice(camera, cloud, lens, (rows, columns), k) for k in range(slices)])
    heads, mist = cells(cloud.seed), volume(cloud.seed + 3)
    dense = smoke_march.fill(body, heads, mist, _shape(cloud), lens)
    size = (near + far) / 2 / float(lens[0])
    sun = np.array([light.sun @ axis for axis in camera.axes], np.float32)
    shade = _shadow(dense, sun, size, spacing)
    above = _shadow(dense, vec(0.05, 1.0, 0.02), size, spacing)
    fires = np.column_stack([camera.to_camera(cloud.fires[:, :3]), cloud.fires[:, 3]]).astype(np.float64)
    glow = smoke_march.firelight(dense, body, fires, lens)
    return Grid(body, dense, shade, above, glow, lens, camera, cloud, light)


def _slice(camera: Camera, cloud: Cloud, lens: Array, size: tuple[int, int], k: int) -> Array:
    """How deep every place of one slice lies in the puffs: 1 in the middle of one, 0 at its edge, less outside."""
    h, w = size
    focal, cx, cy = (float(v) for v in lens[:3])
    depth = float(lens[3] + k * lens[4])
    scale = focal / depth
    body = np.full((h, w), EMPTY, np.float32)
    centres = camera.to_camera(cloud.puffs[:, :3])
    for (px, py, pz), (radius, thick) in zip(centres, cloud.puffs[:, 3:], strict=True):
        reach2 = (radius * 1.45) ** 2 - (pz - depth) ** 2
        if reach2 <= 0:
            continue
        reach = np.sqrt(reach2)
        left, right = int(max(0, cx + (px - reach) * scale)), int(min(w, cx + (px + reach) * scale + 2))
        top, bottom = int(max(0, cy - (py + reach) * scale)), int(min(h, cy - (py - reach) * scale + 2))
        if left >= right or top >= bottom:
            continue
        x = (np.arange(left, right, dtype=np.float32) + 0.5 - cx) / scale - px
        y = (cy - np.arange(top, bottom, dtype=np.float32) - 0.5) / scale - py
        d2 = x[None, :] ** 2 + y[:, None] ** 2 + (pz - depth) ** 2
        value = (1 - np.sqrt(d2) / radius) * thick
        before = body[top:bottom, left:right]
        joined = np.maximum(before, value)
        if cloud.merge > 0:
            joined += 0.25 * np.clip(cloud.merge - np.abs(before - value), 0, None) ** 2 / cloud.merge
        body[top:bottom, left:right] = joined
    return body


def _shadow(density: Array, towards: Array, cell: float, step: float) -> Array:
    """Optical depth from each cell towards a light, swept from the top row down (`towards` must point upward)."""
    rows = density.shape[1]
    rise = max(float(towards[1]), 0.08)
    dx, dk = float(towards[0]) / rise, float(towards[2]) / rise * cell / step
    length = cell / rise
    if abs(dx) > 3:
        dx = 3.0 * float(np.sign(dx))
    out = np.zeros_like(density)
    for row in range(1, rows):
        before = out[:, row - 1] + density[:, row - 1] * length
        out[:, row] = _shifted(_shifted(before, dx, 1), dk, 0)
    return out


def _shifted(a: Array, by: float, axis: int) -> Array:
    """`a` read `by` cells further along `axis`, linearly, empty beyond the edge."""
    whole = int(np.floor(by))
    part = by - whole
    return ((1 - part) * _roll(a, whole, axis) + part * _roll(a, whole + 1, axis)).astype(np.float32)


def _roll(a: Array, by: int, axis: int) -> Array:
    if by == 0:
        return a
    out = np.zeros_like(a)
    n = a.shape[axis]
    if abs(by) >= n:
        return out
    source = [slice(None)] * a.ndim
    target = [slice(None)] * a.ndim
    source[axis] = slice(by, n) if by > 0 else slice(0, n + by)
    target[axis] = slice(0, n - by) if by > 0 else slice(-by, n)
    out[tuple(target)] = a[tuple(source)]
    return out
