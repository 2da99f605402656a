"""Guesses the character set of texts that do not declare one: UTF-8, or the Western one of Windows or of the old Mac.

UTF-8 has a structure that other texts do not have by chance. The other two give every byte some character, and are told
apart by how likely the characters are where they stand: "Hingehört" as a Mac wrote it is "Hingehšrt" under Windows, and
"Müller" as Windows wrote it is "M¸ller" on the Mac.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

_LETTERS: Final = frozenset("àáâãäåæçèéêëìíîïñòóôõöøùúûüß")
"""Small letters of Western languages that are in both sets and frequent; š, ž, œ, ÿ, ƒ and the like are not."""
_OPENING: Final = frozenset("“‘„‚«¿¡")
_CLOSING: Final = frozenset("”»…")
_DASHES: Final = frozenset("–—")
_SIGNS: Final = frozenset("©®°™•·§£€ªº²³½¼¾")
_AFTER_APOSTROPHE: Final = frozenset(["s", "t", "d", "m", "ll", "re", "ve"])
"""What follows an apostrophe in English words; in French and Italian ones a letter or two stand before it."""


def decoded(texts: Iterable[bytes]) -> list[str]:
    """`texts` of one file as strings: each as UTF-8 where it is that, all others by the likelier of the other two."""
    raws = list(texts)
    read = [_utf_8(raw) for raw in raws]
    others = [raw for raw, text in zip(raws, read, strict=True) if text is None]
    if not others:
        return [text or "" for text in read]
    windows, mac = (sum(_likelihood(raw.decode(name, "replace")) for raw in others) for name in ("cp1252", "mac_roman"))
    name = "mac_roman" if mac > windows else "cp1252"  # the more frequent where both are as likely
    return [raw.decode(name, "replace") if text is None else text for raw, text in zip(raws, read, strict=True)]


def _utf_8(raw: bytes) -> str | None:
    try:
        return raw.decode()
    except UnicodeDecodeError:
        return None


def _likelihood(text: str) -> int:
    """Points for how well the characters beyond ASCII fit where they stand in `text`."""
    return sum(_points(text, at) for at, letter in enumerate(text) if not letter.isascii())


def _points(text: str, at: int) -> int:
    letter, before, after = text[at], text[at - 1 : at], text[at + 1 : at + 2]
    if letter in _LETTERS:
        return 2
    if letter.lower() in _LETTERS:  # a capital
        return -2 if before.islower() else 2 if before.isupper() else 1
    if letter == "’":
        return 2 if _is_apostrophe(text, at) else -1
    if letter in _OPENING:
        return 2 if after.isalnum() and not before.isalnum() else -1
    if letter in _CLOSING:
        return 2 if not after.isalpha() and not before.isspace() else -1
    if letter in _DASHES:
        return -1 if before.isalpha() and after.isalpha() else 2
    return 0 if letter.isalpha() or letter in _SIGNS else -2


def _is_apostrophe(text: str, at: int) -> bool:
    """Whether the mark at `at` stands where languages leave letters out or quote: "don’t", "l’été", "boys’", "‘so’"."""
    before, after = "", ""
    while (letter := text[at - len(before) - 1 : at - len(before)]).isalpha():
        before = letter + before
    while (letter := text[at + len(after) + 1 : at + len(after) + 2]).isalpha():
        after += letter
    if not after:
        return (len(before) > 2 and before.endswith("s")) or "‘" in text[:at]
    return after.lower() in _AFTER_APOSTROPHE or len(before) <= 2
