"""PNG: transparent colours of every depth."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

import pytest

from tests import pictures

if TYPE_CHECKING:
    from pathlib import Path

    from tests.imaging.worker.client import Client


@pytest.mark.parametrize(("depth", "white"), [(1, 1), (2, 3), (4, 15), (8, 255), (16, 65535)])
@pytest.mark.parametrize("of_white", [True, False])
def test_a_transparent_grey_is_transparent_at_every_depth(
    worker: Client, tmp_path: Path, depth: int, white: int, *, of_white: bool,
) -> None:
    half = 4 * depth * b"\xff" + 4 * depth * b"\0"  # 32 white pixels, 32 black ones
    chunk = pictures.png_chunk(b"tRNS", struct.pack(">H", white if of_white else 0))
    path = pictures.png(tmp_path / "a.png", 64, 8, depth=depth, colour_type=0, rows=(b"\0" + half) * 8, chunks=chunk)
    answer = worker.ask(path)

    assert answer.done.alpha
    assert [answer.pixel(x, 4)[3] for x in (5, 50)] == ([0, 255] if of_white else [255, 0])
    assert answer.pixel(50 if of_white else 5, 4)[:3] == ((0, 0, 0) if of_white else (255, 255, 255))


@pytest.mark.parametrize("depth", [8, 16])
def test_a_transparent_colour_is_transparent_at_every_depth(worker: Client, tmp_path: Path, depth: int) -> None:
    size = depth // 8
    clear = (0xFF, 0x80, 0) if depth == 8 else (0xFF01, 0x8002, 3)
    row = b"\0" + struct.pack(">3B" if depth == 8 else ">3H", *clear) * 20 + b"\x20" * (3 * size) * 20
    chunk = pictures.png_chunk(b"tRNS", struct.pack(">3H", *clear))
    answer = worker.ask(pictures.png(
        tmp_path / "a.png", 40, 8, depth=depth, colour_type=2, rows=row * 8, chunks=chunk,
    ))

    assert answer.done.alpha
    assert answer.pixel(5, 4)[3] == 0
    assert answer.pixel(30, 4) == (0x20, 0x20, 0x20, 255)
