"""Slide 7: a long exposure. A straight streak of light from the table to the top edge, the smoke drawn to silk."""

from __future__ import annotations

import numpy as np
from studio import afternoon, billows, pad, table, truss
from studio.camera import Camera, lying
from studio.exposure import Scene, expose, mists
from studio.film import Film
from studio.flame import flame
from studio.light import Array, Light, direction, linear, mix, vec
from studio.solids import plant

# The afternoon's light through a grey filter: little of it is left beside the flame's.
DIM = Light(direction(42, 112), vec(0.20, 0.185, 0.165), vec(0.055, 0.075, 0.11), vec(0.03, 0.026, 0.02))
LAMPS = np.array(
    [
        (0, 3.0, 0, 2.5, 80),
        (0, 12, 0, 4, 100),
        (0, 28, 0, 7, 130),
        (0, 55, 0, 12, 150),
        (0, -4, 0, 3, 110),
        (4, -15, 0, 4, 120),
        (20, -21, -4, 6, 120),
    ],
    np.float64,
)


def camera(scale: float) -> Camera:
    """From beyond the pit, level, looking high."""
    return Camera((-17, 9, -300), (-17, 9, 0), 22, *lying(scale), shift=0.30)


def _silk() -> billows.Billows:
    """Several seconds of dust and fire, drawn out along their way."""
    rng = np.random.default_rng(752)
    parts = [
        billows.trail(rng, 70, [(0, -9, 0, 3.4, 0.9), (3, -20, 0, 4.2, 0.85), (16, -25, -4, 5.2, 0.7)], (1, 1, 2.5)),
        billows.trail(rng, 90, [(14, -24, -4, 4.5, 0.7), (30, -19, -8, 5, 0.45), (52, -9, -8, 5, 0.08)], (3, 2.2, 4)),
        billows.trail(
            rng,
            420,
            [(32, -20, -4, 5.5, 0.12), (66, -9, 4, 6.5, 0.02), (110, 4, 14, 8, 0), (165, 18, 24, 9, 0)],
            (9, 4, 9),
        ),
        billows.trail(rng, 260, [(40, -8, 20, 4.5, 0), (80, 6, 30, 6, 0), (140, 30, 40, 8, 0)], (10, 5, 7)),
        billows.trail(rng, 200, [(-8, -2, 46, 2.4, 0), (-60, -1, 52, 2.8, 0), (-130, 0, 56, 3.2, 0)], (14, 0.9, 5)),
    ]
    puffs, warmth = (np.concatenate(rows) for rows in zip(*parts, strict=True))
    look = billows.Look(clump=7.0, rough=0.8, dense=0.20, soft=0.42, drawn=3.2, fine=0.25)
    heads, mist, _ = mists()
    box = ((-140, -40, -40), (190, 60, 75))
    return billows.bake(
        puffs, warmth, box, 1.2, look, linear("#b3a695"), linear("#9a8a76"), DIM, LAMPS * (1, 1, 1, 1, 0.5), heads, mist
    )


def render(scale: float) -> Array:
    """The picture."""
    view = camera(scale)
    film = afternoon.backdrop(view, 0.55, 703, -0.1)
    grey = (film.image @ vec(0.21, 0.72, 0.07))[..., None]
    film.image = mix(film.image, grey * linear("#b9c6d6") * 1.4, 0.35) * 0.19
    afternoon.steelwork(
        film, view, afternoon.far_site(110, 160, cabins=False), veil=0.2, light=DIM, veil_colour=linear("#45505c")
    )
    solids = [
        *truss.supports(40, 20),
        *table.table(),
        *table.pit(),
        *table.from_bars(pad.mast((-14, 0, 5), -17)),
        *table.boom(-1, 19, 66),
        *table.boom(1, 26, 72, z=50),
    ]
    streak = flame(1.0, 14, 0, strength=1.15, streak=1.0)
    scene = Scene(plant(solids), DIM, 0.0, LAMPS, streak, _silk(), airglow=0.0002, haze=linear("#45505c"))
    film = Film(expose(view, scene, film.image)[0])
    return film.develop(seed=7, bloom=0.16, exposure=1.25, vignette=0.3, saturation=0.92)
