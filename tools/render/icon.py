"""The program's sign: a rocket rising on its flame against the day's sky, drawn anew for every size."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image
from scipy.ndimage import gaussian_filter
from studio.light import Array, linear, mix, smoothstep, to_srgb, vec
from studio.noise import octaves2

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

CORNER = 0.215  # radius of the sign's corners, as a share of its side
TALL = 49.5
# The rocket's outline: metres above the nozzles, half its width as a share of the skirts'.
OUTLINE = (
    (0.0, 1.0), (1.7, 0.96), (6.9, 0.90), (13.0, 0.66), (19.3, 0.42), (26.5, 0.36), (36.0, 0.36), (36.3, 0.42),
    (42.3, 0.42), (44.2, 0.20), (44.4, 0.10), (48.6, 0.07), (TALL, 0.0),
)  # fmt: skip
# At the smallest sizes there is only room for a body, shoulders and a nose.
PLAIN = ((0.0, 1.0), (5.0, 0.98), (17.0, 0.62), (20.0, 0.52), (38.0, 0.52), (44.0, 0.36), (TALL, 0.0))
FROST, GREY, ORANGE, BLUE, STEEL = (linear(code) for code in ("#f1efe9", "#7b756c", "#e8762a", "#3d6fc0", "#33302c"))
# Bands of paint from the nozzles up: where each begins, its colour, and the least detail at which it is drawn.
PAINT = ((0.0, ORANGE, 1), (1.9, GREY, 1), (7.0, FROST, 0), (26.5, STEEL, 3), (27.9, ORANGE, 2), (30.2, FROST, 2),
         (31.9, BLUE, 2), (36.0, FROST, 2))  # fmt: skip


@dataclass(frozen=True)
class Cut:
    """How the sign is simplified at one size: shares of its side, and how many of the rocket's parts are drawn."""

    side: int
    margin: float
    width: float
    top: float
    tail: float
    flame: float
    detail: int


CUTS = (
    Cut(16, 0.0, 0.27, 0.03, 0.625, 0.36, 0),
    Cut(24, 0.0, 0.23, 0.05, 0.625, 0.35, 0),
    Cut(32, 1 / 32, 0.195, 0.07, 0.62, 0.34, 1),
    Cut(48, 1 / 48, 0.170, 0.07, 0.61, 0.34, 1),
    Cut(64, 2 / 64, 0.150, 0.075, 0.60, 0.34, 2),
    Cut(128, 4 / 128, 0.128, 0.08, 0.59, 0.345, 3),
    Cut(256, 8 / 256, 0.120, 0.08, 0.585, 0.35, 3),
    Cut(512, 16 / 512, 0.118, 0.08, 0.585, 0.35, 3),
)


def draw(cut: Cut) -> NDArray[np.uint8]:
    """The sign at one size, red, green, blue and alpha."""
    fine = 8 if cut.side < 128 else 4 if cut.side < 512 else 2
    n = cut.side * fine
    y, x = (np.mgrid[0:n, 0:n].astype(np.float32) + 0.5) / n
    picture = _sky(x, y, cut)
    picture = _billows(picture, x, y, cut)
    heat, halo = _flame(x, y, cut)
    picture = picture + halo[..., None] * vec(1.0, 0.55, 0.22)
    picture = mix(picture, vec(1.0, 0.60, 0.18) * 1.1, smoothstep(0.05, 0.45, heat)[..., None])
    picture = mix(picture, vec(1.0, 0.93, 0.74) * 1.3, smoothstep(0.40, 0.95, heat)[..., None])
    paint, body = _rocket(x, y, cut)
    picture = mix(picture, paint, body[..., None])
    picture = picture + gaussian_filter(np.clip(heat - 0.4, 0, 1), 0.02 * n)[..., None] * vec(0.5, 0.34, 0.16)
    cover = _tile(x, y, cut.margin)
    reduced = (np.clip(picture, 0, 1) * cover[..., None]).reshape(cut.side, fine, cut.side, fine, 3).mean((1, 3))
    alpha = cover.reshape(cut.side, fine, cut.side, fine).mean((1, 3))
    colours = to_srgb(reduced / np.maximum(alpha, 1e-4)[..., None]) * (alpha > 0)[..., None]
    return (np.dstack([colours, alpha]) * 255 + 0.5).astype(np.uint8)


def _tile(x: Array, y: Array, margin: float) -> Array:
    """The rounded square: 1 inside."""
    half = 0.5 - margin
    dx, dy = np.abs(x - 0.5) - (half - CORNER), np.abs(y - 0.5) - (half - CORNER)
    outside = np.hypot(np.maximum(dx, 0), np.maximum(dy, 0)) + np.minimum(np.maximum(dx, dy), 0) - CORNER
    return (outside < 0).astype(np.float32)


