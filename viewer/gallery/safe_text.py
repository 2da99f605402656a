"""Sanitizes untrusted texts for display: captions, titles, file names, embedded metadata.

Three things are done to what is shown of a text, and nothing to what is kept:

* Its length is limited: `line` gives 500 characters, `text` 8,000 and says how many there are. Of consecutive empty
  lines two are kept.
* Control characters, lone surrogates and other invisible characters become `�`; line ends stay in a `text` and become
  spaces in a `line`.
* Bidirectional formatting characters (Unicode Standard Annex 9) act within the text and never beyond: an override
  (U+202D, U+202E), which makes "gpj.exe" look like "exe.jpg", is shown as `�`; an embedding or isolate that is not
  closed is closed at the end of its line, and what closes none is left out. A name within a sentence is isolated
  from it (`isolated`) where it has right-to-left letters.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

# Characters of a text with several lines that are shown: nine minutes of reading. Most are laid out within 10
# milliseconds, those in scripts without spaces within 50.
LONGEST_TEXT: Final = 8_000
LONGEST_LINE: Final = 500  # characters of a title or name that are shown
DEEPEST_NESTING: Final = 10  # embeddings and isolates within one another; nobody writes three
# What is replaced or balanced. Not U+200C and U+200D, which Persian and many emoji need, nor the directional marks
# U+061C, U+200E and U+200F, which act on their neighbours alone.
_INVISIBLE: Final = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2060-\u206f\ufeff\ufff0-\ufffb"
    "\ufffe\uffff\ud800-\udfff\U000e0000-\U000e0fff]"
)
_OPENERS: Final = {"\u202a": "\u202c", "\u202b": "\u202c", "\u2066": "\u2069", "\u2067": "\u2069", "\u2068": "\u2069"}
_ENDS: Final = re.compile("\r\n|[\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_EMPTY_LINES: Final = re.compile("\n{4,}")
_LONG: Final = re.compile(r"[^\s/\\]{30,}")
_PIECE: Final = re.compile(r"\S{10}(?=\S)")


def text(words: str, longest: int = LONGEST_TEXT) -> str:
    """`words` with their lines, safe to show."""
    shown = _EMPTY_LINES.sub("\n\n\n", _safe(_ENDS.sub("\n", words[:longest])))
    if len(words) <= longest:
        return shown
    return f"{shown}…\n\n(Shown up to here: {longest:,} of {len(words):,} characters.)"


def line(words: str, longest: int = LONGEST_LINE) -> str:
    """`words` on one line, safe to show."""
    shown = " ".join(_safe(_ENDS.sub("\n", words[:longest])).split())
    return shown if len(words) <= longest else shown + "…"


def isolated(words: str) -> str:
    """`words` within directional isolates where they could reorder the sentence around them; else as they are."""
    if words.isascii() or not any(unicodedata.bidirectional(letter) in ("R", "AL") for letter in words):
        return words
    return f"\N{FIRST STRONG ISOLATE}{words}\N{POP DIRECTIONAL ISOLATE}"


def breakable(words: str) -> str:
    """`words` with places to end a line in those that are longer than any word, as the names of files are."""
    return _LONG.sub(lambda name: _PIECE.sub("\\g<0>\N{ZERO WIDTH SPACE}", name[0]), words)


def _safe(words: str) -> str:
    """`words` without invisible characters, the formatting of each line closed at its end."""
    return "\n".join(_balanced(part) if _INVISIBLE.search(part) else part for part in words.split("\n"))


def _balanced(words: str) -> str:
    kept: list[str] = []
    open_closers: list[str] = []
    for letter in words:
        if letter in _OPENERS:
            if len(open_closers) < DEEPEST_NESTING:
                open_closers.append(_OPENERS[letter])
                kept.append(letter)
        elif letter in _OPENERS.values():
            if open_closers and open_closers[-1] == letter:
                kept.append(open_closers.pop())
        elif not _INVISIBLE.match(letter):
            kept.append(letter)
        else:
            kept.append("\N{REPLACEMENT CHARACTER}")
    return "".join(kept + open_closers[::-1])
