"""A white pressure suit with blue trim, as worn on the way to the rocket: hood, visor, rings, hoses, pockets, boots."""

from __future__ import annotations

import itertools

import numpy as np

from studio.figures import P, Part, ball, brick, rod, tube
from studio.people import Clothes, Pose, person

WHITE, BLUE, STEEL, SHADE = "#eef0ef", "#2b57b8", "#c9ccd0", "#d3d8da"
CAP, SKIN, BOOT = "#232427", "#d3a98c", "#83888b"


def suit(left: P, right: P, nod: float, lean: float, bulk: float = 1.3) -> list[Part]:
    """Somebody in the suit; `left` and `right` are where the hands reach, `bulk` how baggy it sits."""
    body = person(
        Pose(left, right, nod=nod, lean=lean, stance=0.16, bulk=bulk), Clothes(WHITE, WHITE, SKIN, CAP, "", BOOT), 1.78
    )
    hands = [part for part in body if part.paint == SKIN and part.rb > part.ra and part.rb < 0.05]
    parts = [part for part in body if part not in hands]
    for hand in hands:
        parts += _glove(hand)
    return [*parts, *_hood(), *_chest(), *_legs()]


def visor() -> list[Part]:
    """The clear visor before the face, to be drawn as glass."""
    return [ball((0, 1.715, 0.035), 0.150, "#dfe8ee", 0.001)]


def _glove(hand: Part) -> list[Part]:
    """Wrist ring, palm, four fingers and a thumb."""
    a, b = np.array(hand.a), np.array(hand.b)
    axis = (b - a) / np.linalg.norm(b - a)
    across = np.cross(axis, (0.0, 0.0, 1.0))
    across /= np.linalg.norm(across)
    parts = [
        tube(_p(a - axis * 0.01), _p(a + axis * 0.03), 0.066, BLUE, 0.004),
        rod(_p(a + axis * 0.04), _p(b - axis * 0.01), 0.046, 0.050, SHADE, 0.02),
    ]
    for k in (-1.5, -0.5, 0.5, 1.5):
        root = b + across * k * 0.024
        parts.append(
            rod(_p(root), _p(root + axis * (0.10 - 0.008 * abs(k)) + across * k * 0.012), 0.019, 0.015, SHADE, 0.010)
        )
    parts.append(
        rod(_p(b - axis * 0.02 - across * 0.035), _p(b + axis * 0.04 - across * 0.085), 0.021, 0.016, SHADE, 0.012)
    )
    return parts


def _hood() -> list[Part]:
    """Neck ring, the soft hood round the head, and the ear cups of the cap."""
    parts = [
        tube((0, 1.545, 0.02), (0, 1.585, 0.03), 0.150, BLUE, 0.006),
        rod((-0.1, 1.52, -0.06), (0.1, 1.52, -0.06), 0.12, 0.12, WHITE, 0.05),
    ]
    turns = np.radians(np.linspace(-52, 232, 13))
    ring = [(0.155 * float(np.cos(t)), 1.72 + 0.165 * float(np.sin(t)), -0.01) for t in turns]
    parts += [rod(p, q, 0.036, 0.036, WHITE, 0.012) for p, q in itertools.pairwise(ring)]
    inner = [(0.142 * float(np.cos(t)), 1.72 + 0.152 * float(np.sin(t)), 0.025) for t in turns]
    parts += [rod(p, q, 0.012, 0.012, BLUE, 0.002) for p, q in itertools.pairwise(inner)]
    return [
        *parts,
        ball((0, 1.74, -0.09), 0.145, WHITE, 0.03),
        ball((-0.1, 1.72, 0.03), 0.036, "#141416", 0.004),
        ball((0.1, 1.72, 0.03), 0.036, "#141416", 0.004),
    ]


def _chest() -> list[Part]:
    """Valve, hoses, blue piping and straps."""
    parts = [
        tube((0.0, 1.24, 0.15), (0.0, 1.24, 0.262), 0.052, BLUE, 0.003),
        tube((0.0, 1.24, 0.15), (0.0, 1.24, 0.282), 0.028, STEEL, 0.002),
        rod((-0.13, 1.06, 0.19), (-0.20, 0.98, 0.27), 0.028, 0.026, "#5c6a78", 0.01),
        rod((-0.20, 0.98, 0.27), (-0.30, 0.80, 0.16), 0.026, 0.026, "#5c6a78", 0.02),
        rod((0.13, 1.06, 0.20), (0.22, 0.94, 0.24), 0.016, 0.016, "#33373b", 0.01),
        tube((-0.13, 1.06, 0.15), (-0.13, 1.06, 0.225), 0.036, BLUE, 0.003),
        tube((0.13, 1.06, 0.15), (0.13, 1.06, 0.225), 0.030, BLUE, 0.003),
        rod((-0.15, 0.985, 0.185), (0.15, 0.985, 0.185), 0.014, 0.014, "#7f8890", 0.004),
        brick((0.0, 1.42, 0.19), (0.055, 0.032, 0.012), "#b9c4d8", 0.008),
        rod((-0.17, 0.95, 0.02), (0.17, 0.95, 0.02), 0.150, 0.150, WHITE, 0.04),
    ]
    for side in (-1.0, 1.0):
        parts += [
            rod((side * 0.23, 1.53, 0.05), (side * 0.13, 1.40, 0.185), 0.012, 0.012, BLUE, 0.004),
            rod((side * 0.13, 1.40, 0.185), (side * 0.05, 1.10, 0.222), 0.012, 0.012, BLUE, 0.004),
        ]
    return parts


def _legs() -> list[Part]:
    """Thigh pockets, blue bands, grey boots."""
    parts: list[Part] = []
    for side in (-1.0, 1.0):
        parts += [
            brick((side * 0.13, 0.72, 0.125), (0.07, 0.10, 0.035), SHADE, 0.03),
            rod((side * 0.07, 0.79, 0.155), (side * 0.19, 0.79, 0.15), 0.010, 0.010, "#a9b3b8", 0.004),
            tube((side * 0.155, 0.285, 0.0), (side * 0.15, 0.315, 0.0), 0.100, BLUE, 0.006),
            rod((side * 0.16, 0.16, -0.02), (side * 0.16, 0.26, -0.01), 0.082, 0.088, BOOT, 0.01),
            rod((side * 0.16, 0.07, -0.03), (side * 0.18, 0.06, 0.16), 0.075, 0.062, BOOT, 0.03),
            rod((side * 0.16, 0.02, -0.03), (side * 0.18, 0.02, 0.17), 0.070, 0.060, "#4c5053", 0.004),
        ]
    return parts


def _p(v: np.ndarray) -> P:
    return float(v[0]), float(v[1]), float(v[2])
