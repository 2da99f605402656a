"""The inner loops of smoke: density at three scales, light through it, and the ray of every pixel.

Everything is in the camera's own axes, metres: x right, y up, z along the view. `field` is how deep a place lies inside
the puffs, in a grid of slices along z, whose rows and columns are the pixels of a small picture (`lens`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numba import njit, prange

from studio.noise import CELLS, sample3

if TYPE_CHECKING:
    from studio.light import Array

# Sizes of heads as shares of the clump: billows, cauliflower, florets, wisps.
BILLOW, HEADS, FLORETS, WISPS = 0.62, 0.23, 0.085, 0.033


@njit(cache=True)
def lookup(grid: Array, x: float, y: float, z: float, lens: Array) -> float:
    """`grid` at a point; `lens` is focal length, centre x, centre y, first slice's depth, slice spacing."""
    count, rows, columns = grid.shape
    k = (z - lens[3]) / lens[4]
    k = min(max(k, 0.0), count - 1.001)
    j = lens[2] - y / z * lens[0] - 0.5
    i = lens[1] + x / z * lens[0] - 0.5
    j = min(max(j, 0.0), rows - 1.001)
    i = min(max(i, 0.0), columns - 1.001)
    k0, j0, i0 = int(k), int(j), int(i)
    a, b, c = k - k0, j - j0, i - i0
    near = (grid[k0, j0, i0] * (1 - c) + grid[k0, j0, i0 + 1] * c) * (1 - b) + (
        grid[k0, j0 + 1, i0] * (1 - c) + grid[k0, j0 + 1, i0 + 1] * c
    ) * b
    far = (grid[k0 + 1, j0, i0] * (1 - c) + grid[k0 + 1, j0, i0 + 1] * c) * (1 - b) + (
        grid[k0 + 1, j0 + 1, i0] * (1 - c) + grid[k0 + 1, j0 + 1, i0 + 1] * c
    ) * b
    return near * (1 - a) + far * a


@njit(cache=True)
def thickness(
    body: float, x: float, y: float, z: float, heads: Array, mist: Array, shape: Array, fine: float
) -> tuple[float, float]:
    """Extinction per metre where the puffs are `body` deep, and how deep in a crease the place lies (0 to 1).

    `shape` is clump, rough, density; `fine` (0 to 1) is how much of the smallest scale a pixel can show.
    """
    clump, rough, dense = shape[0], shape[1], shape[2]
    s = 128.0 / (clump * 3.1)
    wx = sample3(mist, x * s, y * s, z * s) - 0.5
    wy = sample3(mist, y * s + 41.3, z * s + 7.7, x * s + 88.1) - 0.5
    # Each scale is turned and shifted by the one above, so that no scale's tiling lines up with another's.
    px, py, pz = x + wx * clump * 0.5, y + wy * clump * 0.5, z + (wx - wy) * clump * 0.3
    unit = 128.0 / CELLS
    s = unit / (clump * BILLOW)
    one = sample3(heads, px * s, py * s, pz * s)
    if body * 1.75 + rough * (0.62 * (one - 0.5) + 0.465) - 0.10 <= 0.0:
        return 0.0, 0.0
    qx, qy, qz = px * 0.8 - pz * 0.6 + wy * clump * 0.3, py, px * 0.6 + pz * 0.8
    s = unit / (clump * HEADS)
    two = sample3(heads, qx * s + 31.0, qy * s + 17.0, qz * s)
    rx, ry = qx * 0.7 - qy * 0.714, qx * 0.714 + qy * 0.7
    s = unit / (clump * FLORETS)
    bend = (two - 0.5) * 4.0
    three = sample3(heads, rx * s + bend, ry * s + 53.0, qz * s - bend)
    four = 0.55
    if fine > 0.0:
        s = unit / (clump * WISPS)
        four += fine * (sample3(heads, ry * s + 3.0 * bend, qz * s, rx * s - 29.0) - 0.55)
    relief = 0.40 * (one - 0.5) + 0.31 * (two - 0.5) + 0.19 * (three - 0.5) + 0.10 * (four - 0.5)
    value = body * 1.75 + rough * 1.55 * relief - 0.10
    if value <= 0.0:
        return 0.0, 0.0
    # Old smoke frays, young smoke is crisp: the width of its edge wanders over many metres.
    s = 128.0 / (clump * 5.3)
    frayed = sample3(mist, z * s + 11.0, x * s + 63.0, y * s)
    edge = 0.07 + 0.50 * min(max((frayed - 0.46) * 3.2, 0.0), 1.0)
    t = min(value / edge, 1.0)
    crease = min(max(0.5 - 1.5 * (0.30 * (one - 0.5) + 0.40 * (two - 0.5) + 0.30 * (three - 0.5)), 0.0), 1.0)
    core = min(max((value - 0.08) / 0.5, 0.0), 1.0)
    return dense * t * t * (3 - 2 * t) * (0.45 + 6.0 * core), crease


