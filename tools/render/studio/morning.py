"""What stands about the pad before launch, as layers from far to near, for pictures against the light."""

from __future__ import annotations

import itertools

import numpy as np

from studio import gantry, pad, steel
from studio.steel import Bar, Face, Point

Things = list[Bar | Face]


def skyline(z: float = 2300.0) -> Things:
    """Sheds, a water tower and a power line two kilometres off."""
    rng = np.random.default_rng(31)
    things: Things = []
    for x, wide, tall in ((-300, 96, 19), (-214, 30, 11), (196, 60, 24), (250, 44, 12), (345, 26, 9), (-96, 22, 7)):
        things += steel.box((x, 0, z), (x + wide, tall, z + 30), "#3c3a3a")
        for _ in range(4):
            cx = x + wide * float(rng.uniform(0.1, 0.9))
            things.append(Bar((cx, tall, z), (cx, tall + float(rng.uniform(1, 6)), z), 0.9, "#3c3a3a"))
    things += [Bar((140, 0, z), (140, 27, z), 2.2, "#3c3a3a"), Bar((140, 27, z), (140, 35, z), 9.0, "#3c3a3a")]
    marks = [(-430 + 92 * i, z + 200 - 30 * i) for i in range(11)]
    heads: list[Point] = []
    for x, depth in marks:
        for dx in (-1, 1):
            things.append(Bar((x + dx * 3.2, 0, depth), (x + dx * 0.7, 31, depth), 0.7, "#33313a"))
        for level, reach in ((24, 6.5), (28, 4.5)):
            things.append(Bar((x - reach, level, depth), (x + reach, level, depth), 0.6, "#33313a"))
        heads.append((x + 6.0, 24.0, depth))
    for a, b in itertools.pairwise(heads):
        things += gantry.cable(a, b, 5.0, 0.35, 10)
    return things


def far_masts() -> Things:
    """Lightning masts and cabins behind the pad."""
    things = pad.lightning_mast(-62, 190, 62)
    things += pad.lightning_mast(96, 150, 62)
    things += pad.lightning_mast(-21, 330, 58)
    for x, wide, tall in ((-74, 12, 3.4), (-48, 5, 2.8), (30, 9, 4.2), (55, 16, 3.2), (88, 7, 5.0)):
        things += steel.box((x, 0, 170), (x + wide, tall, 178), "#4a4743")
    for x in (-54, 24, 52, 96):
        things += [
            Bar((x, 0, 168), (x, 9, 168), 0.25, "#3a3836"),
            Bar((x - 1, 8.4, 168), (x + 1, 8.4, 168), 0.2, "#3a3836"),
        ]
    return things


def windows() -> list[Point]:
    """Windows of the cabins behind the pad, and of the one on it, that are lit."""
    return [(-71, 1.9, 169), (-68.6, 1.9, 169), (-64, 1.9, 169), (57, 1.8, 169), (62, 1.8, 169), (19.5, 2.6, -6.2)]


def near_masts() -> Things:
    """The masts and their stays to either side of the pad."""
    things: Things = []
    for x, z, tall in ((-44.0, 28.0, 60.0), (30.0, 44.0, 62.0)):
        things += pad.lightning_mast(x, z, tall, 4.0)
    return things


def halves() -> tuple[gantry.Half, gantry.Half]:
    """Both halves of the service structure, shut."""
    return gantry.closed(-1), gantry.closed(1)


def mast_and_hoses() -> Things:
    """The fuelling mast standing close, its hoses slung to the rocket."""
    things = list(pad.mast((-16.5, 0.6, 1.0), 7.0, 33.0, "#4c5149"))
    for height, sag in ((31.0, 2.2), (28.5, 2.8), (26.0, 2.0), (17.0, 2.6)):
        x = -16.5 + (height - 0.6) * 0.122
        things += gantry.cable((x, height, 0.6), (-1.6, height - 1.0, -0.4), sag, 0.13, 12)
    return things


