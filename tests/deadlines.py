"""The deadline of a worker passes when a test says so, not when a machine that is busy comes to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer

from viewer.imaging.seat import Seat

if TYPE_CHECKING:
    from collections.abc import Collection

    from viewer.imaging.pool import Pool


def pass_deadlines(pool: Pool, pids: Collection[int]) -> None:
    """What the workers `pids` have under way is late from now on."""
    for seat in pool.findChildren(Seat):
        if seat.job is not None and seat.process.pid in pids:
            for timer in seat.findChildren(QTimer):
                timer.start(0)
