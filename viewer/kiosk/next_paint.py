"""Knows until when a running show has to paint another slide; one that is later has frozen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from viewer.show.player import LONGEST_ROUND_MS, PICTURE_TIMEOUT_MS

if TYPE_CHECKING:
    from viewer.show.clock import Clock
    from viewer.show.player import Player
    from viewer.show.session import Session
    from viewer.show.slide_view_model import SlideViewModel


class NextPaint(QObject):
    """By the slide's time; by the player's own limits where an animation finishes its round or a picture is decoded."""

    def __init__(self, session: Session, player: Player, view_model: SlideViewModel, clock: Clock,
                 parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._player, self._view_model, self._clock = player, view_model, clock
        self._due: int | None = None
        session.moved.connect(self._moved)

    def due_ms(self, *, dark: bool) -> int | None:
        """That moment, in the clock's milliseconds; None where nothing has to come: paused, stopped, or `dark`."""
        if self._player.state != "playing" or dark:
            self._due = None
            return None
        if remaining := self._player.remaining_ms:
            round_ms = LONGEST_ROUND_MS if self._view_model.displayed.animated else 0
            self._due = self._clock.now() + remaining + round_ms
        elif self._due is None:
            self._moved()
        return self._due

    def _moved(self) -> None:
        self._due = self._clock.now() + PICTURE_TIMEOUT_MS
