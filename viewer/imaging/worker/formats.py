"""Format detection by signature, and opening a file with that one Pillow plug-in.

File name suffixes are ignored. JPEG's plug-in is imported at start-up, each other one when its first file comes, which
saves tens of milliseconds; no other of Pillow's some forty plug-ins is reachable.
"""

from __future__ import annotations

from typing import IO, TYPE_CHECKING, Final, Literal, TypeAlias

from PIL.JpegImagePlugin import jpeg_factory

from viewer.imaging.protocol.limits import DEFAULT, Limits
from viewer.imaging.worker.errors import PARSER_ERRORS, DecodeError
from viewer.imaging.worker.exif import is_adobe_rgb
from viewer.imaging.worker.jpeg_scans import has_more_scans
from viewer.imaging.worker.metadata import drop_excess_metadata

if TYPE_CHECKING:
    from collections.abc import Callable

    from PIL.ImageFile import ImageFile

    from viewer.imaging.protocol.failures import Failure

Format: TypeAlias = Literal["JPEG", "PNG", "GIF", "WEBP", "TIFF", "BMP", "AVIF", "HEIF", "RAW"]

_HEIF_BRANDS: Final = frozenset(b"heic heix heim heis hevc hevx hevm hevs mif1 msf1".split())
_BMP_HEADERS: Final = frozenset([12, 16, 40, 52, 56, 64, 108, 124])
"""Sizes in bytes of the known ones."""

_RAW_SIGNATURES: Final = (b"FUJIFILMCCD-RAW", b"IIU\0", b"IIRO", b"IIRS", b"MMOR")
_CR3: Final = b"ftypcrx "
"""Of camera raw that is told from everything else by how it begins: RAF, RW2, ORF, and CR3."""

RAW_KIND: Final = "liftoff_raw_kind"
"""Key of `Image.info`: the kind of camera raw ("NEF") that the picture is the preview of."""

_PLUGINS: Final = {"PNG": "Png", "GIF": "Gif", "WEBP": "WebP", "AVIF": "Avif"}
"""The names in Pillow's modules and classes."""


def format_of(head: bytes) -> Format | None:
    """The format of a file that begins with `head` (64 bytes suffice), or None."""
    if head.startswith(b"\xff\xd8\xff"):
        return "JPEG"  # or MPO
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return "PNG"  # or APNG
    if head.startswith((b"GIF87a", b"GIF89a")):
        return "GIF"
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return "WEBP"
    if head.startswith((b"II*\0", b"MM\0*", b"II+\0", b"MM\0+")):
        return "TIFF"  # with a plus sign: BigTIFF
    if head.startswith(b"BM") and int.from_bytes(head[14:18], "little") in _BMP_HEADERS:
        return "BMP"
    if head[4:8] == b"ftyp":  # a box of its size, "ftyp", the major brand, a version, and compatible brands
        size = min(int.from_bytes(head[:4], "big"), len(head))
        brands = {head[8:12], *(head[at : at + 4] for at in range(16, size, 4))}
        if brands & {b"avif", b"avis"}:
            return "AVIF"
        if brands & _HEIF_BRANDS:
            return "HEIF"
    return "RAW" if head.startswith(_RAW_SIGNATURES) or head[4:12] == _CR3 else None


def open_image(file: IO[bytes], limits: Limits = DEFAULT, path: str = "") -> tuple[ImageFile, Format]:
    """The picture in `file`, its header parsed and within `limits`, its pixels not yet decoded.

    Of camera raw that is the JPEG which the camera embedded; many a raw file is a TIFF by its content, and only how
    `path` ends tells that it is one. Metadata beyond the limits is dropped. Raises DecodeError and whatever parsers
    raise (`errors.failure_of`).
    """
    head = file.read(64)
    found = format_of(head)
    if found is None:
        raise DecodeError("unknown-format", _named(head, file) or f"signature {head[:12].hex(' ')}")
    preview = None
    if found in ("TIFF", "RAW"):
        from viewer.imaging.worker.camera_raw import find_preview

        preview = find_preview(file, head, path.rpartition(".")[2].lower(), limits.metadata_bytes)
    if preview is not None:
        file, found = preview.jpeg, "JPEG"
    file.seek(0)
    image = _parse(file, found, limits.scans)
    if preview is not None:
        preview.describe(image)
        image.info[RAW_KIND] = preview.kind
    if found == "JPEG" and "icc_profile" not in image.info and is_adobe_rgb(image):
        from viewer.imaging.worker.colour_space import adobe_rgb_profile

        image.info["icc_profile"] = adobe_rgb_profile()
    width, height = image.size
    if width < 1 or height < 1:
        raise DecodeError("damaged", f"{width} x {height} pixels")
    if width > limits.side or height > limits.side:
        raise DecodeError("too-long-a-side", f"{width} x {height} pixels")
    if width * height > limits.pixels:
        raise DecodeError("too-many-pixels", f"{width} x {height} pixels")
    drop_excess_metadata(image, limits.metadata_bytes)
    return image, found


