"""The Soyuz-FG as solids: its shape from published lengths and heights read off photographs.

Its paint and frost are in `surfaces`.
"""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import numpy as np

from studio.exposure import Scene, expose
from studio.solids import Point, Solid, beam, frustum, plant, triangle, tube
from studio.surfaces import (
    BAND,
    BASE,
    CARROT,
    COLLAR,
    CORE_GREY,
    CORE_WHITE,
    FIN,
    KEROSENE,
    LATTICE,
    NOZZLE,
    RING,
    SHROUD,
    SKIRT,
    STAGE,
    TIP,
    TOWER,
)

if TYPE_CHECKING:
    from studio.camera import Camera
    from studio.light import Array, Light

LENGTH = 49.5
FOOT, HEAD = 2.62, 1.38  # metres from the axis to a carrot's middle, at its tail and at its tip
PAINT = {
    SKIRT: "#d9701e",
    KEROSENE: "#8b877d",
    TIP: "#6e6d6b",
    CORE_GREY: "#55524d",
    LATTICE: "#26282a",
    RING: "#d8701f",
    STAGE: "#4d5048",
    SHROUD: "#e6e7e4",
    TOWER: "#d9dad8",
    NOZZLE: "#54483c",
    FIN: "#c9641a",
    COLLAR: "#3c3d3f",
    BASE: "#3a3531",
}
# height from, height to, radius from, radius to, part: the core and everything above it
CORE = (
    (0.6, 14.5, 1.02, 1.02, CORE_GREY),
    (14.5, 19.2, 1.02, 1.475, CORE_WHITE),
    (19.2, 26.5, 1.475, 1.33, CORE_WHITE),
    (27.9, 30.2, 1.33, 1.33, RING),
    (30.2, 31.9, 1.33, 1.33, BAND),
    (31.9, 36.0, 1.33, 1.33, STAGE),
    (36.0, 36.4, 1.33, 1.5, SHROUD),
    (36.4, 42.3, 1.5, 1.5, SHROUD),
    (42.3, 44.0, 1.5, 0.45, SHROUD),
    (44.0, 45.7, 0.4, 0.38, TOWER),
    (45.7, 46.5, 0.55, 0.42, COLLAR),
    (46.5, 48.3, 0.30, 0.26, TOWER),
    (48.3, 49.2, 0.36, 0.24, TOWER),
    (49.2, 49.5, 0.15, 0.02, TOWER),
)
# Rings that stand out a little: height, radius, part.
HOOPS = (
    (19.2, 1.475, CORE_WHITE),
    (22.9, 1.403, CORE_WHITE),
    (26.4, 1.333, CORE_WHITE),
    (27.95, 1.33, LATTICE),
    (30.15, 1.33, RING),
    (31.9, 1.33, STAGE),
    (36.4, 1.5, SHROUD),
    (38.4, 1.5, SHROUD),
    (42.3, 1.5, SHROUD),
)
CARROT_PROFILE = (
    (0.0, 1.7, 1.36, 1.34, SKIRT),
    (1.7, 6.9, 1.33, 1.25, KEROSENE),
    (6.9, 17.6, 1.25, 0.52, CARROT),
    (17.6, 19.4, 0.52, 0.06, TIP),
)


def _turned(x: float, z: float, turn: float) -> tuple[float, float]:
    c, s = np.cos(np.radians(turn)), np.sin(np.radians(turn))
    return float(c * x + s * z), float(c * z - s * x)


def _paint(part: int) -> str:
    return PAINT.get(part, "#d0d3d4")