def apron() -> Things:
    """The low concrete edge of the pad, its railings, a cabin, tank wagons on a siding, barrels and boxes."""
    rng = np.random.default_rng(12)
    things = list(steel.box((-52, 0, -10), (-2.6, 0.9, -9), "#57534d"))
    things += steel.box((2.8, 0, -10), (40, 0.9, -9), "#57534d")
    things += pad.railing((-52, 0.9, -10), (-2.8, 0.9, -10), 30, 1.1, thick=0.06)
    things += pad.railing((3.0, 0.9, -10), (40, 0.9, -10), 23, 1.1, thick=0.06)
    things += steel.box((18, 0.9, -6), (24.5, 3.7, -1), "#615c55")
    things += [Bar((19, 3.7, -6), (19, 5.4, -6), 0.07, "#333333"), Bar((23, 3.7, -6), (23, 4.6, -6), 0.3, "#333333")]
    for x in (-43.0, -32.0):
        things.append(Bar((x + 1.2, 2.6, -15), (x + 8.6, 2.6, -15), 2.7, "#6b6a66"))
        things += steel.box((x, 0.9, -16), (x + 9.8, 1.3, -14), "#2c2a2a")
        things += [Bar((x + d, 0.5, -16), (x + d, 0.55, -16), 0.95, "#242222") for d in (1.2, 2.6, 7.2, 8.6)]
        things += [Bar((x + 4.9, 3.9, -15), (x + 4.9, 4.5, -15), 0.9, "#44423f")]
        things += pad.railing((x + 3.6, 4.0, -16), (x + 6.2, 4.0, -16), 3, 0.9, "#777777", 0.05)
    for _ in range(16):
        x, tall = float(rng.uniform(4, 38)), float(rng.uniform(0.5, 1.3))
        things += steel.box((x, 0, -14), (x + float(rng.uniform(0.5, 1.6)), tall, -13), "#45423e")
    return things


def wayside(track_x: float, z: float) -> Things:
    """A signal by the line, a fence of posts and wire, a run of posts away to the right."""
    things: Things = [Bar((track_x, 0, z), (track_x, 3.3, z), 0.14, "#3a3836")]
    things += steel.box((track_x - 0.22, 2.5, z - 0.1), (track_x + 0.22, 3.6, z + 0.2), "#2a2928")
    things.append(Bar((track_x - 0.3, 3.7, z - 0.2), (track_x + 0.3, 3.7, z - 0.2), 0.08, "#2a2928"))
    rng = np.random.default_rng(5)
    tops: list[Point] = []
    for i in range(30):
        x, depth = 17.5 + 0.9 * i, -168 + 4.4 * i
        lean = float(rng.normal(0, 0.06))
        top = (x + lean, 1.35 + float(rng.normal(0, 0.05)), depth)
        things.append(Bar((x, 0, depth), top, 0.11, "#4b453f"))
        tops.append(top)
    for a, b in itertools.pairwise(tops):
        for drop in (0.08, 0.5, 0.92):
            things += gantry.cable((a[0], a[1] - drop, a[2]), (b[0], b[1] - drop, b[2]), 0.05, 0.012, 3)
    return things


def lamp_pole(x: float, z: float, height: float) -> tuple[Things, list[Point]]:
    """A pole with two working lamps that lean over the line; and where they are."""
    things: Things = [Bar((x, 0, z), (x, height, z), 0.16, "#34322f"), Bar((x, 0, z), (x, 1.2, z), 0.3, "#34322f")]
    lamps: list[Point] = []
    for dx in (0.5, 1.5):
        things.append(Bar((x, height - 0.6, z), (x + dx, height, z), 0.07, "#34322f"))
        things += steel.box((x + dx - 0.28, height - 0.1, z - 0.2), (x + dx + 0.28, height + 0.35, z + 0.15), "#2d2b2a")
        lamps.append((x + dx, height + 0.05, z - 0.25))
    return things, lamps


def beacons() -> list[Point]:
    """Red obstruction lights on the masts and the gantry."""
    return [(-44, 67, 28), (30, 69, 44), (-62, 69, 190), (96, 69, 150), (7.4, 46.4, 0), (-7.4, 46.4, 0)]
