"""Texts from outside made safe to show: they say what was typed, and can do nothing else.

A caption, a title, a file's name or a camera's remark may have been written by anyone. Three things are done to what
is shown of it, and nothing to what is kept:

* It is of bearable length: `line` gives 500 characters, `text` 8,000 and says how many there are. Of empty lines
  two in a row are kept.
* Control characters, halves of surrogate pairs and what else has no letter become one that is seen, as `�`; line ends
  stay in a `text` and become spaces in a `line`.
* Characters that turn the direction of writing (Unicode Standard Annex 9) act within the text and never beyond: an
  override (U+202D, U+202E), which makes "gpj.exe" look like "exe.jpg", is shown as `�`; an embedding or isolate that
  is not closed is closed at the end of its line, and what closes none is left out. A name in the midst of a sentence
  is isolated from it (`isolated`) where it has letters that run from right to left.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

LONGEST_TEXT: Final = 8_000
"""Characters of a text with several lines that are shown: nine minutes of reading. Most are laid out within 10
milliseconds, those in scripts without spaces within 50."""

LONGEST_LINE: Final = 500
"""Characters of a title or name that are shown."""

DEEPEST_TURNS: Final = 10
"""Changes of direction within one another; nobody writes three."""

_UNSEEN: Final = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2060-\u206f\ufeff\ufff0-\ufffb"
    "\ufffe\uffff\ud800-\udfff\U000e0000-\U000e0fff]"
)
"""What a text is looked through for. U+200C and U+200D are none of them: Persian and many emoji need them."""

_KEPT: Final = frozenset("\u061c\u200e\u200f")
"""Marks that act on their neighbours alone."""

_OPENERS: Final = {"\u202a": "\u202c", "\u202b": "\u202c", "\u2066": "\u2069", "\u2067": "\u2069", "\u2068": "\u2069"}
_CLOSERS: Final = frozenset(_OPENERS.values())
_ENDS: Final = re.compile("\r\n|[\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_EMPTY_LINES: Final = re.compile("\n{4,}")
_SEEN: Final = "\N{REPLACEMENT CHARACTER}"
_FROM_THE_RIGHT: Final = frozenset(["R", "AL"])


def text(words: str, longest: int = LONGEST_TEXT) -> str:
    """`words` with their lines, as they can be shown."""
    shown = _EMPTY_LINES.sub("\n\n\n", _safe(_ENDS.sub("\n", words[:longest])))
    if len(words) <= longest:
        return shown
    return f"{shown}…\n\n(Shown up to here: {longest:,} of {len(words):,} characters.)"


def line(words: str, longest: int = LONGEST_LINE) -> str:
    """`words` on one line, as they can be shown."""
    shown = " ".join(_safe(_ENDS.sub("\n", words[:longest])).split())
    return shown if len(words) <= longest else shown + "…"


def isolated(words: str) -> str:
    """`words` for the midst of a sentence, whose order they then cannot change: most are returned as they are."""
    if words.isascii() or not any(unicodedata.bidirectional(letter) in _FROM_THE_RIGHT for letter in words):
        return words
    return f"\N{FIRST STRONG ISOLATE}{words}\N{POP DIRECTIONAL ISOLATE}"


def _safe(words: str) -> str:
    """Without what cannot be seen, and every line at peace with the next."""
    if not _UNSEEN.search(words):
        return words
    return "\n".join(map(_balanced, words.split("\n")))


def _balanced(words: str) -> str:
    if not _UNSEEN.search(words):
        return words
    kept: list[str] = []
    open_turns: list[str] = []
    for letter in words:
        if letter in _OPENERS:
            if len(open_turns) < DEEPEST_TURNS:
                open_turns.append(_OPENERS[letter])
                kept.append(letter)
        elif letter in _CLOSERS:
            if open_turns and open_turns[-1] == letter:
                kept.append(open_turns.pop())
        elif letter in _KEPT or not _UNSEEN.match(letter):
            kept.append(letter)
        else:
            kept.append(_SEEN)
    return "".join(kept + open_turns[::-1])
