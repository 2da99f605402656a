"""Whether a gallery has words to be shown beside its pictures, or file names only.

The answer is for the gallery, not for each slide, so that what depends on it stays as it is from slide to slide.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Final

from viewer.gallery.lazy_slides import LazySlides

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from viewer.gallery.model import Gallery, Slide, Text

_FIRST: Final = 64
_BEYOND: Final = 16
"""Slides of a lazily parsed gallery that are looked at: the first ones, which lie in the piece of text that is parsed
anyway, and some at equal distances among the rest, each of which has 0.2 ms of text parsed."""


class GalleryWords:
    """Remembers whether the open gallery has words; once some are found, it has them until another is opened."""

    def __init__(self) -> None:
        self.found = False
        self._origin: Path | None = None

    def open(self, gallery: Gallery) -> None:
        """Decide for `gallery`; a new version of the same one has words if the old one had."""
        same = gallery.origin is not None and gallery.origin == self._origin
        self._origin = gallery.origin
        self.found = bool(gallery.slides) and ((self.found and same) or has_words(gallery))

    def forget(self) -> None:
        """Decide for the next version of the gallery as for another one: it is read again because somebody asked."""
        self._origin = None  # pragma: no mutate: whatever is no path does

    def look_at(self, slide: Slide, embedded: Mapping[str, Text]) -> None:
        """Take note of a slide that is shown, and of the texts embedded in its picture's file.

        Of those a title or a caption counts: a camera writes the date, and often its owner, into every file.
        """
        self.found = self.found or slide_has_words(slide) or bool(embedded.get("title") or embedded.get("caption"))


def has_words(gallery: Gallery) -> bool:
    """Whether the gallery says something of its slides, as far as a look at some of a large one shows."""
    return _says_something(gallery.credit) or any(map(slide_has_words, _looked_at(gallery)))


def slide_has_words(slide: Slide) -> bool:
    """Whether a slide has a caption, a credit, a date, or a title that is not just its file's name."""
    if slide.taken.strip() or _says_something(slide.caption) or _says_something(slide.credit):
        return True
    name = slide.file.replace("\\", "/").rsplit("/", 1)[-1].casefold()
    return any(title.strip() and title.strip().casefold() not in (name, name.rpartition(".")[0])
               for title in _wordings(slide.title))


def _looked_at(gallery: Gallery) -> Iterable[Slide]:
    slides = gallery.slides
    if not isinstance(slides, LazySlides):
        return slides
    beyond = range(_FIRST, len(slides), max((len(slides) - _FIRST) // _BEYOND, 1))
    return (slides[index] for index in [*range(min(_FIRST, len(slides))), *islice(beyond, _BEYOND)])


def _says_something(text: Text) -> bool:
    return any(wording.strip() for wording in _wordings(text))


def _wordings(text: Text) -> Iterable[str]:
    return (text,) if isinstance(text, str) else text.values()
