"""Knows until when a running show has to paint another slide; one that is later has frozen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from viewer.show.slide_timer import PICTURE_TIMEOUT_MS

if TYPE_CHECKING:
    from viewer.show.clock import Clock
    from viewer.show.player import Player
    from viewer.show.session import Session


class NextPaint(QObject):
    """By what `player` says of the slide on the screen, and by how long it waits for the picture of the next."""

    def __init__(self, session: Session, player: Player, clock: Clock, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._player, self._clock = player, clock
        self._due: int | None = None
        session.moved.connect(self._moved)

    def due_ms(self, *, dark: bool) -> int | None:
        """That moment, in the clock's milliseconds; None where nothing has to come: paused, stopped, or `dark`."""
        left = self._player.due_ms
        if left is None or dark:
            self._due = None
        elif left:
            self._due = self._clock.now() + left
        elif self._due is None:
            self._moved()
        return self._due

    def _moved(self) -> None:
        self._due = self._clock.now() + PICTURE_TIMEOUT_MS
