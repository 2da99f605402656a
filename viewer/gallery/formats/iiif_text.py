"""Converts IIIF texts: language maps of lists (version 3), values with a language (version 2), limited HTML."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from viewer.gallery.model import Text

_BREAK: Final = re.compile(r"<(?:br|/p|/div|/li)\b[^<>]*>", re.IGNORECASE)
_TAG: Final = re.compile(r"</?[A-Za-z][^<>]*>|<!--[^<>]*-->")


def words(value: Any, *, markup: bool = False) -> Text:
    """`value` as a text of the model: all values of a language, each on a line; with `markup`, HTML is removed."""
    lines: dict[str, list[str]] = {}
    for tag, line in _lines(value):
        lines.setdefault(tag, []).append(plain(line) if markup else line)
    texts = {tag: "\n".join(filter(None, several)) for tag, several in lines.items()}
    texts = {tag: text for tag, text in texts.items() if text}
    return texts.get("none", "") if not texts.keys() - {"none"} else texts


def plain(text: str) -> str:
    """`text` without tags if it is HTML, which then begins with < and ends with > (Presentation API 3.0, 4.5)."""
    text = text.strip()
    if not (text.startswith("<") and text.endswith(">")):
        return text
    text = html.unescape(_TAG.sub("", _BREAK.sub("\n", text)))
    return "\n".join(filter(None, (line.strip() for line in text.split("\n"))))


def _lines(value: Any) -> list[tuple[str, str]]:
    match value:
        case str():
            return [("none", value)]
        case list():
            nested = any(isinstance(part, list) for part in value)
            return [] if nested else [line for part in value for line in _lines(part)]
        case {"@value": str(line), **rest}:
            language = rest.get("@language")
            return [(language if isinstance(language, str) and language else "none", line)]
        case dict():
            return [(tag.removeprefix("@"), line) for tag, part in value.items()
                    for line in (part if isinstance(part, list) else [part]) if isinstance(line, str)]
    return []
