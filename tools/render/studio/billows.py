"""Dust, smoke and fireballs in the world's own space: puffs baked into a grid, roughened and lit cell by cell."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from math import exp, sqrt
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numba import njit

from studio.noise import sample3

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from studio.light import Array, Light

EMPTY = -9.0


class Look(NamedTuple):
    """How a cloud of dust looks. `clump` is the size of its largest heads, metres; `dense` extinction per metre."""

    clump: float = 6.0
    rough: float = 1.0
    dense: float = 1.1
    soft: float = 0.10
    drawn: float = 1.0  # above 1 the heads are drawn out sideways, as a long exposure does
    fine: float = 1.0


class Billows(NamedTuple):
    """A cloud ready to be looked at: the grid's corner and cell; per cell depth inside the puffs, heat and light."""

    corner: NDArray[np.float64]
    cell: float
    body: Array
    warmth: Array
    sun: Array
    sky: Array
    fire: Array
    look: Look
    colour: NDArray[np.float64]
    low_colour: NDArray[np.float64]


def in_bands(work: Callable[[int, int], None], count: int, height: int = 16) -> None:
    """Have `work` done on `count` rows, band after band, by as many threads as there are processors."""
    with ThreadPoolExecutor(os.cpu_count()) as threads:
        for done in [threads.submit(work, a, min(a + height, count)) for a in range(0, count, height)]:
            done.result()


def bake(
    puffs: Array,
    warmth: Array,
    box: tuple[tuple[float, float, float], tuple[float, float, float]],
    cell: float,
    look: Look,
    colour: Array,
    low_colour: Array,
    light: Light,
    lamps: NDArray[np.float64],
    heads: Array,
    mist: Array,
) -> Billows:
    """Bake `puffs` (rows x, y, z, radius, density) of some `warmth` each, inside `box`, and light them."""
    low, high = np.array(box[0], np.float64), np.array(box[1], np.float64)
    shape = np.ceil((high - low) / cell).astype(np.int64) + 1
    body = np.full(tuple(shape), EMPTY, np.float32)
    heat = np.zeros(tuple(shape), np.float32)
    _fill(body, heat, low, cell, puffs.astype(np.float64), warmth.astype(np.float64))
    zero = np.zeros((2, 2, 2), np.float32)
    plain = colour.astype(np.float64)
    cloud = Billows(low, cell, body, heat, zero, zero, zero, look, plain, low_colour.astype(np.float64))
    coarse = (shape + 1) // 2 + 1
    sun, sky, fire = (np.zeros(tuple(coarse), np.float32) for _ in range(3))
    towards = light.sun.astype(np.float64)
    in_bands(lambda a, b: _kindle(cloud, sun, sky, fire, towards, lamps, heads, mist, a, b), int(coarse[0]))
    return cloud._replace(sun=sun, sky=sky, fire=fire)


@njit(cache=True, error_model="numpy")
def _fill(body, heat, low, cell, puffs, warmth):
    reach = -EMPTY
    for n in range(puffs.shape[0]):
        x, y, z, radius = puffs[n, 0], puffs[n, 1], puffs[n, 2], puffs[n, 3]
        bound = radius + reach
        spans = np.zeros((3, 2), np.int64)
        for k in range(3):
            spans[k, 0] = max(0, int((puffs[n, k] - bound - low[k]) / cell))
            spans[k, 1] = min(body.shape[k], int((puffs[n, k] + bound - low[k]) / cell) + 2)
        for i in range(spans[0, 0], spans[0, 1]):
            for j in range(spans[1, 0], spans[1, 1]):
                for k in range(spans[2, 0], spans[2, 1]):
                    dx, dy, dz = low[0] + i * cell - x, low[1] + j * cell - y, low[2] + k * cell - z
                    deep = radius - sqrt(dx * dx + dy * dy + dz * dz)
                    old = body[i, j, k]
                    mixed = max(0.0, 1.0 - abs(deep - old) / 1.6)
                    body[i, j, k] = max(max(old, deep) + 0.4 * mixed * mixed, EMPTY)
                    share = max(0.0, min(1.0, 0.5 + deep / max(radius, 0.5)))
                    heat[i, j, k] = max(heat[i, j, k], warmth[n] * share)


@njit(cache=True, error_model="numpy", inline="always")
def lookup(grid, corner, cell, x, y, z, empty):
    """`grid` at a place, linearly between its cells; `empty` outside."""
    a, b, c = (x - corner[0]) / cell, (y - corner[1]) / cell, (z - corner[2]) / cell
    if a < 0 or b < 0 or c < 0 or a >= grid.shape[0] - 1 or b >= grid.shape[1] - 1 or c >= grid.shape[2] - 1:
        return empty
    i, j, k = int(a), int(b), int(c)
    a, b, c = a - i, b - j, c - k
    near = (grid[i, j, k] * (1 - c) + grid[i, j, k + 1] * c) * (1 - b) + (
        grid[i, j + 1, k] * (1 - c) + grid[i, j + 1, k + 1] * c
    ) * b
    far = (grid[i + 1, j, k] * (1 - c) + grid[i + 1, j, k + 1] * c) * (1 - b) + (
        grid[i + 1, j + 1, k] * (1 - c) + grid[i + 1, j + 1, k + 1] * c
    ) * b
    return near * (1 - a) + far * a


