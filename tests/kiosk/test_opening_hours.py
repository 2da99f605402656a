from __future__ import annotations

import datetime as dt
import subprocess
import sys
import zoneinfo

import pytest

from viewer.kiosk.config import HoursConfig
from viewer.kiosk.opening_hours import (
    LONGEST,
    NO_LIBRARY,
    HoursError,
    country_fault,
    hours_of,
    syntax_fault,
    unmet_need,
)

BERLIN = zoneinfo.ZoneInfo("Europe/Berlin")
MINUTE = dt.timedelta(minutes=1)


def edges(open_: str, begin: str, hours: int, country: str = "") -> list[str]:
    """When it opens (+) and closes (-) in Berlin, looked at every minute from `begin` on; the first is the state."""
    opening = hours_of(HoursConfig(open_, country, "Europe/Berlin"))
    assert opening is not None
    moment = dt.datetime.fromisoformat(begin).replace(tzinfo=BERLIN).astimezone(dt.UTC)
    told, before = [], None
    for _ in range(hours * 60):
        if (is_open := opening.is_open(moment)) != before:
            local = moment.astimezone(BERLIN)
            told.append(f"{'+' if is_open else '-'}{local:%a %H:%M %Z}")
        before, moment = is_open, moment + MINUTE
    return told


@pytest.mark.parametrize(("hours", "begin", "told"), [
    # A working week
    ("Mo-Fr 09:00-18:00", "2026-11-27T08:00", ["-Fri 08:00 CET", "+Fri 09:00 CET", "-Fri 18:00 CET"]),
    ("Mo-Fr 09:00-12:00,13:00-18:00", "2026-11-27T11:00",
     ["+Fri 11:00 CET", "-Fri 12:00 CET", "+Fri 13:00 CET", "-Fri 18:00 CET"]),
    # Past midnight belongs to the day on which it begins
    ("Fr 20:00-02:00", "2026-11-27T19:00", ["-Fri 19:00 CET", "+Fri 20:00 CET", "-Sat 02:00 CET"]),
    ("Fr 20:00-26:00", "2026-11-27T19:00", ["-Fri 19:00 CET", "+Fri 20:00 CET", "-Sat 02:00 CET"]),
    ("Mo-Su 00:00-24:00", "2026-11-27T19:00", ["+Fri 19:00 CET"]),
    ("Sa 00:00-08:00", "2026-11-27T23:00", ["-Fri 23:00 CET", "+Sat 00:00 CET", "-Sat 08:00 CET"]),
    # To summer time: 02:00 is 03:00
    ("09:00-18:00", "2026-03-29T00:00", ["-Sun 00:00 CET", "+Sun 09:00 CEST", "-Sun 18:00 CEST"]),
    ("22:00-04:00", "2026-03-28T23:00", ["+Sat 23:00 CET", "-Sun 04:00 CEST", "+Sun 22:00 CEST"]),
    ("02:30-05:00", "2026-03-29T00:00", ["-Sun 00:00 CET", "+Sun 03:00 CEST", "-Sun 05:00 CEST"]),
    ("02:10-02:50", "2026-03-29T00:00", ["-Sun 00:00 CET"]),
    # From summer time: after 02:59 comes 02:00
    ("09:00-18:00", "2026-10-25T00:00", ["-Sun 00:00 CEST", "+Sun 09:00 CET", "-Sun 18:00 CET"]),
    ("22:00-04:00", "2026-10-24T23:00", ["+Sat 23:00 CEST", "-Sun 04:00 CET"]),
    ("00:00-02:30", "2026-10-25T00:00",
     ["+Sun 00:00 CEST", "-Sun 02:30 CEST", "+Sun 02:00 CET", "-Sun 02:30 CET"]),
    ("02:10-02:50", "2026-10-25T00:00",
     ["-Sun 00:00 CEST", "+Sun 02:10 CEST", "-Sun 02:50 CEST", "+Sun 02:10 CET", "-Sun 02:50 CET"]),
])
def test_it_opens_and_closes_as_a_clock_on_the_wall_says(hours: str, begin: str, told: list[str]) -> None:
    assert edges(hours, begin, 24) == told


@pytest.mark.parametrize(("country", "day", "is_open"), [
    ("DE", "2026-12-25", False), ("DE", "2026-04-03", False), ("DE", "2031-10-03", False), ("DE", "2026-12-24", True),
    ("FR", "2026-07-14", False), ("DE", "2026-07-14", True), ("US", "2026-11-26", False), ("DE", "2026-11-26", True),
])
def test_public_holidays_are_those_of_the_country(country: str, day: str, is_open: bool) -> None:
    hours = hours_of(HoursConfig("Mo-Su 09:00-18:00; PH off", country, "Europe/Berlin"))
    assert hours is not None
    assert hours.is_open(dt.datetime.fromisoformat(f"{day}T12:00").replace(tzinfo=BERLIN)) == is_open


