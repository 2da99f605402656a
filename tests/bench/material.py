"""The pictures that are shown: made once, kept in a folder between runs.

Each has the detail and the file size of a photo. Blocks of colour carry its number (`tests.pictures.number_of`), the
noise between them tells by its contrast whether all detail is there, and a frame in a colour of its own shows where
on the screen it is, whatever program shows it.
"""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING, Final

from PIL import Image, ImageDraw

from tests.pictures import numbered_image, photo_image, write

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

FRAME: Final = (255, 0, 255)
"""The colour of the frame around each picture."""

DISTINCT: Final = 150
"""Different pictures in the large sets; the rest are further names (hard links) of these files."""

LAUNCH_SLIDES: Final = 11
HUGE: Final = (12240, 8160)
"""Pixels of the photo of 100 megapixels."""

_BLOCK: Final = 0.6
_BACKGROUNDS: Final = 10
_VERSION: Final = "5"


class Material:
    """Galleries below `folder`; each is made when it is first asked for. `say` is told what takes a while."""

    def __init__(self, folder: Path, say: Callable[[str], None]) -> None:
        self._folder = folder
        self._say = say

    def small_set(self) -> Path:
        """S: 11 photos of 24 megapixels, numbered from 0."""
        return self._once("s", lambda place: self._photos(place, LAUNCH_SLIDES, LAUNCH_SLIDES, (6000, 4000)))

    def medium_set(self, count: int) -> Path:
        """M: `count` photos of 12 megapixels, number n being n modulo 150."""
        return self._once(f"m{count}", lambda place: self._photos(place, count, DISTINCT, (4240, 2832)))

    def large_set(self) -> Path:
        """L: 20,000 pictures of 800 x 600."""
        return self._once("l", lambda place: self._photos(place, 20_000, DISTINCT, (800, 600)))

    def huge_set(self) -> Path:
        """H: a photo of 100 megapixels, numbered 0, and two of 24 after it."""
        def make(place: Path) -> None:
            write(with_number(photo_image(HUGE), 0), place / "00000.jpg", quality=90, subsampling=1)
            for name in ("00001.jpg", "00002.jpg"):
                os.link(self.small_set() / name, place / name)

        return self._once("h", make)

    def endless_set(self) -> Path:
        """100,000 pictures of 800 x 600 in one folder: further names of those of L."""
        def make(place: Path) -> None:
            large = self.large_set()
            for n in range(100_000):
                os.link(large / f"{n % DISTINCT:05}.jpg", place / f"{n:05}.jpg")

        return self._once("e", make)

    def manifest(self, slides: int) -> Path:
        """A manifest of so many slides, with titles and captions, over the photos of S."""
        def make(place: Path) -> None:
            photos = sorted(self.small_set().glob("*.jpg"))
            for photo in photos:
                os.link(photo, place / photo.name)
            rows = [
                {"file": photos[n % len(photos)].name, "id": f"n{n}", "title": f"Picture {n + 1}",
                 "caption": f"What there is to say about picture {n + 1}, in a sentence or two. " * 2,
                 "credit": "Nobody"}
                for n in range(slides)
            ]
            text = json.dumps({"format": "photo-manifest", "version": 1, "title": "Many", "slides": rows})
            (place / "gallery.json").write_text(text, encoding="utf-8")

        return self._once(f"manifest{slides}", make) / "gallery.json"

    def _once(self, name: str, make: Callable[[Path], None]) -> Path:
        place = self._folder / f"{name}-v{_VERSION}"
        if not place.exists():
            self._say(f"making pictures: {place}")
            fresh = place.with_name(f"{place.name}.{os.getpid()}")
            fresh.mkdir(parents=True)
            make(fresh)
            fresh.rename(place)
        return place

    def _photos(self, place: Path, count: int, distinct: int, size: tuple[int, int]) -> None:
        backgrounds = [photo_image(size, seed) for seed in range(min(distinct, _BACKGROUNDS))]
        for n in range(count):
            name = place / f"{n:05}.jpg"
            if n < distinct:
                write(with_number(backgrounds[n % len(backgrounds)], n), name, quality=96, subsampling=1)
            else:
                os.link(place / f"{n % distinct:05}.jpg", name)


def with_number(background: Image.Image, number: int) -> Image.Image:
    """A copy of `background` with `number` on it, in a frame."""
    width, height = background.size
    image = background.copy()
    blocks = numbered_image(number, image.size)
    for across in range(4):
        for down in range(3):
            middle_x, middle_y = (2 * across + 1) * width // 8, (2 * down + 1) * height // 6
            half_x, half_y = int(width / 8 * _BLOCK), int(height / 6 * _BLOCK)
            area = (middle_x - half_x, middle_y - half_y, middle_x + half_x, middle_y + half_y)
            image.paste(blocks.crop(area), area)
    ImageDraw.Draw(image).rectangle((0, 0, width - 1, height - 1), outline=FRAME, width=max(6, width // 80))
    return image
