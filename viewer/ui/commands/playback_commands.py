"""The course of the show: playing (timing, shuffle, black screen), and going from slide to slide by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QAbstractButton, QApplication

from viewer.ui.commands.action_set import Commands

if TYPE_CHECKING:
    from viewer.actions import When
    from viewer.show.player import Player
    from viewer.show.session import Session
    from viewer.ui.commands.messages import Messages
    from viewer.ui.commands.number_entry import NumberKeys
    from viewer.ui.viewport.slide_view import SlideView
    from viewer.ui.window.central_widget import CentralWidget
    from viewer.ui.window.main_window import MainWindow


class PlaybackCommands(Commands):
    """The show, and paging and jumping; `keys` are the digits typed at the window, if they may be.

    A show that plays when the screen is blacked out waits for the picture to come back.
    """

    def __init__(self, window: MainWindow, central: CentralWidget, slide_view: SlideView, session: Session,
                 player: Player, keys: NumberKeys | None, messages: Messages) -> None:
        self._window, self._central, self._slide_view = window, central, slide_view
        self._session, self._player, self._messages = session, player, messages
        self._paused_by_black = False
        if keys is not None:
            keys.typed.connect(self._show_typed)
            keys.entered.connect(self._go_to)
        self.handlers = {
            "play": player.toggle, "pause": player.toggle_pause, "slower": player.slower, "faster": player.faster,
            "shuffle": self._shuffle, "black": self._toggle_black,
            "next": lambda: session.step(1), "previous": lambda: session.step(-1),
            "first": session.first, "last": session.last, "go_to": self._ask,
        }

    def checked(self) -> dict[str, bool]:
        """What of the show is on."""
        state = self._player.state
        return {"play": state != "stopped", "pause": state == "paused", "shuffle": self._session.shuffled,
                "black": self._slide_view.is_blank}

    def conditions(self) -> set[When]:
        """Whether there are slides, and several."""
        count = self._session.count
        return {"slides", "several"} if count > 1 else {"slides"} if count else set()

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
            if self._player.state == "paused":  # else someone has ended the show while the screen was black
                self._player.play()

    def _show_typed(self, digits: str) -> None:
        if digits and isinstance(QApplication.focusWidget(), QAbstractButton):
            self._slide_view.setFocus()  # Enter is the number's now, and would press the button
        count = self._session.count
        self._messages.show_typed(f"Go to {digits} of {count}" if digits and count else "")

    def _ask(self) -> None:
        from viewer.ui.dialogs.choosers import ask_for_slide

        number = ask_for_slide(self._window, self._session.index + 1, self._session.count)
        if number is not None:
            self._go_to(number)

    def _go_to(self, number: int) -> None:
        if 1 <= number <= self._session.count:
            self._session.go(number - 1)
        elif self._session.count:
            self._messages.say(f"There is no slide {number}: the last one is {self._session.count}.")
