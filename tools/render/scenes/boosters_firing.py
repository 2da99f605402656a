"""Slide 4: looking up from the edge of the pit, a wide lens, the flame filling the lower half."""

from __future__ import annotations

import numpy as np
from studio import afternoon, billows, pad, rocket, table, truss
from studio.camera import Camera, lying
from studio.exposure import Scene, expose, mists
from studio.film import Film
from studio.flame import flame
from studio.light import AFTERNOON, Array, linear, vec
from studio.sky import day_sky
from studio.solids import plant

TAIL, TURN = 18.0, 32.0
LAMPS = np.array([(0, 14.5, 0, 2.6, 110), (0, 8, 0, 4, 170), (0, 1, 0, 5, 220), (9, -8, 0, 6, 200)], np.float64)


def camera(scale: float) -> Camera:
    """At the edge, head thrown back."""
    return Camera((6.5, 1.2, -26), (1.0, 24.0, 0), 63, *lying(scale))


def _dust() -> billows.Billows:
    rng = np.random.default_rng(452)
    parts = [
        billows.trail(rng, 70, [(0, 1, 1, 3.2, 1.1), (5, -2, 3, 4, 0.8), (11, -3, 8, 4, 0.35)], (3.4, 1.4, 3.4)),
        billows.trail(rng, 80, [(6, -4, 8, 4, 0.4), (24, 4, 20, 6, 0.02), (52, 16, 34, 9, 0)], (3, 3, 5)),
        billows.trail(rng, 70, [(-6, -4, 8, 3.5, 0.4), (-24, 1, 22, 5, 0.02), (-58, 7, 34, 7, 0)], (3, 2.5, 5)),
    ]
    puffs, warmth = (np.concatenate(rows) for rows in zip(*parts, strict=True))
    look = billows.Look(clump=5.5, rough=1.15, dense=0.8, soft=0.10)
    heads, mist, _ = mists()
    box = ((-75, -6, -2), (75, 40, 60))
    return billows.bake(
        puffs, warmth, box, 0.9, look, linear("#b7a48c"), linear("#9c876c"), AFTERNOON, LAMPS, heads, mist
    )


def render(scale: float) -> Array:
    """The picture."""
    view = camera(scale)
    behind = (day_sky(view, 0.0, 403, haze=0.6, deep=0.8) * vec(0.54, 0.82, 1.0)).astype("float32")
    solids = [
        *rocket.shape(TAIL, TURN),
        *truss.supports(34, 10, reach=9.4),
        *table.table(),
        *table.from_bars(pad.mast((-15, 0, 6), -18)),
    ]
    fire = flame(TAIL - 0.36, 30, TURN, spread=0.17, ragged=1.25, strength=2.2, merge=5.0)
    scene = Scene(plant(solids), AFTERNOON, TAIL, LAMPS, fire, _dust(), airglow=0.0009)
    film = Film(expose(view, scene, behind)[0])
    afternoon.falling_ice(film, view, 260, 462, 10, 56, 5, 0.075)
    return film.develop(seed=4, bloom=0.15, saturation=1.12)
