"""Repeatable noise: baked once from a seed, looked up at any scale. Bit-identical on every machine with one numpy."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
from scipy.ndimage import map_coordinates

if TYPE_CHECKING:
    from studio.light import Array


def _spectral(shape: tuple[int, ...], beta: float, seed: int) -> Array:
    """Gaussian noise with a 1/f**beta spectrum, tiling in every direction, scaled to mean 0.5, deviation 0.17."""
    white = np.random.default_rng(seed).standard_normal(shape)
    axes = np.meshgrid(*[np.fft.fftfreq(n) for n in shape], indexing="ij", sparse=True)
    frequency = np.sqrt(sum(a * a for a in axes))
    frequency[(0,) * len(shape)] = 1.0
    weight = np.where(frequency < 2.5 / max(shape), 0, frequency**-beta)
    field = np.fft.ifftn(np.fft.fftn(white) * weight).real
    field /= field.std()
    return np.clip(0.5 + 0.17 * field, 0, 1).astype(np.float32)


@lru_cache(maxsize=8)
def _volume(seed: int, beta: float) -> Array:
    return _spectral((128, 128, 128), beta, seed)


@lru_cache(maxsize=16)
def _sheet(seed: int, beta: float) -> Array:
    return _spectral((1024, 1024), beta, seed)


def noise3(x: Array, y: Array, z: Array, period: float, seed: int = 0, beta: float = 2.3) -> Array:
    """Cloudy noise in space, 0 to 1; it repeats after `period`, its largest clumps are about a third of that."""
    grid = np.stack(np.broadcast_arrays(x, y, z)) * np.float32(128 / period)
    return map_coordinates(_volume(seed, beta), grid, order=1, mode="grid-wrap", prefilter=False, output=np.float32)


def noise2(x: Array, y: Array, period: float, seed: int = 0, beta: float = 1.6) -> Array:
    """Cloudy noise on a plane, 0 to 1, repeating after `period`."""
    grid = np.stack(np.broadcast_arrays(x, y)) * np.float32(1024 / period)
    return map_coordinates(_sheet(seed, beta), grid, order=1, mode="grid-wrap", prefilter=False, output=np.float32)


def billow(n: Array) -> Array:
    """Noise folded so that it has round tops and sharp creases, like the heads of a dust cloud."""
    return 1 - np.abs(2 * n - 1) * 1.6
