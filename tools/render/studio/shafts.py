"""Crepuscular rays: a bright point among smoke, and thin haze that shows where its light gets through the gaps."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numba import njit, prange

from studio.film import blur, resize
from studio.smoke_march import lookup

if TYPE_CHECKING:
    from studio.camera import Camera
    from studio.light import Array
    from studio.smoke import Grid


def shafts(
    grid: Grid, star: tuple[float, float, float], full: Camera, block: float, soft: float, detail: float = 0.3
) -> Array:
    """Light of the haze (rows, columns) at the size of `full`, 1 being the haze one metre from the bare star.

    `star` is in the axes of the grid's camera. `block` is how strongly smoke stops the star's light on its way to the
    haze, `soft` the star's size in metres.
    """
    small = full.scaled(detail)
    cx, cy = small.centre
    first, spacing = float(grid.lens[3]), float(grid.lens[4])
    reach = np.array([first, first + spacing * (len(grid.body) - 1), spacing * 0.8])
    light = _march(
        (small.height, small.width),
        np.array([small.focal, cx, cy]),
        reach,
        grid.dense,
        grid.lens,
        np.array([*star, soft * soft, block]),
    )
    return resize(blur(light, 1.2), full.width, full.height)


@njit(cache=True, parallel=True)
def _march(size: tuple[int, int], view: Array, reach: Array, dense: Array, lens: Array, star: Array) -> Array:
    height, width = size
    out = np.zeros((height, width), np.float32)
    for row in prange(height):
        v = (view[2] - row - 0.5) / view[0]
        for column in range(width):
            u = (column + 0.5 - view[1]) / view[0]
            jitter = (52.9829189 * ((0.06711056 * column + 0.00583715 * row) % 1.0)) % 1.0
            total, passed = 0.0, 0.0
            z = reach[0] + reach[2] * jitter
            while z < reach[1]:
                x, y = u * z, v * z
                dx, dy, dz = star[0] - x, star[1] - y, star[2] - z
                away = dx * dx + dy * dy + dz * dz
                distance = np.sqrt(away)
                steps = int(min(max(distance / 1.6, 6.0), 40.0))
                depth = 0.0
                for n in range(steps):
                    s = (n + 0.35 + 0.3 * jitter) / steps
                    depth += lookup(dense, x + dx * s, y + dy * s, z + dz * s, lens)
                depth *= distance / steps
                # Smoke before the haze dims it less than it would a picture: it scatters forward.
                total += np.exp(-0.35 * passed - star[4] * depth) / (away + star[3]) * reach[2]
                passed += lookup(dense, x, y, z, lens) * reach[2]
                if passed > 14.0:
                    break
                z += reach[2]
            out[row, column] = total
    return out
