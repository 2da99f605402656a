"""A priest's gold vestment: a wide bell of brocade let fall over him, woven, banded, and lit by its own folds."""

from __future__ import annotations

import numpy as np

from studio.light import Array, linear, mix, smoothstep
from studio.noise import noise2
from studio.tailor.bones import Bones, solid
from studio.tailor.cloth import Fall, capsules, drape
from studio.tailor.mesh import Mesh, from_grid

ROWS, COLUMNS = 84, 300
CONE = 0.76  # how much of a flat disc the bell is cut from
NECK = 0.135  # slant distance of the neck hole from the tip of the cone


def _length(angle: Array) -> Array:
    """Where the hem is, slant metres from the tip: long behind, cut away before the hands."""
    behind = np.cos(angle)
    return (1.08 + 0.24 * behind - 0.20 * np.clip(-behind, 0, 1) ** 2).astype(np.float32)


def bell(before: Bones, after: Bones, neck_height: float, wind: tuple[float, float, float]) -> Mesh:
    """The vestment after its wearer went from one stance to another; its `uv` is the cloth laid flat."""
    angle = np.linspace(0, 2 * np.pi, COLUMNS, endpoint=False, dtype=np.float32)[None]
    share = np.linspace(0, 1, ROWS, dtype=np.float32)[:, None]
    slant = NECK + (_length(angle) - NECK) * share
    lower = float(np.sqrt(1 - CONE**2))
    flat = np.stack([slant * np.sin(angle * CONE), slant * np.cos(angle * CONE)], axis=-1)
    out = slant * CONE
    cone = np.stack([-out * np.sin(angle), neck_height - (slant - NECK) * lower, -out * np.cos(angle) - 0.01], axis=-1)
    spread = cone.copy()
    spread[..., 1] = neck_height + 0.03 - (slant - NECK) * 0.22
    free = np.ones((ROWS, COLUMNS), np.float32)
    free[:2] = 0
    skirt = [((0.0, 0.15, 0.0), (0.0, 1.0, -0.01), 0.27, 0.165)]
    moves = np.stack([capsules(solid(b, 1.22) + skirt + _sleeve_room(b)) for b in (before, after)])
    fall = Fall(steps=190, rounds=14, bend=0.30, damping=0.965, wind=wind, friction=0.5, seed=71)
    hung = drape(spread.astype(np.float32), cone.astype(np.float32), moves, free, fall)
    mesh = from_grid(hung, finer=3)
    fine = _fine_flat(flat.shape[0], 3)
    return Mesh(mesh.points, mesh.faces, fine.reshape(-1, 2), mesh.weld)


def _sleeve_room(b: Bones) -> list[tuple[tuple[float, ...], tuple[float, ...], float, float]]:
    """The cassock's wide sleeves, which the vestment lies on."""
    pairs = zip(b.shoulders, b.elbows, strict=True)
    return [(tuple(map(float, s)), tuple(map(float, e)), 0.092, 0.105) for s, e in pairs]


def _fine_flat(rows: int, times: int) -> Array:
    """The flat cut's coordinates for the subdivided, seamed grid."""
    angle = np.arange(COLUMNS * times + 1, dtype=np.float32)[None] * np.float32(2 * np.pi / (COLUMNS * times))
    share = np.linspace(0, 1, (rows - 1) * times + 1, dtype=np.float32)[:, None]
    slant = NECK + (_length(angle) - NECK) * share
    return np.stack(np.broadcast_arrays(angle, slant), axis=-1).astype(np.float32)


