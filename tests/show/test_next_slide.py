"""Where the running show goes next: past slides whose days these are not."""

from __future__ import annotations

import datetime as dt
import json
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from tests.fakes import ManualClock
from tests.show.galleries import a_gallery
from viewer.gallery.model import Slide
from viewer.gallery.open import open_source
from viewer.gallery.validity import Validity
from viewer.show.next_slide import BATCH, NextSlide
from viewer.show.session import Session

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.fakes import ManualAlarm
    from viewer.settings_store import SettingsStore

EXPIRED = Validity(until="2000-01-01")


def expired(*numbers: int) -> list[Slide]:
    return [Slide(f"{number}.jpg", valid=EXPIRED) for number in numbers]


def go(session: Session, clock: ManualClock) -> bool:
    """Go to the next slide, as soon as it is found."""
    following = NextSlide(session, clock)
    following.search()
    while following.is_searching:
        clock.advance(0)
    return following.go()


def on(day: str, settings: SettingsStore) -> Session:
    """A session on that day, with four slides of which the middle two have days of their own."""
    days = (None, Validity("2026-05-01", "2026-09-30"), Validity(until="2026-06-30"), None)
    session = Session(settings, now=lambda: dt.datetime.fromisoformat(day))
    session.set_gallery(a_gallery(*(Slide(f"{number}.jpg", valid=valid) for number, valid in enumerate(days))))
    return session


@pytest.mark.parametrize(("day", "played"), [
    ("2026-04-30", [2, 3, 0]), ("2026-05-01", [1, 2, 3]), ("2026-06-30", [1, 2, 3]), ("2026-07-01", [1, 3, 0]),
    ("2026-09-30", [1, 3, 0]), ("2026-10-01", [3, 0, 3]),
])
def test_the_running_show_passes_over_slides_whose_days_these_are_not(
    settings: SettingsStore, clock: ManualClock, day: str, played: list[int],
) -> None:
    session = on(day, settings)
    seen = []
    for _ in range(3):
        go(session, clock)
        seen.append((session.index, session.why))

    assert seen == [(index, "played") for index in played]


def test_by_hand_a_slide_is_reached_on_any_day(settings: SettingsStore) -> None:
    session = on("2030-01-01", settings)
    session.step()

    assert session.index == 1


def test_a_show_whose_slides_have_all_expired_stays_where_it_is(session: Session, clock: ManualClock) -> None:
    session.set_gallery(a_gallery(*expired(0, 1)))

    assert not go(session, clock)
    assert session.index == 0


@pytest.mark.parametrize("shuffle", [False, True])
def test_the_search_looks_at_a_few_slides_in_each_turn_of_the_event_loop(
    session: Session, monkeypatch: pytest.MonkeyPatch, shuffle: bool,
) -> None:
    looked_at: list[int] = []
    turns: list[int] = []

    class Clock(ManualClock):
        """Notes how many slides had been looked at when each turn of the event loop began."""

        def after(self, milliseconds: int, ring: Callable[[], None]) -> ManualAlarm:
            turns.append(len(looked_at))
            return super().after(milliseconds, ring)

    def is_valid(index: int, moment: dt.datetime | None) -> bool:
        looked_at.append(index)
        return Session.is_valid(session, index, moment)

    monkeypatch.setattr(session, "is_valid", is_valid)
    clock = Clock()
    session.set_shuffle(shuffle)
    session.set_gallery(a_gallery("first.jpg", *expired(*range(20 * BATCH)), "last.jpg"))
    following = NextSlide(session, clock)
    found: list[int] = []
    following.found.connect(found.append)

    following.search()
    assert following.exists
    assert not following.go()
    clock.advance(0)

    assert max(after - before for before, after in pairwise([0, *turns, len(looked_at)])) <= BATCH
    assert found == [20 * BATCH + 1]
    assert following.go()
    assert session.index == 20 * BATCH + 1
    assert clock.pending == 0


def test_of_a_large_manifest_only_slides_that_may_be_shown_are_parsed(
    session: Session, clock: ManualClock, tmp_path: Path,
) -> None:
    slides = [{"file": f"{number}.jpg", "valid": {"until": "2000-01-01"}} for number in range(3000)]
    del slides[2500]["valid"]
    (tmp_path / "gallery.json").write_text(json.dumps({"format": "photo-manifest", "version": 1, "slides": slides}))
    session.set_gallery(open_source(tmp_path / "gallery.json").gallery)

    assert go(session, clock)
    assert session.index == 2500


def test_another_day_has_other_slides(settings: SettingsStore, clock: ManualClock) -> None:
    days = [dt.datetime(2026, 6, 30, 12)]
    session = Session(settings, now=lambda: days[-1])
    session.set_gallery(a_gallery("0.jpg", Slide("1.jpg", valid=Validity(until="2026-06-30")), "2.jpg"))
    following = NextSlide(session, clock)
    following.search()
    days.append(dt.datetime(2026, 7, 1, 12))

    following.go()

    assert session.index == 2


def test_a_slide_comes_in_its_minute_where_there_was_none_before(settings: SettingsStore, clock: ManualClock) -> None:
    times = [dt.datetime(2026, 6, 5, 9, 59, 59)]
    session = Session(settings, now=lambda: times[-1])
    session.set_gallery(a_gallery("0.jpg", Slide("1.jpg", valid=Validity(hours="10:00-11:00"))))
    following = NextSlide(session, clock)
    following.search()
    before = following.go()
    times.append(dt.datetime(2026, 6, 5, 10, 0))

    assert (before, following.go(), session.index) == (False, True, 1)


def test_where_nobody_knows_the_time_every_slide_is_shown(settings: SettingsStore, clock: ManualClock) -> None:
    session = Session(settings, now=lambda: None)
    session.set_gallery(a_gallery("0.jpg", *expired(1)))

    assert go(session, clock)
    assert session.index == 1


def test_slides_that_are_left_out_are_passed_over_and_can_be_paged_to(session: Session, clock: ManualClock) -> None:
    session.set_gallery(a_gallery("0.jpg", "1.jpg", "2.jpg"))
    session.is_left_out = lambda index: index == 1

    assert go(session, clock)
    assert session.index == 2
    session.step(-1)
    assert session.index == 1


def test_a_search_that_is_cancelled_says_that_nothing_comes_next(session: Session, clock: ManualClock) -> None:
    session.set_gallery(a_gallery("0.jpg", *expired(*range(2 * BATCH))))
    following = NextSlide(session, clock)
    found: list[int] = []
    following.found.connect(found.append)
    following.search()

    following.cancel()

    assert (found, following.exists, clock.pending) == ([-1], False, 0)


def test_going_back_in_a_shuffled_show_passes_over_what_was_not_shown(session: Session, clock: ManualClock) -> None:
    session.set_gallery(a_gallery(*expired(*range(5000)), "now.jpg", "too.jpg"), start=5000)
    session.set_shuffle(True)

    assert go(session, clock)
    assert session.index == 5001
    session.step(-1)
    assert session.index == 5000