@njit(cache=True, error_model="numpy")
def swell(cloud, body, x, y, z, heads, mist, scales):
    """(extinction per metre, how far out on a head) where the puffs are `body` deep: round heads on round heads."""
    look = cloud.look
    size = look.clump
    x = x / look.drawn
    s = 30.0 / size
    wx = sample3(mist, x * s, y * s, z * s) - 0.5
    wy = sample3(mist, z * s + 31.0, x * s + 57.0, y * s + 83.0) - 0.5
    x, y, z = x + 1.1 * size * wx, y + 1.1 * size * wy, z + 0.6 * size * (wx - wy)
    s = 12.8 / size
    one = sample3(heads, x * s, y * s, z * s)
    s = 12.8 / (size * 0.37)
    two = sample3(heads, y * s + 11.0, z * s + 5.0, x * s)
    deep = body + look.rough * size * (0.34 * (one - 0.72) + 0.23 * (two - 0.72))
    crest = 0.55 * one + 0.45 * two
    if scales > 2:
        x, y, z = x + 0.16 * size * wy, y - 0.12 * size * wx, z
        s = 12.8 / (size * 0.125)
        three = sample3(heads, z * s, x * s + 23.0, y * s)
        s = 40.0 / (size * 0.11)
        four = sample3(mist, x * s, y * s, z * s) - 0.5
        deep += look.rough * look.fine * size * (0.10 * (three - 0.72) + 0.035 * four)
        crest = 0.75 * crest + 0.25 * three
    t = min(max(deep / (look.soft * size), 0.0), 1.0)
    return look.dense * t * t * (3 - 2 * t), crest


@njit(cache=True, error_model="numpy")
def depth_towards(cloud, x, y, z, d, first, count, growth, heads, mist):
    """Optical depth along `d`, in `count` strides that grow."""
    total, stride, t = 0.0, first, first * 0.5
    for _ in range(count):
        px, py, pz = x + d[0] * t, y + d[1] * t, z + d[2] * t
        body = lookup(cloud.body, cloud.corner, cloud.cell, px, py, pz, EMPTY)
        if body > -0.45 * cloud.look.clump:
            total += swell(cloud, body, px, py, pz, heads, mist, 2)[0] * stride
        if total > 12:
            break
        t += stride * 0.5
        stride *= growth
        t += stride * 0.5
    return total


@njit(cache=True, error_model="numpy", nogil=True)
def _kindle(cloud, sun, sky, fire, towards, lamps, heads, mist, begin, end):
    """Fill the light grids, whose cells are twice as wide: the share of sun, of sky and the light of the fires."""
    wide = cloud.cell * 2
    up = np.array((0.1, 0.99, -0.1))
    for i in range(begin, end):
        way = np.zeros(3)
        for j in range(sun.shape[1]):
            for k in range(sun.shape[2]):
                x, y, z = cloud.corner[0] + i * wide, cloud.corner[1] + j * wide, cloud.corner[2] + k * wide
                body = lookup(cloud.body, cloud.corner, cloud.cell, x, y, z, EMPTY)
                if body < -0.6 * cloud.look.clump - wide:
                    sun[i, j, k] = sky[i, j, k] = 1.0
                    continue
                deep = depth_towards(cloud, x, y, z, towards, 1.2, 14, 1.22, heads, mist)
                sun[i, j, k] = 0.70 * exp(-deep * 0.75) + 0.22 * exp(-deep * 0.16) + 0.08 * exp(-deep * 0.04)
                deep = depth_towards(cloud, x, y, z, up, 1.5, 9, 1.35, heads, mist)
                sky[i, j, k] = 0.25 + 0.75 * exp(-deep * 0.22)
                total = 0.0
                for n in range(lamps.shape[0]):
                    dx, dy, dz = lamps[n, 0] - x, lamps[n, 1] - y, lamps[n, 2] - z
                    far = sqrt(dx * dx + dy * dy + dz * dz) + 1e-6
                    way[0], way[1], way[2] = dx / far, dy / far, dz / far
                    between = max(far - lamps[n, 3], 0.5)
                    deep = depth_towards(cloud, x, y, z, way, between / 6, 6, 1.0, heads, mist)
                    size = lamps[n, 3] * lamps[n, 3]
                    total += lamps[n, 4] / (far * far + size) * (0.5 * exp(-deep * 0.5) + 0.5 * exp(-deep * 0.09))
                fire[i, j, k] = total


def trail(
    rng: np.random.Generator,
    count: int,
    knots: list[tuple[float, float, float, float, float]],
    scatter: tuple[float, float, float],
    bunch: float = 1.0,
    uneven: float = 0.35,
) -> tuple[Array, Array]:
    """Puffs along a line of `knots` (x, y, z, radius, warmth), strewn by `scatter` metres that grow on the way."""
    line = np.array(knots, np.float64)
    s = np.sort(rng.random(count)) ** bunch
    at = np.stack([np.interp(s * (len(knots) - 1), np.arange(len(knots)), line[:, k]) for k in range(5)], axis=1)
    at[:, :3] += rng.normal(0, 1, (count, 3)) * np.array(scatter) * (0.35 + 0.9 * s)[:, None]
    at[:, 3] *= np.exp(rng.normal(0, uneven, count))
    at[:, 4] *= rng.uniform(0.75, 1.15, count)
    puffs = np.concatenate([at[:, :4], np.ones((count, 1))], axis=1)
    return puffs.astype(np.float32), at[:, 4].astype(np.float32)
