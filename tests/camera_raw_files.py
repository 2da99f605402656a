"""Camera raw files written byte by byte, each laid out as its maker's cameras do, with JPEGs of a test's own inside.

Sources: DNG 1.7, ISO/IEC 14496-12, and what ExifTool's documentation says of each maker's tags. What a sensor saw is
noise: nothing reads it.
"""

from __future__ import annotations

import io
import struct
from typing import TYPE_CHECKING, Final

from PIL import Image

from tests.pictures import quadrants_image, solid_image

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

_SIZES: Final = {1: 1, 2: 1, 3: 2, 4: 4, 7: 1, 13: 4}
_LETTERS: Final = {3: "H", 4: "I", 13: "I"}
_CFA, _RGB, _YCBCR = 32803, 2, 6
SENSOR: Final = bytes(range(256)) * 8

Entry = tuple[int, int, "Sequence[int] | bytes"]


def jpeg(image: Image.Image | None = None, size: tuple[int, int] = (1024, 768), **options: object) -> bytes:
    """A JPEG: `image`, or quadrants, which tell how it is turned."""
    written = io.BytesIO()
    (image or quadrants_image(size)).save(written, "JPEG", **{"quality": 90, **options})
    return written.getvalue()


def lossless_jpeg() -> bytes:
    """The beginning of what compressed raw data are: a lossless JPEG (SOF3) of 14 bits, larger than any preview."""
    frame = struct.pack(">BBHBHHB6B", 0xFF, 0xC3, 14, 14, 4000, 3000, 2, 1, 0x11, 0, 2, 0x11, 0)
    return b"\xff\xd8" + frame + b"\xff\xda\0\x0a\2\1\0\2\0\1\0\0" + SENSOR + b"\xff\xd9"


