"""Heads: skull, jaw, brow, nose, ears and neck in shape and shade, nobody's likeness; hair, caps, hats, scarves."""

from __future__ import annotations

from dataclasses import dataclass

from studio.parts import Material, P, Part, ball, brick, carved, egg, ring, rod, sheet, turned_by
from studio.skeleton import Joint

DARK = Material("#1c1512", rough=0.5)


@dataclass(frozen=True)
class Head:
    """How a head looks: `hair` is one of short, cropped, bald, long, tail, bob; `hat` one of none, cap, brim, scarf."""

    skin: Material
    locks: Material
    hair: str = "short"
    hat: str = "none"
    cloth: Material | None = None
    beard: float = 0.0
    narrow: float = 1.0
    glasses: bool = False


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
        *_hair(joint, look, n),
        *_hat(joint, look, n),
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
    """Eyes in shade, brows, mouth line, beard, glasses."""
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
        if look.glasses:
            rim = turned_by(0, 90)
            parts.append(ring(j.at(side * 0.032 * n, 0.0, 0.101), (0.024, 0.019), 0.0022, DARK, turn=_compose(j, rim)))
            parts.append(
                rod(j.at(side * 0.056 * n, 0.004, 0.098), j.at(side * 0.08 * n, 0.004, 0.0), 0.0025, 0.0025, DARK)
            )
    if look.beard > 0:
        k = look.beard
        parts += [
            egg(
                j.at(0, -0.088 - 0.03 * k, 0.058 + 0.01 * k),
                (0.056 * n, 0.05 + 0.045 * k, 0.044),
                look.locks,
                0.03,
                j.axes,
            ),
            rod(j.at(-0.062 * n, -0.03, 0.022), j.at(-0.03, -0.09, 0.062), 0.021, 0.026, look.locks, 0.03),
            rod(j.at(0.062 * n, -0.03, 0.022), j.at(0.03, -0.09, 0.062), 0.021, 0.026, look.locks, 0.03),
            rod(j.at(-0.022, -0.050, 0.092), j.at(0.022, -0.050, 0.092), 0.009, 0.009, look.locks, 0.012),
        ]
    return parts


def _compose(j: Joint, turn: tuple[P, P, P]) -> tuple[P, P, P]:
    """`turn` within the joint's axes."""
    a, b, c = (Joint((0.0, 0.0, 0.0), j.axes).at(*row) for row in turn)
    return a, b, c


def _hair(j: Joint, look: Head, n: float) -> list[Part]:
    if look.hair == "bald":
        return []
    k = 0.004 if look.hair == "cropped" or look.hat != "none" else 0.012
    hair = look.locks
    parts = [
        egg(j.at(0, 0.052, -0.018), (0.074 * n + k, 0.073 + k, 0.092 + k), hair, 0.03, j.axes),
        egg(j.at(0, 0.0, -0.048), (0.068 * n + k * 0.8, 0.068, 0.060 + k * 0.6), hair, 0.03, j.axes),
        carved(brick(j.at(0, -0.058, 0.105), (0.12, 0.098, 0.078), hair, 0.02, turn=j.axes), 0.02),
        carved(brick(j.at(0, -0.085, 0.01), (0.12, 0.065, 0.045), hair, 0.02, turn=j.axes), 0.02),
    ]
    if look.hair in ("long", "bob"):
        low = -0.21 if look.hair == "long" else -0.085
        for x, w in ((-0.05, 0.036), (0.0, 0.05), (0.05, 0.036)):
            parts.append(rod(j.at(x * n, 0.02, -0.06), j.at(x * 1.15, low, -0.075), w + 0.014, w, hair, 0.03))
        parts += [
            rod(j.at(s * 0.066 * n, 0.03, -0.01), j.at(s * 0.068, low * 0.8, -0.02), 0.024, 0.02, hair, 0.03)
            for s in (-1, 1)
        ]
    if look.hair == "tail":
        parts += [
            ball(j.at(0, 0.045, -0.118), 0.022, hair, 0.015),
            rod(j.at(0, 0.045, -0.128), j.at(0.01, -0.14, -0.125), 0.022, 0.015, hair, 0.02),
        ]
    return parts


def _hat(j: Joint, look: Head, n: float) -> list[Part]:
    cloth = look.cloth
    if look.hat == "none" or cloth is None:
        return []
    crown = [
        egg(j.at(0, 0.062, -0.014), (0.089 * n, 0.082, 0.110), cloth, 0.02, j.axes),
        carved(brick(j.at(0, -0.035, 0.0), (0.2, 0.088, 0.2), cloth, 0.004, turn=j.axes), 0.004),
    ]
    if look.hat == "cap":
        axes = _compose(j, turned_by(0, 8))
        flat = (axes[0], axes[2], (-axes[1][0], -axes[1][1], -axes[1][2]))
        peak = sheet(j.at(0, 0.055, 0.112), (0.070, 0.058, 0.003), 3.2, cloth, 0.003, flat, group="peak")
        band = ring(j.at(0, 0.062, -0.012), (0.0895 * n, 0.110), 0.0025, cloth, tall=0.006, turn=j.axes, group="band")
        return [*crown, peak, band]
    if look.hat == "brim":
        tall = egg(j.at(0, 0.085, -0.012), (0.084 * n, 0.072, 0.100), cloth, 0.03, j.axes)
        brim = egg(
            j.at(0, 0.055, -0.012), (0.160, 0.008, 0.178), cloth, 0.012, _compose(j, turned_by(0, 5)), group="brim"
        )
        band = ring(j.at(0, 0.068, -0.012), (0.087 * n, 0.105), 0.004, DARK, tall=0.012, turn=j.axes)
        return [*crown, tall, brim, band]
    return [
        egg(j.at(0, 0.03, -0.022), (0.086 * n, 0.098, 0.100), cloth, 0.04, j.axes),
        rod(j.at(0, -0.06, -0.06), j.at(0, -0.16, -0.075), 0.07, 0.095, cloth, 0.05),
        egg(j.at(0, -0.085, 0.01), (0.066, 0.03, 0.062), cloth, 0.03, j.axes),
        carved(egg(j.at(0, -0.01, 0.085), (0.058 * n, 0.080, 0.060), cloth, turn=j.axes), 0.012),
    ]
