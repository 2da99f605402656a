"""The thumbnail that a camera has embedded in a JPEG's Exif, where it shows the whole picture."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Final

from viewer.imaging.protocol.messages import Box
from viewer.imaging.worker.decode import DecodedPicture, load_scaled
from viewer.imaging.worker.errors import PARSER_ERRORS, DecodeError
from viewer.imaging.worker.formats import open_image
from viewer.imaging.worker.orientation import orientation_of, oriented_size
from viewer.imaging.worker.scaling import fit_size, is_complete, scale_and_convert

if TYPE_CHECKING:
    from PIL.Image import Image
    from PIL.ImageFile import ImageFile

    from viewer.imaging.worker.colour import ColourConverter
    from viewer.imaging.worker.formats import Format

_IFD1: Final = -1
"""Pillow's name for Exif's thumbnail directory."""

_OFFSET, _LENGTH = 513, 514
_EXIF_HEADER: Final = len(b"Exif\0\0")
_LEAST_ROUGH: Final = 120
"""Pixels of the longer side below which a rough thumbnail is of no use."""

_BLACK: Final = 48
"""Of 255: JPEG artefacts make black bars no lighter than this."""


def exif_thumbnail(
    image: ImageFile, found: Format, box: Box, colours: ColourConverter, *, rough: bool,
) -> DecodedPicture | None:
    """The Exif thumbnail of `image` fitted into `box`; None where there is none that will do.

    It must have the picture's proportions and fill the box; a `rough` one may be smaller, and have black bars, which
    are cropped.
    """
    if found != "JPEG":
        return None
    orientation = orientation_of(image, found)
    size = fit_size(image.size, oriented_size(box, orientation))
    try:
        directory = image.getexif().get_ifd(_IFD1)
        at, length = directory[_OFFSET] + _EXIF_HEADER, directory[_LENGTH]
        small, kind = open_image(io.BytesIO(image.info["exif"][at : at + length]))
        if kind != "JPEG":
            return None
        picture: Image = small
        source_box = None
        if is_complete(small.size, image.size, size):
            source_box = load_scaled(small, size)
        elif rough and (cropped := _without_bars(small, image.size)) is not None:
            picture, size = cropped, fit_size(cropped.size, size)
        else:
            return None
        whole = scale_and_convert(picture, size, source_box, orientation, image.info.get("icc_profile"), colours)
    except (DecodeError, *PARSER_ERRORS):
        return None
    return DecodedPicture(whole, Box(*oriented_size(image.size, orientation)))


def _without_bars(small: ImageFile, source: tuple[int, int]) -> Image | None:
    """`small` cropped to the proportions of `source`; None if more than black bars is lost, or little is left.

    By the DCF standard Exif thumbnails have 160 x 120 pixels; cameras fill up other proportions with black.
    """
    (width, height), (across, down) = small.size, fit_size(source, small.size)
    left, top = (width - across) // 2, (height - down) // 2
    if max(across, down) < _LEAST_ROUGH or across * down < width * height // 2:
        return None
    small.load()
    grey = small.convert("L")
    bars = ((0, 0, left - 1, height), (left + across + 1, 0, width, height),
            (0, 0, width, top - 1), (0, top + down + 1, width, height))
    for bar in bars:
        if bar[0] < bar[2] and bar[1] < bar[3] and any(grey.crop(bar).histogram()[_BLACK + 1 :]):
            return None
    return small.crop((left, top, left + across, top + down))
