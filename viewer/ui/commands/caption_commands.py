"""The caption: shown, hidden and sized, in a window and in full screen; and its words edited."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from viewer.gallery.model import GalleryError
from viewer.gallery.problems import shown
from viewer.ui.commands.action_set import Commands
from viewer.ui.window.state_indicator import percentage

if TYPE_CHECKING:
    from collections.abc import Sequence

    from viewer.actions import When
    from viewer.gallery.model import SlideTexts
    from viewer.settings_store import SettingsStore
    from viewer.show.gallery_swap import GallerySwap
    from viewer.show.player import Player
    from viewer.show.session import Session
    from viewer.ui.captions.panel import CaptionPanel
    from viewer.ui.commands.messages import Messages
    from viewer.ui.window.main_window import MainWindow

_SCALE_STEP: Final = 10  # percent


class CaptionCommands(Commands):
    """Caption and information, which `panels` are told to show.

    The caption's editor is a dialog; the show waits while it is open.
    """

    def __init__(self, window: MainWindow, panels: Sequence[CaptionPanel], settings: SettingsStore, session: Session,
                 player: Player, swap: GallerySwap, messages: Messages) -> None:
        self._window, self._panels, self._settings, self._messages = window, panels, settings, messages
        self._session, self._player, self._swap = session, player, swap
        window.caption_changed.connect(self._show_information)
        place = settings.text("caption/fullscreen")
        self._fullscreen_place = "beside" if place == "none" else place  # where it stood before it was hidden
        self.handlers = {
            "toggle_caption": self._toggle_caption, "toggle_information": self._toggle_information,
            "caption_larger": lambda: self._scale(_SCALE_STEP), "caption_smaller": lambda: self._scale(-_SCALE_STEP),
            "edit_caption": self._edit,
        }

    def checked(self) -> dict[str, bool]:
        """Whether caption and information are shown."""
        return {"toggle_caption": self._is_shown(),
                "toggle_information": self._window.caption_visibility.information}

    def conditions(self) -> set[When]:
        """Whether the gallery can be saved."""
        return {"writable"} if self._session.count and self._session.gallery.writable else set()

    def _is_shown(self) -> bool:
        if self._window.isFullScreen():
            return self._window.caption_visibility.in_fullscreen(self._settings.text("caption/fullscreen") != "none")
        return self._window.caption_shown

    def _toggle_caption(self) -> None:
        wanted = not self._is_shown()
        if not self._window.isFullScreen() or not self._window.caption_visibility.gallery_has_words:
            self._window.want_caption(wanted)
        else:
            if (place := self._settings.text("caption/fullscreen")) != "none":
                self._fullscreen_place = place
            self._settings.set("caption/fullscreen", self._fullscreen_place if wanted else "none")
            if not wanted:
                self._window.want_information(False)

    def _toggle_information(self) -> None:
        self._window.want_information(not self._window.caption_visibility.information)

    def _show_information(self) -> None:
        for panel in self._panels:
            panel.set_information(self._window.caption_visibility.information)

    def _scale(self, percent: int) -> None:
        self._settings.set("caption/scale", self._settings.number("caption/scale") + percent)
        self._messages.say(f"Caption {percentage(self._settings.number('caption/scale') / 100)}")

    def _edit(self) -> None:
        session = self._session
        gallery, slide, index, lang = session.gallery, session.slide, session.index, session.language
        origin = gallery.origin
        if slide is None or origin is None:
            return
        from viewer.gallery.editing import save_texts
        from viewer.gallery.model import own_texts
        from viewer.ui.captions.editor import CaptionEditor
        from viewer.ui.scheduling.background_call import run_background_call

        def save(words: SlideTexts) -> str:
            try:
                edited, known = run_background_call(partial(save_texts, gallery, index, lang, words), shown(origin))
            except GalleryError as error:
                return str(error)
            if session.gallery.origin == origin:  # else another gallery was opened meanwhile
                self._swap.show(edited, keep=True, known=known, ours=True)
            return ""

        playing = self._player.state == "playing"
        if playing:
            self._player.pause()
        CaptionEditor(own_texts(slide, lang), save, self._window).exec()
        if playing and self._player.state == "paused":
            self._player.play()
