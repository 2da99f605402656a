"""Pictures whose files say by numbers what their colours are (ITU-T H.273): cICP in PNG, nclx in AVIF and HEIC."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests import pictures

if TYPE_CHECKING:
    from pathlib import Path

BT_709, BT_2020, P3 = 1, 9, 12
SRGB, LINEAR, PQ, HLG = 13, 8, 16, 18


def coded(path: Path, colour: tuple[int, int, int], primaries: int, curve: int) -> Path:
    """A solid picture with these numbers for its primaries and transfer characteristics."""
    if path.suffix == ".png":
        rows = (b"\0" + bytes(colour) * 60) * 40
        chunk = pictures.png_chunk(b"cICP", bytes((primaries, curve, 0, 1)))
        return pictures.png(path, 60, 40, depth=8, colour_type=2, rows=rows, chunks=chunk)
    if path.suffix == ".heic":
        return pictures.solid(path, colour, color_primaries=primaries, transfer_characteristics=curve)
    data = pictures.solid(path, colour).read_bytes()
    at = data.index(b"colrnclx") + 8
    path.write_bytes(data[:at] + primaries.to_bytes(2, "big") + curve.to_bytes(2, "big") + data[at + 4 :])
    return path
