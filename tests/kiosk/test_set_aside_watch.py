from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest

from tests.fakes import ManualClock
from viewer.kiosk.disk_thread import DiskThread
from viewer.kiosk.set_aside import SetAsideSlide, identity_of, set_aside
from viewer.kiosk.set_aside_watch import LOOK_MS, SetAsideWatch

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot


@pytest.fixture
def disk() -> Iterator[DiskThread]:
    made = DiskThread()
    yield made
    made.close()


def test_a_file_that_has_changed_is_noticed_within_a_minute(qtbot: QtBot, tmp_path: Path, disk: DiskThread) -> None:
    picture, clock = tmp_path / "1.jpg", ManualClock()
    picture.write_bytes(b"bad")
    set_aside(tmp_path, SetAsideSlide("", "1.jpg", str(picture), "", time.time(), identity_of(str(picture))))
    watch = SetAsideWatch(tmp_path, disk, clock)
    changes: list[object] = []
    watch.changed.connect(lambda: changes.append(1))
    qtbot.waitUntil(lambda: clock.pending == 1)
    clock.advance(LOOK_MS)
    qtbot.waitUntil(lambda: clock.pending == 1)
    assert not changes

    picture.write_bytes(b"mended")
    with qtbot.waitSignal(watch.changed):
        clock.advance(LOOK_MS)
    assert clock.pending == 0  # there is nothing left to look at
    watch.close()


def test_where_nothing_is_set_aside_nothing_is_looked_at(qtbot: QtBot, tmp_path: Path, disk: DiskThread) -> None:
    clock = ManualClock()
    watch = SetAsideWatch(tmp_path, disk, clock)
    qtbot.waitUntil(lambda: watch._known is not None)  # its signal may have come before one could wait for it

    assert clock.pending == 0
    watch.close()
