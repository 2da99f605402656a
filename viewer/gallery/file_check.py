"""Checks that the picture files of a gallery exist. May block on a dead network mount: not for the window's thread."""

from __future__ import annotations

import difflib
import stat
from contextlib import suppress
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
    guesses = _NameGuesses()
    for slide, reporter in slide_reporters(gallery, problems):
        path = gallery.path(slide)
        try:
            status = path.stat()
        except FileNotFoundError:
            likely = guesses.likely_name(path)
            remedy = f"there is one called {shown(likely)}, so correct the name" if likely else ""
            reporter.at("file").error(f"there is no such file; {remedy or 'put it there or correct its name'}.")
        except (OSError, ValueError) as error:
            reporter.at("file").error(f"the file cannot be looked at: {why(error)}.")
        else:
            if not stat.S_ISREG(status.st_mode):
                reporter.at("file").error(f"this is {kind_of(status.st_mode)}, not a picture; name a picture's file.")
            elif not status.st_size:
                reporter.at("file").error("the file is empty; copy the picture there again.")
    return problems


class _NameGuesses:
    """Guesses which existing file a missing one was meant to be, from the names in its folder."""

    def __init__(self) -> None:
        self._names: dict[Path, dict[str, str]] = {}
        self._guesses_left = _MOST_GUESSES

    def likely_name(self, path: Path) -> str:
        """The name in the folder of `path` that differs in capitals only, or a little; empty if there is none."""
        folder = path.parent
        if folder not in self._names:
            self._names[folder] = {}
            with suppress(OSError):
                self._names[folder] = {entry.name.casefold(): entry.name for entry in folder.iterdir()}
        names = self._names[folder]
        wanted = path.name.casefold()
        if wanted in names or not self._guesses_left:
            return names.get(wanted, "")
        self._guesses_left -= 1
        close = difflib.get_close_matches(wanted, islice(names, 1000), 1, 0.85)
        return names[close[0]] if close else ""
