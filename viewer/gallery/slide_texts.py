"""A slide's texts in one language: which of them are displayed, and what the slide is called."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from viewer.gallery.model import localized
from viewer.gallery.safe_text import line

if TYPE_CHECKING:
    from collections.abc import Mapping

    from viewer.gallery.model import Gallery, Slide


class SlideTexts(NamedTuple):
    """The texts of a slide that a person reads, hears or edits; empty where there is none."""

    title: str
    caption: str
    alt: str
    credit: str

    @property
    def visible(self) -> tuple[str, str, str]:
        """What is read beside the picture, and counts for its reading time: title, caption and credit."""
        return self.title, self.caption, self.credit


def own_texts(slide: Slide, lang: str) -> SlideTexts:
    """The texts that the gallery has for `slide`, in `lang` (a language priority list) or the nearest there is."""
    return SlideTexts(*(localized(text, lang) for text in (slide.title, slide.caption, slide.alt, slide.credit)))


def displayed_texts(gallery: Gallery, slide: Slide, lang: str, embedded: Mapping[str, str]) -> SlideTexts:
    """The slide's own texts, else those `embedded` in its picture's file, else, for the credit, the gallery's."""
    texts = SlideTexts(*(own or embedded.get(key, "")
                         for key, own in zip(SlideTexts._fields, own_texts(slide, lang), strict=True)))
    return texts._replace(credit=texts.credit or localized(gallery.credit, lang))


def slide_name(slide: Slide, title: str) -> str:
    """What a slide is called, on one line that is safe to show: its `title`, else the name of its file."""
    return line(title) or line(slide.file.replace("\\", "/").rsplit("/", 1)[-1])
