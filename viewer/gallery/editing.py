"""Changing the words of a slide, for the caption editor. Nothing is written: `write_manifest` does that."""

from __future__ import annotations

import msgspec

from viewer.gallery.keys import clean
from viewer.gallery.slides import Gallery, Text, localized, nearest_tag


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
    slides = (*gallery.slides[:index], slide, *gallery.slides[index + 1:])
    return msgspec.structs.replace(gallery, slides=slides)


def _reworded(old: Text, words: str, lang: str, main: str) -> Text:
    words = clean(words)
    if isinstance(old, str):
        if not old or not lang or not main or _base(lang) == _base(main):
            return words
        return {main: old, lang: words} if words else old
    tag = nearest_tag(old, lang)
    if tag is None or (lang and _base(tag) != _base(lang)):
        tag = lang or main or "none"
    changed = {**old, tag: words}
    if not words:
        del changed[tag]
    return changed or ""


def _base(lang: str) -> str:
    return lang.partition("-")[0].lower()
