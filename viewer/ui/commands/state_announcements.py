"""Announces to a screen reader what others see change: the show's end, zoom and rotation, parts of the window."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject

from viewer.timers import single_shot
from viewer.ui.style.accessibility import announce
from viewer.ui.window.state_indicator import percentage

if TYPE_CHECKING:
    from viewer.show.player import Player
    from viewer.show.session import Session
    from viewer.ui.commands.action_set import ActionSet
    from viewer.ui.viewport.slide_view import SlideView

SETTLE_MS: Final = 250
"""Milliseconds that zooming has to rest before its outcome is announced, once."""

_STATES: Final = {"black": ("Black screen", "The picture is back"), "fullscreen": ("Full screen", "Left full screen")}
"""What is announced when a checkable action gets checked or unchecked, by whatever means."""

_ANSWERS: Final = {
    "toggle_strip": ("Thumbnails shown", "Thumbnails hidden"),
    "toggle_caption": ("Caption shown", "Caption hidden"),
    "toggle_information": ("Information shown", "Information hidden"),
}
"""What is announced only after somebody asked for it: in full screen and with every gallery they are others."""


class StateAnnouncements(QObject):
    """Announces changes from now on; what the player and the commands say in words of their own is left to them."""

    def __init__(self, actions: ActionSet, session: Session, player: Player, slide_view: SlideView) -> None:
        super().__init__(slide_view)
        self._player, self._slide_view = player, slide_view
        self._told = self._view
        self._settled = single_shot(self, self._tell_view, SETTLE_MS)
        for action_id, (on, off) in _STATES.items():
            actions[action_id].toggled.connect(lambda checked, on=on, off=off: self._tell(on if checked else off))
        for action_id, (on, off) in _ANSWERS.items():
            action = actions[action_id]
            action.triggered.connect(
                lambda _, action=action, on=on, off=off: self._tell(on if action.isChecked() else off))
        for changed in (slide_view.zoom_changed, slide_view.rotation_changed):
            changed.connect(lambda _: self._settled.start())  # given what a signal carries, it would be the interval
        session.moved.connect(self._forget_view)
        player.state_changed.connect(self._tell_stopped)
        player.ended.connect(self._tell_held)

    @property
    def _view(self) -> tuple[float | None, int]:
        """Zoom, and degrees clockwise."""
        return self._slide_view.zoom, self._slide_view.rotation

    def _forget_view(self) -> None:
        """Another slide is shown whole and upright: nobody needs to be told."""
        self._told = (None, 0)

    def _tell_view(self) -> None:
        (zoom_before, turned_before), (zoom, turned) = self._told, self._view
        self._told = (zoom, turned)
        if turned != turned_before:
            self._tell(f"Turned by {turned} degrees" if turned else "Upright")
        if zoom != zoom_before:
            self._tell("The whole picture" if zoom is None else percentage(zoom))

    def _tell_stopped(self, state: str) -> None:
        if state == "stopped":
            self._tell("The show has ended.")

    def _tell_held(self) -> None:
        if self._player.state != "stopped":
            self._tell("That was the last picture. It stays.")

    def _tell(self, sentence: str) -> None:
        announce(self._slide_view, sentence)
