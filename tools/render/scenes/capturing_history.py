"""Slide 2: onlookers from behind with their phones up; the rocket small in a wide pale sky."""

from __future__ import annotations

import numpy as np
from studio import afternoon, fire, rocket, smoke
from studio.camera import Camera, lying
from studio.figures import P, Part, Surface, brick, placed, rod, tube
from studio.figures import (
    render as figure,
)
from studio.light import AFTERNOON, Array, Light, direction, vec
from studio.people import Clothes, Pose, hand_camera, person, phone

TAIL, EYE_Z, EYE_Y = 84.0, -1300.0, 1.72
RIM = Light(direction(36, 52), vec(1.9, 1.6, 1.3), vec(0.09, 0.11, 0.15), vec(0.05, 0.045, 0.04))


def camera(scale: float) -> Camera:
    """A 200 mm lens at the observation point."""
    return Camera((32, EYE_Y, EYE_Z), (32, EYE_Y, 0), 9.0, *lying(scale), shift=0.27)


def _crowd() -> list[tuple[list[Part], P, float, float]]:
    """Everyone: parts, place, turn, and height."""
    dark = ("#2c3340", "#40372f", "#25292b", "#4b3a35", "#343d37", "#56483a", "#2e2b36", "#6a6459")
    hats = ("", "#cbb98f", "", "#3a4354", "", "#a8a294", "", "")
    rng = np.random.default_rng(205)
    people: list[tuple[list[Part], P, float, float]] = []
    xs = (-2.72, -2.2, -1.72, -1.02, -0.52, 0.1, 0.66, 1.22, 1.62, 2.2, 2.74)
    for i, x in enumerate(xs):
        kind = ("phone", "plain", "camera", "phone", "child", "phone", "camera", "plain", "phone", "point", "camera")[i]
        height = 1.24 if kind == "child" else float(rng.uniform(1.62, 1.86))
        clothes = Clothes(dark[i % 8], "#25231f", "#7a5845", ("#1d1815", "#2e2119", "#6b5a40")[i % 3], hats[i % 8])
        body = _someone(kind, clothes, height)
        if i in (1, 5, 8):
            body += _extras(i, height)
        people.append((body, (x, 0.0, float(rng.uniform(0, 2.4))), float(rng.uniform(-10, 10)), height))
    return people


def _extras(kind: int, height: float) -> list[Part]:
    """Long hair, a sun hat, a rucksack."""
    k = height / 1.75
    if kind == 1:
        things = [rod((0, 1.70, -0.09), (0, 1.44, -0.15), 0.085, 0.07, "#3a2a1c", 0.04)]
    elif kind == 5:
        things = [
            tube((0, 1.735, -0.03), (0, 1.755, -0.03), 0.20, "#cdbb94", 0.01),
            rod((0, 1.76, -0.03), (0, 1.80, -0.03), 0.105, 0.095, "#cdbb94", 0.02),
        ]
    else:
        things = [
            brick((0, 1.26, -0.22), (0.15, 0.22, 0.09), "#5a3b33", 0.07),
            rod((-0.1, 1.5, -0.12), (0.1, 1.5, -0.12), 0.03, 0.03, "#2a2a2a", 0.02),
        ]
    return placed(things, (0, 0, 0), 0, k)


def _someone(kind: str, clothes: Clothes, height: float) -> list[Part]:
    k = height / 1.75
    if kind == "phone":
        up = Pose((-0.08, 1.74, 0.34), (0.08, 1.74, 0.34), nod=-14, bulk=0.9)
        return [*person(up, clothes, height), *placed(phone((0, 1.79, 0.36)), (0, 0, 0), 0, k)]
    if kind == "camera":
        up = Pose((-0.1, 1.52, 0.26), (0.08, 1.54, 0.2), nod=-8, bulk=0.88)
        return [*person(up, clothes, height), *placed(hand_camera((0, 1.56, 0.2), 0.3), (0, 0, 0), 0, k)]
    if kind == "point":
        return person(Pose(right=(0.2, 1.86, 0.5), nod=-12, bulk=0.9), clothes, height)
    if kind == "child":
        return person(Pose((-0.3, 1.72, 0.15), (0.32, 1.75, 0.12), nod=-16, bulk=0.85), clothes, height)
    return person(Pose((-0.1, 1.62, 0.12), (0.27, 0.82, 0.08), nod=-12, bulk=0.86), clothes, height)


def _dust(rng: np.random.Generator) -> smoke.Cloud:
    rows = np.concatenate(
        [
            smoke.jet(rng, 120, (6, 4, 0), (150, 6, 10), (10, 17), (6, 3, 8), rise=26),
            smoke.jet(rng, 70, (-4, 3, 0), (-70, 3, 10), (7, 11), (6, 2, 8), rise=9),
            smoke.jet(rng, 26, (2, 8, 0), (10, 34, 0), (7, 9), (6, 8, 4)),
        ]
    )
    return smoke.Cloud(
        rows, smoke.DUST, smoke.DUST_LOW, np.array([(0, 46, -8, 1.6)], np.float32), density=0.10, clump=24, seed=251
    )


def render(scale: float) -> Array:
    """The picture."""
    view = camera(scale)
    film = afternoon.backdrop(view, 0.26, 203, 0.0, haze=1.0, deep=1.0)
    afternoon.steelwork(film, view, afternoon.far_site(86, 60), veil=0.42)
    grid = smoke.render(view, _dust(np.random.default_rng(252)), AFTERNOON, 1262, 1340, slices=26)
    film.over_premultiplied(*grid.layer(0, 5000, view))
    film.over_premultiplied(*rocket.render(view, TAIL, AFTERNOON, fire=1.5, samples=4))
    film.add(fire.plume(view, TAIL, 66, seed=261, detail=1.0, spread=0.03, strength=1.0, taper=0.8))
    at, radius = afternoon.pit_glow(view, (0, TAIL - 8, 0), 6)
    film.glow(at, radius, vec(1.0, 0.7, 0.4) * 0.6, 1.6)
    for parts, (x, y, z), turn, _ in sorted(_crowd(), key=lambda someone: -someone[1][2]):
        body = placed(parts, (32 + x, y - 0.02, EYE_Z + 22 + z), turn)
        film.over_premultiplied(*figure(view, body, RIM, Surface(bump=0.22, scale=1.0, stretch=1.3)))
    return film.develop(seed=2, vignette=0.26)
