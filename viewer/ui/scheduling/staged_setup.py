"""Runs a long setup in short steps, one in each turn of the event loop, so that the window stays responsive."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

if TYPE_CHECKING:
    from collections.abc import Iterator


class StagedSetup(QObject):
    """Takes one of `steps` in each turn of the event loop, some time after `begin` or upon `hurry`."""

    def __init__(self, steps: Iterator[None], parent: QObject) -> None:
        super().__init__(parent)
        self._steps = steps
        self._turn = QTimer(self)
        self._turn.timeout.connect(self._step)
        self.is_done = False

    def begin(self, delay: int) -> None:
        """Take the first step in `delay` milliseconds, or upon `hurry`."""
        self._turn.start(delay)

    def hurry(self) -> None:
        """Take the first step in the next turn, once `begin` was called."""
        self._turn.setInterval(0)

    def stop(self) -> None:
        """Take no more steps."""
        self._turn.stop()

    def _step(self) -> None:
        self._turn.setInterval(0)
        if next(self._steps, self) is self:  # a step is None
            self._turn.stop()
            self.is_done = True
