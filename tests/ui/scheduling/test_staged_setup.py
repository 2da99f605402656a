from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QCoreApplication, QObject

from viewer.ui.scheduling.staged_setup import StagedSetup

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

NEVER_MS = 3_600_000


class Work:
    """Three steps, and what has been done."""

    def __init__(self) -> None:
        self.done: list[int] = []
        self.owner = QObject()
        self.staged_setup = StagedSetup(self._steps(), self.owner)

    def _steps(self) -> Iterator[None]:
        self.done.append(1)
        yield
        self.done.append(2)
        yield
        self.done.append(3)


@pytest.fixture
def work(qapp: object) -> Iterator[Work]:  # noqa: ARG001 - timers need an application
    made = Work()
    yield made
    made.staged_setup.stop()


def turns() -> None:
    """Let the event loop turn a few times, so that what is due is done."""
    for _ in range(5):
        QCoreApplication.processEvents()


def test_all_steps_are_taken_in_their_order_once_the_delay_is_over(work: Work, qtbot: QtBot) -> None:
    work.staged_setup.begin(1)
    qtbot.waitUntil(lambda: work.staged_setup.is_done)

    assert work.done == [1, 2, 3]


def test_hurry_ends_the_waiting(work: Work, qtbot: QtBot) -> None:
    work.staged_setup.begin(NEVER_MS)
    turns()
    assert work.done == []
    work.staged_setup.hurry()
    qtbot.waitUntil(lambda: work.staged_setup.is_done)

    assert work.done == [1, 2, 3]


def test_between_two_steps_the_event_loop_has_its_turn(work: Work, qtbot: QtBot) -> None:
    told: list[str] = []

    def work_of(who: str) -> Iterator[None]:
        for _ in range(3):
            told.append(who)
            yield

    both = [StagedSetup(work_of(who), work.owner) for who in "ab"]
    for one in both:
        one.begin(0)
    qtbot.waitUntil(lambda: all(one.is_done for one in both))

    assert told == ["a", "b"] * 3


def test_after_a_stop_nothing_more_is_done(work: Work) -> None:
    work.staged_setup.begin(0)
    work.staged_setup.stop()
    turns()

    assert work.done == []
    assert not work.staged_setup.is_done


def test_hurry_begins_nothing_that_was_not_to_begin(work: Work) -> None:
    work.staged_setup.hurry()
    turns()

    assert work.done == []
