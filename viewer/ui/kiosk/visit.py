"""What a visitor does to an unattended show, and how it is undone for the next one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject

if TYPE_CHECKING:
    from viewer.kiosk.idle_return import IdleReturn
    from viewer.settings_store import SettingsStore
    from viewer.show.player import Player
    from viewer.show.session import Session
    from viewer.ui.kiosk.visitor_input import VisitorInput
    from viewer.ui.viewport.slide_view import SlideView

_TAKEN_BACK: Final = ("caption/scale", "caption/language")
"""Options that a visitor can change, by their keys."""


class Visit(QObject):
    """Any input stops the show unless it asks for it to play; `idle` says when it goes back to its start."""

    def __init__(self, visitor: VisitorInput, idle: IdleReturn, session: Session, player: Player,
                 slide_view: SlideView, settings: SettingsStore) -> None:
        super().__init__(visitor)
        self._idle, self._session, self._player = idle, session, player
        self._slide_view, self._settings = slide_view, settings
        self._usual = {key: settings.value(key) for key in _TAKEN_BACK}
        self._was_playing = False
        visitor.began.connect(self._begin)
        visitor.ended.connect(self._end)
        visitor.moved.connect(idle.stir)
        idle.returned.connect(self.start_again)
        idle.forgotten.connect(self._forget)
        session.moved.connect(idle.slide_came)
        session.moved.connect(self._stand_still)

    def _begin(self) -> None:
        self._was_playing = self._player.state == "playing"
        self._idle.use()

    def _end(self) -> None:
        self._stand_still()
        self._was_playing = False
        self._idle.use()

    def _stand_still(self) -> None:
        """Pause, unless the input has had the show play: before a slide comes, which is announced where nothing plays.
        """
        if self._was_playing and self._player.state == "playing":
            self._player.pause()

    def start_again(self) -> None:
        """Begin the show anew, as if nobody had been there; a screen that is black stays black."""
        self._forget()
        self._slide_view.fit()
        if not self._slide_view.is_blank:  # else it is closed, and plays when it opens
            self._player.play()
        self._session.restart()

    def _forget(self) -> None:
        for key, value in self._usual.items():
            self._settings.override(key, value)
