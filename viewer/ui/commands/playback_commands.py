"""Plays the show: play, pause, timing, shuffle, and the black screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from viewer.ui.commands.action_set import Commands

if TYPE_CHECKING:
    from collections.abc import Callable

    from viewer.show.player import Player
    from viewer.show.session import Session
    from viewer.ui.commands.messages import Messages
    from viewer.ui.viewport.slide_view import SlideView
    from viewer.ui.window.central_widget import CentralWidget


class PlaybackCommands(Commands):
    """The show's commands. A show that plays when the screen is blacked out waits for the picture to come back."""

    def __init__(self, session: Session, player: Player, slide_view: SlideView, central: CentralWidget,
                 messages: Messages) -> None:
        self._session, self._player, self._messages = session, player, messages
        self._slide_view, self._central = slide_view, central
        self._paused_by_black = False

    def handlers(self) -> dict[str, Callable[[], object]]:
        """What to call for each action, by its id."""
        player = self._player
        return {
            "play": player.toggle, "pause": player.toggle_pause, "slower": player.slower, "faster": player.faster,
            "shuffle": self._shuffle, "black": self._toggle_black,
        }

    def checked(self) -> dict[str, bool]:
        """What of the show is on."""
        state = self._player.state
        return {"play": state != "stopped", "pause": state == "paused", "shuffle": self._session.shuffled,
                "black": self._slide_view.is_blank}

    def leave(self) -> bool:
        """Bring the picture back, or else end the show; says whether there was anything to end."""
        if self._slide_view.is_blank:
            self._toggle_black()
        elif self._player.state != "stopped":
            self._player.stop()
        else:
            return False
        return True

    def _shuffle(self) -> None:
        self._session.set_shuffle(not self._session.shuffled)
        self._messages.say("Shuffled: every picture once." if self._session.shuffled else "In order.")

    def _toggle_black(self) -> None:
        black = not self._slide_view.is_blank
        self._central.set_black(black)
        if black and self._player.state == "playing":
            self._paused_by_black = True
            self._player.pause()
        elif not black and self._paused_by_black:
            self._paused_by_black = False
            if self._player.state == "paused":  # else someone has ended the show in the dark
                self._player.play()
