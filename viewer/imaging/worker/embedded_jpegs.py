"""Where camera raw files keep their JPEGs: previews and thumbnails, by kind of file.

Sources: TIFF 6.0 and its technical note 2 (JPEG), DNG 1.7, and what ExifTool's documentation says of each maker's tags.
What is found is only said to be a JPEG: `camera_raw` looks whether it is. `cr3` does the same for files of boxes.
"""

from __future__ import annotations

from typing import IO, TYPE_CHECKING, Final, NamedTuple

from viewer.imaging.worker.raw_exif import exif_of
from viewer.imaging.worker.tiff_directories import TiffReader

if TYPE_CHECKING:
    from collections.abc import Iterator

    from viewer.imaging.worker.tiff_directories import Directory

_COMPRESSION, _PHOTOMETRIC, _STRIPS, ORIENTATION, _STRIP_SIZES, _SUBDIRECTORIES = 259, 262, 273, 274, 279, 330
_KIND_OF_PAGE, _TILES, _TILE_SIZES, _JPEG, _JPEG_SIZE, _XMP, _EXIF = 254, 324, 325, 513, 514, 700, 34665
_WIDTH, _HEIGHT, _JPEG_FROM_RAW, _MAKER_NOTE, _DNG_VERSION = 256, 257, 46, 37500, 50706
_PREVIEW_COLOURS, _COLOUR_TAGS = 50970, (40961, 40965)
"""Tags."""

_PREVIEW_IN_ADOBE_RGB: Final = 3
_JPEG_COMPRESSIONS: Final = (6, 7, 99)
_RAW_COMPRESSIONS: Final = (32767, 32769, 32770, 32867, 34713, 34892, 65000, 65535)
"""Sony, packed, Samsung, Kodak, Nikon, lossy DNG, Kodak, Pentax."""

_RAW_COLOURS: Final = (32803, 34892)
"""Photometric interpretations: a colour filter array, and linear raw."""

_PREVIEW_TAGS: Final = ((0x0101, 0x0102), (0x0088, 0x0089), (0x1036, 0x1037), (0x0004, 0x0003))
"""Tags of a maker's note that hold a preview's place and size: Olympus (also in its camera settings), Minolta and older
Olympus, older Olympus, Pentax."""

_CAMERA_SETTINGS: Final = 0x2020
_NIKON_PREVIEW: Final = 0x0011
"""Tags of a maker's note that lead to further directories."""

_NOTES: Final = (
    (b"OLYMPUS\0", 12, 8, True), (b"OM SYSTEM\0", 16, 12, True), (b"OLYMP\0", 8, 0, False), (b"AOC\0", 6, 0, False),
    (b"PENTAX \0", 10, 8, True), (b"Nikon\0\2", 18, 10, True),
)
"""How makers' notes begin, where their directory is, where their byte order stands (0: as the file's), and whether
offsets count from within the note."""

_NIKON_BASE: Final = 10
"""Where in Nikon's notes the TIFF begins from which offsets count."""


class Span(NamedTuple):
    """A part of a file: where it begins, and how many bytes it has."""

    at: int
    size: int


class RawFile(NamedTuple):
    """What a file that is built like camera raw says of itself.

    `kind` is its name where its content tells ("DNG"), or "". `jpegs` are where it says that a JPEG is. `is_raw` says
    that it has pixels as a sensor sees them, or is of a kind that always has. `orientation` is 0 where it has none,
    `exif` and `xmp` are empty then. `page` is width and height of a TIFF's first page.
    """

    kind: str
    jpegs: tuple[Span, ...]
    is_raw: bool
    orientation: int = 0
    exif: bytes = b""
    xmp: bytes = b""
    page: tuple[int, int] = (0, 0)


