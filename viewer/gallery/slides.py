"""The words of the house: a slide, a gallery, and a problem found while reading one.

Texts are plain: markup is shown as it was typed and never run. A text is one string, or a language map such as
``{"en": "Liftoff!", "ru": "Старт!"}``; `localized` chooses.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, Literal, TypeAlias

import msgspec

Text: TypeAlias = str | dict[str, str]
Duration: TypeAlias = float | Literal["auto"]


class Validity(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=False):
    """When a slide may be shown: ISO 8601 dates or times, either end open."""

    from_: str = msgspec.field(name="from", default="")
    until: str = ""


class Slide(msgspec.Struct, frozen=True, omit_defaults=True):
    """One picture with its words.

    `file` is as written in the manifest; `Gallery.path` makes a path of it. `duration` is seconds, ``"auto"`` for
    the reading time, or None for the show's own interval. `focus` is (x, y) from the top left corner, 0 to 1.
    `extra` holds the keys this version does not know, kept so that saving loses nothing.
    """

    file: str
    id: str = ""
    title: Text = ""
    caption: Text = ""
    alt: Text = ""
    credit: Text = ""
    rights: Text = ""
    source: Text = ""
    taken: str = ""
    duration: Duration | None = None
    focus: tuple[float, float] | None = None
    notes: Text = ""
    valid: Validity | None = None
    sha256: str = ""
    extra: dict[str, Any] = msgspec.field(default_factory=dict)


class ShowOptions(msgspec.Struct, frozen=True, omit_defaults=True):
    """What a manifest asks of the show; None leaves it to the settings. `interval` is seconds, 0 is by hand."""

    interval: Duration | None = None
    transition: str | None = None
    loop: bool | None = None
    shuffle: bool | None = None
    extra: dict[str, Any] = msgspec.field(default_factory=dict)


class Gallery(msgspec.Struct, frozen=True):
    """The slides in order, with the words about all of them.

    `folder` is where relative files are looked for; `origin` is the manifest, list or folder it was read from, or
    None for a handful of pictures named on the command line. `writable` says whether captions can be saved there.
    """

    slides: tuple[Slide, ...]
    folder: Path
    origin: Path | None = None
    title: Text = ""
    summary: Text = ""
    date: str = ""
    credit: Text = ""
    rights: Text = ""
    lang: str = ""
    show: ShowOptions = ShowOptions()
    extra: dict[str, Any] = msgspec.field(default_factory=dict)
    writable: bool = False

    def path(self, slide: Slide) -> Path:
        """Where the slide's picture lies; nothing on the disk is touched."""
        return self.folder / slide.file


Severity: TypeAlias = Literal["error", "warning"]


class Problem(msgspec.Struct, frozen=True):
    """One thing wrong with a gallery: where (a JSON pointer, RFC 6901), how bad, and a plain sentence."""

    pointer: str
    severity: Severity
    sentence: str


def localized(text: Text, lang: str = "") -> str:
    """The wording of `text` in `lang`, else in the same language elsewhere, else in English, else the first there is.

    `lang` is a BCP 47 tag such as ``"de"`` or ``"pt-BR"``; empty means no preference.
    """
    if isinstance(text, str):
        return text
    base = lang.partition("-")[0].lower()
    by_tag = {tag.lower(): words for tag, words in text.items()}
    for tag in (lang.lower(), base):
        if tag and tag in by_tag:
            return by_tag[tag]
    for tag, words in by_tag.items():
        if base and tag.partition("-")[0] == base:
            return words
    return by_tag.get("en") or by_tag.get("none") or next(iter(by_tag.values()), "")
