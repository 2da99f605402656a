"""The texts of a slide for the caption panel and the screen reader."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QDate, QLocale, QTime

from viewer.camera_raw_formats import is_camera_raw
from viewer.gallery.languages import is_language_of, nearest_tag, priority_list
from viewer.gallery.model import displayed_texts, localized, own_texts, slide_name
from viewer.gallery.safe_text import LONGEST_LINE, line, text
from viewer.ui.captions.composition import NOTHING, CaptionText

if TYPE_CHECKING:
    from viewer.gallery.model import Gallery, Slide
    from viewer.imaging.client.picture import Picture

_ISO_8601: Final = r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?(?:[T ](\d\d):(\d\d))?"
_FIELD: Final = "'[^']*'|d{3,4}|d{1,2}|M+|y+"
"""A quoted literal or a field of a QLocale date pattern."""

INCOMPLETE: Final = "The picture is incomplete: its file breaks off. Copy it here again."
_SAMPLE: Final = 100
"""Slides of a gallery that are looked at for the longest caption, in a few milliseconds."""

_MONTH: Final = "\N{OBJECT REPLACEMENT CHARACTER}"
"""Stands for the month's name where a pattern is filled in without it."""


def words_for(gallery: Gallery, index: int, lang: str, picture: Picture | None) -> CaptionText:
    """The texts of slide `index`; those embedded in the file stand in where the manifest has none."""
    if not 0 <= index < len(gallery.slides):
        return NOTHING
    slide = gallery.slides[index]
    found = picture.texts if picture is not None else {}
    texts = displayed_texts(gallery, slide, lang, found)
    embedded = {key: localized(words, lang) for key, words in found.items()}
    taken = slide.taken or embedded.get("taken", "")
    facts = [
        ("Notes", localized(slide.notes, lang)),
        ("In the picture", texts.alt),
        ("Source", localized(slide.source, lang)),
        ("Rights", localized(slide.rights, lang) or localized(gallery.rights, lang) or embedded.get("rights", "")),
        ("Creator", _unless_in(texts.credit, embedded.get("creator", ""))),
        ("Keywords", ", ".join(slide.keywords or embedded.get("keywords", "").split("\n"))),
        ("Rating", _rating_in_words(slide.rating or int(embedded.get("rating", "0")))),
        ("Place", embedded.get("place", "")),
        ("Camera", embedded.get("camera", "")),
        ("Exposure", embedded.get("exposure", "")),
        ("File", slide.file),
    ]
    if picture is not None:
        facts.append(("Size", f"{picture.source.width} × {picture.source.height} pixels, {picture.format}"))
        if picture.incomplete:
            facts.append(("Incomplete", INCOMPLETE))
        if is_camera_raw(picture.format):
            facts.append(("Camera raw", "This is the preview that is embedded in the camera's raw file."))
    return CaptionText(
        place=f"{index + 1} of {len(gallery.slides)}",
        title=slide_name(slide, texts.title),
        caption=text(texts.caption),
        date=date_in_words(taken, _language_of(gallery, slide, lang)) or line(taken, 100) if taken else "",
        credit=text(texts.credit, LONGEST_LINE),  # it is always visible, and must leave space for the caption
        facts=tuple((name, text(words)) for name, words in facts),
        alt=text(texts.alt),
        named_by_file=not line(texts.title),
    )


def _unless_in(credit: str, creator: str) -> str:
    """The `creator` where the `credit`, which is seen beside the picture, does not name them."""
    return "" if creator.casefold() in credit.casefold() else creator


def _rating_in_words(rating: int) -> str:
    """One to five stars, also in words, which a screen reader says."""
    return f"{'★' * rating} ({rating} of 5)" if rating else ""


def place_in_figures(index: int, count: int) -> str:
    """The place of a slide among so many, for readers of any language: "3 / 11"."""
    return f"{index + 1} / {count}"


def longest_words(gallery: Gallery, lang: str) -> CaptionText:
    """The texts of the slide with the most to read beside its picture, of the first 100: there may be 100,000."""
    slides = range(min(len(gallery.slides), _SAMPLE))
    longest = max(slides, default=-1, key=lambda index: sum(map(len, own_texts(gallery.slides[index], lang).visible)))
    return words_for(gallery, longest, lang, None)


def _language_of(gallery: Gallery, slide: Slide, lang: str) -> str:
    """The language (BCP 47) in which someone who asks for `lang` reads the slide's caption, with a region if known."""
    words = slide.caption or slide.title
    shown = nearest_tag(words, lang) or "" if isinstance(words, dict) else gallery.lang
    if not words or shown in {"", "none"}:
        return next(iter(priority_list(lang)), "")
    wanted = next((tag for tag in priority_list(lang) if is_language_of(shown, tag)), "")
    return wanted if "-" in wanted else shown


def date_in_words(taken: str, language: str) -> str | None:
    """What an ISO 8601 date or time `taken` is in `language` (BCP 47), as in "6 June 2018, 17:12"; None if it is none.

    A year alone stays a number; a year and a month lose the day, and get the form of the month that stands alone.
    """
    found = re.match(_ISO_8601, taken)
    if found is None:
        return None
    year, month, day, hour, minute = (int(part or 0) for part in found.groups())
    date = QDate(year, month or 1, day or 1)
    if not date.isValid():
        return None
    if not month:
        return found[1]
    # English of no country puts the day first, as most of the world does; Qt takes it for that of the United States.
    locale = QLocale("en-001" if language.lower() in {"", "en"} else language)
    pattern = _without("dddd", locale.dateFormat(QLocale.FormatType.LongFormat))
    if not day:
        shown = locale.toString(date, _without("d", pattern).replace("MMMM", _MONTH))
        return shown.replace(_MONTH, locale.standaloneMonthName(month))
    words = locale.toString(date, pattern)
    time = QTime(hour, minute)
    if found[4] is None or not time.isValid():
        return words
    return f"{words}{', ' if 'MMMM' in pattern else ' '}{locale.toString(time, 'HH:mm')}"


def _without(field: str, pattern: str) -> str:
    """`pattern` without a field (the weekday or the day) and what stands between it and the next, or the last one."""
    fields = [found for found in re.finditer(_FIELD, pattern) if found[0][0] != "'"]
    for at, found in enumerate(fields):
        if found[0] in {field, 2 * field}:
            rest = pattern[fields[at + 1].start():] if at + 1 < len(fields) else ""
            before = pattern[:found.start()]
            return before + rest if rest else before.rstrip(" ,،-")
    return pattern
