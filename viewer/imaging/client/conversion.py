"""Before a request and after it: what can be asked for, and the picture made of what came back."""

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
"""No more than so many are asked for at once: half a gigabyte. Boxes with more room are taken to be smaller."""

LONGEST_PATH: Final = 4096
"""Bytes; no system that Liftoff runs on opens a longer one."""


def can_be_a_path(text: str) -> bool:
    """Whether a file can have this name at all; a gallery from elsewhere may say anything."""
    try:
        return "\0" not in text and len(os.fsencode(text)) <= LONGEST_PATH
    except UnicodeEncodeError:
        return False


def bounded(box: Box) -> Box:
    """`box`, or one of its shape that is not too large to ask for."""
    width, height = (min(max(side, 1), LARGEST_SIDE) for side in box)
    shrink = min(1.0, (MOST_PIXELS / (width * height)) ** 0.5)
    return Box(max(1, int(width * shrink)), max(1, int(height * shrink)))


def dimensions_of(request: PictureRequest) -> tuple[Box, Region | None, int]:
    """What to ask for: the box, the region in it if not all is wanted, and the bytes that the pixels may take.

    A region is of the box that was wished, however large that is: only the region is carried over.
    """
    if request.region is None:
        box = bounded(request.box)
        return box, None, 4 * box.width * box.height
    box = Box(*(min(max(side, 1), LARGEST_SIDE) for side in request.box))
    x, y = min(max(request.region.x, 0), box.width - 1), min(max(request.region.y, 0), box.height - 1)
    size = bounded(Box(min(request.region.width, box.width - x), min(request.region.height, box.height - y)))
    return box, Region(x, y, *size), 4 * size.width * size.height


def picture_from(done: Done, buffer: SharedBuffer, copy_below: int, region: Region | None = None) -> Picture:
    """The picture in `buffer`, or that `region` of it: in place, so that millions of pixels need not be copied.

    The image keeps the memory, and the memory its file descriptor, for as long as anyone has a copy of the image.
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
    )
