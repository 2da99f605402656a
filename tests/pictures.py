"""Generates picture files for tests: every format and pixel format that workers decode, and malformed ones.

Every generator takes the path to write and returns it. `quadrants` reveals a picture's orientation; `numbered` encodes
a number in colour blocks, so that a test can tell from pixels which picture is shown (`number_of`).
"""

from __future__ import annotations

import random
import struct
import zlib
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, TypeAlias

from PIL import Image, ImageDraw

if TYPE_CHECKING:
    from pathlib import Path

Rgb: TypeAlias = tuple[int, int, int]
Pixel: TypeAlias = Callable[[int, int], Sequence[int]]
"""The colour at (x, y); of its channels only the first three, red, green and blue, are used."""

RED, GREEN, BLUE, YELLOW = (224, 32, 32), (32, 176, 48), (32, 64, 224), (240, 220, 32)
CORNERS = (RED, GREEN, BLUE, YELLOW)
"""Colours of the upright quadrants: top left, top right, bottom left, bottom right."""

TRANSPOSED_BY_EXIF = {
    2: Image.Transpose.FLIP_LEFT_RIGHT, 3: Image.Transpose.ROTATE_180, 4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE, 6: Image.Transpose.ROTATE_90, 7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_270,
}
"""How a camera transposed a picture that has this orientation (Exif 2.3, tag 274)."""

_BLOCKS_ACROSS, _BLOCKS_DOWN = 4, 3


# Pictures in memory

def solid_image(colour: Rgb = RED, size: tuple[int, int] = (60, 40)) -> Image.Image:
    """An image of one colour."""
    return Image.new("RGB", size, colour)


