"""Dates as metadata has them, in several forms, as ISO 8601; those that no calendar has are no dates.

Exif writes "2018:06:06 17:12:41", with zeros or spaces where the camera's clock was not set; XMP ISO 8601 to whatever
is known ("1943"), and at times in the manner of Exif; IPTC "20180606" and "171241+0500".
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

_DAYS: Final = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_EARLIEST: Final = 1000
"""Years before stand for none: "0000", and "0001-01-01", which programs write for a date they do not have."""


def iso_date(text: str, offset: str = "") -> str:
    """The date in `text` as ISO 8601: a year, a month, a day, or with a time; empty where it is none.

    A time zone, or else the `offset` from UTC, follows a time. Of a sound date with a time that no clock shows the
    date is kept.
    """
    text = text.strip().rstrip("\0").strip()
    day, _, time = text.replace("T", " ", 1).partition(" ")
    numbers = _numbers(day.replace(":", "-").split("-"), (4, 2, 2))
    if numbers is None or not _is_in_a_calendar(numbers):
        return ""
    date = "-".join(f"{number:02}" for number in numbers)
    if len(numbers) < 3:
        return date
    clock, zone = _without_zone(time.strip())
    parts = _numbers(clock.partition(".")[0].split(":"), (2, 2, 2))
    if parts is None or len(parts) < 2 or parts[0] > 23 or max(parts[1:]) > 59:
        return date
    return f"{date}T{':'.join(f'{part:02}' for part in parts)}{zone or _zone(offset.strip())}"


def fullest(dates: Iterable[str]) -> str:
    """The one of several ISO 8601 `dates` that says most, of equals the first; empty where there is none."""
    return max(dates, key=_fullness, default="")


def _fullness(date: str) -> tuple[int, bool, bool]:
    """How far the date goes, whether it has a zone, and seconds other than 00, which IPTC writes for none."""
    day, _, time = date.partition("T")
    has_zone = not set("Z+-").isdisjoint(time)
    return len(day) + bool(time), has_zone, time[5:6] == ":" and time[6:8] != "00"


def _numbers(parts: list[str], lengths: tuple[int, ...]) -> list[int] | None:
    """`parts` as numbers, if they are such, with as many digits as `lengths` has, and no more of them than it has."""
    fit = len(parts) <= len(lengths) and all(
        len(part) == length and part.isascii() and part.isdecimal()
        for part, length in zip(parts, lengths, strict=False))
    return [int(part) for part in parts] if fit else None


def _is_in_a_calendar(numbers: list[int]) -> bool:
    year, month, day = (*numbers, 1, 1)[:3]
    if year < _EARLIEST or not 1 <= month <= 12 or not 1 <= day <= _DAYS[month - 1]:
        return False
    return (month, day) != (2, 29) or (year % 4 == 0 and (year % 100 != 0 or year % 400 == 0))


def _without_zone(time: str) -> tuple[str, str]:
    """A time without its zone at the end, and that."""
    if time.endswith("Z"):
        return time[:-1], "Z"
    at = max(time.find("+"), time.find("-"))
    return (time, "") if at < 0 else (time[:at].rstrip(), _zone(time[at:]))


def _zone(text: str) -> str:
    """An offset from UTC, "+05:00", or empty where `text` is none."""
    if text == "Z":
        return text
    hours, minutes = text[1:3], text[3:].removeprefix(":")
    numbers = _numbers([hours, minutes], (2, 2)) if text[:1] in ("+", "-") else None
    return f"{text[0]}{hours}:{minutes}" if numbers and numbers[0] <= 14 and numbers[1] <= 59 else ""
