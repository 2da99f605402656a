"""The light of the day: the sun's direction and colours, and how a matt surface answers them.

World axes: x to the right, y up, z away from the usual camera; metres. Colours are linear, 1 is sunlit white.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Array: TypeAlias = NDArray[np.float32]


def vec(*values: float) -> Array:
    """A float32 vector of `values`."""
    return np.array(values, dtype=np.float32)


def unit(v: Array) -> Array:
    """`v` with its last axis scaled to length 1."""
    return v / np.maximum(np.linalg.norm(v, axis=-1, keepdims=True), 1e-9)


def linear(code: str) -> Array:
    """A ``#rrggbb`` sRGB colour as linear light."""
    srgb = np.array([int(code[i : i + 2], 16) for i in (1, 3, 5)], dtype=np.float32) / 255
    return to_linear(srgb)


def to_linear(srgb: Array) -> Array:
    """SRGB values, 0 to 1, as linear light."""
    return np.where(srgb <= 0.04045, srgb / 12.92, ((srgb + 0.055) / 1.055) ** 2.4).astype(np.float32)


def to_srgb(light: Array) -> Array:
    """Linear light, 0 to 1, as sRGB values."""
    light = np.clip(light, 0, 1)
    return np.where(light <= 0.0031308, light * 12.92, 1.055 * light ** (1 / 2.4) - 0.055).astype(np.float32)


def smoothstep(low: float, high: float, x: Array) -> Array:
    """0 below `low`, 1 above `high`, a smooth S between; the bounds may be swapped."""
    t = np.clip((x - low) / (high - low), 0, 1)
    return (t * t * (3 - 2 * t)).astype(np.float32)


def mix(a: Array, b: Array, t: Array | float) -> Array:
    """`a` where `t` is 0, `b` where it is 1."""
    return (a + (b - a) * t).astype(np.float32)


@dataclass(frozen=True)
class Light:
    """Sun, sky and the ground's bounce."""

    sun: Array
    sun_colour: Array
    sky: Array
    ground: Array

    def shade(self, albedo: Array, normal: Array, visible: Array | float = 1.0, wrap: float = 0.0) -> Array:
        """What a matt surface sends back; `visible` is how much of the sun reaches it, `wrap` softens the edge."""
        cosine = np.clip((normal @ self.sun + wrap) / (1 + wrap), 0, None)
        up = (normal[..., 1] * 0.5 + 0.5)[..., None]
        fill = self.sky * up + self.ground * (1 - up)
        direct = (cosine * visible)[..., None] * self.sun_colour
        return (albedo * (direct + fill)).astype(np.float32)


def direction(elevation: float, azimuth: float) -> Array:
    """Towards a light: degrees above the horizon, and degrees from straight ahead (+z) to the right (+x)."""
    e, a = np.radians(elevation), np.radians(azimuth)
    return vec(np.cos(e) * np.sin(a), np.sin(e), np.cos(e) * np.cos(a))


# Computed for the pad at lift-off: 42 degrees up. Every afternoon picture has it at the right, a little behind us.
AFTERNOON = Light(
    sun=direction(42, 112),
    sun_colour=vec(1.0, 0.93, 0.82) * 1.05,
    sky=vec(0.20, 0.27, 0.38) * 0.9,
    ground=vec(0.17, 0.14, 0.105),
)
NOON = Light(
    sun=direction(60, 118),
    sun_colour=vec(1.0, 0.96, 0.89) * 1.12,
    sky=vec(0.19, 0.25, 0.34),
    ground=vec(0.22, 0.185, 0.14),
)
EVENING = Light(
    sun=direction(11, -76),
    sun_colour=vec(1.15, 0.68, 0.36),
    sky=vec(0.15, 0.20, 0.30),
    ground=vec(0.08, 0.07, 0.06),
)
SUNRISE = Light(
    sun=direction(1.2, 4),
    sun_colour=vec(1.4, 0.6, 0.22),
    sky=vec(0.10, 0.09, 0.14),
    ground=vec(0.03, 0.025, 0.03),
)
