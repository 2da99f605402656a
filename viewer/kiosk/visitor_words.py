"""What an unattended show says to its visitors, in the language they read: the texts of `visitor_words.toml`."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

import msgspec

from viewer.gallery.languages import nearest_tag
from viewer.gallery.translations import translated_into

if TYPE_CHECKING:
    from collections.abc import Mapping

    from viewer.show.session import Session

_FILE: Final = Path(__file__).with_suffix(".toml")


class VisitorWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The texts in one language. ``{left}``, ``{count}`` and ``{time}`` in them are to be filled in."""

    starting: str
    """The countdown: so many seconds are `left`."""
    stay: str
    pin: str
    digits: str
    """Of the PIN so many, the `count`, have been typed."""
    delete: str
    cancel: str
    wrong: str
    wait: str
    """After wrong PINs, for a `time` as in 0:59."""
    controls: str
    previous: str
    next: str
    pause: str
    play: str
    paused: str
    larger: str
    normal: str
    language: str
    languages: str
    later: str
    """In place of a gallery that has no slides at the moment."""
    missing: str
    """In place of a picture that cannot be shown."""


def visitor_words(lang: str) -> VisitorWords:
    """The texts for someone who reads `lang`, a language priority list (`gallery.languages`); else the English ones."""
    texts = all_visitor_words()
    return texts[nearest_tag(dict.fromkeys(texts, "there"), lang) or "en"]


@cache
def all_visitor_words() -> Mapping[str, VisitorWords]:
    """The texts of all languages, by their tags."""
    return msgspec.convert(tomllib.loads(_FILE.read_text(encoding="utf-8")), dict[str, VisitorWords])


class VisitorLanguage:
    """Knows what language the visitors of `session` read now; a call returns the texts in it."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def __call__(self) -> VisitorWords:
        """The texts in the language of the captions, or in that of the machine where these do not say theirs."""
        gallery, asked = self._session.gallery, self._session.language
        captions = nearest_tag(dict.fromkeys(translated_into(gallery), "there"), asked)
        return visitor_words(captions or gallery.lang or asked)
