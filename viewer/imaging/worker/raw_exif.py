"""Exif of a camera raw file in the form that a JPEG has it: the tags that are shown or obeyed, copied out of it."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING, Final, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Sequence

    from viewer.imaging.worker.tiff_directories import Directory, TiffReader

Part: TypeAlias = "tuple[TiffReader, Directory]"

_TAGS: Final = (
    ((270, 271, 272, 274, 306, 315, 18246, 33432, 40091, 40092, 40093, 40094, 40095), 34665),
    ((33434, 33437, 34855, 36867, 36881, 37386, 37510, 40961), 40965),
    ((1,), 0),
)
"""Tags of the first directory, of Exif's own and of interoperability, each with the tag that leads to the next
(Exif 2.32): what `exif` reads, and the orientation."""

_LONGEST: Final = 20_000
"""Bytes of one tag."""


def exif_of(first: Part, exif: Part) -> bytes:
    """The Exif of a raw file whose `first` directory and whose Exif directory these are."""
    reader, directory = exif
    return _written([first, exif, (reader, reader.branch(directory, _TAGS[1][1]))])


def _written(parts: Sequence[Part]) -> bytes:
    order = parts[0][0].order
    written = (b"II*\0" if order == "<" else b"MM\0*") + struct.pack(order + "I", 8)
    for (reader, directory), (tags, link) in zip(parts, _TAGS, strict=True):
        found = [tag for tag in tags if tag in directory and reader.order == order]
        count = len(found) + bool(link)
        behind = len(written) + 2 + 12 * count + 4
        body, content = struct.pack(order + "H", count), b""
        for tag in found:
            entry, data = directory[tag], reader.content(directory, tag, _LONGEST)
            count = entry.number * len(data) // max(entry.nbytes, 1)
            place = data.ljust(4, b"\0") if len(data) <= 4 else struct.pack(order + "I", behind + len(content))
            content += data + bytes(len(data) % 2) if len(data) > 4 else b""
            body += struct.pack(order + "HHI", tag, entry.kind, count) + place
        if link:
            body += struct.pack(order + "HHII", link, 4, 1, behind + len(content))
        written += body + bytes(4) + content
    return b"Exif\0\0" + written
