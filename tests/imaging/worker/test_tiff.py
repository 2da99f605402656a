"""TIFF: planes, palettes and depths of every layout, and the names of those that cannot be opened."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

import pytest

from tests.pictures import is_near
from tests.raw_pictures import DEFLATE, GREY, GREY_INVERTED, PALETTE, RGB, tiff
from viewer.imaging.protocol.messages import Failed

if TYPE_CHECKING:
    from pathlib import Path

    from tests.imaging.worker.client import Client

@pytest.mark.parametrize("order", ["<", ">"])
@pytest.mark.parametrize("compression", [1, DEFLATE])
@pytest.mark.parametrize("colour", [(0xC812, 0x6834, 0x4056), (0xC812, 0x6834, 0x4056, 0xFFFF)])
def test_separate_planes_of_16_bits_have_their_colours(
    worker: Client, tmp_path: Path, order: str, compression: int, colour: tuple[int, ...],
) -> None:
    strips = [struct.pack(order + "H", channel) * 64 for channel in colour]
    path = tiff(tmp_path / "a.tif", (8, 8), [16] * len(colour), RGB, strips, order=order, planes=2,
                compression=compression)

    assert is_near(worker.ask(path).pixel(4, 4), (0xC8, 0x68, 0x40, 255), 2)


@pytest.mark.parametrize(("bits", "photometric", "grey", "wanted"), [
    (16, GREY, 0x4000, 64), (8, GREY_INVERTED, 64, 191), (16, GREY_INVERTED, 0x4000, 191), (8, GREY, 64, 64),
])
@pytest.mark.parametrize("planes", [1, 2])
def test_a_single_channel_is_shown_alike_whatever_is_said_about_planes(
    worker: Client, tmp_path: Path, bits: int, photometric: int, grey: int, wanted: int, planes: int,
) -> None:
    strip = grey.to_bytes(bits // 8, "little") * 64
    answer = worker.ask(tiff(tmp_path / "a.tif", (8, 8), [bits], photometric, [strip], planes=planes))

    assert is_near(answer.pixel(4, 4), (wanted, wanted, wanted, 255), 1)


def test_grey_of_12_bits_is_as_bright_as_of_8(worker: Client, tmp_path: Path) -> None:
    answer = worker.ask(tiff(tmp_path / "a.tif", (8, 8), [12], GREY, [b"\x80\x08\x00" * 32]))

    assert is_near(answer.pixel(4, 4), (128, 128, 128, 255), 1)


@pytest.mark.parametrize("compression", [1, DEFLATE])
def test_the_upper_half_of_unsigned_32_bits_is_bright(worker: Client, tmp_path: Path, compression: int) -> None:
    strip = struct.pack("<I", 0x20000000) * 32 + struct.pack("<I", 0xC0000000) * 32
    answer = worker.ask(tiff(tmp_path / "a.tif", (8, 8), [32], GREY, [strip], compression=compression))

    assert [answer.pixel(4, y)[0] for y in (0, 7)] == [0x20, 0xC0]


@pytest.mark.parametrize("unit", [1, 256, 257])
def test_a_palette_is_read_whether_its_values_have_8_bits_or_16(worker: Client, tmp_path: Path, unit: int) -> None:
    palette = [channel * unit for channel in (*([200] * 256), *([104] * 256), *([64] * 256))]
    answer = worker.ask(tiff(tmp_path / "a.tif", (8, 8), [8], PALETTE, [bytes(64)], palette=palette))

    assert answer.pixel(4, 4) == (200, 104, 64, 255)


@pytest.mark.parametrize(("bits", "number", "name"), [
    ((10, 10, 10), 1, "TIFF, RGB, 10 bits a channel"),
    ((32, 32, 32), 3, "TIFF, RGB, floating point, 32 bits a channel"),
    ((5, 6, 5), 1, "TIFF, RGB, 5/6 bits a channel"),
])
def test_a_depth_that_is_not_opened_is_named(
    worker: Client, tmp_path: Path, bits: tuple[int, ...], number: int, name: str,
) -> None:
    path = tiff(tmp_path / "a.tif", (8, 8), bits, RGB, [bytes(8 * sum(bits))], number=number)
    last = worker.ask(path).last

    assert isinstance(last, Failed)
    assert last.failure.sentence == (
        f"This is a kind of picture that Liftoff does not open: {name}. Save it as JPEG or PNG."
    )


def test_the_preview_of_a_camera_raw_file_does_not_pass_for_the_picture(worker: Client, tmp_path: Path) -> None:
    path = tiff(tmp_path / "a.nef", (8, 8), [8] * 3, RGB, [bytes(192)], more=[(254, 4, [1]), (330, 4, [8])])
    last = worker.ask(path).last

    assert isinstance(last, Failed)
    assert "camera raw" in last.failure.sentence


@pytest.mark.parametrize("tag", [(254, 4, [1]), (330, 4, [8])])
def test_a_page_that_is_no_preview_is_shown(
    worker: Client, tmp_path: Path, tag: tuple[int, int, list[int]],
) -> None:
    path = tiff(tmp_path / "a.tif", (8, 8), [8] * 3, RGB, [bytes(192)], more=[tag])

    assert worker.ask(path).size == (8, 8)


def test_a_compression_that_is_not_known_is_no_damage(worker: Client, tmp_path: Path) -> None:
    path = tiff(tmp_path / "a.tif", (8, 8), [8, 8, 8], RGB, [bytes(192)], compression=34887)

    assert worker.ask(path).reason == "unsupported"


def test_a_big_endian_bigtiff_is_named(worker: Client, tmp_path: Path) -> None:
    path = tmp_path / "a.tif"
    path.write_bytes(b"MM\0+\0\x08\0\0" + (16).to_bytes(8, "big") + bytes(100))
    last = worker.ask(path).last

    assert isinstance(last, Failed)
    assert "BigTIFF" in last.failure.sentence


@pytest.mark.parametrize("order", ["<", ">"])
def test_planes_that_end_early_are_damaged(worker: Client, tmp_path: Path, order: str) -> None:
    path = tiff(tmp_path / "a.tif", (8, 8), [16] * 3, RGB, [b"\x12\x34" * 64] * 3, order=order, planes=2)
    whole = path.read_bytes()
    for cut in (1, 100, 200, 300, 383, 400, 500):
        path.write_bytes(whole[:-cut])

        assert worker.ask(path).reason in ("damaged", "unknown-format")
