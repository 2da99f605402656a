"""PNG: transparent colours of every depth, colour spaces without a profile, and chunks with a wrong checksum."""

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


@pytest.mark.parametrize("clear", [0, 3, 255, 256, 0x8001, 0xFFFE, 0xFFFF])
def test_of_16_bit_greys_only_the_transparent_one_is_transparent(worker: Client, tmp_path: Path, clear: int) -> None:
    greys = [clear, clear ^ 1, clear ^ 0x100, 0x4321]
    row = b"\0" + b"".join(struct.pack(">H", grey) * 8 for grey in greys)
    chunk = pictures.png_chunk(b"tRNS", struct.pack(">H", clear))
    path = pictures.png(tmp_path / "a.png", 32, 8, depth=16, colour_type=0, rows=row * 8, chunks=chunk)
    answer = worker.ask(path)

    assert [answer.pixel(x, 4)[3] for x in (4, 12, 20, 28)] == [0, 255, 255, 255]


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


GAMMA_1 = pictures.png_chunk(b"gAMA", struct.pack(">I", 100_000))
GAMMA_OF_SRGB = pictures.png_chunk(b"gAMA", struct.pack(">I", 45_455))
PRIMARIES_OF_SRGB = pictures.png_chunk(b"cHRM", struct.pack(
    ">8I", 31_270, 32_900, 64_000, 33_000, 30_000, 60_000, 15_000, 6_000,
))
SWAPPED_PRIMARIES = pictures.png_chunk(b"cHRM", struct.pack(
    ">8I", 31_270, 32_900, 30_000, 60_000, 64_000, 33_000, 15_000, 6_000,
))
SRGB = pictures.png_chunk(b"sRGB", b"\0")


@pytest.mark.parametrize(("chunks", "wanted"), [
    (GAMMA_1, (137, 0, 228)), (GAMMA_OF_SRGB, (64, 0, 198)), (SRGB + GAMMA_1, (64, 0, 198)),
    (GAMMA_OF_SRGB + PRIMARIES_OF_SRGB, (64, 0, 198)), (GAMMA_1 + PRIMARIES_OF_SRGB, (137, 0, 228)),
    (GAMMA_OF_SRGB + SWAPPED_PRIMARIES, (0, 64, 198)), (SWAPPED_PRIMARIES, (0, 64, 198)),
    (pictures.png_chunk(b"cICP", bytes((1, 13, 0, 1))) + GAMMA_1, (64, 0, 198)),
    (pictures.png_chunk(b"cICP", bytes((1, 8, 0, 1))) + SRGB, (137, 0, 228)),
    (pictures.png_chunk(b"cICP", bytes((1, 8, 0))), (64, 0, 198)),
    (pictures.png_chunk(b"cICP", bytes((1, 4, 0, 1))), (64, 0, 198)),  # a gamma of 2.2
    (pictures.png_chunk(b"cICP", bytes((1, 5, 0, 1))), (40, 0, 186)),  # a gamma of 2.8
    (pictures.png_chunk(b"cICP", bytes((1, 17, 0, 1))), (48, 0, 198)),  # a gamma of 2.6, with white above white
    (GAMMA_1 + pictures.png_chunk(b"cHRM", bytes(32)), (137, 0, 228)),  # primaries that make no sense
    (GAMMA_1 + pictures.png_chunk(b"cHRM", struct.pack(">8I", *[33_000] * 8)), (137, 0, 228)),
    (pictures.png_chunk(b"gAMA", b"\x7f\xff\xff\xff") + SWAPPED_PRIMARIES, (0, 64, 198)),  # or tone curve
    (pictures.png_chunk(b"gAMA", b"\0\0\0\1"), (64, 0, 198)),
])
def test_chunks_about_colours_are_obeyed_in_their_order(
    worker: Client, tmp_path: Path, chunks: bytes, wanted: tuple[int, int, int],
) -> None:
    row = b"\0" + bytes((64, 0, 198)) * 8
    path = pictures.png(tmp_path / "a.png", 8, 8, depth=8, colour_type=2, rows=row * 8, chunks=chunks)

    assert pictures.is_near(worker.ask(path).pixel(4, 4), (*wanted, 255), 1)


