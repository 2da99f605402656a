"""Describes a picture without decoding it: its size, its format, and the texts in its file and in those beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO

from viewer.imaging.protocol.messages import Described
from viewer.imaging.worker.decode import load_whole
from viewer.imaging.worker.formats import format_name, open_image
from viewer.imaging.worker.metadata import drop_excess_metadata, embedded_sources
from viewer.imaging.worker.orientation import orientation_of, oriented_size
from viewer.imaging.worker.side_files import side_sources
from viewer.imaging.worker.text_sources import merged_texts

if TYPE_CHECKING:
    from viewer.imaging.protocol.messages import Identity, Request


def describe(request: Request, file: BinaryIO, identity: Identity) -> Described:
    """What is known of the picture in `file`; raises DecodeError and what parsers raise.

    What somebody wrote into a file beside the picture goes before what is embedded in it: programs that keep such
    files leave the picture as it was.
    """
    image, found = open_image(file, request.limits, request.path)
    size = oriented_size(image.size, orientation_of(image, found))
    if found == "PNG":  # whose texts may follow the pixels, where exiftool writes them
        image = load_whole(image, found, request.limits)
        drop_excess_metadata(image, request.limits.metadata_bytes)
    texts = merged_texts([*side_sources(request.beside), *embedded_sources(image)], request.path)
    return Described(request.serial, *size, format_name(image, found), identity, texts)
