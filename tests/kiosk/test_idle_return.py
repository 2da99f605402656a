from __future__ import annotations

import pytest

from tests.fakes import ManualClock
from viewer.kiosk.idle_return import IdleReturn

IDLE_S, COUNTDOWN_S = 60, 20


class Screen:
    """An idle return with its clock; what it told."""

    def __init__(self) -> None:
        self.clock = ManualClock()
        self.playing = False
        self.told: list[int | str] = []
        self.idle = IdleReturn(self.clock, IDLE_S, COUNTDOWN_S, lambda: self.playing)
        self.idle.counted.connect(self.told.append)
        self.idle.returned.connect(lambda: self.told.append("returned"))
        self.idle.forgotten.connect(lambda: self.told.append("forgotten"))

    def seconds(self, seconds: float) -> None:
        self.clock.advance(round(seconds * 1000))


@pytest.fixture
def screen(qapp: object) -> Screen:  # noqa: ARG001 - there has to be one
    return Screen()


def test_nothing_is_counted_while_nobody_has_touched_the_screen(screen: Screen) -> None:
    screen.seconds(10_000)
    screen.idle.stir()
    screen.seconds(10_000)

    assert screen.told == []
    assert screen.clock.pending == 0


def test_after_the_idle_time_every_second_is_told_and_then_the_return(screen: Screen) -> None:
    screen.idle.use()
    screen.seconds(IDLE_S - 0.001)
    assert screen.told == []

    screen.seconds(0.001)
    assert screen.told == [COUNTDOWN_S]
    screen.seconds(COUNTDOWN_S)

    assert screen.told == [*range(COUNTDOWN_S, -1, -1), "returned"]
    assert screen.clock.pending == 0


@pytest.mark.parametrize("what", ["use", "stir"])
def test_whatever_a_visitor_does_cancels_the_countdown_and_begins_the_time_anew(screen: Screen, what: str) -> None:
    screen.idle.use()
    screen.seconds(IDLE_S + 5)
    assert screen.told[-1] == COUNTDOWN_S - 5

    getattr(screen.idle, what)()
    assert screen.told[-1] == 0
    screen.seconds(IDLE_S - 1)
    assert screen.told[-1] == 0
    screen.seconds(1)

    assert screen.told[-1] == COUNTDOWN_S
    assert "returned" not in screen.told


def test_who_lets_the_show_play_is_not_disturbed_and_their_choices_end_with_the_slide(screen: Screen) -> None:
    screen.idle.use()
    screen.playing = True
    screen.idle.slide_came()
    screen.seconds(IDLE_S * 10)
    assert screen.told == []

    screen.idle.slide_came()

    assert screen.told == ["forgotten"]
    screen.idle.slide_came()
    screen.playing = False
    screen.seconds(IDLE_S * 10)
    assert screen.told == ["forgotten"]


def test_nothing_is_counted_while_something_else_is_asked(screen: Screen) -> None:
    screen.idle.use()
    screen.seconds(IDLE_S + 1)
    screen.idle.hold()
    assert screen.told[-1] == 0
    screen.idle.use()
    screen.seconds(1000)
    assert screen.told[-1] == 0

    screen.idle.release()
    screen.seconds(IDLE_S)

    assert screen.told[-1] == COUNTDOWN_S


def test_nothing_is_due_once_it_is_stopped(screen: Screen) -> None:
    screen.idle.use()
    screen.seconds(IDLE_S + 1)

    screen.idle.stop()

    assert screen.clock.pending == 0
