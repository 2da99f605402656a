"""Finds the lines of a TOML file that give a key its value, whatever way of TOML's it is written in."""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_left
from typing import TYPE_CHECKING, Any, Final, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Sequence

KeyPath: TypeAlias = "tuple[str | int, ...]"
"""A key with those of the tables that it is in, and the index in an array of tables: ("screen", 1, "name")."""

_TOKEN: Final = re.compile(r"""
    \"{3} (?:[^\\]|\\.)*? \"{3,5} | '{3} .*? '{3,5} | " (?:[^"\\\n]|\\.)* " | '[^'\n]*' | \#[^\n]* | [\[\]{}] | \n
""", re.VERBOSE | re.DOTALL)
"""What decides where a statement of valid TOML ends: strings, comments, brackets and line ends."""


def lines_of(text: str, path: KeyPath) -> range:
    """The lines of valid TOML, from 0, of the statement that sets `path`; raises KeyError where none does.

    The first statements of a file are TOML by themselves. The one that is sought is the last of the fewest that have
    `path`.
    """
    lines = [f"{line}\n" for line in text.split("\n")]
    ends = _ends_of_statements(text)
    at = bisect_left(ends, True, key=lambda end: _has(tomllib.loads("".join(lines[:end])), path))
    if at == len(ends):
        raise KeyError(path)
    return range(ends[at - 1] if at else 0, ends[at])


def _ends_of_statements(text: str) -> Sequence[int]:
    """How many lines there are up to the end of each statement; an empty line or a comment counts as one."""
    ends, line, depth = [], 0, 0
    for token in _TOKEN.finditer(text):
        word = token[0]
        if word == "\n" and depth == 0:
            ends.append(line + 1)
        depth += (word in "[{") - (word in "]}")
        line += word.count("\n")
    return [*ends, line + 1]


def _has(value: Any, path: KeyPath) -> bool:
    for key in path:
        if isinstance(key, int):
            if not isinstance(value, list) or key >= len(value):
                return False
        elif not isinstance(value, dict) or key not in value:
            return False
        value = value[key]
    return True
