"""Camera raw files: finds the largest JPEG that the camera embedded, which is shown in place of the sensor's data."""

from __future__ import annotations

import io
from typing import IO, TYPE_CHECKING, Final, NamedTuple

from viewer.camera_raw_formats import RAW_ENDINGS, UNNAMED_RAW
from viewer.imaging.worker.cr3 import read_cr3
from viewer.imaging.worker.embedded_jpegs import Span, read_raf, read_tiff
from viewer.imaging.worker.errors import DecodeError
from viewer.imaging.worker.jpeg_header import frame_size

if TYPE_CHECKING:
    from PIL.ImageFile import ImageFile

_LEAST: Final = 640
"""Pixels of the longer side below which an embedded JPEG is a thumbnail and no preview: cameras embed 160 x 120 as
thumbnails, and nothing larger before 640 x 480."""

_LARGEST: Final = 128 << 20
"""Bytes of an embedded JPEG; those of 100 megapixels have about 50 MB."""

_LONGEST_XMP: Final = 1 << 20
"""Bytes, beyond which no packet is parsed (`xmp`)."""

_RAF, _CR3 = b"FUJIFILMCCD-RAW", b"ftypcrx "
_LIKE_TIFF: Final = {b"IIU\0": "RW2", b"IIRO": "ORF", b"IIRS": "ORF", b"MMOR": "ORF"}
"""How kinds begin that are TIFFs but for that."""


class Preview(NamedTuple):
    """The JPEG embedded in a raw file of some `kind`, and the Exif and XMP of the raw file, as far as there are any.

    `is_oriented` says that this Exif has an orientation, which then counts instead of the JPEG's own.
    """

    kind: str
    jpeg: IO[bytes]
    exif: bytes
    xmp: bytes
    is_oriented: bool

    def describe(self, image: ImageFile) -> None:
        """Give `image`, which is this JPEG, what the raw file says of it."""
        info = image.info
        if self.exif and (self.is_oriented or "exif" not in info):
            info["exif"] = self.exif
            image.getexif().load(self.exif)  # Pillow may have parsed the JPEG's own
        if self.xmp:
            info.setdefault("xmp", self.xmp)


def find_preview(file: IO[bytes], head: bytes, ending: str, most_metadata: int) -> Preview | None:
    """The preview in `file`, which begins with `head` and whose name ends in `ending` (in small letters, no dot).

    None for a TIFF like any other. Raises DecodeError for camera raw that has no preview.
    """
    size, most_xmp = file.seek(0, io.SEEK_END), min(most_metadata, _LONGEST_XMP)
    if head.startswith(_RAF):
        raw = read_raf(file)
    elif head[4:12] == _CR3:
        raw = read_cr3(file, size, most_xmp)
    else:
        raw = read_tiff(file, size, _LIKE_TIFF.get(head[:4], ""), most_xmp)
    if not raw.is_raw and ending not in RAW_ENDINGS:
        return None
    kind = raw.kind or (ending if ending in RAW_ENDINGS else UNNAMED_RAW).upper()
    found = _largest(file, size, raw.jpegs)
    if not raw.is_raw and max(raw.page) >= _LEAST and (found is None or raw.page >= found[0]):
        return None  # named like camera raw, but its first page is the picture
    if found is None:
        raise DecodeError("unsupported", f"camera raw ({kind}) without a preview of a useful size")
    file.seek(found[1].at)
    jpeg = io.BytesIO(file.read(found[1].size))
    return Preview(kind, jpeg, raw.exif, raw.xmp, 1 <= raw.orientation <= 8)


def _largest(file: IO[bytes], size: int, spans: tuple[Span, ...]) -> tuple[tuple[int, int], Span] | None:
    """Width, height and place of the largest JPEG among `spans`; one that the file cuts off only where all are."""
    found = []
    for at, length in dict.fromkeys(spans):
        if not (0 < at < size and 0 < length <= _LARGEST):
            continue
        pixels = frame_size(file, at, min(at + length, size))
        if pixels is not None and max(pixels) >= _LEAST:
            found.append((at + length <= size, pixels[0] * pixels[1], pixels, Span(at, length)))
    return max(found)[2:] if found else None
