"""TIFF: planes, palettes and depths of every layout, and the names of those that cannot be opened."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

import pytest

from tests.icc_profiles import SRGB_PRIMARIES, rgb_profile
from tests.pictures import is_near
from tests.raw_pictures import (
    CMYK,
    DEFLATE,
    GREY,
    GREY_INVERTED,
    ICC_LAB,
    LAB,
    LZW,
    PALETTE,
    RGB,
    ZSTD,
    bigtiff,
    packed,
    predicted,
    tiff,
)
from viewer.imaging.protocol.messages import Failed

if TYPE_CHECKING:
    from pathlib import Path

    from tests.imaging.worker.client import Client

COLOUR = 200, 104, 64


@pytest.mark.parametrize("order", ["<", ">"])
@pytest.mark.parametrize("planes", [1, 2])
@pytest.mark.parametrize("bits", [2, 4, 6, 10, 11, 12, 14, 24, 32, 64])
def test_colours_of_any_depth_are_shown(worker: Client, tmp_path: Path, bits: int, planes: int, order: str) -> None:
    colour = (255, 85, 0) if bits < 8 else COLOUR
    rows = [(colour,) * 7, ((0, 255, 0),) * 7] * 4  # of 10 bits no row fills whole bytes
    strips = [b"".join(packed([pixel[at : at + 1] for pixel in row], bits, order) for row in rows) for at in range(3)]
    if planes == 1:
        strips = [b"".join(packed(row, bits, order) for row in rows)]
    answer = worker.ask(tiff(tmp_path / "a.tif", (7, 8), [bits] * 3, RGB, strips, order=order, planes=planes))

    for x in range(7):
        assert is_near(answer.pixel(x, 2), (*colour, 255), 1)
        assert is_near(answer.pixel(x, 3), (0, 255, 0, 255), 1)


@pytest.mark.parametrize("order", ["<", ">"])
@pytest.mark.parametrize(("bits", "number", "prediction"), [
    *((bits, 3, prediction) for bits in (16, 24, 32, 64) for prediction in (1, 3)),
    *((32, number, prediction) for number in (1, 2) for prediction in (1, 2)),
])
@pytest.mark.parametrize("channels", [1, 3])
def test_numbers_of_any_kind_are_shown_predicted_or_not(
    worker: Client, tmp_path: Path, bits: int, number: int, prediction: int, channels: int, order: str,
) -> None:
    row = tuple((x * 30, 255 - x * 30, 128)[:channels] for x in range(8))
    strip = predicted(packed(row, bits, order, number), 8 * channels, channels, bits // 8, order, prediction) * 8
    path = tiff(tmp_path / "a.tif", (8, 8), [bits] * channels, RGB if channels == 3 else GREY, [strip], order=order,
                number=number, compression=DEFLATE, more=[(317, 3, [prediction])])
    answer = worker.ask(path)

    for x, colour in enumerate(row):
        wanted = (*colour, 255) if channels == 3 else (*colour * 3, 255)
        # Which value of signed grey is white is guessed from all values, of which none here is.
        assert is_near(answer.pixel(x, 5), wanted, 50 if (number, channels) == (2, 1) else 1)


@pytest.mark.parametrize("bits", [10, 16, 32])
@pytest.mark.parametrize("alpha", [1, 2])
def test_grey_and_colours_may_be_transparent(worker: Client, tmp_path: Path, bits: int, alpha: int) -> None:
    for photometric, colour in ((GREY, (100,)), (RGB, (100, 50, 20))):
        strip = packed([(*colour, 127)] * 64, bits, "<")
        path = tiff(tmp_path / f"{photometric}.tif", (8, 8), [bits] * (len(colour) + 1), photometric, [strip],
                    more=[(338, 3, [alpha])])
        red, _, _, opacity = worker.ask(path).pixel(4, 4)

        assert opacity == 127
        assert abs(red - (100 if alpha == 1 else 50)) <= 1  # premultiplied


@pytest.mark.parametrize("order", ["<", ">"])
def test_every_number_of_16_bits_that_a_picture_can_show_is_shown_as_what_it_is(
    worker: Client, tmp_path: Path, order: str,
) -> None:
    shown = [*range(0x3C01), *range(0x8000, 0x8001)]  # from zero over the smallest to one, and the other zero
    shown += [0] * (124 * 124 - len(shown))
    strip = struct.pack(f"{order}{len(shown)}H", *shown)
    values = struct.unpack(f"{order}{len(shown)}e", strip)
    answer = worker.ask(tiff(tmp_path / "a.tif", (124, 124), [16], GREY, [strip], order=order, number=3))

    seen = [answer.memory[at] for at in range(0, 4 * len(shown), 4)]
    assert all(abs(one - 255 * value) <= 1 for one, value in zip(seen, values, strict=True))


@pytest.mark.parametrize("order", ["<", ">"])
@pytest.mark.parametrize("prediction", [1, 3])
@pytest.mark.parametrize("bits", [16, 24, 32, 64])
def test_grey_in_floating_point_is_shown_whatever_stands_beside_it(
    worker: Client, tmp_path: Path, bits: int, prediction: int, order: str,
) -> None:
    row = tuple((x * 30, 127, 3) for x in range(8))
    strip = predicted(packed(row, bits, order, 3), 24, 3, bits // 8, order, prediction) * 8
    path = tiff(tmp_path / "a.tif", (8, 8), [bits] * 3, GREY, [strip], order=order, number=3, compression=DEFLATE,
                more=[(317, 3, [prediction]), (338, 3, [0, 0])])
    answer = worker.ask(path)

    for x, (grey, *_) in enumerate(row):
        assert is_near(answer.pixel(x, 5), (grey, grey, grey, 255), 1)


@pytest.mark.parametrize(("photometric", "colour", "wanted"), [
    (GREY_INVERTED, (55,), (200, 200, 200)), (CMYK, (0, 255, 255, 0), (255, 0, 0)), (LAB, (137, 81, 70), (255, 0, 0)),
    (ICC_LAB, (137, 209, 198), (255, 0, 0)),
])
@pytest.mark.parametrize("bits", [12, 16])
def test_other_colours_than_those_of_light_may_be_deep(
    worker: Client, tmp_path: Path, photometric: int, colour: tuple[int, ...], wanted: tuple[int, ...], bits: int,
) -> None:
    path = tiff(tmp_path / "a.tif", (8, 8), [bits] * len(colour), photometric, [packed([colour] * 64, bits, "<")])

    assert is_near(worker.ask(path).pixel(4, 4), (*wanted, 255), 6)


@pytest.mark.parametrize("compression", [LZW, ZSTD])
@pytest.mark.parametrize("bits", [10, 32])
def test_what_libtiff_compressed_is_shown_at_any_depth(
    worker: Client, tmp_path: Path, compression: int, bits: int,
) -> None:
    strip = packed([COLOUR] * 64, bits, "<")
    path = tiff(tmp_path / "a.tif", (8, 8), [bits] * 3, RGB, [strip], compression=compression)

    assert is_near(worker.ask(path).pixel(4, 4), (*COLOUR, 255), 1)


def test_highlights_beyond_white_are_compressed_rather_than_clipped(worker: Client, tmp_path: Path) -> None:
    strip = struct.pack("<192f", *([0.18] * 120 + [4.0] * 48 + [8.0] * 22), 1e30, float("inf"))
    path = tiff(tmp_path / "a.tif", (8, 8), [32] * 3, RGB, [strip], number=3)
    answer = worker.ask(path)
    grey, bright, brighter = (answer.pixel(4, y)[0] for y in (1, 5, 7))

    assert 100 < grey < 130
    assert 220 < bright < brighter < 255
    assert answer.pixel(7, 7)[1:3] == (255, 255)


def test_a_few_values_beyond_white_darken_nothing(worker: Client, tmp_path: Path) -> None:
    values = [0.5] * 12285 + [9.0, float("nan"), float("inf")]
    path = tiff(tmp_path / "a.tif", (64, 64), [32] * 3, RGB, [struct.pack("<12288f", *values)], number=3)

    assert is_near(worker.ask(path).pixel(4, 4), (128, 128, 128, 255), 1)


@pytest.mark.parametrize("white", [255.0, 65535.0])
def test_floating_point_with_the_range_of_integers_is_shown_as_those(
    worker: Client, tmp_path: Path, white: float,
) -> None:
    values = [white * one / 255 for one in COLOUR] * 64
    path = tiff(tmp_path / "a.tif", (8, 8), [32] * 3, RGB, [struct.pack("<192f", *values)], number=3)

    assert is_near(worker.ask(path).pixel(4, 4), (*COLOUR, 255), 1)


def test_dark_light_keeps_its_shades(worker: Client, tmp_path: Path) -> None:
    profile = rgb_profile(SRGB_PRIMARIES, 1.0)
    light = [x / 64 / 255 for x in range(64) for _ in range(3)]
    path = tiff(tmp_path / "a.tif", (64, 1), [32] * 3, RGB, [struct.pack("<192f", *light)], number=3,
                more=[(34675, 7, list(profile))])
    answer = worker.ask(path)

    assert len({answer.pixel(x, 0) for x in range(64)}) > 10  # 8 bits of light would be two
    assert is_near(answer.pixel(63, 0), (13, 13, 13, 255), 1)


@pytest.mark.parametrize("side", [16, 256])
def test_tiles_may_reach_beyond_the_edges(worker: Client, tmp_path: Path, side: int) -> None:
    tile = packed([COLOUR] * side * side, 12, "<")
    path = tiff(tmp_path / "a.tif", (20, 20), [12] * 3, RGB, [tile] * 4, tile=(side, side))
    answer = worker.ask(path)

    assert all(is_near(answer.pixel(x, y), (*COLOUR, 255), 1) for x in range(20) for y in range(20))


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


@pytest.mark.parametrize("order", ["<", ">"])
@pytest.mark.parametrize(("compression", "is_reversed"), [(1, False), (1, True), (DEFLATE, False)])
@pytest.mark.parametrize("planes", [1, 2])
@pytest.mark.parametrize("bits", [8, 16])
@pytest.mark.parametrize(("photometric", "colour", "alpha", "wanted"), [
    (GREY, (64,), 0, (64, 64, 64)), (GREY_INVERTED, (55,), 0, (200, 200, 200)), (GREY, (64, 255), 2, (64, 64, 64)),
    (GREY, (64, 255), 1, (64, 64, 64)), (GREY, (64, 3), 0, (64, 64, 64)), (RGB, COLOUR, 0, COLOUR),
    (RGB, (*COLOUR, 255), 1, COLOUR), (RGB, (*COLOUR, 255), 2, COLOUR), (RGB, (*COLOUR, 3), 0, COLOUR),
    (CMYK, (55, 151, 191, 0), 0, COLOUR),
])
def test_samples_have_their_colours_however_they_are_arranged(
    worker: Client, tmp_path: Path, photometric: int, colour: tuple[int, ...], alpha: int, wanted: tuple[int, ...],
    bits: int, is_reversed: bool, planes: int, compression: int, order: str,
) -> None:
    pixels = [colour] * 64
    strips = [packed([pixel[at : at + 1] for pixel in pixels], bits, order) for at in range(len(colour))]
    if planes == 1:
        strips = [packed(pixels, bits, order)]
    if is_reversed:
        strips = [strip.translate(bytes(int(f"{byte:08b}"[::-1], 2) for byte in range(256))) for strip in strips]
    more = [(266, 3, [2])] if is_reversed else []
    if photometric in (GREY, RGB) and len(colour) in (2, 4):
        more.append((338, 3, [alpha]))
    path = tiff(tmp_path / "a.tif", (8, 8), [bits] * len(colour), photometric, strips, order=order, planes=planes,
                compression=compression, more=more)

    assert is_near(worker.ask(path).pixel(4, 4), (*wanted, 255), 2)


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
    ((32, 32, 32), 6, "TIFF, RGB, complex, 32 bits a channel"),
    ((8, 8, 8), 6, "TIFF, RGB, complex, 8 bits a channel"),
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


@pytest.mark.parametrize("name", ["a.nef", "a.tif"])
def test_the_preview_of_a_camera_raw_file_does_not_pass_for_the_picture(
    worker: Client, tmp_path: Path, name: str,
) -> None:
    path = tiff(tmp_path / name, (8, 8), [8] * 3, RGB, [bytes(192)], more=[(254, 4, [1]), (330, 4, [8])])
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
    path = tiff(tmp_path / "a.tif", (8, 8), [8, 8, 8], RGB, [bytes(192)], compression=65001)
    last = worker.ask(path).last

    assert isinstance(last, Failed)
    assert last.failure[:2] == ("unsupported", "TIFF, RGB, 8 bits a channel, compression 65001")


@pytest.mark.parametrize("order", ["<", ">"])
@pytest.mark.parametrize("compression", [1, DEFLATE])
@pytest.mark.parametrize("bits", [8, 10, 16])
def test_bigtiff_of_either_order_is_shown_and_upright(
    worker: Client, tmp_path: Path, order: str, compression: int, bits: int,
) -> None:
    path = bigtiff(tmp_path / "a.tif", (4, 8), [bits] * 3, RGB, packed((COLOUR,) * 16 + ((0, 0, 0),) * 16, bits, order),
                   order=order, compression=compression, more=[(274, 3, 3)])  # upside down
    answer = worker.ask(path)

    assert is_near(answer.pixel(2, 6), (*COLOUR, 255), 1)
    assert is_near(answer.pixel(2, 1), (0, 0, 0, 255), 1)


@pytest.mark.parametrize("order", ["<", ">"])
def test_planes_that_end_early_are_damaged(worker: Client, tmp_path: Path, order: str) -> None:
    path = tiff(tmp_path / "a.tif", (8, 8), [16] * 3, RGB, [b"\x12\x34" * 64] * 3, order=order, planes=2)
    whole = path.read_bytes()
    for cut in (1, 100, 200, 300, 383, 400, 500):
        path.write_bytes(whole[:-cut])

        assert worker.ask(path).reason in ("damaged", "unknown-format")


@pytest.mark.parametrize("place", [1 << 44, (1 << 64) - 1])
def test_a_directory_beyond_what_any_file_can_have_is_damage(worker: Client, tmp_path: Path, place: int) -> None:
    path = tmp_path / "a.tif"
    path.write_bytes(b"MM\0+\0\x08\0\0" + place.to_bytes(8, "big") + bytes(100))

    assert worker.ask(path).reason == "damaged"
