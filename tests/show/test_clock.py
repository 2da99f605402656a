from __future__ import annotations

import gc
from typing import TYPE_CHECKING

from viewer.show.clock import LONGEST, Clock, QtClock

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

CLOCK: Clock = QtClock()


def test_an_alarm_rings_once_and_not_before_its_time(qtbot: QtBot) -> None:
    start = CLOCK.now()
    rung: list[int] = []

    CLOCK.after(20, lambda: rung.append(CLOCK.now()))
    gc.collect()  # nobody holds the alarm, and it rings all the same
    qtbot.waitUntil(lambda: bool(rung))

    assert len(rung) == 1
    assert rung[0] - start >= 19  # the timer counts in milliseconds from the one that has begun


def test_a_cancelled_alarm_does_not_ring(qtbot: QtBot) -> None:
    rung: list[str] = []
    first = CLOCK.after(1, lambda: rung.append("first"))
    CLOCK.after(2, lambda: rung.append("second"))

    first.cancel()
    first.cancel()
    qtbot.waitUntil(lambda: bool(rung))

    assert rung == ["second"]


def test_an_alarm_that_has_rung_can_be_cancelled(qtbot: QtBot) -> None:
    rung: list[int] = []
    alarm = CLOCK.after(-5, lambda: rung.append(1))
    qtbot.waitUntil(lambda: bool(rung))

    alarm.cancel()

    assert rung == [1]


def test_an_alarm_can_be_set_for_longer_than_a_timer_counts(qtbot: QtBot) -> None:  # noqa: ARG001 - a timer needs it
    CLOCK.after(LONGEST * 1000, lambda: None).cancel()
