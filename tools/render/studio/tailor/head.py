"""Heads: skull and features in relief, ears, sunglasses, and the complexion painted on them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from studio.light import Array, linear, mix, smoothstep, vec
from studio.noise import noise2
from studio.tailor.mesh import Mesh, P, ball, from_grid, limb, yaw
from studio.tailor.stage import Item, Stuff

if TYPE_CHECKING:
    from studio.tailor.bones import Bones

WIDE, TALL, DEEP = 0.077, 0.117, 0.097  # half a skull, metres
ROWS, COLUMNS = 84, 112


def _hill(x: Array, at: float, half: float) -> Array:
    """A bump of height 1."""
    return np.exp(-(((x - at) / half) ** 2))


def face(b: Bones) -> Mesh:
    """A head without hair; its `uv` is (azimuth from ahead, sine of height), as `complexion` wants it."""
    grid, way = ball((WIDE, TALL, DEEP), ROWS, COLUMNS)
    jaw = np.clip(-way[..., 1], 0, 1)
    grid[..., 0] *= 1 - 0.22 * jaw**1.6 - 0.05 * np.clip(way[..., 2], 0, 1)
    grid[..., 2] += 0.012 * jaw - 0.022 * jaw * np.clip(-way[..., 2], 0, 1)
    x, y = np.abs(grid[..., 0]), grid[..., 1]
    front = smoothstep(0.15, 0.55, way[..., 2])
    grid[..., 2] += front * _relief(x, y)
    temple = _hill(x, 0.066, 0.014) * _hill(y, 0.022, 0.022) * np.clip(way[..., 2], 0, 1)
    cheek = _hill(y, -0.055, 0.020) * smoothstep(0.1, 0.5, way[..., 2]) * smoothstep(0.03, 0.05, x)
    grid[..., 0] *= 1 - 0.07 * temple - 0.06 * cheek
    azimuth = np.linspace(0, 2 * np.pi, COLUMNS + 1)[None]
    uv = np.stack(np.broadcast_arrays(azimuth, way[:, :1, 1]), -1)
    return from_grid(grid.astype(np.float32), uv=uv.astype(np.float32)).moved(b.head, b.skull)


def _relief(x: Array, y: Array) -> Array:
    """How far the features stand out, metres, at |x| and height `y` from the middle of the head."""
    down = np.clip((0.010 - y) / 0.052, 0, 1)
    ridge = smoothstep(-0.053, -0.043, y) * smoothstep(0.022, 0.006, y)
    nose = (0.004 + 0.019 * down) * np.exp(-((x / (0.0075 + 0.006 * down)) ** 2)) * ridge
    wing = 0.007 * _hill(x, 0.014, 0.006) * _hill(y, -0.041, 0.007)
    brow = 0.0065 * _hill(y, 0.022, 0.009) * smoothstep(0.062, 0.040, x)
    socket = -0.0125 * _hill(x, 0.031, 0.017) * _hill(y, 0.002, 0.0125)
    lid = 0.0065 * _hill(x, 0.031, 0.012) * _hill(y, 0.000, 0.0070)
    bag = -0.0015 * _hill(x, 0.028, 0.014) * _hill(y, -0.014, 0.004)
    bone = 0.0055 * _hill(x, 0.048, 0.014) * _hill(y, -0.018, 0.014)
    fold = -0.003 * np.exp(-(((x - 0.022 + (y + 0.045) * 0.45) / 0.005) ** 2)) * _hill(y, -0.055, 0.014)
    lips = 0.0050 * (_hill(y, -0.0625, 0.005) + _hill(y, -0.0745, 0.005)) * smoothstep(0.028, 0.012, x)
    mouth = -0.0045 * _hill(y, -0.0685, 0.0028) * smoothstep(0.030, 0.020, x)
    chin = 0.008 * _hill(x, 0, 0.022) * _hill(y, -0.104, 0.014) - 0.005 * _hill(x, 0, 0.024) * _hill(y, -0.086, 0.006)
    return nose + wing + brow + socket + lid + bag + bone + fold + lips + mouth + chin


def complexion(paint: str, hair: str = "", stubble: float = 0.0, nape: bool = False) -> Stuff:
    """Skin for `face`: brows and lashes of the `hair` paint, lips, flush, a shaven jaw, a clipped `nape`."""
    dark = linear(hair or "#3a2c22")

    def painted(uv: Array, albedo: Array) -> tuple[Array, Array]:
        level = np.sqrt(np.clip(1 - uv[:, 1] ** 2, 0, 1))
        x, y, ahead = np.abs(np.sin(uv[:, 0])) * level * WIDE, uv[:, 1] * TALL, np.cos(uv[:, 0]) * level
        front = smoothstep(0.15, 0.5, ahead)
        pores = noise2(uv[:, 0] * 0.09, y, 0.16, 611, beta=0.9) - 0.5
        patch = noise2(uv[:, 0] * 0.09, y, 0.5, 612, beta=1.8) - 0.5
        colour = albedo * (1 + 0.34 * pores + 0.34 * patch)[:, None]
        colour = colour * (1 - 0.28 * _shelter(x, y) * front)[:, None]
        flush = front * (
            _hill(x, 0.046, 0.020) * _hill(y, -0.030, 0.018) + _hill(x, 0, 0.014) * _hill(y, -0.038, 0.012)
        )
        colour = colour * (1 - flush[:, None] * vec(0.0, 0.16, 0.20))
        lips = front * smoothstep(0.026, 0.020, x) * smoothstep(0.0100, 0.0065, np.abs(y + 0.0685))
        colour = colour * (1 - lips[:, None] * vec(0.08, 0.22, 0.18))
        slit = (
            front
            * smoothstep(0.028, 0.022, x)
            * smoothstep(0.0030, 0.0012, np.abs(y + 0.0685 + 0.05 * (x - 0.01) ** 2))
        )
        nostril = front * _hill(x, 0.0075, 0.0035) * _hill(y, -0.0500, 0.0030)
        colour = colour * (1 - 0.6 * np.maximum(slit, nostril))[:, None]
        grit = 0.6 + 0.8 * noise2(uv[:, 0] * 0.09, y, 0.05, 613, beta=0.4)
        beard = smoothstep(-0.040, -0.066, y) * smoothstep(-0.25, 0.15, ahead) + 0.8 * _hill(y, -0.057, 0.004) * front
        colour = mix(colour, dark * 1.2 + 0.02, np.clip(beard * stubble * grit, 0, 0.8)[:, None])
        if nape:
            clipped = smoothstep(-0.062, -0.020, y) * smoothstep(0.30, 0.0, ahead)
            colour = mix(colour, dark, np.clip(clipped * grit * 0.7, 0, 0.85)[:, None])
        bow = 0.0235 + 0.004 * np.sin(np.clip((x - 0.012) / 0.040, 0, 1) * 2.4)
        brow = (
            front
            * smoothstep(0.0055, 0.0020, np.abs(y - bow))
            * smoothstep(0.010, 0.015, x)
            * smoothstep(0.054, 0.046, x)
        )
        eye = (
            front
            * smoothstep(0.0038, 0.0016, np.abs(y - 0.001 + 10 * (x - 0.031) ** 2))
            * smoothstep(0.016, 0.012, np.abs(x - 0.031))
        )
        colour = mix(colour, dark * 0.8, (brow * 0.85 * np.clip(grit, 0, 1))[:, None])
        colour = mix(colour, vec(0.012, 0.009, 0.008), (eye * 0.9)[:, None])
        shine = 0.05 * (0.4 + front * (_hill(x, 0, 0.010) + _hill(y, 0.05, 0.03) * 0.6)) * (0.6 + pores * 2)
        return colour.astype(np.float32), np.clip(shine, 0, 1).astype(np.float32)

    return Stuff(paint, gloss=0.05, rough=0.5, mottle=0.0, thin=0.06, weave=painted)


def _shelter(x: Array, y: Array) -> Array:
    """Where little of the sky gets to: eye sockets, beside the nose, under nose, lip and jaw."""
    socket = _hill(x, 0.028, 0.018) * _hill(y, 0.008, 0.012)
    beside = 0.7 * _hill(x, 0.019, 0.006) * _hill(y, -0.028, 0.020)
    under = 0.9 * _hill(x, 0, 0.013) * _hill(y, -0.054, 0.005) + 0.8 * _hill(x, 0, 0.018) * _hill(y, -0.084, 0.006)
    hollow = 0.5 * _hill(x, 0.050, 0.013) * _hill(y, -0.055, 0.020) + 0.8 * smoothstep(-0.098, -0.112, y)
    return np.clip(1.5 * socket + beside + under + hollow, 0, 2.2)


def neck(b: Bones) -> Mesh:
    """Between collar and head."""
    low, high = b.neck + b.trunk @ vec(0, -0.05, -0.005), b.skull + b.head @ vec(0, -0.04, -0.028)
    return limb(_p(low), _p(high), 0.062, 0.055, columns=32)


def ears(b: Bones) -> list[Mesh]:
    """Shells with a rolled rim, a hollow in the middle and a lobe, standing off the skull."""
    # radius from the middle, and how far out of the head that ring stands (metres)
    profile = (
        (0.05, -0.003),
        (0.30, -0.002),
        (0.42, 0.004),
        (0.58, 0.0045),
        (0.72, 0.001),
        (0.86, 0.004),
        (0.97, 0.007),
    )
    profile += ((1.04, 0.005), (1.02, 0.001), (0.85, -0.003), (0.55, -0.008), (0.30, -0.012))
    angle = np.linspace(0, 2 * np.pi, 40, endpoint=False)
    up, back = np.cos(angle), np.sin(angle)
    tall = np.where(up > 0, 0.032, 0.030) * (1 - 0.10 * np.clip(-up, 0, 1))
    wide = np.where(back > 0, 0.021, 0.011) * (1 - 0.30 * np.clip(-up, 0, 1))
    found = []
    for side in (-1.0, 1.0):
        rings = []
        for r, out in profile:
            # The rim fades into the cheek in front.
            lift = out * np.where(back < -0.3, 0.4, 1.0)
            rings.append(np.stack([side * lift, r * tall * up, -r * wide * back], -1))
        grid = np.array(rings, np.float32)
        turn = b.head @ yaw(side * 24)
        found.append(from_grid(grid, finer=2).moved(turn, b.skull + b.head @ vec(side * 0.0765, -0.008, -0.006)))
    return found


def sunglasses(b: Bones) -> list[Item]:
    """Dark lenses, a bridge and two temples."""
    dark = Stuff("#0b0c0e", gloss=0.35, rough=0.12, mottle=0.0)
    at = b.skull
    meshes = []
    for side in (-1.0, 1.0):
        grid, way = ball((0.026, 0.018, 0.006), 16, 28)
        grid[..., 0] += side * 0.033
        grid[..., 2] += 0.103 - 0.10 * np.abs(grid[..., 0]) ** 1.5
        grid[..., 1] += 0.002 - 0.004 * np.abs(way[..., 0]) * np.sign(way[..., 1])
        meshes.append(from_grid(grid.astype(np.float32)).moved(b.head, at))
        meshes.append(
            limb((side * 0.058, 0.008, 0.094), (side * 0.077, 0.010, -0.005), 0.0025, 0.0025).moved(b.head, at)
        )
    meshes.append(limb((-0.010, 0.008, 0.108), (0.010, 0.008, 0.108), 0.003, 0.003).moved(b.head, at))
    return [Item(mesh, dark) for mesh in meshes]


def _p(v: Array) -> P:
    return float(v[0]), float(v[1]), float(v[2])