class TiffWriter:
    """Bytes of a file that is built like a TIFF: what is pointed at is written before what points at it."""

    def __init__(self, head: bytes = b"II*\0", order: str = "<") -> None:
        self.data, self.order = bytearray(head + bytes(4)), order

    def put(self, content: bytes) -> int:
        """Append `content`; where it is."""
        self.data += bytes(len(self.data) % 2)
        at = len(self.data)
        self.data += content
        return at

    def directory(self, entries: Sequence[Entry], following: int = 0, *, base: int = 0) -> int:
        """Append a directory, followed in its chain by the one at `following`; where it is. Offsets are from `base`."""
        packed: list[bytes] = []
        for tag, kind, values in sorted(entries, key=lambda entry: entry[0]):
            content = values if isinstance(values, bytes) else struct.pack(
                f"{self.order}{len(values)}{_LETTERS[kind]}", *values)
            place = content.ljust(4, b"\0") if len(content) <= 4 else struct.pack(
                self.order + "I", self.put(content) - base)
            packed.append(struct.pack(self.order + "HHI", tag, kind, len(content) // _SIZES[kind]) + place)
        return self.put(struct.pack(self.order + "H", len(packed)) + b"".join(packed)
                        + struct.pack(self.order + "I", following))

    def finished(self, first: int) -> bytes:
        """All of it, beginning with the directory at `first`."""
        self.data[4:8] = struct.pack(self.order + "I", first)
        return bytes(self.data)


def page(tiff: TiffWriter, size: tuple[int, int], *, colours: int = _RGB, compression: int = 1, reduced: bool = False,
         content: bytes = b"") -> list[Entry]:
    """The tags of a page with one strip: uncompressed RGB, black, unless said otherwise."""
    content = content or bytes(3 * size[0] * size[1])
    samples = 1 if colours == _CFA else 3
    return [
        *([(254, 4, [1])] if reduced else []), (256, 4, [size[0]]), (257, 4, [size[1]]),
        (258, 3, [8 if samples == 3 else 14] * samples), (259, 3, [compression]), (262, 3, [colours]),
        (273, 4, [tiff.put(content)]), (277, 3, [samples]), (278, 4, [size[1]]), (279, 4, [len(content)]),
    ]


def pointed_at(tiff: TiffWriter, picture: bytes) -> list[Entry]:
    """The tags that point at a JPEG by its place and length."""
    return [(259, 3, [6]), (513, 4, [tiff.put(picture)]), (514, 4, [len(picture)])]


def _camera(maker: bytes, orientation: int, exif: int = 0) -> list[Entry]:
    return [(271, 2, maker + b"\0"), (272, 2, b"Model 1\0"), (274, 3, [orientation]),
            *([(34665, 4, [exif])] if exif else [])]


def _exif(tiff: TiffWriter, *more: Entry) -> int:
    return tiff.directory([(36867, 2, b"2018:06:06 17:12:39\0"), (34855, 3, [400]), *more])


def nef(picture: bytes, orientation: int = 1) -> bytes:
    """Nikon: a thumbnail as first page, and in hidden ones the preview and the raw data."""
    tiff = TiffWriter(b"MM\0*", ">")
    preview = tiff.directory([(254, 4, [1]), *pointed_at(tiff, picture)])
    raw = tiff.directory(page(tiff, (6000, 4000), colours=_CFA, compression=34713, content=SENSOR))
    return tiff.finished(tiff.directory([
        *page(tiff, (160, 120), reduced=True), *_camera(b"NIKON CORPORATION", orientation, _exif(tiff)),
        (330, 4, [preview, raw])]))


def cr2(picture: bytes, orientation: int = 1) -> bytes:
    """Canon: a chain of the preview as a page, a thumbnail, a small page, and raw data as a lossless JPEG."""
    tiff = TiffWriter(b"II*\0")
    tiff.put(b"CR\2\0" + bytes(4))
    raw = lossless_jpeg()
    fourth = tiff.directory([(259, 3, [6]), (273, 4, [tiff.put(raw)]), (279, 4, [len(raw)])])
    third = tiff.directory(page(tiff, (384, 256)), fourth)
    second = tiff.directory(pointed_at(tiff, jpeg(size=(160, 120))), third)
    return tiff.finished(tiff.directory([
        *page(tiff, (1024, 768), colours=_YCBCR, compression=6, content=picture),
        *_camera(b"Canon", orientation, _exif(tiff))], second))


def dng(picture: bytes, orientation: int = 1) -> bytes:
    """Adobe's digital negative: a thumbnail, in hidden pages raw data as a lossless JPEG and the preview."""
    tiff = TiffWriter()
    raw = tiff.directory(page(tiff, (6000, 4000), colours=_CFA, compression=7, content=lossless_jpeg()))
    preview = tiff.directory(page(tiff, (1024, 768), colours=_YCBCR, compression=7, reduced=True, content=picture))
    return tiff.finished(tiff.directory([
        *page(tiff, (256, 171), reduced=True), *_camera(b"Maker", orientation, _exif(tiff)), (50706, 1, b"\1\4\0\0"),
        (330, 4, [raw, preview])]))


def arw(picture: bytes, orientation: int = 1) -> bytes:
    """Sony: the preview belongs to the first directory, which has no page, and the thumbnail to the second."""
    tiff = TiffWriter()
    raw = tiff.directory(page(tiff, (6000, 4000), colours=_CFA, compression=32767, content=SENSOR))
    second = tiff.directory(pointed_at(tiff, jpeg(size=(160, 120))))
    return tiff.finished(tiff.directory([
        (254, 4, [1]), *pointed_at(tiff, picture), *_camera(b"SONY", orientation, _exif(tiff)), (330, 4, [raw])],
        second))


def pef(picture: bytes, orientation: int = 1) -> bytes:
    """Pentax: raw data come first, then a thumbnail, then the preview."""
    tiff = TiffWriter(b"MM\0*", ">")
    third = tiff.directory(pointed_at(tiff, picture))
    second = tiff.directory(pointed_at(tiff, jpeg(size=(160, 120))), third)
    return tiff.finished(tiff.directory([
        *page(tiff, (4000, 3000), colours=_CFA, compression=65535, content=SENSOR),
        *_camera(b"PENTAX", orientation, _exif(tiff))], second))


def old_pef(picture: bytes, orientation: int = 1) -> bytes:
    """Pentax's first: the preview is named by the maker's note alone."""
    tiff = TiffWriter(b"MM\0*", ">")
    preview = tiff.put(picture)
    entries = [(3, 4, [len(picture)]), (4, 4, [preview])]
    note = b"AOC\0MM" + struct.pack(">H", 2) + b"".join(
        struct.pack(">HHII", tag, kind, 1, value[0]) for tag, kind, value in entries) + bytes(4)
    return tiff.finished(tiff.directory([
        *page(tiff, (4000, 3000), colours=_CFA, content=SENSOR),
        *_camera(b"PENTAX", orientation, _exif(tiff, (37500, 7, note)))]))


def orf(picture: bytes, orientation: int = 1) -> bytes:
    """Olympus: the settings in the maker's note name the preview, counted from where the note begins."""
    tiff = TiffWriter(b"IIRO")
    # The note: a head of 12 bytes, a directory of one entry, the settings' directory of three, then the JPEG.
    settings = 12 + 2 + 12 + 4
    behind = settings + 2 + 3 * 12 + 4
    note = b"OLYMPUS\0II\3\0" + struct.pack("<HHHIII", 1, 0x2020, 13, 1, settings, 0) + struct.pack("<H", 3)
    for tag, value in ((0x0100, 1), (0x0101, behind), (0x0102, len(picture))):
        note += struct.pack("<HHII", tag, 4, 1, value)
    return tiff.finished(tiff.directory([
        *page(tiff, (4000, 3000), content=SENSOR),
        *_camera(b"OLYMPUS", orientation, _exif(tiff, (37500, 7, note + bytes(4) + picture)))]))


def rw2(picture: bytes, orientation: int = 1) -> bytes:
    """Panasonic: a tag of the only directory holds the JPEG itself."""
    tiff = TiffWriter(b"IIU\0")
    tiff.put(bytes(16))
    return tiff.finished(tiff.directory([
        (1, 7, b"0410"), (2, 3, [4000]), (3, 3, [3000]), (46, 7, picture), (280, 4, [tiff.put(SENSOR)]),
        *_camera(b"Panasonic", orientation, _exif(tiff))]))


def raf(picture: bytes, orientation: int = 1) -> bytes:
    """Fujifilm: the header names the JPEG, whose own Exif has the orientation."""
    exif = Image.Exif()
    exif[274], exif[271] = orientation, "FUJIFILM"
    content = jpeg(Image.open(io.BytesIO(picture)), exif=exif.tobytes())
    head = b"FUJIFILMCCD-RAW 0201FF129502X-T1".ljust(84, b"\0")
    return head + struct.pack(">6I", 160, len(content), 160 + len(content), 64, 0, 0) + bytes(52) + content + SENSOR


def _box(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I4s", 8 + len(content), name) + content


def cr3(picture: bytes, orientation: int = 1, *, small: bytes = b"", xmp: bytes = b"") -> bytes:
    """Canon's later kind: boxes with the Exif, a small preview, and a track whose only sample is the whole picture."""
    tiff = TiffWriter()
    tags, exif = tiff.finished(tiff.directory(_camera(b"Canon", orientation))), TiffWriter()
    details = exif.finished(_exif(exif))
    small = small or jpeg(size=(800, 600))
    preview = struct.pack(">IHHHHI", 0, 1, 800, 600, 1, len(small)) + small

    def movie(at: int) -> bytes:
        table = _box(b"stsz", struct.pack(">III", 0, len(picture), 1)) + _box(b"co64", struct.pack(">IIQ", 0, 1, at))
        track = _box(b"trak", _box(b"mdia", _box(b"minf", _box(b"stbl", table))))
        return _box(b"moov", _box(b"uuid", bytes.fromhex("85c0b687820f11e08111f4ce462b6a48") + _box(b"CMT1", tags)
                    + _box(b"CMT2", details))
                    + track)

    before = _box(b"ftyp", b"crx \0\0\0\1crx isom")
    behind = _box(b"uuid", bytes.fromhex("eaf42b5e1c984b88b9fbb7dc406e4d16") + bytes(7) + b"\1"
                  + _box(b"PRVW", preview))
    if xmp:
        behind = _box(b"uuid", bytes.fromhex("be7acfcb97a942e89c71999491e3afac") + xmp) + behind
    at = len(before) + len(movie(0)) + len(behind) + 8
    return before + movie(at) + behind + _box(b"mdat", picture + SENSOR)


KINDS: Final[dict[str, Callable[[bytes, int], bytes]]] = {
    "nef": nef, "cr2": cr2, "dng": dng, "arw": arw, "pef": pef, "orf": orf, "rw2": rw2, "raf": raf, "cr3": cr3,
}
"""How a file is laid out, by its ending."""


def write(path: Path, image: Image.Image | None = None, orientation: int = 1) -> Path:
    """A raw file laid out by the ending of `path`, with a preview of `image`, or of quadrants."""
    path.write_bytes(KINDS[path.suffix[1:].lower()](jpeg(image), orientation))
    return path


def small_ones(folder: Path) -> list[Path]:
    """A raw file of each kind with the smallest preview that is shown."""
    return [write(folder / f"raw.{kind}", solid_image(size=(640, 480))) for kind in KINDS]
