"""Heads: skull, jaw, brow, nose, ears and neck in shape and shade, nobody's likeness."""

from __future__ import annotations

import itertools
from dataclasses import dataclass

from studio.parts import Material, P, Part, carved, egg, rod, turned_by
from studio.skeleton import Joint

DARK, EYE = Material("#1c1512", rough=0.5), Material("#cfc6bd", rough=0.45)


@dataclass(frozen=True)
class Head:
    """How a head looks: its skin, its brows, and how narrow it is."""

    skin: Material
    locks: Material
    narrow: float = 1.0


def locks(paint: str) -> Material:
    """Hair: fine upright wrinkles, some gloss."""
    return Material(paint, rough=0.5, specular=0.045, crumple=0.003, crumple_size=0.009, drape=0.22, mottle=0.35)


def head(joint: Joint, neck: tuple[P, P], look: Head) -> list[Part]:
    """A head on its neck; the joint is between the ears."""
    n = look.narrow
    return [
        *_skull(joint, look.skin, n),
        *_neck(joint, neck, look.skin, n),
        *_features(joint, look, n),
    ]


def _skull(j: Joint, skin: Material, n: float) -> list[Part]:
    parts = [
        egg(j.at(0, 0.045, -0.012), (0.073 * n, 0.074, 0.094), skin, 0.03, j.axes),
        egg(j.at(0, -0.005, 0.030), (0.064 * n, 0.085, 0.062), skin, 0.03, j.axes),
        rod(j.at(-0.048 * n, -0.045, 0.012), j.at(-0.018 * n, -0.092, 0.066), 0.023, 0.017, skin, 0.03),
        rod(j.at(0.048 * n, -0.045, 0.012), j.at(0.018 * n, -0.092, 0.066), 0.023, 0.017, skin, 0.03),
        rod(j.at(-0.014 * n, -0.095, 0.072), j.at(0.014 * n, -0.095, 0.072), 0.018, 0.018, skin, 0.02),
        rod(j.at(-0.034 * n, 0.024, 0.074), j.at(0.034 * n, 0.024, 0.074), 0.013, 0.013, skin, 0.02),
        egg(j.at(-0.040 * n, -0.025, 0.064), (0.021, 0.017, 0.021), skin, 0.03, j.axes),
        egg(j.at(0.040 * n, -0.025, 0.064), (0.021, 0.017, 0.021), skin, 0.03, j.axes),
        rod(j.at(0, 0.012, 0.086), j.at(0, -0.022, 0.109), 0.0075, 0.0105, skin, 0.014),
        rod(j.at(-0.012, -0.030, 0.096), j.at(0.012, -0.030, 0.096), 0.008, 0.008, skin, 0.010),
        egg(j.at(0, -0.058, 0.080), (0.024, 0.014, 0.014), skin, 0.02, j.axes),
    ]
    for side in (-1.0, 1.0):
        parts.append(carved(egg(j.at(side * 0.031 * n, 0.002, 0.099), (0.019, 0.012, 0.017), skin, turn=j.axes), 0.012))
        ear = _compose(j, turned_by(side * 24))
        parts.append(egg(j.at(side * 0.078 * n, -0.006, -0.008), (0.008, 0.032, 0.020), skin, 0.008, ear))
    return parts


def _neck(j: Joint, neck: tuple[P, P], skin: Material, n: float) -> list[Part]:
    base, top = neck
    return [
        rod(base, top, 0.061 * n, 0.054 * n, skin, 0.03),
        rod(
            j.at(-0.055 * n, -0.05, -0.02), (base[0] - 0.02, base[1] - 0.01, base[2] + 0.055), 0.017, 0.014, skin, 0.03
        ),
        rod(j.at(0.055 * n, -0.05, -0.02), (base[0] + 0.02, base[1] - 0.01, base[2] + 0.055), 0.017, 0.014, skin, 0.03),
    ]


def _features(j: Joint, look: Head, n: float) -> list[Part]:
    """Eyes narrowed against the sun, brows, a slight smile."""
    line, lip = Material("#7a473d", rough=0.6), Material("#ad7163", rough=0.5, specular=0.03)
    smile = [(-0.0255, -0.0560, 0.0850), (-0.013, -0.0615, 0.0925), (0.0, -0.0628, 0.0948)]
    smile += [(0.013, -0.0615, 0.0925), (0.0255, -0.0560, 0.0850)]
    places = [j.at(x * n, y, z) for x, y, z in smile]
    parts = [rod(a, b, 0.0022, 0.0022, line, 0.001, group="mouth") for a, b in itertools.pairwise(places)]
    parts += [
        egg(j.at(0, -0.0688, 0.0885), (0.0165 * n, 0.0048, 0.0065), lip, 0.004, j.axes, "lip"),
        egg(j.at(0, -0.0578, 0.0895), (0.0195 * n, 0.0036, 0.0055), lip, 0.004, j.axes, "lip"),
    ]
    for side in (-1.0, 1.0):
        parts += _eye(j, look, side, n)
    return parts


def _eye(j: Joint, look: Head, side: float, n: float) -> list[Part]:
    """An eyeball between two lids nearly closed, the lashes' dark line, the brow."""
    x = side * 0.031 * n
    upper = [(-0.0150, -0.0010, 0.0815), (0.0, 0.0016, 0.0872), (0.0150, -0.0012, 0.0800)]
    lashes = [j.at(x + side * a, y, z) for a, y, z in upper]
    brow = [j.at(side * a * n, y, z) for a, y, z in ((0.017, 0.0205, 0.0895), (0.034, 0.0250, 0.0865))]
    brow.append(j.at(side * 0.051 * n, 0.0195, 0.0735))
    hair = Material(look.locks.paint, rough=0.7, mottle=0.3)
    return [
        egg(j.at(x, 0.003, 0.0735), (0.0125, 0.0125, 0.0125), EYE, 0.001, j.axes, "eye"),
        egg(j.at(x - side * 0.001, 0.001, 0.0795), (0.0068, 0.0068, 0.0074), DARK, 0.001, j.axes, "iris"),
        egg(j.at(x, 0.0070, 0.0762), (0.0175, 0.0085, 0.0118), look.skin, 0.004, j.axes, f"lid{side:.0f}"),
        egg(j.at(x, -0.0092, 0.0752), (0.0165, 0.0075, 0.0112), look.skin, 0.004, j.axes, f"bag{side:.0f}"),
        rod(lashes[0], lashes[1], 0.0007, 0.0012, DARK, 0.001, group="lash"),
        rod(lashes[1], lashes[2], 0.0012, 0.0008, DARK, 0.001, group="lash"),
        rod(brow[0], brow[1], 0.0022, 0.0026, hair, 0.003, group="brow"),
        rod(brow[1], brow[2], 0.0026, 0.0014, hair, 0.003, group="brow"),
    ]


def _compose(j: Joint, turn: tuple[P, P, P]) -> tuple[P, P, P]:
    """`turn` within the joint's axes."""
    a, b, c = (Joint((0.0, 0.0, 0.0), j.axes).at(*row) for row in turn)
    return a, b, c
