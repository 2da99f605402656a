"""Validates the values of a manifest's keys: one reader for each key, used for manifests, tables and IIIF alike.

A reader takes a JSON value and the `Reporter` of its place. It returns the value to use and what of it cannot be used
but is kept for saving; either may be UNSET. It reports what is wrong and never raises.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial
from typing import Any, Final, TypeAlias

from msgspec import UNSET

from viewer.gallery.formats.lenient_json import DEEPEST, too_deep
from viewer.gallery.model import LONGEST_DURATION, ShowDefaults
from viewer.gallery.problems import Reporter, described, shown
from viewer.gallery.validity import Validity, days_in, hours_in

Read: TypeAlias = tuple[Any, Any]
Reader: TypeAlias = Callable[[Any, Reporter], Read]

# Control characters but tab and newline, and lone surrogates: no screen or screen reader can present them.
_UNSHOWABLE: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
_SLICE: Final = 1 << 16  # characters searched in one call; no other thread runs meanwhile
_TAG: Final = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*|@?none")
_DIGEST: Final = re.compile("[0-9A-Fa-f]{64}")


def read_fields(
    raw: Mapping[str, Any], readers: Mapping[str, Reader], reporter: Reporter,
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Read the values of `raw` with the `readers` of their keys; a null counts as not given.

    Returns the usable values by key, and all others, kept for saving.
    """
    fields: dict[str, Any] = {}
    extra: dict[str, Any] = {}
    for key, value in raw.items():
        reader = readers.get(key)
        if (reader is read_text or reader is read_line) and type(value) is str and not _has_unshowable(value):
            fields[key] = value  # a shortcut for most values
        elif reader is None or value is None:
            if keepable(value, reporter.at(key)):
                extra[key] = value
        else:
            place = reporter.at(key)
            used, rest = reader(value, place)
            if used is not UNSET:
                fields[key] = used
            if rest is not UNSET and keepable(rest, place):
                extra[key] = rest
    return fields, extra


def keepable(value: object, reporter: Reporter) -> bool:
    """Whether `value` can be saved as it is; reported if not."""
    if isinstance(value, (dict, list)) and too_deep(value):
        reporter.error(f"the value is nested more than {DEEPEST} levels deep; simplify it, or saving will lose it.")
        return False
    return True


def read_text(raw: object, reporter: Reporter) -> Read:
    """A string, or a language map of strings."""
    if not isinstance(raw, dict):
        return read_line(raw, reporter)
    words: dict[str, str] = {}
    rest: dict[str, Any] = {}
    for tag, value in raw.items():
        if isinstance(value, str):
            words[tag] = clean(value, reporter.at(tag))
        elif isinstance(value, list) and value and all(isinstance(line, str) for line in value):
            words[tag] = clean("\n".join(value), reporter.at(tag))
            reporter.at(tag).warning("the wording is a list; write one string, with \\n between its lines.")
        else:
            rest[tag] = value
            if value is not None:
                _refused(value, reporter.at(tag), "a text", "put it in quotes or leave it out")
        if not _TAG.fullmatch(tag):
            reporter.at(tag).warning(f"{described(tag)} is no language; use a tag such as “en” or “pt-BR”.")
    return words or UNSET, rest or (UNSET if words else {})


def read_line(raw: object, reporter: Reporter) -> Read:
    """A plain string."""
    if isinstance(raw, str):
        return clean(raw, reporter), UNSET
    return _refused(raw, reporter, "a text", "put it in quotes or leave it out")


def read_flag(raw: object, reporter: Reporter) -> Read:
    """True or false."""
    return (raw, UNSET) if isinstance(raw, bool) else _refused(raw, reporter, "true or false", "correct it")


def read_focus(raw: object, reporter: Reporter) -> Read:
    """A point as [x, y], each from 0 to 1."""
    match raw:
        case [int() | float() as x, int() | float() as y] if all(
                not isinstance(part, bool) and 0 <= part <= 1 for part in (x, y)):
            return (x, y), UNSET
    return _refused(raw, reporter, "a point [x, y] with both parts from 0 (left, top) to 1 (right, bottom)",
                    "correct it")


def read_keywords(raw: object, reporter: Reporter) -> Read:
    """A list of words or short phrases."""
    if isinstance(raw, list) and all(isinstance(word, str) for word in raw):
        words = (clean(word, reporter.at(str(number))).strip() for number, word in enumerate(raw))
        return tuple(filter(None, words)), UNSET
    return _refused(raw, reporter, "a list of words", "write for example [\"harbour\", \"ships\"]")


def read_rating(raw: object, reporter: Reporter) -> Read:
    """A number of stars."""
    if isinstance(raw, int) and not isinstance(raw, bool) and 1 <= raw <= 5:
        return raw, UNSET
    return _refused(raw, reporter, "a whole number of stars from 1 to 5", "correct it or leave it out")


