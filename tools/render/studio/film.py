"""The picture being made (linear light), and what a lens and a film add: bloom, vignette, tone, grain."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy.ndimage import gaussian_filter, zoom

from studio.light import Array, to_srgb, vec

if TYPE_CHECKING:
    from numpy.typing import NDArray

LUMA = vec(0.2126, 0.7152, 0.0722)


def blur(image: Array, radius: float) -> Array:
    """A Gaussian blur of `radius` pixels (H, W or H, W, C); wide ones work on a smaller copy, for speed."""
    if radius < 0.2:
        return image
    step = max(1, int(radius / 5))
    sigma: tuple[float, ...] = (radius / step, radius / step) + (0.0,) * (image.ndim - 2)
    if step == 1:
        return gaussian_filter(image, sigma, mode="nearest", output=np.float32)
    h, w = image.shape[:2]
    pad = [(0, -h % step), (0, -w % step)] + [(0, 0)] * (image.ndim - 2)
    padded = np.pad(image, pad, mode="edge")
    ph, pw = padded.shape[0] // step, padded.shape[1] // step
    small = padded.reshape(ph, step, pw, step, -1).mean(axis=(1, 3), dtype=np.float32)
    small = gaussian_filter(small, (sigma[0], sigma[1], 0.0), mode="nearest", output=np.float32)
    big = zoom(small, (step, step, 1), order=1, mode="nearest", grid_mode=True)
    return big[:h, :w].reshape(image.shape)


def resize(image: Array, width: int, height: int) -> Array:
    """`image` stretched to a size, bilinear."""
    h, w = image.shape[:2]
    factors = (height / h, width / w) + (1,) * (image.ndim - 2)
    return zoom(image, factors, order=1, mode="nearest", grid_mode=True).astype(np.float32)


class Film:
    """An image in linear light that layers are laid over, far to near."""

    def __init__(self, image: Array) -> None:
        self.image = image.astype(np.float32).copy()
        self.height, self.width = image.shape[:2]

    def over(self, colour: Array, alpha: Array) -> None:
        """Lay `colour` (not premultiplied) over what is there."""
        a = alpha[..., None]
        self.image = (self.image * (1 - a) + colour * a).astype(np.float32)

    def over_premultiplied(self, colour: Array, alpha: Array) -> None:
        """Lay `colour`, already multiplied by its alpha, over what is there."""
        self.image = (self.image * (1 - alpha[..., None]) + colour).astype(np.float32)

    def add(self, light: Array) -> None:
        """Add light."""
        self.image = (self.image + light).astype(np.float32)

    def glow(self, at: tuple[float, float], radius: float, colour: Array, power: float = 2.0) -> None:
        """Add a round glow: `at` and `radius` in pixels."""
        y, x = np.mgrid[0 : self.height, 0 : self.width].astype(np.float32)
        d2 = ((x - at[0]) ** 2 + (y - at[1]) ** 2) / radius**2
        self.add(colour / (1 + d2[..., None]) ** power)

    def develop(
        self,
        seed: int,
        exposure: float = 1.0,
        bloom: float = 0.12,
        threshold: float = 1.1,
        vignette: float = 0.22,
        grain: float = 0.009,
        contrast: float = 1.0,
        saturation: float = 1.0,
        softness: float = 0.5,
    ) -> Array:
        """The finished picture as sRGB values 0 to 1. Grain size and bloom follow the picture's height."""
        unit_px = max(self.height, self.width) / 1920
        light = blur(self.image, softness * unit_px) * exposure
        light = light + _bloom(light, bloom, threshold, unit_px)
        light = light * _vignette(self.height, self.width, vignette)[..., None]
        toned = _tone(light, contrast)
        grey = (toned @ LUMA)[..., None]
        toned = np.clip(grey + (toned - grey) * saturation, 0, 1)
        return np.clip(_grain(to_srgb(toned), grain, unit_px, seed), 0, 1)


