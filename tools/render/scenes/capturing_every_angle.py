"""Slide 3: bagged cameras on weighted tripods in low warm light, the caged rocket soft behind them. Upright."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from studio import afternoon, bagged, bokeh, gantry, grass, kit, lamps, pad, rocket, sculpt, sky, soil, wrap
from studio.camera import Camera, upright
from studio.film import Film
from studio.kit import Remote
from studio.light import EVENING, Array, linear, mix, smoothstep, vec
from studio.noise import noise2

EYE = (-4.5, 0.62, -124.0)
SHARP, FAR_DISC = 1.75, 9.0  # metres in focus; units across which a far point is spread (radius)
# at (right of us, ahead), height, yaw, pitch
STANDS = (
    (Remote((0.42, 0, 4.7), 0.98, 12, 12, 0.13, 0.040, turn=50, seed=4), 0.55),
    (Remote((0.03, 0, 3.15), 0.74, -36, 15, 0.20, 0.042, True, turn=10, seed=3), 0.5),
    (Remote((0.49, 0, 2.35), 0.90, -66, 14, 0.15, 0.041, turn=35, seed=2), 0.4),
    (Remote((-0.27, 0, 1.62), 0.86, 56, 16, 0.17, 0.044, turn=15, seed=1), 0.0),
)


def camera(scale: float) -> Camera:
    """A short lens near the ground, upright picture."""
    return Camera(EYE, (EYE[0], EYE[1], 0), 42, *upright(scale), shift=0.15)


def render(scale: float) -> Array:
    """The picture."""
    view = camera(scale)
    film = _behind(view, scale)
    _ground(film, view, scale)
    for remote, soft in STANDS:
        _place(film, view, _moved(remote), soft * scale)
    return film.develop(seed=3, vignette=0.26, exposure=1.62, bloom=0.09, contrast=1.05)


def _moved(remote: Remote) -> Remote:
    """The camera where it stands in the world."""
    x, y, z = remote.at
    return replace(remote, at=(EYE[0] + x, y, EYE[2] + z))


def _place(film: Film, view: Camera, remote: Remote, soft: float) -> None:
    """One bagged camera: its solids, then the film over them, out of focus by its distance."""
    solids = kit.solids(remote)
    cast = sculpt.render(view, [solids[0] + bagged.tape(remote), *solids[1:]], EVENING, ground=0.0, rays=8, step=3)
    shade = cast.shade**1.4
    shade = mix(shade, shade.mean(axis=-1, keepdims=True), 0.6)
    film.image = (film.image * bokeh.spread(shade, 0.30 * FAR_DISC * view.width / 1280)).astype(np.float32)
    depth = float(view.project(np.array([remote.middle], np.float32))[1][0])
    skins = bagged.skins(remote, view.focal / depth)
    colour, alpha = wrap.render(view, skins, EVENING, cast.depth, bagged.body_box(remote))
    tone = colour + cast.colour * (1 - alpha)[..., None]
    cover = alpha + cast.alpha * (1 - alpha)
    radius = FAR_DISC * soft * (1 - SHARP / depth)
    film.over_premultiplied(bokeh.spread(tone, radius), bokeh.spread(cover, radius))


def _behind(view: Camera, scale: float) -> Film:
    """Sky, site and rocket, spread to discs."""
    film = Film(sky.day_sky(view, 0.5, 303, haze=1.4, light=EVENING))
    low = np.clip((view.centre[1] - np.arange(view.height, dtype=np.float32)) / view.height, 0, 1)[:, None, None]
    left = np.linspace(1, 0, view.width, dtype=np.float32)[None, :, None]
    warm = vec(1.06, 0.86, 0.79) + left * vec(0.18, -0.01, -0.06)
    film.image *= mix(warm, vec(0.88, 0.86, 0.86), smoothstep(0, 0.5, low))
    land, cover = sky.ground(view, EVENING, 0.0, 305)
    film.over(land, cover)
    afternoon.steelwork(film, view, afternoon.far_site(60, 130), veil=0.30, light=EVENING)
    halves = gantry.closed(-1), gantry.closed(1)
    cage = [*halves[0].steel, *halves[1].steel]
    behind, before = gantry.parted(cage)
    afternoon.steelwork(film, view, [*behind, *pad.petals(-20.5, front=False)], light=EVENING, veil=0.10)
    film.over_premultiplied(*rocket.render(view, 1.0, EVENING))
    afternoon.steelwork(
        film,
        view,
        [*before, *pad.petals(-20.5, back=False), *pad.mast((16.5, 0.6, 1.0), -7.0, 33.0)],
        light=EVENING,
        veil=0.08,
    )
    lamps.burn(film, view, [*halves[0].lamps, *halves[1].lamps], vec(1.0, 0.72, 0.40), 0.10, 5.0, 0.1)
    film.image = bokeh.spread(film.image, FAR_DISC * scale)
    return film


def _ground(film: Film, view: Camera, scale: float) -> None:
    """Stony steppe from our feet to the pad, lit from the left, soft away from the cameras."""
    seen = soil.look(view.scaled(2), EVENING.sun, soil.Relief(stones=1.15, roll=0.22, grit=0.02, seed=33), 900.0)
    t = seen.depth
    patch = noise2(seen.x, seen.z, 11, 331, beta=1.6)[..., None]
    fine = noise2(seen.x, seen.z, 1.7, 332, beta=1.0)[..., None]
    albedo = mix(linear("#97805f"), linear("#bfa67f"), patch) * (0.66 + 0.68 * fine)
    stone = smoothstep(0.002, 0.012, seen.stone)[..., None]
    albedo = mix(albedo, mix(linear("#7c7468"), linear("#a89a88"), fine), stone * 0.7)
    lit = EVENING.shade(albedo.astype(np.float32), seen.normal, seen.sunny) * vec(1.22, 1.10, 1.0)
    lit = np.where(t[..., None] > 0, lit, 0).astype(np.float32)
    cover = soil.halved(seen.seen)
    land = Film(soil.halved(lit) / np.maximum(cover, 1e-3)[..., None])
    depth = soil.halved(t) / np.maximum(cover, 1e-3)
    veil = (1 - np.exp(-depth / 420))[..., None]
    land.image = mix(land.image, film.image[seen.top // 2 :].mean(axis=(0, 1)), veil)
    radius = np.abs(FAR_DISC * scale * np.clip(1 - SHARP / np.maximum(depth, 0.4), -1, 1)) * smoothstep(0, 1, depth)
    full = FAR_DISC * scale
    soft = bokeh.by_depth(land.image, np.minimum(radius, full), (0.25 * full, 0.5 * full, 0.75 * full, full))
    image = film.image[seen.top // 2 :]
    edge = bokeh.spread(cover, full)[..., None]
    image *= 1 - edge
    image += soft * edge
    rng = np.random.default_rng(35)
    depth = 2.6 * (30 / 2.6) ** rng.random(500)
    x = EYE[0] + rng.uniform(-0.3, 0.3, 500) * depth
    places = np.stack([x, np.zeros_like(x), EYE[2] + depth], axis=1).astype(np.float32)
    keep = noise2(places[:, 0], places[:, 2], 5, 36, beta=1.5) > rng.uniform(0.46, 0.70, 500)
    heights = rng.uniform(0.04, 0.16, int(keep.sum())).astype(np.float32)
    tone, alpha = grass.tufts(view, places[keep], heights, lambda _: (vec(0.07, 0.06, 0.04), vec(0.62, 0.42, 0.20)), 37)
    tone, alpha = bokeh.spread(tone * alpha[..., None], 0.45 * full), bokeh.spread(alpha, 0.45 * full)
    film.over_premultiplied(tone, alpha)
