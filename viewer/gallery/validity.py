"""When a slide may be shown: between two dates, on some days of the week, at some hours.

`{"from": "2026-05-01", "until": "2026-09-30", "days": "Mo-Fr, Su", "hours": "10:00-12:00, 22:00-02:00"}`, each key
optional. Days are named by two letters or more. Hours past midnight belong to the day on which they
begin, so that "Fr" with "22:00-02:00" ends on Saturday morning, as in the schedules of digital signage.
"""

from __future__ import annotations

import datetime as dt
import re
from functools import lru_cache
from typing import Final, NamedTuple

import msgspec

DAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")

_DAY: Final = dt.timedelta(days=1)
_MIDNIGHT: Final = 24 * 60
_HOURS: Final = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)\s*[-–]\s*(?:([01]?\d|2[0-3]):([0-5]\d)|(24):(00))")
_KEPT: Final = 512
"""Different texts whose meaning is remembered: in large galleries many slides have the same."""


class Span(NamedTuple):
    """Some hours, in minutes since midnight; past midnight where they end no later than they begin."""

    begin: int
    end: int


_ALL_DAY: Final = (Span(0, _MIDNIGHT),)


class Validity(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=False):
    """When a slide may be shown; what is empty, or makes no sense, is no limit.

    `from_` and `until` are ISO 8601 dates, the last one included, or times, without an offset those of the place.
    """

    from_: str = msgspec.field(name="from", default="")
    until: str = ""
    days: str = ""
    hours: str = ""

    def covers(self, moment: dt.datetime) -> bool:
        """Whether it is then; `moment` is the time at the place, with its offset."""
        if not (self.days or self.hours):
            return self._has_begun(moment, moment.date()) and not self._is_over(moment, moment.date())
        return any(self._has_begun(moment, day) and not self._is_over(moment, day) for day in self._begun_on(moment))

    def why_not(self, moment: dt.datetime) -> str:
        """Why it may not be shown then, as a sentence; empty where it may."""
        if self.covers(moment):
            return ""
        if not self._has_begun(moment, moment.date()):
            return f"It is not shown before {self.from_}."
        if self._is_over(moment, moment.date()):
            return f"It is not shown after {self.until}."
        limits = (self.days and f"on {self.days}", self.hours and f"at {self.hours}")
        return f"It is shown only {' '.join(filter(None, limits))}."

    def _begun_on(self, moment: dt.datetime) -> list[dt.date]:
        """The days on which those of its hours began that it is now; this day or the one before, or none."""
        days, spans = days_in(self.days), hours_in(self.hours) or _ALL_DAY
        today, minute = moment.date(), moment.hour * 60 + moment.minute
        begun = [today] if any(span.begin <= minute < (span.end if span.end > span.begin else _MIDNIGHT)
                               for span in spans) else []
        begun += [today - _DAY] if any(minute < span.end <= span.begin for span in spans) else []
        return [day for day in begun if days is None or day.weekday() in days]

    def _has_begun(self, moment: dt.datetime, day: dt.date) -> bool:
        first = _moment(self.from_)
        return first is None or (first <= day if not isinstance(first, dt.datetime) else _at(first, moment) <= moment)

    def _is_over(self, moment: dt.datetime, day: dt.date) -> bool:
        last = _moment(self.until)
        return last is not None and (last < day if not isinstance(last, dt.datetime) else _at(last, moment) <= moment)


@lru_cache(_KEPT)
def days_in(text: str) -> frozenset[int] | None:
    """The days that `text` names, 0 for Monday: "Mo-Fr, Su"; None where it makes no sense or is empty."""
    days: set[int] = set()
    for part in text.lower().split(","):
        numbers = [next((number for number, day in enumerate(DAYS) if day.startswith(name) and len(name) > 1), None)
                   for name in map(str.strip, re.split("[-–]", part))]
        first, last = numbers[0], numbers[-1]
        if len(numbers) > 2 or first is None or last is None:
            return None
        days |= {number % 7 for number in range(first, (last if last >= first else last + 7) + 1)}
    return frozenset(days)


@lru_cache(_KEPT)
def hours_in(text: str) -> tuple[Span, ...] | None:
    """The hours that `text` names: "9:00-12:00, 22:00-02:00"; None where it makes no sense or is empty."""
    spans = []
    for part in text.split(","):
        found = _HOURS.fullmatch(part.strip())
        if found is None:
            return None
        begin, end = (int(hour) * 60 + int(minute) for hour, minute in (
            found.group(1, 2), found.group(3, 4) if found[3] else found.group(5, 6)))
        spans.append(Span(begin, end))
    return tuple(spans)


@lru_cache(_KEPT)
def _moment(text: str) -> dt.date | dt.datetime | None:
    """`text` as a date, or with a time of day as a moment; None where it is neither."""
    for read in (dt.date.fromisoformat, dt.datetime.fromisoformat):
        try:
            return read(text)
        except ValueError:
            pass
    return None


def _at(limit: dt.datetime, moment: dt.datetime) -> dt.datetime:
    """`limit` with an offset, that of `moment` where it has none."""
    return limit if limit.tzinfo is not None else limit.replace(tzinfo=moment.tzinfo)
