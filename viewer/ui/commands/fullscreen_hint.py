"""Says how full screen is left, once, when it is first entered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QKeySequence

from viewer.ui.commands.messages import Messages

if TYPE_CHECKING:
    from PySide6.QtGui import QAction

    from viewer.show.player import Player
    from viewer.ui.window.main_window import MainWindow
    from viewer.ui.window.toast import Toast


class FullscreenHint(QObject):
    """Has `toast` say for a reading time which keys of the actions `leave` and `toggle` leave full screen.

    It is `known` already where nobody reads it, or somebody has asked for an unattended show.
    """

    def __init__(self, window: MainWindow, player: Player, toast: Toast, leave: QAction, toggle: QAction, *,
                 known: bool) -> None:
        super().__init__(window)
        self._player, self._toast, self._known = player, toast, known
        self._leave, self._toggle = leave, toggle
        window.fullscreen_changed.connect(self._change_mode)
        self._change_mode(window.isFullScreen())

    def _change_mode(self, full: bool) -> None:
        if not full:
            self._toast.hide()
        elif not self._known:
            self._known = True
            leave, toggle = (action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
                             for action in (self._leave, self._toggle))
            Messages(self._toast).say(way_out(leave, toggle, running=self._player.state != "stopped"))


def way_out(leave: str, toggle: str, *, running: bool) -> str:
    """How full screen is left by these keys, "" for none; while a show is `running`, the first one ends that first."""
    if leave and running:
        return f"{leave} ends the show, {toggle or 'then'} leaves full screen."
    if leave or toggle:
        return f"{' or '.join(filter(None, (leave, toggle)))} leaves full screen."
    return "Move the pointer to an edge of the screen to leave full screen."
