"""Ground with real relief: a height map walked column by column from the camera outwards, stones and ruts and all.

The camera must look level (a shift lens frames it); then each picture column meets the ground in one vertical plane.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
from numba import njit, prange

from studio.light import Array, unit
from studio.noise import noise2

if TYPE_CHECKING:
    from studio.camera import Camera

TILE_SIDE = 1024
STONE_PERIOD = 6.0  # metres after which the stones repeat; two turned copies of them are mixed
ROLL_PERIOD = 90.0
EMPTY_TRACK = np.zeros((0, 2), np.float32)


@dataclass(frozen=True)
class Relief:
    """What the ground is made of, heights in metres; `track`: rows of (depth from the eye, x between the rails)."""

    stones: float = 1.0
    roll: float = 0.35
    grit: float = 0.03
    track: Array | None = None
    seed: int = 1


@dataclass(frozen=True)
class Ground:
    """What the camera sees of the ground from its row `top` down, pixel by pixel; `depth` is 0 where it sees none."""

    top: int
    depth: Array
    x: Array
    z: Array
    height: Array
    normal: Array
    sunny: Array
    stone: Array

    @property
    def seen(self) -> Array:
        """1 where there is ground."""
        return (self.depth > 0).astype(np.float32)


@lru_cache(maxsize=2)
def _stones(seed: int) -> Array:
    """A tile of stones: many small, a few large, rounded and a little facetted, as heights in metres."""
    rng = np.random.default_rng(seed)
    tile = np.zeros((TILE_SIDE, TILE_SIDE), np.float32)
    count = 4200
    size = np.clip(0.008 * rng.pareto(1.6, count) + 0.008, 0.008, 0.095)
    order = np.argsort(size)
    rows = np.stack(
        [
            rng.uniform(0, TILE_SIDE, count),
            rng.uniform(0, TILE_SIDE, count),
            size[order],
            rng.uniform(0.55, 1.0, count),
            rng.uniform(0, np.pi, count),
            rng.uniform(0.35, 0.75, count),
        ],
        axis=1,
    )
    _scatter(tile, rows.astype(np.float32), rng.standard_normal((count, 5, 3)).astype(np.float32))
    return tile


@njit(cache=True)
def _scatter(tile: Array, rows: Array, facets: Array) -> None:
    side = tile.shape[0]
    metre = side / STONE_PERIOD
    for n in range(rows.shape[0]):
        cx, cz, size, thin, turn, tall = rows[n]
        c, s = np.cos(turn), np.sin(turn)
        reach = int(size * metre) + 2
        for j in range(-reach, reach + 1):
            for i in range(-reach, reach + 1):
                a = (c * i + s * j) / (size * metre)
                b = (c * j - s * i) / (size * metre * thin)
                r2 = a * a + b * b
                if r2 >= 1.0:
                    continue
                h = (1.0 - r2) ** 0.5
                for f in range(5):
                    h = min(h, 0.72 + 0.25 * facets[n, f, 2] * 0.4 + 0.5 * (facets[n, f, 0] * a + facets[n, f, 1] * b))
                z, x = int(cz + j) % side, int(cx + i) % side
                tile[z, x] = max(tile[z, x], max(h, 0.0) * size * tall)


@lru_cache(maxsize=2)
def _rolls(seed: int) -> Array:
    axis = np.arange(TILE_SIDE, dtype=np.float32)
    return (noise2(axis[None, :], axis[:, None], TILE_SIDE, seed, beta=1.75) - 0.5).astype(np.float32)


@njit(cache=True)
def _look(tile: Array, u: float, v: float) -> float:
    """The tile's value at (u, v) in cells, between its cells, round its edges."""
    side = tile.shape[0]
    i, j = int(np.floor(u)), int(np.floor(v))
    fu, fv = u - i, v - j
    i, j = i % side, j % side
    k, m = (i + 1) % side, (j + 1) % side
    top = tile[j, i] * (1 - fu) + tile[j, k] * fu
    return top * (1 - fv) + (tile[m, i] * (1 - fu) + tile[m, k] * fu) * fv