def _sky(x: Array, y: Array, cut: Cut) -> Array:
    sky = mix(linear("#1d4784"), linear("#5f97cb"), smoothstep(-0.05, 0.62, y)[..., None])
    sky = mix(sky, linear("#d8d2c0"), smoothstep(0.45, 0.98, y)[..., None])
    if cut.detail >= 2:
        bend = 0.05 * np.sin(x * 5 + 1.0)
        strands = octaves2(x * 0.12 + y * 0.05, y - x * 0.24 + bend, 0.085, 0, 31, count=2, gain=0.35)
        veil = smoothstep(0.62, 0.95, strands) * smoothstep(0.46, 0.2, y) * 0.5
        sky = mix(sky, linear("#eef1f2"), veil[..., None])
    return sky


def _billows(picture: Array, x: Array, y: Array, cut: Cut) -> Array:
    """Dust heaped up at the foot, lit from the flame in the middle and from the sun on the right."""
    heads = [(0.10, 0.99, 0.17), (0.27, 1.01, 0.15), (0.42, 1.05, 0.14), (0.60, 1.05, 0.15), (0.76, 0.99, 0.16),
             (0.93, 0.96, 0.19)]  # fmt: skip
    for cx, cy, radius in heads:
        bend = 0.0 if cut.detail < 2 else (octaves2(x, y, 0.09, 0.02, 51, count=2) - 0.5) * 0.10
        dx, dy = (x - cx) / radius, (y - cy) / radius
        inside = 1 - np.hypot(dx, dy) + bend / radius * 0.3
        sun = np.clip(0.55 + 0.42 * (0.7 * dx - 0.75 * dy) + (0 if cut.detail < 2 else bend * 2.2), 0.22, 1.2)
        near = np.exp(-(((x - 0.5) / 0.19) ** 2) - ((y - 0.93) / 0.16) ** 2)
        tone = linear("#b49a7c") * sun[..., None] + near[..., None] * vec(0.95, 0.50, 0.18)
        picture = mix(picture, tone, smoothstep(0.0, 0.10 if cut.detail > 1 else 0.25, inside)[..., None])
    return picture


def _flame(x: Array, y: Array, cut: Cut) -> tuple[Array, Array]:
    """Heat of the flame (1 and more is white), and the halo round it."""
    down = (y - cut.tail) / cut.flame
    across = np.abs(x - 0.5) / (cut.width * 0.5)
    wide = 0.72 + 0.25 * smoothstep(0.0, 0.35, down) - 0.62 * smoothstep(0.35, 1.05, down)
    if cut.detail >= 2:
        wide = wide + (octaves2(x * 1.4, y * 0.5, 0.06, 1 / cut.side, 71, count=3) - 0.5) * 0.5 * np.clip(down, 0, 1)
    heat = np.clip(1.25 - across / np.maximum(wide, 0.05), 0, 1) * smoothstep(-0.06, 0.02, down)
    heat = heat * smoothstep(1.12, 0.55, down) * 1.25
    d2 = ((x - 0.5) / 0.16) ** 2 + ((y - cut.tail - cut.flame * 0.28) / 0.24) ** 2
    # It ends somewhere: rows of sky without it are all of one colour, which a PNG keeps in a few bytes.
    return heat.astype(np.float32), (0.62 * np.clip(1 - d2 / 2.6, 0, 1) ** 3).astype(np.float32)


def _rocket(x: Array, y: Array, cut: Cut) -> tuple[Array, Array]:
    """Paint and cover of the rocket, the sun at the right."""
    height = (cut.tail - y) / (cut.tail - cut.top) * TALL
    outline = np.array(OUTLINE if cut.detail else PLAIN, np.float32)
    half = np.interp(height, outline[:, 0], outline[:, 1]).astype(np.float32) * cut.width / 2
    across = (x - 0.5) / np.maximum(half, 1e-5)
    body = ((np.abs(across) < 1) & (height > 0) & (height < TALL)).astype(np.float32)
    tone = np.broadcast_to(FROST, (*x.shape, 3)).copy()
    for begins, colour, least in PAINT:
        if cut.detail >= least:
            tone[height >= begins] = colour
    light = np.clip(0.62 + 0.48 * across - 0.25 * across**2, 0.16, 1.05)
    if cut.detail >= 2:  # the dark slots between the boosters
        slot = (np.abs(np.abs(across) - 0.34) < 0.05) & (height < 15.5)
        light = np.where(slot, light * 0.35, light)
    fire = np.exp(-np.clip(height, 0, None) / 5.0)
    lit = tone * light[..., None] + tone * fire[..., None] * vec(0.7, 0.35, 0.12)
    return lit.astype(np.float32), body


def write_icons(folder: Path) -> None:
    """Write ``liftoff-<side>.png`` in every size into `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    for cut in CUTS:
        pixels = draw(cut)
        if cut.side >= 128:  # the lowest bit or two of a colour are half of such a file and nothing to the eye
            step = cut.side // 100 + 1
            pixels[..., :3] = np.minimum((pixels[..., :3].astype(int) + step // 2) // step * step, 255)
        picture = Image.fromarray(pixels, "RGBA")
        picture.save(folder / f"liftoff-{cut.side}.png", "PNG", optimize=True)