def shape(tail: float, turn: float) -> list[Solid]:
    """The rocket standing over the origin, its nozzle plane at height `tail`, turned `turn` degrees."""
    up = (0.0, 1.0, 0.0)
    solids = [
        frustum((0, tail + low, 0), up, high - low, r0, r1, part, _paint(part), low) for low, high, r0, r1, part in CORE
    ]
    solids += [
        frustum((0, tail + h - 0.05, 0), up, 0.1, r + 0.035, r + 0.03, part, _paint(part), h) for h, r, part in HOOPS
    ]
    solids += _interstage(tail)
    for quarter in range(4):
        ax, az = _turned(0, -1, turn + 90 * quarter)
        solids += _booster(ax, az, tail)
        dx, dz = _turned(0.72, 0, turn + 45 + 90 * quarter)
        solids += _bell((dx, tail, dz), 0.36)
        solids += _bell((1.12 * ax, tail, 1.12 * az), 0.13)
        solids += _tower_nozzles(tail, ax, az)
    solids.append(frustum((0, tail + 0.62, 0), up, 0.02, 1.02, 0.01, BASE, PAINT[BASE]))
    for angle in (20.0, 155.0, 250.0):  # cable ducts up the core and the third stage
        dx, dz = _turned(0, -1, turn + angle)
        for low, high, r0, r1 in ((19.4, 26.3, 1.48, 1.34), (28.1, 35.9, 1.36, 1.36)):
            foot, head = (dx * r0, tail + low, dz * r0), (dx * r1, tail + high, dz * r1)
            solids.append(beam(foot, head, 0.16, 0.10, SHROUD, "#c9cac6", (dx, 0, dz)))
    return solids


def _interstage(tail: float) -> list[Solid]:
    """The open lattice one sees the sky through."""
    solids = []
    for i in range(16):
        a, b = 2 * np.pi * i / 16, 2 * np.pi * (i + 2) / 16
        for one, two in ((a, b), (b, a)):
            low = (1.32 * float(np.cos(one)), tail + 26.5, 1.32 * float(np.sin(one)))
            high = (1.32 * float(np.cos(two)), tail + 27.9, 1.32 * float(np.sin(two)))
            solids.append(tube(low, high, 0.085, LATTICE, PAINT[LATTICE]))
    return solids


def _tower_nozzles(tail: float, ax: float, az: float) -> list[Solid]:
    """Small canted nozzles under the escape tower's collar."""
    at = (0.42 * ax, tail + 45.75, 0.42 * az)
    return [frustum(at, (0.45 * ax, -0.9, 0.45 * az), 0.42, 0.07, 0.14, COLLAR, PAINT[COLLAR])]


def _bell(at: Point, wide: float) -> list[Solid]:
    """A nozzle whose lip is at `at`, its bell and its throat."""
    tall = wide * 2.5
    low = (at[0], at[1] - 0.42 * tall, at[2])
    middle = (at[0], low[1] + 0.5 * tall, at[2])
    return [
        frustum(low, (0, 1, 0), 0.5 * tall, wide, wide * 0.78, NOZZLE, PAINT[NOZZLE]),
        frustum(middle, (0, 1, 0), 0.5 * tall, wide * 0.78, wide * 0.38, NOZZLE, PAINT[NOZZLE], 0.5 * tall),
        frustum(low, (0, 1, 0), 0.05, wide * 1.06, wide * 1.06, NOZZLE, "#2b2724"),
    ]


def _booster(ax: float, az: float, tail: float) -> list[Solid]:
    """One carrot in the direction (ax, az): leaning in, its fin outward, four nozzles and two verniers below."""
    px, pz = -az, ax
    lean = ((HEAD - FOOT) * ax / 19.4, 1.0, (HEAD - FOOT) * az / 19.4)
    norm = float(np.sqrt(sum(v * v for v in lean)))

    def place(height: float, out: float, side: float) -> Point:
        """So high up the carrot, so far outward and sideways from its axis."""
        away = FOOT + lean[0] / ax * height if abs(ax) > abs(az) else FOOT + lean[2] / az * height
        return (away + out) * ax + side * px, tail + height, (away + out) * az + side * pz

    parts = [
        frustum(place(low, 0, 0), lean, (high - low) * norm, r0, r1, part, _paint(part), low)
        for low, high, r0, r1, part in CARROT_PROFILE
    ]
    for height, radius, part in (
        (1.7, 1.345, SKIRT),
        (6.9, 1.265, KEROSENE),
        (4.4, 1.305, KEROSENE),
        (10.2, 1.04, CARROT),
    ):
        parts.append(frustum(place(height - 0.04, 0, 0), lean, 0.09, radius, radius, part, _paint(part), height))
    parts.append(frustum(place(0.03, 0, 0), (0, 1, 0), 0.02, 1.35, 0.01, BASE, PAINT[BASE]))
    parts += _ducts(place)
    parts += _fin(place)
    for du, dv in ((-0.52, -0.52), (0.52, -0.52), (0.52, 0.52), (-0.52, 0.52)):
        parts += _bell(place(0, du, dv), 0.37)
    for dv in (-1.02, 1.02):
        parts += _bell(place(0.05, 0.43, dv), 0.14)
        fairing, top = place(-0.1, 0.52, dv * 1.14), place(1.0, 0.50, dv * 1.10)
        parts.append(tube(fairing, top, 0.34, FIN, PAINT[FIN]))
    return parts


