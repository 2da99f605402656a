from __future__ import annotations

import socket
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication

from tests.fakes import ManualClock, a_picture
from tests.show.galleries import a_gallery
from viewer.kiosk.heartbeat import PAINT_GRACE_MS, PROOF_MS, SLIDE_GRACE_MS, Heartbeat
from viewer.kiosk.heartbeat_message import MessageReader, Painted
from viewer.settings_store import SettingsStore
from viewer.show.displayed_slide import DisplayedSlide
from viewer.show.player import Player
from viewer.show.session import Session

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

PATIENCE_MS = 20_000


class FakeViewport(QObject):
    """Paints when it is told to."""

    painted = Signal()
    shown = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.asked = 0
        self.paintable = True

    def update(self) -> None:
        self.asked += 1

    def can_be_painted(self) -> bool:
        return self.paintable


class Show:
    """A show of three slides of ten seconds each, with its heartbeat; `told` is what a supervisor would have read."""

    def __init__(self, settings: SettingsStore) -> None:
        settings.override("show/interval", "10")
        settings.override("show/end", "loop")
        self.settings, self.clock, self.viewport = settings, ManualClock(), FakeViewport()
        self.session = Session(settings, seed=1)
        self.session.set_gallery(a_gallery(0, 1, 2))
        self.player = Player(self.session, self.clock)
        self.patience = PATIENCE_MS
        self._ours, theirs = socket.socketpair()
        self._ours.setblocking(False)
        self._reader = MessageReader()
        self.heartbeat = Heartbeat(theirs.detach(), self.session, self.player, self.viewport, self.clock,
                                   lambda: self.patience)
        self.player.play()

    def display(self) -> None:
        """The picture of the slide comes up and is painted."""
        self.paint()
        session = self.session
        self.player.slide_shown(DisplayedSlide(session.index, session.slide, session.path, a_picture(), True, None))
        self.viewport.shown.emit(session.visit)

    def paint(self) -> None:
        self.viewport.painted.emit()
        QApplication.processEvents()

    def told(self) -> list[Painted]:
        QApplication.processEvents()
        try:
            return self._reader.feed(self._ours.recv(65_536))
        except BlockingIOError:
            return []

    def leave(self) -> None:
        """The supervisor goes."""
        self._ours.close()

    def close(self) -> None:
        self.player.stop()
        self.heartbeat.close()
        self._ours.close()


@pytest.fixture
def show(qtbot: QtBot, tmp_path: Path) -> Iterator[Show]:  # noqa: ARG001 - signals need an application
    made = Show(SettingsStore(tmp_path / "liftoff.ini"))
    yield made
    made.close()


def test_each_slide_is_told_of_when_it_was_painted_and_when_the_next_is_due(show: Show) -> None:
    show.display()
    first = show.told()[-1]
    show.clock.advance(10_000)
    show.display()
    second = show.told()[-1]

    assert (first.slide, first.next_paint_ms) == ("0.jpg", PROOF_MS + PAINT_GRACE_MS)
    assert first.next_slide_ms == 10_000 + PATIENCE_MS + SLIDE_GRACE_MS
    assert (second.slide, second.visit) == ("1.jpg", first.visit + 1)
    assert second.painted_ms == show.clock.now()


def test_in_between_a_paint_is_asked_for_and_told_of_when_it_came(show: Show) -> None:
    show.settings.override("show/interval", "60")
    show.display()
    show.told()
    asked = show.viewport.asked

    show.clock.advance(PROOF_MS)
    assert show.viewport.asked == asked + 1
    assert show.told() == []  # that the timer ticks proves nothing
    show.paint()

    (message,) = show.told()
    assert message.painted_ms == show.clock.now()
    show.paint()
    assert show.told() == []  # once is enough


def test_a_show_that_has_stopped_advancing_does_not_put_the_next_slide_off(show: Show) -> None:
    show.display()
    first = show.told()[-1]
    began = show.clock.now()
    show.session.moved.disconnect()  # as if the slot of everybody who hears of it had raised
    show.clock.advance(10_000)
    dues = []
    for _ in range(5):
        show.clock.advance(PROOF_MS)
        show.paint()
        dues += [show.clock.now() - began + (message.next_slide_ms or 0) for message in show.told()]

    assert first.next_slide_ms is not None
    assert dues
    assert dues[0] == first.next_slide_ms
    assert show.clock.now() - began > first.next_slide_ms  # by now the promise is broken


def test_slides_that_are_passed_over_are_progress_though_they_are_not_painted(show: Show) -> None:
    show.display()
    show.told()
    for _ in range(5):
        show.clock.advance(PATIENCE_MS)
        show.player.skip()  # it could not be shown
        show.viewport.painted.emit()
        show.clock.advance(PROOF_MS)
        show.paint()
        assert show.told()[-1].next_slide_ms == PATIENCE_MS + SLIDE_GRACE_MS - PROOF_MS


def test_a_large_picture_has_the_time_that_it_was_given(show: Show) -> None:
    show.display()
    show.clock.advance(10_000)  # on to the next
    show.told()
    show.patience = 60_000
    show.clock.advance(PROOF_MS)
    show.paint()

    assert show.told()[-1].next_slide_ms == 60_000 + SLIDE_GRACE_MS - PROOF_MS


def test_a_pause_has_no_next_slide_and_begins_no_old_promise(show: Show) -> None:
    show.display()
    show.told()
    show.player.pause()
    show.paint()
    assert show.told()[-1].next_slide_ms is None

    show.clock.advance(300_000)
    show.told()
    show.player.play()
    show.paint()

    assert show.told()[-1].next_slide_ms == 10_000 + PATIENCE_MS + SLIDE_GRACE_MS


def test_a_slide_that_is_given_more_time_promises_later(show: Show) -> None:
    show.display()
    show.told()
    show.settings.override("show/interval", "100")
    show.clock.advance(PROOF_MS)
    show.paint()

    assert show.told()[-1].next_slide_ms == 90_000 + PATIENCE_MS + SLIDE_GRACE_MS


def test_a_single_slide_promises_paints_alone(show: Show) -> None:
    show.session.set_gallery(a_gallery(0), keep=False)
    show.display()

    assert show.told()[-1].next_slide_ms is None


def test_where_nothing_can_be_painted_that_is_what_is_told(show: Show) -> None:
    show.display()
    show.told()
    show.viewport.paintable = False
    show.clock.advance(PROOF_MS)

    (message,) = show.told()
    assert (message.seen, message.next_slide_ms) == (False, None)
    assert message.painted_ms == show.clock.now() - PROOF_MS


def test_a_window_that_has_not_come_up_yet_says_nothing_for_as_long_as_a_proof_takes(show: Show) -> None:
    show.viewport.paintable = False
    assert show.told() == []
    show.clock.advance(PROOF_MS - 1)
    assert show.told() == []
    show.clock.advance(1)

    assert [message.seen for message in show.told()] == [False]


def test_a_supervisor_that_goes_is_noticed(show: Show, qtbot: QtBot) -> None:
    with qtbot.waitSignal(show.heartbeat.lost):
        show.leave()


def test_a_supervisor_that_does_not_read_holds_nothing_up(show: Show) -> None:
    for _ in range(20_000):
        show.viewport.shown.emit(1)
