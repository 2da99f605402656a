"""Slide 9: sunrise. The caged rocket black against orange and violet, the sun at its foot, floodlights on."""

from __future__ import annotations

import numpy as np
from studio import bystander, gantry, grass, lamps, morning, pad, railway, rocket, soil, steel
from studio.camera import Camera, lying
from studio.dawn import Dawn, dawn, through_air
from studio.film import Film
from studio.light import Array, Light, direction, linear, mix, smoothstep, vec
from studio.noise import noise2

EYE = (7.0, 2.0, -236.0)
SUN = direction(0.86, 2.35)
# Against the light paint hardly shows: behind us the west is still a dim blue violet.
SHADE = Light(SUN, vec(0.9, 0.34, 0.1), vec(0.034, 0.034, 0.052), vec(0.012, 0.010, 0.012))
TRACK = railway.Track(((-222, 11.2), (-190, 10.6), (-140, 9.3), (-90, 7.2), (-45, 3.4), (-12, 0.6), (-4, 0.2)))
COLD, WARM, RED = vec(0.90, 0.97, 1.0), vec(1.0, 0.72, 0.36), vec(1.0, 0.10, 0.05)
# Where light falls on the steel (x, y, z, strength): from the floodlights, and from the lamps on the balconies.
FLOODED = np.array([(-19, 16, -12, 0.10), (19, 16, -10, 0.08), (-12, 4, -9, 0.08), (10, 4, -9, 0.05)], np.float32)
WATCH = [
    bystander.Stander((-3.2, 0.05, -151), 1.78),
    bystander.Stander((-1.9, 0.05, -150.6), 0.85, bystander.DOG),
    bystander.Stander((9.6, 3.5, -4.5), 1.76, bystander.WORKER, True),
    bystander.Stander((-4.6, 13.7, -4.9), 1.78, bystander.WORKER),
    bystander.Stander((3.6, 23.9, -4.6), 1.75, bystander.WORKER, True),
    bystander.Stander((20.0, 0.9, -9.4), 1.75, bystander.WORKER),
    bystander.Stander((21.0, 0.9, -9.4), 1.80),
]


def camera(scale: float) -> Camera:
    """A long lens at a man's height beside the rails."""
    return Camera(EYE, (EYE[0], EYE[1], 0), 18, *lying(scale), shift=0.26)


def render(scale: float) -> Array:
    """The picture."""
    view = camera(scale)
    light = dawn(view, SUN)
    film = Film(light.sky)
    left, right = morning.halves()
    towers = [pad.flood_tower(-29, -16, 30), pad.flood_tower(45, -8, 30)]
    pole, pole_lamps = morning.lamp_pole(-8.5, -150, 8.0)
    flood_lamps = [lamp for _, group in towers for lamp in group]
    _ground(film, view, light, flood_lamps, pole_lamps)
    _stand(film, view, light, morning.skyline(), 2400)
    _stand(film, view, light, morning.far_masts(), 430)
    _stand(film, view, light, morning.near_masts(), 270)
    cage = [*left.steel, *right.steel]
    behind, before = gantry.parted(cage)
    _stand(film, view, light, [*behind, *pad.petals(-20.5, front=False)], 242, FLOODED)
    tone, alpha = rocket.render(view, 1.0, Light(SUN, SHADE.sun_colour, SHADE.sky * 0.8, SHADE.ground))
    flat = tone / np.maximum(alpha, 1e-4)[..., None]
    through_air(film, light.air, flat, alpha, _fog(view, 236) * 0.7, wrap=0.05)
    lamps.burn(film, view, [*left.lamps[::2], *right.lamps[1::2]], WARM, 0.12, 1.6, 0.9)
    _stand(film, view, light, [*before, *pad.petals(-20.5, back=False)], 230, FLOODED)
    lamps.burn(film, view, [*left.lamps[1::2], *right.lamps[::2]], WARM, 0.10, 1.2, 0.8)
    _stand(film, view, light, [*morning.mast_and_hoses(), *morning.apron()], 225, FLOODED)
    _stand(film, view, light, [t for tower, _ in towers for t in tower], 222)
    _mist(film, view, light)
    railway.rails(film, view, TRACK, light.air * 2.2, vec(0.060, 0.036, 0.028))
    _stand(film, view, light, [*morning.wayside(5.9, -128), *pole], 90)
    tone, alpha = bystander.draw(view, WATCH, 0.09)
    through_air(film, light.air, tone, alpha, _fog(view, 110), 0.12)
    _electric(film, view, flood_lamps, pole_lamps)
    _tufts(film, view, light)
    return film.develop(seed=9, bloom=0.16, exposure=1.06, vignette=0.30, saturation=1.04, grain=0.011)


def _fog(view: Camera, depth: float) -> Array:
    """The air's share of what is seen at a depth: thin everywhere, thicker close to the ground."""
    rise = np.clip(view.centre[1] - np.arange(view.height, dtype=np.float32), 0, None) / view.focal * depth
    share = 1 - np.exp(-depth * (0.00026 + 0.0010 * np.exp(-rise / 4.0)))
    return np.broadcast_to(share[:, None], (view.height, view.width)).astype(np.float32)


def _stand(
    film: Film,
    view: Camera,
    light: Dawn,
    things: list[steel.Bar | steel.Face],
    depth: float,
    fires: Array | None = None,
) -> None:
    """One layer of the site at about one depth."""
    tone, alpha = steel.draw(view, things, SHADE, fires=fires, fire_tint=COLD)
    through_air(film, light.air, tone, alpha, _fog(view, depth))


