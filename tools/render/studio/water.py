"""Water thrown through sunlight: beads and threads of it, bright against what is darker behind."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numba import njit

from studio.light import Array, Light, unit, vec

if TYPE_CHECKING:
    from studio.camera import Camera


@dataclass(frozen=True)
class Spray:
    """Drops: where each is, how fast it goes, and its radius; metres and metres a second."""

    at: Array
    speed: Array
    radius: Array


def fling(tip: Array, before: Array, ahead: Array, count: int, seed: int, age: float = 0.80) -> Spray:
    """Drops shaken off a brush that swung from `before` to `tip`, leaving it towards `ahead` (metres a second).

    The first to leave left early in the swing and are farthest; the last, still near the brush, are the finest.
    """
    rng = np.random.default_rng(seed)
    clot = rng.integers(0, 26, count)
    when = np.clip(rng.beta(1.5, 1.25, 26)[clot] + rng.normal(0, 0.035, count), 0.005, 1.0)
    flown = when * age
    swing = np.clip(when * 0.5, 0, 1)[:, None]
    start = tip + (before - tip) * swing + rng.normal(0, 0.018, (count, 3))
    drift = rng.normal(0, 1, (26, 3))[clot] * np.array([0.40, 0.30, 0.5]) + rng.normal(0, 0.16, (count, 3))
    speed = ahead * (0.84 + 0.34 * when[:, None]) + vec(0.0, 0.5, 0.0) * (1 - swing) + drift
    at = start + speed * flown[:, None] + np.array([0, -4.9, 0]) * (flown**2)[:, None]
    now = speed + np.array([0, -9.8, 0]) * flown[:, None]
    finer = 0.62 + 0.38 * np.clip(when / 0.45, 0, 1)
    radius = np.clip(rng.lognormal(-6.75, 0.60, count) * finer, 0.0003, 0.0040)
    return Spray(at.astype(np.float32), now.astype(np.float32), radius.astype(np.float32))


def near_lens(camera: Camera, count: int, seed: int) -> Spray:
    """Drops that came right up to the lens, to become discs."""
    rng = np.random.default_rng(seed)
    far = rng.uniform(0.45, 1.3, count)
    across, up = rng.beta(2.2, 1.2, count) * 1.04 - 0.52, rng.beta(2.0, 1.4, count) * 0.68 - 0.30
    right, above, forward = camera.axes
    at = vec(*camera.eye) + far[:, None] * (forward + across[:, None] * right + up[:, None] * above)
    speed = rng.normal(0, 0.12, (count, 3)) + vec(0.1, -0.3, -0.2)
    radius = np.clip(rng.lognormal(-7.35, 0.35, count), 0.0003, 0.0012)
    return Spray(at.astype(np.float32), speed.astype(np.float32), radius.astype(np.float32))


def light_of(spray: Spray, camera: Camera, light: Light, shutter: float, focus: float, aperture: float) -> Array:
    """The light (h, w, 3) of the drops in a picture.

    A drop throws most of the sun on nearly straight ahead: bright when the sun is behind it. It is drawn as far as it
    moves while the `shutter` (seconds) is open, and as wide as a lens opening of `aperture` metres blurs it that is
    focused `focus` metres away.
    """
    picture = np.zeros((camera.height, camera.width), np.float32)
    one, depth = camera.project(spray.at - spray.speed * (shutter / 2))
    two, _ = camera.project(spray.at + spray.speed * (shutter / 2))
    away = unit(spray.at - vec(*camera.eye))
    forward = np.clip(away @ light.sun, -1, 1)
    power = 0.35 + 4.0 * np.clip(forward, 0, 1) ** 4 + 0.9 * np.clip(forward * 0.5 + 0.5, 0, 1)
    core = spray.radius * camera.focal / depth
    disc = aperture * camera.focal * np.abs(1 / focus - 1 / depth) * 0.5
    glint = np.random.default_rng(len(core)).lognormal(0.0, 0.7, len(core))
    near = depth > 0.25
    _dots(
        picture,
        one[near],
        two[near],
        core[near].astype(np.float32),
        disc[near].astype(np.float32),
        (power * glint)[near].astype(np.float32),
        np.float32(camera.width / 1920),
    )
    return picture[..., None] * light.sun_colour * vec(0.97, 1.0, 1.04)


@njit(cache=True)
def _dots(picture, one, two, core, disc, power, unit_px):  # type: ignore[no-untyped-def]  # compiled
    """Add each drop as a soft-edged capsule whose light is spread over its area."""
    height, width = picture.shape
    for i in range(one.shape[0]):
        drop = max(core[i], 0.30 * unit_px)
        radius = np.sqrt(drop * drop + disc[i] * disc[i])
        soft = 0.6 + 0.10 * radius
        ax, ay = one[i, 0], one[i, 1]
        dx, dy = two[i, 0] - ax, two[i, 1] - ay
        length = np.sqrt(dx * dx + dy * dy)
        area = np.pi * radius * radius + 2 * radius * length
        bright = power[i] * 2.5 * np.pi * core[i] * core[i] / area * (1.0 + 0.8 * min(1.0, 1.0 / (disc[i] + 0.3)))
        reach = radius * 1.6 + soft + 1
        x0, x1 = int(max(0, min(ax, ax + dx) - reach)), int(min(width, max(ax, ax + dx) + reach + 1))
        y0, y1 = int(max(0, min(ay, ay + dy) - reach)), int(min(height, max(ay, ay + dy) + reach + 1))
        for y in range(y0, y1):
            for x in range(x0, x1):
                rx, ry = x + 0.5 - ax, y + 0.5 - ay
                t = min(1.0, max(0.0, (rx * dx + ry * dy) / (length * length + 1e-9)))
                d = np.sqrt((rx - t * dx) ** 2 + (ry - t * dy) ** 2)
                flat = min(1.0, max(0.0, (radius + soft * 0.5 - d) / soft))
                bead = np.exp(-1.6 * d * d / (radius * radius)) * min(1.0, t * 3 + 0.25) * min(1.0, (1 - t) * 3 + 0.25)
                share = min(1.0, max(0.0, radius / unit_px / 3.0 - 1.0))
                k = flat * share + bead * (1 - share)
                if k > 0.004:
                    rim = 1.0 + 0.35 * min(1.0, disc[i] / 6.0) * (d / (radius + 1e-6)) ** 4
                    picture[y, x] += bright * k * rim
