"""Dates in words, in a given language (CLDR patterns by QLocale) and never in that of the desktop."""

from __future__ import annotations

import re
from typing import Final

from PySide6.QtCore import QDate, QLocale, QTime

_ISO_8601: Final = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?(?:[T ](\d\d):(\d\d))?")
_FIELD: Final = re.compile("'[^']*'|d{3,4}|d{1,2}|M+|y+")
"""A quoted literal or a field of a QLocale date pattern."""

_MONTH: Final = "\N{OBJECT REPLACEMENT CHARACTER}"
"""Stands for the month's name where a pattern is filled in without it."""


def date_in_words(taken: str, language: str) -> str | None:
    """What an ISO 8601 date or time `taken` is in `language` (BCP 47), as in "6 June 2018, 17:12"; None if it is none.

    A year alone stays a number; a year and a month lose the day, and get the form of the month that stands alone.
    """
    found = _ISO_8601.match(taken)
    if found is None:
        return None
    year, month, day, hour, minute = (int(part or 0) for part in found.groups())
    date = QDate(year, month or 1, day or 1)
    if not date.isValid():
        return None
    if not month:
        return found[1]
    # English of no country puts the day first, as most of the world does; Qt takes it for that of the United States.
    locale = QLocale("en-001" if language.lower() in {"", "en"} else language)
    pattern = _without("dddd", locale.dateFormat(QLocale.FormatType.LongFormat))
    if not day:
        shown = locale.toString(date, _without("d", pattern).replace("MMMM", _MONTH))
        return shown.replace(_MONTH, locale.standaloneMonthName(month))
    words = locale.toString(date, pattern)
    time = QTime(hour, minute)
    if found[4] is None or not time.isValid():
        return words
    return f"{words}{', ' if 'MMMM' in pattern else ' '}{locale.toString(time, 'HH:mm')}"


def _without(field: str, pattern: str) -> str:
    """`pattern` without a field (the weekday or the day) and what stands between it and the next, or the last one."""
    fields = [found for found in _FIELD.finditer(pattern) if found[0][0] != "'"]
    for at, found in enumerate(fields):
        if found[0] in {field, 2 * field}:
            rest = pattern[fields[at + 1].start():] if at + 1 < len(fields) else ""
            before = pattern[:found.start()]
            return before + rest if rest else before.rstrip(" ,،-")
    return pattern
