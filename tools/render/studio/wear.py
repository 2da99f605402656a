"""What years outdoors leave on traced steel and on frosted tanks: rust, scuffs, streaks, panel seams."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from studio.light import Array, linear, smoothstep, vec
from studio.noise import noise2

if TYPE_CHECKING:
    from studio.camera import Camera
    from studio.sculpt import Cast
    from studio.stair import Stair

RUST = linear("#6f4c37")


def weathered(cast: Cast, view: Camera, stair: Stair) -> Array:
    """The traced picture with rust run down the stair's stringers, and paint scuffed off them."""
    rows, columns = np.nonzero(np.isfinite(cast.depth))
    depth = cast.depth[rows, columns]
    right, up, forward = view.axes
    cx, cy = view.centre
    u, v = (columns + 0.5 - cx) / view.focal, (cy - rows - 0.5) / view.focal
    places = vec(*view.eye) + (forward + u[:, None] * right + v[:, None] * up) * depth[:, None] - vec(*stair.foot)
    across, _, ahead = (vec(*axis) for axis in stair.axes)
    side, far, high = np.abs(places @ across), places @ ahead, places[:, 1]
    lift = (high - far * stair.rise / stair.run) * stair.run / float(np.hypot(stair.rise, stair.run))
    on = smoothstep(0.012, 0.0, np.abs(side - stair.half - 0.035) - 0.04)
    on = on * smoothstep(0.03, 0.01, np.abs(lift + 0.055) - 0.10)
    down = np.hypot(far, high)
    run = noise2(side + lift, down * 0.035, 0.11, 841)  # water runs down the slope
    place = noise2(far, high, 1.7, 842, beta=2.2)
    rust = on * smoothstep(0.61, 0.74, run * 0.72 + place * 0.36) * 0.6
    scuff = on * smoothstep(0.70, 0.78, noise2(side + lift, down * 0.3, 0.21, 843)) * (1 - rust)
    colour = cast.colour.copy()
    lit = colour[rows, columns]
    brightness = lit.mean(axis=1, keepdims=True)
    lit = lit + (brightness * RUST / RUST.mean() * 0.72 - lit) * rust[:, None]
    colour[rows, columns] = lit * (1 + 0.28 * scuff[:, None])
    return colour


def frosted(tone: Array, cover: Array) -> Array:
    """A tank's flank seen close (premultiplied): fine streaks and grains of frost, hoops, vapour in the shadows."""
    h, w = cover.shape
    y, x = np.mgrid[0:h, 0:w].astype(np.float32) / w
    streak = noise2(x + 0.004 * np.sin(y * 9), y * 0.07, 0.30, 831)
    grain = noise2(x, y * 0.8, 0.16, 832, beta=1.3)
    cloud = noise2(x, y * 0.5, 0.9, 833, beta=2.2)
    rough = 1 + 0.85 * (streak - 0.5) + 0.50 * (grain - 0.5) + 0.35 * (cloud - 0.5)
    drawn = (y + 0.10 * (x - 0.30) ** 2 / 0.04) / 0.235 + 0.31
    away = (drawn - np.round(drawn)) * 0.235
    hoop = 0.34 * np.exp(-((away / 0.0022) ** 2)) - 0.10 * np.exp(-(((away - 0.0055) / 0.0024) ** 2))
    light = tone * (rough - hoop)[..., None]
    dark = cover * smoothstep(0.26, 0.03, light.mean(axis=-1) / np.maximum(cover, 1e-3))
    vapour = noise2(x * 0.8 - y * 0.3, y * 0.5 + x * 0.2, 1.3, 834, beta=2.4)
    return (light + (dark * (0.5 + 0.9 * vapour))[..., None] * vec(0.13, 0.142, 0.155)).astype(np.float32)
