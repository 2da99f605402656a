"""How a remote camera is bagged: film stretched from the hood to the ball head, taped at both, with loose ends."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from studio.light import Array, smoothstep, vec
from studio.parts import Material, P, Thing, placed, tube, turned_by
from studio.wrap import Skin, crease, hull_skin

if TYPE_CHECKING:
    from studio.kit import Remote

TAPE = Material("#bdb7a4", rough=0.42, specular=0.05, mottle=0.25, crumple=0.0010, crumple_size=0.012)
DARK_TAPE = Material("#4c4f52", rough=0.40, specular=0.05, mottle=0.2, crumple=0.0010, crumple_size=0.012)
NECK, NECK_RADIUS = -0.150, 0.036  # where the bag is tied below the body


def _axes(remote: Remote) -> Array:
    return np.array(turned_by(remote.yaw, -remote.pitch), np.float32)


def _upright(remote: Remote) -> Array:
    """From the tilted body's axes to level ones."""
    return np.array(turned_by(0.0, -remote.pitch), np.float32)


def body_box(remote: Remote) -> Array:
    """The camera's body as a box: centre, axes, half sizes."""
    return np.concatenate([[vec(*remote.middle)], _axes(remote), [vec(0.074, 0.085, 0.036)]]).astype(np.float32)


def tape(remote: Remote) -> list[Thing]:
    """The bands that hold the film, in the world."""
    end = _taped(remote)
    r = remote.wide * 1.10 + 0.0045
    paint = DARK_TAPE if remote.seed % 2 else TAPE
    bands: list[Thing] = [
        tube((0, 0, end - 0.016), (0, 0, end + 0.010), r, paint, edge=0.002, group="lens tape"),
        tube((0, 0.001, end - 0.022), (0.001, 0, end - 0.008), r + 0.0012, paint, edge=0.001, group="second turn"),
    ]
    neck: list[Thing] = [
        tube((0, NECK - 0.014, 0), (0, NECK + 0.012, 0), NECK_RADIUS + 0.003, paint, edge=0.002, group="neck tape"),
        tube((0, NECK - 0.004, 0), (0.004, NECK + 0.020, 0), NECK_RADIUS + 0.004, paint, edge=0.002, group="neck turn"),
    ]
    return [*placed(bands, remote.middle, remote.yaw, pitch=-remote.pitch), *placed(neck, remote.middle, remote.yaw)]


def _taped(remote: Remote) -> float:
    """Where on the lens (z) the film ends: on the hood's root."""
    return 0.026 + remote.long + 0.002


def _round(at: P, radius: float, way: int) -> list[P]:
    """Points of a circle about axis `way` (1: y, 2: z)."""
    turns = np.linspace(0, 2 * np.pi, 12, endpoint=False)
    c, s = radius * np.cos(turns), radius * np.sin(turns)
    if way == 2:
        return [(at[0] + float(a), at[1] + float(b), at[2]) for a, b in zip(c, s, strict=True)]
    return [(at[0] + float(a), at[1], at[2] + float(b)) for a, b in zip(c, s, strict=True)]


def skins(remote: Remote, detail: float) -> list[Skin]:
    """The bag in pieces: the stretched part, both frills, loose corners; `detail` is about pixels per metre."""
    rng = np.random.default_rng(remote.seed)
    end = _taped(remote)
    corners: list[P] = [(x, y, z) for x in (-0.090, 0.090) for y in (-0.066, 0.066) for z in (-0.050, 0.060)]
    corners += [(x, y, z) for x in (-0.026, 0.026) for y in (0.098, 0.144) for z in (-0.048, 0.038)]
    corners += [(-0.026, 0.176, 0.0), *_round((0, 0, end), remote.wide * 1.10 + 0.003, 2)]
    level = _upright(remote)
    corners += [(float(x), float(y), float(z)) for x, y, z in np.array(_round((0, NECK, 0), NECK_RADIUS, 1)) @ level.T]
    for _ in range(7):  # pockets of air and corners of the bag
        way = rng.normal(0, 1, 3)
        way[2] = -abs(way[2]) * 0.6
        x, y, z = way / np.linalg.norm(way) * rng.uniform(0.095, 0.135) * np.array((1.0, 0.9, 0.8))
        corners.append((float(x), float(max(y, -0.07)), float(z)))
    rows = int(np.clip(0.62 * detail * 0.55, 120, 760))
    inside = vec(0.0, 0.0, 0.025)
    skin = hull_skin(np.array(corners, np.float32), inside, remote.seed * 31, (rows, int(rows * 1.35)))
    skin = _gathered(skin, end, remote)
    there = (skin[..., 2] < end + 0.004) & ((skin @ level)[..., 1] > NECK - 0.006)
    pieces = [Skin(skin, there), _frill(remote, end, rows, rng), _tail(remote, rows, rng)]
    pieces += [_flap(at, out, rows, rng) for at, out in _loose(rng)]
    axes, middle = _axes(remote), vec(*remote.middle)
    return [Skin((piece.points @ axes + middle).astype(np.float32), piece.there) for piece in pieces]


