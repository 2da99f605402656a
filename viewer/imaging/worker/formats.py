"""Which format a file is, by its first bytes alone, and the one parser that gets to see it.

| format    | begins with                                                                    |
|-----------|--------------------------------------------------------------------------------|
| JPEG, MPO | FF D8 FF                                                                       |
| PNG, APNG | 89 P N G CR LF 1A LF                                                           |
| GIF       | GIF87a, GIF89a                                                                 |
| WebP      | RIFF, four bytes, WEBP                                                         |
| TIFF      | II or MM, then 42 or (BigTIFF) 43 in that byte order                           |
| BMP       | BM, and at 14 the size of a header there is                                    |
| AVIF      | at 4 ftyp, with avif or avis among its brands                                  |
| HEIF      | at 4 ftyp, with one of heic heix heim heis hevc hevx hevm hevs mif1 msf1       |

A suffix is never looked at. Only JPEG's parser is loaded from the start, the others when their first file comes:
that makes the start quicker by tens of milliseconds, and no other of Pillow's forty parsers is ever reachable.
"""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from PIL.JpegImagePlugin import jpeg_factory

from viewer.imaging.protocol.limits import DEFAULT
from viewer.imaging.worker.errors import UNPARSABLE, DecodeError
from viewer.imaging.worker.metadata import leave_out_metadata

if TYPE_CHECKING:
    from typing import IO

    from PIL.ImageFile import ImageFile

    from viewer.imaging.protocol.limits import Limits

Format: TypeAlias = Literal["JPEG", "PNG", "GIF", "WEBP", "TIFF", "BMP", "AVIF", "HEIF"]

_WORDY_CHUNKS: Final = frozenset([b"tEXt", b"zTXt", b"iTXt", b"iCCP", b"eXIf"])
_HEIF_BRANDS: Final = frozenset(
    [b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"hevm", b"hevs", b"mif1", b"msf1"]
)
_BMP_HEADERS: Final = frozenset([12, 16, 40, 52, 56, 64, 108, 124])
_MARKER: Final = re.compile(rb"\xff+([\x01-\xcf\xd8-\xfe])")  # neither stuffing nor a restart


def format_of(head: bytes) -> Format | None:
    """The format of a file that begins with `head` (64 bytes are enough), or None."""
    if head.startswith(b"\xff\xd8\xff"):
        return "JPEG"
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return "PNG"
    if head.startswith((b"GIF87a", b"GIF89a")):
        return "GIF"
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return "WEBP"
    if head.startswith((b"II*\0", b"MM\0*", b"II+\0", b"MM\0+")):
        return "TIFF"
    if head.startswith(b"BM") and int.from_bytes(head[14:18], "little") in _BMP_HEADERS:
        return "BMP"
    if head[4:8] == b"ftyp":
        size = min(int.from_bytes(head[:4], "big"), len(head))
        brands = {head[8:12], *(head[at : at + 4] for at in range(16, size, 4))}
        if brands & {b"avif", b"avis"}:
            return "AVIF"
        if brands & _HEIF_BRANDS:
            return "HEIF"
    return None


def open_image(file: IO[bytes], limits: Limits = DEFAULT) -> tuple[ImageFile, Format]:
    """The picture in `file`, its header read and found to be within `limits`, its pixels not yet decoded.

    What metadata is beyond them is left out. Raises DecodeError, or whatever a parser raises at bytes it does not like
    (`refusal.failure_of` knows).
    """
    head = file.read(64)
    found = format_of(head)
    if found is None:
        raise DecodeError("unknown-format", f"it begins with {head[:12].hex(' ')}")
    file.seek(0)
    image = _parse(file, found, limits.scans)
    width, height = image.size
    if width < 1 or height < 1:
        raise DecodeError("damaged", f"{width} x {height} pixels")
    if width > limits.side or height > limits.side:
        raise DecodeError("too-long-a-side", f"{width} x {height} pixels")
    if width * height > limits.pixels:
        raise DecodeError("too-many-pixels", f"{width} x {height} pixels")
    leave_out_metadata(image, limits.metadata_bytes)
    return image, found


