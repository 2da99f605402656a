"""Drafts a manifest from the pictures of a folder and the words found in and beside them, or adds new ones to one."""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING, Final

import msgspec

from viewer.gallery.model import Gallery, Slide, Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

_TEXT_KEYS: Final = ("title", "caption", "alt", "credit", "rights")
"""Keys of a slide that have the same name among the words found, and may be in several languages."""


def drafted_slide(file: str, words: Mapping[str, Text]) -> Slide:
    """A slide for the picture `file` with the `words` that were found for it, by `imaging.protocol`'s keys."""
    rating = _one_wording(words, "rating")
    slide = Slide(file, taken=_one_wording(words, "taken"), rating=int(rating) if rating else None,
                  keywords=tuple(filter(None, _one_wording(words, "keywords").split("\n"))))
    return msgspec.structs.replace(slide, **{key: words[key] for key in _TEXT_KEYS if key in words})


def drafted_gallery(folder: Path, slides: Iterable[Slide]) -> Gallery:
    """A new gallery of `slides`, whose files are relative to `folder`, called by the folder's name."""
    folder = folder.absolute()
    return Gallery(tuple(slides), folder, title=folder.name, order=("format", "version", "title", "slides"))


def not_shown_by(gallery: Gallery, slides: Iterable[Slide]) -> list[Slide]:
    """Those of `slides`, whose files are relative to the same folder, whose picture no slide of `gallery` shows."""
    shown = {PurePath(slide.file).as_posix() for slide in gallery.slides}
    return [slide for slide in slides if slide.file not in shown]


def with_added(gallery: Gallery, slides: Iterable[Slide]) -> Gallery:
    """`gallery` with `slides` at its end; all that is in it stays as it is, entries that are no slides too."""
    return msgspec.structs.replace(gallery, slides=(*gallery.slides, *slides))


def _one_wording(words: Mapping[str, Text], key: str) -> str:
    """The text of a key that has one wording in all languages."""
    text = words.get(key)
    return text if isinstance(text, str) else ""
