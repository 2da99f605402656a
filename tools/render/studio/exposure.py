"""One exposure of the pad: every pixel's rays meet the solids, and its air, fire and dust are added up on the way."""

from __future__ import annotations

from dataclasses import dataclass, field
from math import exp, sqrt
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numba import njit

from studio import noise
from studio.answer import Day, shade
from studio.billows import EMPTY, Billows, Look, in_bands
from studio.flame import Flame, flame
from studio.light import Array, Light, linear, vec
from studio.march import march
from studio.solids import FAR, Tree, cast
from studio.surfaces import cloudy, step

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from studio.camera import Camera

OFFSETS = np.array([(-0.125, -0.375), (0.375, -0.125), (-0.375, 0.125), (0.125, 0.375)])
NOTHING = Billows(np.zeros(3), 1.0, *(np.zeros((2, 2, 2), np.float32),) * 5, Look(), np.zeros(3), np.zeros(3))._replace(
    body=np.full((2, 2, 2), EMPTY, np.float32)
)
FIRELIGHT = vec(1.0, 0.47, 0.16)


class View(NamedTuple):
    """The camera as the compiled code reads it."""

    eye: NDArray[np.float64]
    axes: NDArray[np.float64]
    focal: float
    centre: NDArray[np.float64]


@dataclass
class Scene:
    """What stands there and what burns. `lamps` are rows x, y, z, radius, strength of the fires' light."""

    tree: Tree
    light: Light
    tail: float = 0.0
    lamps: NDArray[np.float64] = field(default_factory=lambda: np.zeros((0, 5)))
    flame: Flame | None = None
    cloud: Billows = NOTHING
    clear: float = 6000.0
    airglow: float = 0.0
    shimmer: float = 0.0
    haze: Array = field(default_factory=lambda: linear("#a6a7a2") * 0.9)


def mists() -> tuple[Array, Array, Array]:
    """The three tables of noise: round heads, cloudy, and finely grained for surfaces."""
    return noise.cells(71), noise.volume(72, 2.1), noise.volume(73, 1.75)


def expose(camera: Camera, scene: Scene, backdrop: Array) -> tuple[Array, Array]:
    """The picture in linear light over `backdrop`, and the share of each pixel that solids cover."""
    out = np.zeros((camera.height, camera.width, 3), np.float32)
    cover = np.zeros((camera.height, camera.width), np.float32)
    light = scene.light
    day = Day(
        *(v.astype(np.float64) for v in (light.sun, light.sun_colour, light.sky, light.ground, FIRELIGHT, scene.haze)),
        scene.clear,
        scene.airglow,
        scene.shimmer * max(camera.width, camera.height) / 1920,
    )
    view = View(
        np.array(camera.eye, np.float64),
        np.stack(camera.axes).astype(np.float64),
        camera.focal,
        np.array(camera.centre, np.float64),
    )
    burning = scene.flame or flame(-1e6, 1.0, 0.0)
    scene_parts = (scene.tree, scene.tail, scene.lamps.astype(np.float64), burning, scene.cloud)
    behind, tables = backdrop.astype(np.float32), mists()

    def band(start: int, end: int) -> None:
        _rows(view, day, *scene_parts, behind, OFFSETS, tables, out, cover, start, end)

    in_bands(band, camera.height)
    return out, cover


@njit(cache=True, error_model="numpy", nogil=True)
def _rows(view, day, tree, tail, lamps, fire, cloud, backdrop, offsets, tables, out, cover, top, bottom):
    height, width = cover.shape
    for row in range(top, bottom):
        stack = np.zeros(64, np.int32)
        depths, tones = np.zeros(4), np.zeros((4, 3))
        for column in range(width):
            o = (view.eye[0], view.eye[1], view.eye[2])
            hits = 0
            for s in range(4):
                d = _ray(view, column + 0.5 + offsets[s, 0], row + 0.5 + offsets[s, 1])
                t, which = cast(tree, o, d, FAR, stack, False)
                depths[s] = t
                if which < 0:
                    y, x = _bent(day, fire, o, d, row, column, height, width, tables[1])
                    for k in range(3):
                        tones[s, k] = backdrop[y, x, k]
                else:
                    tone = shade(day, tree, tail, lamps, o, d, t, which, stack, row * width + column, s, tables[2])
                    gone = 1 - exp(-t / day.clear)
                    for k in range(3):
                        tones[s, k] = tone[k] + (day.haze[k] - tone[k]) * gone
                hits += which >= 0
            d = _ray(view, column + 0.5, row + 0.5)
            shift = 52.9829189 * ((0.06711056 * column + 0.00583715 * row) % 1.0)
            r, g, b = march(day, lamps, fire, cloud, o, d, depths, tones, shift % 1.0, tables)
            out[row, column, 0], out[row, column, 1], out[row, column, 2] = r, g, b
            cover[row, column] = hits / 4


@njit(cache=True, error_model="numpy", inline="always")
def _ray(view, px, py):
    u, v = (px - view.centre[0]) / view.focal, (view.centre[1] - py) / view.focal
    x = view.axes[2, 0] + u * view.axes[0, 0] + v * view.axes[1, 0]
    y = view.axes[2, 1] + u * view.axes[0, 1] + v * view.axes[1, 1]
    z = view.axes[2, 2] + u * view.axes[0, 2] + v * view.axes[1, 2]
    size = sqrt(x * x + y * y + z * z)
    return x / size, y / size, z / size


@njit(cache=True, error_model="numpy")
def _bent(day, fire, o, d, row, column, height, width, mist):
    """The pixel of the far background seen through the hot air round the flame."""
    if day.shimmer <= 0:
        return row, column
    flat = d[0] * d[0] + d[2] * d[2]
    t = -(o[0] * d[0] + o[2] * d[2]) / max(flat, 1e-9)
    x, y, z = o[0] + t * d[0], o[1] + t * d[1], o[2] + t * d[2]
    out = sqrt(x * x + z * z)
    hot = (
        step(17.0, 3.5, out) * step(9.0, -1.0, y - fire.tail) * step(fire.length + 12, fire.length * 0.5, fire.tail - y)
    )
    if hot <= 0:
        return row, column
    dx = (cloudy(mist, x, y, 3.0, 1.3) - 0.5) * day.shimmer * hot * 5
    dy = (cloudy(mist, y, x, 9.0, 1.3) - 0.5) * day.shimmer * hot * 5
    return min(max(int(row + dy + 0.5), 0), height - 1), min(max(int(column + dx + 0.5), 0), width - 1)


__all__ = ["NOTHING", "Scene", "expose", "mists"]
