"""Makes a thumbnail from the cheapest source: the freedesktop cache, the Exif thumbnail, or the picture itself."""

from __future__ import annotations

import io
import os.path
from typing import TYPE_CHECKING, Final

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
from viewer.imaging.worker.decode import DecodedPicture, decode_picture
from viewer.imaging.worker.errors import PARSER_ERRORS, DecodeError
from viewer.imaging.worker.exif_thumbnail import exif_thumbnail
from viewer.imaging.worker.formats import open_image
from viewer.imaging.worker.open_file import OutsideAllowedPathsError, open_picture
from viewer.imaging.worker.orientation import orientation_of, oriented_size
from viewer.imaging.worker.scaling import fit_size, is_complete

if TYPE_CHECKING:
    from typing import BinaryIO

    from PIL.ImageFile import ImageFile

    from viewer.imaging.protocol.messages import Identity, Request
    from viewer.imaging.worker.colour import ColourConverter
    from viewer.imaging.worker.formats import Format

_LARGEST_SIDE: Final = BUCKETS[-1][1]


def make_thumbnail(
    request: Request, file: BinaryIO, identity: Identity, colours: ColourConverter,
) -> tuple[DecodedPicture, Format, bool]:
    """The thumbnail of `file` (`request.path` at version `identity`), its format, and whether it was cached.

    Raises DecodeError, also where this version of the program has noted a failure for this version of the file, and
    whatever parsers raise.
    """
    root = request.thumbnails
    uri = "" if not root or _is_within(request.path, root) else file_uri(request.path)
    if uri:
        _raise_noted_failure(root, uri, identity)
    image, found = open_image(file, request.limits)
    box = Box(request.width, request.height)
    if uri:
        source = oriented_size(image.size, orientation_of(image, found))
        if (cached := _cached(root, uri, identity, Box(*source), box, colours)) is not None:
            return cached, found, True
    picture = (exif_thumbnail(image, found, box, colours, rough=request.rough)
               or decode_picture(image, found, box, colours, request.limits))
    return picture, found, False


def _is_within(path: str, root: str) -> bool:
    """Whether `path` lies in the thumbnail cache itself; no thumbnail is made of a thumbnail."""
    real = os.path.realpath(path)
    return real.startswith(os.path.join(os.path.realpath(root), ""))  # noqa: PTH118  (pathlib's import takes long)


def _raise_noted_failure(root: str, uri: str, identity: Identity) -> None:
    note = _entry(fail_path(root, uri), uri, identity)
    if note is not None and note.info.get(REASON_KEY) not in LIMITED:  # the limits may differ now
        known = [reason for reason in SENTENCES if reason == note.info.get(REASON_KEY)]
        raise DecodeError(known[0] if known else "damaged", "it failed before and has not changed")


def _cached(
    root: str, uri: str, identity: Identity, source: Box, box: Box, colours: ColourConverter,
) -> DecodedPicture | None:
    """The cached thumbnail from the smallest bucket that is large enough."""
    wanted = fit_size(source, box)
    names = [bucket for bucket, _ in BUCKETS]
    for bucket in names[names.index(bucket_for(max(box))) :]:
        entry = _entry(cache_path(root, uri, bucket), uri, identity)
        if entry is not None and is_complete(entry.size, source, wanted):
            try:
                return DecodedPicture(decode_picture(entry, "PNG", wanted, colours).image, source)
            except PARSER_ERRORS:  # a broken thumbnail counts as none
                continue
    return None


def _entry(path: str, uri: str, identity: Identity) -> ImageFile | None:
    """The PNG at `path` if its texts name `uri` and this version of it."""
    try:
        file, _ = open_picture(path)
    except (OSError, OutsideAllowedPathsError, DecodeError):
        return None
    with file:
        try:
            entry, found = open_image(io.BytesIO(file.read()))
            seconds = int(float(entry.info.get(MTIME_KEY, "")))
            size = int(entry.info.get(SIZE_KEY, identity.size))
        except (DecodeError, *PARSER_ERRORS):
            return None
    fits = found == "PNG" and entry.info.get(URI_KEY) == uri and max(entry.size) <= _LARGEST_SIDE
    return entry if fits and seconds == identity.mtime_ns // 1_000_000_000 and size == identity.size else None
