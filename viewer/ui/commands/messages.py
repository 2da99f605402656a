"""Tells people sentences: on the screen, to a screen reader, and in the log."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Final

from viewer.ui.style.accessibility import announce

if TYPE_CHECKING:
    from collections.abc import Sequence

    from viewer.gallery.model import Problem
    from viewer.ui.window.toast import Toast

_MOST_LOGGED: Final = 20
_log = logging.getLogger("liftoff")


class Messages:
    """Says one sentence at a time on `toast`; the newest replaces the one before.

    Unless `tells_problems`, what is wrong with a gallery is for the log alone.
    """

    def __init__(self, toast: Toast, *, tells_problems: bool = True) -> None:
        self._toast, self._tells_problems = toast, tells_problems

    def say(self, sentence: str) -> None:
        """Show `sentence` for as long as it takes to read, and have a screen reader say it."""
        self._toast.say(sentence)
        announce(self._toast, sentence)

    def speak(self, sentence: str) -> None:
        """Have a screen reader say `sentence`, which others see already; say so where none is listening."""
        if not announce(self._toast, sentence):
            self._toast.say("No screen reader is listening.")

    def show_typed(self, sentence: str) -> None:
        """Show `sentence` about keys being pressed, and have a screen reader say it; hide it where it is empty."""
        if sentence:
            self.say(sentence)
        else:
            self._toast.hide()

    def complain(self, sentence: str) -> None:
        """Say that a gallery cannot be read; log it where that is not to be seen."""
        if self._tells_problems:
            self.say(sentence)
        else:
            _log.warning("%s", sentence)

    def report(self, problems: Sequence[Problem], *, on_screen: bool = True) -> None:
        """Log each of a gallery's problems; `on_screen`, say its errors in one sentence."""
        for problem in problems[:_MOST_LOGGED]:
            _log.warning("%s: %s", problem.pointer or "the gallery", problem.sentence)
        errors = [problem for problem in problems if problem.severity == "error"]
        if on_screen and errors and self._tells_problems:
            self.say(errors[0].sentence if len(errors) == 1 else
                     f"{len(errors)} entries of this gallery could not be used. liftoff check says why.")