def quantised(srgb: Array, seed: int) -> NDArray[np.uint8]:
    """Eight-bit values, dithered with triangular noise one step wide so that slow gradients do not fall into bands.

    Where all is white or black it stays so.
    """
    rng = np.random.default_rng(seed)
    noise = rng.random(srgb.shape, np.float32) - rng.random(srgb.shape, np.float32)
    steps = srgb * 255
    inside = np.clip(np.minimum(steps, 255 - steps), 0, 1)
    return np.clip(steps + noise * inside + 0.5, 0, 255).astype(np.uint8)


def _bloom(light: Array, amount: float, threshold: float, unit_px: float) -> Array:
    """Light that lens and film scatter: a tight halo, then ever wider and fainter, falling like the square of distance.

    The wide part is warmer, as the layers of a film make it.
    """
    bright = np.clip(light - threshold, 0, 14).astype(np.float32)
    total = np.zeros_like(light)
    rings = ((2.5, 0.24), (6, 0.20), (15, 0.18), (38, 0.15), (95, 0.13), (240, 0.10))
    for i, (radius, share) in enumerate(rings):
        tint = vec(1.0, 1.0 - 0.025 * i, 1.0 - 0.06 * i)
        total += blur(bright, radius * unit_px) * (share * tint)
    return total * amount * 3


def _vignette(height: int, width: int, amount: float) -> Array:
    """Natural fall-off by the fourth power of the cosine, `amount` in the corners."""
    y, x = np.mgrid[-1 : 1 : height * 1j, -1 : 1 : width * 1j].astype(np.float32)
    corner = 1 / (1 - amount) ** 0.5 - 1
    return (1 / (1 + corner * (x * x + y * y) / 2) ** 2).astype(np.float32)


def _tone(light: Array, contrast: float) -> Array:
    """A film-like curve: a soft toe and a long shoulder, on channels that bleed into each other as dyes do.

    The bleeding takes bright saturated colours to white by way of their paler neighbours and never to another hue; most
    of it is taken back after the curve.
    """
    light = np.clip(light, 0, None)
    peak = light.max(axis=-1, keepdims=True)
    bleed = 0.045 + 0.16 * np.clip((peak - 1.0) / 5.0, 0, 1)
    mean = (light @ vec(0.30, 0.45, 0.25))[..., None]
    x = (light + (mean - light) * bleed) ** contrast * 0.80
    curve = (x * (2.51 * x + 0.03)) / (x * (2.43 * x + 0.59) + 0.14)
    # The formula alone runs into its white steeply; above three quarters of it the rest is spread over two more stops.
    knee = 0.74
    over = np.clip(curve * 1.03 - knee, 0, None)
    shoulder = np.clip(np.log2(np.clip(x, 1e-4, None) / 1.05) / 3.6, 0, 1)
    curve = np.minimum(curve * 1.03, knee) + np.minimum(over, 0.29) * (0.80 + 0.20 * shoulder)
    grey = (curve @ LUMA)[..., None]
    return np.clip(grey + (curve - grey) * (1.05 - 0.05 * np.clip(peak - 1, 0, 1)), 0, 1).astype(np.float32)


def _grain(srgb: Array, amount: float, unit_px: float, seed: int) -> Array:
    """Grain of two sizes, strongest in the middle tones, a little of it in colour."""
    rng = np.random.default_rng(seed)
    h, w = srgb.shape[:2]
    mono = np.zeros((h, w), np.float32)
    for size, share in ((0.45, 0.8), (0.95, 0.6)):
        layer = gaussian_filter(rng.standard_normal((h, w)).astype(np.float32), size * unit_px)
        mono += share * layer / layer.std()
    tint = gaussian_filter(rng.standard_normal((h, w, 3)).astype(np.float32), (0.6 * unit_px, 0.6 * unit_px, 0))
    tint *= 0.28 / tint.std()
    luma = srgb.mean(axis=-1, keepdims=True)
    weight = 0.40 + 2.3 * luma * (1 - luma)
    return (srgb + (mono[..., None] + tint) * amount * weight).astype(np.float32)
