"""Notices that the picture file of a slide was replaced on disk while the slide is shown, or is about to be.

A worker looks at the file (`Loader.recheck`), because a dead network mount would block this process: shortly after a
slide comes up, which may be from the cache; then at the file of the next slide; then again and again at that of the
slide shown. Nothing is looked at that nobody sees.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject

from viewer.imaging.client.picture import PictureRequest
from viewer.imaging.protocol.messages import Box
from viewer.show.clock import DeferredCall

if TYPE_CHECKING:
    from collections.abc import Callable

    from viewer.imaging.client.picture import Picture
    from viewer.show.clock import Clock
    from viewer.show.displayed_slide import DisplayedSlide
    from viewer.show.picture_source import PictureSource
    from viewer.show.session import Session
    from viewer.show.slide_view_model import SlideViewModel

SETTLE_MS: Final = 150
"""Milliseconds that a slide is shown before its file is looked at: a key that is held down asks for nothing."""

WATCH_MS: Final = 2000
"""Milliseconds between two looks at the file of the slide shown."""

LONGEST_MS: Final = 64_000
"""Milliseconds between two looks, at most, at a file that cannot be looked at: each try doubles the wait."""


class PictureWatcher(QObject):
    """Rechecks the files of what `view_model` shows, while `is_seen` says that anybody can see it."""

    def __init__(self, session: Session, view_model: SlideViewModel, source: PictureSource, clock: Clock,
                 is_seen: Callable[[], bool], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._prefetch = view_model.prefetch
        self._source = source
        self._is_seen = is_seen
        self._box = Box(0, 0)
        self._visit = -1
        self._current: tuple[str, Picture] | None = None
        self._next_checked = False
        self._wait = WATCH_MS
        self._next_look = DeferredCall(clock, self._look)
        view_model.displayed_changed.connect(self._take_shown)
        source.rechecked.connect(self._take_rechecked)

    def set_box(self, box: Box) -> None:
        """A replaced picture is decoded for `box`, in device pixels."""
        self._box = box

    def close(self) -> None:
        """Look at nothing any more."""
        self._current = None
        self._next_look.cancel()
        self._source.recheck(None)

    def _take_shown(self, displayed: DisplayedSlide) -> None:
        self._current = None if displayed.picture is None else (displayed.path, displayed.picture)
        if displayed.frame:
            return  # `picture` is of the same file as the first frame, which was looked at
        if self._current is None:
            self._next_look.cancel()
        elif self._visit != self._session.visit or not self._next_look.is_waiting:
            self._visit = self._session.visit
            self._wait, self._next_checked = WATCH_MS, False
            self._next_look.start(SETTLE_MS)

    def _look(self) -> None:
        self._next_look.start(self._wait)
        if self._current is not None and self._box.width > 0 and self._box.height > 0 and self._is_seen():
            path, picture = self._current
            self._source.recheck(PictureRequest(path, self._box), picture.identity)

    def _take_rechecked(self, request: PictureRequest, could_be_read: bool) -> None:
        if self._current is None or request.path != self._current[0]:
            return
        if not could_be_read:
            self._wait = min(2 * self._wait, LONGEST_MS)
            self._next_look.start(self._wait)
            self._source.recheck(None)
            return
        self._wait = WATCH_MS
        # Once also the file of the slide that comes next, if its picture is at hand already.
        was_checked, self._next_checked = self._next_checked, True
        index = self._prefetch.next_index
        if not was_checked and index is not None and index != self._session.index:
            request = PictureRequest(self._session.path_of(index), self._box)
            if (picture := self._source.picture(request)) is not None:
                self._source.recheck(request, picture.identity)
