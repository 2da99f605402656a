"""Sunrise over the steppe: the sky round the sun, cloud lit from below, the flattened disc, and air that glows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from studio.film import Film, blur
from studio.light import Array, linear, mix, smoothstep, unit, vec
from studio.noise import noise2

if TYPE_CHECKING:
    from studio.camera import Camera

# Degrees above the horizon, colour, brightness.
GRADIENT = (
    (-1.0, "#c25a34", 0.62),
    (0.0, "#d0643a", 0.72),
    (0.8, "#e98443", 0.94),
    (2.2, "#f2a25a", 1.02),
    (4.2, "#e39a78", 0.84),
    (6.8, "#b97d92", 0.62),
    (9.8, "#77669c", 0.50),
    (13.0, "#474c88", 0.42),
    (18.0, "#2b3468", 0.36),
)


@dataclass(frozen=True)
class Dawn:
    """The sky (with the sun in it), and the light of the air in front of far things, both (h, w, 3)."""

    sky: Array
    air: Array
    sun: tuple[float, float]


def dawn(camera: Camera, sun: Array, seed: int = 90) -> Dawn:
    """Everything above the horizon, the sun standing in the direction `sun`."""
    rays = unit(camera.rays())
    lift = np.degrees(np.arcsin(np.clip(rays[..., 1], -1, 1)))
    side = np.degrees(np.arctan2(rays[..., 0], rays[..., 2]) - np.arctan2(sun[0], sun[2]))
    sun_lift = float(np.degrees(np.arcsin(sun[1])))
    clear = _gradient(lift) * (0.74 + 0.34 * np.exp(-((side / 9.0) ** 2)))[..., None]
    away = np.hypot(side * 0.8, lift - sun_lift)
    clear += np.exp(-away / 3.4)[..., None] * vec(0.62, 0.27, 0.075)
    clear += np.exp(-away / 0.95)[..., None] * vec(1.5, 0.72, 0.20)
    sky = _clouds(clear, rays, lift, away, seed)
    sky = _banks(sky, side, lift, away, seed + 5)
    low = np.clip(camera.centre[1] - 0.012 * camera.height, 1, camera.height - 1)
    row = clear[int(low)][None]
    below = smoothstep(-0.1, 1.2, lift)[..., None]
    air = mix(np.broadcast_to(row * 0.86, clear.shape), clear, below)
    (pixel,), _ = camera.project((vec(*camera.eye) + sun * 1000)[None])
    at = float(pixel[0]), float(pixel[1])
    sky = _disc(camera, sky, at)
    return Dawn(sky.astype(np.float32), blur(air.astype(np.float32), 0.012 * camera.width), at)


def _gradient(lift: Array) -> Array:
    marks = [m for m, _, _ in GRADIENT]
    fine = np.linspace(marks[0], marks[-1], 400)
    table = np.stack([linear(c) * b for _, c, b in GRADIENT])
    smooth = np.stack([blur(np.interp(fine, marks, table[:, i])[:, None], 14.0)[:, 0] for i in range(3)], axis=-1)
    return np.stack([np.interp(lift, fine, smooth[:, i]) for i in range(3)], axis=-1).astype(np.float32)


def _density(u: Array, v: Array, seed: int) -> Array:
    """Cloud on its plane: wide sheets, bands across them, ripples in those."""
    warp = noise2(u * 0.7, v * 0.7, 5.0, seed + 3) - 0.5
    sheet = noise2(u * 0.30, v * 0.42, 6.0, seed, beta=1.9)
    band = noise2(u * 0.55 + warp * 0.6 + v * 0.22, v * 1.9 + warp * 0.8, 7.0, seed + 1, beta=1.7)
    ripple = noise2(u * 2.2 + warp * 0.8, v * 5.0 + u * 1.4 + warp * 1.0, 7.0, seed + 2, beta=1.45)
    return smoothstep(0.44, 0.80, sheet * 0.42 + band * 0.42 + ripple * 0.17)


def _clouds(clear: Array, rays: Array, lift: Array, away: Array, seed: int) -> Array:
    far = 1 / (np.clip(rays[..., 1], 0, 1) + 0.030)
    u, v = rays[..., 0] * far, far * 0.55
    thick = _density(u, v, seed)
    beyond = _density(u, v + 0.16, seed)
    lit = np.clip(0.40 + 1.0 * (thick - beyond), 0, 1.4) * np.exp(-thick * 0.35)
    cover = np.clip(thick * smoothstep(0.9, 3.4, lift), 0, 1)
    near = np.exp(-away / 8.0)[..., None]
    bright = mix(linear("#d98d86") * 0.80, linear("#ffb469") * 1.65, near)
    dim = mix(linear("#4b4a76") * 0.62, linear("#a8626a") * 0.75, near)
    tone = mix(dim, bright, np.clip(lit, 0, 1)[..., None]) + clear * 0.10
    return mix(clear, tone, (cover * 0.86)[..., None])


def _banks(sky: Array, side: Array, lift: Array, away: Array, seed: int) -> Array:
    """Thin bars of far cloud low over the horizon, dark against the glow, with lit undersides."""
    bend = (noise2(side, lift * 0.4, 40.0, seed + 1) - 0.5) * 0.5

    def bar(dy: float) -> Array:
        level = lift + bend + dy
        n = noise2(side * 0.30, level * 2.3, 17.0, seed, beta=1.5)
        return smoothstep(0.60, 0.74, n) * smoothstep(0.25, 0.9, lift) * smoothstep(4.6, 2.4, lift)

    body, under = bar(0.0), np.clip(bar(0.0) - bar(-0.07), 0, 1)
    shade = mix(linear("#8d5560") * 0.62, linear("#e0763d") * 0.92, np.exp(-away / 3.0)[..., None])
    sky = mix(sky, shade, (body * 0.62)[..., None])
    return sky + (under * np.exp(-away / 5.0))[..., None] * vec(0.75, 0.34, 0.10)


def _disc(camera: Camera, sky: Array, at: tuple[float, float]) -> Array:
    """The sun, flattened by the air it shines through, redder below, its limb a little ragged."""
    y, x = np.mgrid[0 : camera.height, 0 : camera.width].astype(np.float32)
    radius = camera.focal * np.float32(np.tan(np.radians(0.265)))
    down = (y - at[1]) / radius
    tall = np.where(down > 0, 0.78, 0.88)
    wobble = 1 + 0.018 * np.sin(down * 17 + 1) + 0.012 * np.sin(down * 41)
    r = np.hypot((x - at[0]) / (radius * wobble), down / tall)
    edge = smoothstep(1.0 + 1.2 / radius, 1.0 - 1.2 / radius, r)[..., None]
    tone = mix(vec(9.5, 5.6, 2.0), vec(5.0, 1.55, 0.26), smoothstep(-0.55, 0.95, down)[..., None])
    return mix(sky, tone * (0.75 + 0.25 * np.sqrt(np.clip(1 - r * r, 0, 1)))[..., None], edge)


def through_air(film: Film, air: Array, tone: Array, alpha: Array, fog: Array, wrap: float = 0.06) -> None:
    """Lay a dark layer over the film as it looks through glowing air: `fog` (h, w) is the air's share.

    Light from behind spills over its edges, as it does in every lens.
    """
    unit_px = max(film.height, film.width) / 1920
    behind = film.image * (1 - alpha[..., None])
    film.over(mix(tone, air, np.clip(fog, 0, 1)[..., None]), alpha)
    for radius, share in ((1.6, 0.55), (7.0, 0.30), (30.0, 0.15)):
        spill = np.clip(blur(behind, radius * unit_px), 0, 2.5)
        film.add(spill * (alpha * wrap * share)[..., None])
