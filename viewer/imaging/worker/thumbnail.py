"""A small picture from wherever it is quickest: the desktop's cache, the camera's own thumbnail, or the file itself."""

from __future__ import annotations

import io
import os.path
from typing import TYPE_CHECKING, Final, NamedTuple

from viewer.imaging.protocol.failures import LIMITED, SENTENCES
from viewer.imaging.protocol.messages import Box
from viewer.imaging.thumbnails.xdg import (
    BUCKETS,
    MTIME_KEY,
    REASON_KEY,
    SIZE_KEY,
    URI_KEY,
    bucket_for,
    cache_path,
    fail_path,
    file_uri,
)
from viewer.imaging.worker.decode import Rendered, finished, fitted, loaded_small, render
from viewer.imaging.worker.errors import UNPARSABLE, DecodeError
from viewer.imaging.worker.formats import open_image
from viewer.imaging.worker.open_file import OutsideError, open_picture
from viewer.imaging.worker.orientation import is_sideways, orientation_of

if TYPE_CHECKING:
    from typing import BinaryIO

    from PIL.Image import Image
    from PIL.ImageFile import ImageFile

    from viewer.imaging.protocol.messages import Identity, Request
    from viewer.imaging.worker.colour import Colours
    from viewer.imaging.worker.formats import Format

_THUMBNAIL_DIRECTORY: Final = -1
"""What Pillow calls the second of Exif's directories."""

_THUMBNAIL_AT, _THUMBNAIL_SIZE = 513, 514
_EXIF_HEADER: Final = len(b"Exif\0\0")
_LEAST_ROUGH: Final = 120
"""Pixels of the longer side: what is smaller would be no help."""

_BLACK: Final = 48
"""Of 255: what JPEG makes of black beside a picture is no darker."""


class Thumbnail(NamedTuple):
    """A small picture, the format of the file it stands for, and whether another program had made it already."""

    picture: Rendered
    format: Format
    from_cache: bool


def thumbnail(request: Request, file: BinaryIO, identity: Identity, colours: Colours) -> Thumbnail:
    """The thumbnail of `file`, which is `request.path` at version `identity`.

    Raises DecodeError, also where this version of this program has failed on this version of the file before, and
    whatever
    parsers raise.
    """
    root = request.thumbnails
    uri = "" if not root or _is_within(request.path, root) else file_uri(request.path)
    if uri:
        _refuse_what_failed_before(root, uri, identity)
    image, found = open_image(file, request.limits)
    box = Box(request.width, request.height)
    if uri and (cached := _cached(root, uri, identity, _upright_size(image, found), box, colours)):
        return Thumbnail(cached, found, from_cache=True)
    picture = (_embedded(image, found, box, colours, rough=request.rough)
               or render(image, found, box, colours, request.limits))
    return Thumbnail(picture, found, from_cache=False)


def _is_within(path: str, root: str) -> bool:
    """Whether `path` is itself a thumbnail, of which none is ever made."""
    real = os.path.realpath(path)
    return real.startswith(os.path.join(os.path.realpath(root), ""))  # noqa: PTH118  (pathlib's import takes long)


def _refuse_what_failed_before(root: str, uri: str, identity: Identity) -> None:
    note = _entry(fail_path(root, uri), uri, identity)
    if note is not None and note.info.get(REASON_KEY) not in LIMITED:  # of which this start may have others
        known = [reason for reason in SENTENCES if reason == note.info.get(REASON_KEY)]
        raise DecodeError(known[0] if known else "damaged", "it failed before and has not changed")


def _cached(
    root: str, uri: str, identity: Identity, source: Box, box: Box, colours: Colours,
) -> Rendered | None:
    """The picture from the smallest folder that has it large enough."""
    wanted = fitted(source, box)
    names = [bucket for bucket, _ in BUCKETS]
    for bucket in names[names.index(bucket_for(max(box))) :]:
        entry = _entry(cache_path(root, uri, bucket), uri, identity)
        if entry is not None and _serves(entry.size, source, wanted):
            try:
                return Rendered(render(entry, "PNG", wanted, colours).image, source)
            except UNPARSABLE:  # a broken thumbnail: as if it were not there
                continue
    return None


def _entry(path: str, uri: str, identity: Identity) -> ImageFile | None:
    """The PNG at `path`, if it is one and speaks of this version of the picture at `uri`."""
    try:
        file, _ = open_picture(path)
    except (OSError, OutsideError, DecodeError):
        return None
    with file:
        try:
            entry, found = open_image(io.BytesIO(file.read()))
            seconds = int(float(entry.info.get(MTIME_KEY, "")))
            size = int(entry.info.get(SIZE_KEY, identity.size))
        except (DecodeError, *UNPARSABLE):
            return None
    fits = found == "PNG" and entry.info.get(URI_KEY) == uri and max(entry.size) <= BUCKETS[-1][1]
    return entry if fits and seconds == identity.mtime_ns // 1_000_000_000 and size == identity.size else None


def _embedded(image: ImageFile, found: Format, box: Box, colours: Colours, *, rough: bool) -> Rendered | None:
    """The thumbnail that a camera put into its JPEG, if it shows all of the picture, and is large enough or may be
    `rough`.
    """
    if found != "JPEG":
        return None
    orientation = orientation_of(image, found)
    size = fitted(image.size, box[::-1] if is_sideways(orientation) else box)
    try:
        directory = image.getexif().get_ifd(_THUMBNAIL_DIRECTORY)
        at, length = directory[_THUMBNAIL_AT] + _EXIF_HEADER, directory[_THUMBNAIL_SIZE]
        small, kind = open_image(io.BytesIO(image.info["exif"][at : at + length]))
        if kind != "JPEG":
            return None
        if _serves(small.size, image.size, size):
            area = loaded_small(small, size)
            whole = finished(small, size, area, orientation, image.info.get("icc_profile"), colours)
        elif rough and (part := _without_bars(small, image.size)) is not None:
            size = fitted(part.size, size)
            whole = finished(part, size, None, orientation, image.info.get("icc_profile"), colours)
        else:
            return None
    except (DecodeError, *UNPARSABLE):
        return None
    return Rendered(whole, _upright_size(image, found))


def _without_bars(small: ImageFile, source: tuple[int, int]) -> Image | None:
    """What of `small` has the shape of `source`; None where it is not all of that picture, or next to nothing.

    Cameras make every thumbnail 160 x 120 (the DCF standard has it so), and leave black what the picture does not fill.
    """
    (width, height), (across, down) = small.size, fitted(source, small.size)
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


def _serves(small: tuple[int, int], source: tuple[int, int], wanted: tuple[int, int]) -> bool:
    """Whether a picture of size `small` is all of `source` (no black bars, not turned) and has what is `wanted`."""
    if small[0] < wanted[0] or small[1] < wanted[1]:
        return False
    return abs(small[0] * source[1] - small[1] * source[0]) <= max(source[0], source[1])


def _upright_size(image: ImageFile, found: Format) -> Box:
    size = image.size
    return Box(*(size[::-1] if is_sideways(orientation_of(image, found)) else size))
