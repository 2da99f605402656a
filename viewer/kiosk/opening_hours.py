"""Opening hours in OpenStreetMap's syntax, as in "Mo-Fr 09:00-18:00; PH off", by the library opening-hours-py.

It is imported here alone, and only where hours are set. It knows the public holidays of whole countries; those of a
region, and school holidays, are known to nobody here and are written as dates.

Hours mean what a clock on the wall says: an hour that a change to summer time leaves out opens nothing, and one that
comes twice counts both times. (https://wiki.openstreetmap.org/wiki/Key:opening_hours/specification)
"""

from __future__ import annotations

import re
import zoneinfo
from typing import TYPE_CHECKING, Final

from viewer.gallery.problems import shown

if TYPE_CHECKING:
    import datetime as dt

    from opening_hours import OpeningHours as Parsed

    from viewer.kiosk.config import HoursConfig

LONGEST: Final = 2000  # letters; a longer text is no opening hours
NO_LIBRARY: Final = ("opening hours need the library opening-hours-py, which is not there; install it: "
                     "pip install 'liftoff-viewer[kiosk]'")

_MOST_CHANGES: Final = 100
_COMMENT: Final = re.compile(r'"[^"]*"')
_PLACE: Final = re.compile(r" --> \d+:(\d+)")


class HoursError(Exception):
    """Hours cannot be used; the message says why and what to do, to go on from the name of a key, no full stop."""


class OpeningHours:
    """When the screen is lit. Hours that are empty are always; what may be open or not counts as open."""

    def __init__(self, config: HoursConfig) -> None:
        """Raises HoursError."""
        from opening_hours import OpeningHours as Library
        from opening_hours import State

        self._zone = zoneinfo.ZoneInfo(config.timezone) if config.timezone else None
        self._parsed = _parse(config.open, config.country, Library)
        self._closed = State.CLOSED

    def is_open(self, moment: dt.datetime) -> bool:
        """Whether it is open then; `moment` has an offset."""
        return self._parsed.state(self._at_the_place(moment))[0] != self._closed

    def next_change(self, moment: dt.datetime) -> dt.datetime | None:
        """When it opens or closes next after `moment`, with the offset of the place; None for never."""
        now = self._at_the_place(moment)
        is_open, change = self._parsed.state(now)[0] != self._closed, self._parsed.next_change(now)
        for _ in range(_MOST_CHANGES):  # the library's are also those of comments, and to what may be open or not
            if change is None:
                return None
            if (self._parsed.state(change)[0] != self._closed) != is_open:
                return change.replace(tzinfo=self._zone) if self._zone else change.astimezone()
            change = self._parsed.next_change(change)
        return None

    def _at_the_place(self, moment: dt.datetime) -> dt.datetime:
        return moment.astimezone(self._zone).replace(tzinfo=None)


def hours_of(config: HoursConfig) -> OpeningHours | None:
    """The hours that are set, None for always open. Raises HoursError, also where the library is not there."""
    if not config.open.strip():
        return None
    try:
        hours = OpeningHours(config)
    except ImportError:
        raise HoursError(NO_LIBRARY) from None
    return hours


def syntax_fault(text: str) -> str:
    """What is wrong with `text` as opening hours, no full stop; empty where nothing is, or nobody can tell."""
    return _fault(text, "")


def country_fault(country: str) -> str:
    """Why the public holidays of `country` are not known, no full stop; empty where they are, or nobody can tell."""
    return _fault("24/7", country)


def unmet_need(config: HoursConfig) -> str:
    """What the hours speak of that is not known, as one sentence; empty where nothing is missing."""
    words = {word.lower() for word in re.findall("[A-Za-z]+", _COMMENT.sub("", config.open))}
    if "ph" in words and not config.country:
        return "“hours.open” speaks of public holidays, PH; say whose with “hours.country”, as in “DE”."
    if "sh" in words:
        return "“hours.open” speaks of school holidays, SH, which are not known; write their dates instead."
    if words & {"sunrise", "sunset", "dawn", "dusk"}:
        return "“hours.open” speaks of the sun, whose times are not known here; write times instead."
    return ""


def _fault(text: str, country: str) -> str:
    from viewer.kiosk.config import HoursConfig

    try:
        hours_of(HoursConfig(text, country))
    except HoursError as error:
        return "" if str(error) == NO_LIBRARY else str(error)
    return ""


def _parse(text: str, country: str, library: type[Parsed]) -> Parsed:
    if len(text) > LONGEST:
        raise HoursError(f"these are more than {LONGEST} letters; write fewer rules")
    try:
        return library(text, country=country or None, auto_country=False, auto_timezone=False)
    except Exception as error:  # its two kinds of error are in no public module
        if type(error).__name__ == "UnknownCountryError":
            raise HoursError(f"the public holidays of “{shown(country)}” are not known; leave “hours.country” out, and "
                             "write them as dates") from None
        if type(error).__name__ != "ParserError":
            raise
        found = _PLACE.search(str(error))
        rest = text[int(found[1]) - 1:].strip() if found else text
        where = f"“{shown(rest)}” makes no sense" if rest else "something is missing at the end"
        raise HoursError(f"{where}; write as in “Mo-Fr 09:00-18:00; PH off”") from None
