"""Paints test pictures: every kind a worker must read, and broken ones, each into a file of the test's own.

Every painter takes the path to write and returns it. `quadrants` shows which way up a picture is; `numbered` carries
its number as colour blocks, so that a test can read from pixels alone which picture is on the glass (`number_of`).
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
"""Reads the colour at (x, y); more than three channels may come, only red, green and blue are looked at."""

RED, GREEN, BLUE, YELLOW = (224, 32, 32), (32, 176, 48), (32, 64, 224), (240, 220, 32)
CORNERS = (RED, GREEN, BLUE, YELLOW)
"""The quadrants as they are to be seen: top left, top right, bottom left, bottom right."""

TRANSPOSED_BY_EXIF = {
    2: Image.Transpose.FLIP_LEFT_RIGHT, 3: Image.Transpose.ROTATE_180, 4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE, 6: Image.Transpose.ROTATE_90, 7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_270,
}
"""What happened to the picture in a camera that noted this orientation (Exif 2.3, tag 274)."""

_BLOCKS_ACROSS, _BLOCKS_DOWN = 4, 3


# Pictures in memory

def solid_image(colour: Rgb = RED, size: tuple[int, int] = (60, 40)) -> Image.Image:
    """One colour."""
    return Image.new("RGB", size, colour)


def quadrants_image(size: tuple[int, int] = (80, 60)) -> Image.Image:
    """Four corners in the four colours of `CORNERS`."""
    width, height = size
    image = Image.new("RGB", size)
    for colour, (x, y) in zip(CORNERS, ((0, 0), (1, 0), (0, 1), (1, 1)), strict=True):
        image.paste(colour, (x * width // 2, y * height // 2, (x + 1) * width // 2 + x, (y + 1) * height // 2 + y))
    return image


def numbered_image(number: int, size: tuple[int, int] = (600, 400)) -> Image.Image:
    """`number` (0 to 65535) as eight blocks of four colours above a row of four that check them."""
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
    """The number of the picture seen in that rectangle, or None when it is not (wholly) a numbered picture."""
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
    """Something with the detail of a photo: gradients under noise, so that it compresses like one."""
    width, height = size
    grains = max(1, width // 4), max(1, height // 4)
    noise = Image.frombytes("L", grains, random.Random(seed).randbytes(grains[0] * grains[1]))  # the same every time
    noise = noise.point([32 + 3 * level // 4 for level in range(256)]).resize(size, Image.Resampling.BICUBIC)
    across = Image.linear_gradient("L").rotate(90 * seed).resize(size)
    down = Image.radial_gradient("L").resize(size)
    return Image.merge("RGB", (noise, Image.blend(across, noise, 0.3), Image.blend(down, noise, 0.5)))


# Files

def solid(path: Path, colour: Rgb = RED, size: tuple[int, int] = (60, 40), **options: Any) -> Path:
    """One colour in whatever format the suffix says."""
    return write(solid_image(colour, size), path, **options)


def quadrants(path: Path, size: tuple[int, int] = (80, 60), **options: Any) -> Path:
    """Four corners in four colours, in whatever format the suffix says."""
    return write(quadrants_image(size), path, **options)


def numbered(path: Path, number: int, size: tuple[int, int] = (600, 400), **options: Any) -> Path:
    """A numbered slide in whatever format the suffix says."""
    return write(numbered_image(number, size), path, **options)


def photo(path: Path, size: tuple[int, int] = (3000, 2000), seed: int = 1, **options: Any) -> Path:
    """A picture with the detail and the file size of a photo."""
    return write(photo_image(size, seed), path, **options)


def write(image: Image.Image, path: Path, **options: Any) -> Path:
    """`image` in the format that the suffix says; lossless or nearly so where the format can."""
    suffix = path.suffix.lower()
    if suffix in {".heic", ".heif"}:
        import pillow_heif  # only these tests need it

        heif = pillow_heif.from_pillow(image)
        heif.save(path, quality=options.pop("quality", 95), chroma=444, **options)
        return path
    defaults: dict[str, dict[str, Any]] = {
        ".jpg": {"quality": 92, "subsampling": 0}, ".webp": {"lossless": True}, ".avif": {"quality": 95},
        ".mpo": {"quality": 92, "subsampling": 0},
    }
    image.save(path, **(defaults.get(suffix, {}) | options))
    return path


def oriented(path: Path, orientation: int, size: tuple[int, int] = (80, 60), **options: Any) -> Path:
    """Quadrants as a camera held in `orientation` (1 to 8) writes them: right side up only once it is applied."""
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
    """One mixture of inks (255 is full), as a JPEG with Adobe's inverted values or a TIFF; no profile."""
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
    """One colour with its opacity."""
    return write(Image.new("RGBA", size, colour), path)


