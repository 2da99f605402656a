"""Canon's later camera raw (CR3): where its boxes keep JPEGs, Exif and XMP.

Sources: ISO/IEC 14496-12, and https://github.com/lclevy/canon_cr3 for Canon's own boxes.
"""

from __future__ import annotations

from typing import IO, TYPE_CHECKING, Final

from viewer.imaging.worker.embedded_jpegs import ORIENTATION, RawFile, Span
from viewer.imaging.worker.raw_exif import exif_of
from viewer.imaging.worker.tiff_directories import TiffReader

if TYPE_CHECKING:
    from viewer.imaging.worker.raw_exif import Part

_BOXES: Final = frozenset([b"moov", b"trak", b"mdia", b"minf", b"stbl"])
_CANON: Final = bytes.fromhex("85c0b687820f11e08111f4ce462b6a48")
_CANON_PREVIEW: Final = bytes.fromhex("eaf42b5e1c984b88b9fbb7dc406e4d16")
_XMP_PACKET: Final = bytes.fromhex("be7acfcb97a942e89c71999491e3afac")
"""Boxes of these identities: tags, a preview, and XMP (ISO 16684-3)."""

_MOST_BOXES: Final = 500


def read_cr3(file: IO[bytes], size: int, most_xmp: int = 0) -> RawFile:
    """What the boxes of Canon's raw file say: a preview, a thumbnail, and a track whose only sample is a JPEG."""
    jpegs: list[Span] = []
    parts: dict[bytes, Part] = {}
    xmp = b""
    sizes: list[int] = []
    waiting, boxes = [Span(0, size)], 0
    while waiting:
        at, length = waiting.pop(0)
        end = at + length
        while at + 8 <= end and boxes < _MOST_BOXES:
            boxes += 1
            file.seek(at)
            head = file.read(40)
            box, name, skip = int.from_bytes(head[:4], "big"), head[4:8], 8
            if box == 1:
                box, skip = int.from_bytes(head[8:16], "big"), 16
            box = box or end - at
            if box < skip or at + box > end:
                break
            content = Span(at + skip, box - skip)
            if name in _BOXES:
                waiting.append(content)
            elif name == b"uuid" and head[skip : skip + 16] == _CANON:
                waiting.append(Span(content.at + 16, content.size - 16))
            elif name == b"uuid" and head[skip : skip + 16] == _CANON_PREVIEW:
                waiting.append(Span(content.at + 24, content.size - 24))
            elif name == b"uuid" and head[skip : skip + 16] == _XMP_PACKET:
                file.seek(content.at + 16)
                xmp = file.read(min(max(content.size - 16, 0), most_xmp))
            elif name == b"PRVW":
                jpegs.append(Span(at + 24, min(int.from_bytes(head[20:24], "big"), box - 24)))
            elif name in (b"CMT1", b"CMT2"):  # TIFFs of their own: the first directory, and that of Exif
                order = ">" if head[skip : skip + 2] == b"MM" else "<"
                reader = TiffReader(file, order, content.at, size=content.at + content.size)
                parts[name] = reader, reader.directory(reader.first_directory())
            elif name == b"stsz":  # version and flags, the size of all samples or 0, their number, and their sizes
                sizes.append(int.from_bytes(head[skip + 4 : skip + 8], "big")
                             or int.from_bytes(head[skip + 12 : skip + 16], "big"))
            elif name in (b"co64", b"stco"):  # version and flags, their number, and where each begins
                width = 8 if name == b"co64" else 4
                start = int.from_bytes(head[skip + 8 : skip + 8 + width], "big")
                if sizes:
                    jpegs.append(Span(start, sizes[-1]))
            at += box
    if b"CMT1" not in parts:
        return RawFile("CR3", tuple(jpegs), is_raw=True, xmp=xmp)
    reader, first = parts[b"CMT1"]
    return RawFile("CR3", tuple(jpegs), True, reader.number(first, ORIENTATION),
                   exif_of((reader, first), parts.get(b"CMT2", (reader, {}))), xmp)
