"""Whether what is on a surface is what should be: luminances of a grid of small patches, compared."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from viewer.imaging.protocol.messages import Box

GRID: Final = 8
"""Patches in a row, and rows."""

PATCH: Final = 8
"""Device pixels of a patch's side. Patches are compared pixel by pixel in effect, at any size of the screen alike."""

FEWEST: Final = 16
"""Patches that have to be in view; of fewer nothing can be said."""

_TOLERANCE: Final = 6.0  # of 255: rounding, and another size of the same picture
_SHARE: Final = 4  # a message or a button that lies on the picture hides less than a quarter of it


def places(box: Box) -> Iterator[tuple[int, int]]:
    """The upper left corners of the patches in a viewport of that size, row by row; none where it is too small."""
    if min(box.width, box.height) < GRID * PATCH:
        return
    for row in range(GRID):
        for column in range(GRID):
            yield ((2 * column + 1) * box.width // (2 * GRID) - PATCH // 2,
                   (2 * row + 1) * box.height // (2 * GRID) - PATCH // 2)


def luminance(pixels: bytes) -> float:
    """The mean luminance, 0 to 255, of pixels of four bytes: blue, green, red, unused (ITU-R BT.709, as encoded)."""
    count = len(pixels) // 4
    blue, green, red = (sum(pixels[channel::4]) / count for channel in range(3))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def is_same(seen: Sequence[float], expected: Sequence[float]) -> bool | None:
    """Whether the surface shows what it should; None where too little of it is in view."""
    if len(expected) < FEWEST:
        return None
    wrong = sum(abs(one - other) > _TOLERANCE for one, other in zip(seen, expected, strict=True))
    return wrong * _SHARE <= len(expected)
