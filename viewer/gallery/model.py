"""The data model: immutable slides and galleries, their texts in a language, and the problems found while reading.

Texts are plain: markup is shown as it was typed and never interpreted. A text is one string, or a language map such as
``{"en": "Liftoff!", "ru": "Старт!"}``, from which `localized` chooses.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any, Final, Literal, NamedTuple, TypeAlias

import msgspec

from viewer.gallery.languages import nearest_tag
from viewer.gallery.safe_text import line
from viewer.gallery.validity import Validity

LONGEST_DURATION: Final = 86_400  # seconds; no slide is shown for more than a day, whatever a manifest says
Text: TypeAlias = str | dict[str, str]
Duration: TypeAlias = Annotated[float, msgspec.Meta(gt=0, le=LONGEST_DURATION)] | Literal["auto"]
Interval: TypeAlias = Annotated[float, msgspec.Meta(ge=0, le=LONGEST_DURATION)] | Literal["auto"]
Fraction: TypeAlias = Annotated[float, msgspec.Meta(ge=0, le=1)]
Rating: TypeAlias = Annotated[int, msgspec.Meta(ge=1, le=5)]


class GalleryError(Exception):
    """A gallery cannot be read or saved; the message is one sentence that says what, where and what to do."""


class Slide(msgspec.Struct, frozen=True, omit_defaults=True, gc=False):
    """One picture with its texts.

    `file` is as written in the manifest; `Gallery.path` makes a path of it. `duration` is seconds, ``"auto"`` for
    the reading time, or None for the show's own interval. `focus` is (x, y) from the top left corner, 0 to 1. `rating`
    is a number of stars.
    `extra` holds unknown keys and values that cannot be used, and `order` the keys as they were written, so that
    saving loses and moves nothing.

    Not tracked by the cyclic garbage collector (`gc`): values from JSON form no cycles, and a collection among a
    hundred thousand slides would stop the window for 50 ms, several times.
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
    focus: tuple[Fraction, Fraction] | None = None
    notes: Text = ""
    valid: Validity | None = None
    keywords: tuple[str, ...] = ()
    rating: Rating | None = None
    sha256: Annotated[str, msgspec.Meta(pattern="^[0-9A-Fa-f]{64}$")] = ""
    extra: dict[str, Any] = msgspec.field(default_factory=dict)
    order: tuple[str, ...] = ()


class ShowDefaults(msgspec.Struct, frozen=True, omit_defaults=True):
    """A manifest's own settings of the show; None leaves one to the user's. `interval` is seconds, 0 is by hand."""

    interval: Interval | None = None
    transition: str | None = None
    loop: bool | None = None
    shuffle: bool | None = None
    extra: dict[str, Any] = msgspec.field(default_factory=dict)
    order: tuple[str, ...] = ()


class Gallery(msgspec.Struct, frozen=True):
    """The slides in order, with texts and settings for all of them.

    Relative files are relative to `folder`. `origin` is the manifest, table or folder it was read from, or None for
    pictures named on the command line. `writable` says whether texts can be saved in it. `extra` and `order` are as
    in `Slide`; `unusable` holds the entries of the file's list that are no slides, by their index in it, so that
    saving keeps them too. `file_bytes` are the bytes of that file as they were read, by which it is known for certain
    which version was shown; empty for a folder and for pictures. (Slides that are parsed lazily keep them anyway.)
    `side_endings` are those of the files beside a folder's pictures that may speak of them (`gallery.side_files`).
    """

    slides: Sequence[Slide]
    folder: Path
    origin: Path | None = None
    title: Text = ""
    summary: Text = ""
    date: str = ""
    credit: Text = ""
    rights: Text = ""
    lang: str = ""
    show: ShowDefaults = ShowDefaults()
    extra: dict[str, Any] = msgspec.field(default_factory=dict)
    order: tuple[str, ...] = ()
    unusable: dict[int, Any] = msgspec.field(default_factory=dict)
    writable: bool = False
    file_bytes: bytes = b""
    side_endings: frozenset[str] = frozenset()

    def path(self, slide: Slide) -> Path:
        """The path of the slide's picture; the disk is not accessed."""
        return self.folder / slide.file

    def path_str(self, slide: Slide) -> str:
        """The same as a string, in a tenth of the time where the path needs no normalization."""
        folder, file = str(self.folder), slide.file
        if os.sep != "/" or folder in (".", "/") or file[:1] in ("", "/", ".") or "/." in file or "//" in file \
                or file[-1] == "/":
            return str(self.folder / file)
        return f"{folder}/{file}"


class Problem(msgspec.Struct, frozen=True):
    """One thing wrong with a gallery: a JSON pointer to it (RFC 6901), how bad it is, and a plain sentence."""

    pointer: str
    severity: Literal["error", "warning"]
    sentence: str


def localized(text: Text, lang: str = "") -> str:
    """The wording of `text` in `lang`, else in the same language elsewhere, else in English, else the first there is.

    `lang` is a BCP 47 tag such as ``"pt-BR"``, or several with commas between them, the best first; empty means no
    preference. An empty wording counts as not translated yet. See `viewer.gallery.languages`.
    """
    if isinstance(text, str):
        return text
    tag = nearest_tag(text, lang)
    return "" if tag is None else text[tag]


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


def displayed_texts(gallery: Gallery, slide: Slide, lang: str, embedded: Mapping[str, Text]) -> SlideTexts:
    """The slide's own texts, else those `embedded` in its picture's file, else, for the credit, the gallery's."""
    texts = SlideTexts(*(own or localized(embedded.get(key, ""), lang)
                         for key, own in zip(SlideTexts._fields, own_texts(slide, lang), strict=True)))
    return texts._replace(credit=texts.credit or localized(gallery.credit, lang))


def slide_name(slide: Slide, title: str) -> str:
    """What a slide is called, on one line that is safe to show: its `title`, else the name of its file."""
    return line(title) or line(slide.file.replace("\\", "/").rsplit("/", 1)[-1])
