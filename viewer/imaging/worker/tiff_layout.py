"""How the pixels of a TIFF lie in its file, as its tags tell it (TIFF 6.0)."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING, Final, NamedTuple

from viewer.imaging.worker.samples import FLOAT_DEPTHS, Order, is_known_depth

if TYPE_CHECKING:
    from PIL.TiffImagePlugin import ImageFileDirectory_v2

_WIDTH, _HEIGHT, _BITS, _COMPRESSION, _PHOTOMETRIC, _FILL_ORDER, _SAMPLES = 256, 257, 258, 259, 262, 266, 277
_ROWS, _PLANES, _PREDICTOR, _EXTRA, _NUMBERS, _JPEG_TABLES, _SUBSAMPLING = 278, 284, 317, 338, 339, 347, 530
_STRIPS: Final = (273, 279)
_TILES: Final = (324, 325)
_TILE_WIDTH, _TILE_HEIGHT = 322, 323
"""Tags."""

GREY_INVERTED, GREY, RGB, CMYK, YCBCR, LAB, ICC_LAB = 0, 1, 2, 5, 6, 8, 9
"""Photometric interpretations."""

_JPEG: Final = 7
"""The compression that unpacks reduced colours by itself."""

_CHANNELS: Final = {GREY_INVERTED: 1, GREY: 1, RGB: 3, CMYK: 4, YCBCR: 3, LAB: 3, ICC_LAB: 3}
"""How many channels there are of colours that can be unpacked; others may follow."""

UNSIGNED, SIGNED, FLOAT = 1, 2, 3
"""Kinds of numbers, as the tag SampleFormat has them."""

_LARGEST_PART: Final = 1 << 22
"""Pixels of a tile, in a picture that is smaller."""

_MOST_SAMPLES: Final = 64
"""Channels of a picture at most, so that a row has an end."""


class Layout(NamedTuple):
    """Sizes are in pixels, `places` in bytes: where each strip or tile begins, and how long it is.

    Of separate planes, all strips or tiles of the first channel come first. `alpha` is 1 for transparency that the
    colours are multiplied by already, 2 for other, 0 for none. Where a codec makes samples of 16 bits of others,
    `significant_bits` is what these have, and `is_ycbcr` whether it makes RGB of them.
    """

    width: int
    height: int
    part: tuple[int, int]
    is_tiled: bool
    places: tuple[tuple[int, int], ...]
    is_separate: bool
    samples: int
    bits: int
    number: int
    order: Order
    photometric: int
    alpha: int
    compression: int
    predictor: int
    is_bit_reversed: bool
    jpeg_tables: bytes
    significant_bits: int
    is_ycbcr: bool

    @property
    def channels(self) -> int:
        """How many channels are colours."""
        return _CHANNELS[self.photometric]

    @property
    def parts_across(self) -> int:
        """How many strips (one) or tiles lie side by side."""
        return ceil(self.width / self.part[0])

    @property
    def parts_of_plane(self) -> int:
        """How many strips or tiles cover the picture."""
        return self.parts_across * ceil(self.height / self.part[1])

    @property
    def samples_of_part(self) -> int:
        """Samples of one pixel that lie together."""
        return 1 if self.is_separate else self.samples

    def row_bytes(self) -> int:
        """The length of a row of a strip or tile once it is unpacked."""
        return ceil(self.part[0] * self.samples_of_part * self.bits / 8)


def layout_of(tags: ImageFileDirectory_v2) -> Layout | None:
    """The layout that `tags` describe; None for one that cannot be unpacked.

    Raises LookupError, TypeError and ValueError for tags that make no sense.
    """
    width, height = int(tags[_WIDTH]), int(tags[_HEIGHT])
    samples = int(tags.get(_SAMPLES, 1))
    depths = {int(bits) for bits in tags.get(_BITS, (1,))}
    numbers = set(tags.get(_NUMBERS, (UNSIGNED,)))
    photometric = tags.get(_PHOTOMETRIC, GREY_INVERTED)
    if len(depths) != 1 or len(numbers) != 1 or photometric not in _CHANNELS:
        return None
    (bits,), (number,) = depths, numbers
    is_known = bits in FLOAT_DEPTHS if number == FLOAT else number in (UNSIGNED, SIGNED) and is_known_depth(bits)
    is_of_light = photometric in (GREY_INVERTED, GREY, RGB)
    if not is_known or (number != UNSIGNED and not is_of_light) or (number == SIGNED and bits < 8):
        return None
    if photometric == YCBCR and tags.get(_COMPRESSION, 1) != _JPEG and tuple(tags.get(_SUBSAMPLING, (2, 2))) != (1, 1):
        return None
    if not _CHANNELS[photometric] <= samples <= _MOST_SAMPLES or width < 1 or height < 1:
        return None
    extra = tags.get(_EXTRA, ()) if photometric != CMYK else ()
    is_tiled = _TILES[0] in tags
    part = (int(tags[_TILE_WIDTH]), int(tags[_TILE_HEIGHT])) if is_tiled else (
        width, min(int(tags.get(_ROWS, height)), height))
    if min(part) < 1 or part[0] * part[1] > max(4 * width * height, _LARGEST_PART):
        raise ValueError(f"parts of {part[0]} x {part[1]} pixels")
    offsets, lengths = (tags[tag] for tag in (_TILES if is_tiled else _STRIPS))
    layout = Layout(
        width, height, part, is_tiled, tuple(zip(offsets, lengths, strict=False)),
        tags.get(_PLANES, 1) == 2 and samples > 1, samples,
        bits, number, "big" if tags.prefix == b"MM" else "little", photometric,
        extra[0] if extra and extra[0] in (1, 2) and photometric in (GREY_INVERTED, GREY, RGB) else 0,
        tags.get(_COMPRESSION, 1), tags.get(_PREDICTOR, 1), tags.get(_FILL_ORDER, 1) == 2,
        bytes(tags.get(_JPEG_TABLES, b"")), bits, photometric == YCBCR,
    )
    if len(layout.places) < layout.parts_of_plane * (samples if layout.is_separate else 1):
        raise ValueError("strips or tiles are missing")
    return layout
