"""Sets one text at the top of a TOML file, and leaves every other line of it, comments included, as it is."""

from __future__ import annotations

import re
import tomllib
from typing import Final

from viewer.kiosk.toml_lines import lines_of

_ASSIGNMENT: Final = r"""(?P<key>\s*(?:{0}|"{0}"|'{0}')\s*=\s*)(?P<value>"[^"\\]*"|'[^']*')(?P<rest>\s*(?:#.*)?)"""
_COMMENT: Final = re.compile(r"\s*#")


class NotEditableError(Exception):
    """The key is written in a way that cannot be changed without touching other lines."""


def with_text(text: str, key: str, value: str) -> str:
    """Valid TOML `text` with the top-level `key`, a bare word, set to `value`, or for an empty value not set.

    `value` has no quotes, backslashes or line ends. A comment on the key's line stays. Raises NotEditableError.
    """
    lines = text.split("\n")
    line = f'{key} = "{value}"' + ("\r" if "\r\n" in text else "")
    try:
        found = lines_of(text, (key,))
    except KeyError:
        if value:
            _insert(lines, line)
    else:
        written = re.fullmatch(_ASSIGNMENT.format(key), "\n".join(lines[found.start:found.stop]))
        has_comment = written is not None and written["rest"].strip() != ""
        if written:
            line = f'{written["key"]}"{value}"{written["rest"]}'
        lines[found.start:found.stop] = [line] if value or has_comment else []
    made = "\n".join(lines)
    if not _differs_in_key_alone(text, made, key, value):
        raise NotEditableError(key)
    return made


def _differs_in_key_alone(before: str, after: str, key: str, value: str) -> bool:
    try:
        made = tomllib.loads(after)
    except tomllib.TOMLDecodeError:
        return False
    others = tomllib.loads(before)
    others.pop(key, None)
    return made.pop(key, "") == value and made == others


def _insert(lines: list[str], line: str) -> None:
    """Put `line` where the top-level keys end: before the first table and the comment that belongs to it."""
    place = next((number for number in range(len(lines)) if _is_header(lines, number)), None)
    if place is None:
        lines[len(lines) - (not lines[-1]):] = [line, ""]
        return
    while place and _COMMENT.match(lines[place - 1]):
        place -= 1
    lines[place:place] = [line, line[len(line.rstrip()):]]


def _is_header(lines: list[str], number: int) -> bool:
    """Whether a table begins in this line, which is so where everything before it is TOML by itself."""
    if not lines[number].lstrip().startswith("["):
        return False
    try:
        tomllib.loads("\n".join([*lines[:number], ""]))
    except tomllib.TOMLDecodeError:
        return False
    return True
