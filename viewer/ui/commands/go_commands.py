"""Goes from slide to slide: one step, to an end, or to a number that is typed or asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QAbstractButton, QApplication

from viewer.ui.commands.action_set import Commands

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Set as AbstractSet

    from PySide6.QtWidgets import QWidget

    from viewer.actions import When
    from viewer.show.session import Session
    from viewer.ui.commands.messages import Messages
    from viewer.ui.commands.number_entry import NumberKeys


class GoCommands(Commands):
    """Paging and jumping. `keys` are the digits typed at the window; `slide_view` is what has the focus by default."""

    def __init__(self, window: QWidget, slide_view: QWidget, session: Session, keys: NumberKeys,
                 messages: Messages) -> None:
        self._window, self._slide_view, self._session, self._messages = window, slide_view, session, messages
        keys.typed.connect(self._show_typed)
        keys.entered.connect(self._go_to)

    def handlers(self) -> dict[str, Callable[[], object]]:
        """What to call for each action, by its id."""
        session = self._session
        return {
            "next": lambda: session.step(1), "previous": lambda: session.step(-1),
            "first": session.first, "last": session.last, "go_to": self._ask,
        }

    def conditions(self) -> AbstractSet[When]:
        """Whether there are slides, and several."""
        count = self._session.count
        return {"slides", "several"} if count > 1 else {"slides"} if count else frozenset()

    def _show_typed(self, digits: str) -> None:
        if digits and isinstance(QApplication.focusWidget(), QAbstractButton):
            self._slide_view.setFocus()  # Enter is the number's now, and would press the button
        self._messages.show_typed(digits and f"Go to {digits} of {self._session.count}")

    def _ask(self) -> None:
        from viewer.ui.dialogs.choosers import ask_for_slide

        number = ask_for_slide(self._window, self._session.index + 1, self._session.count)
        if number is not None:
            self._go_to(number)

    def _go_to(self, number: int) -> None:
        if 1 <= number <= self._session.count:
            self._session.go(number - 1)
        else:
            self._messages.say(f"There is no slide {number}: the last one is {self._session.count}.")
