"""The formats that Liftoff does not open but can name: what they are called, how their files end, and how they begin.

A PURE table. A file's content decides what it is; its ending serves for formats without a signature, and for counting
files that nobody has looked into.
Signatures are those of each format's specification, as they are in file(1)'s and the PRONOM registry's lists.
"""

from __future__ import annotations

from typing import Final, NamedTuple

HEAD: Final = 1024
"""Bytes from a file's beginning that suffice to recognise it."""


class UnsupportedFormat(NamedTuple):
    """A format that is not opened.

    `what` is a file of it as words in a sentence, `endings` those of file names, without a dot and in small letters.
    `signatures` are bytes, each with its place in the file. A film, a sound or a text is no `picture` at all.
    """

    what: str
    endings: tuple[str, ...]
    signatures: tuple[tuple[int, bytes], ...] = ()
    picture: bool = True

    @property
    def end_of_sentence(self) -> str:
        """What the file is, as the end of a sentence, and what to do."""
        remedy = "Save it as JPEG or PNG" if self.picture else "Choose a picture instead"
        return f"{self.what}, which Liftoff does not open. {remedy}."


def _raw(*endings: str, signatures: tuple[tuple[int, bytes], ...] = ()) -> UnsupportedFormat:
    return UnsupportedFormat(f"a camera raw picture ({endings[0].upper()})", endings, signatures)


_FILMS: Final = (b"isom", b"iso2", b"iso4", b"iso5", b"iso6", b"mp41", b"mp42", b"M4V ", b"avc1", b"qt  ", b"3gp4",
                 b"3gp5", b"3gp6", b"dash", b"MSNV")
"""Major brands of films in the ISO base media format (ISO/IEC 14496-12), none of them a picture's."""

FORMATS: Final[tuple[UnsupportedFormat, ...]] = (
    UnsupportedFormat("a JPEG XL picture", ("jxl",), ((0, b"\xff\x0a"), (0, b"\0\0\0\x0cJXL \r\n\x87\n"))),
    UnsupportedFormat("a JPEG 2000 picture", ("jp2", "j2k", "jpf", "jpx", "j2c"),
                      ((0, b"\0\0\0\x0cjP  \r\n\x87\n"), (0, b"\xff\x4f\xff\x51"))),
    UnsupportedFormat("a JPEG-LS picture", ("jls",), ((0, b"\xff\xd8\xff\xf7"),)),
    UnsupportedFormat("a JPEG XR picture", ("jxr", "wdp", "hdp"), ((0, b"II\xbc\x01"),)),
    UnsupportedFormat("a Photoshop document", ("psd", "psb"), ((0, b"8BPS"),)),
    UnsupportedFormat("an SVG drawing", ("svg", "svgz")),  # a text: see `recognised`
    UnsupportedFormat("a GIMP picture", ("xcf",), ((0, b"gimp xcf"),)),
    UnsupportedFormat("a Krita picture", ("kra",), ((30, b"mimetypeapplication/x-krita"),)),
    UnsupportedFormat("an OpenRaster picture", ("ora",), ((30, b"mimetypeimage/openraster"),)),
    UnsupportedFormat("an OpenEXR picture", ("exr",), ((0, b"\x76\x2f\x31\x01"),)),
    UnsupportedFormat("a Radiance HDR picture", ("hdr",), ((0, b"#?RADIANCE"), (0, b"#?RGBE"))),
    UnsupportedFormat("a DirectDraw texture", ("dds",), ((0, b"DDS "),)),
    UnsupportedFormat("a Windows icon", ("ico",), ((0, b"\0\0\1\0"),)),
    UnsupportedFormat("an Apple icon", ("icns",), ((0, b"icns"),)),
    UnsupportedFormat("a PCX picture", ("pcx",), ((0, b"\x0a\x05\x01"), (0, b"\x0a\x03\x01"))),
    UnsupportedFormat("a Targa picture", ("tga",), ()),  # it has no signature
    UnsupportedFormat("a Netpbm picture", ("pnm", "pbm", "pgm", "ppm", "pam", "pfm")),  # see `recognised`
    UnsupportedFormat("a QOI picture", ("qoi",), ((0, b"qoif"),)),
    UnsupportedFormat("a FITS picture", ("fits", "fit"), ((0, b"SIMPLE  ="),)),
    UnsupportedFormat("a DICOM picture", ("dcm",), ((128, b"DICM"),)),
    UnsupportedFormat("a DjVu document", ("djvu", "djv"), ((0, b"AT&TFORM"),)),
    UnsupportedFormat("a PDF document", (), ((0, b"%PDF-"),)),
    UnsupportedFormat("a PostScript drawing", ("eps", "ps", "ai"), ((0, b"%!PS"), (0, b"\xc5\xd0\xd3\xc6"))),
    UnsupportedFormat("a Windows metafile", ("wmf", "emf"), ((0, b"\xd7\xcd\xc6\x9a"), (40, b" EMF"))),
    # Of other camera raw the embedded preview is shown (`viewer.gallery.picture_formats`).
    _raw("crw", signatures=((6, b"HEAPCCDR"),)), _raw("x3f", signatures=((0, b"FOVb"),)),
    _raw("mrw", signatures=((0, b"\0MRM"),)), _raw("raw"),  # which many devices and programs call their own formats
    UnsupportedFormat("a film", ("mp4", "mov", "m4v", "3gp", "avi", "mkv", "webm", "mpg", "mpeg", "wmv", "mts"), (
        *((4, b"ftyp" + brand) for brand in _FILMS), (8, b"AVI LIST"), (0, b"\x1a\x45\xdf\xa3"), (0, b"\0\0\1\xba"),
        (0, b"\x30\x26\xb2\x75\x8e\x66\xcf\x11"), (4, b"moov"), (4, b"mdat")), picture=False),
    UnsupportedFormat("a sound file", (), ((0, b"ID3"), (0, b"OggS"), (0, b"fLaC"), (8, b"WAVEfmt "), (4, b"ftypM4A ")),
                      picture=False),
    UnsupportedFormat("a web page", (), picture=False),  # a text: see `recognised`
)

BY_ENDING: Final = {ending: one for one in FORMATS for ending in one.endings}
_BY_NAME: Final = {one.what: one for one in FORMATS}


def named(what: str) -> UnsupportedFormat | None:
    """The format whose files are called `what` in sentences, if there is one."""
    return _BY_NAME.get(what)


def by_ending(name: str) -> UnsupportedFormat | None:
    """The format of a file called `name`, whose content says nothing, if it is one without a signature."""
    found = BY_ENDING.get(name.rpartition(".")[2].lower())
    return found if found and not found.signatures else None


def recognised(head: bytes) -> UnsupportedFormat | None:
    """The format of a file that begins with `head` (`HEAD` bytes suffice), if it is one of these."""
    for one in FORMATS:
        if any(head.startswith(signature, at) for at, signature in one.signatures):
            return one
    # "P6", white space, and the width or a comment: so begin pictures of Netpbm, but hardly any text
    if head[:1] == b"P" and head[1:2].isdigit() and head[2:3].isspace() and (head[3:4].isdigit() or head[3:4] == b"#"):
        return BY_ENDING["ppm"]
    text = head.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if text.startswith((b"<svg", b"<?xml", b"<!--", b"<!doctype svg")) and b"<svg" in text:
        return BY_ENDING["svg"]
    return named("a web page") if text.startswith((b"<!doctype html", b"<html")) else None
