"""Generates ICC profiles for tests: RGB matrix, grey and CMYK."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

SRGB_PRIMARIES = ((0.43607, 0.22249, 0.01392), (0.38515, 0.71687, 0.09708), (0.14307, 0.06061, 0.71410))
ADOBE_RGB_PRIMARIES = ((0.60974, 0.31111, 0.01947), (0.20528, 0.62567, 0.06087), (0.14919, 0.06322, 0.74457))
"""Colorants of red, green and blue as XYZ relative to D50, as in the ICC profiles of these names."""


def rgb_profile(
    primaries: Sequence[tuple[float, float, float]] = ADOBE_RGB_PRIMARIES, gamma: float = 2.2, name: str = "Test RGB",
    curve: bytes | None = None,
) -> bytes:
    """A matrix profile for RGB (ICC.1:2001), with a tone `curve` or a `gamma`.

    Primaries in another order swap the channels.
    """
    tags = {b"desc": _description(name), b"cprt": b"text\0\0\0\0none\0", b"wtpt": _xyz(0.9642, 1.0, 0.8249)}
    for channel, primary in zip(b"rgb", primaries, strict=True):
        tags[bytes([channel]) + b"XYZ"] = _xyz(*primary)
        tags[bytes([channel]) + b"TRC"] = _curve(gamma) if curve is None else curve
    return _profile(b"RGB ", tags)


def grey_profile(gamma: float = 1.0) -> bytes:
    """A profile for grey images with a tone curve of `gamma`."""
    return _profile(b"GRAY", {
        b"desc": _description("Test grey"), b"cprt": b"text\0\0\0\0none\0", b"wtpt": _xyz(0.9642, 1.0, 0.8249),
        b"kTRC": _curve(gamma),
    })


def cmyk_profile() -> bytes:
    """A CMYK profile (a `lut8` to Lab) in which all inks are grey: two of four in full give a middle grey."""
    even = bytes(range(256))
    corners = b"".join(
        bytes([255 - 255 * sum(corner >> ink & 1 for ink in range(4)) // 4, 128, 128]) for corner in range(16)
    )
    matrix = struct.pack(">9i", 65536, 0, 0, 0, 65536, 0, 0, 0, 65536)
    table = b"mft1\0\0\0\0" + bytes([4, 3, 2, 0]) + matrix + even * 4 + corners + even * 3
    return _profile(b"CMYK", {
        b"desc": _description("Test CMYK"), b"cprt": b"text\0\0\0\0none\0", b"wtpt": _xyz(0.9642, 1.0, 0.8249),
        b"A2B0": table,
    }, kind=b"prtr", connection=b"Lab ")


def _profile(
    space: bytes, tags: dict[bytes, bytes], *, kind: bytes = b"mntr", connection: bytes = b"XYZ ",
) -> bytes:
    offset = 128 + 4 + 12 * len(tags)
    table, body = struct.pack(">I", len(tags)), b""
    for name, content in tags.items():
        padded = content + bytes(-len(content) % 4)
        table += name + struct.pack(">II", offset + len(body), len(content))
        body += padded
    header = struct.pack(">I4sI4s4s4s12s4s", offset + len(body), b"\0\0\0\0", 0x02200000, kind, space, connection,
                         bytes(12), b"acsp")
    header += bytes(68 - len(header)) + struct.pack(">iii", 0xF6D6, 0x10000, 0xD32D)
    return header + bytes(128 - len(header)) + table + body


def _xyz(x: float, y: float, z: float) -> bytes:
    return b"XYZ \0\0\0\0" + struct.pack(">iii", *(round(part * 65536) for part in (x, y, z)))


def _curve(gamma: float) -> bytes:
    return b"curv\0\0\0\0" + struct.pack(">IH", 1, round(gamma * 256))


def _description(name: str) -> bytes:
    text = name.encode("ascii") + b"\0"
    return b"desc\0\0\0\0" + struct.pack(">I", len(text)) + text + bytes(4 + 4 + 2 + 1 + 67)
