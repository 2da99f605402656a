"""Reporting problems: a reporter for one place in a gallery file, and how names and values are put in sentences."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from viewer.gallery.model import Problem, Slide
from viewer.gallery.safe_text import isolated

_LONGEST_SHOWN: Final = 100
# Zero-width (non-)joiners between letters of Persian or parts of an emoji; elsewhere they would be invisible.
_JOINED: Final = re.compile("(?<=[^\\s\u200c\u200d])[\u200c\u200d](?=[^\\s\u200c\u200d])")


class Reporter(NamedTuple):
    """Adds problems at one place of a gallery file to a list.

    `pointer` is the place as a JSON pointer, `subject` its name in sentences ("Slide 4"), `file` the slide's picture
    if known.
    """

    problems: list[Problem]
    pointer: str
    subject: str
    file: str = ""

    def at(self, key: str) -> Reporter:
        """A reporter for `key` below this place."""
        token = key.replace("~", "~0").replace("/", "~1")  # RFC 6901, section 3
        return Reporter(self.problems, f"{self.pointer}/{token}", self.subject, self.file)

    def error(self, sentence: str) -> None:
        """Add an error: something here is not shown as it was meant."""
        self.problems.append(Problem(self.pointer, "error", self._said(sentence)))

    def warning(self, sentence: str) -> None:
        """Add a warning: something here works but ought to be looked at."""
        self.problems.append(Problem(self.pointer, "warning", self._said(sentence)))

    def _said(self, sentence: str) -> str:
        return f"{self.subject} ({shown(self.file)}): {sentence}" if self.file else f"{self.subject}: {sentence}"


def slide_reporter(problems: list[Problem], index: int, file: str = "") -> Reporter:
    """A reporter for the entry `index` of a manifest's list of slides."""
    return Reporter(problems, f"/slides/{index}", f"Slide {index + 1}", file)


def report_repeated_id(slide: Slide, index: int, first_with: dict[str, int], reporter: Reporter) -> None:
    """Report that an earlier slide has the same id; `first_with` maps ids to the first slides that have them."""
    if slide.id and (first := first_with.setdefault(slide.id, index)) != index:
        reporter.at("id").warning(f"slide {first + 1} has the same “id” {described(slide.id)}; change one.")


def shown(name: object) -> str:
    """A file name or another string from outside for use in a sentence: printable, isolated, 100 characters at most."""
    text = str(name)
    if len(text) > _LONGEST_SHOWN:
        text = f"{text[:_LONGEST_SHOWN // 2]}…{text[-_LONGEST_SHOWN // 2:]}"
    if text.isascii() and text.isprintable():
        return text
    joining = {found.start() for found in _JOINED.finditer(text)}
    return isolated("".join(char if char.isprintable() or at in joining else "\N{REPLACEMENT CHARACTER}"
                            for at, char in enumerate(text)))


def described(value: object) -> str:
    """A JSON value as words in a sentence."""
    match value:
        case bool():
            return "true" if value else "false"
        case None:
            return "null"
        case str():
            return f"“{shown(value)}”"
        case int() | float():
            return f"the number {shown(value)}"
        case list():
            return "a list"
    return "a group of keys"
