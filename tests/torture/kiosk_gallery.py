"""The gallery of the stress test of an unattended screen: three of ten files are bad. It is swapped in various ways."""

from __future__ import annotations

import itertools
import json
import random
from typing import TYPE_CHECKING, Final

from tests import pictures
from tests.torture.hostile import write_hostile

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

BAD_SHARE: Final = 0.3
_DIFFERENT: Final = 25


class SwappedGallery:
    """A manifest of `count` slides in `folder`, which is made; the ids of version 3 begin with ``3-``."""

    def __init__(self, folder: Path, count: int, seed: int) -> None:
        self.folder, self.path, self.version = folder, folder / "gallery.json", 0
        folder.mkdir()
        bad = [*_cut_off(folder), *(path.name for path, outcome in write_hostile(folder) if outcome == "refused")]
        good = [pictures.photo(folder / f"photo-{number}.jpg", (480, 320), seed=number).name
                for number in range(_DIFFERENT)]
        self.count, self.bad = count, round(count * BAD_SHARE)
        self._files = [f"{number}-{name}" for number, name in enumerate(itertools.chain(
            itertools.islice(itertools.cycle(bad), self.bad),
            itertools.islice(itertools.cycle(good), count - self.bad)))]
        for number_and_name in self._files:
            source = folder / number_and_name.partition("-")[2]
            if source.is_symlink():
                (folder / number_and_name).symlink_to(source.readlink())
            elif source.is_dir():
                (folder / number_and_name).mkdir()
            else:
                (folder / number_and_name).hardlink_to(source)
        random.Random(seed).shuffle(self._files)
        self.replace()

    def replace(self) -> None:
        """Have the next version there, as an editor does that writes another file and renames it."""
        fresh = self.path.with_suffix(".new")
        fresh.write_bytes(self._next())
        fresh.replace(self.path)

    def rewrite(self) -> None:
        """Write the next version into the same file, in two pieces."""
        data = self._next()
        with self.path.open("wb", buffering=0) as file:
            file.write(data[:len(data) // 2])
            file.write(data[len(data) // 2:])

    def spoil(self) -> None:
        """Have a version there that nobody can read."""
        self.path.write_bytes(self._next()[:-40])

    def take_away(self) -> Callable[[], object]:
        """Rename the folder; returns what brings it back."""
        away = self.folder.rename(self.folder.with_name("away"))
        return lambda: away.rename(self.folder)

    def is_of_this_version(self, slide_id: str) -> bool:
        """Whether a slide is one of the version that was written last."""
        return slide_id.startswith(f"{self.version}-")

    def _next(self) -> bytes:
        self.version += 1
        return json.dumps({"format": "photo-manifest", "version": 1, "slides": [
            {"id": f"{self.version}-{number}", "file": file, "title": f"Slide {number}"}
            for number, file in enumerate(self._files)]}).encode()


def _cut_off(folder: Path) -> list[str]:
    """JPEGs of which half is there, and a tenth; two thirds of a PNG."""
    made = []
    for name, write, share in (("half.jpg", pictures.photo, 0.5), ("tenth.jpg", pictures.photo, 0.1),
                               ("cut.png", pictures.quadrants, 0.66)):
        path = write(folder / name)
        data = path.read_bytes()
        path.write_bytes(data[:round(len(data) * share)])
        made.append(name)
    return made
