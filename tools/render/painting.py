"""One picture of the gallery from its scene to its file; importable by the processes that paint side by side."""

from __future__ import annotations

import importlib
import io
import json
import os
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numba
import numpy as np
import words
from PIL import Image, ImageCms
from studio.film import quantised

if TYPE_CHECKING:
    from studio.light import Array

SCENES = (
    "a_mighty_roar",
    "capturing_history",
    "capturing_every_angle",
    "boosters_firing",
    "fiery_blast_off",
    "shining_through",
    "a_long_straight_shot",
    "goodbye_earth",
    "time_grows_near",
    "offering_blessings",
    "liftoff",
)
FULL = 1.5  # pixels per unit: 2880x1920
GALLERY = Path(__file__).resolve().parents[2] / "assets" / "expedition-56"
LARGEST = 1_490_000  # bytes of one file
QUALITIES = (94, 93, 92, 91, 90)


@dataclass(frozen=True)
class Painted:
    """What came of a slide: where it is, its size in pixels and bytes, and the seconds it took."""

    number: int
    title: str
    path: Path
    width: int
    height: int
    quality: int
    size: int
    seconds: float


def file_name(number: int) -> str:
    """The file of slide `number`, counted from 1."""
    return f"{number:02d}-{SCENES[number - 1].replace('_', '-')}.jpg"


def share_processors(side_by_side: int) -> None:
    """Let this process use its part of the machine. What is painted does not depend on it."""
    numba.set_num_threads(max(1, min(numba.config.NUMBA_NUM_THREADS, (os.cpu_count() or 1) // side_by_side)))


def paint(number: int, scale: float, folder: Path) -> Painted:
    """Paint slide `number` at `scale`, a share of the full size, and write its file into `folder`."""
    slide = json.loads((GALLERY / "gallery.json").read_text("utf-8"))["slides"][number - 1]
    began = time.perf_counter()
    pixels = importlib.import_module(f"scenes.{SCENES[number - 1]}").render(scale * FULL)
    path = folder / file_name(number)
    quality, size = save(pixels, path, slide)
    seconds = time.perf_counter() - began
    return Painted(number, slide["title"], path, pixels.shape[1], pixels.shape[0], quality, size, seconds)


def save(pixels: Array, path: Path, slide: dict[str, Any]) -> tuple[int, int]:
    """Write sRGB values 0 to 1 as a JPEG file with the slide's words; answers its quality and its size in bytes.

    The quality is the best that stays under `LARGEST` bytes.
    """
    if not np.isfinite(pixels).all():
        raise ValueError(f"{path.name}: a pixel is not a number")
    picture = Image.fromarray(quantised(pixels, seed=255), "RGB")
    segment = words.photoshop_segment(words.iim(slide))
    for quality in QUALITIES:
        buffer = io.BytesIO()
        picture.save(
            buffer,
            "JPEG",
            quality=quality,
            subsampling="4:2:0",
            optimize=True,
            icc_profile=srgb_profile(),
            xmp=words.xmp(slide),
            extra=segment,
        )
        if buffer.tell() < LARGEST:
            break
    else:
        raise ValueError(f"{path.name}: {buffer.tell()} bytes even at quality {quality}; give it less grain")
    part = path.with_suffix(".part")
    part.write_bytes(buffer.getvalue())
    part.replace(path)
    return quality, buffer.tell()


def srgb_profile() -> bytes:
    """An sRGB colour profile with a fixed date, so that the same picture is always the same file."""
    profile = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    profile[24:36] = (2018).to_bytes(2, "big") + b"\x00\x06\x00\x06\x00\x00\x00\x00\x00\x00"
    return bytes(profile)
