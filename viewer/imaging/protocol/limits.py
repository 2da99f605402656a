"""Limits on picture files, checked before a pixel is decoded.

A `Limits` is part of each request, so that a change counts from the next picture on. No limit can be set beyond what
fits a worker's address space (`viewer.imaging.worker.sandbox.rlimits`). The preferences show them in larger units;
`limits_of` converts.

Standard library only, and little of it: a worker loads this before its first picture.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable


class Limits(NamedTuple):
    """What one file may have. A file that exceeds one of the first four is refused, each with a sentence of its own.

    `pixels` is width x height of the whole picture, `side` its width or height in pixels, `file_bytes` the size of the
    file, `scans` the passes over a progressive JPEG (encoders write about ten; 2,000 empty ones in 20 KB cost 16
    seconds, measured). An animation of more than `frames` frames is shown up to there; one with more
    `animation_bytes`, which are frames x width x height x 4, is shown as a still: its first picture. Those bytes are
    never held all at once, but they are the work of one round: 16 GiB are 2,000 frames of 1920 x 1080, and half a
    minute of a processor. Of `metadata_bytes` (colour profile, Exif, XMP and IPTC together, in this order) what is
    beyond is not read, and the picture is shown.
    """

    pixels: int = 150_000_000
    side: int = 65_535
    file_bytes: int = 1 << 30
    scans: int = 100
    frames: int = 20_000
    animation_bytes: int = 16 << 30
    metadata_bytes: int = 16 << 20


DEFAULT: Final = Limits()

LOWEST: Final = Limits(1_000_000, 256, 1 << 20, 10, 1, 1 << 30, 0)
HIGHEST: Final = Limits(150_000_000, 65_535, 1 << 30, 1_000, 100_000, 1 << 40, 64 << 20)
"""The range that can be set. More pixels would not fit twice into a worker's memory, as decoding needs."""

_UNITS: Final = Limits(1_000_000, 1, 1 << 20, 1, 1, 1 << 30, 1 << 20)

KEYS: Final = (
    "limits/megapixels", "limits/side", "limits/file-mb", "limits/scans", "limits/frames", "limits/animation-gb",
    "limits/metadata-mb",
)
"""The options that hold them, in the order of `Limits`."""


def limits_of(number: Callable[[str], int]) -> Limits:
    """The limits set by the options, of which `number` returns the value by key."""
    units = zip(KEYS, _UNITS, strict=True)  # pragma: no mutate: both are as long
    return Limits(*(number(key) * unit for key, unit in units))


def read_limits(raw: object) -> Limits:
    """Limits from a decoded line; raises ValueError for anything else, or a limit out of range."""
    if not isinstance(raw, list) or len(raw) != len(DEFAULT):
        raise ValueError("not limits")
    ranges = zip(raw, LOWEST, HIGHEST, strict=True)  # pragma: no mutate: all are as long
    if not all(type(one) is int and low <= one <= high for one, low, high in ranges):
        raise ValueError("a limit is out of range")
    return Limits(*raw)
