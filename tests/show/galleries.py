"""Galleries that the tests of the show are made with."""

from __future__ import annotations

from pathlib import Path

from viewer.gallery.model import Gallery, ShowDefaults, Slide

FOLDER = Path("/pictures")


def a_gallery(*slides: Slide | str | int, show: ShowDefaults = ShowDefaults(), folder: Path = FOLDER) -> Gallery:  # noqa: B008 - frozen
    """A gallery of slides, of files, or of numbers n that stand for ``n.jpg``."""
    return Gallery(tuple(_slide(slide) for slide in slides), folder, show=show)


def _slide(slide: Slide | str | int) -> Slide:
    if isinstance(slide, Slide):
        return slide
    return Slide(file=f"{slide}.jpg" if isinstance(slide, int) else slide)


def path(number: int) -> str:
    """Where the picture of slide ``n.jpg`` lies."""
    return str(FOLDER / f"{number}.jpg")
