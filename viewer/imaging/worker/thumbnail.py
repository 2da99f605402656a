"""Makes a thumbnail from the cheapest source: the freedesktop cache, the Exif thumbnail, or the picture itself."""

from __future__ import annotations

import io
import os.path
from typing import TYPE_CHECKING, BinaryIO, Final

from PIL.ExifTags import IFD, Base

from viewer.imaging.protocol.failures import LIMITED, SENTENCES
from viewer.imaging.protocol.messages import Box, Identity, Request
from viewer.imaging.thumbnails import xdg
from viewer.imaging.worker.decode import DecodedPicture, decode_picture, load_scaled
from viewer.imaging.worker.errors import PARSER_ERRORS, DecodeError
from viewer.imaging.worker.formats import Format, format_name, open_image
from viewer.imaging.worker.open_file import OutsideAllowedPathsError, open_picture
from viewer.imaging.worker.orientation import orientation_of, oriented_size
from viewer.imaging.worker.scaling import fit_size, is_complete, scale_and_convert

if TYPE_CHECKING:
    from collections.abc import Callable

    from PIL.Image import Image
    from PIL.ImageFile import ImageFile

    from viewer.imaging.worker.colour import ColourConverter

_LEAST_ROUGH: Final = 120
"""Pixels of the longer side below which a rough thumbnail is of no use."""

_BLACK: Final = 48
"""Of 255: JPEG artefacts make black bars no lighter than this."""


def make_thumbnail(
    request: Request, file: BinaryIO, identity: Identity, colours: ColourConverter, parsed: Callable[[Image], None],
) -> tuple[DecodedPicture, str, bool]:
    """The thumbnail of `file` (`request.path` at version `identity`), its format's name, and whether it was cached.

    `parsed` is called with the picture before it is decoded, if it has to be.
    Raises DecodeError, also where this version of the program has noted a failure for this version of the file, and
    whatever parsers raise.
    """
    root = request.thumbnails
    uri = "" if not root or _is_within(request.path, root) else xdg.file_uri(request.path)
    note = _entry(xdg.fail_path(root, uri), uri, identity) if uri else None
    # The limits may differ now, and so may what is asked for.
    may_differ = {*LIMITED, "damaged"} if request.partial else LIMITED
    if note is not None and (noted := note.info.get(xdg.REASON_KEY)) not in may_differ:
        known = [reason for reason in SENTENCES if reason == noted]
        raise DecodeError(known[0] if known else "damaged", "it failed before and has not changed")
    image, found = open_image(file, request.limits, request.path)
    box = Box(request.width, request.height)
    if uri:
        source = oriented_size(image.size, orientation_of(image, found))
        if (cached := _cached(root, uri, identity, Box(*source), box, colours)) is not None:
            return cached, format_name(image, found), True
    parsed(image)
    picture = (_exif_thumbnail(image, found, box, colours, rough=request.rough)
               or decode_picture(image, found, box, colours, request.limits, partial=request.partial))
    return picture, format_name(image, found), False


def _is_within(path: str, root: str) -> bool:
    """Whether `path` lies in the thumbnail cache itself; no thumbnail is made of a thumbnail."""
    real = os.path.realpath(path)
    return real.startswith(os.path.join(os.path.realpath(root), ""))  # noqa: PTH118  (pathlib's import takes long)


def _cached(
    root: str, uri: str, identity: Identity, source: Box, box: Box, colours: ColourConverter,
) -> DecodedPicture | None:
    """The cached thumbnail from the smallest bucket that is large enough."""
    wanted = fit_size(source, box)
    names = [bucket for bucket, _ in xdg.BUCKETS]
    for bucket in names[names.index(xdg.bucket_for(max(box))) :]:
        entry = _entry(xdg.cache_path(root, uri, bucket), uri, identity)
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
            seconds = int(float(entry.info.get(xdg.MTIME_KEY, "")))
            size = int(entry.info.get(xdg.SIZE_KEY, identity.size))
        except (DecodeError, *PARSER_ERRORS):
            return None
    fits = found == "PNG" and entry.info.get(xdg.URI_KEY) == uri and max(entry.size) <= xdg.BUCKETS[-1][1]
    return entry if fits and seconds == identity.mtime_ns // 1_000_000_000 and size == identity.size else None


def _exif_thumbnail(
    image: ImageFile, found: Format, box: Box, colours: ColourConverter, *, rough: bool,
) -> DecodedPicture | None:
    """The thumbnail that a camera has put into the Exif of `image`, fitted into `box`; None if there is no usable one.

    It must have the picture's proportions and fill the box; a `rough` one may be smaller, and have black bars, which
    are cropped.
    """
    if found != "JPEG":
        return None
    orientation = orientation_of(image, found)
    size = fit_size(image.size, oriented_size(box, orientation))
    try:
        directory = image.getexif().get_ifd(IFD.IFD1)
        at, length = directory[Base.JpegIFOffset] + len(b"Exif\0\0"), directory[Base.JpegIFByteCount]
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
