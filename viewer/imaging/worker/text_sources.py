"""Merges the texts that several sources have for one picture: cleaned, bounded, the first that says something."""

from __future__ import annotations

import contextlib
import os.path
from typing import TYPE_CHECKING, Final, TypeAlias

from viewer.imaging.protocol.messages import LONG_KEYS, LONGEST_TEXT
from viewer.imaging.worker.dates import fullest, iso_date
from viewer.imaging.worker.errors import PARSER_ERRORS
from viewer.imaging.worker.filler_texts import is_filler

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from viewer.imaging.protocol.messages import Words

TextSource: TypeAlias = "Callable[[], dict[str, list[Words]]]"
"""Reads texts by `messages.TEXT_KEYS`, of each the best first; raises what parsers raise."""

_SINGLE_LINE: Final = {"title": 500, "creator": 500, "camera": 200, "exposure": 200, "place": 300, "rating": 2}
"""Longest texts on one line, in characters; all others may have several lines and `LONGEST_TEXT`."""

_OFTEN_FILLED: Final = frozenset(["title", "caption", "alt"])
"""Keys of texts that may be mere filler."""

_RATINGS: Final = frozenset("12345")
"""Stars; 0 is none, and -1 a picture that somebody rejected."""

_MOST_KEYWORDS: Final = 100
_LONGEST_KEYWORD: Final = 100  # characters


def merged_texts(sources: Iterable[TextSource], path: str) -> dict[str, Words]:
    """What `sources`, the best first, say of the picture at `path`; each fills in what the ones before left open.

    Of the dates the fullest is taken, and a creator who is the credit is not told twice. A source that cannot be parsed
    costs its own texts only.
    """
    name = os.path.basename(path).lower()  # noqa: PTH119  (pathlib's import takes longer than the first picture has)
    names = (name, os.path.splitext(name)[0])  # noqa: PTH122  (likewise)
    texts: dict[str, Words] = {}
    dates: list[str] = []
    for read in sources:
        found: dict[str, list[Words]] = {}
        with contextlib.suppress(*PARSER_ERRORS):
            found = read()
        dates += [iso_date(date) for date in found.pop("taken", ()) if isinstance(date, str)]
        for key, raw in ((key, raw) for key, several in found.items() for raw in several):
            if key not in texts and (words := _cleaned(key, raw, names)):
                texts[key] = words
    if taken := fullest(dates):
        texts["taken"] = taken
    if texts.get("creator") == texts.get("credit"):
        texts.pop("creator", None)
    return texts


def _cleaned(key: str, raw: Words, names: tuple[str, str]) -> Words:
    """The words in `raw`, or nothing where there are none, only filler, or no such rating."""
    if isinstance(raw, dict):
        wordings = {tag: words for tag, text in raw.items() if isinstance(words := _cleaned(key, text, names), str)}
        wordings = {tag: words for tag, words in wordings.items() if words}
        return wordings if len(wordings) > 1 else next(iter(wordings.values()), "")
    text = _plain(raw, _SINGLE_LINE.get(key, LONGEST_TEXT), one_line=key not in LONG_KEYS)
    if (key in _OFTEN_FILLED and is_filler(text, names)) or (key == "rating" and text not in _RATINGS):
        return ""
    return _keywords(text) if key == "keywords" else text


def _keywords(text: str) -> str:
    """One a line, each once."""
    words = dict.fromkeys(word.strip()[:_LONGEST_KEYWORD].strip() for word in text.split("\n"))
    return "\n".join(list(filter(None, words))[:_MOST_KEYWORDS])


def _plain(text: str, longest: int, *, one_line: bool) -> str:
    """`text` without control characters, trimmed and cut; line ends stay unless it must fit `one_line`."""
    kept = "".join(
        letter if letter.isprintable() or (letter == "\n" and not one_line) else " "
        for letter in text[: 2 * longest].replace("\r\n", "\n").replace("\r", "\n")
    )
    return kept.strip()[:longest].strip()
