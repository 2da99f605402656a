"""Dust and smoke: puffs swollen with noise in a grid seen from the camera, lit by the sun, the sky and the fire.

The grid is the camera's own: half the picture's pixels, and slices of depth. A puff's centre is a world point.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np
from scipy.ndimage import map_coordinates

from studio.light import Array, Light, linear, mix, smoothstep, vec
from studio.noise import billow, noise2, noise3

if TYPE_CHECKING:
    from studio.camera import Camera


@dataclass
class Cloud:
    """What is to be drawn: `puffs` are rows x, y, z, radius, density; `fires` are rows x, y, z, strength."""

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


DUST = linear("#bba68c")
DUST_LOW = linear("#a08a70")


@dataclass
class Grid:
    """Density and light in slices (slice, row, column); slice 0 is nearest."""

    depths: Array
    density: Array
    light: Array
    step: float
    camera: Camera

    def layer(self, near: float, far: float, full: Camera) -> tuple[Array, Array]:
        """The slices between two depths, composed: (premultiplied light, alpha) at the size of `full`."""
        shape = self.density.shape[1:]
        colour, clear = np.zeros((*shape, 3), np.float32), np.ones(shape, np.float32)
        for k in np.flatnonzero((self.depths >= near) & (self.depths < far)):
            alpha = 1 - np.exp(-self.density[k] * self.step)
            colour += (clear * alpha)[..., None] * self.light[k]
            clear *= 1 - alpha
        margin = _margin(self.camera.width)
        inside = slice(margin, self.camera.width - margin)
        return _sharpen(colour[:, inside], (1 - clear)[:, inside], full)


def _margin(width: int) -> int:
    """Columns at either side of a grid that lie outside the picture, so that smoke there still casts its shadow."""
    return round(width * 0.25 / 1.5)


def _sharpen(colour: Array, alpha: Array, full: Camera) -> tuple[Array, Array]:
    """To full size, with a slight finely curled displacement that gives back the detail a small grid lacks."""
    h, w = alpha.shape
    y, x = np.mgrid[0 : full.height, 0 : full.width].astype(np.float32)
    amount = 5.0 * max(full.width, full.height) / 1920
    scale = 1920 / max(full.width, full.height)
    dx = (noise2(x * scale, y * scale, 420, 91, beta=1.35) - 0.5) * amount * 2.6
    dy = (noise2(x * scale + 97, y * scale + 13, 420, 92, beta=1.35) - 0.5) * amount * 2.6
    grid = np.stack([(y + 0.5 + dy) * h / full.height - 0.5, (x + 0.5 + dx) * w / full.width - 0.5])
    planes = [
        map_coordinates(p, grid, order=1, mode="nearest", output=np.float32)
        for p in (colour[..., 0], colour[..., 1], colour[..., 2], alpha)
    ]
    return np.stack(planes[:3], axis=-1), planes[3]


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
    camera: Camera, cloud: Cloud, light: Light, near: float, far: float, slices: int = 40, detail: float = 0.5
) -> Grid:
    """Fill and light the grid between two depths."""
    small = camera.scaled(detail)
    small = replace(small, width=2 * round(small.width * 0.75))
    step = (far - near) / slices
    depths = (near + (np.arange(slices) + 0.5) * step).astype(np.float32)
    density = np.zeros((slices, small.height, small.width), np.float32)
    for k, depth in enumerate(depths):
        density[k] = _slice(small, cloud, float(depth))
    glow = _light(small, cloud, light, depths, density, step)
    return Grid(depths, density, glow, step, small)


def _slice(camera: Camera, cloud: Cloud, depth: float) -> Array:
    """Density on one sheet of the grid."""
    h, w = camera.height, camera.width
    centres = camera.to_camera(cloud.puffs[:, :3])
    cx, cy = camera.centre
    scale = camera.focal / depth
    body = np.zeros((h, w), np.float32)
    for (px, py, pz), (radius, thick) in zip(centres, cloud.puffs[:, 3:], strict=True):
        reach2 = radius**2 - (pz - depth) ** 2
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
        np.maximum(body[top:bottom, left:right], value, out=body[top:bottom, left:right])
    live = body > 0.0
    if not live.any():
        return body
    rows, columns = np.nonzero(live)
    x = ((columns + 0.5 - cx) / scale).astype(np.float32)
    y = ((cy - rows - 0.5) / scale).astype(np.float32)
    out = np.zeros_like(body)
    out[live] = _swell(body[live], x, y, np.full_like(x, depth), cloud)
    if cloud.floor > -1e8:
        right, up, forward = camera.axes
        world_y = camera.eye[1] + x * right[1] + y * up[1] + depth * forward[1]
        out[live] *= smoothstep(cloud.floor - 0.4, cloud.floor + 0.4, world_y.astype(np.float32))
    return out


def _swell(body: Array, x: Array, y: Array, z: Array, cloud: Cloud) -> Array:
    """Noise that eats into the puffs' edges and leaves round heads."""
    p, seed = cloud.clump, cloud.seed
    wx = (noise3(x, y, z, p * 3.1, seed + 3) - 0.5) * p * 0.55
    wy = (noise3(y, z, x, p * 3.1, seed + 4) - 0.5) * p * 0.55
    large = billow(noise3(x + wx, y + wy, z, p * 2.6, seed, beta=2.6))
    fine = billow(noise3(x + wx * 0.6, y + wy * 0.6, z, p * 0.8, seed + 1, beta=2.2))
    value = body * 1.75 + cloud.rough * ((large - 0.72) * 0.85 + (fine - 0.72) * 0.42) - 0.12
    return smoothstep(0.0, 0.42, value) * cloud.density * (0.6 + 0.8 * np.clip(value, 0, 1))


