"""Hundreds of kinds of picture file as ImageMagick writes them, and how it shows each."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
from itertools import product
from typing import TYPE_CHECKING, Final, NamedTuple

from PIL import Image

from tests import icc_profiles

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SIZE: Final = (40, 30)
"""Width and height of each picture, in pixels."""

_ORIENTATIONS: Final = (
    "TopLeft", "TopRight", "BottomRight", "BottomLeft", "LeftTop", "RightTop", "RightBottom", "LeftBottom",
)
_WITHOUT_SMALL_DEPTHS: Final = ("TrueColor", "TrueColorMatte", "GrayscaleMatte", "ColorSeparation")
_TYPES: Final = (*_WITHOUT_SMALL_DEPTHS, "Grayscale", "Palette", "Bilevel")


class Kind(NamedTuple):
    """A kind of file: its suffix, and the options of `convert` that write it."""

    suffix: str
    options: tuple[str, ...]
    prefix: str = ""

    @property
    def is_transparent(self) -> bool:
        """Whether it is written from a picture with an alpha channel."""
        return any(option.endswith("Matte") or option in ("png:color-type=4", "png:color-type=6", "alpha")
                   for option in self.options)

    def __str__(self) -> str:
        return " ".join((self.prefix + self.suffix, *self.options))


def kinds(profiles: dict[str, Path]) -> list[Kind]:
    """All kinds; `profiles` are files, the first of which is sRGB."""
    return [*_tiff(), *_png(), *_bmp(), *_jpeg(), *_others(), *_with_profiles(profiles)]


def _tiff() -> Iterator[Kind]:
    depths = {"Bilevel": (1,), "Palette": (1, 2, 4, 8), "Grayscale": (1, 2, 4, 8, 12, 16, 32)}
    for type_ in _TYPES:
        for depth, order, planes, compression in product(
            depths.get(type_, (8, 12, 16, 32)), ("lsb", "msb"), ("None", "Plane"), ("None", "LZW", "Zip", "RLE"),
        ):
            if (type_, depth) == ("GrayscaleMatte", 12):
                continue  # ImageMagick 6 writes them well, but reads them as if of 16 bits
            colours = ("-colors", str(1 << depth)) if type_ == "Palette" else ()
            yield Kind(".tif", (*colours, "-type", type_, "-depth", str(depth), "-define", f"tiff:endian={order}",
                                "-interlace", planes, "-compress", compression))
    for bits, order in product(("8", "16"), ("lsb", "msb")):
        layout = ("-depth", bits, "-define", f"tiff:endian={order}")
        yield Kind(".tif", (*layout, "-define", "tiff:tile-geometry=16x16"))
        yield Kind(".tif", (*layout, "-type", "Grayscale", "-define", "quantum:polarity=min-is-white"))
        yield Kind(".tif", layout, "TIFF64:")
    yield Kind(".tif", ("-compress", "JPEG"))
    yield Kind(".tif", ("-depth", "32", "-define", "quantum:format=floating-point"))


def _png() -> Iterator[Kind]:
    depths = {"0": (1, 2, 4, 8, 16), "3": (1, 2, 4, 8)}
    for colours in ("0", "2", "3", "4", "6"):
        for depth, gamma, rows in product(depths.get(colours, (8, 16)), ("", "1.0", "0.45455"), ("None", "Line")):
            fewer = ("-colors", str(1 << depth)) if depth < 8 else ()
            yield Kind(".png", (*fewer, "-define", f"png:color-type={colours}", "-define", f"png:bit-depth={depth}",
                                "-interlace", rows, *(("-set", "gamma", gamma) if gamma else ())))


def _bmp() -> Iterator[Kind]:
    for version, type_, compression in product(("BMP2:", "BMP3:", "BMP:"), _TYPES, ("None", "RLE")):
        yield Kind(".bmp", ("-type", type_, "-compress", compression), version)


def _jpeg() -> Iterator[Kind]:
    for type_, sampling, passes in product(
        ("TrueColor", "Grayscale", "ColorSeparation"), ("1x1", "2x1", "2x2", "4x1", "1x2"), ("None", "JPEG"),
    ):
        yield Kind(".jpg", ("-type", type_, "-sampling-factor", sampling, "-interlace", passes, "-quality", "95"))


def _others() -> Iterator[Kind]:
    for orientation, suffix in product(_ORIENTATIONS, (".jpg", ".tif")):
        yield Kind(suffix, ("-orient", orientation, "-quality", "95"))
    for lossless, type_ in product(("true", "false"), ("TrueColor", "TrueColorMatte")):
        yield Kind(".webp", ("-define", f"webp:lossless={lossless}", "-quality", "95", "-type", type_))
    for rows in ("None", "GIF"):
        yield Kind(".gif", ("-interlace", rows))
    for depth, suffix in product(("8", "10", "12"), (".avif", ".heic")):
        yield Kind(suffix, ("-depth", depth, "-quality", "95"))


def _with_profiles(profiles: dict[str, Path]) -> Iterator[Kind]:
    srgb, *others = profiles.values()
    for profile, suffix in product((srgb, *others), (".jpg", ".png", ".tif", ".webp")):
        yield Kind(suffix, ("-profile", str(srgb), "-profile", str(profile), "-quality", "95"))


def write_profiles(folder: Path) -> dict[str, Path]:
    """ICC profiles, sRGB first, as files in `folder`."""
    primaries = icc_profiles.SRGB_PRIMARIES
    contents = {
        "sRGB": _srgb(), "linear": icc_profiles.rgb_profile(primaries, 1.0, "sRGB linear by name"),
        "steep": icc_profiles.rgb_profile(primaries, 1.8, "sRGB"), "wide": icc_profiles.rgb_profile(),
    }
    for name, content in contents.items():
        (folder / f"{name}.icc").write_bytes(content)
    return {name: folder / f"{name}.icc" for name in contents}


def _srgb() -> bytes:
    from PIL import ImageCms

    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


def write_sources(folder: Path) -> None:
    """The picture that every file is made of, opaque and with alpha."""
    across, down = SIZE
    picture = Image.new("RGBA", SIZE)
    picture.putdata([
        (x * 255 // (across - 1), y * 255 // (down - 1), (x * 7 + y * 5) % 256, 255 if x < 20 else 255 - y * 8)
        for y in range(down) for x in range(across)
    ])
    picture.save(folder / "alpha.png")
    picture.convert("RGB").save(folder / "opaque.png")


def write(kind: Kind, folder: Path, number: int) -> Path | None:
    """A file of this `kind`, made of the sources in `folder`; None where this ImageMagick cannot write it."""
    source = folder / ("alpha.png" if kind.is_transparent else "opaque.png")
    path = folder / f"{number}{kind.suffix}"
    _convert(source, *kind.options, f"{kind.prefix}{path}")
    return path if path.exists() else None


def shown_by_imagemagick(path: Path, srgb: Path) -> Image.Image | None:
    """The picture in `path` as ImageMagick shows it, RGBA with 8 bits a channel; None where it does not."""
    shown = _convert(f"{path}[0]", "-auto-orient", "-profile", srgb, "-colorspace", "sRGB", "-depth", "8", "PNG32:-")
    return Image.open(io.BytesIO(shown)).convert("RGBA") if shown else None


def _convert(*arguments: Path | str) -> bytes:
    """What `convert` writes to its standard output."""
    one_thread = {**os.environ, "MAGICK_THREAD_LIMIT": "1"}  # for pictures so small, more take longer
    return subprocess.run(["convert", *arguments], capture_output=True, check=False, env=one_thread).stdout


def is_installed() -> bool:
    """Whether ImageMagick's `convert` is there."""
    return shutil.which("convert") is not None