def format_name(image: ImageFile, found: Format) -> str:
    """What the format of the file is called that `image` was opened from as `found`: of camera raw its kind."""
    return str(image.info.get(RAW_KIND, found))


def named_by_ending(failure: Failure, path: str) -> Failure:
    """`failure` with a name for a file whose format is not known by its content but by how `path` ends."""
    if failure.reason != "unknown-format":
        return failure
    from viewer.unsupported_formats import by_ending, named  # rarely needed

    found = None if named(failure.detail) else by_ending(path)
    return failure._replace(detail=found.what) if found else failure


def _named(head: bytes, file: IO[bytes]) -> str:
    """What a file that begins with `head`, and goes on in `file`, is in words, where that is known."""
    from viewer.unsupported_formats import HEAD, recognised  # rarely needed

    found = recognised(head + file.read(HEAD - len(head)))
    return found.what if found else ""


def _parse(file: IO[bytes], found: Format, most_scans: int) -> ImageFile:
    if found == "JPEG":
        if has_more_scans(file, most_scans):
            raise DecodeError("too-many-scans", f"more than {most_scans} scans")
        file.seek(0)
        return _open_jpeg(file)
    if found == "HEIF":
        from pillow_heif import HeifImageFile

        return _with_nclx(HeifImageFile(file, ""), file)  # type: ignore[no-untyped-call]  # its constructor has no types
    if found == "TIFF":
        from viewer.imaging.worker.tiff import TiffFile

        return TiffFile(file, "")
    if found == "BMP":
        from viewer.imaging.worker.bmp import BmpFile

        return BmpFile(file, "")
    from importlib import import_module

    name = _PLUGINS[found]
    plugin: Callable[[IO[bytes], str], ImageFile] = getattr(import_module(f"PIL.{name}ImagePlugin"), f"{name}ImageFile")
    if found == "PNG":
        return _open_png(file, plugin)
    return _with_nclx(plugin(file, ""), file) if found == "AVIF" else plugin(file, "")


def _with_nclx(image: ImageFile, file: IO[bytes]) -> ImageFile:
    """`image` with a profile for colours that its `file` names by numbers, unless it has one."""
    if "icc_profile" not in image.info:
        from viewer.imaging.worker.nclx import profile_by_nclx

        profile = profile_by_nclx(image, file)
        if profile is not None:
            image.info["icc_profile"] = profile
    return image


def _open_jpeg(file: IO[bytes]) -> ImageFile:
    """The JPEG in `file`, if need be without a JFIF segment that is too short, or by a codec for more than 8 bits."""
    try:
        return jpeg_factory(file, "")
    except PARSER_ERRORS:
        from viewer.imaging.worker.jpeg_header import DeepJpegError, without_short_jfif

        try:
            copy = without_short_jfif(file)
        except DeepJpegError as error:
            from viewer.imaging.worker.deep_jpeg import open_deep_jpeg

            return open_deep_jpeg(file, error.place, error.bits)
        if copy is None:
            raise
        return jpeg_factory(copy, "")


def _open_png(file: IO[bytes], plugin: Callable[[IO[bytes], str], ImageFile]) -> ImageFile:
    """The PNG in `file` by Pillow's `plugin`, if need be without broken chunks or metadata."""
    from viewer.imaging.worker.png import correct_transparency, profile_by_chunks, repaired

    try:
        image = plugin(file, "")
    except PARSER_ERRORS:
        for copy in repaired(file):
            try:
                image, file = plugin(copy, ""), copy
                break
            except PARSER_ERRORS:
                continue
        else:
            raise
    correct_transparency(image)
    profile = profile_by_chunks(image, file)
    if profile is not None:
        image.info["icc_profile"] = profile
    return image
