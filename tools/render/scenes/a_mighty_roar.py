"""Slide 1: the tail close up, a few metres off the pad. Fire, orange skirts, frost, falling ice."""

from __future__ import annotations

import numpy as np
from studio import afternoon, fire, pad, rocket, smoke
from studio.camera import Camera, lying
from studio.film import Film, blur
from studio.light import AFTERNOON, Array, vec
from studio.sky import day_sky

TAIL = 3.4


def camera(scale: float) -> Camera:
    """A very long lens from beyond the pit."""
    return Camera((0, 5, -190), (0.0, 5.0, 0), 5.0, *lying(scale))


def _dust(rng: np.random.Generator) -> smoke.Cloud:
    rows = np.concatenate(
        [
            smoke.jet(rng, 90, (3, -5, 9), (26, 4, 8), (3, 6), (3, 3, 3), rise=15, bunch=0.8),
            smoke.jet(rng, 80, (-3, -5, 9), (-26, 3, 8), (3, 6), (3, 3, 3), rise=12, bunch=0.8),
            smoke.jet(rng, 40, (-10, -2, 12), (20, 1, 0), (3, 4.5), (4, 3, 2)),
            smoke.jet(rng, 60, (3, -6, -6), (20, 0.5, -4), (1.8, 3.6), (2, 1, 2), rise=4),
            smoke.jet(rng, 54, (-3, -6, -6), (-20, 0.5, -4), (1.8, 3.6), (2, 1, 2), rise=3),
            smoke.jet(rng, 46, (-16, -6.2, -7), (32, 0, 0), (2.2, 2.6), (1, 1.0, 2)),
        ]
    )
    fires = np.array([(0, -2, 2, 3.0), (5, -5, 2, 2.0), (-5, -5, 2, 2.0)], np.float32)
    return smoke.Cloud(rows, smoke.DUST, smoke.DUST_LOW, fires, density=0.5, clump=7, seed=151, ember=0.16)


def render(scale: float) -> Array:
    """The picture."""
    view = camera(scale)
    film = Film(blur(day_sky(view, 0.0, haze=0.5), 4))
    cloud = _dust(np.random.default_rng(152))
    grid = smoke.render(view, cloud, AFTERNOON, 180, 212, slices=30)
    film.over_premultiplied(*grid.layer(193, 400, view))
    fires = np.array([(0, -1, 0, 1.1), (0, -6, 0, 1.6)], np.float32)
    afternoon.steelwork(
        film,
        view,
        pad.petals(19, 3, front=False, length=24, reach=12.2, y=-6, drum=False, near=True),
        fires=fires,
        veil=0.12,
        soft=1.2 * scale,
    )
    film.over_premultiplied(*rocket.render(view, TAIL, AFTERNOON, fire=2.0, fire_reach=1.7))
    film.add(fire.plume(view, TAIL, 22, seed=161, spread=0.10, steps=44, detail=0.6, strength=0.7, ragged=1.3))
    film.add(
        fire.plume(
            view, TAIL - 2.5, 20, seed=167, spread=0.5, steps=44, detail=0.6, strength=0.42, ragged=2.2, tongued=False
        )
    )
    afternoon.falling_ice(film, view, 700, 162, -2, 15, 8.0, 0.045)
    afternoon.steelwork(
        film, view, pad.petals(19, 3, back=False, length=24, reach=12.2, y=-6, drum=False, near=True), fires=fires
    )
    film.over_premultiplied(*grid.layer(0, 193, view))
    at, radius = afternoon.pit_glow(view, (0, -1.5, -4), 3.4)
    film.glow(at, radius, vec(1.0, 0.56, 0.22) * 0.5, 1.4)
    return film.develop(seed=1, bloom=0.2, exposure=0.84)
