"""Generates JPEGs with an Exif thumbnail, like those of cameras."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from PIL import Image

from tests.pictures import BLUE, RED, solid

if TYPE_CHECKING:
    from pathlib import Path


def with_embedded(path: Path, small: Image.Image, *, orientation: int = 1, size: tuple[int, int]) -> Path:
    """A red JPEG of `size` with the Exif thumbnail `small`."""
    buffer = io.BytesIO()
    small.save(buffer, "JPEG", quality=95, subsampling=0)
    exif = Image.Exif()
    exif[274] = orientation
    body = exif.tobytes()  # TIFF header, then IFD0 at 8 with one entry, 18 bytes long; IFD1 is appended
    first = body.index(b"MM\0*" if b"MM\0*" in body else b"II*\0")
    order = "big" if body[first : first + 1] == b"M" else "little"

    def number(value: int, length: int) -> bytes:
        return value.to_bytes(length, "big" if order == "big" else "little")

    tiff = bytearray(body[first:])
    end = 8 + 2 + 12
    tiff = tiff[:end] + number(end + 4, 4)
    at = end + 4 + 2 + 24 + 4
    tiff += number(2, 2)
    tiff += number(513, 2) + number(4, 2) + number(1, 4) + number(at, 4)
    tiff += number(514, 2) + number(4, 2) + number(1, 4) + number(len(buffer.getvalue()), 4)
    tiff += number(0, 4) + buffer.getvalue()
    return solid(path, RED, size, exif=b"Exif\0\0" + bytes(tiff))


def barred(size: tuple[int, int], inner: tuple[int, int]) -> Image.Image:
    """A black thumbnail of `size` with a centred blue picture of `inner`."""
    image = Image.new("RGB", size)
    image.paste(BLUE, ((size[0] - inner[0]) // 2, (size[1] - inner[1]) // 2, (size[0] + inner[0]) // 2,
                       (size[1] + inner[1]) // 2))
    return image
