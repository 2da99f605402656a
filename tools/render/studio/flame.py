"""The engines' flame as a field: thirty-two jets that merge, redden and fray; and the light of gas that hot."""

from __future__ import annotations

from math import exp
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numba import njit

from studio.noise import sample3
from studio.surfaces import cloudy, step

if TYPE_CHECKING:
    from numpy.typing import NDArray

JETS = 32


class Flame(NamedTuple):
    """A flame below nozzles at height `tail`. `jets` are rows x, z, width, drift x, drift z (per metre down)."""

    tail: float
    length: float
    spread: float
    ragged: float
    strength: float
    floor: float
    merge: float
    streak: float
    jets: NDArray[np.float64]


def jets(turn: float) -> NDArray[np.float64]:
    """The twenty chambers and twelve verniers of a rocket turned by `turn` degrees."""
    rows = []
    for quarter in range(4):
        a = np.radians(turn + 90 * quarter)
        ax, az = -float(np.sin(a)), -float(np.cos(a))
        px, pz = -az, ax
        for du, dv in ((-0.52, -0.52), (0.52, -0.52), (0.52, 0.52), (-0.52, 0.52)):
            rows.append((2.62 * ax + du * ax + dv * px, 2.62 * az + du * az + dv * pz, 0.34, 0.0, 0.0))
        for dv in (-1.02, 1.02):
            splay = 0.06 * np.sign(dv)
            rows.append(
                (3.05 * ax + dv * px, 3.05 * az + dv * pz, 0.13, splay * px + 0.03 * ax, splay * pz + 0.03 * az)
            )
        side = a + np.pi / 4
        cx, cz = float(np.sin(side)), float(np.cos(side))
        rows.append((0.72 * cx, 0.72 * cz, 0.33, 0.0, 0.0))
        rows.append(
            (1.12 * float(np.sin(a)), 1.12 * float(np.cos(a)), 0.12, 0.04 * float(np.sin(a)), 0.04 * float(np.cos(a)))
        )
    return np.array(rows, np.float64)


def flame(
    tail: float,
    length: float,
    turn: float,
    spread: float = 0.06,
    ragged: float = 1.0,
    strength: float = 1.0,
    floor: float = -1e9,
    merge: float = 5.0,
    streak: float = 0.0,
) -> Flame:
    """A flame `length` metres long; `merge` is how far below the nozzles the jets have become one.

    `streak` above 0 draws the flame out upwards by as many metres, as a long exposure does.
    """
    return Flame(tail, length, spread, ragged, strength, floor, merge, streak, jets(turn))


@njit(cache=True, error_model="numpy", inline="always")
def glow(heat):
    """Light of gas: dull orange at a little heat, yellow, then white beyond any film."""
    h = max(heat, 0.0)
    h2 = h * h
    h4 = h2 * h2
    return (1.05 * h + 2.6 * h2 + 6.5 * h4, 0.23 * h + 1.45 * h2 + 5.6 * h4, 0.030 * h + 0.42 * h2 + 4.3 * h4)


@njit(cache=True, error_model="numpy", inline="always")
def span(f, below):
    """How far from the axis the flame can reach so far below the nozzles."""
    return 4.4 + max(below, 0.0) * (f.spread + 0.10 * f.ragged) + 0.6


@njit(cache=True, error_model="numpy")
def heat(f, x, y, z, mist):
    """Heat (1 is white) and extinction per metre at a place."""
    below = f.tail - y
    if below < -0.05 or below > f.length or y < f.floor:
        return 0.0, 0.0
    out = (x * x + z * z) ** 0.5
    if out > span(f, below):
        return 0.0, 0.0
    total = 0.0
    if below < f.merge * 2.0:
        fade = exp(-((below / (f.merge * 1.05)) ** 2.2))
        flick = 0.75 + 0.5 * cloudy(mist, x, below * 0.22, z, 0.9)
        for i in range(f.jets.shape[0]):
            width = f.jets[i, 2]
            slim = width * 0.80 + 0.055 * below
            dx = x - f.jets[i, 0] - f.jets[i, 3] * below
            dz = z - f.jets[i, 1] - f.jets[i, 4] * below
            q = (dx * dx + dz * dz) / (slim * slim)
            if q < 7.0:
                short = fade if width > 0.2 else exp(-((below / 2.6) ** 2)) * 0.8
                total += exp(-q * 1.1) * short * flick
    wide = 3.35 + f.spread * below
    grow = step(0.0, 16.0, below)
    big = cloudy(mist, x, below * 0.30 + 11.0, z, 6.0) - 0.5
    mid = cloudy(mist, x + 4.0, below * 0.34, z, 2.1) - 0.5
    fine = cloudy(mist, x, below * 0.40 + 3.0, z + 6.0, 0.7) - 0.5
    edge = out / wide + f.ragged * (0.18 + 0.82 * grow) * (1.25 * big + 0.80 * mid + 0.20 * fine)
    body = step(1.12, 0.52, edge) * step(0.30, 1.2, below / f.merge)
    fade = 1 - step(0.25, 1.0, below / f.length) * (0.85 + 0.9 * (mid + big))
    total += body * (0.62 + 0.85 * step(0.95, 0.30, edge)) * max(fade, 0.0)
    total *= step(-0.05, 0.10, below)
    return total, 3.4 * step(0.03, 0.55, total)


@njit(cache=True, error_model="numpy")
def track(f, x, y, z, mist):
    """The same for a long exposure: the flame drawn out along its way, brightest where it was slow."""
    up = y - f.tail
    if up < -f.length or y < f.floor:
        return 0.0, 0.0
    waver = 0.30 * (cloudy(mist, 0.3, y * 0.05, 0.7, 1.6) - 0.5) * step(4.0, 30.0, up)
    x -= waver
    out = (x * x + z * z) ** 0.5
    wide = (
        2.35
        + 0.8 * step(26.0, 0.0, up)
        + 0.8 * step(4.0, -14.0, up)
        + 0.25 * (cloudy(mist, 0.1, y * 0.03, 0.2, 1.1) - 0.5)
        + 0.004 * max(up, 0)
    )
    if out > wide * 2.4:
        return 0.0, 0.0
    fibre = sample3(mist, x * 21.0, y * 0.16, z * 21.0)
    slow = 0.60 + 0.95 * exp(-max(up, 0.0) / 24.0)
    core = exp(-((out / wide) ** 4)) * (0.72 + 0.5 * fibre)
    sheath = exp(-((out / (wide * 1.35)) ** 2.0)) * (0.22 + 0.5 * (fibre - 0.3))
    total = (core * 1.05 + sheath) * slow
    return total, 1.1 * step(0.02, 0.5, total)
