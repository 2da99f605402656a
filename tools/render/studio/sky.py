"""Sky and steppe: everything behind the site, made from the camera's rays."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from studio.light import Array, Light, linear, mix, smoothstep, unit
from studio.noise import noise2

if TYPE_CHECKING:
    from studio.camera import Camera


def day_sky(camera: Camera, cirrus: float = 0.35, seed: int = 3, haze: float = 1.0, deep: float = 1.0) -> Array:
    """A hot June sky: deep blue above, pale and dusty at the horizon, thin streaks of cirrus."""
    rays = unit(camera.rays())
    up = np.clip(rays[..., 1], 0, 1)
    top, middle, low = linear("#23467c") * deep, linear("#4f7fb6"), linear("#a4b7c4")
    dust = linear("#c3bba9")
    sky = mix(middle, top, smoothstep(0.08, 0.75, up)[..., None])
    sky = mix(low, sky, smoothstep(-0.02, 0.30, up)[..., None] ** 0.8)
    sky = mix(sky, dust, (np.exp(-up / 0.035) * 0.65 * haze)[..., None])
    if cirrus > 0:
        sky = mix(sky, linear("#dfe3e6"), (_cirrus(rays, seed) * cirrus)[..., None])
    return sky.astype(np.float32)


def _cirrus(rays: Array, seed: int) -> Array:
    """Thin high cloud on a plane far above, drawn out into streaks and warped."""
    up = np.clip(rays[..., 1], 0.03, 1)
    x, z = rays[..., 0] / up, rays[..., 2] / up
    x, z = 0.94 * x - 0.34 * z, 0.34 * x + 0.94 * z
    warp = noise2(x * 1.0, z * 1.0, 9.0, seed + 1) - 0.5
    streak = noise2(x * 0.35 + warp * 0.35, z * 1.5 + warp * 0.5, 12.0, seed, beta=1.4)
    patch = noise2(x, z, 16.0, seed + 2, beta=2.2)
    cover = smoothstep(0.46, 0.82, streak * 0.62 + patch * 0.42)
    return (cover * smoothstep(0.02, 0.16, rays[..., 1])).astype(np.float32)


def ground(camera: Camera, light: Light, level: float, seed: int = 5, haze: float = 1.0) -> tuple[Array, Array]:
    """Dry steppe at height `level`: its light, and its cover (1 below the horizon)."""
    rays = camera.rays()
    down = -rays[..., 1]
    height = camera.eye[1] - level
    t = height / np.maximum(down, 1e-4)
    x, z = camera.eye[0] + t * rays[..., 0], camera.eye[2] + t * rays[..., 2]
    far = t * np.linalg.norm(rays, axis=-1)
    grain_far = np.exp(-far / 900)[..., None]
    albedo = mix(linear("#a8977c"), linear("#8b7a5b"), noise2(x, z, 260, seed)[..., None])
    patches = smoothstep(0.42, 0.62, noise2(x, z * 0.8, 90, seed + 1))[..., None]
    albedo = mix(albedo, linear("#77704f"), patches * 0.35)
    fine = noise2(x, z, 14, seed + 2, beta=1.1)[..., None]
    tufts = smoothstep(0.60, 0.72, noise2(x, z, 22, seed + 3, beta=1.0))[..., None]
    near = np.exp(-far / 160)[..., None]
    albedo = albedo * (0.8 + 0.42 * fine * grain_far) * (1 - 0.42 * tufts * np.clip(near * 1.6, 0, 1))
    normal = np.zeros((*t.shape, 3), np.float32)
    normal[..., 1] = 1
    lit = light.shade(albedo.astype(np.float32), normal)
    veil = (1 - np.exp(-far / 5200))[..., None] * haze
    lit = mix(lit, linear("#b3ada0") * 0.9, np.clip(veil, 0, 1))
    cover = (down > 1e-4).astype(np.float32)
    return lit, cover


def haze_colour() -> Array:
    """The colour far things fade into on the day."""
    return linear("#a6a7a2") * 0.9
