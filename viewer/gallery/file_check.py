"""Checks that the picture files of a gallery exist. May block on a dead network mount: not for the window's thread."""

from __future__ import annotations

import functools
import stat
from difflib import get_close_matches
from itertools import islice
from typing import TYPE_CHECKING, Final

from viewer.gallery.files import kind_of, why
from viewer.gallery.problems import Reporter, shown, slide_reporter

if TYPE_CHECKING:
    from pathlib import Path

    from viewer.gallery.model import Gallery, Problem, Slide

_MOST_GUESSES: Final = 100  # comparing names is slow, and a whole missing folder needs no guesses


def slide_reporters(gallery: Gallery, problems: list[Problem]) -> list[tuple[Slide, Reporter]]:
    """Each slide with a reporter for its entry in the file, whose number counts the unusable entries too."""
    places = (place for place in range(len(gallery.slides) + len(gallery.unusable)) if place not in gallery.unusable)
    return [(slide, slide_reporter(problems, place, slide.file))
            for slide, place in zip(gallery.slides, places, strict=False)]


def check_files(gallery: Gallery) -> list[Problem]:
    """A Problem for each slide whose file is not there or cannot be a picture, from stat alone."""
    problems: list[Problem] = []
    names_in, guesses = functools.cache(_names_in), iter(range(_MOST_GUESSES))
    for slide, reporter in slide_reporters(gallery, problems):
        path = gallery.path(slide)
        try:
            status = path.stat()
        except FileNotFoundError:
            names, wanted = names_in(path.parent), path.name.casefold()
            likely = names.get(wanted, "")  # differs in capitals only
            if not likely and next(guesses, None) is not None:
                likely = "".join(names[name] for name in get_close_matches(wanted, islice(names, 1000), 1, 0.85))
            remedy = f"there is one called {shown(likely)}, so correct the name" if likely else ""
            reporter.at("file").error(f"there is no such file; {remedy or 'put it there or correct its name'}.")
        except PermissionError:
            reporter.at("file").error(f"the folder {shown(path.parent)} may not be entered; change its permissions.")
        except (OSError, ValueError) as error:
            reporter.at("file").error(f"the file cannot be looked at: {why(error)}.")
        else:
            if not stat.S_ISREG(status.st_mode):
                reporter.at("file").error(f"this is {kind_of(status.st_mode)}, not a picture; name a picture's file.")
            elif not status.st_size:
                reporter.at("file").error("the file is empty; copy the picture there again.")
    return problems


def _names_in(folder: Path) -> dict[str, str]:
    """The names in `folder` by their spelling without capitals; none where it cannot be read."""
    try:
        return {entry.name.casefold(): entry.name for entry in folder.iterdir()}
    except OSError:
        return {}
