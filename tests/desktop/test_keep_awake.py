from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QObject, Signal

from tests.fakes import ManualClock
from viewer.desktop.awake_lock import AwakeLock
from viewer.desktop.keep_awake import BEGIN_MS, OPTION, KeepAwake
from viewer.settings_store import SettingsStore

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from viewer.show.player import State

pytestmark = pytest.mark.usefixtures("qapp")


class Playing(QObject):
    """As much of a player as tells whether it plays."""

    state_changed = Signal(str)
    state: State = "stopped"

    def become(self, state: State) -> None:
        self.state = state
        self.state_changed.emit(state)


class Desk:
    """A show, and the lock that is wanted for it."""

    def __init__(self, ini: Path) -> None:
        self.clock, self.player, self.settings = ManualClock(), Playing(), SettingsStore(ini)
        self.lock = AwakeLock([lambda _held: "something"])
        self.keep_awake = KeepAwake(self.player, self.settings, self.clock,  # type: ignore[arg-type]  # a part of it
                                    lock=self.lock)

    @property
    def is_wanted(self) -> bool:
        return self.keep_awake.state.wanted


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = Desk(tmp_path / "liftoff.ini")
    yield made
    made.keep_awake.close()


def test_a_show_that_plays_for_a_while_keeps_the_machine_awake(desk: Desk) -> None:
    desk.player.become("playing")
    desk.clock.advance(BEGIN_MS - 1)
    before = desk.is_wanted
    desk.clock.advance(1)

    assert (before, desk.is_wanted) == (False, True)


@pytest.mark.parametrize("state", ["paused", "stopped"])
def test_a_show_that_stands_still_lets_it_sleep(desk: Desk, state: State) -> None:
    desk.player.become("playing")
    desk.clock.advance(BEGIN_MS)

    desk.player.become(state)

    assert not desk.is_wanted


def test_a_short_show_asks_for_nothing(desk: Desk) -> None:
    desk.player.become("playing")
    desk.clock.advance(BEGIN_MS - 1)
    desk.player.become("paused")
    desk.clock.advance(BEGIN_MS)

    assert not desk.is_wanted


def test_the_option_decides_at_once(desk: Desk) -> None:
    desk.player.become("playing")
    desk.clock.advance(BEGIN_MS)

    desk.settings.set(OPTION, False)
    without = desk.is_wanted
    desk.settings.set(OPTION, True)
    desk.clock.advance(BEGIN_MS)

    assert (without, desk.is_wanted) == (False, True)


def test_what_is_closed_wants_nothing_any_more(desk: Desk) -> None:
    desk.player.become("playing")
    desk.keep_awake.close()
    desk.clock.advance(BEGIN_MS)

    assert not desk.is_wanted

