"""Slide 4: looking up from the edge of the pit, a wide lens, the flame filling the lower half."""

from __future__ import annotations

import numpy as np
from studio import afternoon, fire, pad, rocket, smoke
from studio.camera import Camera, lying
from studio.film import Film
from studio.light import AFTERNOON, Array, vec
from studio.sky import day_sky

TAIL = 22.0


def camera(scale: float) -> Camera:
    """At the edge, head thrown back."""
    return Camera((5.5, 0, -25), (1.0, 25.5, 0), 64, *lying(scale))


def _dust(rng: np.random.Generator) -> smoke.Cloud:
    rows = np.concatenate(
        [
            smoke.jet(rng, 70, (4, 0, 6), (42, 10, 14), (5, 9), (4, 4, 5), rise=14),
            smoke.jet(rng, 70, (-4, 0, 6), (-42, 10, 14), (5, 9), (4, 4, 5), rise=12),
        ]
    )
    fires = np.array([(0, 6, 0, 2.4), (0, -2, 2, 2.4)], np.float32)
    return smoke.Cloud(rows, smoke.DUST, smoke.DUST_LOW, fires, density=0.3, clump=15, seed=451)


def render(scale: float) -> Array:
    """The picture."""
    view = camera(scale)
    film = Film(day_sky(view, 0.0, 403, haze=0.6, deep=0.62))
    cloud = _dust(np.random.default_rng(452))
    grid = smoke.render(view, cloud, AFTERNOON, 14, 74, slices=40)
    film.over_premultiplied(*grid.layer(20, 400, view))
    fires = np.array([(0, 12, 0, 0.6), (0, 3, 0, 0.8)], np.float32)
    afternoon.steelwork(
        film, view, [*pad.petals(40, 14, front=False, near=True), *pad.mast((-15, 0, 6), -18)], fires=fires, veil=0.05
    )
    film.over_premultiplied(*rocket.render(view, TAIL, AFTERNOON, turn=32, fire=3.0, fire_reach=5))
    film.add(fire.plume(view, TAIL, 46, seed=461, spread=0.13, steps=56, strength=0.62, detail=0.6, ragged=1.6))
    afternoon.falling_ice(film, view, 260, 462, 10, 56, 5, 0.075)
    afternoon.steelwork(film, view, pad.petals(42, 14, back=False, drum=False, near=True, y=-2), fires=fires)
    film.over_premultiplied(*grid.layer(0, 20, view))
    at, radius = afternoon.pit_glow(view, (0, TAIL - 9, 0), 5)
    film.glow(at, radius, vec(1.0, 0.55, 0.22) * 0.5, 1.4)
    return film.develop(seed=4, bloom=0.15)
