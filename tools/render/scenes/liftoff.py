"""Slide 11: far and very wide. The rocket high over the masts, the steppe low, four fifths of it sky."""

from __future__ import annotations

import numpy as np
from studio import afternoon, fire, pad, rocket, smoke
from studio.camera import Camera, lying
from studio.light import AFTERNOON, Array, vec

TAIL = 150.0


def camera(scale: float) -> Camera:
    """Far out on the steppe."""
    return Camera((0, 4, -1150), (0, 4, 0), 20, *lying(scale), shift=0.335)


def _dust(rng: np.random.Generator) -> smoke.Cloud:
    rows = np.concatenate(
        [
            smoke.jet(rng, 120, (6, 2, 0), (150, 4, 10), (9, 15), (6, 3, 8), rise=26),
            smoke.jet(rng, 80, (-6, 2, 0), (-90, 2, 10), (6, 10), (6, 2, 8), rise=10),
        ]
    )
    return smoke.Cloud(rows, smoke.DUST, smoke.DUST_LOW, density=0.09, clump=24, seed=1151)


def render(scale: float) -> Array:
    """The picture."""
    view = camera(scale)
    film = afternoon.backdrop(view, 0.6, 1106, 0.0, haze=1.1)
    afternoon.steelwork(film, view, [*afternoon.far_site(120, 40), *afternoon.far_site(230, 120)], veil=0.28)
    grid = smoke.render(view, _dust(np.random.default_rng(1152)), AFTERNOON, 1110, 1190, slices=24)
    film.over_premultiplied(*grid.layer(1150, 5000, view))
    afternoon.steelwork(
        film,
        view,
        [*pad.petals(38, 20), *pad.mast((-13, 0, 5), -17), *pad.gantry_down(-1), *pad.gantry_down(1)],
        veil=0.25,
    )
    film.over_premultiplied(*grid.layer(0, 1150, view))
    film.over_premultiplied(*rocket.render(view, TAIL, AFTERNOON, fire=1.5, samples=5))
    film.add(fire.plume(view, TAIL, 80, seed=1161, detail=1.0, spread=0.03, strength=1.15, taper=0.8))
    at, radius = afternoon.pit_glow(view, (0, TAIL - 9, 0), 8)
    film.glow(at, radius, vec(1.0, 0.72, 0.42) * 0.8, 1.6)
    return film.develop(seed=11, bloom=0.18, vignette=0.26)