def test_holidays_of_a_region_are_written_as_dates() -> None:
    assert edges("09:00-18:00; Jan 06 off; easter +60 days off", "2026-01-06T00:00", 24) == ["-Tue 00:00 CET"]
    assert edges("09:00-18:00; Jan 06 off; easter +60 days off", "2026-06-04T00:00", 24) == ["-Thu 00:00 CEST"]


def test_what_may_be_open_or_not_counts_as_open() -> None:
    assert edges("Mo-Fr 09:00-18:00; Fr 10:00-20:00 unknown", "2026-11-27T08:00", 14) == [
        "-Fri 08:00 CET", "+Fri 10:00 CET", "-Fri 20:00 CET"]


def test_the_next_change_is_one_between_open_and_closed() -> None:
    hours = hours_of(HoursConfig('Mo-Su 09:00-12:00 "talk", 12:00-18:00', "", "Europe/Berlin"))
    assert hours is not None
    assert hours.next_change(dt.datetime(2026, 3, 28, 20, tzinfo=BERLIN)) == dt.datetime(2026, 3, 29, 9, tzinfo=BERLIN)
    assert hours.next_change(dt.datetime(2026, 3, 29, 10, tzinfo=dt.UTC)) == dt.datetime(2026, 3, 29, 18, tzinfo=BERLIN)


@pytest.mark.parametrize("open_", ["24/7", 'Mo-Fr "a"; Sa-Su "b"', "2020 off"])
def test_what_never_changes_is_said_to_never_change(open_: str) -> None:
    hours = hours_of(HoursConfig(open_))
    assert hours is not None
    assert hours.next_change(dt.datetime(2026, 11, 27, tzinfo=dt.UTC)) is None


def test_without_a_time_zone_hours_are_those_of_the_machine() -> None:
    hours = hours_of(HoursConfig("09:00-18:00"))
    assert hours is not None
    noon = dt.datetime(2026, 11, 27, 12).astimezone()
    assert hours.is_open(noon.astimezone(dt.UTC))
    change = hours.next_change(noon)
    assert change is not None
    assert (change.utcoffset(), change.hour) == (noon.utcoffset(), 18)


def test_no_hours_are_always() -> None:
    assert hours_of(HoursConfig()) is None
    assert hours_of(HoursConfig("  ")) is None


@pytest.mark.parametrize(("text", "fault"), [
    ("Mo-Fr 9-18h", "“9-18h” makes no sense; write as in “Mo-Fr 09:00-18:00; PH off”"),
    ("always", "“always” makes no sense; write as in “Mo-Fr 09:00-18:00; PH off”"),
    ("Mo-Fr 09:00", "something is missing at the end; write as in “Mo-Fr 09:00-18:00; PH off”"),
    ("Mo-Fr 25:00-26:00", "“25:00-26:00” makes no sense; write as in “Mo-Fr 09:00-18:00; PH off”"),
    ("x" * (LONGEST + 1), f"these are more than {LONGEST} letters; write fewer rules"),
    ("Mo-Fr 09:00-18:00; PH off", ""), ("", ""),
])
def test_what_cannot_be_understood_is_said_with_its_place(text: str, fault: str) -> None:
    assert syntax_fault(text) == fault


def test_a_country_whose_holidays_are_not_known_is_said() -> None:
    assert country_fault("DE") == ""
    assert country_fault("XX").startswith("the public holidays of “XX” are not known; ")
    with pytest.raises(HoursError):
        hours_of(HoursConfig("24/7", "XX"))


@pytest.mark.parametrize(("config", "named"), [
    (HoursConfig("Mo-Fr 09:00-18:00; PH off"), "public holidays"), (HoursConfig("24/7; SH off", "DE"), "school"),
    (HoursConfig("sunrise-sunset"), "sun"), (HoursConfig("24/7; PH off", "DE"), ""), (HoursConfig('24/7 "PH"'), ""),
    (HoursConfig("Mo-Su 09:00-18:00"), ""),
])
def test_hours_by_what_nobody_knows_are_said(config: HoursConfig, named: str) -> None:
    assert named in unmet_need(config) if named else not unmet_need(config)


def test_the_library_is_imported_only_for_hours_and_a_machine_without_it_is_told() -> None:
    program = """
import sys
sys.modules["opening_hours"] = None
from viewer.kiosk.config import HoursConfig
from viewer.kiosk.opening_hours import HoursError, hours_of, syntax_fault
assert hours_of(HoursConfig()) is None and syntax_fault("nonsense") == ""
try:
    hours_of(HoursConfig("24/7"))
except HoursError as error:
    print(error)
"""
    ended = subprocess.run([sys.executable, "-X", "utf8", "-c", program], capture_output=True, check=True)
    assert ended.stdout.decode().strip() == NO_LIBRARY
