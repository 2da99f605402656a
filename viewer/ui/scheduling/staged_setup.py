"""Something long that is done in short steps, so that the event loop is never held up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

if TYPE_CHECKING:
    from collections.abc import Iterator


class StagedSetup(QObject):
    """Takes one of `steps` in each turn of the event loop, once it was begun and hurried or has waited long enough."""

    def __init__(self, steps: Iterator[None], parent: QObject) -> None:
        """Nothing is done yet."""
        super().__init__(parent)
        self._steps = steps
        self._turn = QTimer(self)
        self._turn.timeout.connect(self._step)
        self.is_done = False

    def begin(self, patience: int) -> None:
        """Begin in `patience` milliseconds, or when there is hurry."""
        self._turn.start(patience)

    def hurry(self) -> None:
        """Begin in the next turn, if it was to begin."""
        self._turn.setInterval(0)

    def stop(self) -> None:
        """Do no more."""
        self._turn.stop()

    def _step(self) -> None:
        self._turn.setInterval(0)
        if next(self._steps, self) is self:  # a step is None
            self._turn.stop()
            self.is_done = True
