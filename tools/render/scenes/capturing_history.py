"""Slide 2: onlookers from behind against the light, phones up; the rocket small in a wide pale sky."""
# ruff: noqa: E501  # the crowd is a table, one person a line

from __future__ import annotations

from dataclasses import replace

import numpy as np
from studio import afternoon, fire, rocket, sky, smoke
from studio.camera import Camera, lying
from studio.film import Film, blur
from studio.lens import defocus, disc_radius
from studio.light import AFTERNOON, Array, direction, linear, vec
from studio.noise import noise2
from studio.tailor import onlookers
from studio.tailor.bones import Stance
from studio.tailor.dress import SKIN, Outfit, placed
from studio.tailor.stage import Item, Stage

TAIL, FAR_AWAY, ASIDE = 108.0, 1400.0, 63.0  # metres: height of the nozzles, distance, how far left the pad is
EYE = (ASIDE, 1.66, -FAR_AWAY)
FOCUS, APERTURE = 55.0, 0.013
# The afternoon's sun, 42 degrees up; from the observation point it stands before us, to the right.
SUN = replace(AFTERNOON, sun=direction(42, 66), sun_colour=AFTERNOON.sun_colour * 1.15)
BACKS = replace(SUN, sky=vec(0.15, 0.19, 0.26), ground=vec(0.16, 0.13, 0.10))
NEAR, MIDDLE, BEYOND = 0, 1, 2
DEPTHS = {NEAR: 8.0, MIDDLE: 17.0, BEYOND: 31.0}


def camera(scale: float) -> Camera:
    """A 130 mm lens at the observation point."""
    return Camera(EYE, (ASIDE, EYE[1], 0), 10.4, *lying(scale), shift=0.26)


def _crowd() -> list[Item]:
    """Everybody, in groups: (how, x, z, turn, stance, outfit, more)."""
    up = Stance(nod=-12)
    rows: tuple[tuple[str, float, float, float, float, Stance, Outfit, dict[str, object]], ...] = (
        ("filming", 1.02, 7.6, -8, 1.74, replace(up, tilt=3), Outfit("#3a4250", skin=SKIN[1], hair="short", hat="cap", hat_paint="#2b3340"), {"up": 0.06}),
        ("watching", -0.92, 8.6, 6, 1.62, replace(up, look=8), Outfit("#5a3f3a", skin=SKIN[0], hair="long", hair_paint="#3a2619"), {}),
        ("photographing", -1.78, 14.6, 4, 1.82, replace(up, lean=-4), Outfit("#4a4f45", skin=SKIN[2], hair="short", vest="#6b6550"), {"long": 0.34, "pale": True}),
        ("filming", -1.22, 15.6, -4, 1.66, replace(up, tilt=-4), Outfit("#6d5a52", skin=SKIN[0], hair="bob", hair_paint="#2a1c14"), {"lying": False}),
        ("carrying", -0.40, 16.4, 3, 1.84, replace(up, nod=-6), Outfit("#3a3e48", skin=SKIN[1], hair="short"), {"child": Outfit("#a8844e", whole=False, tucked=True, skin=SKIN[3], hair="short", hat="cap", hat_paint="#c9b98f", sleeve=0.4)}),
        ("shading", 0.06, 15.8, -10, 1.63, replace(up, tilt=4), Outfit("#8d7f6a", skin=SKIN[0], hair="pony", hair_paint="#5c4027", sleeve=0.42), {}),
        ("filming", 0.72, 17.0, 2, 1.76, up, Outfit("#2f3238", skin=SKIN[3], hat="hat", hat_paint="#d2c29a", hair="short", pack="#54413a"), {"up": 0.16}),
        ("pointing", 1.22, 18.2, -6, 1.79, up, Outfit("#565c66", skin=SKIN[2], hair="short"), {}),
        ("one_handed", 1.60, 16.0, 4, 1.60, replace(up, tilt=-5), Outfit("#7a6a74", skin=SKIN[0], hair="short", hat="scarf", hat_paint="#a98e8e"), {}),
        ("photographing", 2.08, 17.6, -5, 1.77, replace(up, lean=-3), Outfit("#3d3a36", skin=SKIN[1], hair="fringe", hair_paint="#8d8880", strap=True), {"long": 0.22}),
        ("watching", -2.28, 18.6, 8, 1.72, replace(up, left=(-0.10, 1.58, 0.16), right=(0.10, 1.58, 0.16)), Outfit("#5f6a70", skin=SKIN[0], hair="short", hat="panama", hat_paint="#cfc6b0"), {}),
        ("filming", -2.9, 27.0, 4, 1.78, up, Outfit("#4b463e", hair="short"), {"up": 0.20}),
        ("one_handed", -2.2, 29.0, -3, 1.70, up, Outfit("#3f4c5c", hair="bob", hair_paint="#6b4a2c"), {}),
        ("watching", -1.62, 30.0, 6, 1.68, up, Outfit("#77604c", hat="hat", hat_paint="#b9a983", hair="bob"), {}),
        ("filming", -0.62, 28.0, 0, 1.82, up, Outfit("#3a3c44", hair="short"), {"up": 0.24}),
        ("shading", 0.55, 31.0, 5, 1.73, up, Outfit("#6a6d60", hair="short", hat="back cap"), {}),
        ("photographing", 1.30, 30.0, -4, 1.80, up, Outfit("#54483f", hair="short", vest="#777056"), {"long": 0.34}),
        ("filming", 1.98, 32.0, 0, 1.66, up, Outfit("#4c5666", hair="pony"), {"lying": False}),
        ("watching", 2.72, 29.0, -6, 1.75, replace(up, twist=10), Outfit("#5c4444", hair="short"), {}),
        ("one_handed", 3.35, 31.0, 3, 1.77, up, Outfit("#3b443c", hat="cap", hat_paint="#6d6a60", hair="short"), {}),
    )  # fmt: skip
    items: list[Item] = []
    for i, (how, x, z, turn, tall, stance, outfit, more) in enumerate(rows):
        outfit = replace(outfit, whole=z > 18)
        body = getattr(onlookers, how)(stance, outfit, seed=300 + 30 * i, **more)
        layer = NEAR if z < 10 else MIDDLE if z < 22 else BEYOND
        items += placed(body, (ASIDE + x * 1.0, -0.02, z - FAR_AWAY), turn, tall, layer)
    return items