@njit(cache=True, parallel=True)
def fill(body: Array, heads: Array, mist: Array, shape: Array, lens: Array) -> Array:
    """Extinction in every cell of the grid, without the smallest scale."""
    out = np.zeros_like(body)
    count, rows, columns = body.shape
    for j in prange(rows):
        for k in range(count):
            z = lens[3] + k * lens[4]
            y = (lens[2] - j - 0.5) / lens[0] * z
            for i in range(columns):
                if body[k, j, i] > -0.35:
                    x = (i + 0.5 - lens[1]) / lens[0] * z
                    out[k, j, i] = thickness(body[k, j, i], x, y, z, heads, mist, shape, 0.0)[0]
    return out


@njit(cache=True, parallel=True)
def firelight(dense: Array, body: Array, fires: Array, lens: Array) -> Array:
    """How much of every fire (x, y, z, strength) reaches every cell, through the smoke between."""
    out = np.zeros_like(dense)
    count, rows, columns = dense.shape
    for j in prange(rows):
        for k in range(count):
            z = lens[3] + k * lens[4]
            y = (lens[2] - j - 0.5) / lens[0] * z
            for i in range(columns):
                if body[k, j, i] <= -0.35:
                    continue
                x = (i + 0.5 - lens[1]) / lens[0] * z
                total = 0.0
                for f in range(fires.shape[0]):
                    dx, dy, dz = fires[f, 0] - x, fires[f, 1] - y, fires[f, 2] - z
                    away = np.sqrt(dx * dx + dy * dy + dz * dz)
                    bare = fires[f, 3] * 90.0 / (away * away + 30.0) * np.exp(-away / 34.0)
                    if bare < 2e-3:
                        continue
                    depth = 0.0
                    for n in range(8):
                        s = (n + 0.5) / 8
                        depth += lookup(dense, x + dx * s, y + dy * s, z + dz * s, lens)
                    depth *= away / 8
                    total += bare * (0.75 * np.exp(-0.16 * depth) + 0.25 * np.exp(-0.02 * depth))
                out[k, j, i] = total
    return out