def _light(camera: Camera, cloud: Cloud, light: Light, depths: Array, density: Array, step: float) -> Array:
    """Light leaving every cell: sun through what lies before it, sky from above, fire near and far."""
    mean = float(depths.mean())
    cell = mean / camera.focal
    sun = np.array([light.sun @ axis for axis in camera.axes], np.float32)
    shade = _shadow(density, sun, cell, step)
    above = _shadow(density, vec(0.05, 1.0, 0.02), cell, step)
    direct = 0.72 * np.exp(-shade * 0.9) + 0.28 * np.exp(-shade * 0.16)
    fill = 0.35 + 0.65 * np.exp(-above * 0.35)
    out = np.empty((*density.shape, 3), np.float32)
    for k, depth in enumerate(depths):
        height = _height(camera, float(depth))
        albedo = mix(cloud.albedo_low, cloud.albedo, smoothstep(0, 25, height)[..., None])
        lit = direct[k][..., None] * light.sun_colour * 0.92 + fill[k][..., None] * (
            light.sky * 0.75 + light.ground * 0.5
        )
        out[k] = albedo * lit
        if len(cloud.fires):
            out[k] += albedo * _fire(camera, cloud, float(depth), density[k])
    return out


def _height(camera: Camera, depth: float) -> Array:
    _, up, forward = camera.axes
    rows = (camera.centre[1] - np.arange(camera.height, dtype=np.float32) - 0.5) / camera.focal * depth
    y = camera.eye[1] + rows * up[1] + depth * forward[1]
    return np.repeat(y[:, None], camera.width, axis=1).astype(np.float32)


def _fire(camera: Camera, cloud: Cloud, depth: float, density: Array) -> Array:
    h, w = density.shape
    cx, cy = camera.centre
    x = (np.arange(w, dtype=np.float32) + 0.5 - cx) / camera.focal * depth
    y = (cy - np.arange(h, dtype=np.float32) - 0.5) / camera.focal * depth
    places = camera.to_camera(cloud.fires[:, :3])
    total = np.zeros((h, w), np.float32)
    for (px, py, pz), strength in zip(places, cloud.fires[:, 3], strict=True):
        d2 = (x[None, :] - px) ** 2 + (y[:, None] - py) ** 2 + (depth - pz) ** 2
        total += strength * 90 / (d2 + 30) * np.exp(-np.sqrt(d2) / 34)
    total = total * (0.55 + 0.45 * np.exp(-density * 2.5))
    return total[..., None] * cloud.fire_colour + cloud.ember * (total**2)[..., None] * vec(1.0, 0.75, 0.4)


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
