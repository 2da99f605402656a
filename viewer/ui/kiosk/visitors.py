"""All that concerns visitors of an unattended show: their input, what they see, and the way out for its keeper."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from viewer.kiosk.idle_return import IdleReturn
from viewer.ui.kiosk.corner_hold import CornerHold
from viewer.ui.kiosk.keypad import Keypad
from viewer.ui.kiosk.visit import Visit
from viewer.ui.kiosk.visitor_input import VisitorInput
from viewer.ui.kiosk.visitor_screen import VisitorScreen
from viewer.ui.style.accessibility import announce

if TYPE_CHECKING:
    from viewer.kiosk.config import VisitorsConfig
    from viewer.settings_store import SettingsStore
    from viewer.show.clock import Clock
    from viewer.show.player import Player
    from viewer.show.session import Session
    from viewer.ui.commands.action_set import ActionSet
    from viewer.ui.kiosk.keypad import Guard
    from viewer.ui.viewport.slide_view import SlideView
    from viewer.ui.window.central_widget import CentralWidget
    from viewer.ui.window.main_window import MainWindow


class Visitors(QObject):
    """Makes the parts and connects them. Without a `guard` there is no way out, and no keypad."""

    def __init__(self, window: MainWindow, central: CentralWidget, slide_view: SlideView, session: Session,
                 player: Player, settings: SettingsStore, actions: ActionSet, config: VisitorsConfig,
                 guard: Guard | None, clock: Clock) -> None:
        super().__init__(window)
        self._window, self._guard, self._clock = window, guard, clock
        self.keypad: Keypad | None = None
        self.idle = idle = IdleReturn(clock, config.idle, config.countdown, lambda: player.state == "playing", self)
        visitor = VisitorInput(window, lambda: idle.is_counting)
        self.visit = Visit(visitor, idle, session, player, slide_view, settings)
        self.screen = VisitorScreen(window, slide_view, session, player, settings, actions, visitor, idle, clock)
        central.controls.give_up()
        # Visitors see what a button does; who does not is told.
        player.said.connect(partial(announce, slide_view))
        window.exit_asked.connect(self._ask_for_pin)
        CornerHold(window, visitor, clock).held.connect(window.exit_asked)
        window.closing.connect(idle.stop)

    def _ask_for_pin(self) -> None:
        if self._guard is None:
            return
        if self.keypad is None:
            self.keypad = Keypad(self._window, self._guard, self._clock)
            self.keypad.left.connect(self.idle.release)
            self.keypad.accepted.connect(self._window.close)
        self.screen.dismiss()
        self.idle.hold()
        self.keypad.open()