def _gathered(skin: Array, end: float, remote: Remote) -> Array:
    """Pleats that run from the bands into the skin."""
    lens = np.arctan2(skin[..., 1], skin[..., 0])
    upright = skin @ _upright(remote)
    neck = np.arctan2(upright[..., 2], upright[..., 0])
    out = skin.copy()
    near = np.exp(-np.abs(end - skin[..., 2]) / 0.045) * (skin[..., 2] > 0.03)
    fold = np.abs(((lens * 17 / (2 * np.pi) + 0.35 * np.sin(lens * 3 + remote.seed)) % 1) - 0.5) * 2 - 0.25
    for k in (0, 1):
        out[..., k] += skin[..., k] * near * fold * 0.16
    low = np.exp(-np.abs(upright[..., 1] - NECK) / 0.040) * (upright[..., 1] < -0.05)
    fold = np.abs(((neck * 15 / (2 * np.pi) + 0.30 * np.sin(neck * 2 + remote.seed)) % 1) - 0.5) * 2 - 0.25
    for k in (0, 2):
        out[..., k] += upright[..., k] * low * fold * 0.20
    return out.astype(np.float32)


def _sleeve(
    rows: int, columns: int, length: float, radius: float, flare: float, folds: int, rng: np.random.Generator
) -> Array:
    """A pleated sleeve along -y from the origin, wider and more ragged to its end."""
    t = np.linspace(0, 1, rows, dtype=np.float32)[:, None]
    turn = np.linspace(0, 2 * np.pi, columns, dtype=np.float32)[None, :]
    sway = rng.uniform(0, 6, 3)
    pleat = np.abs(((turn * folds / (2 * np.pi) + 0.4 * np.sin(turn * 2 + sway[0])) % 1) - 0.5) * 2 - 0.5
    r = (
        radius
        + flare * t**0.8 * (1 + 0.35 * np.sin(turn + sway[1]))
        + pleat * (0.003 + 0.018 * t) * (0.6 + 0.6 * np.sin(turn * 3 + sway[2]))
    )
    deep = length * t * (1 + 0.22 * np.sin(turn * 2 + sway[2]) + 0.10 * np.sin(turn * 7 + sway[0]))
    points = np.stack([r * np.cos(turn), -deep * np.ones_like(turn), r * np.sin(turn)], axis=-1).astype(np.float32)
    lift = crease(points, int(rng.integers(1000)), 0.9) * smoothstep(0.0, 0.4, t)
    points[..., 0] += lift * np.cos(turn)
    points[..., 2] += lift * np.sin(turn)
    return points


def _frill(remote: Remote, end: float, rows: int, rng: np.random.Generator) -> Skin:
    """The bag's mouth beyond the tape on the hood."""
    sleeve = _sleeve(max(rows // 10, 16), rows, 0.020, remote.wide * 1.13, 0.012, 11, rng)
    points = np.stack([sleeve[..., 0], sleeve[..., 2], end + 0.010 - sleeve[..., 1]], axis=-1)
    return Skin(points.astype(np.float32), np.ones(points.shape[:2], bool))


def _tail(remote: Remote, rows: int, rng: np.random.Generator) -> Skin:
    """What hangs below the neck."""
    points = _sleeve(max(rows // 4, 24), rows, 0.105, NECK_RADIUS - 0.002, 0.030, 13, rng)
    points[..., 1] += NECK - 0.010
    points = (points @ _upright(remote).T).astype(np.float32)
    return Skin(points, np.ones(points.shape[:2], bool))


def _loose(rng: np.random.Generator) -> list[tuple[Array, Array]]:
    """Where corners of the bag stand off, and which way."""
    return [
        (vec(-0.075, 0.085, -0.03), vec(-0.045, 0.070, -0.030) * float(rng.uniform(0.8, 1.2))),
        (vec(0.080, 0.02, -0.04), vec(0.060, 0.020, -0.050) * float(rng.uniform(0.8, 1.2))),
        (vec(-0.075, -0.055, -0.03), vec(-0.050, -0.050, -0.020) * float(rng.uniform(0.8, 1.2))),
    ]


def _flap(at: Array, out: Array, rows: int, rng: np.random.Generator) -> Skin:
    """A flattened corner of doubled film."""
    n = max(rows // 5, 24)
    s = np.linspace(0, 1, n, dtype=np.float32)[:, None]
    t = np.linspace(-1, 1, n, dtype=np.float32)[None, :]
    side = np.cross(out, rng.normal(0, 1, 3)).astype(np.float32)
    side /= np.linalg.norm(side)
    up = np.cross(side, out).astype(np.float32)
    up /= np.linalg.norm(up)
    half = 0.050 * (1 - 0.88 * s)
    curl = 0.016 * np.sin(s * 3 + t * 2)
    points = at + s[..., None] * out + (half * t)[..., None] * side + (curl * np.ones_like(t))[..., None] * up
    points = points.astype(np.float32)
    points = points + crease(points, int(rng.integers(1000)), 1.3)[..., None] * up
    return Skin(points.astype(np.float32), np.ones((n, n), bool))
