"""Decides which pixels an enlarged view requests: first the region that is looked at, then what lies around it."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

from viewer.imaging.protocol.messages import Box, Region

if TYPE_CHECKING:
    from viewer.imaging.client.picture import Picture, PictureRequest

WHOLE_PIXELS: Final = 32_000_000
"""What is requested after the region: all of an enlarged picture of at most so many pixels, else as many around the
region. A third more than 24 megapixels; 128 MB in memory."""


class Enlargement:
    """Size and visible region of the enlarged picture, and which requests they make necessary.

    `size` is what the whole picture is enlarged to, in device pixels, `region` the part of that in view; both None
    in a fitted view. `held` is the request of the region that is displayed.
    """

    def __init__(self) -> None:
        self.size: Box | None = None
        self.region: Region | None = None
        self.held: PictureRequest | None = None

    def set(self, size: Box | None = None, region: Region | None = None) -> bool:
        """Look at the picture in another way. Says whether it is another way."""
        before = self.size, self.region
        self.size, self.region = size, region
        return (size, region) != before

    def box(self, viewport: Box, picture: Picture | None) -> Box:
        """The box that the picture is wanted sharp in; never larger than the file, where that is known."""
        if self.size is None or picture is None:
            return self.size or viewport
        return Box(min(self.size.width, picture.source.width), min(self.size.height, picture.source.height))

    def first_request(self, whole: PictureRequest, picture: Picture | None) -> PictureRequest | None:
        """The request of the region before that of the `whole`, or in its place; None where it is not worth its while:
        before a smaller `picture` is displayed, for an animation, and for half of a picture or more.
        """
        region = self.region
        if region is None or picture is None or picture.frames > 1 or whole.box != self.size:
            return None
        return whole._replace(region=region) if 2 * region.width * region.height <= _pixels(whole.box) else None

    def next_requests(self, request: PictureRequest) -> list[PictureRequest] | None:
        """What to request when `request`, of a region, has come; None: what is requested already."""
        if self.region is None or request.region is None:
            return None
        if request.region == self.region:
            whole = _pixels(request.box) <= WHOLE_PIXELS
            return [request._replace(region=None if whole else widened(self.region, request.box))]
        return [] if request.region.contains(self.region) else None

    def is_held(self, request: PictureRequest) -> bool:
        """Whether the displayed region contains that of `request`, at the same size."""
        held = self.held
        return (held is not None and held.box == request.box and held.region is not None
                and request.region is not None and held.region.contains(request.region))


def widened(region: Region, box: Box) -> Region:
    """`region` of a picture of size `box` with as much around it as makes `WHOLE_PIXELS`, evenly to all sides."""
    x, y, width, height = region
    more = max(0, int(math.sqrt((width - height) ** 2 + 4 * WHOLE_PIXELS) - width - height) // 4)
    left, top = max(0, x - more), max(0, y - more)
    return Region(left, top, min(x + width + more, box.width) - left, min(y + height + more, box.height) - top)


def _pixels(box: Box) -> int:
    return box.width * box.height
