"""PNG files: corrects what Pillow misreads, and opens files that it refuses for their metadata."""

from __future__ import annotations

import io
import struct
import zlib
from typing import IO, TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PIL.ImageFile import ImageFile

_METADATA_CHUNKS: Final = frozenset([b"tEXt", b"zTXt", b"iTXt", b"iCCP", b"eXIf"])
_ANIMATION_CHUNKS: Final = frozenset([b"acTL", b"fcTL", b"fdAT"])

_LEAST_SIZES: Final = {b"gAMA": 4, b"cHRM": 32, b"sRGB": 1, b"pHYs": 9}
_LEAST_TRANSPARENCY: Final = {0: 2, 2: 6}
"""Bytes that chunks have at least, and of tRNS by the number of the picture's kind of colours (grey, RGB)."""

_GAMMA_OF_SRGB: Final = 1 / 2.2
_LEAST_GAMMA, _GREATEST_GAMMA = 0.1, 10.0
"""Beyond them all but black, or all but white, would be one colour: nobody has meant that."""

_MOST_CHUNKS: Final = 100
"""Among which cICP is looked for."""

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


def profile_by_chunks(image: ImageFile, file: IO[bytes]) -> bytes | None:
    """An ICC profile for what the chunks cICP, or gAMA and cHRM, of `image` in `file` say; None for sRGB.

    By the PNG specification (third edition, section 4.3) the first of cICP, iCCP, sRGB and the two others counts.
    """
    info = image.info
    codes = _codes(file)
    if codes is not None:
        from viewer.imaging.worker.colour_space import profile_by_codes

        return profile_by_codes(codes[0], codes[1])
    if "icc_profile" in info or "srgb" in info or not ("gamma" in info or "chromaticity" in info):
        return None
    from viewer.imaging.worker.colour_space import SRGB, Chromaticities, profile_by_gamma

    gamma = info.get("gamma", _GAMMA_OF_SRGB)
    if not _LEAST_GAMMA <= gamma <= _GREATEST_GAMMA:
        gamma = _GAMMA_OF_SRGB
    pairs = zip(*[iter(info["chromaticity"])] * 2, strict=True) if "chromaticity" in info else SRGB
    try:
        return profile_by_gamma(gamma, Chromaticities(*pairs))
    except (ArithmeticError, ValueError, struct.error):  # primaries that make no sense
        return profile_by_gamma(gamma)


def _codes(file: IO[bytes]) -> bytes | None:
    """The content of the chunk cICP before the pixels in `file`, whose position stays as it is: 4 numbers of H.273."""
    here = file.tell()
    try:
        file.seek(8)
        for _ in range(_MOST_CHUNKS):
            start = file.read(8)
            size = int.from_bytes(start[:4], "big")
            if start[4:] == b"cICP" and size == 4:
                codes = file.read(4)
                return codes if len(codes) == 4 else None
            if len(start) < 8 or start[4:] == b"IDAT":
                break
            file.seek(size + 4, io.SEEK_CUR)
        return None
    finally:
        file.seek(here)


def repaired(file: IO[bytes]) -> Iterator[IO[bytes]]:
    """Copies of the PNG in `file` that Pillow may open where it refuses the file itself, the fullest first.

    The first lacks the ancillary chunks with a wrong checksum, and those that are too short (their name begins with a
    small letter: a picture can be shown without them; those of an animation are kept). The second lacks texts, profile
    and Exif as well: a text that inflates to gigabytes makes Pillow reject the whole picture. A copy that lacks nothing
    is left out.
    """
    end = file.seek(0, io.SEEK_END)
    file.seek(0)
    signature, chunks, sound, least = file.read(8), [], [], _LEAST_SIZES
    while len(start := file.read(8)) == 8:
        name, size = start[4:], int.from_bytes(start[:4], "big")
        body = file.read(min(size + 4, end))  # the size may be a lie, for which memory would be allocated
        chunk = name, start + body
        chunks.append(chunk)
        if name == b"IHDR":
            least = {**_LEAST_SIZES, b"tRNS": _LEAST_TRANSPARENCY.get(body[9], 0)} if len(body) > 9 else least
        is_needed = not name[0] & 0x20 or name in _ANIMATION_CHUNKS
        is_sound = zlib.crc32(body[:-4], zlib.crc32(name)) == int.from_bytes(body[-4:], "big")
        if is_needed or (is_sound and size >= least.get(name, 0)):
            sound.append(chunk)
        if len(body) < size + 4 or name == b"IEND":
            break
    bare = [chunk for chunk in sound if chunk[0] not in _METADATA_CHUNKS]
    for fuller, kept in ((chunks, sound), (sound, bare)):
        if len(kept) < len(fuller):
            yield io.BytesIO(b"".join((signature, *(content for _, content in kept))))
