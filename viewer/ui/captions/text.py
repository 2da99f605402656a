"""The texts of a slide for the caption panel and the screen reader, and the window's title."""

from __future__ import annotations

from typing import TYPE_CHECKING

from viewer.gallery.languages import is_language_of, nearest_tag, priority_list
from viewer.gallery.model import displayed_texts, localized, slide_name
from viewer.gallery.safe_text import LONGEST_LINE, isolated, line, text
from viewer.ui.captions.panel import NOTHING, CaptionText

if TYPE_CHECKING:
    from viewer.gallery.model import Gallery, Slide
    from viewer.imaging.client.picture import Picture


def words_for(gallery: Gallery, index: int, lang: str, picture: Picture | None) -> CaptionText:
    """The texts of slide `index`; those embedded in the file stand in where the manifest has none."""
    if not 0 <= index < len(gallery.slides):
        return NOTHING
    slide = gallery.slides[index]
    embedded = picture.texts if picture is not None else {}
    texts = displayed_texts(gallery, slide, lang, embedded)
    if taken := slide.taken or embedded.get("taken", ""):
        from viewer.ui.captions.dates import date_in_words  # two patterns to compile, after the first picture

        taken = date_in_words(taken, _language_of(gallery, slide, lang)) or line(taken, 100)
    facts = [
        ("Notes", localized(slide.notes, lang)),
        ("In the picture", texts.alt),
        ("Source", localized(slide.source, lang)),
        ("Rights", localized(slide.rights, lang) or localized(gallery.rights, lang) or embedded.get("rights", "")),
        ("Camera", embedded.get("camera", "")),
        ("Exposure", embedded.get("exposure", "")),
        ("File", slide.file),
    ]
    if picture is not None:
        facts.append(("Size", f"{picture.source.width} × {picture.source.height} pixels, {picture.format}"))
    return CaptionText(
        place=f"{index + 1} of {len(gallery.slides)}",
        title=slide_name(slide, texts.title),
        caption=text(texts.caption),
        date=taken,
        credit=text(texts.credit, LONGEST_LINE),  # it is always visible, and must leave space for the caption
        facts=tuple((name, text(words)) for name, words in facts),
        alt=text(texts.alt),
    )


def _language_of(gallery: Gallery, slide: Slide, lang: str) -> str:
    """The language (BCP 47) in which someone who asks for `lang` reads the slide's caption, with a region if known."""
    words = slide.caption or slide.title
    shown = nearest_tag(words, lang) or "" if isinstance(words, dict) else gallery.lang
    if not words or shown in {"", "none"}:
        return next(iter(priority_list(lang)), "")
    wanted = next((tag for tag in priority_list(lang) if is_language_of(shown, tag)), "")
    return wanted if "-" in wanted else shown


def window_title(gallery: Gallery, lang: str) -> str:
    """The gallery's title, else its folder's name."""
    title = line(localized(gallery.title, lang) or gallery.folder.name) or "Liftoff"
    return isolated(title).replace("[*]", "[*][*]")  # Qt takes one for the mark of a changed document
