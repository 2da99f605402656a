"""Slide 5: the classic view. Rocket left of centre, trusses and mast thrown back, dust rolling out to the right."""

from __future__ import annotations

import numpy as np
from studio import afternoon, fire, pad, rocket, smoke, steel
from studio.camera import Camera, lying
from studio.light import AFTERNOON, Array, Light, vec

TAIL = 6.5
# Inside the pit the sun does not reach.
PIT = Light(AFTERNOON.sun, AFTERNOON.sun_colour * 0.08, AFTERNOON.sky * 0.45, AFTERNOON.ground * 0.5)


def camera(scale: float) -> Camera:
    """From the far side of the pit, a long lens."""
    return Camera((11, 7, -330), (11, 23.5, 0), 12.6, *lying(scale), shift=0.0)


def _dust(rng: np.random.Generator) -> smoke.Cloud:
    rows = np.concatenate(
        [
            smoke.jet(rng, 150, (10, -12, -4), (92, -2, 6), (5, 12), (4, 3, 8), rise=15, bunch=0.8),
            smoke.jet(rng, 60, (20, -8, 6), (66, 6, 12), (6, 10), (4, 4, 6), rise=24, bunch=0.7, density=0.9),
            smoke.jet(rng, 50, (0, -2, 22), (-60, 1, 20), (3, 5), (4, 1.5, 5), rise=5),
        ]
    )
    fires = np.array([(2, -4, 0, 1.8), (9, -11, -4, 2.4), (20, -12, -6, 1.6), (0, 1, 0, 1.0)], np.float32)
    return smoke.Cloud(rows, smoke.DUST, smoke.DUST_LOW, fires, density=0.32, clump=17, seed=51, ember=0.10)


def render(scale: float) -> Array:
    """The picture."""
    view = camera(scale)
    film = afternoon.backdrop(view, 0.30, 8, -3.0)
    afternoon.steelwork(film, view, afternoon.far_site(92, 150), veil=0.45)
    afternoon.steelwork(
        film, view, pad.pit(), fires=np.array([(6, -12, 20, 1.6), (22, -12, 24, 0.9)], np.float32), light=PIT
    )
    cloud = _dust(np.random.default_rng(52))
    grid = smoke.render(view, cloud, AFTERNOON, 300, 366, slices=34)
    film.over_premultiplied(*grid.layer(334, 400, view))
    fires = np.array([(0, 0, 0, 0.55), (2, -6, 0, 0.7)], np.float32)
    back = pad.petals(38, 20, front=False) + pad.gantry_down(-1) + pad.gantry_down(1, 22, 50)
    afternoon.steelwork(film, view, [*back, *pad.mast((-13, 0, 5), -17)], fires=fires, veil=0.04)
    film.over_premultiplied(*rocket.render(view, TAIL, AFTERNOON, fire=2.2, fire_reach=6))
    film.add(fire.plume(view, TAIL, 34, seed=61, floor=-26, spread=0.16, ragged=1.3, strength=0.8))
    afternoon.falling_ice(film, view, 160, 62, -3, 40, 4.0)
    afternoon.steelwork(film, view, pad.petals(38, 20, back=False), fires=fires)
    table = pad.deck(right=13.0)
    tone, alpha = steel.draw(view, table, AFTERNOON, fires=fires)
    film.over(tone, alpha)
    afternoon.concrete(film, alpha, 500 * scale, 63)
    afternoon.steelwork(film, view, pad.railing((-60, 0, -13.5), (12.5, 0, -13.5), 40), fires=fires)
    film.over_premultiplied(*grid.layer(0, 334, view))
    at, radius = afternoon.pit_glow(view, (7, -9, -8), 6)
    film.glow(at, radius, vec(1.0, 0.55, 0.22) * 0.9, 1.5)
    return film.develop(seed=5)
