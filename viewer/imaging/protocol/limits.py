"""How much of a file is borne: bounds that are looked at before a single pixel is decoded.

A `Limits` travels in each request, so that a change counts from the next picture on. No limit can be set beyond what
fits into the memory that a worker may have (`viewer.imaging.worker.sandbox.rlimits`). The preferences show them on a
page of their own, in larger units; `limits_of` makes the one of the other.

Pure, and loaded by the worker before its first picture: it imports next to nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable


class Limits(NamedTuple):
    """What one file may have. What has more of the first four is refused, each with a sentence of its own.

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
"""What can be set. More pixels than by default would not fit twice into a worker's memory, as decoding needs."""

_UNITS: Final = Limits(1_000_000, 1, 1 << 20, 1, 1, 1 << 30, 1 << 20)

KEYS: Final = (
    "limits/megapixels", "limits/side", "limits/file-mb", "limits/scans", "limits/frames", "limits/animation-gb",
    "limits/metadata-mb",
)
"""The options that hold them, in the order of `Limits`."""


def limits_of(number: Callable[[str], int]) -> Limits:
    """The limits as they are set, where `number` gives the value of an option by its key."""
    return Limits(*(number(key) * unit for key, unit in zip(KEYS, _UNITS, strict=True)))


def read_limits(raw: object) -> Limits:
    """Limits as they came over a line; raises ValueError for what is none, or is beyond what can be set."""
    if not isinstance(raw, list) or len(raw) != len(DEFAULT):
        raise ValueError("not limits")
    if not all(type(one) is int and low <= one <= high for one, low, high in zip(raw, LOWEST, HIGHEST, strict=True)):
        raise ValueError("a limit is out of range")
    return Limits(*raw)
