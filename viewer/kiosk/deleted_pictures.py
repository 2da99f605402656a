"""Takes pictures off the screen whose files were deleted, and not those of a stick or share that is away for a while.

A file that was missing twice is deleted if the gallery's own file or folder is there after that. Of a gallery that
nobody can say this of, pictures named one by one, nothing is taken off.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject

if TYPE_CHECKING:
    from viewer.imaging.client.loader import Loader
    from viewer.show.gallery_watcher import GalleryWatcher
    from viewer.show.session import Session

MISSES: Final = 2
"""Looks in a row at a file that must have found nothing."""


class DeletedPictures(QObject):
    """Listens to the looks at files while their pictures are shown."""

    def __init__(self, session: Session, watcher: GalleryWatcher, loader: Loader,
                 parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session, self._watcher, self._loader = session, watcher, loader
        self._path, self._misses = "", 0
        loader.missed.connect(self._miss)
        watcher.looked.connect(self._look)

    def _miss(self, path: str) -> None:
        self._misses = self._misses + 1 if path == self._path else 1
        self._path = path
        if self._misses >= MISSES and self._session.gallery.origin is not None:
            self._watcher.look()

    def _look(self, is_there: bool) -> None:
        if is_there and self._misses >= MISSES:
            self._misses = 0
            self._loader.drop(self._path)
