"""Quotes the words of a command for the files that start programs: systemd's units and desktop entries."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

_PLAIN: Final = re.compile(r"[A-Za-z0-9_./:=@+,-]+")
_UNPRINTABLE: Final = re.compile(r"[^ -~]")


def systemd_line(words: Sequence[str]) -> str:
    """`words` as the value of ExecStart= (systemd.service(5), "Command lines")."""
    # The program itself may have no variable: there a dollar stands for one.
    return " ".join([systemd_word(words[0]), *(systemd_word(word.replace("$", "$$")) for word in words[1:])])


def systemd_word(word: str) -> str:
    """`word` as one of a unit's, which may be an assignment: quotes, escapes and specifiers are taken literally."""
    if _PLAIN.fullmatch(word):
        return word
    escaped = word.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%")
    return f'"{_UNPRINTABLE.sub(_bytes, escaped)}"'


def desktop_line(words: Sequence[str]) -> str:
    """`words` as the value of a desktop entry's Exec= (Desktop Entry Specification, "The Exec key").

    What is quoted there is quoted once more as every string of such a file; a line end cannot be written at all.
    """
    return " ".join(word if _PLAIN.fullmatch(word) else '"' + _desktop(word) + '"' for word in words)


def _desktop(word: str) -> str:
    return re.sub(r'(["`$\\])', r"\\\1", word).replace("\\", "\\\\").replace("%", "%%")


def _bytes(letter: re.Match[str]) -> str:
    return "".join(f"\\x{byte:02x}" for byte in letter[0].encode("utf-8", "surrogateescape"))