@pytest.mark.parametrize("depth", [8, 16])
def test_the_gamma_of_a_grey_picture_is_applied(worker: Client, tmp_path: Path, depth: int) -> None:
    row = b"\0" + b"\x37" * 8 * (depth // 8)
    path = pictures.png(tmp_path / "a.png", 8, 8, depth=depth, colour_type=0, rows=row * 8, chunks=GAMMA_1)

    assert pictures.is_near(worker.ask(path).pixel(4, 4), (128, 128, 128, 255), 1)


@pytest.mark.parametrize("chunks", [
    pictures.png_chunk(b"gAMA", bytes(4)), pictures.png_chunk(b"gAMA", b"\xff" * 4),
    pictures.png_chunk(b"gAMA", b"\0\0\0\1"), pictures.png_chunk(b"cHRM", b"\xff" * 32),
    pictures.png_chunk(b"cHRM", bytes(32)),
    pictures.png_chunk(b"cHRM", struct.pack(">8I", *[33_000] * 8)),
    pictures.png_chunk(b"cHRM", struct.pack(">8I", 31_270, 1, 64_000, 1, 30_000, 1, 15_000, 1)),
    pictures.png_chunk(b"cICP", b"\xff" * 4),
])
def test_senseless_numbers_about_colours_do_not_cost_the_picture(
    worker: Client, tmp_path: Path, chunks: bytes,
) -> None:
    row = b"\0" + bytes((64, 0, 198)) * 8
    path = pictures.png(tmp_path / "a.png", 8, 8, depth=8, colour_type=2, rows=row * 8, chunks=chunks)

    assert worker.ask(path).size == (8, 8)


def _with_wrong_sum(name: bytes, body: bytes) -> bytes:
    chunk = pictures.png_chunk(name, body)
    return chunk[:-1] + bytes([chunk[-1] ^ 1])


@pytest.mark.parametrize("chunk", [
    (b"cLLI", bytes(8)), (b"gAMA", struct.pack(">I", 45455)), (b"tRNS", bytes(6)), (b"pHYs", bytes(9)), (b"xYzW", b""),
])
def test_a_wrong_checksum_costs_an_ancillary_chunk_and_nothing_else(
    worker: Client, tmp_path: Path, chunk: tuple[bytes, bytes],
) -> None:
    title = pictures.png_chunk(b"tEXt", b"Title\0Goodbye, Earth")
    row = b"\0" + bytes(pictures.RED) * 8
    path = pictures.png(tmp_path / "a.png", 8, 8, depth=8, colour_type=2, rows=row * 8,
                        chunks=title + _with_wrong_sum(*chunk))
    answer = worker.ask(path)

    assert answer.pixel(4, 4) == (*pictures.RED, 255)
    assert answer.done.texts["title"] == "Goodbye, Earth"


@pytest.mark.parametrize("name", [b"gAMA", b"cHRM", b"sRGB", b"pHYs", b"tRNS", b"cICP", b"sBIT", b"bKGD"])
@pytest.mark.parametrize("size", [0, 1])
@pytest.mark.parametrize("colours", [0, 2, 3])
def test_an_ancillary_chunk_that_is_too_short_costs_itself_and_nothing_else(
    worker: Client, tmp_path: Path, name: bytes, size: int, colours: int,
) -> None:
    chunks = pictures.png_chunk(b"PLTE", bytes(pictures.RED)) if colours == 3 else b""
    chunks += pictures.png_chunk(b"tEXt", b"Title\0Goodbye, Earth") + pictures.png_chunk(name, b"\xff" * size)
    row = b"\0" + {0: b"\x80", 2: bytes(pictures.RED), 3: b"\0"}[colours] * 8
    path = pictures.png(tmp_path / "a.png", 8, 8, depth=8, colour_type=colours, rows=row * 8, chunks=chunks)
    answer = worker.ask(path)

    assert answer.pixel(4, 4) == ((0x80, 0x80, 0x80, 255) if colours == 0 else (*pictures.RED, 255))
    assert answer.done.texts["title"] == "Goodbye, Earth"


@pytest.mark.parametrize("name", [b"IDAT", b"IHDR", b"PLTE"])
def test_a_wrong_checksum_in_a_critical_chunk_is_damage(worker: Client, tmp_path: Path, name: bytes) -> None:
    path = pictures.palette(tmp_path / "a.png", transparent=False)
    data = bytearray(path.read_bytes())
    data[data.index(name) + 4] ^= 1
    path.write_bytes(data)

    assert worker.ask(path).reason == "damaged"


def test_chunks_that_end_early_or_never_are_damage(worker: Client, tmp_path: Path) -> None:
    whole = pictures.quadrants(tmp_path / "a.png").read_bytes()
    wrong = _with_wrong_sum(b"cLLI", bytes(8))
    for tail in (b"", b"\0", wrong[:9], wrong[:-1], wrong, b"\xff\xff\xff\xffcLLI", b"\0\0\0\0tEXt", wrong * 100):
        path = tmp_path / "b.png"
        path.write_bytes(whole[:33] + tail)

        assert worker.ask(path).reason == "damaged"