def read_valid(raw: object, reporter: Reporter) -> Read:
    """An object with "from" and "until", ISO 8601 dates or times, "days" of the week and "hours"."""
    if not isinstance(raw, dict):
        return _refused(raw, reporter, "a group with “from”, “until”, “days” and “hours”", "correct it")
    limits, extra = read_fields(raw, VALID_KEYS, reporter)
    valid = Validity(*(limits.get(key, "") for key in VALID_KEYS))
    if valid.from_ and valid.until and valid.until[:len("2018-06-06")] < valid.from_[:len("2018-06-06")]:
        reporter.error("the slide may be shown until a day before it may first be shown; exchange “from” and “until”.")
    return valid, extra or UNSET


def read_show(raw: object, reporter: Reporter) -> Read:
    """The gallery's own settings of the show."""
    if not isinstance(raw, dict):
        return _refused(raw, reporter, "a group such as {\"interval\": 20}", "correct it")
    fields, extra = read_fields(raw, SHOW_KEYS, reporter)
    return ShowDefaults(**fields, extra=extra, order=tuple(raw)), UNSET


def _read_days(raw: object, reporter: Reporter) -> Read:
    if raw == "" or (isinstance(raw, str) and days_in(raw)):
        return raw, UNSET
    return _refused(raw, reporter, "days of the week", "write them like Mo-Fr, Su")


def _read_hours(raw: object, reporter: Reporter) -> Read:
    if raw == "" or (isinstance(raw, str) and hours_in(raw)):
        return raw, UNSET
    return _refused(raw, reporter, "hours", "write them like 10:00-12:00, 14:00-18:00")


def _read_moment(raw: object, reporter: Reporter) -> Read:
    if raw == "":
        return "", UNSET
    try:
        datetime.fromisoformat(str(raw) if isinstance(raw, str) else "")
    except ValueError:
        return _refused(raw, reporter, "a date", "write it as year-month-day, such as 2026-05-01")
    return raw, UNSET


def _read_seconds(raw: object, reporter: Reporter, *, zero_allowed: bool) -> Read:
    """Seconds, or "auto"; more than a day becomes a day."""
    if raw == "auto":
        return raw, UNSET
    if isinstance(raw, (int, float)) and not isinstance(raw, bool) and (raw > 0 or (zero_allowed and raw == 0)):
        if raw > LONGEST_DURATION:
            reporter.warning(f"{described(raw)} is more seconds than a day has, so a day is used; write less.")
        return min(raw, LONGEST_DURATION), UNSET
    above = "of 0 or more" if zero_allowed else "above 0"
    return _refused(raw, reporter, f"a number of seconds {above} or “auto”", "write for example 18, without quotes")


def _read_matching(pattern: re.Pattern[str], wanted: str, remedy: str, raw: object, reporter: Reporter) -> Read:
    """A string that matches `pattern`, or an empty one."""
    if isinstance(raw, str) and (not raw or pattern.fullmatch(raw)):
        return raw, UNSET
    return _refused(raw, reporter, wanted, remedy)


def _refused(raw: object, reporter: Reporter, wanted: str, remedy: str) -> Read:
    key = reporter.pointer.rpartition("/")[2]
    reporter.error(f"“{shown(key)}” must be {wanted}, not {described(raw)}, and is left out; {remedy}.")
    return UNSET, raw


def _has_unshowable(words: str) -> bool:
    return any(_UNSHOWABLE.search(words, at, at + _SLICE) for at in range(0, len(words), _SLICE))


def clean(words: str, reporter: Reporter) -> str:
    """`words` without control characters and lone surrogates, which is reported."""
    if not _has_unshowable(words):
        return words
    words = words.replace("\r\n", "\n").replace("\r", "\n")
    cleaned = _UNSHOWABLE.sub("", re.sub("[\ud800-\udfff]", "\N{REPLACEMENT CHARACTER}", words))
    if cleaned != words:
        reporter.warning("the text holds control characters, which are left out; type it again.")
    return cleaned


SHOW_KEYS: Final[Mapping[str, Reader]] = {
    "interval": partial(_read_seconds, zero_allowed=True), "transition": read_line, "loop": read_flag,
    "shuffle": read_flag,
}

VALID_KEYS: Final[Mapping[str, Reader]] = {
    "from": _read_moment, "until": _read_moment, "days": _read_days, "hours": _read_hours,
}

SLIDE_KEYS: Final[Mapping[str, Reader]] = {
    "id": read_line, "title": read_text, "caption": read_text, "alt": read_text, "credit": read_text,
    "rights": read_text, "source": read_text, "taken": read_line,
    "duration": partial(_read_seconds, zero_allowed=False), "focus": read_focus, "notes": read_text,
    "valid": read_valid, "keywords": read_keywords, "rating": read_rating,
    "sha256": partial(_read_matching, _DIGEST, "a SHA-256 sum of 64 hexadecimal digits",
                      "copy it again or leave it out"),
}

GALLERY_KEYS: Final[Mapping[str, Reader]] = {
    "title": read_text, "summary": read_text, "date": read_line, "credit": read_text, "rights": read_text,
    "lang": partial(_read_matching, _TAG, "a language", "use a tag such as “en” or “pt-BR”"), "show": read_show,
}
