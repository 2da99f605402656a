"""Malicious files: decompression bombs, reference loops, false sizes, special files, unusual names."""

from __future__ import annotations

import os
import socket
import struct
import zlib
from typing import TYPE_CHECKING, Final, Literal, NamedTuple, TypeAlias

from tests import pictures

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

Outcome: TypeAlias = Literal["shown", "refused", "either"]


class Hostile(NamedTuple):
    """One file: its name (undecodable bytes as surrogates), the function that writes it, and its expected outcome."""

    name: str
    make: Callable[[Path], object]
    outcome: Outcome


def write_hostile(folder: Path) -> list[tuple[Path, Outcome]]:
    """Write every file of `HOSTILE` into the existing `folder`, except those that this system cannot make."""
    made: list[tuple[Path, Outcome]] = []
    for one in HOSTILE:
        path = folder / one.name
        try:
            one.make(path)
        except (OSError, AttributeError):  # a file system without sockets, a system without pipes
            continue
        made.append((path, one.outcome))
    return made


def _png_with(chunk: bytes) -> Callable[[Path], object]:
    def make(path: Path) -> None:
        pictures.quadrants(path)
        whole = path.read_bytes()
        path.write_bytes(whole[:33] + chunk + whole[33:])

    return make


def _jpeg_with(*segments: bytes) -> Callable[[Path], object]:
    """A valid JPEG with application segments after its start marker."""

    def make(path: Path) -> None:
        pictures.quadrants(path)
        whole = path.read_bytes()
        path.write_bytes(whole[:2] + b"".join(segments) + whole[2:])

    return make


def _segment(marker: int, body: bytes) -> bytes:
    return b"\xff" + bytes([marker]) + struct.pack(">H", 2 + len(body)) + body


def _exif_loop() -> bytes:
    """Exif whose first directory refers to itself as the next and as a sub-directory."""
    entries = struct.pack(">HHII", 0x8769, 4, 1, 8) + struct.pack(">HHII", 0x8825, 4, 1, 8)
    return _segment(0xE1, b"Exif\0\0MM\0*\0\0\0\x08" + struct.pack(">H", 2) + entries + struct.pack(">I", 8))


def _entities() -> bytes:
    """XMP with nested entities that expand to a gigabyte (billion laughs)."""
    levels = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    text = f'<!DOCTYPE x [<!ENTITY l0 "ha">{levels}]><x:xmpmeta xmlns:x="adobe:ns:meta/">&l9;</x:xmpmeta>'
    return _segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + text.encode())


def _deep_xmp() -> bytes:
    return _segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + b"<a>" * 9000 + b"</a>" * 9000)


def _jpeg_size(path: Path, width: int, height: int) -> None:
    """A small JPEG whose header claims an enormous size."""
    pictures.quadrants(path)
    whole = bytearray(path.read_bytes())
    at = whole.index(b"\xff\xc0")
    whole[at + 5 : at + 9] = struct.pack(">HH", height, width)
    path.write_bytes(whole)


def _tiff(path: Path, entries: list[tuple[int, int, int, int]], following: int = 0) -> None:
    """A TIFF of one directory only, its entries as tag, type, count, value."""
    directory = b"".join(struct.pack("<HHII", *entry) for entry in entries)
    path.write_bytes(b"II*\0\x08\0\0\0" + struct.pack("<H", len(entries)) + directory + struct.pack("<I", following))


def _tiff_strips(path: Path) -> None:
    """A picture with a strip for each row, all of them referring to the whole file."""
    rows = 60_000
    _tiff(path, [
        (256, 4, 1, rows), (257, 4, 1, rows), (258, 3, 1, 8), (259, 3, 1, 1), (262, 3, 1, 1), (273, 4, rows, 8),
        (277, 3, 1, 1), (278, 4, 1, 1), (279, 4, rows, 8),
    ])


def _many_previews(path: Path) -> None:
    """A chain of directories of a thousand entries, and JPEGs in it that consist of segments without end."""
    jpeg = b"\xff\xd8" + _segment(0xFE, b"") * 20_000
    directory = struct.pack("<H", 1000) + b"".join(
        struct.pack("<HHII", tag, 4, 1, {513: 16, 514: len(jpeg), 330: 17}.get(tag, 16)) for tag in range(1000))
    content, at = bytearray(b"II*\0" + bytes(12) + jpeg), 0
    for _ in range(60):
        following, at = at, len(content)
        content += directory + struct.pack("<I", following)
    content[4:8] = struct.pack("<I", at)
    path.write_bytes(content)


def _gif_frames(path: Path, frames: int) -> None:
    """An animation of very many tiny frames."""
    screen = struct.pack("<HH", 2000, 2000)
    frame = b"\x21\xf9\x04\0\x01\0\0\0" + b"\x2c\0\0\0\0" + screen + b"\0\x02\x02\x4c\x01\0"
    path.write_bytes(b"GIF89a" + screen + b"\x80\0\0" + b"\0\0\0\xff\xff\xff" + frame * frames + b"\x3b")


def _sparse(path: Path) -> None:
    with path.open("wb") as file:
        file.write(b"\xff\xd8\xff")
        file.truncate(3 << 30)


