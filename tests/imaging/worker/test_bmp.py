"""BMP: run-length coded pixels and bit fields."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

import pytest

from tests.raw_pictures import BIT_FIELDS, RLE4, RLE8, bmp
from viewer.imaging.protocol.messages import Failed

if TYPE_CHECKING:
    from pathlib import Path

    from tests.imaging.worker.client import Answer, Client

PALETTE = [(index * 16, 255 - index * 16, index) for index in range(16)]


def runs(path: Path, pixels: bytes, size: tuple[int, int] = (5, 3), compression: int = RLE4) -> Path:
    """A run-length coded BMP with `PALETTE`."""
    colours = PALETTE + [(0, 0, 0)] * (0 if compression == RLE4 else 240)
    palette = b"".join(bytes((blue, green, red, 0)) for red, green, blue in colours)
    return bmp(path, *size, 4 if compression == RLE4 else 8, compression, pixels, palette)


def indices(answer: Answer) -> list[list[int]]:
    """The palette indices of all pixels, from the top."""
    width, height = answer.size
    return [[PALETTE.index(answer.pixel(x, y)[:3]) for x in range(width)] for y in range(height)]


@pytest.mark.parametrize(("pixels", "wanted"), [
    pytest.param(b"\5\x12\0\0\5\x33\0\0\5\x45\0\1", [[4, 5, 4, 5, 4], [3] * 5, [1, 2, 1, 2, 1]], id="runs"),
    pytest.param(b"\0\5\x12\x34\x50\0\0\0\5\x66\0\0\5\x77\0\1", [[7] * 5, [6] * 5, [1, 2, 3, 4, 5]],
                 id="single pixels"),
    pytest.param(b"\0\6\x12\x34\x56\0\0\0\6\x66\0\0\5\x77\0\1", [[7] * 5, [6] * 5, [1, 2, 3, 4, 5]],
                 id="beyond the end of the row"),
    pytest.param(b"\5\x11\0\0\0\0\5\x33\0\1", [[3] * 5, [0] * 5, [1] * 5], id="an empty row"),
    pytest.param(b"\1\x11\0\2\1\2\2\x22\0\1", [[0, 0, 2, 2, 0], [0] * 5, [1, 0, 0, 0, 0]], id="a move"),
    pytest.param(b"\2\x11\0\1", [[0] * 5, [0] * 5, [1, 1, 0, 0, 0]], id="an early end"),
])
def test_runs_of_4_bits_are_where_they_belong(
    worker: Client, tmp_path: Path, pixels: bytes, wanted: list[list[int]],
) -> None:
    assert indices(worker.ask(runs(tmp_path / "a.bmp", pixels))) == wanted


def test_runs_of_8_bits_are_where_they_belong(worker: Client, tmp_path: Path) -> None:
    pixels = b"\5\1\0\0\0\0\0\3\1\2\3\0\2\7\0\1"

    assert indices(worker.ask(runs(tmp_path / "a.bmp", pixels, compression=RLE8))) == [
        [1, 2, 3, 7, 7], [0] * 5, [1] * 5,
    ]


@pytest.mark.parametrize("pixels", [b"", b"\5", b"\5\x11\0", b"\0\5\x12", b"\0\2\1", b"\5\x11\0\0\5\x22"])
def test_runs_that_end_early_are_damaged(worker: Client, tmp_path: Path, pixels: bytes) -> None:
    assert worker.ask(runs(tmp_path / "a.bmp", pixels)).reason == "damaged"


@pytest.mark.parametrize("pixels", [
    b"\0\2\xff\xff" * 50 + b"\0\1", b"\xff\x11" * 500 + b"\0\1", (b"\0\xff" + b"\x12" * 128) * 100 + b"\0\1",
])
def test_runs_that_leave_the_picture_are_cut_off(worker: Client, tmp_path: Path, pixels: bytes) -> None:
    assert worker.ask(runs(tmp_path / "a.bmp", pixels)).size == (5, 3)


@pytest.mark.parametrize(("bits", "masks", "word"), [
    (32, (0x0FF00000, 0x0000FF00, 0x000000FF), 0x0C806840),  # not at a byte's border
    (32, (0x3FF00000, 0x000FFC00, 0x000003FF), 200 << 22 | 104 << 12 | 64 << 2),
    (32, (0xFF000000, 0x00FF0000, 0x000000FF), 0xC8680040),
    (16, (0x0F00, 0x00F0, 0x000F), 0x0C64),
    (16, (0xF800, 0x07E0, 0x001F), 25 << 11 | 26 << 5 | 8),
])
@pytest.mark.parametrize("inside", [False, True])
def test_bit_fields_of_any_layout_are_decoded(
    worker: Client, tmp_path: Path, bits: int, masks: tuple[int, int, int], word: int, *, inside: bool,
) -> None:
    fields, size = struct.pack("<3I", *masks), bits // 8
    row = word.to_bytes(size, "little") * 3
    row += bytes(-len(row) % 4)
    black = bytes(len(row))
    path = bmp(tmp_path / "a.bmp", 3, 2, bits, BIT_FIELDS, black + row, b"" if inside else fields,
               fields if inside else b"")
    answer = worker.ask(path)
    red, green, blue, alpha = answer.pixel(1, 0)

    assert (abs(red - 200) <= 6, abs(green - 104) <= 6, abs(blue - 64) <= 6, alpha) == (True, True, True, 255)
    assert answer.pixel(1, 1) == (0, 0, 0, 255)


def test_a_bit_field_for_alpha_makes_transparent(worker: Client, tmp_path: Path) -> None:
    fields = struct.pack("<4I", 0xF00, 0xF0, 0xF, 0xF000)
    path = bmp(tmp_path / "a.bmp", 2, 1, 16, BIT_FIELDS, struct.pack("<2H", 0xFF00, 0x0F00), in_header=fields)
    answer = worker.ask(path)

    assert [answer.pixel(x, 0) for x in (0, 1)] == [(255, 0, 0, 255), (0, 0, 0, 0)]


@pytest.mark.parametrize("masks", [
    (0, 0xFF00, 0xFF), (0xA50000, 0xFF00, 0xFF), (0xFF00, 0xFF00, 0), (0, 0, 1),
])
def test_bit_fields_that_make_no_sense_are_refused(
    worker: Client, tmp_path: Path, masks: tuple[int, int, int],
) -> None:
    path = bmp(tmp_path / "a.bmp", 3, 2, 32, BIT_FIELDS, bytes(24), struct.pack("<3I", *masks))

    assert worker.ask(path).reason == "damaged"


@pytest.mark.parametrize("keep", [60, 66, 70, 75, 88])
def test_bit_fields_that_end_early_are_damaged(worker: Client, tmp_path: Path, keep: int) -> None:
    path = bmp(tmp_path / "a.bmp", 3, 2, 32, BIT_FIELDS, bytes(24), struct.pack("<3I", 0xFF00000, 0xFF00, 0xFF))
    path.write_bytes(path.read_bytes()[:keep])

    assert worker.ask(path).reason == "damaged"


@pytest.mark.parametrize(("bits", "compression"), [(24, 4), (24, 5), (64, 0), (2, 0), (24, 99)])
def test_a_kind_that_is_not_opened_is_named(worker: Client, tmp_path: Path, bits: int, compression: int) -> None:
    last = worker.ask(bmp(tmp_path / "a.bmp", 3, 2, bits, compression, bytes(200))).last

    assert isinstance(last, Failed)
    assert last.failure.sentence == (
        "This is a kind of picture that Liftoff does not open: "
        f"BMP, {bits} bits a pixel, compression {compression}. Save it as JPEG or PNG."
    )
