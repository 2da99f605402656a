"""Colour spaces that a file names by numbers instead of a profile: makes ICC profiles of primaries and tone curve.

High dynamic range (PQ, HLG) is mapped to that of a screen: white, at 203 cd/m² (ITU-R BT.2408), loses some of its
brightness to the highlights above it, by Reinhard's curve for highlights of up to 1000 cd/m².
"""

from __future__ import annotations

import struct
from math import exp
from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias

from viewer.imaging.worker.icc import linear_colorants

if TYPE_CHECKING:
    from collections.abc import Callable

Point: TypeAlias = tuple[float, float]
Vector: TypeAlias = tuple[float, float, float]


class Chromaticities(NamedTuple):
    """Where white and the primaries lie in the CIE 1931 diagram (x and y)."""

    white: Point
    red: Point
    green: Point
    blue: Point


_D65: Final = (0.3127, 0.3290)
SRGB: Final = Chromaticities(_D65, (0.64, 0.33), (0.30, 0.60), (0.15, 0.06))
_ADOBE_RGB: Final = Chromaticities(_D65, (0.64, 0.33), (0.21, 0.71), (0.15, 0.06))
_ADOBE_GAMMA: Final = 563 / 256
"""Adobe RGB (1998) Color Image Encoding, version 2005-05, sections 4.3.1 and 4.3.4."""

_C: Final = (0.310, 0.316)
_BY_CODE: Final = {
    4: Chromaticities(_C, (0.67, 0.33), (0.21, 0.71), (0.14, 0.08)),
    8: Chromaticities(_C, (0.681, 0.319), (0.243, 0.692), (0.145, 0.049)),
    9: Chromaticities(_D65, (0.708, 0.292), (0.170, 0.797), (0.131, 0.046)),
    10: Chromaticities((1 / 3, 1 / 3), (1.0, 0.0), (0.0, 1.0), (0.0, 0.0)),
    11: Chromaticities((0.314, 0.351), (0.680, 0.320), (0.265, 0.690), (0.150, 0.060)),
    12: Chromaticities(_D65, (0.680, 0.320), (0.265, 0.690), (0.150, 0.060)),
}
"""NTSC of 1953, film, ITU-R BT.2020, CIE XYZ, DCI-P3 and Display P3 by their numbers in ITU-T H.273.

All others are close to sRGB or unknown.
"""

_GAMMA_2_8, _LINEAR, _PQ, _CINEMA, _HLG = 5, 8, 16, 17, 18
"""Tone curves by their numbers in ITU-T H.273."""

_WHITE: Final = 203.0
_HIGHLIGHTS: Final = 1000.0
"""Candela per square metre."""

_NEAR: Final = 0.003
"""Chromaticities that differ by less are the same."""

_TO_CONES: Final[tuple[Vector, ...]] = (
    (0.8951, 0.2664, -0.1614), (-0.7502, 1.7135, 0.0367), (0.0389, -0.0685, 1.0296),
)
"""Bradford's matrix (ICC.1:2022, annex E)."""

_D50: Final = (0.9642, 1.0, 0.8249)


def profile_by_codes(primaries: int, curve: int) -> bytes | None:
    """A profile for `primaries` and tone `curve`, numbers of ITU-T H.273; None for what is shown as sRGB."""
    chromaticities = _BY_CODE.get(primaries, SRGB)
    light = _CURVES.get(curve, _light_by_srgb)
    if chromaticities is SRGB and light is _light_by_srgb:
        return None
    return _profile(chromaticities, light)


def adobe_rgb_profile() -> bytes:
    """A profile for Adobe RGB."""
    return _profile(_ADOBE_RGB, lambda value: float(value**_ADOBE_GAMMA))


def profile_by_gamma(gamma: float, chromaticities: Chromaticities = SRGB) -> bytes | None:
    """A profile for `chromaticities` and values that are light to the power of `gamma`; None for what is near sRGB.

    Raises ArithmeticError and struct.error for numbers that make no sense.
    """
    if abs(gamma * 2.2 - 1) < 0.05:
        if all(abs(x - right_x) < _NEAR and abs(y - right_y) < _NEAR
               for (x, y), (right_x, right_y) in zip(chromaticities, SRGB, strict=True)):
            return None
        return _profile(chromaticities, _light_by_srgb)
    return _profile(chromaticities, lambda value: value ** (1 / gamma))


def with_curve_of_srgb(profile: bytes) -> bytes | None:
    """The RGB `profile` with the tone curve of sRGB instead of none; None for one that has a curve or tables."""
    colorants = linear_colorants(profile)
    return None if colorants is None else _profile_of(colorants, _light_by_srgb)


def _same(value: float) -> float:
    return value


def _light_by_srgb(value: float) -> float:
    """IEC 61966-2-1."""
    return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4


def srgb_of_light(light: float) -> float:
    """The value that means `light`, both 0 to 1 (IEC 61966-2-1)."""
    return light * 12.92 if light <= 0.0031308 else 1.055 * light ** (1 / 2.4) - 0.055


