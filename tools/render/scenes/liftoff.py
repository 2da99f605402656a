"""Slide 11: far and very wide. The rocket high over the masts, the steppe low, four fifths of it sky."""

from __future__ import annotations

import numpy as np
from studio import afternoon, fire, pad, rocket, sky, smoke
from studio.camera import Camera, lying
from studio.film import Film, blur
from studio.light import AFTERNOON, Array, linear, mix, vec
from studio.noise import octaves2

TAIL, EYE = 150.0, 9.0
# A road that comes from the lower left to the site, one that crosses behind, one that leads off to the right.
TRACKS = ((-46.0, -1060.0, 9.0, 5.5), (0.0, -560.0, 82.0, 6.0), (120.0, -900.0, 64.0, 4.0))


def camera(scale: float) -> Camera:
    """On a low rise far out on the steppe, looking level: the horizon lies a seventh above the lower edge."""
    return Camera((34, EYE, -1150), (34, EYE, 0), 20, *lying(scale), shift=0.345)


def _dust(rng: np.random.Generator) -> smoke.Cloud:
    """Rolled out to the right by the pit's mouth, older and lower to the left; little of it, and on the ground."""
    rows = np.concatenate(
        [
            smoke.jet(rng, 190, (6, 4, 0), (150, 3, 12), (5, 11), (12, 3, 10), rise=24, bunch=0.8),
            smoke.jet(rng, 90, (62, 6, 6), (62, 30, 10), (6, 12), (14, 7, 8), rise=22, density=0.8),
            smoke.jet(rng, 120, (110, 3, 4), (120, -2, 10), (7, 3), (14, 3, 10), rise=7, density=0.7),
            smoke.jet(rng, 130, (-6, 3, 0), (-128, 0, 10), (3, 6), (12, 2, 9), rise=10, bunch=0.7, density=0.8),
            smoke.jet(rng, 50, (0, 3, -6), (30, 0, -22), (4, 7), (16, 2, 4), rise=8, density=0.8),
            smoke.jet(rng, 110, (-170, 0, -4), (400, 0, 0), (4, 6), (16, 0.5, 16), density=0.3),
        ]
    )
    return smoke.Cloud(
        rows, smoke.DUST, smoke.DUST_LOW, density=0.18, clump=13, rough=1.5, merge=0.4, floor=0.0, seed=1151, steam=0.28
    )


def _haze(film: Film, amount: float, tone: Array, alpha: Array) -> None:
    """Lay smoke over the film, paled by the air before it."""
    film.over_premultiplied(mix(tone, sky.haze_colour() * alpha[..., None], amount), alpha)


def _backdrop(view: Camera) -> Film:
    """Sky, and steppe with its roads; the horizon shivers a little in the heat."""
    film = Film(sky.day_sky(view, 0.72, 1118, haze=1.05))
    land, cover = sky.ground(view, AFTERNOON, 0.0, 1146, haze=1.15, tracks=TRACKS)
    film.over(land, blur(cover, 0.9 * view.width / 1920))
    return film


def _scrub(film: Film, view: Camera, scale: float) -> None:
    """Tufts along the lower edge, taller than the ground between them, each with its shadow to the left."""
    y, x = np.mgrid[0 : view.height, 0 : view.width].astype(np.float32)
    below = view.height - view.centre[1]
    near = np.clip((y - view.centre[1]) / below, 0, 1)
    size = 0.6 + near * 5.0
    tuft = octaves2(x / scale / size, y / scale / size * 1.6, 4.2, 0.6 / scale / size, 1171, count=2)
    shade = octaves2((x / scale + 2.2 * size) / size, y / scale / size * 1.6, 4.2, 0.6 / scale / size, 1171, count=2)
    some = octaves2(x / scale, y / scale * 4, 210, 1 / scale, 1175, count=3)
    weight = np.clip(near * 1.6, 0, 1) * np.clip((some - 0.36) * 4, 0, 1)
    dark = np.clip((shade - 0.60) * 6, 0, 1) * weight * 0.34
    film.image = (film.image * (1 - dark[..., None])).astype(np.float32)
    film.over(
        np.broadcast_to(linear("#6d6743") * 0.7, film.image.shape), np.clip((tuft - 0.62) * 7, 0, 1) * weight * 0.5
    )


def render(scale: float) -> Array:
    """The picture."""
    view = camera(scale)
    film = _backdrop(view)
    _scrub(film, view, scale)
    far = [*afternoon.far_site(120, 40), *afternoon.far_site(230, 120), *afternoon.far_site(420, 420)]
    afternoon.steelwork(film, view, far, veil=0.30)
    grid = smoke.render(view, _dust(np.random.default_rng(1152)), AFTERNOON, 1106, 1196, slices=42)
    _haze(film, 0.16, *grid.layer(1150, 5000, view))
    steel = [*pad.petals(38, 20), *pad.mast((-13, 0, 5), -17), *pad.gantry_down(-1), *pad.gantry_down(1)]
    afternoon.steelwork(film, view, steel, veil=0.22)
    _haze(film, 0.14, *grid.layer(0, 1150, view))
    film.over_premultiplied(*rocket.render(view, TAIL, AFTERNOON, fire=1.5, samples=5))
    film.add(fire.plume(view, TAIL, 84, seed=1161, detail=1.0, spread=0.03, strength=1.25, taper=0.8))
    at, radius = afternoon.pit_glow(view, (0, TAIL - 9, 0), 7)
    film.glow(at, radius, vec(1.0, 0.72, 0.42) * 0.7, 1.7)
    return film.develop(seed=11, bloom=0.15, vignette=0.24, grain=0.008)
