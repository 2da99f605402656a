"""PNG files: corrects what Pillow misreads, and opens files that it refuses for their metadata."""

from __future__ import annotations

import io
from typing import IO, TYPE_CHECKING, Final

if TYPE_CHECKING:
    from PIL.ImageFile import ImageFile

_METADATA_CHUNKS: Final = frozenset([b"tEXt", b"zTXt", b"iTXt", b"iCCP", b"eXIf"])

_TRANSPARENT_GREY: Final = {"L;2": 0x55, "L;4": 0x11}
"""Factors by which Pillow scales grey of 2 and 4 bits to 8, by the name of the tile's layout."""


def correct_transparency(image: ImageFile) -> None:
    """Give the transparent colour (chunk tRNS) of `image`, parsed but not yet decoded, in the range of its pixels.

    Pillow leaves it in the file's own: 0 to 15 where there are 4 bits a channel, to 65535 where it keeps 8 of 16.
    """
    colour = image.info.get("transparency")
    layout = image.tile[0].args if image.tile else None
    if isinstance(colour, int) and layout in _TRANSPARENT_GREY:
        image.info["transparency"] = colour * _TRANSPARENT_GREY[layout] & 0xFF
    elif isinstance(colour, tuple) and layout == "RGB;16B":
        image.info["transparency"] = tuple(channel >> 8 for channel in colour)


def without_metadata_chunks(file: IO[bytes]) -> IO[bytes] | None:
    """A copy of the PNG in `file` without its texts, profile and Exif, or None where it has none of them.

    A text that inflates to gigabytes, or one with a wrong checksum, makes Pillow reject the whole picture.
    """
    file.seek(0)
    kept, dropped = [file.read(8)], False
    while len(start := file.read(8)) == 8:
        size = int.from_bytes(start[:4], "big")
        body = file.read(size + 4)
        if start[4:] in _METADATA_CHUNKS:
            dropped = True
        else:
            kept += [start, body]
        if len(body) < size + 4 or start[4:] == b"IEND":
            break
    return io.BytesIO(b"".join(kept)) if dropped else None
