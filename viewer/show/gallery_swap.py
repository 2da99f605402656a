"""Shows galleries: another one at once, a new version of the open one at the slide's end while the show plays."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from viewer.timers import single_shot

if TYPE_CHECKING:
    from collections.abc import Callable

    from viewer.gallery.matching import SlideMatch
    from viewer.gallery.model import Gallery
    from viewer.gallery.open import Opened
    from viewer.show.gallery_watcher import GalleryWatcher
    from viewer.show.player import Player
    from viewer.show.session import Session


class GallerySwap(QObject):
    """The only one who gives the session a gallery that was read, and has it watched on the disk.

    `swapping` carries an Opened that `watcher` has found changed and that is about to be shown. `forget` has its
    pictures decoded anew, as their files may be others too.
    """

    swapping = Signal(object)

    def __init__(self, session: Session, player: Player, watcher: GalleryWatcher, forget: Callable[[], None],
                 parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session, self._player, self._watcher, self._forget = session, player, watcher, forget
        self._fresh: tuple[Opened, SlideMatch | None] | None = None
        self._next_turn = single_shot(self, self._swap)
        watcher.changed.connect(self._changed)
        for ended in (session.moved, player.state_changed, player.ended):
            ended.connect(self._slide_ended)

    @property
    def is_waiting(self) -> bool:
        """Whether a new version waits for the slide's end."""
        return self._fresh is not None

    def show(self, gallery: Gallery, *, keep: bool, start: int = 0, known: SlideMatch | None = None,
             ours: bool = False) -> None:
        """Show `gallery`, as `Session.set_gallery` does, instead of any version that waits.

        `ours` says that the program has just written its file itself.
        """
        self._fresh = None
        self._session.set_gallery(gallery, keep=keep, start=start, known=known)
        self._watcher.watch(gallery, ours=ours)

    def _changed(self, opened: Opened, known: SlideMatch | None) -> None:
        self._fresh = opened, known
        # A show of one slide, of one that is valid now, or by hand has no slide's end to wait for.
        if not self._player.due_ms or self._session.count < 2:
            self._swap()

    def _slide_ended(self) -> None:
        if self._fresh is not None:
            self._next_turn.start()  # not while the session moves

    def _swap(self) -> None:
        if self._fresh is None:
            return
        opened, known = self._fresh
        self._forget()
        self.swapping.emit(opened)
        self.show(opened.gallery, keep=True, known=known)
