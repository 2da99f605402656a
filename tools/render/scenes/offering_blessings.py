"""Slide 10: close behind the priest's shoulder; an arc of backlit drops; photographers ducking; the rocket beyond."""
# ruff: noqa: E501  # the crowd is a table, one person a line

from __future__ import annotations

from dataclasses import replace

import numpy as np
from studio import afternoon, pad, rocket, sky
from studio.camera import Camera, lying
from studio.film import Film, blur
from studio.lens import defocus, disc_radius
from studio.light import NOON, Array, direction, linear, smoothstep, vec
from studio.noise import noise2
from studio.tailor import press
from studio.tailor.bones import Stance
from studio.tailor.dress import SKIN, Cut, Outfit, placed
from studio.tailor.mesh import yaw
from studio.tailor.press import Kit, checked
from studio.tailor.priest import acolyte, brush_tip, priest
from studio.tailor.stage import Item, Stage
from studio.water import fling, light_of, near_lens

# The same noon sun, but we look the other way: it stands before us to the right, and the drops are bright with it.
SUN = replace(NOON, sun=direction(60, 68), sky=vec(0.31, 0.37, 0.45), ground=vec(0.47, 0.39, 0.29))
FOCUS, APERTURE = 2.4, 0.0125  # metres: a 35 mm lens at f/2.8
AT, TURN, TALL = (-0.64, 0.0, 2.12), 30.0, 1.82
NEAR, MIDDLE, FAR = 0, 1, 2
DEPTHS = {NEAR: 2.3, MIDDLE: 4.7, FAR: 6.6}


def camera(scale: float) -> Camera:
    """A 35 mm lens at eye height."""
    return Camera((0, 1.58, 0), (0, 1.58, 10), 37.8, *lying(scale), shift=0.07)


def _press() -> list[Item]:
    """The photographers, near ones first."""
    sand, olive, navy, brick = "#b9ab8c", "#6b6a4a", "#2f3d55", "#8f5344"
    rows = (
        # kind, x, z, turn, stance, outfit, kit
        ("ducking", 0.86, 4.15, 200, Stance(look=-10), Outfit(brick, "#38425a", SKIN[1], "short", "#4a3826", sleeve=0.42, strap=True), Kit()),
        ("shooting", 1.48, 4.45, 196, Stance(crouch=0.16, lean=10, tilt=-5), Outfit(olive, "#4b4a45", SKIN[0], "short", hat="cap", hat_paint="#27303f"), Kit(0.20)),
        ("shielding", 2.05, 4.55, 214, Stance(lean=8, twist=20, nod=12, look=-30), Outfit("#d6d4cc", "#3a3c44", SKIN[2], "bob", "#1f1814", sleeve=0.40, loose=1.05, shades=True), Kit(0.12)),
        ("laughing", 0.10, 4.9, 176, Stance(twist=-24, look=30, tilt=6), Outfit(navy, "#807a6a", SKIN[3], "short", "#6b4d2e", tucked=True, strap=True), Kit(0.16)),
        ("overhead", 0.95, 5.3, 188, Stance(nod=-6), Outfit(sand, "#44464a", SKIN[0], "short", hat="hat", hat_paint="#cfc4a6", weave=checked(linear("#5d6d7d"))), Kit(0.12, flash=True)),
        ("shooting", 1.72, 5.25, 192, Stance(nod=3, tilt=4), Outfit("#4f5a4a", "#6f6553", SKIN[1], "short", "#8d8880", vest="#938767"), Kit(0.28, pale=True)),
        ("ducking", 2.62, 5.0, 230, Stance(look=20, crouch=-0.1, lean=-8), Outfit("#49627f", "#2e2f33", SKIN[0], "pony", "#3b2a1c"), Kit(0.14)),
        ("laughing", 2.35, 5.8, 205, Stance(twist=18, look=-42), Outfit("#a85d3a", "#3d3f46", SKIN[1], "short", hat="back cap", hat_paint="#5b2f2b", sleeve=0.4, shades=True), Kit(0.14)),
        ("overhead", 0.30, 6.3, 180, Stance(nod=-4, tilt=-4), Outfit("#5b5f66", "#3b3a38", SKIN[3], "bob", "#7a5a35", shades=True), Kit(0.14)),
        ("shooting", -0.25, 6.0, 172, Stance(lean=6), Outfit("#8c8f86", "#4a4238", SKIN[0], "short", hat="panama", hat_paint="#d8cfb8", vest="#55523f"), Kit(0.22)),
        ("shooting", 1.18, 6.5, 184, Stance(nod=-2), Outfit("#c9c2ae", "#54504a", SKIN[2], "short", "#181412", sleeve=0.4), Kit(0.15, flash=True)),
        ("shielding", 1.95, 6.7, 196, Stance(tilt=6, look=20, nod=8), Outfit("#5f4a5e", "#33343a", SKIN[1], "long", "#553a22"), Kit(0.12)),
        ("overhead", 2.85, 6.6, 200, Stance(nod=0), Outfit("#3f5a52", "#5a5348", SKIN[0], "short", hat="cap", hat_paint="#c8c2b2"), Kit(0.14)),
        ("shooting", -4.5, 13.5, 150, Stance(), Outfit("#6a7480", "#4a4640", SKIN[1], hat="cap", hat_paint="#30363f", strap=True), Kit(0.2)),
        ("laughing", -3.7, 14.4, 190, Stance(), Outfit("#8d6f5a", "#33363c", SKIN[0], "bob", "#3d2b1d", sleeve=0.4), Kit()),
        ("shooting", 3.25, 5.9, 215, Stance(crouch=0.05), Outfit("#b5a58c", "#3a3d45", SKIN[3], "short", "#2b221a", strap=True), Kit(0.13)),
    )  # fmt: skip
    items: list[Item] = []
    rng = np.random.default_rng(1012)
    for i, (kind, x, z, turn, stance, outfit, kit) in enumerate(rows):
        cut = Cut(rows=34, columns=26, steps=36, finer=2) if z < 5.2 else Cut()
        body = getattr(press, kind)(stance, outfit, kit, 100 + 40 * i, cut)
        items += placed(body, (x, 0.0, z), turn, float(rng.uniform(1.66, 1.86)), MIDDLE if z < 5.5 else FAR)
    return items