def quadrants_image(size: tuple[int, int] = (80, 60)) -> Image.Image:
    """Four quadrants in the colours of `CORNERS`."""
    width, height = size
    image = Image.new("RGB", size)
    for colour, (x, y) in zip(CORNERS, ((0, 0), (1, 0), (0, 1), (1, 1)), strict=True):
        image.paste(colour, (x * width // 2, y * height // 2, (x + 1) * width // 2 + x, (y + 1) * height // 2 + y))
    return image


def numbered_image(number: int, size: tuple[int, int] = (600, 400)) -> Image.Image:
    """`number` (0 to 65535) as eight blocks of four colours above a row of four check digits."""
    width, height = size
    image = Image.new("RGB", size)
    draw = ImageDraw.Draw(image)
    for place, digit in enumerate(_digits(number)):
        x, y = place % _BLOCKS_ACROSS, place // _BLOCKS_ACROSS
        draw.rectangle(
            (x * width // _BLOCKS_ACROSS, y * height // _BLOCKS_DOWN,
             (x + 1) * width // _BLOCKS_ACROSS - 1, (y + 1) * height // _BLOCKS_DOWN - 1),
            fill=CORNERS[digit],
        )
    return image


def number_of(pixel: Pixel, width: int, height: int, *, left: int = 0, top: int = 0) -> int | None:
    """The number in that rectangle of pixels, or None where it is not a complete numbered picture."""
    digits = []
    for place in range(_BLOCKS_ACROSS * _BLOCKS_DOWN):
        x, y = place % _BLOCKS_ACROSS, place // _BLOCKS_ACROSS
        seen = pixel(
            left + (2 * x + 1) * width // (2 * _BLOCKS_ACROSS), top + (2 * y + 1) * height // (2 * _BLOCKS_DOWN),
        )
        near = [digit for digit, colour in enumerate(CORNERS) if is_near(seen, colour, 40)]
        if not near:
            return None
        digits.append(near[0])
    number = sum(digit << (2 * place) for place, digit in enumerate(digits[:8]))
    return number if digits == _digits(number) else None


def is_near(seen: Sequence[int], wanted: Sequence[int], tolerance: int = 12) -> bool:
    """Whether red, green and blue are each within `tolerance`."""
    return all(abs(a - b) <= tolerance for a, b in zip(seen[:3], wanted[:3], strict=True))


def photo_image(size: tuple[int, int], seed: int = 1) -> Image.Image:
    """An image with the detail of a photo: gradients and noise, so that it compresses like one."""
    width, height = size
    grains = max(1, width // 4), max(1, height // 4)
    noise = Image.frombytes("L", grains, random.Random(seed).randbytes(grains[0] * grains[1]))
    noise = noise.point([32 + 3 * level // 4 for level in range(256)]).resize(size, Image.Resampling.BICUBIC)
    across = Image.linear_gradient("L").rotate(90 * seed).resize(size)
    down = Image.radial_gradient("L").resize(size)
    return Image.merge("RGB", (noise, Image.blend(across, noise, 0.3), Image.blend(down, noise, 0.5)))


# Files

def solid(path: Path, colour: Rgb = RED, size: tuple[int, int] = (60, 40), **options: Any) -> Path:
    """One colour, in the format of the suffix."""
    return write(solid_image(colour, size), path, **options)


def quadrants(path: Path, size: tuple[int, int] = (80, 60), **options: Any) -> Path:
    """Four quadrants, in the format of the suffix."""
    return write(quadrants_image(size), path, **options)


def numbered(path: Path, number: int, size: tuple[int, int] = (600, 400), **options: Any) -> Path:
    """A numbered picture, in the format of the suffix."""
    return write(numbered_image(number, size), path, **options)


def photo(path: Path, size: tuple[int, int] = (3000, 2000), seed: int = 1, **options: Any) -> Path:
    """A picture with the detail and the file size of a photo."""
    return write(photo_image(size, seed), path, **options)


def write(image: Image.Image, path: Path, **options: Any) -> Path:
    """`image` in the format of the suffix; lossless or nearly so where the format can be."""
    suffix = path.suffix.lower()
    if suffix in {".heic", ".heif"}:
        import pillow_heif  # only these tests need it

        heif = pillow_heif.from_pillow(image)
        fast = {"preset": "ultrafast"}  # a sixth of the time for a third more bytes
        heif.save(path, quality=options.pop("quality", 95), chroma=444, enc_params=fast, **options)
        return path
    defaults: dict[str, dict[str, Any]] = {
        ".jpg": {"quality": 92, "subsampling": 0}, ".webp": {"lossless": True}, ".avif": {"quality": 95, "speed": 10},
        ".mpo": {"quality": 92, "subsampling": 0},
    }
    image.save(path, **(defaults.get(suffix, {}) | options))
    return path


def with_description(words: str) -> bytes:
    """Exif data with a description, as the option `exif` of a file takes it."""
    exif = Image.Exif()
    exif[270] = words
    return exif.tobytes()


def oriented(path: Path, orientation: int, size: tuple[int, int] = (80, 60), **options: Any) -> Path:
    """Quadrants stored in Exif `orientation` (1 to 8): upright only once it is applied."""
    image = quadrants_image(size)
    if orientation in TRANSPOSED_BY_EXIF:
        image = image.transpose(TRANSPOSED_BY_EXIF[orientation])
    if path.suffix.lower() in {".tif", ".tiff"}:
        return write(image, path, tiffinfo={274: orientation}, **options)
    exif = Image.Exif()
    exif[274] = orientation
    return write(image, path, exif=exif.tobytes(), **options)


def animated(
    path: Path, colours: Sequence[Rgb] = (RED, GREEN, BLUE), durations: Sequence[int] = (120, 200, 80),
    loop: int = 0, size: tuple[int, int] = (40, 30),
) -> Path:
    """An animation of solid frames (GIF, WebP, PNG, AVIF by suffix); durations are milliseconds, loop 0: for ever."""
    frames = [solid_image(colour, size) for colour in colours]
    options: dict[str, Any] = {"save_all": True, "append_images": frames[1:], "duration": list(durations)}
    if path.suffix.lower() != ".avif":
        options["loop"] = loop
    return write(frames[0], path, **options)


def pages(path: Path, colours: Sequence[Rgb] = (RED, GREEN)) -> Path:
    """A TIFF of several pages."""
    images = [solid_image(colour) for colour in colours]
    images[0].save(path, save_all=True, append_images=images[1:])
    return path


def cmyk(path: Path, ink: tuple[int, int, int, int] = (0, 255, 255, 0), size: tuple[int, int] = (60, 40)) -> Path:
    """One CMYK colour (255 is full ink), as a JPEG with Adobe's inverted values or a TIFF, without profile."""
    return write(Image.new("CMYK", size, ink), path)


def grey16(path: Path, values: Sequence[int] = (0, 0x4000, 0x8000, 0xFFFF)) -> Path:
    """A 16-bit grey PNG or TIFF of vertical bars 20 pixels wide, 40 high."""
    row = b"".join(struct.pack("<H", value) * 20 for value in values)
    Image.frombytes("I;16", (20 * len(values), 40), row * 40).save(path)
    return path


def png_rgb16(path: Path, colours: Sequence[tuple[int, int, int]]) -> Path:
    """A 16-bit RGB PNG of vertical bars 20 pixels wide, 40 high; values to 65535."""
    row = b"\0" + b"".join(struct.pack(">HHH", *colour) * 20 for colour in colours)
    return png(path, 20 * len(colours), 40, depth=16, colour_type=2, rows=row * 40)


def png(path: Path, width: int, height: int, *, depth: int, colour_type: int, rows: bytes, chunks: bytes = b"") -> Path:
    """A PNG from raw rows, each with its filter byte; `chunks` go before the pixels."""
    header = struct.pack(">IIBBBBB", width, height, depth, colour_type, 0, 0, 0)
    path.write_bytes(
        b"\x89PNG\r\n\x1a\n" + png_chunk(b"IHDR", header) + chunks
        + png_chunk(b"IDAT", zlib.compress(rows)) + png_chunk(b"IEND", b"")
    )
    return path


def black_png(path: Path, width: int, height: int, *, depth: int = 8) -> Path:
    """A black picture in RGB, compressed to a thousandth of its size.

    Made of one compressed block again and again: after a full flush, a block refers to nothing before it (RFC 1951),
    and the checksum of zeros is known (RFC 1950).
    """
    row = 1 + width * 3 * depth // 8
    squeeze = zlib.compressobj(9, wbits=-zlib.MAX_WBITS)
    blocks = [squeeze.compress(bytes(row * rows)) + squeeze.flush(zlib.Z_FULL_FLUSH) for rows in (64, height % 64)]
    rows = b"\x78\xda" + blocks[0] * (height // 64) + blocks[1] + squeeze.flush()
    rows += struct.pack(">HH", row * height % 65_521, 1)
    header = struct.pack(">IIBBBBB", width, height, depth, 2, 0, 0, 0)
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + png_chunk(b"IHDR", header) + png_chunk(b"IDAT", rows)
                     + png_chunk(b"IEND", b""))
    return path


def png_chunk(name: bytes, body: bytes) -> bytes:
    """One chunk of a PNG."""
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def palette(path: Path, *, transparent: bool = True) -> Path:
    """80x60 quadrants in a palette (PNG or GIF); the top left one is transparent, if asked for."""
    image = Image.new("P", (80, 60))
    image.putpalette([channel for colour in CORNERS for channel in colour])
    for index, (x, y) in enumerate(((0, 0), (40, 0), (0, 30), (40, 30))):
        image.paste(index, (x, y, x + 40, y + 30))
    if transparent:
        image.save(path, transparency=0)
    else:
        image.save(path)
    return path


def rgba(path: Path, colour: tuple[int, int, int, int] = (224, 32, 32, 128), size: tuple[int, int] = (60, 40)) -> Path:
    """One colour with alpha."""
    return write(Image.new("RGBA", size, colour), path)


def grey_alpha(path: Path, grey: int = 200, alpha: int = 128, size: tuple[int, int] = (60, 40)) -> Path:
    """One grey with alpha."""
    return write(Image.new("LA", size, (grey, alpha)), path)


def truncated(source: Path, path: Path, *, keep: float | int) -> Path:
    """The beginning of `source`: a fraction of it (a float) or a number of bytes."""
    whole = source.read_bytes()
    path.write_bytes(whole[: int(len(whole) * keep) if isinstance(keep, float) else keep])
    return path


def huge_header(path: Path, width: int = 2_000_000_000, height: int = 2_000_000_000) -> Path:
    """A file of a few bytes whose header claims a gigantic picture: PNG, GIF (sides to 65535) or BMP by suffix."""
    match path.suffix.lower():
        case ".gif":
            screen = struct.pack("<HH", min(width, 65535), min(height, 65535))
            path.write_bytes(
                b"GIF89a" + screen + b"\x80\0\0" + bytes(6) + b"\x2c\0\0\0\0" + screen + b"\0\x02\x02\x4c\x01\0\x3b"
            )
        case ".bmp":
            info = struct.pack("<IiiHHIIiiII", 40, width, height, 1, 24, 0, 0, 2835, 2835, 0, 0)
            path.write_bytes(b"BM" + struct.pack("<IHHI", 54 + 100, 0, 0, 54) + info + bytes(100))
        case _:
            png(path, width, height, depth=8, colour_type=2, rows=bytes(1000))
    return path


def many_scans(path: Path, scans: int = 2000, side: int = 9000) -> Path:
    """A progressive JPEG of empty scans of 10 bytes over a large picture, which cost a decoder seconds."""
    frame = struct.pack(">BHHB", 8, side, side, 1) + b"\x01\x11\x00"
    one_code = bytes([1] + [0] * 15) + b"\0"
    scan = b"\xff\xda" + struct.pack(">H", 8) + b"\x01\x01\x00\x00\x00\x00" + b"\0"
    path.write_bytes(
        b"\xff\xd8" + b"\xff\xdb" + struct.pack(">H", 67) + b"\0" + bytes([1] * 64)
        + b"\xff\xc2" + struct.pack(">H", 2 + len(frame)) + frame
        + b"\xff\xc4" + struct.pack(">H", 3 + len(one_code)) + b"\0" + one_code
        + scan * scans + b"\xff\xd9"
    )
    return path


def _digits(number: int) -> list[int]:
    check = (number * 40503 >> 8 ^ number ^ 0x9C) & 0xFF
    return [number >> (2 * place) & 3 for place in range(8)] + [check >> (2 * place) & 3 for place in range(4)]
