from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from viewer.gallery.model import LONGEST_DURATION, Interval, Slide
from viewer.show.timing import (
    PLACEHOLDER_MS,
    SCALES,
    SHORTEST_MS,
    STEPS,
    Timing,
    crossfade_ms,
    interval,
    interval_text,
    seconds_text,
)

SIXTY_WORDS = ("word " * 60,)
"""Read in 24 seconds, after 8 for the picture."""


def plain(text: str) -> str:
    return text.replace("\N{NO-BREAK SPACE}", " ")


def said(timing: Timing, slide: Slide | None = None) -> str:
    words, values = timing.sentence(slide)
    return plain(words.format(*values))


@pytest.mark.parametrize(("own", "show", "seconds"), [
    (None, 12.0, 12), (None, 0.0, None), (None, "auto", 32),
    (5.0, 12.0, 5), (5.0, 0.0, 5), (5.0, "auto", 5),
    ("auto", 12.0, 32), ("auto", 0.0, 32), ("auto", "auto", 32),
])
def test_a_slides_own_time_wins_over_the_shows(own: Interval | None, show: Interval, seconds: float | None) -> None:
    assert Timing(show).slide_ms(Slide("a.jpg", duration=own), SIXTY_WORDS) == (seconds and seconds * 1000)


def test_the_reading_time_is_stretched_and_so_are_times_of_their_own() -> None:
    timing = Timing("auto", 150)

    assert timing.slide_ms(Slide("a.jpg"), SIXTY_WORDS) == 48_000
    assert timing.slide_ms(Slide("a.jpg"), ()) == 15_000
    assert timing.slide_ms(Slide("a.jpg", duration=20), SIXTY_WORDS) == 30_000


def test_a_text_that_scrolls_has_the_time_to_be_read_to_its_end_and_any_other_a_minute() -> None:
    slide, texts = Slide("a.jpg"), SIXTY_WORDS * 10

    assert Timing("auto").slide_ms(slide, texts) == 60_000
    assert Timing("auto").slide_ms(slide, texts, unlimited=True) == 248_000


def test_in_seconds_a_stretched_reading_time_is_forgotten() -> None:
    assert Timing(12.0, 300).slide_ms(Slide("a.jpg", duration=20), ()) == 20_000
    assert Timing(12.0, 300).slide_ms(Slide("a.jpg", duration="auto"), ()) == 10_000


def test_no_show_runs_faster_than_a_quarter_of_a_second_or_holds_longer_than_a_day() -> None:
    assert Timing(0.001).slide_ms(Slide("a.jpg"), ()) == SHORTEST_MS
    assert Timing(5.0).slide_ms(Slide("a.jpg", duration=0.0001), ()) == SHORTEST_MS
    assert Timing("auto", 300).slide_ms(Slide("a.jpg", duration=LONGEST_DURATION), ()) == LONGEST_DURATION * 1000
    assert PLACEHOLDER_MS > SHORTEST_MS


@pytest.mark.parametrize(("typed", "meant"), [
    ("auto", "auto"), ("12", 12.0), (" 2.5 ", 2.5), ("2,5", 2.5), ("0", 0.0), ("7.0", 7.0), ("", "auto"),
    ("soon", "auto"), ("-3", "auto"), ("nan", "auto"), ("inf", float(LONGEST_DURATION)),
    ("1e9", float(LONGEST_DURATION)),
])
def test_an_interval_is_read_as_it_was_meant(typed: str, meant: Interval) -> None:
    assert interval(typed) == meant


@given(st.sampled_from(STEPS))
def test_an_interval_is_typed_as_it_is_read(seconds: int) -> None:
    assert interval(interval_text(float(seconds))) == seconds
    assert interval_text("auto") == "auto"


def test_slower_and_faster_step_through_round_seconds() -> None:
    assert Timing(10.0).slower() == Timing(12.0)
    assert Timing(10.0).faster() == Timing(8.0)
    assert Timing(7.0).slower() == Timing(8.0)
    assert Timing(7.0).faster() == Timing(6.0)


def test_the_steps_have_two_ends() -> None:
    assert Timing(3600.0).slower() == Timing(3600.0)
    assert Timing(7200.0).slower() == Timing(7200.0)
    assert Timing(1.0).faster() == Timing(1.0)
    assert Timing(0.5).faster() == Timing(0.5)


@given(st.floats(0.3, 90_000) | st.just("auto"), st.sampled_from(SCALES))
def test_slower_is_never_faster(show: Interval, scale: int) -> None:
    timing = Timing(show, scale)
    slide = Slide("a.jpg")
    times = [each.slide_ms(slide, SIXTY_WORDS) or 0 for each in (timing.faster(), timing, timing.slower())]

    assert times == sorted(times)


def test_a_show_by_hand_cannot_be_slower_and_is_made_faster_by_ten_seconds_a_picture() -> None:
    assert Timing(0.0).slower() == Timing(0.0)
    assert Timing(0.0).faster() == Timing(10.0)


def test_the_reading_time_has_steps_of_its_own() -> None:
    assert Timing().slower() == Timing("auto", 125)
    assert Timing().faster() == Timing("auto", 75)
    assert Timing("auto", 300).slower() == Timing("auto", 300)
    assert Timing("auto", 50).faster() == Timing("auto", 50)


@pytest.mark.parametrize(("timing", "own", "sentence"), [
    (Timing(12.0), None, "12 s for each picture"),
    (Timing(120.0), None, "2 min for each picture"),
    (Timing(), None, "As long as each caption takes to read"),
    (Timing("auto", 150), None, "Reading time × 1.5"),
    (Timing(0.0), None, "By hand"),
    (Timing(8.0), 20.0, "8 s for each picture; this one keeps its own 20 s"),
    (Timing(8.0), "auto", "8 s for each picture; this one keeps its reading time"),
])
def test_the_pace_is_said_in_words(timing: Timing, own: Interval | None, sentence: str) -> None:
    assert said(timing, Slide("a.jpg", duration=own)) == sentence


def test_the_pace_can_be_said_without_a_slide() -> None:
    assert said(Timing(12.0)) == "12 s for each picture"


@pytest.mark.parametrize(("seconds", "text"), [
    (0.5, "0.5 s"), (60, "60 s"), (90, "90 s"), (180, "3 min"), (3600, "1 h"), (5400, "90 min"), (86_400, "24 h"),
])
def test_times_are_written_in_the_largest_whole_unit(seconds: float, text: str) -> None:
    assert plain(seconds_text(seconds)) == text


def test_a_crossfade_takes_at_most_half_the_time_of_its_slide() -> None:
    assert crossfade_ms(800, 10_000) == 800
    assert crossfade_ms(800, 1000) == 500
    assert crossfade_ms(800, None) == 800


def test_half_of_an_odd_number_of_milliseconds_is_a_whole_number() -> None:
    half = crossfade_ms(1000, 251)

    assert (half, type(half)) == (125, int)
