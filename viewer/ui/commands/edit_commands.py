"""Edits the words of a slide and saves them in its manifest."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from viewer.gallery.model import GalleryError
from viewer.gallery.problems import shown
from viewer.ui.commands.action_set import Commands

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Set as AbstractSet

    from PySide6.QtWidgets import QWidget

    from viewer.actions import When
    from viewer.gallery.slide_texts import SlideTexts
    from viewer.show.gallery_swap import GallerySwap
    from viewer.show.gallery_watcher import GalleryWatcher
    from viewer.show.player import Player
    from viewer.show.session import Session


class EditCommands(Commands):
    """The caption editor, a dialog over `window`; the show waits while it is open."""

    def __init__(self, window: QWidget, session: Session, player: Player, watcher: GalleryWatcher,
                 swap: GallerySwap) -> None:
        self._window, self._session, self._player = window, session, player
        self._watcher, self._swap = watcher, swap

    def handlers(self) -> dict[str, Callable[[], object]]:
        """What to call for each action, by its id."""
        return {"edit_caption": self._edit}

    def conditions(self) -> AbstractSet[When]:
        """Whether the gallery can be saved."""
        return {"writable"} if self._session.count and self._session.gallery.writable else frozenset()

    def _edit(self) -> None:
        session = self._session
        gallery, slide, index, lang = session.gallery, session.slide, session.index, session.language
        origin = gallery.origin
        if slide is None or origin is None:
            return
        from viewer.gallery.editing import save_texts
        from viewer.gallery.slide_texts import own_texts
        from viewer.ui.captions.editor import CaptionEditor
        from viewer.ui.scheduling.background_call import run_background_call

        def save(words: SlideTexts) -> str:
            try:
                edited, known = run_background_call(partial(save_texts, gallery, index, lang, words), shown(origin))
            except GalleryError as error:
                return str(error)
            if session.gallery.origin == origin:  # else another gallery was opened meanwhile
                self._swap.drop()
                session.set_gallery(edited, keep=True, known=known)
                self._watcher.watch(edited, ours=True)
            return ""

        playing = self._player.state == "playing"
        if playing:
            self._player.pause()
        CaptionEditor(own_texts(slide, lang), save, self._window).exec()
        if playing and self._player.state == "paused":
            self._player.play()
