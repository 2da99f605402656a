"""Looking on the disk whether the pictures are there. This can block on a dead network mount: not for the window."""

from __future__ import annotations

import difflib
import stat
from typing import TYPE_CHECKING

from viewer.gallery.files import kind_of, why
from viewer.gallery.wording import Spot, shown

if TYPE_CHECKING:
    from pathlib import Path

    from viewer.gallery.slides import Gallery, Problem, Slide


def slide_spots(gallery: Gallery, problems: list[Problem]) -> list[tuple[Slide, Spot]]:
    """Each slide with its place in the file, which counts the unusable slides too."""
    places = (place for place in range(len(gallery.slides) + len(gallery.unusable)) if place not in gallery.unusable)
    return [(slide, Spot(problems, f"/slides/{place}", f"Slide {place + 1}", slide.file))
            for slide, place in zip(gallery.slides, places, strict=False)]


def look_at(gallery: Gallery) -> list[Problem]:
    """A Problem for each slide whose file is not there or cannot be a picture; no file is opened."""
    problems: list[Problem] = []
    siblings: dict[Path, list[str]] = {}
    for slide, spot in slide_spots(gallery, problems):
        path = gallery.path(slide)
        try:
            status = path.stat()
        except FileNotFoundError:
            likely = _likely_name(path, siblings)
            spot.at("file").error(f"there is no such file; {likely or 'put it there or correct its name'}.")
        except (OSError, ValueError) as error:
            spot.at("file").error(f"the file cannot be looked at: {why(error)}.")
        else:
            if not stat.S_ISREG(status.st_mode):
                spot.at("file").error(f"this is {kind_of(status.st_mode)}, not a picture; name a picture's file.")
            elif not status.st_size:
                spot.at("file").error("the file is empty; copy the picture there again.")
    return problems


def _likely_name(path: Path, siblings: dict[Path, list[str]]) -> str:
    """What the missing file may have been meant to be, from the names in its folder."""
    folder = path.parent
    if folder not in siblings:
        try:
            siblings[folder] = [entry.name for entry in folder.iterdir()]
        except OSError:
            siblings[folder] = []
    names = siblings[folder]
    for name in names:
        if name.casefold() == path.name.casefold():
            return f"there is one called {shown(name)}, and capitals count, so correct its name"
    close = difflib.get_close_matches(path.name, names[:1000], 1, 0.8)
    return f"there is one called {shown(close[0])}; correct its name or put the missing one there" if close else ""
