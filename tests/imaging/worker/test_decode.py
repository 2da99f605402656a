"""Decoded pixels: colours, size, orientation and transparency, from every format."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import pytest
from PIL import Image, ImageChops

from tests import pictures
from tests.pictures import CORNERS, is_near
from viewer.imaging.protocol.shared_memory import SharedBuffer

if TYPE_CHECKING:
    from pathlib import Path

    from tests.imaging.worker.client import Client

SUFFIXES = (".jpg", ".png", ".gif", ".webp", ".tif", ".bmp", ".avif", ".heic")


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_every_format_has_its_colours(worker: Client, tmp_path: Path, suffix: str) -> None:
    answer = worker.ask(pictures.quadrants(tmp_path / f"a{suffix}"))

    assert answer.size == (80, 60)
    assert answer.is_upright()
    assert all(alpha == 255 for *_, alpha in answer.corners())
    assert not answer.done.alpha
    assert (answer.done.frames, answer.done.duration, answer.done.loops) == (1, 0, 0)


@pytest.mark.parametrize("suffix", [".jpg", ".png", ".webp", ".tif", ".avif", ".heic"])
@pytest.mark.parametrize("orientation", range(1, 9))
def test_every_orientation_is_applied_exactly_once(
    worker: Client, tmp_path: Path, suffix: str, orientation: int,
) -> None:
    path = pictures.oriented(tmp_path / f"a{suffix}", orientation)
    answer = worker.ask(path)
    small = worker.ask(path, (40, 40))

    assert answer.size == (80, 60)
    assert answer.source_size == (80, 60)
    assert small.size == (40, 30)
    for each in (answer, small):
        assert each.is_upright()


@pytest.mark.parametrize("suffix", [".avif", ".heic"])
def test_xmp_never_turns_an_avif_or_heic(worker: Client, tmp_path: Path, suffix: str) -> None:
    packet = b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><a tiff:Orientation="3"/></x:xmpmeta>'

    path = pictures.quadrants(tmp_path / f"a{suffix}", xmp=packet)
    path.write_bytes(path.read_bytes().replace(b"irot\2", b"irot\0"))  # the writer of HEIC turns it by the XMP

    assert worker.ask(path).is_upright()


@pytest.mark.parametrize("orientation", [1, 3, 6, 8])
@pytest.mark.parametrize("suffix", [".jpg", ".png"])
def test_a_large_picture_scaled_while_decoding_is_upright(
    worker: Client, tmp_path: Path, orientation: int, suffix: str,
) -> None:
    path = pictures.oriented(tmp_path / f"a{suffix}", orientation, (1601, 1203))
    answer = worker.ask(path, (300, 200))

    assert answer.size == (266, 200)
    assert answer.source_size == (1601, 1203)
    assert answer.is_upright()


@pytest.mark.parametrize(("size", "box", "wanted"), [
    ((80, 60), (1620, 1080), (80, 60)),
    ((80, 60), (80, 60), (80, 60)),
    ((80, 60), (79, 60), (79, 59)),
    ((80, 60), (80, 30), (40, 30)),
    ((1000, 10), (100, 100), (100, 1)),
    ((1000, 1), (10, 10), (10, 1)),
    ((3, 2000), (40, 40), (1, 40)),
    ((601, 400), (300, 300), (300, 200)),
    ((1, 1), (1, 1), (1, 1)),
])
@pytest.mark.parametrize("suffix", [".jpg", ".png"])
def test_a_picture_fills_its_box_on_one_side_and_is_never_enlarged(
    worker: Client, tmp_path: Path, suffix: str, size: tuple[int, int], box: tuple[int, int], wanted: tuple[int, int],
) -> None:
    answer = worker.ask(pictures.solid(tmp_path / f"a{suffix}", size=size), box)

    assert answer.size == wanted
    assert answer.source_size == size


def test_dct_scaling_looks_like_lanczos_resampling(worker: Client, tmp_path: Path) -> None:
    path = pictures.photo(tmp_path / "a.jpg", (1998, 1335))
    answer = worker.ask(path, (541, 400))
    with Image.open(path) as whole:
        expected = whole.resize(answer.size, Image.Resampling.LANCZOS)
    seen = Image.frombytes("RGB", answer.size, answer.memory, "raw", "BGRX")
    difference = ImageChops.difference(seen.reduce(8), expected.reduce(8))

    assert max(difference.convert("L").histogram()[5:]) == 0  # a shift by a pixel, or a channel, would show


@pytest.mark.parametrize("suffix", [".png", ".tif"])
def test_16_bit_grey_keeps_its_tones(worker: Client, tmp_path: Path, suffix: str) -> None:
    values = (0, 0x0101, 0x2000, 0x4000, 0x8000, 0xC000, 0xFEFE, 0xFFFF)
    answer = worker.ask(pictures.grey16(tmp_path / f"a{suffix}", values))

    for place, value in enumerate(values):
        assert is_near(answer.pixel(20 * place + 10, 20), [value // 257] * 3, 1)


def test_16_bit_colours_keep_their_tones(worker: Client, tmp_path: Path) -> None:
    colours = [(0xFFFF, 0, 0), (0x8000, 0x4000, 0xC000), (0, 0, 0x0101)]
    answer = worker.ask(pictures.png_rgb16(tmp_path / "a.png", colours))

    for place, colour in enumerate(colours):
        assert is_near(answer.pixel(20 * place + 10, 20), [value // 257 for value in colour], 1)


@pytest.mark.parametrize(("mode", "values", "wanted"), [
    ("F", (0.0, 0.5, 1.0), (0, 128, 255)), ("F", (0.0, 128.0, 255.0), (0, 128, 255)),
    ("F", (-1000.0, 0.0, 1000.0), (0, 128, 255)), ("I", (0, 32768, 65535), (0, 128, 255)),
    ("I", (-5000, 0, 5000), (0, 128, 255)), ("F", (7.0, 7.0, 7.0), (7, 7, 7)),
    ("F", (float("nan"), 0.0, 1.0), (0, 0, 0)),
])
def test_32_bit_grey_is_stretched_from_its_range(
    worker: Client, tmp_path: Path, mode: str, values: tuple[float, ...], wanted: tuple[int, ...],
) -> None:
    image = Image.new(mode, (60, 20))
    for place, value in enumerate(values):
        image.paste(value, (20 * place, 0, 20 * place + 20, 20))
    answer = worker.ask(pictures.write(image, tmp_path / "a.tif"))

    for place, grey in enumerate(wanted):
        assert is_near(answer.pixel(20 * place + 10, 10), [grey] * 3, 1)


@pytest.mark.parametrize("suffix", [".png", ".tif"])
def test_black_and_white_is_black_and_white(worker: Client, tmp_path: Path, suffix: str) -> None:
    image = Image.new("1", (40, 20))
    image.paste(1, (20, 0, 40, 20))
    answer = worker.ask(pictures.write(image, tmp_path / f"a{suffix}"))

    assert answer.pixel(5, 5) == (0, 0, 0, 255)
    assert answer.pixel(30, 5) == (255, 255, 255, 255)


@pytest.mark.parametrize("suffix", [".png", ".gif"])
def test_a_transparent_palette_colour_is_transparent(
    worker: Client, tmp_path: Path, suffix: str,
) -> None:
    answer = worker.ask(pictures.palette(tmp_path / f"a{suffix}"))

    assert answer.done.alpha
    assert answer.corners() == [(0, 0, 0, 0), *((*colour, 255) for colour in CORNERS[1:])]


@pytest.mark.parametrize("suffix", [".png", ".gif"])
def test_a_palette_without_transparency_is_opaque(worker: Client, tmp_path: Path, suffix: str) -> None:
    answer = worker.ask(pictures.palette(tmp_path / f"a{suffix}", transparent=False))

    assert not answer.done.alpha
    assert answer.corners() == [(*colour, 255) for colour in CORNERS]


@pytest.mark.parametrize("suffix", [".png", ".webp", ".tif", ".avif"])
def test_transparency_is_premultiplied_and_rounded(worker: Client, tmp_path: Path, suffix: str) -> None:
    answer = worker.ask(pictures.rgba(tmp_path / f"a{suffix}", (200, 100, 3, 128)))

    assert answer.done.alpha
    assert is_near(answer.pixel(5, 5), (100, 50, 2), 1)
    assert answer.pixel(5, 5)[3] == 128


def test_grey_with_transparency_is_premultiplied(worker: Client, tmp_path: Path) -> None:
    answer = worker.ask(pictures.grey_alpha(tmp_path / "a.png", 200, 51))

    assert answer.pixel(5, 5) == (40, 40, 40, 51)


def test_an_opaque_alpha_channel_is_reported_as_none(worker: Client, tmp_path: Path) -> None:
    answer = worker.ask(pictures.rgba(tmp_path / "a.png", (200, 100, 3, 255)))

    assert not answer.done.alpha
    assert answer.pixel(5, 5) == (200, 100, 3, 255)


@pytest.mark.parametrize(("mode", "colour", "key"), [("RGB", (10, 20, 30), (10, 20, 30)), ("L", 77, 77)])
def test_a_colour_key_is_transparent(
    worker: Client, tmp_path: Path, mode: str, colour: tuple[int, ...] | int, key: tuple[int, ...] | int,
) -> None:
    path = tmp_path / "a.png"
    Image.new(mode, (10, 10), colour).save(path, transparency=key)

    assert worker.ask(path).pixel(5, 5) == (0, 0, 0, 0)


def test_colours_of_transparent_pixels_do_not_bleed_when_scaled(worker: Client, tmp_path: Path) -> None:
    image = Image.new("RGBA", (200, 200), (0, 255, 0, 0))
    image.paste((255, 0, 0, 255), (100, 0, 200, 200))
    answer = worker.ask(pictures.write(image, tmp_path / "a.png"), (33, 33))
    colours = [answer.pixel(x, 16) for x in range(33)]

    assert all(green == 0 and blue == 0 and red == alpha for red, green, blue, alpha in colours)
    assert colours[0] == (0, 0, 0, 0)
    assert colours[-1] == (255, 0, 0, 255)


@pytest.mark.parametrize("mode", ["RGBA", "P", "LA"])
def test_a_large_picture_converted_in_bands_has_no_seams(worker: Client, tmp_path: Path, mode: str) -> None:
    image = pictures.quadrants_image((5003, 4001)).convert("L" if mode == "LA" else "RGB")
    if mode == "P":
        image = image.quantize(8)
    else:
        image.putalpha(Image.linear_gradient("L").resize(image.size))
    path = tmp_path / "a.png"
    image.save(path, compress_level=1)
    answer = worker.ask(path, (500, 500))
    expected = image.convert("RGBA").convert("RGBa").resize((500, 400), Image.Resampling.BOX)
    seen = Image.frombytes("RGBa", answer.size, answer.memory, "raw", "BGRa")

    assert answer.size == (500, 400)
    for x, y in ((3, 3), (497, 3), (3, 397), (497, 397), *((100, row) for row in range(5, 195, 7))):
        near = zip(seen.getpixel((x, y)), expected.getpixel((x, y)), strict=True)  # type: ignore[arg-type]  # four numbers
        assert all(abs(a - b) <= 3 for a, b in near), (x, y)


def test_all_rows_are_written_whatever_the_height(worker: Client, tmp_path: Path) -> None:
    image = Image.linear_gradient("L").resize((700, 900), Image.Resampling.NEAREST)
    answer = worker.ask(pictures.write(image, tmp_path / "a.png"))

    for y in range(0, 900, 37):
        grey = image.getpixel((350, y))
        assert answer.pixel(350, y) == (grey, grey, grey, 255)


def test_the_same_shared_memory_can_be_used_again(worker: Client, tmp_path: Path) -> None:
    with SharedBuffer(4 * 100 * 100) as buffer:
        for number in (7, 300, 65535):
            path = pictures.numbered(tmp_path / f"{number}.png", number, (100, 80))
            answer = worker.ask(path, (100, 100), into=buffer)

            assert pictures.number_of(answer.pixel, *answer.size) == number


def test_a_picture_fits_shared_memory_of_exactly_its_size(worker: Client, tmp_path: Path) -> None:
    answer = worker.ask(pictures.quadrants(tmp_path / "a.png", (200, 100)), (64, 32))

    assert answer.size == (64, 32)
    assert is_near(answer.pixel(-2, -2), CORNERS[3])


@pytest.mark.parametrize("kind", ["picture", "thumbnail"])
def test_of_a_large_picture_the_number_of_pixels_is_told_before_they_are_decoded(
    worker: Client, tmp_path: Path, kind: Literal["picture", "thumbnail"],
) -> None:
    large = tmp_path / "a.png"
    Image.new("1", (6000, 5500)).save(large)
    answer = worker.ask(large, (256, 256), kind=kind)

    assert answer.done.width == 256
    assert answer.parsed is not None
    assert answer.parsed.pixels == 33_000_000
    assert worker.ask(pictures.solid(tmp_path / "b.png"), kind=kind).parsed is None
