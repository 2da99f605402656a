"""Slide 1: the tail close up, a few metres off the pad. Fire, orange skirts, frost, falling ice."""

from __future__ import annotations

import numpy as np
from studio import afternoon, billows, rocket, table, truss
from studio.camera import Camera, lying
from studio.exposure import Scene, expose, mists
from studio.film import Film, blur
from studio.flame import flame
from studio.light import AFTERNOON, Array, linear, vec
from studio.solids import plant

TAIL, TURN = 4.0, 26.0
LAMPS = np.array(
    [(0, 1.4, 0, 2.6, 110), (0, -3.5, 0, 3.4, 110), (0, -9, 0, 4, 160), (0, -14, 8, 6, 260), (12, -10, 10, 5, 120)],
    np.float64,
)


def camera(scale: float) -> Camera:
    """A very long lens from beyond the pit."""
    return Camera((-20, 8.5, -150), (0.0, 4.9, 0), 6.1, *lying(scale))


def _dust() -> billows.Billows:
    rng = np.random.default_rng(152)
    parts = [
        billows.trail(rng, 60, [(0, -5, 1, 2.6, 1.15), (0, -9, 4, 4, 1.1)], (2.4, 0.6, 2.4)),
        billows.trail(rng, 170, [(3, -5, 12, 2.4, 0.5), (9, 2, 18, 2.8, 0.10), (22, 14, 26, 4, 0)], (2.2, 2.6, 4)),
        billows.trail(rng, 120, [(-3, -5, 12, 2.4, 0.5), (-9, 0, 18, 2.4, 0.10), (-24, 5, 26, 3, 0)], (2.2, 1.8, 4)),
    ]
    puffs, warmth = (np.concatenate(rows) for rows in zip(*parts, strict=True))
    look = billows.Look(clump=3.6, rough=1.0, dense=0.8, soft=0.16)
    heads, mist, _ = mists()
    box = ((-44, -14, -8), (44, 26, 40))
    return billows.bake(
        puffs, warmth, box, 0.6, look, linear("#b9a58c"), linear("#a08a6f"), AFTERNOON, LAMPS, heads, mist
    )


def render(scale: float) -> Array:
    """The picture."""
    view = camera(scale)
    behind = blur(afternoon.backdrop(view, 0.0, 9, -0.1, deep=0.8).image * vec(0.80, 0.92, 1.04), 3 * scale)
    solids = [*rocket.shape(TAIL, TURN), *truss.supports(11, 3, reach=9.6, y=0.2), *table.table(), *table.pit()]
    fire = flame(TAIL - 0.36, 26, TURN, spread=0.035, ragged=0.8, strength=2.6, merge=4.4)
    scene = Scene(plant(solids), AFTERNOON, TAIL, LAMPS, fire, _dust(), airglow=0.0012)
    film = Film(expose(view, scene, behind)[0])
    afternoon.falling_ice(film, view, 1100, 162, 0.2, 15, 8.0, 0.03)
    return film.develop(seed=1, bloom=0.25, exposure=0.9)
