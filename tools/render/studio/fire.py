"""The engines' flame: glowing gas integrated along every ray of the camera."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from studio.film import resize
from studio.light import Array, smoothstep, vec
from studio.noise import noise3

if TYPE_CHECKING:
    from studio.camera import Camera

NOZZLES = tuple(
    (2.62 * dx + ex, 2.62 * dz + ez)
    for dx, dz in ((1, 0), (-1, 0), (0, 1), (0, -1), (0, 0))
    for ex in (-0.5, 0.5)
    for ez in (-0.5, 0.5)
)


def ramp(heat: Array) -> Array:
    """Light of glowing gas: dull orange at a little heat, yellow, then white beyond any film."""
    h = np.clip(heat, 0, None)[..., None]
    return (
        vec(1.0, 0.26, 0.045) * h * 1.1 + vec(1.0, 0.60, 0.20) * h**2 * 2.2 + vec(1.0, 0.88, 0.70) * h**4 * 4.5
    ).astype(np.float32)


def plume(
    camera: Camera,
    tail: float,
    length: float,
    seed: int = 11,
    strength: float = 1.0,
    spread: float = 0.085,
    turn: float = 24.0,
    steps: int = 36,
    detail: float = 0.5,
    ragged: float = 1.0,
    floor: float = -1e9,
    taper: float = 1.0,
    tongued: bool = True,
) -> Array:
    """Light of the flame below nozzle plane `tail`, `length` metres of it; nothing below height `floor`.

    `detail` is the share of the picture's pixels it is computed at.
    """
    small = camera.scaled(detail)
    reach = 3.4 + spread * length * 2.2
    ends = np.array(
        [(x, y, z) for x in (-reach, reach) for y in (tail, max(tail - length, floor)) for z in (-reach, reach)],
        np.float32,
    )
    box = small.bounds(ends, margin=8)
    out = np.zeros((small.height, small.width, 3), np.float32)
    if box[2] > box[0] and box[3] > box[1]:
        heat = _march(
            small, box, (tail, length, reach, spread, ragged, floor, taper, float(tongued)), turn, seed, steps
        )
        out[box[1] : box[3], box[0] : box[2]] = ramp(heat) * strength
    return resize(out, camera.width, camera.height)


def _march(
    camera: Camera, box: tuple[int, int, int, int], shape: tuple[float, ...], turn: float, seed: int, steps: int
) -> Array:
    tail, length, reach, spread, ragged, floor, taper, tongued = shape
    rays = camera.rays(box)
    eye = vec(*camera.eye)
    flat = rays[..., (0, 2)]
    square = np.maximum((flat * flat).sum(-1), 1e-6)
    middle = -(flat @ eye[[0, 2]]) / square
    half = reach / np.sqrt(square)
    total = np.zeros(middle.shape, np.float32)
    c, s = np.cos(np.radians(turn)), np.sin(np.radians(turn))
    for i in range(steps):
        t = middle + half * ((i + 0.5) / steps * 2 - 1)
        x, y, z = (eye[k] + t * rays[..., k] for k in range(3))
        below = tail - y
        live = (below > -0.2) & (below < length) & (t > 0.5) & (y > floor)
        if not live.any():
            continue
        total[live] += _heat(
            x[live] * c - z[live] * s,
            below[live],
            z[live] * c + x[live] * s,
            length,
            (spread, ragged, taper, tongued),
            seed,
        )
    return total * (2 * reach / steps) / 4.6


def _heat(x: Array, below: Array, z: Array, length: float, style: tuple[float, ...], seed: int) -> Array:
    """How hot the gas is at a point `below` the nozzles."""
    spread, ragged, taper, tongued = style
    grow = np.clip(below / 14, 0, 1)
    wobble = noise3(x, below * 0.32, z, 16, seed) - 0.5
    fine = noise3(x, below * 0.42, z, 5.2, seed + 1) - 0.5
    out = np.hypot(x, z)
    width = 2.9 + spread * below
    edge = out / width + (wobble * 2.3 + fine * 1.3) * ragged * (0.30 + 0.70 * grow)
    body = smoothstep(1.15, 0.25, edge) * smoothstep(0.3, 6.0, below)
    core = smoothstep(0.8, 0.0, edge * (1 + below / (length * 0.9))) * smoothstep(1.5, 6.0, below)
    tongues = np.zeros_like(x)
    near = below < 13
    if tongued and near.any():
        xs, zs, bs = x[near], z[near], below[near]
        slim = 0.24 + 0.075 * bs
        flicker = 0.55 + 0.9 * noise3(xs, bs * 0.12, zs, 3.0, seed + 2)
        tongues[near] = sum(np.exp(-((xs - nx) ** 2 + (zs - nz) ** 2) / slim**2) for nx, nz in NOZZLES)
        tongues[near] *= 2.7 * flicker * np.exp(-((np.clip(bs, 0, None) / 4.2) ** 1.3)) * smoothstep(-0.2, 0.25, bs)
    fade = (1 - np.clip(below / length, 0, 1)) ** taper * smoothstep(1.0, 0.7, below / length)
    return (
        (body * 0.55 + core * 0.75 + tongues * 1.5) * (0.25 + 0.75 * fade) * smoothstep(1.0, 0.62, below / length)
    ).astype(np.float32)