def _mist(film: Film, view: Camera, light: Dawn) -> None:
    """A torn sheet of ground mist before the pad."""
    y, x = np.mgrid[0 : view.height, 0 : view.width].astype(np.float32)
    rise = (view.centre[1] - y) / view.focal * 200
    across = (x - view.centre[0]) / view.focal * 200
    torn = noise2(across, rise * 7, 95, 921, beta=1.7)
    body = np.where(rise > 0, np.exp(-np.clip(rise, 0, None) / (0.5 + 2.6 * torn)), np.exp(np.clip(rise, -9, 0) / 0.9))
    film.over(light.air * 1.02, (0.42 * body * smoothstep(0.30, 0.66, torn)).astype(np.float32))


def _ground(film: Film, view: Camera, light: Dawn, flood: list[steel.Point], pole: list[steel.Point]) -> None:
    """Dark steppe with relief: rims of stones lit from ahead, the lamps' pools, and air that thickens with distance."""
    relief = soil.Relief(roll=0.5, grit=0.035, track=TRACK.table(EYE[2]), seed=9)
    seen = soil.look(view.scaled(2), SUN, relief)
    t = seen.depth
    patch = noise2(seen.x, seen.z * 0.6, 46, 905, beta=1.5)[..., None]
    sleeper = (seen.stone < 0).astype(np.float32)[..., None]
    fine = noise2(seen.x, seen.z, 3.1, 907, beta=0.9)[..., None]
    albedo = mix(linear("#6f6358"), linear("#9a8b74"), patch)
    albedo = albedo * (0.7 + 0.7 * smoothstep(0.003, 0.03, seen.stone))[..., None]
    albedo = mix(albedo, linear("#7d766e"), sleeper * 0.8) * (0.6 + 0.8 * fine)
    normal = mix(seen.normal, vec(0, 1, 0), sleeper * 0.96)
    lit = SHADE.shade(albedo, normal) * vec(3.0, 2.7, 3.3)
    low = np.clip(normal @ SUN, 0, None) * seen.sunny
    path = np.exp(-np.abs((seen.x - EYE[0]) / np.maximum(t, 1) - SUN[0]) / 0.085)
    lit += albedo * (low * (0.35 + 1.2 * path))[..., None] * vec(2.8, 1.2, 0.38)
    lit += (path * smoothstep(20, 150, t) * (0.25 + 0.9 * patch[..., 0]))[..., None] * vec(0.10, 0.042, 0.012)
    facing = np.clip(seen.normal[..., 1] - 0.25 * seen.normal[..., 2], 0.1, None)
    pools = lamps.pool(seen.x, seen.z, flood, 40.0) + lamps.pool(seen.x, seen.z, pole, 30.0)
    lit += albedo * (pools * facing)[..., None] * COLD
    share = (1 - np.exp(-np.clip(t - 38, 0, None) * 0.0024))[..., None]
    cover = soil.halved(seen.seen)
    colour = soil.halved(np.where(t[..., None] > 0, lit, 0).astype(np.float32))
    share = soil.halved(np.where(t[..., None] > 0, share, 0).astype(np.float32))
    air, image = light.air[seen.top // 2 :], film.image[seen.top // 2 :]
    image *= 1 - cover[..., None]
    image += colour * (1 - share) + air * share * 0.92


def _electric(film: Film, view: Camera, flood: list[steel.Point], pole: list[steel.Point]) -> None:
    """The lamps themselves with their beams, the specks in these, and red lights on the masts."""
    for n, group in enumerate((flood[:15], flood[15:])):
        x, y, z = (float(v) for v in np.mean(group, axis=0))
        lamps.beam(film, view, (x, y, z), (x * 0.15, 9.0, z), 17.0, COLD * 0.12, 930 + n)
        lamps.beam(film, view, (x, y, z), (x * 0.66, 0.0, z), 15.0, COLD * 0.05, 940 + n)
        lamps.specks(film, view, (x * 0.94, y - 1, z), 7.0, 260, COLD * 0.55, 950 + n)
    lamps.burn(film, view, flood, COLD, 0.17, 9.0, 1.5)
    for n, lamp in enumerate(pole):
        lamps.beam(film, view, lamp, (lamp[0] + 2.4, 0.2, lamp[2]), 6.0, COLD * 0.16, 960 + n)
        lamps.specks(film, view, lamp, 3.4, 170, COLD * 0.8, 970 + n)
    lamps.burn(film, view, morning.windows(), WARM, 0.28, 0.9, 0.8)
    lamps.burn(film, view, pole, COLD, 0.09, 14.0, 0.8)
    lamps.burn(film, view, morning.beacons(), RED, 0.18, 2.4, 1.2)
    lamps.burn(film, view, [(5.9, 3.25, -128.3)], RED, 0.07, 3.0, 0.5)


def _tufts(film: Film, view: Camera, light: Dawn) -> None:
    """Dry grass near us, glowing through where the sun is behind it."""
    rng = np.random.default_rng(77)
    depth = 24 * (110 / 24) ** rng.random(9000)
    x = EYE[0] + rng.uniform(-0.26, 0.26, 9000) * depth
    z = EYE[2] + depth
    keep = (np.abs(x - TRACK.middle(z)) > 2.4) & (noise2(x, z, 30, 78, beta=1.4) > rng.uniform(0.46, 0.80, 9000))
    places = np.stack([x, np.zeros_like(x), z], axis=1)[keep].astype(np.float32)
    heights = 0.07 + 0.30 * rng.power(0.35, int(keep.sum())).astype(np.float32)

    def paint(column: float) -> tuple[Array, Array]:
        glow = np.exp(-abs(column - light.sun[0]) / (0.20 * view.width))
        return vec(0.010, 0.008, 0.009), vec(0.026, 0.019, 0.017) + vec(0.50, 0.19, 0.04) * float(glow)

    tone, alpha = grass.tufts(view, places, heights, paint, 79)
    film.over(tone, alpha)
