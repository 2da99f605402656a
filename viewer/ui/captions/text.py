"""What the panel, the window's title and a screen reader say about a slide."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING, Final

from viewer.gallery.model import localized
from viewer.gallery.safe_text import LONGEST_LINE, isolated, line, text
from viewer.ui.captions.panel import NOTHING, CaptionText

if TYPE_CHECKING:
    from viewer.gallery.model import Gallery, Slide
    from viewer.imaging.client.picture import Picture

_DATE: Final = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?(?:[T ](\d\d):(\d\d))?")


def words_for(gallery: Gallery, index: int, lang: str, picture: Picture | None) -> CaptionText:
    """The panel's words for slide `index`; words embedded in the file stand in where the manifest has none."""
    if not 0 <= index < len(gallery.slides):
        return NOTHING
    slide = gallery.slides[index]
    embedded = picture.texts if picture is not None else {}
    facts = [
        ("Notes", localized(slide.notes, lang)),
        ("In the picture", localized(slide.alt, lang) or embedded.get("alt", "")),
        ("Source", localized(slide.source, lang)),
        ("Rights", localized(slide.rights, lang) or localized(gallery.rights, lang) or embedded.get("rights", "")),
        ("Camera", embedded.get("camera", "")),
        ("Exposure", embedded.get("exposure", "")),
        ("File", slide.file),
    ]
    if picture is not None:
        facts.append(("Size", f"{picture.source.width} × {picture.source.height} pixels, {picture.format}"))
    return CaptionText(
        place=place(index, len(gallery.slides)),
        title=title_of(slide, lang, embedded.get("title", "")),
        caption=text(localized(slide.caption, lang) or embedded.get("caption", "")),
        date=spoken_date(slide.taken or embedded.get("taken", "")),
        credit=text(localized(slide.credit, lang) or embedded.get("credit", "") or localized(gallery.credit, lang),
                    LONGEST_LINE),  # it is always seen, and must leave room for the caption
        facts=tuple((name, text(words)) for name, words in facts),
    )


def place(index: int, count: int) -> str:
    """Which slide it is, as in "3 of 11"."""
    return f"{index + 1} of {count}"


def title_of(slide: Slide, lang: str, embedded: str = "") -> str:
    """The slide's title, else the one embedded in the file, else the file's name; on one line."""
    return line(localized(slide.title, lang) or embedded or slide.file.replace("\\", "/").rsplit("/", 1)[-1])


def spoken_date(taken: str) -> str:
    """An ISO 8601 date or time as people write it: "6 June 2018, 17:12"; anything else as it is."""
    found = _DATE.match(taken)
    if found is None:
        return line(taken, 100)
    year, month, day, hour, minute = found.groups()
    try:
        date = dt.date(int(year), int(month or 1), int(day or 1))
    except ValueError:
        return line(taken, 100)
    said = f"{date:%B} {year}" if month else year
    if day:
        said = f"{date.day} {said}"
    return f"{said}, {hour}:{minute}" if hour else said


def window_title(gallery: Gallery, lang: str) -> str:
    """The gallery's title, else its folder's name."""
    title = line(localized(gallery.title, lang) or gallery.folder.name) or "Liftoff"
    return isolated(title).replace("[*]", "[*][*]")  # Qt takes one for the mark of a changed document
