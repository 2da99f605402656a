"""Changes the texts of one slide and writes them into its manifest, for the caption editor."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import msgspec

from viewer.gallery.formats.fields import clean
from viewer.gallery.formats.manifest import read_manifest, with_slide, write_manifest
from viewer.gallery.languages import is_language_of, nearest_tag, priority_list
from viewer.gallery.lazy_slides import identities_of
from viewer.gallery.matching import match_slides
from viewer.gallery.model import GalleryError, localized

if TYPE_CHECKING:
    from pathlib import Path

    from viewer.gallery.matching import SlideMatch
    from viewer.gallery.model import Gallery, Slide, Text


def with_words(
    gallery: Gallery, index: int, *, title: str | None = None, caption: str | None = None, alt: str | None = None,
    credit: str | None = None, lang: str = "",
) -> Gallery:
    """`gallery` with new words for the slide at `index`; None, or the words shown already, leave a text as it is.

    In a language map only the wording that someone who reads `lang` sees is changed, or one in `lang` added. A plain
    string becomes a map only where it is known to be in another language, from `Gallery.lang`.
    """
    slide = gallery.slides[index]
    new = {"title": title, "caption": caption, "alt": alt, "credit": credit}
    fields = {key: _reworded(getattr(slide, key), words, lang, gallery.lang)
              for key, words in new.items() if words is not None and words != localized(getattr(slide, key), lang)}
    extra = {key: kept for key, kept in slide.extra.items()
             if key not in fields or (isinstance(kept, dict) and isinstance(fields[key], dict))}
    slide = msgspec.structs.replace(slide, **fields, extra=extra)
    return with_slide(gallery, index, slide)


def _reworded(old: Text, words: str, lang: str, main: str) -> Text:
    words = clean(words)
    if isinstance(old, str):
        if not old or not lang or not main or is_language_of(main, lang):
            return words
        return {main: old, priority_list(lang)[0]: words} if words else old
    tag = nearest_tag(old, lang)
    if tag is None or (lang and not is_language_of(tag, lang)):
        tag = next(iter(priority_list(lang)), main or "none")
    changed = {**old, tag: words}
    if not words:
        del changed[tag]
    return changed or ""


class EditedWords(NamedTuple):
    """What was typed."""

    title: str
    caption: str
    alt: str
    credit: str


def words_of(slide: Slide, lang: str) -> EditedWords:
    """The slide's words as someone who reads `lang` sees them."""
    return EditedWords(*(localized(text, lang) for text in (slide.title, slide.caption, slide.alt, slide.credit)))


def save_words(origin: Path, slide: Slide, index: int, lang: str, words: EditedWords) -> Gallery:
    """Put the words that were changed into the manifest at `origin`, as it lies on the disk now.

    `slide` is the one that was edited, and `index` its place at that time. Returns the gallery as it was written.
    Raises GalleryError where it cannot be read or written, or has no such slide any more.
    """
    gallery, _problems = read_manifest(origin)
    at = _place_of(gallery, slide, index)
    if at is None:
        raise GalleryError("This slide is no longer in the gallery, so its words cannot be saved there.")
    before = words_of(slide, lang)
    changed = {key: new for key, new, old in zip(EditedWords._fields, words, before, strict=True) if new != old}
    edited = with_words(gallery, at, lang=lang, **changed)
    write_manifest(edited, origin)
    return edited


def save_in(gallery: Gallery, slide: Slide, index: int, lang: str, words: EditedWords) -> tuple[Gallery, SlideMatch]:
    """The same for a `gallery` with a manifest that is shown; says also where its slides are in the one returned."""
    assert gallery.origin is not None, "without a manifest there is nothing to edit"
    edited = save_words(gallery.origin, slide, index, lang, words)
    return edited, match_slides(gallery, edited)


def _place_of(gallery: Gallery, slide: Slide, index: int) -> int | None:
    """Where the slide is now: by its id, or by its file if it has none; of several the nearest."""
    names = identities_of(gallery.slides)
    places = [at for at, known in enumerate(zip(names.ids, names.files, strict=True))
              if (known[0] == slide.id if slide.id else known == ("", slide.file))]
    return min(places, key=lambda at: abs(at - index), default=None)