def _light_by_pq(value: float) -> float:
    """The perceptual quantizer (SMPTE ST 2084), in which 1 is 10,000 cd/m²."""
    root = value ** (32 / 2523)
    return _mapped(10_000 * (max(root - 0.8359375, 0.0) / (18.8515625 - 18.6875 * root)) ** (8192 / 1305))


def _light_by_hlg(value: float) -> float:
    """Hybrid log-gamma (ITU-R BT.2100), on a screen of 1000 cd/m²."""
    scene = value * value / 3 if value <= 0.5 else (exp((value - 0.55991073) / 0.17883277) + 0.28466892) / 12
    return _mapped(1000 * min(scene, 1.0) ** 1.2)


def _light_by_gamma_2_8(value: float) -> float:
    """ITU-R BT.470 (systems B and G)."""
    return float(value**2.8)


def _light_by_cinema(value: float) -> float:
    """SMPTE ST 428-1, in which white is 48 of 52.37 cd/m²."""
    return float(min(value**2.6 * 52.37 / 48, 1.0))


def _mapped(luminance: float) -> float:
    """A `luminance` (cd/m²) as 0 to 1 of a screen's white."""
    return with_highlights(luminance / _WHITE, _HIGHLIGHTS / _WHITE)


def with_highlights(light: float, most: float) -> float:
    """`light`, in which 1 is white and `most` the brightest highlight, as 0 to 1 of what a screen can show.

    By Reinhard et al., Photographic Tone Reproduction, equation 4.
    """
    return min(light * (1 + light / (most * most)) / (1 + light), 1.0)


_CURVES: Final[dict[int, Callable[[float], float]]] = {
    _GAMMA_2_8: _light_by_gamma_2_8, _LINEAR: _same, _PQ: _light_by_pq, _CINEMA: _light_by_cinema, _HLG: _light_by_hlg,
}


def _profile(chromaticities: Chromaticities, light: Callable[[float], float]) -> bytes:
    return _profile_of(_colorants(chromaticities), light)


def _profile_of(colorants: list[Vector], light: Callable[[float], float]) -> bytes:
    """An ICC profile (version 2) of `colorants` under D50, with a table for the 256 values of a channel."""
    curve = struct.pack(">4s4xI256H", b"curv", 256, *(round(65535 * light(value / 255)) for value in range(256)))
    tags = {b"desc": struct.pack(">4s4xI4s79x", b"desc", 4, b"own"), b"wtpt": _xyz(_D50)}
    for channel, colorant in zip(b"rgb", colorants, strict=True):
        tags[bytes([channel]) + b"XYZ"] = _xyz(colorant)
        tags[bytes([channel]) + b"TRC"] = curve
    at = 132 + 12 * len(tags)
    table, body = struct.pack(">I", len(tags)), b""
    for name, content in tags.items():
        table += struct.pack(">4sII", name, at + len(body), len(content))
        body += content + bytes(-len(content) % 4)
    header = struct.pack(">I4xI4s4s4s12x4s28x3i48x", at + len(body), 0x02400000, b"mntr", b"RGB ", b"XYZ ", b"acsp",
                         *(round(part * 65536) for part in _D50))
    return header + table + body


def _xyz(colour: Vector) -> bytes:
    return struct.pack(">4s4x3i", b"XYZ ", *(round(part * 65536) for part in colour))


def _colorants(chromaticities: Chromaticities) -> list[Vector]:
    """XYZ of red, green and blue in full, adapted to the white of ICC profiles (D50)."""
    (x, y), *points = chromaticities
    white, primaries = (x / y, 1.0, (1 - x - y) / y), [(x, y, 1 - x - y) for x, y in points]
    shares = _solved(primaries, white)
    gains = [right / seen for right, seen in zip(_product(_D50), _product(white), strict=True)]
    rows = list(zip(*_TO_CONES, strict=True))  # columns of the matrix, as `_solved` takes them
    adapted = []
    for share, primary in zip(shares, primaries, strict=True):
        red, green, blue = (share * cone * gain for cone, gain in zip(_product(primary), gains, strict=True))
        adapted.append(_solved(rows, (red, green, blue)))
    return adapted


def _product(colour: Vector) -> list[float]:
    """The responses of the eye's cones to `colour`."""
    return [sum(factor * part for factor, part in zip(row, colour, strict=True)) for row in _TO_CONES]


def _solved(columns: list[Vector], wanted: Vector) -> Vector:
    """How much of each of three `columns` adds up to `wanted`, by Cramer's rule. Raises ZeroDivisionError."""
    a, b, c = columns
    whole = _determinant(a, b, c)
    return _determinant(wanted, b, c) / whole, _determinant(a, wanted, c) / whole, _determinant(a, b, wanted) / whole


def _determinant(a: Vector, b: Vector, c: Vector) -> float:
    return (a[0] * (b[1] * c[2] - b[2] * c[1]) - b[0] * (a[1] * c[2] - a[2] * c[1])
            + c[0] * (a[1] * b[2] - a[2] * b[1]))
