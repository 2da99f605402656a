"""Hands: a palm, four fingers of three joints, a thumb; relaxed, open, gripping, pointing, flat."""

from __future__ import annotations

import numpy as np

from studio.parts import Material, P, Part, Turn, rod
from studio.skeleton import Vector, point

# How far each finger's joints bend, degrees, how far the fingers spread, and how far the thumb stands off.
SHAPES: dict[str, tuple[float, float, float]] = {
    "relaxed": (28.0, 0.10, 0.5),
    "open": (7.0, 0.52, 1.1),
    "wave": (15.0, 0.36, 0.8),
    "rail": (50.0, 0.05, 0.35),
    "flat": (4.0, 0.08, 0.6),
    "grip": (62.0, 0.03, 0.55),
    "fist": (82.0, 0.0, 0.3),
    "hold": (46.0, 0.10, 0.9),
    "point": (74.0, 0.0, 0.4),
}
LENGTHS = ((0.040, 0.024, 0.019), (0.044, 0.027, 0.020), (0.041, 0.025, 0.019), (0.032, 0.019, 0.017))


def hand(
    wrist: P,
    ahead: P,
    palm: P,
    side: float,
    shape: str,
    material: Material,
    thick: float = 1.0,
    group: str = "hand",
    long: float = 1.0,
) -> list[Part]:
    """A hand from the `wrist` pointing `ahead`, its palm facing `palm`; `side` is -1 for a left hand, 1 for a right.

    `thick` and `long` above 1 make it a gloved one.
    """
    axes, (forward, down, across) = _axes(ahead, palm, side)
    curl, spread, thumb = SHAPES[shape]
    base = np.asarray(wrist)

    def place(f: float, d: float, a: float) -> Vector:
        return base + (forward * f + down * d + across * a) * long

    def bone(a: Vector, b: Vector, ra: float, rb: float, soft: float) -> Part:
        return rod(point(a), point(b), ra * thick, rb * thick, material, soft * thick, group=group)

    flat = {"squash": 0.52, "turn": axes}
    parts = [
        rod(
            point(place(-0.01, 0, 0)),
            point(place(0.03, 0, 0)),
            0.028 * thick,
            0.033 * thick,
            material,
            0.02,
            group=group,
            **flat,
        ),
        rod(
            point(place(0.025, 0, -0.012)),
            point(place(0.078, 0, -0.018)),
            0.03 * thick,
            0.028 * thick,
            material,
            0.02,
            group=group,
            **flat,
        ),
        rod(
            point(place(0.025, 0, 0.012)),
            point(place(0.074, 0, 0.020)),
            0.03 * thick,
            0.026 * thick,
            material,
            0.02,
            group=group,
            **flat,
        ),
    ]
    for i, lengths in enumerate(LENGTHS):
        offset = (i - 1.5) * 0.0220
        at = place(0.088 - 0.004 * abs(i - 1) - 0.004 * (i == 3), 0, -offset)
        turn = 0.0
        lean = -across * (i - 1.4) * spread * 0.55
        straight = shape == "point" and i == 0
        for j, length in enumerate(lengths):
            turn += np.radians((8.0 if straight else curl) * (1.0, 1.15, 0.8)[j] * (1 + 0.10 * i))
            heading = forward * np.cos(turn) + down * np.sin(turn) + lean * (1 - 0.2 * j)
            heading = heading / np.linalg.norm(heading)
            end = at + heading * length * long
            radius = (0.0105, 0.0095, 0.0088)[j] * (0.88 if i == 3 else 1.0)
            parts.append(bone(at, end, radius, radius * 0.93, 0.0035))
            at = end
    knuckle = place(0.045, 0.014, 0.036)
    tip = knuckle + (forward * 0.75 + across * 0.8 * thumb + down * (0.25 + 0.006 * curl)) * 0.040 * long
    end = tip + (forward * 0.95 + across * 0.25 * thumb + down * 0.008 * curl) * 0.030 * long
    parts += [
        bone(place(0.012, 0.006, 0.022), knuckle, 0.018, 0.0145, 0.02),
        bone(knuckle, tip, 0.013, 0.0115, 0.008),
        bone(tip, end, 0.0115, 0.009, 0.006),
    ]
    return parts


def _axes(ahead: P, palm: P, side: float) -> tuple[Turn, tuple[Vector, Vector, Vector]]:
    """The hand's axes (z through the palm), and its directions: ahead, out of the palm, towards the thumb."""
    forward = np.asarray(ahead) / np.linalg.norm(ahead)
    down = np.asarray(palm) - float(np.asarray(palm) @ forward) * forward
    if np.linalg.norm(down) < 1e-6:
        down = np.cross(forward, (1.0, 0.0, 0.0))
    down = down / np.linalg.norm(down)
    across = np.cross(down, forward) * side
    return (point(across), point(forward), point(down)), (forward, down, across)
