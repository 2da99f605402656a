"""Heads: skull, jaw, brow, nose, ears and neck in shape and shade, nobody's likeness."""

from __future__ import annotations

from dataclasses import dataclass

from studio.parts import Material, P, Part, carved, egg, rod, turned_by
from studio.skeleton import Joint

DARK = Material("#1c1512", rough=0.5)


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
        egg(j.at(-0.042 * n, -0.022, 0.058), (0.022, 0.019, 0.022), skin, 0.03, j.axes),
        egg(j.at(0.042 * n, -0.022, 0.058), (0.022, 0.019, 0.022), skin, 0.03, j.axes),
        rod(j.at(0, 0.012, 0.086), j.at(0, -0.022, 0.109), 0.0075, 0.0105, skin, 0.014),
        rod(j.at(-0.012, -0.030, 0.096), j.at(0.012, -0.030, 0.096), 0.008, 0.008, skin, 0.010),
        egg(j.at(0, -0.058, 0.080), (0.024, 0.014, 0.014), skin, 0.02, j.axes),
    ]
    for side in (-1.0, 1.0):
        parts.append(carved(egg(j.at(side * 0.030 * n, 0.004, 0.093), (0.016, 0.009, 0.013), skin, turn=j.axes), 0.014))
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
    """Eyes in shade, brows, mouth line."""
    lips = Material("#8a5348", rough=0.5)
    parts = [rod(j.at(-0.019, -0.062, 0.0905), j.at(0.019, -0.062, 0.0905), 0.0042, 0.0042, lips, 0.004)]
    for side in (-1.0, 1.0):
        parts += [
            egg(j.at(side * 0.030 * n, 0.003, 0.079), (0.0135, 0.0065, 0.009), DARK, 0.001, j.axes),
            rod(
                j.at(side * 0.018, 0.021, 0.0885),
                j.at(side * 0.046 * n, 0.021, 0.078),
                0.0042,
                0.003,
                look.locks,
                0.002,
            ),
        ]
    return parts


def _compose(j: Joint, turn: tuple[P, P, P]) -> tuple[P, P, P]:
    """`turn` within the joint's axes."""
    a, b, c = (Joint((0.0, 0.0, 0.0), j.axes).at(*row) for row in turn)
    return a, b, c