def _ducts(place) -> list[Solid]:
    """Cable ducts, struts to the core, and an aerial."""
    parts = []
    for turn, low, high in ((35.0, 1.6, 17.0), (-62.0, 1.6, 13.5), (78.0, 1.9, 7.4)):
        out, side = float(np.cos(np.radians(turn))), float(np.sin(np.radians(turn)))
        marks = [h for h in (low, 4.4, 6.9, 10.2, 14.0, high) if low <= h <= high]
        for a, b in itertools.pairwise(marks):
            ra, rb = (np.interp(h, (0, 1.7, 6.9, 17.6), (1.36, 1.34, 1.25, 0.52)) + 0.035 for h in (a, b))
            material = CARROT if a >= 6.9 else KEROSENE
            parts.append(
                beam(place(a, out * ra, side * ra), place(b, out * rb, side * rb), 0.17, 0.12, material, "#7d7a73")
            )
    parts += [
        tube(place(0.9, -1.0, side), place(0.9, -1.75, side * 0.7), 0.11, LATTICE, "#4b4a46") for side in (-0.62, 0.62)
    ]
    aerial = place(5.1, 1.30, 0.28), place(5.1, 1.62, 0.28)
    parts.append(tube(*aerial, 0.05, LATTICE, "#8d8c86"))
    return parts


def _fin(place) -> list[Solid]:
    """The small fin on the outside, and its edge."""
    low, high, tip = place(0.08, 1.30, 0), place(1.75, 1.28, 0), place(0.10, 2.42, 0)
    parts = []
    for side in (-0.045, 0.045):
        shift = np.array(place(0, 0, side)) - np.array(place(0, 0, 0))
        a, b, c = (tuple(map(float, np.array(p) + shift)) for p in (low, high, tip))
        parts.append(triangle(a, b, c, FIN, PAINT[FIN]))
    parts.append(beam(high, tip, 0.09, 0.06, FIN, PAINT[FIN]))
    parts.append(beam(low, tip, 0.09, 0.06, FIN, PAINT[FIN]))
    return parts


def render(
    camera: Camera,
    tail: float,
    light: Light,
    turn: float = 24.0,
    fire: float = 0.0,
    samples: float = 2.0,
    fire_reach: float = 5.0,
) -> tuple[Array, Array]:
    """The rocket as (premultiplied light, alpha) of the whole picture; there are at least four samples to a pixel.

    `fire` is the strength of the orange light its own engines throw up on it, `fire_reach` how far in metres.
    """
    lamps = np.zeros((0, 5))
    if fire > 0:
        lamps = np.array([(0, tail - 0.6 * fire_reach, 0, 0.7 * fire_reach, fire * 0.9 * fire_reach**2)])
    fine = camera.scaled(2) if samples > 3 else camera
    scene = Scene(plant(shape(tail, turn)), light, tail, lamps, clear=1e9)
    tone, cover = expose(fine, scene, np.zeros((fine.height, fine.width, 3), np.float32))
    if fine is camera:
        return tone, cover
    h, w = camera.height, camera.width
    return tone.reshape(h, 2, w, 2, 3).mean(axis=(1, 3)), cover.reshape(h, 2, w, 2).mean(axis=(1, 3))