def _socket_file(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as end:
        end.bind(str(path))


def _link_to_itself(path: Path) -> None:
    path.symlink_to(path.name)


def _under_non_utf8_name(path: Path) -> None:
    """A picture under a name that Pillow cannot write to, because it is not text."""
    plain = pictures.quadrants(path.with_name("plain-name.jpg"))
    plain.replace(path)


HOSTILE: Final = (
    Hostile("scans.jpg", pictures.many_scans, "refused"),
    Hostile("false-size.jpg", lambda path: _jpeg_size(path, 65_500, 65_500), "refused"),
    Hostile("exif-loop.jpg", _jpeg_with(_exif_loop()), "shown"),
    Hostile("entities.jpg", _jpeg_with(_entities()), "shown"),
    Hostile("deep.jpg", _jpeg_with(_deep_xmp()), "shown"),
    Hostile("long-comments.jpg", _jpeg_with(*[_segment(0xFE, bytes([65 + n % 26]) * 65_000) for n in range(200)]),
            "shown"),
    Hostile("profile-parts.jpg", _jpeg_with(
        *[_segment(0xE2, b"ICC_PROFILE\0" + bytes([n % 255 + 1, 255]) + bytes(60_000)) for n in range(255)]), "shown"),
    Hostile("169-megapixels.png", lambda path: pictures.black_png(path, 13_000, 13_000), "refused"),
    Hostile("900-megapixels.png", lambda path: pictures.huge_header(path, 30_000, 30_000), "refused"),
    Hostile("huge-header.png", pictures.huge_header, "refused"),
    Hostile("one-pixel-high.png", lambda path: pictures.huge_header(path, 2_000_000_000, 1), "refused"),
    Hostile("large-but-legal.png", lambda path: pictures.black_png(path, 9400, 9400, depth=16), "shown"),
    Hostile("text-bomb.png", _png_with(pictures.png_chunk(b"zTXt", b"a\0\0" + zlib.compress(bytes(200 << 20)))),
            "shown"),
    Hostile("profile-bomb.png", _png_with(pictures.png_chunk(b"iCCP", b"a\0\0" + zlib.compress(bytes(200 << 20)))),
            "shown"),
    Hostile("long-chunk.png", _png_with(b"\x7f\xff\xff\xfftEXt"), "refused"),
    Hostile("large.gif", lambda path: pictures.huge_header(path, 9000, 9000), "either"),
    Hostile("enormous.gif", pictures.huge_header, "refused"),
    Hostile("frames.gif", lambda path: _gif_frames(path, 20_000), "either"),
    Hostile("enormous.bmp", lambda path: pictures.huge_header(path, 100_000, 100_000), "refused"),
    Hostile("negative.bmp", lambda path: pictures.huge_header(path, -100, -(1 << 31)), "refused"),
    Hostile("enormous.tif", lambda path: _tiff(path, [
        (256, 4, 1, 60_000), (257, 4, 1, 60_000), (258, 3, 1, 8), (259, 3, 1, 1), (262, 3, 1, 1), (273, 4, 1, 8),
        (279, 4, 1, 0xFFFFFFFF)]), "refused"),
    Hostile("strips.tif", _tiff_strips, "refused"),
    Hostile("directory-loop.tif", lambda path: _tiff(path, [(256, 4, 1, 8), (257, 4, 1, 8)], 8), "refused"),
    Hostile("directory-loop.nef", lambda path: _tiff(path, [(330, 4, 2, 8), (34665, 4, 1, 8), (513, 4, 1, 8)], 8),
            "refused"),
    Hostile("previews.nef", _many_previews, "refused"),
    Hostile("boxes.cr3", lambda path: path.write_bytes(b"\0\0\0\x18ftypcrx \0\0\0\1crx isom" + b"".join(
        struct.pack(">I4s", 8 * (5000 - depth), b"moov") for depth in range(5000))), "refused"),
    Hostile("many-values.tif", lambda path: _tiff(path, [(270, 2, 0xFFFFFFFF, 8), (256, 4, 1, 8)]), "refused"),
    Hostile("riff.webp", lambda path: path.write_bytes(b"RIFF\xff\xff\xff\xffWEBPVP8X" + bytes(40)), "refused"),
    Hostile("boxes.avif", lambda path: path.write_bytes(
        b"\0\0\0\x1cftypavif\0\0\0\0avifmif1miaf" + b"\0\0\0\x01meta\xff\xff\xff\xff\xff\xff\xff\xff"), "refused"),
    Hostile("boxes.heic", lambda path: path.write_bytes(
        b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + b"\0\0\0\x08free" * 5000), "refused"),
    Hostile("drawing.svg.jpg", lambda path: path.write_bytes(
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"), "refused"),
    Hostile("page.eps.jpg", lambda path: path.write_bytes(b"%!PS-Adobe-3.0 EPSF-3.0\n{loop}\n"), "refused"),
    Hostile("empty.jpg", lambda path: path.write_bytes(b""), "refused"),
    Hostile("plain-text.jpg", lambda path: path.write_bytes(b"It was a dark and stormy night.\n" * 9), "refused"),
    Hostile("sparse.jpg", _sparse, "refused"),
    Hostile("pipe.jpg", lambda path: os.mkfifo(path), "refused"),
    Hostile("socket.jpg", _socket_file, "refused"),
    Hostile("folder.jpg", lambda path: path.mkdir(), "refused"),
    Hostile("link-loop.jpg", _link_to_itself, "refused"),
    Hostile("device.jpg", lambda path: path.symlink_to("/dev/zero"), "refused"),
    Hostile("memory.jpg", lambda path: path.symlink_to("/proc/self/mem"), "refused"),
    Hostile("gone.jpg", lambda path: path.symlink_to("nowhere"), "refused"),
    Hostile("two\nlines.jpg", pictures.quadrants, "shown"),
    Hostile("\udcff\udcfe-no-utf8.jpg", _under_non_utf8_name, "shown"),
    Hostile("\u202egpj.txt.jpg", pictures.quadrants, "shown"),
    Hostile("<b>bold&amp;<b>.jpg", pictures.quadrants, "shown"),
    Hostile("x" * 251 + ".jpg", pictures.quadrants, "shown"),
)
