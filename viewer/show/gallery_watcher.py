"""Opens galleries away from the window's thread, and notices when the open one changes on the disk.

A manifest may lie on a share that has gone away: whatever touches the disk runs in a thread of its own, which nobody
waits for, not even the end of the program. A check that does not come back only means that no further check of that
gallery is started.
"""

from __future__ import annotations

import threading
import time
from contextlib import suppress
from typing import TYPE_CHECKING, Final, NamedTuple

from PySide6.QtCore import QObject, QTimer, Signal

from viewer.gallery.matching import match_slides
from viewer.gallery.open import fingerprint, open_source
from viewer.gallery.read_errors import result_or_sentence

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from PySide6.QtCore import SignalInstance

    from viewer.gallery.matching import SlideMatch
    from viewer.gallery.model import Gallery
    from viewer.gallery.open import Fingerprint, Opened, Source

WATCH_MS: Final = 1500
"""Milliseconds between two looks at the open gallery's file."""

CLOSE_SECONDS: Final = 1.0
"""Seconds that `close` waits for what is under way."""


class _Result(NamedTuple):
    """`source` as it was opened; `mark` is what `origin` was like just before."""

    source: Source
    opened: Opened
    origin: Path | None
    mark: Fingerprint | None
    known: SlideMatch | None


class GalleryWatcher(QObject):
    """`opened` brings an Opened; `changed` one that replaces the gallery already open, and the SlideMatch of the
    slides that were there; `failed` a sentence.

    The newest wish counts: what was wished before is dropped when it comes late. A change on the disk is no wish, and
    never stands in the way of one.
    """

    opened = Signal(object)
    changed = Signal(object, object)
    failed = Signal(str)
    _read = Signal(int, int, object)
    _seen = Signal(int, object)

    def __init__(self, source: Source = None, parent: QObject | None = None) -> None:
        """`source` is what is open already; nothing is watched yet."""
        super().__init__(parent)
        self._threads: list[threading.Thread] = []
        self._door = threading.Lock()
        self._closed = False
        self._request = 0
        self._version = 0
        self._watched = 0
        self._source = source
        self._gallery: Gallery | None = None
        self._origin: Path | None = None
        self._mark: Fingerprint | None = None
        self._noted: tuple[Path | None, Fingerprint | None] = (None, None)
        self._looking = False
        self._timer = QTimer(self)
        self._timer.setInterval(WATCH_MS)
        self._timer.timeout.connect(self.look)
        self._read.connect(self._finish)
        self._seen.connect(self._compare)

    @property
    def is_looking(self) -> bool:
        """Whether a look at the open gallery's file is under way."""
        return self._looking

    @property
    def is_busy(self) -> bool:
        """Whether anything is under way, what hangs included."""
        return any(thread.is_alive() for thread in self._threads)

    def open(self, source: Source) -> None:
        """Open `source`: a manifest, a folder, pictures, or None for the gallery that comes with the program."""
        self._request += 1
        self._start(source, 0)

    def reload(self) -> None:
        """Read the open gallery again."""
        self._request += 1
        self._read_again()

    def watch(self, gallery: Gallery, *, ours: bool = False) -> None:
        """`gallery` is shown: notice from now on when its file changes.

        `ours` says that the program has just written the file itself: as it lies there it is what is shown.
        """
        origin, mark = self._noted
        self._gallery, self._origin = gallery, gallery.origin
        self._mark = mark if origin == gallery.origin and not ours else None
        self._noted = (None, None)
        self._version += 1  # what is being read again is older than this
        self._watched += 1
        self._looking = False
        self._timer.start()
        self.look()

    def look(self) -> None:
        """Look at the open gallery's file now; `changed` follows if it is another one than before."""
        if self._origin is None or self._looking:
            return
        self._looking = True
        origin, watched, seen = self._origin, self._watched, self._seen
        self._do(lambda: self._tell(seen, watched, fingerprint(origin)))

    def close(self) -> None:
        """Stop watching; a check that hangs in a dead mount is not waited for longer than a second."""
        self._timer.stop()
        with self._door:
            self._closed = True
        end = time.monotonic() + CLOSE_SECONDS
        for thread in self._threads:
            thread.join(max(0.0, end - time.monotonic()))

    def _read_again(self) -> None:
        self._version += 1
        self._start(self._source, self._version)

    def _start(self, source: Source, version: int) -> None:
        """Read `source`; `version` is 0 for one that is opened anew."""
        request, read = self._request, self._read
        origin, before = (self._origin, self._gallery) if version else (None, None)

        def open_it() -> _Result:
            mark = fingerprint(origin)
            opened = open_source(source)
            known = None if before is None else match_slides(before, opened.gallery)
            return _Result(source, opened, origin, mark, known)

        self._do(lambda: self._tell(read, request, version, result_or_sentence(open_it)))

    def _finish(self, request: int, version: int, result: _Result | str) -> None:
        if (version and version != self._version) or (not version and request != self._request):
            return
        if isinstance(result, str):
            self.failed.emit(result)
            return
        self._version += 1
        self._source = result.source
        self._noted = (result.origin, result.mark)
        if version:
            self.changed.emit(result.opened, result.known)
        else:
            self.opened.emit(result.opened)

    def _compare(self, watched: int, mark: Fingerprint | None) -> None:
        if watched != self._watched:
            return
        self._looking = False
        if mark is None:
            return  # it has gone, or is being replaced, or lies on a share that is away: what is shown stays
        before, self._mark = self._mark, mark
        if before is not None and mark != before:
            self._read_again()

    def _do(self, work: Callable[[], None]) -> None:
        if self._closed:
            return
        self._threads = [thread for thread in self._threads if thread.is_alive()]
        # Python ends without waiting for a daemon; a pool of Qt's would be waited for, hung or not.
        self._threads.append(threading.Thread(target=work, name="gallery watcher", daemon=True))
        self._threads[-1].start()

    def _tell(self, signal: SignalInstance, *values: object) -> None:
        """Bring what a thread has found to the window's, unless the program ends."""
        with self._door, suppress(RuntimeError):  # RuntimeError: the librarian has gone without being closed
            if not self._closed:
                signal.emit(*values)
