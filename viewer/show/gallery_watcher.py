"""Opens galleries in threads of their own, and notices when the file of the open one changes.

A manifest may lie on a network mount that has gone away, so whatever touches the disk runs in a daemon thread that
nobody waits for, not even the end of the program. While one look at a file hangs, no other is started.
"""

from __future__ import annotations

import threading
import time
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal

from viewer.gallery.files import result_or_sentence
from viewer.gallery.matching import match_slides
from viewer.gallery.model import GalleryError
from viewer.gallery.open import MANIFEST_NAME, fingerprint, open_source
from viewer.gallery.problems import shown
from viewer.timers import repeating

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from PySide6.QtCore import SignalInstance

    from viewer.gallery.matching import SlideMatch
    from viewer.gallery.model import Gallery
    from viewer.gallery.open import Fingerprint, Opened, Source

    _Noted = tuple[Path | None, Fingerprint | None]  # the open gallery's file, and its fingerprint before the reading
    _Read = tuple[Source, _Noted, Opened, SlideMatch | None]

WATCH_MS: Final = 1500
"""Milliseconds between two looks at the open gallery's file."""

CLOSE_SECONDS: Final = 1.0
"""Seconds that `close` waits for threads."""

THREAD_NAME: Final = "gallery watcher"


class GalleryWatcher(QObject):
    """`opened` carries an Opened that was asked for; `changed` a new version of the open gallery, also as an Opened,
    and the SlideMatch with the version before; `failed` a sentence.

    Of several requests the newest counts: an earlier one that comes late is dropped. Reading a changed file again is
    no request, and drops none. `is_looking` says whether the file is being looked at; `looked` carries whether it was
    there.
    """

    opened = Signal(object)
    changed = Signal(object, object)
    failed = Signal(str)
    looked = Signal(bool)
    _read = Signal(int, int, object)
    _seen = Signal(int, object)

    def __init__(self, source: Source = None, parent: QObject | None = None, *, inside_only: bool = False,
                 adapt: Callable[[Opened], Opened] | None = None, keeps_last: bool = False) -> None:
        """`source` is what is open already; nothing is watched yet. `inside_only` is as for `open_source`.

        `adapt` makes of what was opened what is to be shown. With `keeps_last` a new version without slides has
        `failed`, as one that cannot be read has: it may be half written.
        """
        super().__init__(parent)
        self._inside_only, self._adapt, self._keeps_last = inside_only, adapt, keeps_last
        self._threads: list[threading.Thread] = []
        self._lock = threading.Lock()
        self._closed = False
        self._request = 0
        self._version = 0
        self._watched = 0
        self._source = source
        self._gallery: Gallery | None = None
        self._origin: Path | None = None
        self._mark: Fingerprint | None = None
        self._noted: _Noted = (None, None)
        self.is_looking = False
        self._timer = repeating(self, self.look, WATCH_MS)
        self._read.connect(self._finish)
        self._seen.connect(self._compare)

    def open(self, source: Source) -> None:
        """Open `source`: a manifest, a folder, pictures, or None for the built-in gallery."""
        self._request += 1
        self._start(source, 0)

    def open_again(self) -> None:
        """Open once more what could not be opened."""
        self.open(self._source)

    def reload(self) -> None:
        """Read the open gallery again."""
        self._request += 1
        self._read_again(self._source)

    def watch(self, gallery: Gallery, *, ours: bool = False) -> None:
        """Notice from now on when the file of `gallery` changes, which is shown now.

        `ours` says that the program has just written the file itself: as it is, it is what is shown.
        """
        origin, mark = self._noted
        self._gallery, self._origin = gallery, gallery.origin
        self._mark = mark if origin == gallery.origin and not ours else None
        self._noted = (None, None)
        self._version += 1  # what is being read again is older
        self._watched += 1
        self.is_looking = False
        self._timer.start()
        self.look()

    def look(self) -> None:
        """Look at the open gallery's file now; `changed` follows if it is another version."""
        if self._origin is None or self.is_looking:
            return
        self.is_looking = True
        self._do(partial(fingerprint, self._origin), self._seen, self._watched)

    def close(self) -> None:
        """Stop watching; a thread that hangs in a dead mount is waited for a second at most."""
        self._timer.stop()
        with self._lock:
            self._closed = True
        end = time.monotonic() + CLOSE_SECONDS
        for thread in self._threads:
            thread.join(max(0.0, end - time.monotonic()))

    def _read_again(self, source: Source) -> None:
        self._version += 1
        self._start(source, self._version)

    def _start(self, source: Source, version: int) -> None:
        """Read `source`; `version` is 0 for a request to open it."""
        origin, before = (self._origin, self._gallery) if version else (None, None)
        opens_again = self._source if version else source

        def open_it() -> _Read:
            noted = origin, fingerprint(origin)  # before the reading: what changes after that is noticed
            opened = open_source(source, inside_only=self._inside_only)
            if self._keeps_last and before is not None and before.slides and not opened.gallery.slides:
                raise GalleryError(f"The new version of {shown(source)} has no slides, and the one before is shown on; "
                                   "add some to it.")
            opened = opened if self._adapt is None else self._adapt(opened)
            return opens_again, noted, opened, None if before is None else match_slides(before, opened.gallery)

        self._do(partial(result_or_sentence, open_it), self._read, self._request, version)

    def _finish(self, request: int, version: int, result: _Read | str) -> None:
        if (version and version != self._version) or (not version and request != self._request):
            return
        if isinstance(result, str):
            self.failed.emit(result)
            return
        self._version += 1
        self._source, self._noted, opened, known = result
        if version:
            self.changed.emit(opened, known)
        else:
            self.opened.emit(opened)

    def _compare(self, watched: int, mark: Fingerprint | None) -> None:
        if watched != self._watched:
            return
        self.is_looking = False
        self.looked.emit(mark is not None)
        if mark is None:
            return  # it has gone, is being replaced, or its mount is away: what is shown stays
        before, self._mark = self._mark, mark
        if before is not None and mark != before:
            # A folder whose manifest is broken now would open as its pictures, without their words.
            is_manifest = self._origin is not None and self._origin.name == MANIFEST_NAME
            self._read_again(self._origin if is_manifest else self._source)

    def _do(self, work: Callable[[], object], done: SignalInstance, *values: object) -> None:
        """Do `work` in a thread, and emit `done` with `values` and the result, unless the program ends."""
        def run() -> None:
            result = work()
            with self._lock, suppress(RuntimeError):  # RuntimeError: this object was deleted without being closed
                if not self._closed:
                    done.emit(*values, result)

        if self._closed:
            return
        self._threads = [thread for thread in self._threads if thread.is_alive()]
        # Python ends without waiting for a daemon thread; QThreadPool would wait for one that hangs.
        self._threads.append(threading.Thread(target=run, name=THREAD_NAME, daemon=True))
        self._threads[-1].start()
