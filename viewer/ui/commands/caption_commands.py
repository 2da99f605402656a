"""Shows, hides and sizes the caption, in a window and in full screen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from viewer.ui.commands.action_set import Commands

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from viewer.settings_store import SettingsStore
    from viewer.ui.captions.panel import CaptionPanel
    from viewer.ui.commands.messages import Messages
    from viewer.ui.window.main_window import MainWindow

_SCALE_STEP: Final = 10  # percent


class CaptionCommands(Commands):
    """Caption and information. The owner of whether information is shown: `panels` are told."""

    def __init__(self, window: MainWindow, panels: Sequence[CaptionPanel], settings: SettingsStore,
                 messages: Messages) -> None:
        self._window, self._panels, self._settings, self._messages = window, panels, settings, messages
        self._information = False
        self._fullscreen_place = settings.text("caption/fullscreen")  # where it stood before it was hidden

    def handlers(self) -> dict[str, Callable[[], object]]:
        """What to call for each action, by its id."""
        return {
            "toggle_caption": self._toggle_caption, "toggle_information": self._toggle_information,
            "caption_larger": lambda: self._scale(_SCALE_STEP), "caption_smaller": lambda: self._scale(-_SCALE_STEP),
        }

    def checked(self) -> dict[str, bool]:
        """Whether caption and information are wanted."""
        return {"toggle_caption": self._is_wanted(), "toggle_information": self._information}

    def _is_wanted(self) -> bool:
        if self._window.isFullScreen():
            return self._settings.text("caption/fullscreen") != "none"
        return self._window.caption_wanted

    def _toggle_caption(self) -> None:
        if self._window.isFullScreen():
            place = self._settings.text("caption/fullscreen")
            if place != "none":
                self._fullscreen_place = place
            back = self._fullscreen_place if self._fullscreen_place != "none" else "beside"
            self._settings.set("caption/fullscreen", back if place == "none" else "none")
        else:
            self._window.want_caption(not self._window.caption_wanted)
            if self._window.caption_wanted:
                self._say_if_hidden()

    def _toggle_information(self) -> None:
        self._information = not self._information
        for panel in self._panels:
            panel.set_information(self._information)
        if self._information and not self._is_wanted():
            self._toggle_caption()
        elif self._information:
            self._say_if_hidden()

    def _say_if_hidden(self) -> None:
        if not self._window.isFullScreen() and not self._window.caption_visible:
            self._messages.say("There is no room for the caption in so small a window.")

    def _scale(self, percent: int) -> None:
        self._settings.set("caption/scale", self._settings.number("caption/scale") + percent)
        self._messages.say(f"Caption {self._settings.number('caption/scale')} %")
