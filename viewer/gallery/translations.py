"""The languages that the texts of a gallery come in."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from viewer.gallery.model import Gallery

_LOOKED_AT: Final = 500
"""Slides: a gallery is translated throughout or hardly, and to parse a hundred thousand would take seconds."""


def translated_into(gallery: Gallery) -> list[str]:
    """The tags (BCP 47) of languages that its texts and those of its first slides come in, as they are first met."""
    texts = [gallery.title, gallery.summary, gallery.credit, gallery.rights]
    for slide in islice(gallery.slides, _LOOKED_AT):
        texts += (slide.title, slide.caption, slide.alt, slide.credit, slide.rights, slide.source, slide.notes)
    tags = {tag.casefold(): tag for text in texts if not isinstance(text, str)
            for tag, wording in text.items() if wording and tag.lower() not in ("", "none")}
    return list(tags.values())