def _things() -> list[Item]:
    wind = (1.6, 0.0, 0.9)
    items = placed(priest(wind), AT, TURN, TALL, NEAR)
    items += placed(acolyte(), (0.0, 0.0, 2.95), 34, 1.68, NEAR)
    return items + _press()


def _far(view: Camera) -> Film:
    """Sky, steppe, and the rocket on its open pad, out of focus."""
    film = Film(sky.day_sky(view, 0.3, 1003, haze=1.0, light=SUN))
    land, cover = sky.ground(view, SUN, 0.0, 1005)
    film.over(_apron(view, land), cover)
    site = replace(view, eye=(-25.0, 1.58, -146), target=(-25.0, 1.58, 0))
    afternoon.steelwork(film, site, afternoon.far_site(58, 30), veil=0.35, light=SUN)
    film.over_premultiplied(*rocket.render(site, 0.0, SUN))
    steel = [*pad.petals(-2, 20), *pad.gantry_down(-1, 14, 40), *pad.gantry_down(1, 14, 40), *pad.mast((-10, 0, 3), -3)]
    afternoon.steelwork(film, site, steel, veil=0.16, light=SUN)
    return film


def _apron(view: Camera, land: Array) -> Array:
    """Old concrete slabs laid over the steppe near the pad: joints, stains, dust blown over them."""
    rays = view.rays()
    far = view.eye[1] / np.maximum(-rays[..., 1], 1e-4)
    x, z = far * rays[..., 0] + 0.7, far * rays[..., 2] + 0.4
    x, z = 0.94 * x - 0.34 * z, 0.34 * x + 0.94 * z
    pixel = far * far / view.eye[1] / view.focal
    gap_x, gap_z = np.abs(x % 3 - 1.5), np.abs(z % 4 - 2)
    joint = np.maximum(smoothstep(1.47, 1.485, gap_x), smoothstep(1.97, 1.985, gap_z)) * np.clip(0.05 / pixel, 0, 1)
    slab = noise2(np.floor(x / 3 + 0.5) * 7.3, np.floor(z / 4 + 0.5) * 5.1, 40, 1021) - 0.5
    stain = noise2(x, z, 17, 1022, beta=1.5) - 0.5
    dust = smoothstep(0.38, 0.70, noise2(x, z * 0.7, 23, 1023, beta=1.7))
    pits = noise2(x, z, 1.7, 1024, beta=0.7) - 0.5
    tone = 1 + 0.30 * slab + 0.55 * stain + 0.28 * pits * np.exp(-pixel * 12) - 0.45 * joint * (1 - dust)
    normal = np.zeros_like(rays)
    normal[..., 1] = 1
    concrete = SUN.shade(np.broadcast_to(linear("#7f776c"), rays.shape), normal) * tone[..., None]
    keep = (smoothstep(46, 30, far) * (1 - 0.7 * dust))[..., None]
    return (land + (concrete - land) * keep).astype(np.float32)


def render(scale: float) -> Array:
    """The picture."""
    view = camera(scale)
    stage = Stage(_things(), SUN)
    film = _far(view)
    film.image = _on_ground(film.image, view, stage)
    film.image = defocus(film.image, disc_radius(60, FOCUS, APERTURE, view.focal))
    for layer in (FAR, MIDDLE, NEAR):
        soft = disc_radius(DEPTHS[layer], FOCUS, APERTURE, view.focal)
        tone, alpha = stage.render(view, layer, 3 if layer == NEAR else 2)
        film.over_premultiplied(defocus(tone, soft), defocus(alpha, soft))
        if layer != NEAR:
            film.image = film.image * (1 - 0.03) + linear("#c9b79a") * 0.04 * _haze(view)
    film.add(_drops(view))
    return film.develop(seed=10, vignette=0.24, exposure=1.05)


def _haze(view: Camera) -> Array:
    """Dust kicked up about the feet."""
    y = np.linspace(0, 1, view.height, dtype=np.float32)[:, None, None]
    return np.exp(-(((y - 0.72) / 0.16) ** 2)) + 0.2


def _on_ground(image: Array, view: Camera, stage: Stage) -> Array:
    """Shadows of everybody on the ground near by."""
    rays = view.rays()
    down = -rays[..., 1]
    far = view.eye[1] / np.maximum(down, 1e-4)
    near = (down > 0) & (far < 14)
    points = np.asarray(view.eye, np.float32) + far[near][:, None] * rays[near]
    shaded = image.copy()
    shaded[near] *= stage.shade_ground(points.astype(np.float32))
    return shaded


def _drops(view: Camera) -> Array:
    turn = yaw(TURN) * (TALL / 1.75)
    tip = turn @ brush_tip() + vec(*AT)
    before = tip + vec(-0.42, 0.10, -0.55)
    spray = fling(tip, before, vec(2.35, 0.75, 3.0), 3400, 1013)
    picture = light_of(spray, view, SUN, 1 / 170, FOCUS, APERTURE)
    picture = picture + light_of(near_lens(view, 46, 1014), view, SUN, 1 / 170, FOCUS, APERTURE)
    return (picture + blur(picture, 2.5 * view.width / 1920) * 0.25).astype(np.float32)