def brocade(uv: Array, albedo: Array) -> tuple[Array, Array]:
    """Woven gold: an ogee lattice with crosses and rosettes, galloon at yoke and hem, wear where it rubs."""
    angle, slant = uv[:, 0], uv[:, 1]
    back = np.where(angle > np.pi, angle - 2 * np.pi, angle)
    # Front and back are cut so that the pattern hangs straight in the middle of each.
    middle = np.where(np.abs(back) < np.pi / 2, back, angle - np.pi) * CONE
    x, y = slant * np.sin(middle), slant * np.cos(middle)
    raised = ornament(x, y)
    hem = _length(angle) - slant
    yoke = slant - 0.40
    band = np.maximum(_strip(hem, 0.045, 0.10), np.maximum(_strip(yoke, 0.0, 0.048), _strip(hem, 0.0, 0.012)))
    inner = np.where(yoke < 0, 1.0, 0.0)
    cross = _cross(back * slant * CONE, slant - 0.66)
    gold, pale, deep = linear("#b08236"), linear("#dfb968"), linear("#6b2a20")
    colour = mix(np.broadcast_to(gold, albedo.shape), pale, (raised * 0.85)[:, None])
    small = ornament(x * 1.5 + 0.04, y * 1.5)
    colour = mix(colour, mix(deep * 1.0, pale, (small * 0.9)[:, None]), (inner * 0.30)[:, None])
    braid = 0.5 + 0.5 * np.cos((back * slant * CONE) * 2 * np.pi / 0.022 + np.cos(slant * 2 * np.pi / 0.024) * 1.2)
    colour = mix(colour, pale * (0.78 + 0.36 * braid[:, None]), np.maximum(band, cross)[:, None])
    trim = np.maximum(_strip(np.abs(yoke - 0.024), 0.017, 0.020), _strip(np.abs(hem - 0.0725), 0.020, 0.023))
    colour = mix(colour, deep * 0.8, (trim * 0.8)[:, None])
    thread = noise2(x * 1.0, y * 6.0, 0.5, 331, beta=0.5)
    wear = smoothstep(0.46, 0.72, noise2(x, y, 1.3, 332, beta=1.7))
    colour = colour * (0.80 + 0.42 * thread - 0.16 * wear)[:, None]
    shine = (0.05 + 0.22 * raised + 0.30 * np.maximum(band, cross)) * (0.35 + 1.3 * smoothstep(0.35, 0.75, thread))
    return colour.astype(np.float32), shine.astype(np.float32)


def _strip(x: Array, low: float, high: float) -> Array:
    """1 between `low` and `high`, with edges a millimetre soft."""
    return smoothstep(low - 0.001, low + 0.001, x) * smoothstep(high + 0.001, high - 0.001, x)


def _cross(x: Array, y: Array) -> Array:
    """An eight-ended cross in braid, on the back."""
    bars = [(0, 0, 0.013, 0.125), (0, 0.022, 0.085, 0.013), (0, 0.075, 0.042, 0.012), (0, -0.06, 0.05, 0.012)]
    total = np.zeros_like(x)
    for bx, by, wide, tall in bars:
        total = np.maximum(total, _strip(np.abs(x - bx), -1, wide) * _strip(np.abs(-y - by), -1, tall))
    ring = np.abs(np.hypot(x, y) - 0.155)
    return np.maximum(total, _strip(ring, -1, 0.011))


def ornament(x: Array, y: Array) -> Array:
    """0 on plain cloth, 1 on raised thread: an ogee lattice, a cross in every other eye, a rosette in the rest."""
    u, v = x / 0.17, y / 0.25
    lattice = np.cos(2 * np.pi * (u + 0.04 * np.sin(4 * np.pi * v))) + np.cos(2 * np.pi * v)
    total = np.maximum(_line(lattice, 0.0, 0.16), _line(lattice, 0.34, 0.05))
    for shift, petals in ((0.0, 8), (0.5, 4)):
        px, py = ((u + shift + 0.5) % 1 - 0.5) * 0.17, ((v + shift + 0.5) % 1 - 0.5) * 0.25
        r, a = np.hypot(px, py), np.arctan2(py, px)
        if petals == 8:
            flower = smoothstep(0.0015, -0.0015, r - 0.026 - 0.007 * np.cos(petals * a)) * (1 - _line(r, 0.014, 0.003))
        else:
            arm = np.minimum(np.abs(px), np.abs(py)) - 0.0035 - 0.22 * np.maximum(np.abs(px), np.abs(py))
            flower = smoothstep(0.001, -0.001, arm) * (r < 0.042)
        total = np.maximum(total, flower)
    return np.clip(total, 0, 1).astype(np.float32)


def _line(field: Array, at: float, half: float) -> Array:
    return smoothstep(half, half * 0.6, np.abs(field - at))
