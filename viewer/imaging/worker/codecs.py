"""Codecs that Pillow does not have, from the package imagecodecs, an addition to the program (its extra `formats`).

They are imported when the first picture needs one, inside the sandbox: no other worker has their time or memory.
"""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from viewer.imaging.worker.errors import DecodeError
from viewer.imaging.worker.tiff_layout import RGB, YCBCR

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

_JPEG_NUMBER, _JPEG_2000_IN_YCBCR = 7, 33003
BY_COMPRESSION: Final = {
    _JPEG_NUMBER: JPEG, _JPEG_2000_IN_YCBCR: _JPEG_2000, 33005: _JPEG_2000, 34712: _JPEG_2000,
    50002: _JPEG_XL, 52546: _JPEG_XL, 22610: _JPEG_XR, 34934: _JPEG_XR, 34887: Codec("LERC", "lerc_decode"),
    34933: Codec("PNG", "png_decode"),
}
"""Codecs of TIFF by the number of the compression (libtiff's list, and those of GDAL and Aperio)."""


class Samples(NamedTuple):
    """Decoded samples: of so many `bits`, whole bytes, in this machine's order."""

    data: bytes
    shape: tuple[int, ...]
    bits: int


def require(kind: str) -> None:
    """Raise DecodeError where the addition is not installed that a picture of this `kind` needs."""
    try:
        _package()
    except ImportError as error:
        raise DecodeError("needs-formats", kind) from error


def decoded(stored: bytes, codec: Codec, bits: int, **arguments: object) -> Samples:
    """The samples in `stored`, of which `bits` count, moved up to fill whole bytes. Raises ValueError."""
    try:
        array = getattr(_package(), codec.function)(stored, **arguments)
    except RuntimeError as error:  # each codec has a class of its own for what is broken
        raise ValueError(str(error)) from error
    size = array.dtype.itemsize * 8
    if array.dtype.kind == "u" and bits < size:
        array = array << (size - bits)  # such as 12 bits in 16
    return Samples(array.tobytes(), array.shape, size)


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
    samples = decoded(stored, codec, layout.significant_bits, **arguments)
    height, width, channels = (*samples.shape, 1, 1)[:3]
    if (width, channels, samples.bits) != (layout.part[0], layout.samples_of_part, layout.bits) or height < rows:
        raise ValueError(f"{samples.shape} samples of {samples.bits} bits")
    return samples.data


def _package() -> Any:
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # numpy's threads would each take room, and have nothing to do
    import imagecodecs  # which imports each codec when it is asked for

    return imagecodecs