def read_tiff(file: IO[bytes], size: int, kind: str, most_xmp: int = 0) -> RawFile:
    """What the directories of a TIFF say, or of a file of `kind` that only begins otherwise than one."""
    file.seek(0)
    head = file.read(12)
    if not kind and b"+" in head[2:4]:  # BigTIFF, which no camera writes
        return RawFile("", (), is_raw=False)
    reader = TiffReader(file, ">" if head[:1] == b"M" else "<", size=size)
    kind = kind or ("CR2" if head[8:10] == b"CR" else "")
    jpegs: list[Span] = []
    is_raw = bool(kind)
    first: Directory = {}
    ignored: tuple[int, ...] = ()
    for number, directory in enumerate(reader.walk(reader.first_directory(), (_SUBDIRECTORIES, _EXIF))):
        first = first or directory
        jpegs += _in_directory(reader, directory)
        if _MAKER_NOTE in directory:
            jpegs += _in_maker_note(reader, directory)
        if _DNG_VERSION in directory:
            kind = kind or "DNG"
        if (colours := reader.number(directory, _PREVIEW_COLOURS)) and colours != _PREVIEW_IN_ADOBE_RGB:
            ignored = _COLOUR_TAGS  # those are of the camera's own preview, and this one was made anew
        is_raw = is_raw or (
            reader.number(directory, _PHOTOMETRIC) in _RAW_COLOURS
            or reader.number(directory, _COMPRESSION) in _RAW_COMPRESSIONS
            # a reduced copy of a picture in pages that are hidden
            or (number == 0 and reader.number(directory, _KIND_OF_PAGE) == 1 and _SUBDIRECTORIES in directory)
        )
    page = reader.number(first, _WIDTH), reader.number(first, _HEIGHT)
    details = {tag: entry for tag, entry in reader.branch(first, _EXIF).items() if tag not in ignored}
    return RawFile(kind, tuple(jpegs), is_raw, reader.number(first, ORIENTATION),
                   exif_of((reader, first), (reader, details)),
                   reader.content(first, _XMP, most_xmp), page)


def _in_directory(reader: TiffReader, directory: Directory) -> Iterator[Span]:
    """The JPEGs that a directory's own tags point at."""
    at, size = reader.number(directory, _JPEG), reader.number(directory, _JPEG_SIZE)
    if at and size:
        yield Span(reader.base + at, size)
    if reader.number(directory, _COMPRESSION) in _JPEG_COMPRESSIONS:
        for places, sizes in ((_STRIPS, _STRIP_SIZES), (_TILES, _TILE_SIZES)):
            starts, lengths = reader.numbers(directory, places), reader.numbers(directory, sizes)
            if len(starts) == len(lengths) == 1:  # of several each is a part of the picture
                yield Span(reader.base + starts[0], lengths[0])
    if entry := directory.get(_JPEG_FROM_RAW):
        yield Span(entry.at, entry.nbytes)


def _in_maker_note(reader: TiffReader, exif: Directory) -> Iterator[Span]:
    """The previews that a maker's note points at; of a note that is not known, none."""
    note, head = exif[_MAKER_NOTE], reader.content(exif, _MAKER_NOTE, 24)
    for start, directory_at, order_at, within in _NOTES:
        if not head.startswith(start):
            continue
        order = reader.order
        if order_at:
            order = ">" if head[order_at : order_at + 2] == b"MM" else "<"
        base = note.at + (_NIKON_BASE if start.startswith(b"Nikon") else 0) if within else reader.base
        inner = TiffReader(reader.file, order, base, size=reader.size)
        tags = inner.directory(note.at + directory_at)
        settings = tags.get(_CAMERA_SETTINGS)
        # Either the place of a directory, or the directory itself as so many bytes.
        places = [] if settings is None else [settings.at, *(base + at for at in inner.numbers(tags, _CAMERA_SETTINGS))]
        places += [base + at for at in inner.numbers(tags, _NIKON_PREVIEW)]
        for directory in (tags, *(inner.directory(at) for at in places[:4])):
            yield from _in_directory(inner, directory)
            for place, length in _PREVIEW_TAGS:
                at, size = inner.number(directory, place), inner.number(directory, length)
                if at and size:
                    yield Span(base + at, size)
                    yield Span(reader.base + at, size)  # cameras differ in what they count from
        return


def read_raf(file: IO[bytes]) -> RawFile:
    """What the header of Fujifilm's raw file says: its JPEG has the Exif and the orientation."""
    file.seek(84)
    numbers = file.read(8)
    at, size = int.from_bytes(numbers[:4], "big"), int.from_bytes(numbers[4:], "big")
    return RawFile("RAF", (Span(at, size),), is_raw=True)
