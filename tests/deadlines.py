"""Lets a worker's deadline pass at once, so that no test depends on the speed of the machine."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer

from viewer.imaging.pool.worker_slot import WorkerSlot

if TYPE_CHECKING:
    from collections.abc import Collection

    from viewer.imaging.pool.pool import Pool


def pass_deadlines(pool: Pool, pids: Collection[int]) -> None:
    """Let the deadlines of what the workers `pids` have under way pass now."""
    for slot in pool.findChildren(WorkerSlot):
        if slot.job is not None and slot.process.pid in pids:
            for timer in slot.findChildren(QTimer):
                timer.start(0)
