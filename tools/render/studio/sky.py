"""Sky and steppe: everything behind the site, made from the camera's rays."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from studio.light import AFTERNOON, Array, Light, linear, mix, smoothstep, unit, vec
from studio.noise import octaves2

if TYPE_CHECKING:
    from collections.abc import Sequence

    from studio.camera import Camera

# Clear air at sea level: scattering per metre of red, green and blue, and the heights they fade over, metres.
AIR, AIR_HEIGHT = vec(5.8e-6, 13.5e-6, 33.1e-6), 8000.0
DUST_HEIGHT = 1500.0
Track = tuple[float, float, float, float]


def day_sky(
    camera: Camera,
    cirrus: float = 0.35,
    seed: int = 3,
    haze: float = 1.0,
    deep: float = 1.0,
    light: Light = AFTERNOON,
) -> Array:
    """A hot June sky: blue air, dust near the ground, thin cirrus.

    `cirrus` is how much of that there is, `haze` how dusty the air is, `deep` darkens the height (a polarised look).
    """
    rays = unit(camera.rays())
    up = np.clip(rays[..., 1], 0, 1)
    angle = rays @ light.sun
    blue, dust, many = _air(round(float(light.sun[1]), 3), round(haze, 3))
    steps = np.linspace(0, 1, len(blue))
    at = np.sqrt(up)
    g = 0.70
    scatter = (1 - g * g) / (1 + g * g - 2 * g * np.clip(angle, -1, 0.995)) ** 1.5
    sky = np.empty(rays.shape, np.float32)
    for c in range(3):
        sky[..., c] = (
            0.75 * (1 + angle**2) * np.interp(at, steps, blue[:, c])
            + scatter * np.interp(at, steps, dust[:, c])
            + np.interp(at, steps, many[:, c])
        )
    sky *= mix(np.ones_like(up), np.full_like(up, deep), smoothstep(0.08, 0.75, up))[..., None]
    if cirrus > 0:
        cover = _cirrus(rays, seed, camera.focal) * cirrus
        white = mix(linear("#e6e4df"), linear("#f1f3f5"), smoothstep(0.05, 0.4, up)[..., None])
        sky = mix(sky, white * (0.80 + 0.05 * scatter[..., None]), np.clip(cover, 0, 0.9)[..., None])
    return sky.astype(np.float32)


@lru_cache(maxsize=4)
def _air(sine: float, haze: float) -> tuple[Array, Array, Array]:
    """Light of a ray by the square root of its upward share: scattered once by air, once by dust, and many times.

    The sun stands `sine` high. A flat atmosphere whose farthest way is that of the round Earth.
    """
    at = np.linspace(0, 1, 256) ** 2
    way = 1 / np.sqrt(at**2 + 0.0016)
    dusty = vec(34e-6, 35e-6, 36e-6) * haze
    pale = vec(0.95, 0.90, 0.80)
    heights = np.geomspace(20, 45000, 96) - 20
    layer = np.diff(heights)
    middle = (heights[1:] + heights[:-1]) / 2
    air = np.exp(-middle / AIR_HEIGHT)[:, None] * AIR
    dust = np.exp(-middle / DUST_HEIGHT)[:, None] * dusty
    total = air + dust
    below = np.cumsum(total * layer[:, None], axis=0)
    above = below[-1] - below
    sunlit = np.exp(-above / max(sine, 0.08))
    single, grime, many = (np.zeros((256, 3), np.float32) for _ in range(3))
    for k in range(len(middle)):
        seen = np.exp(-below[k] * way[:, None]) * layer[k] * way[:, None]
        single += seen * air[k] * sunlit[k]
        grime += seen * dust[k] * pale * sunlit[k]
        many += seen * (air[k] + dust[k] * pale) * (0.35 * sunlit[k] + 0.10) * vec(0.92, 1.0, 1.06)
    sun = 1.16 * vec(1.04, 0.965, 1.02)  # what ozone takes
    return single * sun, grime * 0.42 * sun, many * 0.62 * sun


def _cirrus(rays: Array, seed: int, focal: float) -> Array:
    """Ice cloud far above, combed by the wind: patches, fibres bent by shear, a fine mackerel in places."""
    up = np.clip(rays[..., 1], 0.03, 1)
    x, z = rays[..., 0] / up, rays[..., 2] / up
    a, b = 0.94 * x - 0.34 * z, 0.34 * x + 0.94 * z
    pixel = 1 / (focal * up**1.5)
    patch = octaves2(a * 0.55, b, 3.4, pixel, seed + 2, count=3, gain=0.5)
    shear = octaves2(a, b, 1.5, pixel, seed + 10, count=3, gain=0.42) - 0.5
    fibre = octaves2(a * 0.16 + shear * 0.22, b + shear * 0.34, 0.42, pixel, seed + 20, count=5, gain=0.58)
    hook = octaves2(
        a * 0.30 + b * 0.5 + shear * 0.5, b - a * 0.16 + shear * 0.4, 0.5, pixel, seed + 30, count=5, gain=0.7
    )
    ripple = octaves2(a * 0.8 + shear * 0.3, b, 0.075, pixel, seed + 40, count=2, gain=0.5)
    veil = smoothstep(0.46, 0.86, patch)
    strands = smoothstep(0.50, 1.08, fibre * 0.46 + patch * 0.62 + (hook - 0.5) * 0.26)
    grains = smoothstep(0.62, 0.9, patch) * smoothstep(0.44, 0.66, ripple) * 0.25
    cover = 0.22 * veil + 0.95 * strands + grains * veil
    return (cover * smoothstep(0.015, 0.13, rays[..., 1])).astype(np.float32)


def ground(
    camera: Camera,
    light: Light,
    level: float,
    seed: int = 5,
    haze: float = 1.0,
    tracks: Sequence[Track] = (),
) -> tuple[Array, Array]:
    """Dry steppe at height `level`: its light, and its cover (1 below the horizon).

    Every one of `tracks` (x, z, direction in degrees from straight ahead, width in metres) is a road of bare dust.
    """
    rays = camera.rays()
    down = -rays[..., 1]
    height = camera.eye[1] - level
    t = height / np.maximum(down, 1e-4)
    x, z = camera.eye[0] + t * rays[..., 0], camera.eye[2] + t * rays[..., 2]
    far = t * np.linalg.norm(rays, axis=-1)
    # A pixel's patch of ground is long and narrow; nearer to its long side, or rows of dashes would be seen.
    pixel = (t / camera.focal * np.maximum(t / max(abs(height), 0.1), 1) ** 0.68).astype(np.float32)

    region = octaves2(x, z, 420, pixel, seed, count=3)
    patch = octaves2(x, z, 70, pixel, seed + 10, count=3)
    grass = octaves2(x, z, 9.0, pixel, seed + 20, count=3)
    fine = octaves2(x, z, 0.8, pixel, seed + 30, count=3, gain=0.7)
    tuft = smoothstep(0.60, 0.74, octaves2(x, z, 1.7, pixel, seed + 40, count=2) * 0.7 + patch * 0.2 + grass * 0.13)
    albedo = mix(linear("#a3937a"), linear("#8b7a58"), smoothstep(0.34, 0.66, region)[..., None])
    albedo = mix(albedo, linear("#73704f"), (smoothstep(0.46, 0.72, patch * 0.7 + grass * 0.3) * 0.50)[..., None])
    albedo = mix(albedo, linear("#bcae98"), (smoothstep(0.60, 0.74, 1 - patch) * 0.5)[..., None])
    albedo = albedo * (0.70 + 0.30 * grass + 0.30 * fine)[..., None]
    albedo = mix(albedo, linear("#5d5a3c"), (0.45 * tuft)[..., None])
    for track in tracks:
        rut, verge = _track(x, z, track, pixel, seed + 50)
        albedo = mix(albedo, linear("#b7a88f") * (0.86 + 0.28 * fine[..., None]), rut[..., None])
        albedo = albedo * (1 - 0.16 * verge[..., None])
    slope = _relief(x, z, light, pixel, seed)
    normal = np.zeros((*t.shape, 3), np.float32)
    normal[..., 1] = 1
    lit = light.shade(albedo.astype(np.float32), normal) * np.clip(1 + slope, 0.45, 1.6)[..., None]
    veil = (1 - np.exp(-far / 5200))[..., None] * haze
    lit = mix(lit, linear("#b3ada0") * 0.9, np.clip(veil, 0, 1))
    cover = (down > 1e-4).astype(np.float32)
    return lit.astype(np.float32), cover


def _relief(x: Array, z: Array, light: Light, pixel: Array, seed: int) -> Array:
    """How much more (or less) light hummocks and pebbles send back on the side turned to the sun (or from it)."""
    flat = np.hypot(light.sun[0], light.sun[2])
    sx, sz = light.sun[0] / flat, light.sun[2] / flat
    lean = flat / max(float(light.sun[1]), 0.15)
    total = np.zeros(x.shape, np.float32)
    for i, (size, strength) in enumerate(((24.0, 0.10), (3.2, 0.20), (0.42, 0.34), (0.11, 0.30))):
        s = size * 0.22
        here = octaves2(x, z, size, pixel, seed + 60 + i, count=1)
        sunward = octaves2(x + sx * s, z + sz * s, size, pixel, seed + 60 + i, count=1)
        total += (here - sunward) * strength * lean * 2.2
    return total


def _track(x: Array, z: Array, track: Track, pixel: Array, seed: int) -> tuple[Array, Array]:
    """Where a dust road's wheels run, and its darker verges; it wanders a little and breaks up."""
    x0, z0, towards, width = track
    c, s = np.cos(np.radians(towards)), np.sin(np.radians(towards))
    along, across = (x - x0) * s + (z - z0) * c, (x - x0) * c - (z - z0) * s
    across = across + 14 * (octaves2(along, along * 0, 260, 0, seed, count=2) - 0.5) * (width / 4)
    off = np.abs(across)
    soft = np.maximum(pixel * 0.7, width * 0.14)
    road = smoothstep(0, 1, (width / 2 - off) / soft + 0.5)
    crown = np.exp(-((off / (0.16 * width)) ** 2)) * np.clip(1 - pixel / width * 2, 0, 1)
    worn = np.clip(0.45 + octaves2(x, z, 18, pixel, seed + 5, count=2), 0.4, 1)
    verge = np.exp(-(((off - width * 0.72) / (0.3 * width)) ** 2))
    return (road * (1 - 0.6 * crown) * worn * 0.85).astype(np.float32), verge.astype(np.float32)


def haze_colour() -> Array:
    """The colour far things fade into on the day."""
    return linear("#a6a7a2") * 0.9
