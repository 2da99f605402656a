"""Changes the texts of one slide and writes them into its manifest, for the caption editor."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from viewer.gallery.formats.fields import clean
from viewer.gallery.formats.json_slides import JsonSlides
from viewer.gallery.formats.manifest import entry_text, read_manifest, write_manifest
from viewer.gallery.languages import is_language_of, nearest_tag, priority_list
from viewer.gallery.matching import SlideMatch, match_slides
from viewer.gallery.model import Gallery, GalleryError, SlideTexts, Text, localized, own_texts
from viewer.gallery.problems import Reporter

if TYPE_CHECKING:
    from collections.abc import Mapping


def save_texts(gallery: Gallery, index: int, lang: str, texts: SlideTexts) -> tuple[Gallery, SlideMatch]:
    """Write the `texts` of slide `index` that were changed into the manifest of `gallery`, as it is on the disk now.

    `texts` are in `lang`. Returns the gallery as written, and where the slides of `gallery` are in it. Raises
    GalleryError where the manifest cannot be read or written, or has no such slide any more.
    """
    assert gallery.origin is not None, "without a manifest there is nothing to edit"  # pragma: no mutate: for us
    slide = gallery.slides[index]
    current, _problems = read_manifest(gallery.origin)
    match = match_slides(gallery, current)
    at = index if match.places is None else match.places[index]
    if at is None or current.slides[at].id != slide.id:  # another slide may show the same file
        raise GalleryError("This slide is no longer in the gallery, so its words cannot be saved there.")
    fields = zip(SlideTexts._fields, texts, own_texts(slide, lang), strict=True)  # pragma: no mutate: all are four
    changed = {key: new for key, new, old in fields if new != old}
    edited = with_texts(current, at, changed, lang)
    write_manifest(edited, gallery.origin)
    return edited, match


def with_texts(gallery: Gallery, index: int, texts: Mapping[str, str], lang: str = "") -> Gallery:
    """`gallery` with these `texts`, by their keys, for the slide at `index`; the same texts change nothing.

    In a language map only the entry that someone who reads `lang` sees is changed, or one for `lang` added. A plain
    string becomes a map only where it is known to be in another language, from `Gallery.lang`.
    """
    slide = gallery.slides[index]
    fields = {key: _changed(getattr(slide, key), text, lang, gallery.lang)
              for key, text in texts.items() if text != localized(getattr(slide, key), lang)}
    extra = {key: kept for key, kept in slide.extra.items()
             if key not in fields or (isinstance(kept, dict) and isinstance(fields[key], dict))}
    slide, slides = msgspec.structs.replace(slide, **fields, extra=extra), gallery.slides
    changed = slides.replaced(index, entry_text(slide)) if isinstance(slides, JsonSlides) else (
        *slides[:index], slide, *slides[index + 1:])
    return msgspec.structs.replace(gallery, slides=changed)


def _changed(old: Text, new: str, lang: str, gallery_lang: str) -> Text:
    new = clean(new, Reporter([], "", ""))  # pragma: no mutate: nobody reads the report
    if isinstance(old, str):
        if not old or not lang or not gallery_lang or is_language_of(gallery_lang, lang):
            return new
        return {gallery_lang: old, priority_list(lang)[0]: new} if new else old
    tag = nearest_tag(old, lang)
    if tag is None or (lang and not is_language_of(tag, lang)):
        tag = next(iter(priority_list(lang)), gallery_lang or "none")
    changed = {**old, tag: new}
    if not new:
        del changed[tag]
    return changed or ""
