"""The picture being made (linear light), and what a lens and a film add: bloom, vignette, tone, grain."""

from __future__ import annotations

import numpy as np
from scipy.ndimage import gaussian_filter, zoom

from studio.light import Array, to_srgb, vec


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
        grain: float = 0.012,
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
        grey = (toned @ vec(0.2126, 0.7152, 0.0722))[..., None]
        toned = np.clip(grey + (toned - grey) * saturation, 0, 1)
        return np.clip(_grain(to_srgb(toned), grain, unit_px, seed), 0, 1)


def _bloom(light: Array, amount: float, threshold: float, unit_px: float) -> Array:
    bright = np.clip(light - threshold, 0, 14).astype(np.float32)
    total = np.zeros_like(light)
    for radius, share in ((4, 0.36), (14, 0.26), (44, 0.2), (130, 0.18)):
        total += blur(bright, radius * unit_px) * share
    return total * amount * 3


def _vignette(height: int, width: int, amount: float) -> Array:
    y, x = np.mgrid[-1 : 1 : height * 1j, -1 : 1 : width * 1j].astype(np.float32)
    return (1 - amount * np.clip((x * x + y * y) / 2, 0, 1) ** 1.3).astype(np.float32)


def _tone(light: Array, contrast: float) -> Array:
    """A film-like curve: a soft toe, a long shoulder; very bright colours run to white."""
    peak = light.max(axis=-1, keepdims=True)
    light = light + np.clip(peak - 1.6, 0, None) * 0.22
    x = np.clip(light, 0, None) ** contrast * 0.78
    curve = (x * (2.51 * x + 0.03)) / (x * (2.43 * x + 0.59) + 0.14)
    return np.clip(curve * 1.02, 0, 1).astype(np.float32)


def _grain(srgb: Array, amount: float, unit_px: float, seed: int) -> Array:
    rng = np.random.default_rng(seed)
    h, w = srgb.shape[:2]
    mono = gaussian_filter(rng.standard_normal((h, w)).astype(np.float32), 0.62 * unit_px)
    mono /= mono.std()
    tint = rng.standard_normal((h, w, 3)).astype(np.float32) * 0.25
    luma = srgb.mean(axis=-1, keepdims=True)
    weight = 0.45 + 1.6 * luma * (1 - luma) * 1.6
    return (srgb + (mono[..., None] + tint) * amount * weight).astype(np.float32)
