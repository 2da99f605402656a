"""Mutation fuzzing of picture files: random damage to valid files of every format, reproducible by seed."""

from __future__ import annotations

import random
import struct
from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

from PIL import Image

from tests import camera_raw_files, pictures, raw_pictures
from tests.colour_numbers import BT_2020, HLG, PQ, coded

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

_SIZE: Final = (96, 64)
_DISPLAY_P3: Final = (31270, 32900, 68000, 32000, 26500, 69000, 15000, 6000)
"""White, red, green and blue as cHRM has them: x and y in hundred thousandths."""
_EXTREMES: Final = (0, 1, 2, 0x7F, 0x80, 0xFF)


def write_seeds(folder: Path) -> list[Path]:
    """Write valid pictures of every format, and of variants that decoders treat differently, into `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    photo = pictures.photo_image(_SIZE)
    exif = Image.Exif()
    exif[274], exif[270] = 6, "a caption"
    return [
        pictures.write(photo, folder / "baseline.jpg", quality=80),
        pictures.write(photo, folder / "progressive.jpg", quality=80, progressive=True),
        pictures.write(photo, folder / "restarts.jpg", quality=80, restart_marker_rows=1),
        pictures.write(photo, folder / "metadata.jpg", quality=80, exif=exif.tobytes(), comment=b"words" * 20),
        pictures.write(photo.convert("L"), folder / "grey.jpg", quality=80),
        pictures.cmyk(folder / "cmyk.jpg"),
        pictures.write(photo, folder / "colour.png"),
        pictures.palette(folder / "palette.png"),
        pictures.grey16(folder / "grey16.png"),
        pictures.rgba(folder / "alpha.png", size=_SIZE),
        pictures.animated(folder / "moving.png"),
        pictures.animated(folder / "moving.gif"),
        pictures.write(photo.quantize(32), folder / "still.gif"),
        pictures.write(photo, folder / "lossless.webp"),
        pictures.write(photo, folder / "lossy.webp", lossless=False, quality=70, exif=exif.tobytes()),
        pictures.animated(folder / "moving.webp"),
        pictures.write(photo, folder / "plain.tif"),
        pictures.write(photo, folder / "packed.tif", compression="tiff_lzw"),
        pictures.write(photo, folder / "jpeg.tif", compression="jpeg"),
        pictures.pages(folder / "pages.tif"),
        pictures.write(photo, folder / "plain.bmp"),
        pictures.write(photo.quantize(16), folder / "palette.bmp"),
        raw_pictures.tiff(folder / "planes.tif", (8, 8), [16] * 3, raw_pictures.RGB, [b"\x12\x34" * 64] * 3, planes=2),
        raw_pictures.tiff(folder / "ten.tif", (9, 8), [10] * 3, raw_pictures.RGB, [bytes(range(256)) + bytes(24)]),
        raw_pictures.tiff(folder / "deep.tif", (8, 8), [32] * 4, raw_pictures.CMYK, [bytes(range(256)) * 4],
                          compression=raw_pictures.LZW, more=[(317, 3, [2])]),
        raw_pictures.tiff(folder / "float.tif", (8, 8), [32] * 3, raw_pictures.RGB, [struct.pack("<192f", *range(192))],
                          number=3, compression=raw_pictures.DEFLATE, more=[(317, 3, [3])]),
        raw_pictures.tiff(folder / "half.tif", (20, 20), [16] * 4, raw_pictures.RGB, [bytes(range(256)) * 8] * 4,
                          number=3, order=">", tile=(16, 16), more=[(338, 3, [1])]),
        raw_pictures.tiff(folder / "lab.tif", (8, 8), [16] * 3, raw_pictures.LAB, [bytes(range(128))] * 3, planes=2),
        raw_pictures.bigtiff(folder / "big.tif", (8, 8), [8] * 3, raw_pictures.RGB, bytes(range(192)), order=">",
                             compression=1),
        raw_pictures.bmp(folder / "fields.bmp", 9, 7, 32, raw_pictures.BIT_FIELDS, bytes(range(252)),
                         struct.pack("<3I", 0xFF00000, 0xFF00, 0xFF)),
        raw_pictures.bmp(folder / "runs.bmp", 5, 3, 4, raw_pictures.RLE4, b"\5\x12\0\0\0\5\x12\x34\x50\0\0\2\1\0\0\1",
                         bytes(range(64))),
        pictures.png(folder / "numbers.png", 8, 8, depth=8, colour_type=2, rows=(b"\0" + bytes(range(24))) * 8,
                     chunks=pictures.png_chunk(b"gAMA", bytes(4)) + pictures.png_chunk(b"cICP", bytes((9, 16, 0, 1)))),
        pictures.png(folder / "points.png", 8, 8, depth=8, colour_type=2, rows=(b"\0" + bytes(range(24))) * 8,
                     chunks=pictures.png_chunk(b"gAMA", (45455).to_bytes(4, "big"))
                     + pictures.png_chunk(b"cHRM", struct.pack(">8I", *_DISPLAY_P3))),
        pictures.write(photo.quantize(16), folder / "palette.tif"),
        pictures.write(photo, folder / "plain.avif", quality=70),
        pictures.oriented(folder / "turned.avif", 5, _SIZE),  # by the boxes irot and imir
        coded(folder / "pq.avif", (148, 148, 148), BT_2020, PQ),
        coded(folder / "hlg.avif", (128, 128, 128), BT_2020, HLG),
        coded(folder / "pq.heic", (148, 148, 148), BT_2020, PQ),
        pictures.write(photo, folder / "plain.heic", quality=70),
        _without_numbers(pictures.write(photo, folder / "stream.avif", quality=70)),
        _without_numbers(pictures.write(photo, folder / "stream.heic", quality=70)),
        *camera_raw_files.small_ones(folder),
        *_by_codecs(folder),
    ]


def _without_numbers(path: Path) -> Path:
    """`path`, in which only the coded stream still says what the colours are."""
    path.write_bytes(path.read_bytes().replace(b"colrnclx", b"freenclx"))
    return path


def _by_codecs(folder: Path) -> list[Path]:
    """Pictures that need the package imagecodecs, if it is installed: workers open them by it."""
    try:
        codecs: Any = import_module("imagecodecs")
    except ImportError:
        return []
    deep = import_module("numpy").arange(16 * 24 * 3).astype("u2").reshape(16, 24, 3)
    (folder / "deep.jpg").write_bytes(codecs.jpeg8_encode(deep, bitspersample=12))
    (folder / "lossless.jpg").write_bytes(codecs.jpeg8_encode(deep, bitspersample=16, lossless=True))
    strips = {7: codecs.jpeg8_encode(deep, bitspersample=12), 34712: codecs.jpeg2k_encode(deep, level=0),
              50002: codecs.jpegxl_encode(deep), 22610: codecs.jpegxr_encode(deep), 34887: codecs.lerc_encode(deep),
              34933: codecs.png_encode(deep)}
    return [folder / "deep.jpg", folder / "lossless.jpg", *(
        raw_pictures.tiff(folder / f"codec{number}.tif", (24, 16), [12 if number == 7 else 16] * 3, raw_pictures.RGB,
                          [strip], compression=number)
        for number, strip in strips.items()
    )]


def write_mutants(seeds: list[Path], folder: Path, count: int, seed: int) -> list[Path]:
    """`count` mutants of `seeds` in turn, named by number, kind of mutation and parent; equal for an equal `seed`."""
    folder.mkdir(parents=True, exist_ok=True)
    whole = [path.read_bytes() for path in seeds]
    written = []
    for number in range(count):
        rng = random.Random(f"{seed}/{number}")
        parent = seeds[number % len(seeds)]
        kind = rng.choice(tuple(MUTATIONS))
        data = bytearray(whole[number % len(seeds)])
        for _ in range(rng.choice((1, 1, 1, 2, 4))):
            data = MUTATIONS[kind](data, rng, whole)
        path = folder / f"{number:06d}-{kind}-{parent.name}"
        path.write_bytes(data)
        written.append(path)
    return written


def _flip(data: bytearray, rng: random.Random, _: list[bytes]) -> bytearray:
    for _turn in range(rng.choice((1, 2, 8, 32))):
        if data:
            data[rng.randrange(len(data))] ^= 1 << rng.randrange(8)
    return data


def _extreme(data: bytearray, rng: random.Random, _: list[bytes]) -> bytearray:
    for _turn in range(rng.choice((1, 2, 4))):
        if data:
            data[rng.randrange(len(data))] = rng.choice(_EXTREMES)
    return data


def _header(data: bytearray, rng: random.Random, _: list[bytes]) -> bytearray:
    """Make a 16- or 32-bit number near the beginning, where sizes and lengths are, huge, tiny or negative."""
    if len(data) < 8:
        return data
    width = rng.choice((2, 4))
    at = rng.randrange(min(len(data) - width, 220) or 1)
    value = rng.choice((0, 1, 0x7FFF, 0x8000, 0xFFFF, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF, rng.getrandbits(32)))
    data[at : at + width] = (value % (1 << 8 * width)).to_bytes(width, rng.choice(("big", "little")))
    return data


def _truncate(data: bytearray, rng: random.Random, _: list[bytes]) -> bytearray:
    return data[: rng.randrange(len(data) + 1)]


def _drop(data: bytearray, rng: random.Random, _: list[bytes]) -> bytearray:
    at = rng.randrange(len(data) + 1)
    del data[at : at + rng.choice((1, 2, 7, 64, 512))]
    return data


def _insert(data: bytearray, rng: random.Random, _: list[bytes]) -> bytearray:
    at = rng.randrange(len(data) + 1)
    data[at:at] = rng.randbytes(rng.choice((1, 2, 7, 64, 512)))
    return data


def _repeat(data: bytearray, rng: random.Random, _: list[bytes]) -> bytearray:
    at, length = rng.randrange(len(data) + 1), rng.choice((4, 32, 200))
    data[at:at] = data[at : at + length] * rng.choice((1, 8, 50))
    return data


def _blank(data: bytearray, rng: random.Random, _: list[bytes]) -> bytearray:
    at, length = rng.randrange(len(data) + 1), rng.choice((4, 32, 200))
    data[at : at + length] = bytes([rng.choice(_EXTREMES)]) * len(data[at : at + length])
    return data


def _swap(data: bytearray, rng: random.Random, _: list[bytes]) -> bytearray:
    length = rng.choice((4, 32, 200))
    if len(data) > 2 * length:
        a, b = sorted(rng.sample(range(len(data) - length), 2))
        data[a : a + length], data[b : b + length] = data[b : b + length], data[a : a + length]
    return data


def _splice(data: bytearray, rng: random.Random, others: list[bytes]) -> bytearray:
    """Join the beginning of one picture and the end of another."""
    other = rng.choice(others)
    return data[: rng.randrange(len(data) + 1)] + other[rng.randrange(len(other) + 1) :]


MUTATIONS: Final[dict[str, Callable[[bytearray, random.Random, list[bytes]], bytearray]]] = {
    "flip": _flip, "extreme": _extreme, "header": _header, "truncate": _truncate, "drop": _drop, "insert": _insert,
    "repeat": _repeat, "blank": _blank, "swap": _swap, "splice": _splice,
}
"""Mutations by name. Each takes the bytes, the random generator and all valid files."""