@njit(cache=True)
def _height(x: float, z: float, depth: float, stones: Array, rolls: Array, amounts: Array, track: Array) -> tuple:
    """Height of the ground, and how high a stone stands there (-1: a sleeper)."""
    side = rolls.shape[0]
    metre = side / ROLL_PERIOD
    h = amounts[1] * _look(rolls, x * metre, z * metre)
    h += amounts[2] * _look(rolls, x * metre * 23.0 + 71.0, z * metre * 23.0)
    grain = side / STONE_PERIOD
    many = amounts[0] * np.exp(-depth / 70.0)
    a = _look(stones, x * grain, z * grain)
    b = _look(stones, (0.78 * x + 0.63 * z) * grain * 0.83 + 311.0, (0.78 * z - 0.63 * x) * grain * 0.83)
    patch = _look(rolls, x * metre * 5.0 + 400.0, z * metre * 5.0)
    stone = max(a * min(1.0, max(0.0, 0.6 + 5.0 * patch)), b * min(1.0, max(0.0, 0.45 - 5.0 * patch)))
    if track.shape[0] > 1:
        along = (depth - track[0, 0]) / (track[1, 0] - track[0, 0])
        n = int(along)
        if 0 <= n < track.shape[0] - 1:
            off = abs(x - (track[n, 1] + (track[n + 1, 1] - track[n, 1]) * (along - n)))
            bed = min(1.0, max(0.0, (3.1 - off) / 1.5))
            bed = bed * bed * (3 - 2 * bed)
            h = h * (1 - bed * 0.8) + bed * 0.285
            stone = stone * (1 - bed) + bed * (a + b) * 0.75
            phase = z / 0.62 - np.floor(z / 0.62)
            jitter = 0.06 * _look(rolls, np.floor(z / 0.62) * 37.0, 9.0)
            if off < 1.34 + jitter * 4 and phase < 0.42:
                return h + 0.045 + 0.5 * jitter, -1.0
    return h + many * stone, stone


@njit(cache=True, parallel=True)
def _walk(
    out: Array,
    eye: Array,
    focal: float,
    centre: Array,
    far: float,
    sun: Array,
    stones: Array,
    rolls: Array,
    amounts: Array,
    track: Array,
) -> None:
    rows, columns = out.shape[1], out.shape[2]
    flat = np.sqrt(sun[0] * sun[0] + sun[2] * sun[2])
    for column in prange(columns):
        slope = (column + 0.5 - centre[0]) / focal
        tall = eye[1]
        depth = focal * tall * 0.72 / (rows - centre[1])
        top = rows
        while depth < far and top > 0:
            x, z = eye[0] + slope * depth, eye[2] + depth
            h, stone = _height(x, z, depth, stones, rolls, amounts, track)
            row = int(np.ceil(centre[1] + focal * (tall - h) / depth - 0.5))
            step = max(0.002, 0.5 * depth * depth / (focal * tall))
            if row < top:
                e = max(0.006, depth / focal)
                ez = max(e, step * 0.5)
                hx = (_height(x + e, z, depth, stones, rolls, amounts, track)[0] - h) / e
                hz = (_height(x, z + ez, depth, stones, rolls, amounts, track)[0] - h) / ez
                lit = 1.0
                reach = max(0.012, 1.5 * e)
                for _ in range(14):
                    above = h + 0.004 + reach * sun[1] / flat
                    toward_x, toward_z = x + reach * sun[0] / flat, z + reach * sun[2] / flat
                    over = _height(toward_x, toward_z, depth, stones, rolls, amounts, track)[0] - above
                    lit = min(lit, max(0.0, 1.0 - over / (0.06 * reach + 0.004)))
                    reach *= 1.42
                for y in range(max(row, 0), top):
                    out[0, y, column], out[1, y, column], out[2, y, column] = depth, x, z
                    out[3, y, column], out[4, y, column], out[5, y, column] = h, hx, hz
                    out[6, y, column], out[7, y, column] = lit, stone
                top = max(row, 0)
            depth += step


def halved(picture: Array) -> Array:
    """`picture` (h, w, ...) at half its size, every pixel the mean of four."""
    h, w = picture.shape[0] // 2, picture.shape[1] // 2
    return picture[: h * 2, : w * 2].reshape(h, 2, w, 2, -1).mean(axis=(1, 3)).reshape(h, w, *picture.shape[2:])


def look(camera: Camera, sun: Array, relief: Relief, far: float = 4000.0) -> Ground:
    """The ground as `camera` sees it, out to `far` metres, lit from the direction `sun`."""
    top = max(0, int(camera.centre[1] - 0.02 * camera.height)) // 4 * 4
    out = np.zeros((8, camera.height - top, camera.width), np.float32)
    amounts = np.array([relief.stones, relief.roll, relief.grit], np.float32)
    track = EMPTY_TRACK if relief.track is None else relief.track.astype(np.float32)
    _walk(
        out,
        np.array(camera.eye, np.float32),
        camera.focal,
        np.array([camera.centre[0], camera.centre[1] - top], np.float32),
        far,
        sun.astype(np.float32),
        _stones(relief.seed),
        _rolls(relief.seed + 50),
        amounts,
        track,
    )
    normal = unit(np.stack([-out[4], np.ones_like(out[4]), -out[5]], axis=-1))
    return Ground(top, out[0], out[1], out[2], out[3], normal.astype(np.float32), out[6], out[7])
