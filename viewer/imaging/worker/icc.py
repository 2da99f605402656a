"""ICC profiles: recognises sRGB by its content, and makes profiles of given primaries and tone curve (ICC.1:2022)."""

from __future__ import annotations

import struct
from typing import Final

_LONGEST_TABLE: Final = 100
"""Tags of a profile that are looked at."""

_SRGB_COLORANTS: Final = ((0.4361, 0.2225, 0.0139), (0.3851, 0.7169, 0.0971), (0.1431, 0.0606, 0.7141))
"""XYZ of red, green and blue under D50 (IEC 61966-2-1, adapted by Bradford's method)."""

_SRGB_POINTS: Final = ((0.1, 0.01002), (0.25, 0.05088), (0.5, 0.21404), (0.75, 0.52252))
"""Points of the tone curve of sRGB: a value and its light, both 0 to 1."""

_COLORANT_TOLERANCE: Final = 0.003
_CURVE_TOLERANCE: Final = 0.002
"""Half a step of 255; a gamma of 2.2 is beyond it."""

_NOTHING: Final = memoryview(b"")
"""The content of a tag that a profile lacks."""


def is_srgb(profile: bytes) -> bool:
    """Whether the ICC `profile`, whatever its name, is that of sRGB, so that no conversion is needed."""
    tags = _tags(profile)
    if any(name.startswith(b"A2B") for name in tags):  # these tables have priority over the rest
        return False
    for channel, wanted in zip(b"rgb", _SRGB_COLORANTS, strict=True):
        colorant = tags.get(bytes([channel]) + b"XYZ", _NOTHING)
        curve = tags.get(bytes([channel]) + b"TRC", _NOTHING)
        if len(colorant) < 20 or not all(
            abs(part / 65536 - right) <= _COLORANT_TOLERANCE
            for part, right in zip(struct.unpack(">3i", colorant[8:20]), wanted, strict=True)
        ):
            return False
        if not all(abs(_light(curve, value) - right) <= _CURVE_TOLERANCE for value, right in _SRGB_POINTS):
            return False
    return True


def linear_colorants(profile: bytes) -> list[tuple[float, float, float]] | None:
    """XYZ of red, green and blue of an RGB `profile` whose values are light itself; None for any other."""
    tags = _tags(profile)
    if profile[16:20] != b"RGB " or any(name.startswith(b"A2B") for name in tags):
        return None
    colorants = []
    for channel in b"rgb":
        colorant = tags.get(bytes([channel]) + b"XYZ", _NOTHING)
        curve = tags.get(bytes([channel]) + b"TRC", _NOTHING)
        if len(colorant) < 20 or not all(
            abs(_light(curve, value) - value) <= _CURVE_TOLERANCE for value, _ in _SRGB_POINTS
        ):
            return None
        x, y, z = struct.unpack(">3i", colorant[8:20])
        colorants.append((x / 65536, y / 65536, z / 65536))
    return colorants


def _tags(profile: bytes) -> dict[bytes, memoryview]:
    """The contents of the tags of `profile` by their names."""
    tags, content = {}, memoryview(profile)
    for entry in range(132, min(132 + 12 * _LONGEST_TABLE, len(profile) - 11), 12):
        start, size = struct.unpack(">II", profile[entry + 4 : entry + 12])
        tags[profile[entry : entry + 4]] = content[start : start + size]
    return tags


def _light(curve: memoryview, value: float) -> float:
    """The light, 0 to 1, of a `value`, 0 to 1, by the tone `curve` (types `curv` and `para`); -1 where it has none."""
    try:
        if bytes(curve[:4]) == b"curv":
            return _light_by_table(curve, value)
        if bytes(curve[:4]) == b"para" and bytes(curve[8:10]) == b"\0\0":
            return float(value ** (struct.unpack(">i", curve[12:16])[0] / 65536))
        if bytes(curve[:4]) == b"para" and bytes(curve[8:10]) == b"\0\3":
            gamma, a, b, c, d = (number / 65536 for number in struct.unpack(">5i", curve[12:32]))
            return float((a * value + b) ** gamma) if value >= d else c * value
    except (ArithmeticError, TypeError, struct.error):  # cut short, or numbers without a power
        return -1
    return -1


def _light_by_table(curve: memoryview, value: float) -> float:
    """The light of `value` by a `curve` that is linear (no entry), a gamma (one) or a table."""
    (count,) = struct.unpack(">I", curve[8:12])
    if count < 2:
        return value if count == 0 else float(value ** (struct.unpack(">H", curve[12:14])[0] / 256))
    place = value * (count - 1)
    left = int(place)  # the last entry is never asked for
    low, high = struct.unpack(">2H", curve[12 + 2 * left : 16 + 2 * left])
    return float(low + (high - low) * (place - left)) / 65535
