"""Codecs that Pillow lacks: what they open where they are installed, and what is said where they are not."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

import pytest

from tests.needs import need
from tests.pictures import is_near
from tests.raw_pictures import GREY, RGB, YCBCR, tiff
from viewer.imaging.protocol.messages import Failed, Region

if TYPE_CHECKING:
    from pathlib import Path

    from tests.imaging.worker.client import Client

COLOUR = 200, 104, 64
JPEG, JPEG_XR, JPEG_2000, LERC, PNG, WEBP, JPEG_XL = 7, 22610, 34712, 34887, 34933, 50001, 50002
"""Compressions of TIFF."""


@pytest.fixture
def codecs() -> Any:
    need([] if find_spec("imagecodecs") else ["imagecodecs (pip install -e '.[formats]')"])
    return import_module("imagecodecs")


def pixels(kind: str, factor: float) -> Any:
    """16 rows of 24 pixels of one colour, as an array of numpy."""
    numpy = import_module("numpy")
    return (numpy.full((16, 24, 3), COLOUR) * factor).astype(kind)


CASES = [
    (JPEG, 8, "jpeg8", "u1", 1, {"lossless": True, "colorspace": "RGB", "outcolorspace": "RGB"}),
    (JPEG, 12, "jpeg8", "u2", 16, {"bitspersample": 12, "level": 98, "colorspace": "RGB", "outcolorspace": "RGB"}),
    (JPEG, 16, "jpeg8", "u2", 257,
     {"bitspersample": 16, "lossless": True, "colorspace": "RGB", "outcolorspace": "RGB"}),
    (JPEG_2000, 8, "jpeg2k", "u1", 1, {"level": 0}), (JPEG_2000, 16, "jpeg2k", "u2", 257, {"level": 0}),
    (JPEG_XL, 8, "jpegxl", "u1", 1, {}), (JPEG_XR, 16, "jpegxr", "u2", 257, {"level": 1.0}),
    (LERC, 8, "lerc", "u1", 1, {}), (LERC, 32, "lerc", "f4", 1 / 255, {}), (PNG, 16, "png", "u2", 257, {}),
    (WEBP, 8, "webp", "u1", 1, {"lossless": True}),
]


@pytest.mark.parametrize(("compression", "bits", "codec", "kind", "factor", "options"), CASES)
def test_compressions_that_pillow_lacks_are_opened(
    worker: Client, tmp_path: Path, codecs: Any, compression: int, bits: int, codec: str, kind: str, factor: float,
    options: dict[str, object],
) -> None:
    strip = getattr(codecs, f"{codec}_encode")(pixels(kind, factor), **options)
    path = tiff(tmp_path / "a.tif", (24, 16), [bits] * 3, RGB, [strip], compression=compression,
                number=3 if kind == "f4" else 1)

    assert is_near(worker.ask(path).pixel(12, 8), (*COLOUR, 255), 2)


def test_jpeg_of_12_bits_in_tiff_may_store_luminance_apart(worker: Client, tmp_path: Path, codecs: Any) -> None:
    strip = codecs.jpeg8_encode(pixels("u2", 16), bitspersample=12, level=98)
    path = tiff(tmp_path / "a.tif", (24, 16), [12] * 3, YCBCR, [strip], compression=JPEG)

    assert is_near(worker.ask(path).pixel(12, 8), (*COLOUR, 255), 2)


@pytest.mark.parametrize(("options", "factor"), [
    ({"bitspersample": 12, "level": 98}, 16), ({"lossless": True, "bitspersample": 16}, 257),
    ({"lossless": True, "bitspersample": 12}, 16),
])
def test_a_jpeg_of_more_than_8_bits_is_opened_whole_small_and_in_part(
    worker: Client, tmp_path: Path, codecs: Any, options: dict[str, object], factor: int,
) -> None:
    path = tmp_path / "a.jpg"
    path.write_bytes(codecs.jpeg8_encode(pixels("u2", factor), **options))

    for answer in (worker.ask(path), worker.ask(path, (12, 12)), worker.ask(path, region=Region(2, 2, 8, 8))):
        assert is_near(answer.pixel(2, 2), (*COLOUR, 255), 2)
    assert worker.ask(path, (12, 12)).size == (12, 8)


def test_webp_in_tiff_that_has_left_out_full_opacity_is_opened(worker: Client, tmp_path: Path, codecs: Any) -> None:
    numpy = import_module("numpy")
    opaque = numpy.concatenate([pixels("u1", 1), numpy.full((16, 24, 1), 255, "u1")], axis=2)
    path = tiff(tmp_path / "a.tif", (24, 16), [8] * 4, RGB, [codecs.webp_encode(opaque, lossless=True)],
                compression=WEBP, more=[(338, 3, [2])])

    assert worker.ask(path).pixel(12, 8) == (*COLOUR, 255)


@pytest.mark.parametrize("compression", [JPEG, JPEG_2000])
def test_another_size_than_the_tags_say_is_damage(
    worker: Client, tmp_path: Path, codecs: Any, compression: int,
) -> None:
    encode = codecs.jpeg8_encode if compression == JPEG else codecs.jpeg2k_encode
    strip = encode(pixels("u2", 16), bitspersample=12)
    path = tiff(tmp_path / "a.tif", (25, 16), [12] * 3, RGB, [strip], compression=compression)

    assert worker.ask(path).reason == "damaged"
    path = tiff(tmp_path / "a.tif", (24, 16), [12] * 3, RGB, [strip[:40]], compression=compression)
    assert worker.ask(path).reason == "damaged"


@pytest.mark.parametrize(("compression", "codec"), [(JPEG_2000, "jpeg2k"), (JPEG_XR, "jpegxr"), (PNG, "png")])
def test_strips_of_which_the_last_is_lower_are_opened_and_tiles_at_the_edge(
    worker: Client, tmp_path: Path, codecs: Any, compression: int, codec: str,
) -> None:
    encode, whole = getattr(codecs, f"{codec}_encode"), pixels("u2", 257)
    tiles = [encode(whole)] * 4
    path = tiff(tmp_path / "a.tif", (30, 20), [16] * 3, RGB, tiles, compression=compression, tile=(24, 16))

    assert is_near(worker.ask(path).pixel(28, 18), (*COLOUR, 255), 2)
    for last in (encode(whole[:4]), encode(whole)):
        path = tiff(tmp_path / "a.tif", (24, 20), [16] * 3, RGB, [encode(whole), last], compression=compression,
                    rows=16)
        assert is_near(worker.ask(path).pixel(12, 18), (*COLOUR, 255), 2)


def test_a_codec_decodes_nothing_larger_than_the_tags_say(worker: Client, tmp_path: Path, codecs: Any) -> None:
    numpy = import_module("numpy")
    bomb = codecs.png_encode(numpy.zeros((8_000, 8_000, 3), "u2"), level=1)
    path = tiff(tmp_path / "a.tif", (24, 16), [16] * 3, RGB, [bomb], compression=PNG)
    before = worker.peak_memory()

    assert worker.ask(path).reason == "damaged"
    assert worker.peak_memory() < before + (100 << 20)


def test_what_is_missing_is_said_with_the_line_that_installs_it(without_codecs: Client, tmp_path: Path) -> None:
    picture = tiff(tmp_path / "a.tif", (8, 8), [8] * 3, RGB, [bytes(192)], compression=JPEG_2000)
    last = without_codecs.ask(picture).last

    assert isinstance(last, Failed)
    assert last.failure.sentence == (
        "This kind of picture (TIFF, RGB, 8 bits a channel, JPEG 2000) needs an addition to Liftoff. "
        "Install it: pip install 'liftoff-viewer[formats]'."
    )


def test_everything_else_is_opened_without_the_addition(without_codecs: Client, tmp_path: Path) -> None:
    path = tiff(tmp_path / "a.tif", (8, 8), [8], GREY, [bytes([100] * 64)])

    assert is_near(without_codecs.ask(path).pixel(2, 2), (100, 100, 100, 255), 0)
