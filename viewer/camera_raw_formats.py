"""The formats of camera raw that Liftoff opens: the largest JPEG that the camera embedded in the file is shown.

A PURE table, small, because a worker loads it before its first picture.
"""

from __future__ import annotations

from typing import Final

RAW_ENDINGS: Final = (
    "nef", "nrw", "arw", "sr2", "srf", "dng", "cr2", "cr3", "pef", "srw", "3fr", "iiq", "erf", "dcr", "kdc", "raf",
    "orf", "rw2",
)
"""How such files end, without a dot and in small letters."""

UNNAMED_RAW: Final = "raw"
"""Stands for such an ending where a file has another."""


def is_camera_raw(name: str) -> bool:
    """Whether `name`, in capitals or not, is one of these endings, as a worker calls a raw file's format, too."""
    return name.lower() in RAW_ENDINGS or name.lower() == UNNAMED_RAW
