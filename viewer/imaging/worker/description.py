"""Describes a picture without decoding it: its size, its format, and the texts in its file and in those beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO

from viewer.imaging.protocol.messages import Described
from viewer.imaging.worker.decode import load_whole
from viewer.imaging.worker.formats import format_name, open_image
from viewer.imaging.worker.metadata import drop_excess_metadata, texts_of
from viewer.imaging.worker.orientation import orientation_of, oriented_size

if TYPE_CHECKING:
    from viewer.imaging.protocol.messages import Identity, Request


def describe(request: Request, file: BinaryIO, identity: Identity) -> Described:
    """What is known of the picture in `file`; raises DecodeError and what parsers raise."""
    image, found = open_image(file, request.limits, request.path)
    size = oriented_size(image.size, orientation_of(image, found))
    if found == "PNG":  # whose texts may follow the pixels, where exiftool writes them
        image = load_whole(image, found, request.limits)
        drop_excess_metadata(image, request.limits.metadata_bytes)
    return Described(request.serial, *size, format_name(image, found), identity, texts_of(image, request))
