"""Slide 7: a long exposure. A straight streak of light from the table to the top edge, the smoke drawn to silk."""

from __future__ import annotations

import numpy as np
from studio import afternoon, pad, smoke, steel
from studio.camera import LONG, Camera, lying
from studio.film import blur
from studio.light import Array, Light, direction, linear, mix, smoothstep, vec
from studio.noise import noise2

DIM = Light(direction(42, 112), vec(0.20, 0.18, 0.16), vec(0.06, 0.085, 0.13), vec(0.03, 0.025, 0.02))


def camera(scale: float) -> Camera:
    """From beyond the pit, level, looking high."""
    return Camera((-16, 6, -300), (-16, 6, 0), 24, *lying(scale), shift=0.30)


def _streak(view: Camera) -> Array:
    """The track of the flame: brightest low down where the rocket was slow."""
    ends, _ = view.project(np.array([(0, 0, 0), (0, 100, 0)], np.float32))
    x0, metre = float(ends[0, 0]), float(ends[0, 1] - ends[1, 1]) / 100
    y, x = np.mgrid[0 : view.height, 0 : view.width].astype(np.float32)
    up = (float(ends[0, 1]) - y) / metre
    waver = (noise2(y * 0, up, 90, 701, beta=1.2) - 0.5) * 0.55
    r = np.abs((x - x0) / metre + waver * smoothstep(2, 30, up))
    width = 2.7 + 1.1 * smoothstep(12, -10, up) + 2.6 * smoothstep(0, -22, up)
    slow = 0.42 + 1.5 * np.exp(-np.clip(up, 0, None) / 34)
    fibres = 0.75 + 0.5 * noise2(x / metre * 1.4, up * 0.02, 22, 702, beta=1.0)
    core = np.exp(-((r / width) ** 4)) * slow * fibres
    sheath = np.exp(-((r / (width * 1.75)) ** 2)) * slow
    halo = 1 / (1 + (r / 9) ** 2) * 0.035
    live = smoothstep(-26, -12, up)[..., None]
    return (
        (
            core[..., None] * vec(4.2, 3.4, 2.3)
            + sheath[..., None] * vec(1.1, 0.42, 0.10)
            + halo[..., None] * vec(1.0, 0.6, 0.3)
        )
        * live
    ).astype(np.float32)


def _dust(rng: np.random.Generator) -> smoke.Cloud:
    rows = np.concatenate(
        [
            smoke.jet(rng, 130, (8, -10, 0), (110, 8, 8), (7, 16), (4, 3, 8), rise=44),
            smoke.jet(rng, 90, (-2, -2, 20), (-120, 3, 16), (5, 10), (5, 2, 6), rise=20),
        ]
    )
    fires = np.array(
        [(0, -6, 0, 2.2), (10, -9, -4, 2.2), (0, 14, 0, 2.0), (0, 40, 0, 1.6), (22, -8, -4, 1.3)], np.float32
    )
    return smoke.Cloud(rows, smoke.DUST, smoke.DUST_LOW, fires, density=0.2, clump=34, seed=751, rough=0.7, ember=0.02)


def _silk(colour: Array, alpha: Array, scale: float) -> tuple[Array, Array]:
    """Several seconds of drift: the smoke blurred along its way."""
    layer = np.dstack([colour, alpha])
    for by in (0.011, 0.02, 0.036):
        step = max(1, round(by * LONG * scale))
        layer = (layer + _moved(layer, 0, step) + _moved(layer, -step // 3, step // 2)) / 3
    layer = blur(layer.astype(np.float32), 3 * scale)
    return layer[..., :3], layer[..., 3]


def _moved(layer: Array, down: int, right: int) -> Array:
    """`layer` shifted by whole pixels, its edges drawn out."""
    rows = np.clip(np.arange(layer.shape[0]) - down, 0, layer.shape[0] - 1)
    columns = np.clip(np.arange(layer.shape[1]) - right, 0, layer.shape[1] - 1)
    return np.asarray(layer[rows][:, columns], np.float32)


def render(scale: float) -> Array:
    """The picture."""
    view = camera(scale)
    film = afternoon.backdrop(view, 0.55, 703, -3.0)
    grey = (film.image @ vec(0.21, 0.72, 0.07))[..., None]
    film.image = mix(film.image, grey * linear("#b9c6d6") * 1.4, 0.45) * 0.20
    afternoon.steelwork(film, view, afternoon.far_site(110, 120), veil=0.12, light=DIM)
    afternoon.steelwork(
        film, view, pad.pit(back=60), fires=np.array([(6, -12, 30, 1.4), (30, -12, 34, 0.7)], np.float32), light=DIM
    )
    cloud = _dust(np.random.default_rng(752))
    grid = smoke.render(view, cloud, DIM, 272, 334, slices=28)
    fires = np.array([(0, 2, 0, 1.2), (0, 16, 0, 1.2), (0, 34, 0, 0.9), (4, -6, -2, 1.2)], np.float32)
    film.over_premultiplied(*_silk(*grid.layer(303, 999, view), scale))
    things = [
        *pad.petals(40, 20, front=False),
        *pad.mast((-14, 0, 5), -17),
        *pad.gantry_down(-1, 17, 58),
        *pad.gantry_down(1, 22, 62),
    ]
    afternoon.steelwork(film, view, things, light=DIM, fires=fires)
    film.add(_streak(view))
    afternoon.steelwork(film, view, pad.petals(40, 20, back=False), light=DIM, fires=fires)
    tone, alpha = steel.draw(view, pad.deck(left=-160, right=13), DIM, fires=fires)
    film.over(tone, alpha)
    afternoon.concrete(film, alpha, 420 * scale, 763)
    film.over_premultiplied(*_silk(*grid.layer(0, 303, view), scale))
    return film.develop(seed=7, bloom=0.16, exposure=1.25, vignette=0.3, saturation=0.86)