@njit(cache=True, parallel=True)
def march(
    size: tuple[int, int],
    view: Array,
    reach: Array,
    body: Array,
    shade: Array,
    above: Array,
    glow: Array,
    open_: Array,
    heads: Array,
    mist: Array,
    shape: Array,
    lens: Array,
    sun: Array,
    up: Array,
    tones: Array,
) -> Array:
    """Premultiplied light and cover (rows, columns, 4) of the smoke between depths `reach[0]` and `reach[1]`.

    `view`: focal, centre x and y of the full picture. `open_`: where a column of the grid is empty. `up`: world height
    of a point is up[3] + its dot with up[:3]; up[4] the floor. `tones`: rows high, low, thin albedo; sun; fill; fire.
    """
    height, width = size
    out = np.zeros((height, width, 4), np.float32)
    clump = shape[0]
    step = reach[2]
    for row in prange(height):
        v = (view[2] - row - 0.5) / view[0]
        for column in range(width):
            u = (column + 0.5 - view[1]) / view[0]
            gj = int(min(max(lens[2] - v * lens[0], 0.0), body.shape[1] - 1.0))
            gi = int(min(max(lens[1] + u * lens[0], 0.0), body.shape[2] - 1.0))
            if open_[gj, gi]:
                continue
            stretch = np.sqrt(1 + u * u + v * v)
            # Interleaved gradient noise: neighbouring pixels begin at evenly spread depths.
            jitter = (52.9829189 * ((0.06711056 * column + 0.00583715 * row) % 1.0)) % 1.0
            z = reach[0] + step * jitter
            clear, red, green, blue = 1.0, 0.0, 0.0, 0.0
            while z < reach[1]:
                x, y = u * z, v * z
                inside = lookup(body, x, y, z, lens)
                if inside <= -0.35:
                    z += 2 * step
                    continue
                high = up[3] + x * up[0] + y * up[1] + z * up[2]
                if high < up[4]:
                    z += step
                    continue
                fine = min(max(1.4 - 3.0 * z / view[0] / (clump * WISPS), 0.0), 1.0)
                sigma, crease = thickness(inside, x, y, z, heads, mist, shape, fine)
                if sigma <= 0.0:
                    z += step
                    continue
                # Shade by what is near is looked for here, what is farther is in the grid.
                depth = 0.0
                for n in range(2):
                    s = clump * (0.035 if n == 0 else 0.13)
                    ax, ay, az = x + sun[0] * s, y + sun[1] * s, z + sun[2] * s
                    nearby = lookup(body, ax, ay, az, lens)
                    depth += thickness(nearby, ax, ay, az, heads, mist, shape, 0.0)[0] * clump * (0.075, 0.14)[n]
                s = clump * 0.24
                depth += lookup(shade, x + sun[0] * s, y + sun[1] * s, z + sun[2] * s, lens)
                over = lookup(above, x, y, z, lens)
                sigma *= min((high - up[4]) / (0.06 * clump), 1.0)  # it does not end at the ground as if cut
                alpha = 1 - np.exp(-sigma * step * stretch)
                # Light scattered more than once goes deeper and takes more of the dust's colour each time.
                single = 0.54 * np.exp(-0.50 * depth)
                double = 0.28 * np.exp(-0.14 * depth)
                many = 0.18 * np.exp(-0.03 * depth)
                fill_ = (0.36 + 0.64 * np.exp(-0.16 * over)) * (1.0 - 0.55 * crease)
                lift = min(max(high / 25.0, 0.0), 1.0)
                thin = min(max(1.0 - sigma / (shape[2] * 1.2), 0.0), 1.0) * 0.6
                s = 128.0 / (clump * 7.9)
                patch = sample3(mist, y * s + 5.0, z * s + 19.0, x * s + 77.0)
                thin = min(thin + shape[3] * min(max((patch - 0.45) * 4.0, 0.0), 1.0), 1.0)
                fire = lookup(glow, x, y, z, lens) * (1.15 - 0.5 * crease)
                weight = clear * alpha
                for c in range(3):
                    albedo = tones[1, c] + (tones[0, c] - tones[1, c]) * lift
                    albedo += (tones[2, c] - albedo) * thin
                    deeper = np.sqrt(albedo)
                    sunlit = (single + double * deeper + many * albedo) * (1.0 - 0.25 * crease)
                    light = albedo * (sunlit * tones[3, c] + fill_ * tones[4, c] + fire * tones[5, c])
                    light += tones[6, c] * fire * fire
                    if c == 0:
                        red += weight * light
                    elif c == 1:
                        green += weight * light
                    else:
                        blue += weight * light
                clear *= 1 - alpha
                if clear < 0.004:
                    clear = 0.0
                    break
                z += step
            out[row, column, 0] = red
            out[row, column, 1] = green
            out[row, column, 2] = blue
            out[row, column, 3] = 1 - clear
    return out
