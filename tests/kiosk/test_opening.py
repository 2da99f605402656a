from __future__ import annotations

import datetime as dt
import random
import zoneinfo
from typing import TYPE_CHECKING

import pytest

from tests.fakes import ManualClock, WallClock
from viewer.kiosk.config import HoursConfig
from viewer.kiosk.opening import LOOK_MS, Opening

if TYPE_CHECKING:
    from collections.abc import Iterator

HOURS = HoursConfig("Mo-Fr 09:00-18:00", "DE", "Europe/Berlin")
BERLIN = zoneinfo.ZoneInfo("Europe/Berlin")
MINUTE_MS = 60_000


class Kept:
    """Opening hours that are kept, and the time of day at which each change came."""

    def __init__(self, start: str, config: HoursConfig = HOURS) -> None:
        self.clock = ManualClock()
        self.wall = WallClock(self.clock, start)
        self.doubt = ""
        self.edges: list[tuple[bool, str]] = []
        self.opening = Opening(config, self.clock, self.wall, lambda _now: self.doubt)
        self.opening.changed.connect(
            lambda is_open: self.edges.append((is_open, f"{self.wall().astimezone(BERLIN):%Y-%m-%d %H:%M:%S}")))
        self.opening.look()


@pytest.fixture
def kept() -> Iterator[Kept]:
    made = Kept("2026-11-27T08:00:00+01:00")
    yield made
    made.opening.close()
    assert not made.clock.pending


def test_it_opens_and_closes_to_the_second(kept: Kept) -> None:
    kept.clock.advance(12 * 60 * MINUTE_MS)
    assert kept.edges == [(False, "2026-11-27 08:00:00"), (True, "2026-11-27 09:00:00"),
                          (False, "2026-11-27 18:00:00")]


def test_what_comes_next_is_known(kept: Kept) -> None:
    assert (kept.opening.is_open, kept.opening.until) == (False, dt.datetime(2026, 11, 27, 9, tzinfo=BERLIN))
    kept.clock.advance(60 * MINUTE_MS + 1)
    assert (kept.opening.is_open, kept.opening.until) == (True, dt.datetime(2026, 11, 27, 18, tzinfo=BERLIN))


@pytest.mark.parametrize(("jump", "is_open"), [
    (dt.timedelta(days=-365), True), (dt.timedelta(hours=-1), False), (dt.timedelta(hours=1), True),
    (dt.timedelta(hours=9), False), (dt.timedelta(days=3653), True), (dt.timedelta(days=1), False),
])
def test_a_clock_that_is_set_is_followed_within_half_a_minute(jump: dt.timedelta, is_open: bool) -> None:
    kept = Kept("2026-11-27T09:30:00+01:00")
    kept.clock.advance(MINUTE_MS)
    assert kept.opening.is_open

    kept.wall.jump(jump)
    kept.clock.advance(LOOK_MS)

    assert kept.opening.is_open == is_open
    kept.opening.close()


def test_a_machine_that_has_slept_opens_within_half_a_minute(kept: Kept) -> None:
    kept.wall.set("2026-11-30T10:00:00+01:00")  # the clock of slides and alarms stood still
    kept.clock.advance(LOOK_MS)
    assert kept.opening.is_open


def test_hundred_of_hundred_mornings_open_within_a_minute_whatever_the_night_was_like() -> None:
    chance = random.Random(16)
    kept = Kept("2026-03-01T12:00:00+01:00", HoursConfig("Mo-Su 09:00-18:00", "", "Europe/Berlin"))
    day = dt.date(2026, 3, 1)
    opened = 0
    for _ in range(100):  # both changes of summer time are among them, and every second night has its trouble
        day += dt.timedelta(days=chance.choice((1, 2, 5)))
        evening = dt.datetime.combine(day, dt.time(19), BERLIN) - dt.timedelta(days=1)
        kept.wall.set(evening.astimezone(dt.UTC).isoformat())
        kept.clock.advance(chance.randrange(LOOK_MS, 2 * LOOK_MS))
        assert not kept.opening.is_open
        for _ in range(chance.randrange(3)):
            kept.wall.jump(dt.timedelta(days=chance.choice((-365, 3653)), minutes=chance.randrange(-600, 600)))
            kept.clock.advance(chance.randrange(5 * MINUTE_MS))
        nine = dt.datetime.combine(day, dt.time(9), BERLIN).astimezone(dt.UTC)
        kept.wall.set((nine - dt.timedelta(milliseconds=chance.randrange(1, 120_000))).isoformat())
        while kept.wall() < nine:
            kept.clock.advance(500)
        kept.clock.advance(LOOK_MS)
        opened += kept.opening.is_open
        kept.clock.advance(MINUTE_MS)
        assert kept.opening.is_open
    assert opened == 100
    kept.opening.close()


def test_a_clock_that_cannot_be_trusted_closes_nothing_and_opens_what_is_closed(kept: Kept) -> None:
    opening = kept.opening
    kept.doubt = "It is wrong."
    kept.clock.advance(LOOK_MS)
    assert (opening.is_open, opening.until, opening.problem) == (True, None, "It is wrong.")
    assert opening.moment() is None

    kept.doubt = ""
    kept.clock.advance(LOOK_MS)
    assert (opening.is_open, opening.problem) == (False, "")
    assert [is_open for is_open, _ in kept.edges] == [False, True, False]


def test_hours_that_cannot_be_used_close_nothing_and_are_said() -> None:
    kept = Kept("2026-11-27T03:00:00+01:00", HoursConfig("Mo-Fr 9-18h"))
    assert kept.opening.is_open
    assert kept.opening.problem == (
        "“hours.open” is not kept: “9-18h” makes no sense; write as in “Mo-Fr 09:00-18:00; PH off”.")
    kept.clock.advance(60 * MINUTE_MS)
    assert kept.opening.is_open
    kept.opening.close()


def test_without_hours_it_is_always_open_and_the_clock_is_nobodys_concern() -> None:
    kept = Kept("1970-01-01T03:00:00+00:00", HoursConfig())
    kept.doubt = "It is wrong."
    kept.clock.advance(LOOK_MS)
    assert (kept.opening.is_open, kept.opening.problem, kept.edges) == (True, "", [])
    assert kept.opening.moment() is None, "dated slides all show"
    kept.opening.close()


def test_hours_by_holidays_of_nobody_are_kept_and_said() -> None:
    kept = Kept("2026-12-25T12:00:00+01:00", HoursConfig("Mo-Fr 09:00-18:00; PH off"))
    assert kept.opening.is_open
    assert "hours.country" in kept.opening.problem
    kept.opening.close()


def test_slides_go_by_the_time_at_the_place() -> None:
    kept = Kept("2026-11-27T23:30:00+00:00")
    moment = kept.opening.moment()
    assert moment is not None
    assert moment.isoformat() == "2026-11-28T00:30:00+01:00"
    kept.opening.close()


def test_a_look_that_fails_is_not_the_last(kept: Kept) -> None:
    seen = []

    def fails(now: dt.datetime) -> str:
        seen.append(now)
        raise ValueError("no time")

    kept.opening._distrust = fails
    with pytest.raises(ValueError, match="no time"):
        kept.clock.advance(LOOK_MS)
    assert kept.clock.pending == 1
    assert seen
