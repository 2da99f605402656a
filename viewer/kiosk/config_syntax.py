"""What is wrong with a text that is no TOML, in words for somebody who does not know TOML."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

_SENTENCES: Final[Mapping[str, str]] = {
    "Cannot overwrite|Duplicate inline table key|Cannot mutate": "this key is set above already; keep one of the two",
    "Cannot declare|Cannot redefine": "this table is there above already; put its keys together in one place",
    r"Illegal character '\\[nr]'|Unterminated string|Expected [\"']'": "a text has no quote at its end; write it there",
    "Illegal character|Found invalid": "a character here is not allowed; delete it, or put the text in quotes",
    "Unescaped|Invalid hex value|Escaped character": (
        "a backslash means something else in double quotes; write the text in single ones, as in 'C:\\Pictures'"),
    "Unclosed array|Expected ']": "a square bracket is not closed; write ] there",
    "Unclosed inline table": "a curly bracket is not closed; write } there",
    "Expected newline": "something follows a value; write one key = value in each line, and no 0 before a number",
    "Invalid (value|date)": "this is no value; write a text in quotes, a number, true or false",
}
"""By what messages of tomllib begin with (a regular expression): cause and remedy, without full stop."""


def syntax_sentence(message: str) -> str:
    """The end of a sentence for a message of tomllib."""
    return next((said for pattern, said in _SENTENCES.items() if re.match(pattern, message)),
                "this is not TOML; write key = value, with texts in quotes, and keys, too, unless they are of a to z")
