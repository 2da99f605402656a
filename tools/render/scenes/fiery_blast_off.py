"""Slide 5: the classic view. Rocket left of centre, trusses and mast thrown back, fire and dust bursting out right."""

from __future__ import annotations

import numpy as np
from studio import afternoon, billows, pad, rocket, table, truss
from studio.camera import Camera, lying
from studio.exposure import Scene, expose, mists
from studio.film import Film
from studio.flame import flame
from studio.light import AFTERNOON, Array, linear
from studio.solids import plant

TAIL, TURN = 6.5, 24.0
# x, y, z, radius, strength of the fire's light: the column, the bend, the burst.
LAMPS = np.array(
    [(0, 3.0, 0, 2.4, 130), (0, -3.5, 0, 3.2, 150), (3, -14, 0, 4, 260), (17, -21, -4, 6, 300), (38, -19, -8, 7, 160)],
    np.float64,
)


def camera(scale: float) -> Camera:
    """From the far side of the pit, a long lens."""
    return Camera((15.0, 11.0, -330.0), (15.0, 22.0, 0.0), 13.1, *lying(scale))


def _dust() -> billows.Billows:
    """Fire that turns in the chute, and the dust it drives out of the pit on one side."""
    rng = np.random.default_rng(52)
    parts = [
        billows.trail(
            rng, 90, [(0, -9, 0, 3.4, 1.2), (2, -20, 0, 4.2, 1.15), (14, -26, -4, 5.2, 1.0)], (1.2, 1.0, 2.5)
        ),
        billows.trail(
            rng,
            170,
            [(12, -25, -4, 4.5, 1.0), (27, -22, -8, 4.8, 0.85), (42, -15, -10, 4.6, 0.5), (58, -8, -8, 4, 0.12)],
            (2.6, 2.4, 4.0),
            uneven=0.45,
        ),
        billows.trail(
            rng,
            260,
            [(32, -21, -4, 4.4, 0.2), (56, -14, 0, 5.5, 0.04), (86, -6, 6, 6.5, 0), (125, 2, 14, 8, 0)],
            (6, 4.4, 9),
            uneven=0.5,
        ),
        billows.trail(
            rng,
            150,
            [(46, -10, 6, 4, 0.05), (60, 0, 12, 4.6, 0), (76, 10, 18, 5, 0), (98, 22, 24, 6, 0)],
            (5, 5, 8),
            uneven=0.5,
        ),
        billows.trail(
            rng, 60, [(15, -9, 24, 2.4, 0.1), (30, -3, 28, 3, 0), (50, 4, 30, 4, 0)], (3.4, 2.4, 4), uneven=0.5
        ),
    ]
    puffs, warmth = (np.concatenate(rows) for rows in zip(*parts, strict=True))
    look = billows.Look(clump=7.0, rough=1.15, dense=0.95, soft=0.10)
    heads, mist, _ = mists()
    box = ((-20, -40, -45), (150, 50, 60))
    return billows.bake(
        puffs, warmth, box, 0.9, look, linear("#b5a28b"), linear("#9a8469"), AFTERNOON, LAMPS, heads, mist
    )


def render(scale: float) -> Array:
    """The picture."""
    view = camera(scale)
    film = afternoon.backdrop(view, 0.30, 8, -0.1, deep=0.85)
    afternoon.steelwork(film, view, afternoon.far_site(92, 190, cabins=False), veil=0.5)
    solids = [
        *rocket.shape(TAIL, TURN),
        *truss.supports(36, 20),
        *table.table(),
        *table.pit(),
        *table.from_bars(pad.mast((-13, 0, 5), -17)),
        *table.boom(-1, 19, 62),
        *table.boom(1, 26, 66, z=50),
    ]
    fire = flame(TAIL - 0.3, 30, TURN, spread=0.07, strength=2.2)
    scene = Scene(plant(solids), AFTERNOON, TAIL, LAMPS, fire, _dust(), airglow=0.0005, shimmer=1.0)
    film = Film(expose(view, scene, film.image)[0])
    afternoon.falling_ice(film, view, 260, 62, 0, 40, 4.0, 0.10)
    return film.develop(seed=5, bloom=0.14, exposure=1.06)
