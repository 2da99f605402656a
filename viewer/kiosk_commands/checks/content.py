"""Checks of what is shown: everything that ``liftoff check`` finds, and what only an unattended show suffers from."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Final

from viewer.gallery.check import check
from viewer.gallery.model import own_texts
from viewer.gallery.open import builtin_manifest
from viewer.gallery.problems import shown
from viewer.gallery.reading_time import reading_time
from viewer.kiosk_commands.checks.finding import Finding, error, warning
from viewer.settings import BY_KEY

if TYPE_CHECKING:
    from pathlib import Path

    from viewer.gallery.model import Gallery, Problem
    from viewer.kiosk.config import KioskConfig
    from viewer.kiosk_commands.checks.finding import Kiosk

_ALWAYS_SHOWN: Final = ("/caption", "/duration")
"""The ends of pointers to warnings that mean words which nobody can read to their end."""


def source(kiosk: Kiosk) -> list[Finding]:
    """Whether anybody has said what is to be shown."""
    return warning("No gallery is set, and the one that comes with Liftoff is shown: write where yours lies into "
                   "kiosk.toml, as in gallery = \"/srv/gallery\".") if None in kiosk.galleries else []


def galleries(kiosk: Kiosk) -> list[Finding]:
    """What is wrong with the galleries of all screens, their pictures included; of several each line says which."""
    several = len(kiosk.galleries) > 1
    return [finding._replace(sentence=f"{shown(where)}: {finding.sentence}")
            if several and where is not None and str(where) not in finding.sentence else finding
            for where in kiosk.galleries for finding in _gallery(kiosk, where)]


def _gallery(kiosk: Kiosk, source: Path | None) -> list[Finding]:
    gallery, problems = check(source, kiosk.decode)
    found = [Finding(problem.severity, problem.sentence) for problem in problems if _matters(problem)]
    if gallery is not None and not gallery.slides:
        return found + error(f"{shown(gallery.folder)} has no slides: add pictures.")
    if others := sum(not _matters(problem) for problem in problems):
        found += warning(f"{others} further warning{'s' * (others > 1)} of this gallery: type “liftoff check "
                         f"{shown(source or builtin_manifest())}”.")
    if gallery is None:
        return found
    found += _dates(gallery, kiosk.clock_doubt)
    return found + _times(gallery, kiosk.config) + ([] if kiosk.config.outside_files else _outside(gallery))


def _matters(problem: Problem) -> bool:
    return problem.severity == "error" or problem.pointer.endswith(_ALWAYS_SHOWN)


def _times(gallery: Gallery, config: KioskConfig) -> list[Finding]:
    """Whether slides without a time of their own are shown for as long as their words take to read."""
    asked = config.options.get("show/interval", gallery.show.interval)
    interval = str(BY_KEY["show/interval"].default if asked is None else asked)
    if interval == "auto":
        return []
    seconds = float(interval)
    if not seconds:
        return error("The time for each picture is 0: the show stands still. Write “auto” for “show/interval”.")
    times = [reading_time(*own_texts(slide, str(config.options.get("caption/language", ""))).visible)
             for slide in gallery.slides if slide.duration is None]
    short = [time for time in times if time > seconds]
    if not short:
        return []
    return warning(f"{len(short)} of {len(gallery.slides)} slides cannot be read in the {seconds:g} seconds that each "
                   f"has; the longest takes {max(short):.0f}. Write “auto” for “show/interval”.")


def _dates(gallery: Gallery, clock_doubt: str) -> list[Finding]:
    """Whether slides are to be shown at their times by a clock that nobody trusts."""
    count = sum(slide.valid is not None for slide in gallery.slides)
    return warning(f"Slides of {shown(gallery.folder)} that have times (“valid”), {count} of {len(gallery.slides)}: "
                   "they are shown at any time until the clock can be trusted.") if clock_doubt and count else []


def _outside(gallery: Gallery) -> list[Finding]:
    """Whether pictures lie outside the gallery's folder, where an unattended show does not go."""
    folder = os.path.realpath(gallery.folder)
    outside = [slide.file for slide in gallery.slides
               if os.path.commonpath([folder, os.path.realpath(gallery.path_str(slide))]) != folder]
    if not outside:
        return []
    which = f"{shown(outside[0])} lies" if len(outside) == 1 else f"{shown(outside[0])} and {len(outside) - 1} more lie"
    return warning(f"{which} outside {shown(folder)}: put the pictures into that folder, or "
                   "allow it by “outside-files = true”.")
