"""Shows the gallery that was read while Qt was imported, or says that it is still being read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal

from viewer.timers import repeating
from viewer.ui.viewport.placeholder import loading_placeholder

if TYPE_CHECKING:
    from viewer.show.gallery_watcher import GalleryWatcher
    from viewer.startup.early_decode import EarlyDecode
    from viewer.ui.commands.gallery_commands import GalleryCommands
    from viewer.ui.viewport.slide_view import SlideView

GRACE_SECONDS: Final = 0.15
"""Seconds that a gallery may still need when everything else is ready, before a window says that it is being read:
nobody notices, and what is refused in that time is refused without a window."""

_POLL_MS: Final = 30


class FirstGallery(QObject):
    """Waits for `early`, and has `commands` show what it has read."""

    shown = Signal()

    def __init__(self, early: EarlyDecode, commands: GalleryCommands, slide_view: SlideView, watcher: GalleryWatcher,
                 parent: QObject) -> None:
        super().__init__(parent)
        self._early, self._commands, self._slide_view = early, commands, slide_view
        self._polling = repeating(self, self._poll, _POLL_MS)
        watcher.opened.connect(self._polling.stop)  # someone opened something else meanwhile

    def show(self) -> str:
        """Show the gallery now, or as soon as it has been read; returns why not, where that is known already."""
        if self._early.wait(GRACE_SECONDS):
            self._show_opened()
            return self._early.refusal
        paths = self._early.source.paths
        self._slide_view.show_placeholder(loading_placeholder(str(paths[0]) if paths else ""))
        self._polling.start()
        return ""

    def stop(self) -> None:
        """Wait no more."""
        self._polling.stop()

    def _poll(self) -> None:
        if self._early.wait(0):
            self._polling.stop()
            if self._early.refusal:
                self._commands.refuse(self._early.refusal)
            self._show_opened()

    def _show_opened(self) -> None:
        if self._early.opened is not None:
            self._commands.show(self._early.opened, self._early.index)
            self.shown.emit()
