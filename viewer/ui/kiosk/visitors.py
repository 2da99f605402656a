"""All that concerns visitors of an unattended show: their input, what they see, and the way out for its keeper."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QKeyEvent

from viewer.kiosk.idle_return import IdleReturn
from viewer.ui.kiosk.corner_hold import CornerHold
from viewer.ui.kiosk.keypad import Keypad
from viewer.ui.kiosk.visit import Visit
from viewer.ui.kiosk.visitor_input import VisitorInput
from viewer.ui.kiosk.visitor_screen import VisitorScreen
from viewer.ui.style.accessibility import announce

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtCore import QEvent

    from viewer.kiosk.config import VisitorsConfig
    from viewer.kiosk.visitor_words import VisitorWords
    from viewer.settings_store import SettingsStore
    from viewer.show.clock import Clock
    from viewer.show.player import Player
    from viewer.show.session import Session
    from viewer.ui.commands.action_set import ActionSet
    from viewer.ui.kiosk.keypad import Guard
    from viewer.ui.viewport.slide_view import SlideView
    from viewer.ui.window.central_widget import CentralWidget
    from viewer.ui.window.main_window import MainWindow

_EXIT_CHORD: Final = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
"""What is held with the key that asks for the PIN."""


class Visitors(QObject):
    """Makes the parts and connects them; `words` are for those who read now. Without a `guard` there is no way out, and
    no keypad.
    """

    def __init__(self, window: MainWindow, central: CentralWidget, slide_view: SlideView, session: Session,
                 player: Player, settings: SettingsStore, actions: ActionSet, config: VisitorsConfig,
                 guard: Guard | None, words: Callable[[], VisitorWords], clock: Clock) -> None:
        super().__init__(window)
        self._window, self._guard, self._words, self._clock = window, guard, words, clock
        self.keypad: Keypad | None = None
        self.idle = idle = IdleReturn(clock, config.idle, config.countdown, lambda: player.state == "playing", self)
        self._is_closed = False
        self.input = visitor = VisitorInput(window, self._is_asleep)
        self.visit = Visit(visitor, idle, session, player, slide_view, settings)
        self.screen = VisitorScreen(window, slide_view, session, player, settings, actions, visitor, idle,
                                    words, clock)
        central.controls.give_up()
        for changed in (session.gallery_changed, settings.changed):
            changed.connect(lambda: central.indicator.set_paused_word(words().paused))
        # Visitors see what a button does; who does not is told.
        player.said.connect(partial(announce, slide_view))
        window.exit_asked.connect(self._ask_for_pin)
        CornerHold(window, visitor, clock).held.connect(window.exit_asked)
        window.closing.connect(idle.stop)

    def set_closed(self, closed: bool) -> None:
        """Let visitors do nothing, and show them nothing; the way out stays."""
        self._is_closed = closed
        if closed:
            self.screen.dismiss()
            self.idle.hold()
        elif self.keypad is None or not self.keypad.isVisible():
            self.idle.release()

    def _is_asleep(self, event: QEvent) -> bool:
        """Whether what begins with `event` is to do nothing: while a countdown runs it is but a sign of life."""
        if not self._is_closed or (self.keypad is not None and self.keypad.isVisible()):
            return self.idle.is_counting
        return not (isinstance(event, QKeyEvent) and event.modifiers() & _EXIT_CHORD == _EXIT_CHORD)

    def _leave_keypad(self) -> None:
        if not self._is_closed:
            self.idle.release()

    def _ask_for_pin(self) -> None:
        if self._guard is None:
            return
        if self.keypad is None:
            self.keypad = Keypad(self._window, self._guard, self._words, self._clock)
            self.keypad.left.connect(self._leave_keypad)
            self.keypad.accepted.connect(self._window.close)
        self.screen.dismiss()
        self.idle.hold()
        self.keypad.open()