def _dust(rng: np.random.Generator) -> smoke.Cloud:
    rows = np.concatenate(
        [
            smoke.jet(rng, 150, (6, 4, 0), (190, 3, 10), (8, 15), (7, 3, 8), rise=20),
            smoke.jet(rng, 40, (-4, 3, 0), (-44, 2, 10), (5, 9), (6, 2, 8), rise=5),
            smoke.jet(rng, 22, (2, 6, 0), (8, 26, 0), (6, 8), (6, 8, 4)),
        ]
    )
    return smoke.Cloud(
        rows, smoke.DUST, smoke.DUST_LOW, np.array([(0, 46, -8, 1.2)], np.float32), density=0.10, clump=24, seed=251
    )


def _shimmer(image: Array, view: Camera) -> Array:
    """Hot air over the steppe bends what is seen through it, most just above the horizon."""
    scale = view.width / 1920
    y, x = np.mgrid[0 : view.height, 0 : view.width].astype(np.float32)
    over = np.clip((view.centre[1] - y) / (110 * scale), 0, 1)
    strength = np.where(y < view.centre[1] + 6 * scale, (1 - over) ** 2, 0) * 2.2 * scale
    dx = (noise2(x / scale, y / scale * 3.0, 260, 281, beta=1.3) - 0.5) * strength * 5
    columns = np.clip(np.rint(x + dx), 0, view.width - 1).astype(int)
    dy = (noise2(x / scale, y / scale * 3.0, 220, 282, beta=1.3) - 0.5) * strength * 3
    rows = np.clip(np.rint(y + dy), 0, view.height - 1).astype(int)
    return image[rows, columns]


def _site(view: Camera) -> Film:
    """Sky, steppe, masts, dust, and the rocket on its flame."""
    film = Film(sky.day_sky(view, 0.3, 203, haze=1.15, light=SUN))
    land, cover = sky.ground(view, SUN, 0.0, 243)
    film.over(land, blur(cover, 0.7 * view.width / 1920))
    afternoon.steelwork(film, view, afternoon.far_site(98, 60), veil=0.5, light=SUN)
    grid = smoke.render(view, _dust(np.random.default_rng(252)), SUN, FAR_AWAY - 40, FAR_AWAY + 40, slices=26)
    film.over_premultiplied(*grid.layer(0, 5000, view))
    tone, alpha = rocket.render(view, TAIL, SUN, fire=1.5, samples=4)
    air = linear("#a9b3bd")
    film.over_premultiplied(tone * 0.80 + air * 0.20 * alpha[..., None], alpha)
    film.add(fire.plume(view, TAIL, 86, seed=261, detail=1.0, spread=0.034, strength=1.1, taper=1.0, ragged=1.9))
    at, radius = afternoon.pit_glow(view, (0, TAIL - 9, 0), 5)
    film.glow(at, radius, vec(1.0, 0.74, 0.45) * 0.7, 1.7)
    film.image = _shimmer(film.image, view)
    return film


def render(scale: float) -> Array:
    """The picture."""
    view = camera(scale)
    film = _site(view)
    film.image = defocus(film.image, disc_radius(FAR_AWAY, FOCUS, APERTURE, view.focal))
    stage = Stage(_crowd(), BACKS)
    for layer in (BEYOND, MIDDLE, NEAR):
        soft = disc_radius(DEPTHS[layer], FOCUS, APERTURE, view.focal)
        tone, alpha = stage.render(view, layer, 2)
        film.over_premultiplied(defocus(tone, soft), defocus(alpha, soft))
    return film.develop(seed=2, vignette=0.26)
