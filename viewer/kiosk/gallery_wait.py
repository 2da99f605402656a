"""Waits for a gallery that is not there yet: a stick that is to be plugged in, a share that is to come."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject

from viewer.show.clock import DeferredCall

if TYPE_CHECKING:
    from viewer.show.clock import Clock
    from viewer.show.gallery_watcher import GalleryWatcher
    from viewer.show.player import Player
    from viewer.show.session import Session

RETRY_MS: Final = 5000
"""Milliseconds from one vain look for the gallery to the next."""


class GalleryWait(QObject):
    """Has `watcher` open its source until there is a gallery, and plays as soon as there is something to play.

    A gallery that was opened and is empty is watched by `watcher` as any other.
    """

    def __init__(self, session: Session, player: Player, watcher: GalleryWatcher, clock: Clock,
                 parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session, self._player = session, player
        self._retry = DeferredCall(clock, watcher.open_again, self)
        session.moved.connect(self._follow)
        watcher.failed.connect(self._follow)

    def close(self) -> None:
        """Wait no more."""
        self._retry.cancel()

    def _follow(self) -> None:
        if self._session.count:
            self._retry.cancel()
            if self._player.state == "stopped":
                self._player.play()
        elif self._session.gallery.origin is None and not self._retry.is_waiting:
            self._retry.start(RETRY_MS)
