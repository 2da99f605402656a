"""Has the running show pass over slides that cannot be shown, before anybody sees why.

The slide before stays until the next picture is there. Somebody who pages by hand is told why a slide cannot be shown,
and so is everybody where no slide can be: else nobody would know that the screen is meant to show anything.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from viewer.show.clock import DeferredCall

if TYPE_CHECKING:
    from viewer.show.clock import Clock
    from viewer.show.displayed_slide import DisplayedSlide
    from viewer.show.player import Player
    from viewer.show.session import Session
    from viewer.show.slide_view_model import SlideViewModel


class PassingOver(QObject):
    """Decides for `view_model` which failures are not displayed, and has `player` go on in their place."""

    def __init__(self, session: Session, player: Player, view_model: SlideViewModel, clock: Clock,
                 parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session, self._player = session, player
        self._failures = 0  # in a row
        self._visit = -1
        self._later = DeferredCall(clock, self._skip, self)  # not within the move that brought the slide
        view_model.passes_over = self._decide
        view_model.displayed_changed.connect(self._look)
        session.gallery_changed.connect(self._forget)

    def _decide(self, _failed: DisplayedSlide) -> bool:
        is_asked_for = self._session.why in ("step", "jump")
        if is_asked_for or self._player.due_ms is None or self._failures >= self._session.count:
            return False  # somebody wants to see it, or no other is to come by itself
        self._failures += 1
        self._visit = self._session.visit
        self._later.start(0)
        return True

    def _skip(self) -> None:
        if self._visit == self._session.visit:
            self._player.skip()

    def _look(self, displayed: DisplayedSlide) -> None:
        if displayed.failure is None:
            self._failures = 0

    def _forget(self) -> None:
        self._failures = 0
