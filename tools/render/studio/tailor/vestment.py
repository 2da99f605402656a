"""A priest's gold vestment: a wide bell of brocade let fall over him, woven, banded, and lit by its own folds."""

from __future__ import annotations

import numpy as np
from scipy.ndimage import gaussian_filter

from studio.light import Array, linear, mix, smoothstep, vec
from studio.noise import noise2
from studio.tailor.bones import Bones, solid
from studio.tailor.cloth import Fall, capsules, drape
from studio.tailor.mesh import Mesh, from_grid

ROWS, COLUMNS = 84, 300
ELBOW = 0.56  # slant distance of the hem over the raised arm
ARM = 1.38 * np.pi  # where round the neck that arm is
CONE = 0.76  # how much of a flat disc the bell is cut from
NECK = 0.118  # slant distance of the neck hole from the tip of the cone
SAG = vec(0, 0.045, 0)  # how far the cassock's sleeve hangs below the arm
YOKE = 0.36  # slant distance of the lower edge of the yoke


def _length(angle: Array) -> Array:
    """Where the hem is, slant metres from the tip: long behind, cut away over the raised right arm."""
    behind = np.cos(angle)
    full = 1.10 + 0.24 * behind - 0.20 * np.clip(-behind, 0, 1) ** 2
    return (ELBOW + (full - ELBOW) * smoothstep(0.12, 1.15, _from_arm(angle))).astype(np.float32)


def _from_arm(angle: Array) -> Array:
    """How far round the neck from the raised arm, radians."""
    return np.abs((angle - ARM + np.pi) % (2 * np.pi) - np.pi)


def bell(b: Bones, neck_height: float, wind: tuple[float, float, float]) -> Mesh:
    """The vestment laid over somebody's shoulders and let fall; its `uv` is the cloth laid flat."""
    angle = np.linspace(0, 2 * np.pi, COLUMNS, endpoint=False, dtype=np.float32)[None]
    share = np.linspace(0, 1, ROWS, dtype=np.float32)[:, None]
    slant = NECK + (_length(angle) - NECK) * share
    lower = float(np.sqrt(1 - CONE**2))
    out = slant * CONE
    tilt = 0.020 * np.cos(angle)
    cone = np.stack(
        [-out * np.sin(angle), neck_height + tilt - (slant - NECK) * lower, -out * np.cos(angle) - 0.01], axis=-1
    )
    spread = cone.copy()
    spread[..., 1] = neck_height + tilt + 0.05 - (slant - NECK) * 0.10
    spread[..., 1] = np.maximum(spread[..., 1], _ridge(b, spread))
    spread[:2, :, 1] = cone[:2, :, 1]
    free = np.ones((ROWS, COLUMNS), np.float32)
    free[:2] = 0
    free[-14:-8, _from_arm(angle[0]) < 0.10] = 0
    skirt = [((0.0, 0.15, 0.0), (0.0, 1.0, -0.01), 0.27, 0.165)]
    body = capsules(solid(b, 1.22) + skirt + _sleeve_room(b))
    fall = Fall(steps=200, rounds=14, bend=0.30, damping=0.965, wind=wind, friction=0.6, seed=71)
    hung = drape(spread.astype(np.float32), cone.astype(np.float32), body, free, fall)
    hung[2:] = gaussian_filter(hung, (1.2, 1.6, 0), mode=("nearest", "wrap", "nearest"))[2:]
    mesh = from_grid(hung, finer=3)
    fine = _fine_flat(ROWS, 3)
    return Mesh(mesh.points, mesh.faces, fine.reshape(-1, 2), mesh.weld)


def _ridge(b: Bones, points: Array) -> Array:
    """The height at which cloth lies on the raised right arm, falling off beside it."""
    start, end = b.shoulders[1][[0, 2]], b.elbows[1][[0, 2]]
    along = end - start
    flat = points[..., [0, 2]] - start
    t = np.clip((flat @ along) / float(along @ along), 0, 1)
    beside = np.linalg.norm(flat - t[..., None] * along, axis=-1)
    axis = b.shoulders[1][1] + (b.elbows[1][1] - b.shoulders[1][1]) * t
    return axis + 0.110 - 1.2 * np.clip(beside - 0.07, 0, None)


def _sleeve_room(b: Bones) -> list[tuple[tuple[float, ...], tuple[float, ...], float, float]]:
    """The cassock's wide sleeves, which the vestment lies on."""
    places = [(s - low, e - low) for s, e in zip(b.shoulders, b.elbows, strict=True) for low in (vec(0, 0, 0), SAG)]
    return [(tuple(map(float, s)), tuple(map(float, e)), 0.096, 0.104) for s, e in places]


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
    yoke = slant - YOKE
    collar = slant - NECK
    band = np.maximum(
        _strip(hem, 0.045, 0.10),
        np.maximum(_strip(yoke, 0.0, 0.048), np.maximum(_strip(hem, 0.0, 0.012), _strip(collar, -1.0, 0.032))),
    )
    inner = np.where(yoke < 0, 1.0, 0.0)
    seam = _strip(np.abs(np.abs(back) - np.pi / 2) * slant * CONE, -1.0, 0.007)
    band = np.maximum(band, seam)
    cross = _cross(back * slant * CONE, slant - 0.66)
    gold, pale, deep = linear("#b08236"), linear("#dfb968"), linear("#6b2a20")
    colour = mix(np.broadcast_to(gold, albedo.shape), pale, (raised * 0.62)[:, None])
    small = ornament(x * 1.5 + 0.04, y * 1.5)
    colour = mix(colour, mix(deep * 1.0, pale, (small * 0.9)[:, None]), (inner * 0.22)[:, None])
    braid = 0.5 + 0.5 * np.cos((back * slant * CONE) * 2 * np.pi / 0.022 + np.cos(slant * 2 * np.pi / 0.024) * 1.2)
    colour = mix(colour, pale * (0.78 + 0.36 * braid[:, None]), np.maximum(band, cross)[:, None])
    trim = np.maximum(_strip(np.abs(yoke - 0.024), 0.017, 0.020), _strip(np.abs(hem - 0.0725), 0.020, 0.023))
    trim = np.maximum(trim, _strip(collar, 0.027, 0.030))
    colour = mix(colour, deep * 0.8, (trim * 0.8)[:, None])
    thread = noise2(x * 1.0, y * 6.0, 0.5, 331, beta=0.5)
    wear = smoothstep(0.46, 0.72, noise2(x, y, 1.3, 332, beta=1.7))
    # Twill of the ground runs one way, the raised threads float the other: at arm's length they glint apart.
    twill = 0.5 + 0.5 * np.sin((x + y) * 2 * np.pi / 0.0042)
    floats = 0.5 + 0.5 * np.sin((x - 2 * y) * 2 * np.pi / 0.0052)
    ply = np.where(raised > 0.5, floats, twill)
    colour = colour * (0.74 + 0.34 * thread + 0.18 * ply - 0.16 * wear)[:, None]
    shine = (0.07 + 0.20 * raised + 0.24 * np.maximum(band, cross)) * (0.25 + 1.3 * smoothstep(0.3, 0.75, thread))
    return colour.astype(np.float32), (shine * (0.35 + 1.2 * ply)).astype(np.float32)


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
