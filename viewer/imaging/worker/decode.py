"""One picture from its file to the shared memory: at the size that is wanted, upright, in sRGB.

The order is what makes it quick: JPEG scales while decoding (its transform yields 1/2, 1/4 or 1/8 for less), then one
good cheap filter to the exact size, and only then turning and colour, on few pixels.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias

from PIL import Image

from viewer.imaging.limits import DEFAULT
from viewer.imaging.wishes import Box
from viewer.imaging.worker.colour import Colours, workable
from viewer.imaging.worker.formats import open_image, without_words
from viewer.imaging.worker.metadata import leave_out_metadata
from viewer.imaging.worker.orientation import is_sideways, orientation_of, upright
from viewer.imaging.worker.refusal import UNPARSABLE

if TYPE_CHECKING:
    from PIL.ImageFile import ImageFile

    from viewer.imaging.limits import Limits
    from viewer.imaging.worker.formats import Format

Region: TypeAlias = tuple[float, float, float, float]
"""Left, top, right and bottom in pixels, not always whole: JPEG's scaled decoding rounds its size up."""

_GAP: Final = 1.5
"""Above this factor whole pixels are averaged first: as true as what JPEG's own scaling gives, in 46 ms for 77."""

_LARGE: Final = 16_000_000
"""Pixels above which a picture that has to change its form before it can be scaled does so in bands."""

_WORKED_IN_BANDS: Final = frozenset(["1", "P", "PA", "LA", "RGBA", "YCbCr", "I;16"])

_STRIP: Final = 1 << 18
"""Pixels that are packed at a time: what is packed stays in the processor's cache until it is in the frame."""


class Rendered(NamedTuple):
    """A finished picture, RGB or RGBa, and the size of the whole one it was made from, upright."""

    image: Image.Image
    source: Box


def fitted(size: tuple[int, int], box: tuple[int, int]) -> tuple[int, int]:
    """`size` scaled into `box` with its proportions kept and one side filled exactly; never enlarged."""
    (width, height), (across, down) = size, box
    if width <= across and height <= down:
        return width, height
    if width * down >= height * across:
        return across, max(1, min(down, (height * across + width // 2) // width))
    return max(1, min(across, (width * down + height // 2) // height)), down


def render(
    image: ImageFile, found: Format, box: tuple[int, int], colours: Colours, limits: Limits = DEFAULT,
) -> Rendered:
    """Decode `image` (the frame it stands at) into `box`."""
    profile = image.info.get("icc_profile")
    if found in ("JPEG", "HEIF"):
        source, orientation = image.size, orientation_of(image, found)
        size = fitted(source, box[::-1] if is_sideways(orientation) else box)
        region = loaded_small(image, size)
    else:
        image, region = _loaded(image, found, limits), None
        leave_out_metadata(image, limits.metadata_bytes)  # a PNG's may stand behind its pixels
        source, orientation = image.size, orientation_of(image, found)  # a TIFF is turned by now
        size = fitted(source, box[::-1] if is_sideways(orientation) else box)
    upright_source = Box(*(source[::-1] if is_sideways(orientation) else source))
    return Rendered(finished(image, size, region, orientation, profile, colours), upright_source)


def loaded_small(image: ImageFile, size: tuple[int, int]) -> Region | None:
    """Decode `image` no larger than its format can and `size` needs; the part of it that is the picture."""
    drafted = image.draft(image.mode, size)
    image.load()
    return None if drafted is None else drafted[1]


def finished(
    image: Image.Image, size: tuple[int, int], region: Region | None, orientation: int, profile: object,
    colours: Colours,
) -> Image.Image:
    """`image`, decoded, at exactly `size` before it is turned upright, in sRGB, RGB or RGBa."""
    factor = int(min(image.width / size[0], image.height / size[1]) / _GAP)
    if factor > 1 and region is None and image.mode in _WORKED_IN_BANDS and image.width * image.height > _LARGE:
        scaled, region = _averaged(image, factor), (0.0, 0.0, image.width / factor, image.height / factor)
    else:
        scaled = workable(image)
    if scaled.size != size:
        # HAMMING is as sharp as BICUBIC when shrinking and takes the time of BILINEAR (measured: 27 against 46 ms).
        scaled = scaled.resize(size, Image.Resampling.HAMMING, box=region, reducing_gap=_GAP)
    return colours.to_srgb(upright(scaled, orientation), profile)


def _averaged(image: Image.Image, factor: int) -> Image.Image:
    """`image` made workable and averaged over `factor` x `factor` pixels, band by band: never whole in two forms."""
    width, height = image.size
    rows = factor * max(1, _LARGE // 8 // (width * factor))
    whole: Image.Image | None = None
    for top in range(0, height, rows):
        band = workable(image.crop((0, top, width, min(top + rows, height)))).reduce(factor)
        if whole is None:
            whole = Image.new(band.mode, (band.width, -(-height // factor)))
        whole.paste(band, (0, top // factor))
    assert whole is not None
    return whole


def pour(image: Image.Image, memory: memoryview) -> bool:
    """Write the rows of `image` (RGB or RGBa) into `memory` as B, G, R and opacity; True where not all is opaque."""
    width, height = image.size
    transparent = image.mode == "RGBa" and image.getchannel("a").getextrema() != (255, 255)
    rows = max(1, _STRIP // width)
    at = 0
    for top in range(0, height, rows):
        strip = image if rows >= height else image.crop((0, top, width, min(height, top + rows)))
        packed = strip.tobytes("raw", "BGRa") if image.mode == "RGBa" else strip.convert("RGBA").tobytes("raw", "BGRA")
        memory[at : at + len(packed)] = packed
        at += len(packed)
    return transparent


def _loaded(image: ImageFile, found: Format, limits: Limits) -> ImageFile:
    try:
        image.load()
    except UNPARSABLE:
        lean = without_words(image.fp) if found == "PNG" and image.fp is not None and image.tell() == 0 else None
        if lean is None:
            raise
        # Texts may stand behind the pixels too, and what is wrong may have been there.
        image, _ = open_image(lean, limits)
        image.load()
    return image
