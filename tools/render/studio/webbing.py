"""Ribbons, seams and cords laid on the surface of a figure."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.ndimage import maximum_filter1d, uniform_filter1d

from studio.parts import Material, P, Thing, brick, ring, rod
from studio.skeleton import Joint, Vector, point

if TYPE_CHECKING:
    from collections.abc import Sequence

    from studio.sculpt import Skin

JUMP = 0.06  # metres: farther than this from one touch to the next and the ray met another limb
FROM = 0.24  # metres: where rays that feel a trunk start, inside the arms
FINE = 0.01  # metres: half the width below which a line follows every wrinkle
Ray = tuple[P, P]


def over(joint: Joint, path: Sequence[tuple[float, float, float, float]], pieces: int = 5) -> list[Ray]:
    """Rays that feel along a trunk: `path` gives x, y of the joint and the rays' origin in degrees up and right."""
    rays = []
    for a, b in itertools.pairwise(path):
        for t in np.linspace(0, 1, pieces, endpoint=False):
            x, y, pitch, yaw = (p + (q - p) * float(t) for p, q in zip(a, b, strict=True))
            up, side = np.radians(pitch), np.radians(yaw)
            way = (float(np.sin(side) * np.cos(up)), float(np.sin(up)), float(np.cos(side) * np.cos(up)))
            rays.append((joint.at(x + FROM * way[0], y + FROM * way[1], FROM * way[2]), joint.at(x, y, 0.0)))
    return rays


def about(at: P, axis: P, face: P, start: float = -110.0, stop: float = 110.0, count: int = 24) -> list[Ray]:
    """Rays that feel round a limb at a place of its axis, from `start` to `stop` degrees of the side `face`."""
    centre, along = np.asarray(at), np.asarray(axis)
    first = np.asarray(face) - float(np.asarray(face) @ along) * along
    first = first / np.linalg.norm(first)
    second = np.cross(along, first)
    turns = np.radians(np.linspace(start, stop, count))
    return [(point(centre + 0.3 * (first * np.cos(a) + second * np.sin(a))), at) for a in turns]


def along(a: P, b: P, face: P, start: float = 0.0, stop: float = 1.0, count: int = 18) -> list[Ray]:
    """Rays that feel down the side `face` of a limb from `a` to `b`."""
    centres = [np.asarray(a) + (np.asarray(b) - np.asarray(a)) * t for t in np.linspace(start, stop, count)]
    return [(point(c + 0.3 * np.asarray(face)), point(c)) for c in centres]


@dataclass(frozen=True)
class Line:
    """A line lying on a figure: its places, and the directions out of the cloth and across the line."""

    places: Vector
    out: Vector
    across: Vector


def laid(skin: Skin, rays: Sequence[Ray], half: float, reach: float = 1.0) -> Line | None:
    """Where rays meet the cloth, drawn tight over its wrinkles, for a ribbon of this half width, metres.

    A fine line follows the wrinkles instead. A touch farther than `reach` from what the ray aims at is another limb's.
    """
    met, ways = [], []
    for start, aim in rays:
        hit = skin.touch(start, aim)
        if hit is None or np.linalg.norm(np.subtract(hit, aim)) > reach:
            continue
        if met and np.linalg.norm(np.subtract(hit, met[-1])) > JUMP:
            break
        met.append(hit)
        way = np.subtract(start, aim)
        ways.append(way / np.linalg.norm(way))
    if len(met) < 4:
        return None
    places, out = np.array(met), np.array(ways)
    if half < FINE:
        return Line(places + out * 0.001, out, _unit(np.cross(_unit(np.gradient(places, axis=0)), out)))
    smooth = uniform_filter1d(places, 5, axis=0, mode="nearest")
    line = _unit(np.gradient(smooth, axis=0))
    across = _unit(np.cross(line, out))
    sides = [_felt(skin, places + across * s * half, out, places) for s in (-1.0, 1.0)]
    across = _unit(uniform_filter1d(_unit(sides[1] - sides[0]), 7, axis=0, mode="nearest"))
    normal = _unit(np.cross(across, line))
    normal *= np.sign((normal * out).sum(axis=1, keepdims=True))
    lift = np.max([((p - smooth) * normal).sum(axis=1) for p in (places, *sides)], axis=0)
    lift = uniform_filter1d(maximum_filter1d(lift, 5, mode="nearest"), 5, mode="nearest")
    return Line(smooth + normal * np.clip(lift, -0.01, 0.02)[:, None], normal, across)


def _felt(skin: Skin, places: Vector, out: Vector, instead: Vector) -> Vector:
    """The surface under each of `places`, `instead` where another limb is in the way."""
    felt = places.copy()
    for i, (p, way) in enumerate(zip(places, out, strict=True)):
        hit = skin.touch(point(p + way * 0.08), point(p))
        if hit is not None and np.linalg.norm(np.asarray(hit) - instead[i]) < JUMP:
            felt[i] = hit
    return felt


def _unit(v: Vector) -> Vector:
    return v / np.maximum(np.linalg.norm(v, axis=-1, keepdims=True), 1e-9)


def ribbon(line: Line | None, half: float, paint: Material, edge: Material, group: str) -> list[Thing]:
    """Flat webbing of this half width, its selvedge of another colour."""
    if line is None:
        return []
    things: list[Thing] = []
    for i in range(len(line.places) - 1):
        a, b = line.places[i], line.places[i + 1]
        step = b - a
        size = float(np.linalg.norm(step))
        across, normal = _unit(line.across[i] + line.across[i + 1]), _unit(line.out[i] + line.out[i + 1])
        turn = (point(across), point(step / max(size, 1e-9)), point(normal))
        for wide, lift, colour, name in ((half, 0.0015, edge, "edge"), (half - 0.0035, 0.0026, paint, "web")):
            middle, sizes = point((a + b) / 2 + normal * lift), (wide, size / 2 + 0.002, 0.0022)
            things.append(brick(middle, sizes, colour, 0.001, turn=turn, group=f"{group} {name}"))
    return things


def cord(places: Vector, radius: float, paint: Material, group: str) -> list[Thing]:
    """A round cord through `places`."""
    return [rod(point(a), point(b), radius, radius, paint, 0.002, group=group) for a, b in itertools.pairwise(places)]


def seam(line: Line | None, paint: Material, group: str, welt: float = 0.0024, apart: float = 0.0) -> list[Thing]:
    """A sewn seam: one welt, or two rows `apart` metres to each side of the line."""
    if line is None:
        return []
    rows = (-apart, apart) if apart else (0.0,)
    return [t for by in rows for t in cord(line.places + line.across * by + line.out * 0.0005, welt, paint, group)]


def buckle(line: Line | None, index: int, half: tuple[float, float], paint: Material) -> list[Thing]:
    """A metal ring about the line at one of its places."""
    if line is None:
        return []
    out, across = line.out[index], line.across[index]
    turn = (point(across), point(out), point(np.cross(across, out)))
    return [ring(point(line.places[index] + out * 0.006), half, 0.0032, paint, turn=turn, group="buckle")]