def grey_alpha(path: Path, grey: int = 200, alpha: int = 128, size: tuple[int, int] = (60, 40)) -> Path:
    """One grey with its opacity."""
    return write(Image.new("LA", size, (grey, alpha)), path)


def truncated(source: Path, path: Path, *, keep: float | int) -> Path:
    """The beginning of `source`: a share of it (a float) or so many bytes."""
    whole = source.read_bytes()
    path.write_bytes(whole[: int(len(whole) * keep) if isinstance(keep, float) else keep])
    return path


def huge_header(path: Path, width: int = 2_000_000_000, height: int = 2_000_000_000) -> Path:
    """A file of a few bytes whose header promises a gigantic picture: PNG, GIF (sides to 65535) or BMP by suffix."""
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
    """A progressive JPEG of 10 bytes a scan that costs a decoder seconds: empty passes over a large picture."""
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


# Colour profiles

SRGB_PRIMARIES = ((0.43607, 0.22249, 0.01392), (0.38515, 0.71687, 0.09708), (0.14307, 0.06061, 0.71410))
ADOBE_RGB_PRIMARIES = ((0.60974, 0.31111, 0.01947), (0.20528, 0.62567, 0.06087), (0.14919, 0.06322, 0.74457))
"""Colorants of red, green and blue as XYZ relative to D50, as they stand in the profiles of those names."""


def rgb_profile(
    primaries: Sequence[tuple[float, float, float]] = ADOBE_RGB_PRIMARIES, gamma: float = 2.2, name: str = "Test RGB",
) -> bytes:
    """A matrix profile for RGB (ICC.1:2001). With the primaries in another order the channels come out swapped."""
    tags = {b"desc": _description(name), b"cprt": b"text\0\0\0\0none\0", b"wtpt": _xyz(0.9642, 1.0, 0.8249)}
    for channel, primary in zip(b"rgb", primaries, strict=True):
        tags[bytes([channel]) + b"XYZ"] = _xyz(*primary)
        tags[bytes([channel]) + b"TRC"] = _curve(gamma)
    return _profile(b"RGB ", tags)


def grey_profile(gamma: float = 1.0) -> bytes:
    """A profile for grey pictures: its value to the power of `gamma` is the light."""
    return _profile(b"GRAY", {
        b"desc": _description("Test grey"), b"cprt": b"text\0\0\0\0none\0", b"wtpt": _xyz(0.9642, 1.0, 0.8249),
        b"kTRC": _curve(gamma),
    })


def ink_profile() -> bytes:
    """A profile for four inks, all of which are grey: two of four in full make a middle one (a `lut8` to Lab)."""
    even = bytes(range(256))
    corners = b"".join(
        bytes([255 - 255 * sum(corner >> ink & 1 for ink in range(4)) // 4, 128, 128]) for corner in range(16)
    )
    matrix = struct.pack(">9i", 65536, 0, 0, 0, 65536, 0, 0, 0, 65536)
    table = b"mft1\0\0\0\0" + bytes([4, 3, 2, 0]) + matrix + even * 4 + corners + even * 3
    return _profile(b"CMYK", {
        b"desc": _description("Test inks"), b"cprt": b"text\0\0\0\0none\0", b"wtpt": _xyz(0.9642, 1.0, 0.8249),
        b"A2B0": table,
    }, kind=b"prtr", connection=b"Lab ")


def _profile(
    space: bytes, tags: dict[bytes, bytes], *, kind: bytes = b"mntr", connection: bytes = b"XYZ ",
) -> bytes:
    offset = 128 + 4 + 12 * len(tags)
    table, body = struct.pack(">I", len(tags)), b""
    for name, content in tags.items():
        padded = content + bytes(-len(content) % 4)
        table += name + struct.pack(">II", offset + len(body), len(content))
        body += padded
    header = struct.pack(">I4sI4s4s4s12s4s", offset + len(body), b"\0\0\0\0", 0x02200000, kind, space, connection,
                         bytes(12), b"acsp")
    header += bytes(68 - len(header)) + struct.pack(">iii", 0xF6D6, 0x10000, 0xD32D)
    return header + bytes(128 - len(header)) + table + body


def _xyz(x: float, y: float, z: float) -> bytes:
    return b"XYZ \0\0\0\0" + struct.pack(">iii", *(round(part * 65536) for part in (x, y, z)))


def _curve(gamma: float) -> bytes:
    return b"curv\0\0\0\0" + struct.pack(">IH", 1, round(gamma * 256))


def _description(name: str) -> bytes:
    words = name.encode("ascii") + b"\0"
    return b"desc\0\0\0\0" + struct.pack(">I", len(words)) + words + bytes(4 + 4 + 2 + 1 + 67)


def _digits(number: int) -> list[int]:
    check = (number * 40503 >> 8 ^ number ^ 0x9C) & 0xFF
    return [number >> (2 * place) & 3 for place in range(8)] + [check >> (2 * place) & 3 for place in range(4)]