def without_words(file: IO[bytes]) -> IO[bytes] | None:
    """A copy of the PNG in `file` less its texts, profile and Exif, or None where it has none of them.

    A text that unpacks to gigabytes, or one with a broken checksum, makes Pillow give up the whole picture.
    """
    file.seek(0)
    kept, dropped = [file.read(8)], False
    while len(start := file.read(8)) == 8:
        size = int.from_bytes(start[:4], "big")
        body = file.read(size + 4)
        if start[4:] in _WORDY_CHUNKS:
            dropped = True
        else:
            kept += [start, body]
        if len(body) < size + 4 or start[4:] == b"IEND":
            break
    return io.BytesIO(b"".join(kept)) if dropped else None


def _parse(file: IO[bytes], found: Format, most_scans: int) -> ImageFile:
    match found:
        case "JPEG":
            _refuse_many_scans(file, most_scans)
            return jpeg_factory(file, "")
        case "PNG":
            from PIL.PngImagePlugin import PngImageFile

            try:
                return PngImageFile(file, "")
            except UNPARSABLE:
                lean = without_words(file)
                if lean is None:
                    raise
                return PngImageFile(lean, "")
        case "GIF":
            from PIL.GifImagePlugin import GifImageFile

            return GifImageFile(file, "")
        case "WEBP":
            from PIL.WebPImagePlugin import WebPImageFile

            return WebPImageFile(file, "")
        case "TIFF":
            from PIL.TiffImagePlugin import TiffImageFile

            return TiffImageFile(file, "")
        case "BMP":
            from PIL.BmpImagePlugin import BmpImageFile

            return BmpImageFile(file, "")
        case "AVIF":
            from PIL.AvifImagePlugin import AvifImageFile

            return AvifImageFile(file, "")
        case "HEIF":
            from pillow_heif import HeifImageFile

            return HeifImageFile(file, "")  # type: ignore[no-untyped-call]  # its constructor has no types


def _refuse_many_scans(file: IO[bytes], most: int) -> None:
    """Leave `file` at its start, or raise DecodeError for a JPEG of more than `most` passes."""
    if _may_have_many_scans(file):
        file.seek(0)
        data = file.read()
        # FF DA can stand in a thumbnail, or behind the picture's end: only where there are many is it worth a walk.
        if data.count(b"\xff\xda") > most and _scans(data, most) > most:
            raise DecodeError("too-many-scans", f"more than {most} scans")
    file.seek(0)


def _may_have_many_scans(file: IO[bytes]) -> bool:
    """Whether the first scan leaves something for others: it is progressive, or has not all the components."""
    file.seek(2)
    components = 0
    while len(start := file.read(4)) == 4:
        if start[0] != 0xFF:
            return True
        if start[1] == 0xFF:  # fill bytes before the marker
            file.seek(-3, io.SEEK_CUR)
            continue
        marker, size = start[1], int.from_bytes(start[2:], "big")
        if marker == 0xDA:
            return file.read(1)[:1] != bytes([components])
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            if marker not in (0xC0, 0xC1):
                return True
            components = file.read(6)[-1]
            file.seek(-6, io.SEEK_CUR)
        file.seek(max(size - 2, 0), io.SEEK_CUR)
    return True


def _scans(data: bytes, most: int) -> int:
    """How many scans there are up to the end of the picture, or one more than `most`."""
    scans, at = 0, 2
    while scans <= most and (marker := _MARKER.search(data, at)):
        at = marker.end()
        if marker[1] == b"\xd9":
            break
        if marker[1] == b"\xda":
            scans += 1
        if marker[1] not in (b"\x01", b"\xd8"):
            at += int.from_bytes(data[at : at + 2], "big")
    return scans
