"""Converts between the client's types and the protocol's: requests to dimensions, replies to pictures."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Final

from PySide6.QtGui import QImage

from viewer.imaging.client.picture import Picture, Place
from viewer.imaging.protocol.messages import LARGEST_SIDE, Box, Region

if TYPE_CHECKING:
    from viewer.imaging.client.picture import PictureRequest
    from viewer.imaging.protocol.messages import Done
    from viewer.imaging.protocol.shared_memory import SharedBuffer

MOST_PIXELS: Final = 128 * 1024 * 1024
"""Pixels asked for at once, at most: half a gigabyte. Larger boxes are reduced to that."""


def can_be_a_path(text: str) -> bool:
    """Whether any file can have this path; a gallery may say anything."""
    try:
        return "\0" not in text and len(os.fsencode(text)) <= 4096  # no system that Liftoff runs on opens a longer one
    except UnicodeEncodeError:
        return False


def bounded(box: Box) -> Box:
    """`box`, or the largest of its shape with at most `MOST_PIXELS`."""
    width, height = (min(max(side, 1), LARGEST_SIDE) for side in box)
    shrink = min(1.0, (MOST_PIXELS / (width * height)) ** 0.5)
    return Box(max(1, int(width * shrink)), max(1, int(height * shrink)))


def dimensions_of(request: PictureRequest) -> tuple[Box, Region | None, int]:
    """The box and region to ask a worker for, and the capacity in bytes for the pixels.

    The box of a region is not bounded: only the region's pixels are transferred.
    """
    if request.region is None:
        box = bounded(request.box)
        return box, None, 4 * box.width * box.height
    box = Box(*(min(max(side, 1), LARGEST_SIDE) for side in request.box))
    x, y = min(max(request.region.x, 0), box.width - 1), min(max(request.region.y, 0), box.height - 1)
    size = bounded(Box(min(request.region.width, box.width - x), min(request.region.height, box.height - y)))
    return box, Region(x, y, *size), 4 * size.width * size.height


def picture_from(done: Done, buffer: SharedBuffer, copy_below: int, region: Region | None = None) -> Picture:
    """The picture in `buffer`, or that `region` of it; copied only if smaller than `copy_below` bytes.

    Otherwise the image uses the shared memory in place, which lives, with its file descriptor, as long as the image.
    """
    pixels = buffer.view[: 4 * done.width * done.height]
    opaque, see_through = QImage.Format.Format_RGB32, QImage.Format.Format_ARGB32_Premultiplied
    image = QImage(pixels, done.width, done.height, 4 * done.width, see_through if done.alpha else opaque)
    if pixels.nbytes < copy_below:
        image = image.copy()
    buffer.close()
    source = Box(done.source_width, done.source_height)
    place = Place(region.x, region.y, Box(*done.whole)) if region is not None and done.whole is not None else None
    return Picture(
        image, source, done.frames, done.duration, done.loops, done.format, done.identity, done.texts, place,
        done.incomplete,
    )
