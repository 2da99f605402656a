"""Finds the lines of a TOML file that give a key its value, whatever way of TOML's it is written in."""

from __future__ import annotations

import tomllib
from bisect import bisect_left
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Sequence

KeyPath: TypeAlias = "tuple[str | int, ...]"
"""A key with those of the tables that it is in, and the index in an array of tables: ("screen", 1, "name")."""


def lines_of(text: str, path: KeyPath) -> range:
    """The lines of valid TOML, from 0, of the statement that sets `path`; raises KeyError where none does.

    The first lines of a file are TOML by themselves where a statement ends, and nowhere else. So the statement ends
    with the fewest first lines that have `path`, and begins after the most that have not.
    """
    lines = [f"{line}\n" for line in text.split("\n")]
    counts = range(len(lines) + 1)
    end = bisect_left(counts, True, key=lambda count: _has(_parsed(lines, count)[0], path))
    if end not in counts:
        raise KeyError(path)
    return range(_parsed(lines, end - 1)[1], end)


def _parsed(lines: Sequence[str], count: int) -> tuple[dict[str, Any], int]:
    """What the first lines say, and how many those are: as many as are TOML by themselves, `count` at most."""
    while True:  # no line at all is TOML
        try:
            return tomllib.loads("".join(lines[:count])), count
        except tomllib.TOMLDecodeError:
            count -= 1


def _has(value: Any, path: KeyPath) -> bool:
    for key in path:
        if isinstance(key, int):
            if not isinstance(value, list) or key >= len(value):
                return False
        elif not isinstance(value, dict) or key not in value:
            return False
        value = value[key]
    return True
