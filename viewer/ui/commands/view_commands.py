"""Looks at the picture closely (zoom, pan, rotate), and copies it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtGui import QGuiApplication

from viewer.ui.commands.action_set import Commands

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Set as AbstractSet

    from viewer.actions import When
    from viewer.show.player import Player
    from viewer.show.session import Session
    from viewer.ui.commands.messages import Messages
    from viewer.ui.viewport.slide_view import SlideView

_PAN: Final = 0.25  # of the viewport, for one press


class ViewCommands(Commands):
    """What is done with the picture on `slide_view`. Zooming in pauses the show, rather than lose the picture."""

    def __init__(self, slide_view: SlideView, session: Session, player: Player, messages: Messages) -> None:
        self._slide_view, self._session, self._player, self._messages = slide_view, session, player, messages
        slide_view.zoom_changed.connect(self._zoomed)

    def handlers(self) -> dict[str, Callable[[], object]]:
        """What to call for each action, by its id."""
        view = self._slide_view
        return {
            "zoom_in": view.zoom_in, "zoom_out": view.zoom_out, "fit": view.fit, "actual_size": view.actual_size,
            "toggle_zoom": view.toggle_zoom,
            "pan_left": lambda: view.pan(-_PAN, 0), "pan_right": lambda: view.pan(_PAN, 0),
            "pan_up": lambda: view.pan(0, -_PAN), "pan_down": lambda: view.pan(0, _PAN),
            "rotate_right": lambda: view.rotate(1), "rotate_left": lambda: view.rotate(-1),
            "copy_picture": self._copy_picture, "copy_path": self._copy_path,
        }

    def conditions(self) -> AbstractSet[When]:
        """Whether there is a picture to look at."""
        return frozenset() if self._slide_view.view is None else {"picture"}

    def _zoomed(self, zoom: float | None) -> None:
        if zoom is not None and self._player.state == "playing":
            self._player.pause()
            self._messages.say("Paused while you look closely.")

    def _copy_picture(self) -> None:
        if (image := self._slide_view.image) is not None:
            QGuiApplication.clipboard().setImage(image.copy())
            self._messages.say("The picture was copied.")

    def _copy_path(self) -> None:
        if self._session.count:
            from viewer.ui.commands.path_clipboard import path_as_mime_data

            QGuiApplication.clipboard().setMimeData(path_as_mime_data(self._session.path))
            self._messages.say("The picture's path was copied.")
