"""Leaves out slides whose pictures lie beyond their gallery's folder: its author need not own the machine.

What the paths do not show, a symbolic link, is for the workers, which then read nothing but that folder.
"""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING

import msgspec

from viewer.gallery.file_check import slide_reporters
from viewer.gallery.lazy_slides import LazySlides
from viewer.gallery.paths import begins_at_root

if TYPE_CHECKING:
    from viewer.gallery.model import Gallery, Problem


def is_inside(file: str) -> bool:
    """Whether `file`, as written in a gallery, plainly lies in the gallery's folder.

    One that goes up and down again does not: where it passes through a link, it goes up somewhere else.
    """
    return not begins_at_root(file) and ".." not in file.replace("\\", "/").split("/")


def contained(gallery: Gallery) -> tuple[Gallery, list[Problem]]:
    """`gallery` without such slides, and a problem for each; pictures that were named one by one are all wanted."""
    if gallery.origin is None or isinstance(gallery.slides, LazySlides):  # whose files are plainly inside
        return gallery, []
    problems: list[Problem] = []
    outside: dict[int, None] = {}
    for slide, reporter in slide_reporters(gallery, problems):
        if not is_inside(slide.file):
            outside[int(reporter.pointer.rpartition("/")[2])] = None
            reporter._replace(file=posixpath.basename(slide.file)).error(
                "the picture lies outside the gallery's folder, and a kiosk shows nothing from there; put it in the "
                "folder, or write “outside-files = true” in the kiosk's file.")
    if not problems:
        return gallery, []
    kept = tuple(slide for slide in gallery.slides if is_inside(slide.file))
    return msgspec.structs.replace(gallery, slides=kept, unusable=gallery.unusable | outside), problems
