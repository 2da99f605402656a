"""Codecs that Pillow does not have, from the package imagecodecs, an addition to the program (its extra `formats`).

They are imported when the first picture needs one, inside the sandbox: no other worker has their time or memory.
"""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from viewer.imaging.worker.errors import DecodeError
from viewer.imaging.worker.tiff_layout import FLOAT, RGB, SIGNED, UNSIGNED, YCBCR

if TYPE_CHECKING:
    from viewer.imaging.worker.tiff_layout import Layout


class Codec(NamedTuple):
    """What its pictures are called, and the function of imagecodecs that decodes them."""

    what: str
    function: str


JPEG: Final = Codec("JPEG", "jpeg8_decode")
_JPEG_2000: Final = Codec("JPEG 2000", "jpeg2k_decode")
_JPEG_XL: Final = Codec("JPEG XL", "jpegxl_decode")
_JPEG_XR: Final = Codec("JPEG XR", "jpegxr_decode")
_WEBP: Final = Codec("WebP", "webp_decode")

_JPEG_NUMBER, _JPEG_2000_IN_YCBCR = 7, 33003
BY_COMPRESSION: Final = {
    _JPEG_NUMBER: JPEG, _JPEG_2000_IN_YCBCR: _JPEG_2000, 33005: _JPEG_2000, 34712: _JPEG_2000,
    50002: _JPEG_XL, 52546: _JPEG_XL, 22610: _JPEG_XR, 34934: _JPEG_XR, 34887: Codec("LERC", "lerc_decode"),
    34933: Codec("PNG", "png_decode"), 50001: _WEBP,
}
"""Codecs of TIFF by the number of the compression (libtiff's list, and those of GDAL and Aperio)."""


def require(kind: str) -> None:
    """Raise DecodeError where the addition is not installed that a picture of this `kind` needs."""
    try:
        _package()
    except ImportError as error:
        raise DecodeError("needs-formats", kind) from error


def decoded(
    stored: bytes, codec: Codec, shape: tuple[int, int, int], bits: int, significant_bits: int, number: int = UNSIGNED,
    **arguments: object,
) -> bytes:
    """The samples in `stored`, of so many `bits` in this machine's order, moved up where fewer are significant.

    Nothing is decoded that has another `shape` (rows, columns, channels) or kind of number: what a file says of itself
    bounds memory and time. Raises ValueError.
    """
    package = _package()
    import numpy as np  # imagecodecs has imported it

    kind = {UNSIGNED: "u", SIGNED: "i", FLOAT: "f"}[number]
    room = np.empty(shape if shape[2] > 1 else shape[:2], f"{kind}{bits // 8}")
    try:
        getattr(package, codec.function)(stored, out=room, **arguments)
    except (RuntimeError, UnicodeError) as error:  # each codec has a class of its own for what is broken
        raise ValueError(f"broken {codec.what}") from error
    if significant_bits < bits:
        room <<= bits - significant_bits  # such as 12 bits in 16
    return room.tobytes()


def for_codec(layout: Layout) -> Layout:
    """The `layout` of samples that a codec has decoded: whole bytes, in this machine's order, and not predicted."""
    bits = 8 if layout.bits <= 8 else max(16, layout.bits)
    photometric = layout.photometric
    if layout.compression == _JPEG_2000_IN_YCBCR and photometric == RGB:
        photometric = YCBCR
    elif layout.compression == _JPEG_NUMBER and photometric == YCBCR:
        photometric = RGB  # the codec converts it
    return layout._replace(bits=bits, order=sys.byteorder, predictor=1, photometric=photometric)


def part_of_tiff(stored: bytes, layout: Layout, rows: int) -> bytes:
    """The samples of a strip or tile of at least so many `rows`; `layout` is one of `for_codec`.

    Raises ValueError for another shape than that.
    """
    codec = BY_COMPRESSION[layout.compression]
    arguments: dict[str, object] = {}
    if codec is JPEG:
        arguments["tables"] = layout.jpeg_tables or None
        if layout.photometric == RGB and not layout.is_separate:
            coded = "YCBCR" if layout.is_ycbcr else "RGB"
            arguments |= {"colorspace": coded, "outcolorspace": "RGB"}
    elif codec is _WEBP:  # which leaves out transparency where there is none
        arguments["hasalpha"] = layout.samples == len("RGBA")
    heights = (layout.part[1],) if layout.is_tiled else (rows, layout.part[1])  # the last strip may be whole, too
    for height in heights:
        shape = height, layout.part[0], layout.samples_of_part
        try:
            return decoded(stored, codec, shape, layout.bits, layout.significant_bits, layout.number, **arguments)
        except ValueError:
            if height == heights[-1]:
                raise
    raise AssertionError


def _package() -> Any:
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # numpy's threads would each take room, and have nothing to do
    import imagecodecs  # which imports each codec when it is asked for

    return imagecodecs
