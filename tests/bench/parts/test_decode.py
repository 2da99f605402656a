from __future__ import annotations

from typing import TYPE_CHECKING

from viewer.imaging.protocol.messages import Done, Request
from viewer.imaging.worker.colour import ColourConverter
from viewer.imaging.worker.decode import load_scaled, write_pixels
from viewer.imaging.worker.formats import open_image
from viewer.imaging.worker.handler import RequestHandler
from viewer.imaging.worker.open_file import open_picture
from viewer.imaging.worker.scaling import fit_size, scale_and_convert

if TYPE_CHECKING:
    from pathlib import Path

    from tests.bench.parts.conftest import Benchmark

BOX = (1920, 1080)
FITTED = (1620, 1080)


def test_a_whole_answer_for_a_24_megapixel_jpeg_at_the_screens_size(benchmark: Benchmark, photo: Path) -> None:
    handler, memory = RequestHandler(), memoryview(bytearray(4 * BOX[0] * BOX[1]))
    request = Request(1, "picture", str(photo), *BOX, len(memory))

    reply = benchmark(handler.handle, request, memory, lambda _: None)

    assert isinstance(reply, Done)
    assert (reply.width, reply.height) == FITTED


def test_a_thumbnail_of_a_24_megapixel_jpeg(benchmark: Benchmark, photo: Path) -> None:
    handler, memory = RequestHandler(), memoryview(bytearray(4 * 256 * 256))
    request = Request(1, "thumbnail", str(photo), 256, 256, len(memory))

    reply = benchmark(handler.handle, request, memory, lambda _: None)

    assert isinstance(reply, Done)
    assert reply.width == 256


def test_stage_1_the_header_is_read(benchmark: Benchmark, photo: Path) -> None:
    def read() -> tuple[int, int]:
        with open_picture(str(photo))[0] as file:
            return open_image(file)[0].size

    assert benchmark(read) == (6000, 4000)


def test_stage_2_the_jpeg_is_decoded_no_larger_than_needed(benchmark: Benchmark, photo: Path) -> None:
    def decode() -> tuple[int, int]:
        with open_picture(str(photo))[0] as file:
            image, _ = open_image(file)
            load_scaled(image, fit_size(image.size, BOX))
            return image.size

    assert benchmark(decode) == (3000, 2000)


def test_stage_3_what_was_decoded_is_scaled_and_put_into_srgb(benchmark: Benchmark, photo: Path) -> None:
    with open_picture(str(photo))[0] as file:
        image, _ = open_image(file)
        region = load_scaled(image, FITTED)
    colours = ColourConverter()

    assert benchmark(lambda: scale_and_convert(image, FITTED, region, 1, None, colours)).size == FITTED


def test_stage_4_the_pixels_are_written_into_shared_memory(benchmark: Benchmark, photo: Path) -> None:
    with open_picture(str(photo))[0] as file:
        image, _ = open_image(file)
        picture = scale_and_convert(image, FITTED, load_scaled(image, FITTED), 1, None, ColourConverter())
    memory = memoryview(bytearray(4 * FITTED[0] * FITTED[1]))

    assert benchmark(write_pixels, picture, memory) is False
