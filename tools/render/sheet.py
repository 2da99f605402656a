"""The contact sheet: all pictures of a folder on one dark page, in the gallery's order, without any lettering."""

from __future__ import annotations

from typing import TYPE_CHECKING

from painting import SCENES, file_name, srgb_profile
from PIL import Image

if TYPE_CHECKING:
    from pathlib import Path

WIDTH, MARGIN, GUTTER = 2400, 96, 24
PAPER = (22, 23, 25)
ROWS = (4, 3, 4)  # with one upright among each four, the rows come out almost equally high


def contact_sheet(folder: Path, path: Path) -> None:
    """Lay the pictures in `folder` out in rows that all fill the page's width, and write the page to `path` (JPEG)."""
    pictures = [Image.open(folder / file_name(number)) for number in range(1, len(SCENES) + 1)]
    rows, start = [], 0
    for count in ROWS:
        row = pictures[start : start + count]
        shapes = [picture.width / picture.height for picture in row]
        height = (WIDTH - 2 * MARGIN - GUTTER * (count - 1)) / sum(shapes)
        rows.append((row, shapes, height))
        start += count
    total = sum(round(height) for *_, height in rows) + GUTTER * (len(rows) - 1) + 2 * MARGIN
    page = Image.new("RGB", (WIDTH, total), PAPER)
    top = MARGIN
    for row, shapes, height in rows:
        left = float(MARGIN)
        for picture, shape in zip(row, shapes, strict=True):
            right = left + shape * height
            size = (round(right) - round(left), round(height))
            page.paste(picture.convert("RGB").resize(size, Image.Resampling.LANCZOS), (round(left), top))
            left = right + GUTTER
        top += round(height) + GUTTER
    page.save(path, "JPEG", quality=92, optimize=True, icc_profile=srgb_profile())
