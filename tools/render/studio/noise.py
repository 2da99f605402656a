"""Repeatable noise: baked once from a seed, looked up at any scale. Bit-identical on every machine with one numpy."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
from numba import njit, prange
from scipy.ndimage import map_coordinates

if TYPE_CHECKING:
    from studio.light import Array

CELLS = 10  # heads of `cells` along one side of its volume


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
def volume(seed: int, beta: float = 2.3) -> Array:
    """A cube of 128 samples a side of cloudy noise, 0 to 1, tiling."""
    return _spectral((128, 128, 128), beta, seed)


@lru_cache(maxsize=16)
def _sheet(seed: int, beta: float) -> Array:
    return _spectral((1024, 1024), beta, seed)


@lru_cache(maxsize=16)
def _band(seed: int) -> Array:
    """Noise of one size only: 14 waves a side, tiling, mean 0, deviation 0.17."""
    white = np.random.default_rng(seed).standard_normal((512, 512))
    f = np.fft.fftfreq(512) * 512
    waves = np.maximum(np.hypot(f[:, None], f[None, :]), 0.1)
    field = np.fft.ifft2(np.fft.fft2(white) * np.exp(-((np.log2(waves / 14) / 0.55) ** 2))).real
    return (0.17 * field / field.std()).astype(np.float32)


@lru_cache(maxsize=4)
def cells(seed: int) -> Array:
    """A cube of 128 samples a side of round heads with creases between them, 0 to 1, tiling, `CELLS` heads a side."""
    points = np.random.default_rng(seed).random((CELLS, CELLS, CELLS, 3)).astype(np.float32)
    return _heads(points, 128)


@njit(cache=True, parallel=True)
def _heads(points: Array, size: int) -> Array:
    """One less the squared distance to the nearest point: every point the top of a sphere."""
    count = points.shape[0]
    out = np.zeros((size, size, size), np.float32)
    for i in prange(size):
        for j in range(size):
            for k in range(size):
                x, y, z = i * count / size, j * count / size, k * count / size
                a, b, c = int(x), int(y), int(z)
                best = 9.0
                for da in range(-1, 2):
                    for db in range(-1, 2):
                        for dc in range(-1, 2):
                            p = points[(a + da) % count, (b + db) % count, (c + dc) % count]
                            dx, dy, dz = a + da + p[0] - x, b + db + p[1] - y, c + dc + p[2] - z
                            best = min(best, dx * dx + dy * dy + dz * dz)
                out[i, j, k] = max(0.0, 1.0 - best)
    return out


@njit(cache=True)
def sample3(table: Array, x: float, y: float, z: float) -> float:
    """`table` (128 a side, tiling) at a point in samples, linearly between them."""
    fx, fy, fz = np.floor(x), np.floor(y), np.floor(z)
    i, j, k = int(fx) & 127, int(fy) & 127, int(fz) & 127
    i1, j1, k1 = (i + 1) & 127, (j + 1) & 127, (k + 1) & 127
    a, b, c = x - fx, y - fy, z - fz
    near = (table[i, j, k] * (1 - c) + table[i, j, k1] * c) * (1 - b) + (
        table[i, j1, k] * (1 - c) + table[i, j1, k1] * c
    ) * b
    far = (table[i1, j, k] * (1 - c) + table[i1, j, k1] * c) * (1 - b) + (
        table[i1, j1, k] * (1 - c) + table[i1, j1, k1] * c
    ) * b
    return near * (1 - a) + far * a


def noise3(x: Array, y: Array, z: Array, period: float, seed: int = 0, beta: float = 2.3) -> Array:
    """Cloudy noise in space, 0 to 1; it repeats after `period`, its largest clumps are about a third of that."""
    grid = np.stack(np.broadcast_arrays(x, y, z)) * np.float32(128 / period)
    return map_coordinates(volume(seed, beta), grid, order=1, mode="grid-wrap", prefilter=False, output=np.float32)


def noise2(x: Array, y: Array, period: float, seed: int = 0, beta: float = 1.6) -> Array:
    """Cloudy noise on a plane, 0 to 1, repeating after `period`."""
    grid = np.stack(np.broadcast_arrays(x, y)) * np.float32(1024 / period)
    return map_coordinates(_sheet(seed, beta), grid, order=1, mode="grid-wrap", prefilter=False, output=np.float32)


def octaves2(
    x: Array, y: Array, size: float, footprint: Array | float, seed: int, count: int = 4, gain: float = 0.62
) -> Array:
    """Several scales of `noise2` turned against each other, so that nothing is seen to repeat; mean 0.5.

    Clumps begin at about `size` and shrink threefold; a scale finer than `footprint`, the size of a pixel in the same
    units, fades out before it can sparkle.
    """
    total, weight = np.zeros(np.broadcast(x, y).shape, np.float32), 1.0
    for i in range(count):
        turn = 0.7 + 1.9 * i
        c, s = np.float32(np.cos(turn)), np.float32(np.sin(turn))
        clump = size / 3.0**i
        grid = np.stack([x * c - y * s, x * s + y * c]) * np.float32(512 / (14 * clump))
        sheet = map_coordinates(_band(seed + i), grid, order=1, mode="grid-wrap", prefilter=False, output=np.float32)
        total += weight * sheet * np.clip(1.7 - 1.4 * np.asarray(footprint) / clump, 0, 1)
        weight *= gain
    return (0.5 + total).astype(np.float32)
