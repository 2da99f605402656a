"""Decodes one picture from an open file: fitted into a box, upright, sRGB, 8 bits a channel.

JPEG is scaled while decoding (DCT scaling: 1/2, 1/4 or 1/8), then resampled to the exact size; orientation and colour
conversion come last, on few pixels.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from PIL import Image

from viewer.imaging.protocol.limits import DEFAULT, Limits
from viewer.imaging.protocol.messages import Box, Region
from viewer.imaging.worker.errors import PARSER_ERRORS, DecodeError
from viewer.imaging.worker.formats import Format, open_image
from viewer.imaging.worker.metadata import drop_excess_metadata
from viewer.imaging.worker.orientation import orientation_of, oriented_size, stored_region
from viewer.imaging.worker.scaling import SourceBox, fit_size, scale_and_convert

if TYPE_CHECKING:
    from PIL.ImageFile import ImageFile

    from viewer.imaging.worker.colour import ColourConverter

INCOMPLETE: Final = "liftoff_incomplete"
"""Key of `Image.info`: the file breaks off within the picture."""

_CHUNK: Final = 1 << 18
"""Pixels packed at a time, so that packed data stays in the processor's cache until it is copied."""


class DecodedPicture(NamedTuple):
    """Final pixels, RGB or RGBa (premultiplied), and the upright size of the picture in its file.

    Of a region, `whole` is the width and height of the whole picture fitted into its box. An `incomplete` one is grey
    where its file has broken off.
    """

    image: Image.Image
    source_size: Box
    whole: tuple[int, int] | None = None
    incomplete: bool = False


def decode_picture(
    image: ImageFile, found: Format, box: tuple[int, int], colours: ColourConverter, limits: Limits = DEFAULT,
    region: Region | None = None, *, partial: bool = False,
) -> DecodedPicture:
    """Decode the current frame of `image`, fitted into `box` (width and height in pixels), or just a `region` of that.

    With `partial`, a JPEG that breaks off is decoded as far as it goes. Raises DecodeError and what parsers raise.
    """
    profile = image.info.get("icc_profile")
    scales_itself = found in ("JPEG", "HEIF")
    if not scales_itself:
        image = load_whole(image, found, limits)
        drop_excess_metadata(image, limits.metadata_bytes)  # a PNG's may follow the pixels
    source, orientation = image.size, orientation_of(image, found)  # Pillow has applied a TIFF's by now
    size = fit_size(source, oriented_size(box, orientation))
    part = None if region is None else _stored_part(region, size, orientation)
    source_box = load_scaled(image, size, part, partial=partial and found == "JPEG") if scales_itself else None
    picture = scale_and_convert(image, size, source_box, orientation, profile, colours, part)
    whole = None if part is None else oriented_size(size, orientation)
    return DecodedPicture(picture, Box(*oriented_size(source, orientation)), whole, INCOMPLETE in image.info)


def _stored_part(region: Region, size: tuple[int, int], orientation: int) -> Region:
    """`region` clipped to the picture, in the coordinates of the stored picture scaled to `size`."""
    across, down = oriented_size(size, orientation)
    width, height = min(region.width, across - region.x), min(region.height, down - region.y)
    if width < 1 or height < 1:
        raise DecodeError("damaged", f"no {region} in {across} x {down} pixels")
    return stored_region(Region(region.x, region.y, width, height), size, orientation)


def load_scaled(
    image: ImageFile, size: tuple[int, int], part: Region | None = None, *, partial: bool = False,
) -> SourceBox | None:
    """Decode a JPEG by the DCT scale next above `size`; which part of the result is the picture.

    If that is `size` exactly and only a `part` is needed, the rows below it stay undecoded where possible. With
    `partial`, one that breaks off is decoded as far as it goes, and marked by `INCOMPLETE`.
    """
    drafted = image.draft(image.mode, size)
    rows = part.y + part.height if part is not None and image.size == size else image.height
    try:
        _load_rows(image, rows)
    except OSError:
        if not partial:
            raise
        from viewer.imaging.worker.broken_off import load_as_ended

        load_as_ended(image, lambda: _load_rows(image, rows))
        image.info[INCOMPLETE] = True
    return None if drafted is None else drafted[1]


def _load_rows(image: ImageFile, rows: int) -> None:
    """Decode only the first `rows` rows of a JPEG: 45 % less time for the middle of a picture.

    Done by shrinking Pillow's tile. libjpeg reports the early end as an error after the last row has been written; to
    tell it from a file that is truncated above it, that row is filled with a pattern first.
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


def load_whole(image: ImageFile, found: Format, limits: Limits) -> ImageFile:
    """Decode all of `image`, or all that can be of a PNG with a damaged part behind its pixels; returns that."""
    try:
        image.load()
    except PARSER_ERRORS:
        from viewer.imaging.worker.png import repaired

        # In a PNG the error may come from a chunk behind the pixels.
        file = image.fp if found == "PNG" and image.tell() == 0 else None
        for copy in repaired(file) if file is not None else ():
            try:
                image, _ = open_image(copy, limits)
                image.load()
            except PARSER_ERRORS:
                continue
            return image
        raise
    return image


def write_pixels(image: Image.Image, memory: memoryview) -> bool:
    """Write the rows of `image` (RGB or RGBa) into `memory` as BGRX or BGRA; whether any pixel is transparent."""
    width, height = image.size
    transparent = image.mode == "RGBa" and image.getchannel("a").getextrema() != (255, 255)
    rows = max(1, _CHUNK // width)
    at = 0
    for top in range(0, height, rows):
        chunk = image if rows >= height else image.crop((0, top, width, min(height, top + rows)))
        packed = chunk.tobytes("raw", "BGRa") if image.mode == "RGBa" else chunk.convert("RGBA").tobytes("raw", "BGRA")
        memory[at : at + len(packed)] = packed
        at += len(packed)
    return transparent
