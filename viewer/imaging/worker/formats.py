"""Format detection by signature, and opening a file with that one Pillow plug-in.

| format    | signature                                                                      |
|-----------|--------------------------------------------------------------------------------|
| JPEG, MPO | FF D8 FF                                                                       |
| PNG, APNG | 89 P N G CR LF 1A LF                                                           |
| GIF       | GIF87a, GIF89a                                                                 |
| WebP      | RIFF, four bytes, WEBP                                                         |
| TIFF      | II or MM, then 42 or (BigTIFF) 43 in that byte order                           |
| BMP       | BM, and at 14 the size of a known header                                       |
| AVIF      | at 4 ftyp, with avif or avis among its brands                                  |
| HEIF      | at 4 ftyp, with one of heic heix heim heis hevc hevx hevm hevs mif1 msf1       |

File name suffixes are ignored. JPEG's plug-in is imported at start-up, each other one when its first file comes, which
saves tens of milliseconds; no other of Pillow's some forty plug-ins is reachable.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from PIL.JpegImagePlugin import jpeg_factory

from viewer.imaging.protocol.limits import DEFAULT
from viewer.imaging.worker.errors import PARSER_ERRORS, DecodeError
from viewer.imaging.worker.jpeg_scans import has_more_scans
from viewer.imaging.worker.metadata import drop_excess_metadata

if TYPE_CHECKING:
    from typing import IO

    from PIL.ImageFile import ImageFile

    from viewer.imaging.protocol.limits import Limits

Format: TypeAlias = Literal["JPEG", "PNG", "GIF", "WEBP", "TIFF", "BMP", "AVIF", "HEIF"]

_METADATA_CHUNKS: Final = frozenset([b"tEXt", b"zTXt", b"iTXt", b"iCCP", b"eXIf"])
_HEIF_BRANDS: Final = frozenset(
    [b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"hevm", b"hevs", b"mif1", b"msf1"]
)
_BMP_HEADERS: Final = frozenset([12, 16, 40, 52, 56, 64, 108, 124])


def format_of(head: bytes) -> Format | None:
    """The format of a file that begins with `head` (64 bytes suffice), or None."""
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
    """The picture in `file`, its header parsed and within `limits`, its pixels not yet decoded.

    Metadata beyond the limits is dropped. Raises DecodeError and whatever parsers raise (`errors.failure_of`).
    """
    head = file.read(64)
    found = format_of(head)
    if found is None:
        raise DecodeError("unknown-format", f"signature {head[:12].hex(' ')}")
    file.seek(0)
    image = _parse(file, found, limits.scans)
    width, height = image.size
    if width < 1 or height < 1:
        raise DecodeError("damaged", f"{width} x {height} pixels")
    if width > limits.side or height > limits.side:
        raise DecodeError("too-long-a-side", f"{width} x {height} pixels")
    if width * height > limits.pixels:
        raise DecodeError("too-many-pixels", f"{width} x {height} pixels")
    drop_excess_metadata(image, limits.metadata_bytes)
    return image, found


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


def _parse(file: IO[bytes], found: Format, most_scans: int) -> ImageFile:
    match found:
        case "JPEG":
            if has_more_scans(file, most_scans):
                raise DecodeError("too-many-scans", f"more than {most_scans} scans")
            file.seek(0)
            return jpeg_factory(file, "")
        case "PNG":
            from PIL.PngImagePlugin import PngImageFile

            try:
                return PngImageFile(file, "")
            except PARSER_ERRORS:
                stripped = without_metadata_chunks(file)
                if stripped is None:
                    raise
                return PngImageFile(stripped, "")
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
