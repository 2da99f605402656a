"""One picture from its file to the shared memory: at the size that is wanted, upright, in sRGB.

The order is what makes it quick: JPEG scales while decoding (its transform yields 1/2, 1/4 or 1/8 for less), then one
good cheap filter to the exact size, and only then turning and colour, on few pixels.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias

from PIL import Image

from viewer.imaging.protocol.limits import DEFAULT
from viewer.imaging.protocol.messages import Box, Region
from viewer.imaging.worker.colour import Colours, workable
from viewer.imaging.worker.errors import UNPARSABLE, DecodeError
from viewer.imaging.worker.formats import open_image, without_words
from viewer.imaging.worker.metadata import leave_out_metadata
from viewer.imaging.worker.orientation import is_sideways, orientation_of, stored, upright

if TYPE_CHECKING:
    from PIL.ImageFile import ImageFile

    from viewer.imaging.protocol.limits import Limits
    from viewer.imaging.worker.formats import Format

Area: TypeAlias = tuple[float, float, float, float]
"""Left, top, right and bottom in pixels, not always whole: JPEG's scaled decoding rounds its size up."""

_GAP: Final = 1.5
"""Above this factor whole pixels are averaged first: as true as what JPEG's own scaling gives, in 46 ms for 77."""

_LARGE: Final = 16_000_000
"""Pixels above which a picture that has to change its form before it can be scaled does so in bands."""

_WORKED_IN_BANDS: Final = frozenset(["1", "P", "PA", "LA", "RGBA", "YCbCr", "I;16"])

_STRIP: Final = 1 << 18
"""Pixels that are packed at a time: what is packed stays in the processor's cache until it is in the frame."""


class Rendered(NamedTuple):
    """A finished picture, RGB or RGBa, and the size of the whole one it was made from, upright.

    Where it is a region of the picture fitted into its box, `whole` is the width and height of all of that.
    """

    image: Image.Image
    source: Box
    whole: tuple[int, int] | None = None


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
    region: Region | None = None,
) -> Rendered:
    """Decode `image` (the frame it stands at) into `box`, or just that `region` of what it is in there."""
    profile = image.info.get("icc_profile")
    if found in ("JPEG", "HEIF"):
        source, orientation = image.size, orientation_of(image, found)
        size = fitted(source, box[::-1] if is_sideways(orientation) else box)
        part = _part(region, size, orientation)
        area = loaded_small(image, size, part)
    else:
        image, area = _loaded(image, found, limits), None
        leave_out_metadata(image, limits.metadata_bytes)  # a PNG's may stand behind its pixels
        source, orientation = image.size, orientation_of(image, found)  # a TIFF is turned by now
        size = fitted(source, box[::-1] if is_sideways(orientation) else box)
        part = _part(region, size, orientation)
    if is_sideways(orientation):
        source, size_seen = source[::-1], size[::-1]
    else:
        size_seen = size
    picture = finished(image, size, area, orientation, profile, colours, part)
    return Rendered(picture, Box(*source), None if part is None else size_seen)


def _part(region: Region | None, size: tuple[int, int], orientation: int) -> Region | None:
    """As much as there is of `region`, in the picture of `size` before it is turned upright."""
    if region is None:
        return None
    across, down = size[::-1] if is_sideways(orientation) else size
    width, height = min(region.width, across - region.x), min(region.height, down - region.y)
    if width < 1 or height < 1:
        raise DecodeError("damaged", f"no {region} in {across} x {down} pixels")
    return stored(Region(region.x, region.y, width, height), size, orientation)


def loaded_small(image: ImageFile, size: tuple[int, int], part: Region | None = None) -> Area | None:
    """Decode `image` no larger than its format can and `size` needs; the part of it that is the picture.

    Where it then is of that size, and no more than a `part` is wanted, what is below that stays undecoded if it can.
    """
    drafted = image.draft(image.mode, size)
    if part is not None and image.size == size:
        _load_down_to(image, part.y + part.height)
    else:
        image.load()
    return None if drafted is None else drafted[1]


def _load_down_to(image: ImageFile, rows: int) -> None:
    """Decode no more than the first `rows` rows of a JPEG: 45 % less for the middle of a picture.

    Pillow has its decoder fill a tile; libjpeg, asked to end early, calls that an error after the last row has come.
    So a pattern is laid there first, to tell from a file that really breaks off before it.
    """
    if rows >= image.height or len(image.tile) != 1 or image.tile[0].codec_name != "jpeg":
        image.load()
        return
    last = (0, rows - 1, image.width, rows)
    row = bytes(range(256)) * (image.width * len(image.getbands()) // 256 + 1)
    pattern = Image.frombytes(image.mode, (image.width, 1), row[: image.width * len(image.getbands())])
    image.load_prepare()
    image.im.paste(pattern.im, last)
    image.tile = [image.tile[0]._replace(extents=(0, 0, image.width, rows))]
    try:
        image.load()
    except OSError:
        if image.crop(last).tobytes() == pattern.tobytes():
            raise


def finished(
    image: Image.Image, size: tuple[int, int], area: Area | None, orientation: int, profile: object,
    colours: Colours, part: Region | None = None,
) -> Image.Image:
    """`image`, decoded, at exactly `size` before it is turned upright, or a `part` of that, in sRGB, RGB or RGBa."""
    if part is not None and image.size == size and image.mode not in ("I", "F"):  # what is white there, all of it tells
        image, size, part = image.crop(_edges(part)), (part.width, part.height), None
    factor = int(min(image.width / size[0], image.height / size[1]) / _GAP)
    if factor > 1 and area is None and image.mode in _WORKED_IN_BANDS and image.width * image.height > _LARGE:
        scaled, area = _averaged(image, factor), (0.0, 0.0, image.width / factor, image.height / factor)
    else:
        scaled = workable(image)
    if scaled.size != size:
        # HAMMING is as sharp as BICUBIC when shrinking and takes the time of BILINEAR (measured: 27 against 46 ms).
        scaled = scaled.resize(size, Image.Resampling.HAMMING, box=area, reducing_gap=_GAP)
    if part is not None:
        scaled = scaled.crop(_edges(part))
    return colours.to_srgb(upright(scaled, orientation), profile)


def _edges(part: Region) -> tuple[int, int, int, int]:
    return part.x, part.y, part.x + part.width, part.y + part.height


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
