"""`liftoff check GALLERY --at TIME`: says which slides a running show would go through then, and why not the others."""

from __future__ import annotations

import datetime as dt
import json
import zoneinfo
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from viewer.gallery.file_check import slide_reporters
from viewer.gallery.files import result_or_sentence
from viewer.gallery.model import displayed_texts, localized, slide_name
from viewer.gallery.open import Source, open_source
from viewer.gallery.problems import shown
from viewer.kiosk.lock import FIXED_OPTIONS
from viewer.kiosk.opening_hours import HoursError, hours_of, unmet_need
from viewer.settings import BY_KEY
from viewer.show.timing import Timing, interval, seconds_text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from viewer.gallery.model import Gallery, Problem, Slide
    from viewer.kiosk.config import HoursConfig, KioskConfig

_DAY: Final = "%A %d %B %Y, %H:%M"
_NO_SLIDE: Final = "It is no slide."


class TimeError(Exception):
    """A time cannot be understood; the message says what to write."""


class Screen(NamedTuple):
    """What a kiosk's hours say of a moment; `until` is when they say something else, None for never."""

    is_open: bool
    until: dt.datetime | None
    problem: str


class Entry(NamedTuple):
    """A slide by its number in the gallery's file, from 1; with `seconds` for it, None for by hand, or why not."""

    number: int
    id: str
    file: str
    title: str
    seconds: float | None = None
    reason: str = ""


def moment_of(text: str | None, config: KioskConfig | None) -> dt.datetime:
    """The moment that was typed, at the place of the kiosk or else here. Raises TimeError, also where none was."""
    if text is None:
        raise TimeError("--config is for what is shown at a certain time: add --at TIME.")
    try:
        moment = dt.datetime.fromisoformat(text.strip())
        zone = zoneinfo.ZoneInfo(config.hours.timezone) if config is not None and config.hours.timezone else None
        if zone is not None and moment.tzinfo is None:
            moment = moment.replace(tzinfo=zone)
        if len(text.strip()) > len("2026-12-24"):
            return moment.astimezone(zone)
    except (ValueError, OverflowError, OSError):
        pass
    raise TimeError(f"“{shown(text)}” is not a time: give day and time, as in 2026-12-24T18:00.")


def report_at(source: Source, moment: dt.datetime, config: KioskConfig | None, *, as_json: bool = False,
              ) -> tuple[str, int]:
    """What would be shown at `moment`, with `config` in that kiosk, as lines or as a JSON object, no final line end.

    Also returns the exit status: 0 some slides, 1 none, or a closed screen, 2 a gallery that cannot be opened.
    """
    inside_only = config is not None and not config.outside_files
    opened = result_or_sentence(lambda: open_source(source, thorough=True, inside_only=inside_only))
    if isinstance(opened, str):
        return (json.dumps({"at": moment.isoformat(), "error": opened}, indent=2) if as_json else opened), 2
    screen = None if config is None else _screen(config.hours, moment)
    options = {} if config is None else {**config.options, **FIXED_OPTIONS}
    entries = _entries(opened.gallery, opened.problems, moment, options)
    is_open = screen is None or screen.is_open
    status = 0 if is_open and any(not entry.reason for entry in entries) else 1
    if as_json:
        return json.dumps(_as_data(moment, screen, entries, is_open=is_open), indent=2), status
    return "\n".join(_lines(moment, screen, entries, is_shuffled=_is_shuffled(opened.gallery, options))), status


def _screen(hours: HoursConfig, moment: dt.datetime) -> Screen:
    try:
        opening = hours_of(hours)
    except HoursError as error:
        return Screen(True, None, f"“hours.open” is not kept: {error}.")
    if opening is None:
        return Screen(True, None, "")
    return Screen(opening.is_open(moment), opening.next_change(moment), unmet_need(hours))


def _entries(gallery: Gallery, problems: list[Problem], moment: dt.datetime, options: Mapping[str, Any]) -> list[Entry]:
    """All slides in the gallery's order, also what is no slide because of an error."""
    errors: dict[str, str] = {}
    for problem in problems:
        if problem.severity == "error":
            errors.setdefault(problem.pointer.removesuffix("/file"), problem.sentence)
    asked = options.get("show/interval", gallery.show.interval)
    timing = Timing(interval(str(BY_KEY["show/interval"].accept("auto" if asked is None else asked))))
    language = str(options.get("caption/language", ""))
    made = [Entry(place + 1, "", "", "", reason=errors.get(f"/slides/{place}", _NO_SLIDE))
            for place in gallery.unusable]
    for slide, reporter in slide_reporters(gallery, []):
        number = int(reporter.pointer.rpartition("/")[2]) + 1
        title = slide_name(slide, localized(slide.title, language))
        reason = errors.get(reporter.pointer) or (slide.valid.why_not(moment) if slide.valid else "")
        seconds = _seconds(gallery, slide, timing, language, to_end=bool(options.get("show/read-to-end")))
        made.append(Entry(number, slide.id, slide.file, title, seconds, reason))
    return sorted(made)


def _seconds(gallery: Gallery, slide: Slide, timing: Timing, language: str, *, to_end: bool) -> float | None:
    texts = displayed_texts(gallery, slide, language, {})
    milliseconds = timing.slide_ms(slide, texts.visible, unlimited=to_end)
    return None if milliseconds is None else round(milliseconds / 1000, 1)


def _is_shuffled(gallery: Gallery, options: Mapping[str, Any]) -> bool:
    return bool(options.get("show/shuffle", gallery.show.shuffle))


def _as_data(moment: dt.datetime, screen: Screen | None, entries: list[Entry], *, is_open: bool) -> dict[str, Any]:
    until = None if screen is None or screen.until is None else screen.until.isoformat()
    return {
        "at": moment.isoformat(), "open": is_open, "until": until, "problem": "" if screen is None else screen.problem,
        "shown": [{"number": one.number, "id": one.id, "file": one.file, "title": one.title, "seconds": one.seconds}
                  for one in entries if is_open and not one.reason],
        "left_out": [{"number": one.number, "id": one.id, "file": one.file, "title": one.title, "reason": one.reason}
                     for one in entries if one.reason],
    }


def _lines(moment: dt.datetime, screen: Screen | None, entries: list[Entry], *, is_shuffled: bool) -> list[str]:
    made = [f"{moment:{_DAY}}"]
    if screen is not None:
        change = f"until {screen.until:{_DAY}}" if screen.until else "for ever"
        if screen.problem:
            made.append(screen.problem)
        if not screen.is_open:
            return [*made, f"The screen is closed then, {change}: nothing is shown."]
        made.append(f"The screen is open then, {change}.")
    there, left_out = [one for one in entries if not one.reason], [one for one in entries if one.reason]
    width = max((len(str(one.number)) for one in entries), default=1)
    made += [f"{one.number:>{width}}  {one.title}, {'by hand' if one.seconds is None else seconds_text(one.seconds)}"
             for one in there]
    if not there:
        made.append("No slide may be shown then: the show stays at the one it has.")
    made += ["Left out:"] if left_out else []
    made += [f"{one.number:>{width}}  {f'{one.title}: ' if one.title else ''}{one.reason}" for one in left_out]
    total = dt.timedelta(seconds=round(sum(one.seconds or 0 for one in there)))
    made.append(f"{len(there)} of {len(entries)} slides, {total} in all"
                f"{', in random order' if is_shuffled else ''}")
    return made
