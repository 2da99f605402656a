"""Opens galleries away from the window's thread, and notices when the open one changes on the disk.

A manifest may lie on a share that has gone away: whatever touches the disk runs in a pool thread, and a check that
does not come back only means that no further check is started.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from PySide6.QtCore import QObject, QRunnable, QThreadPool, QTimer, Signal

from viewer.gallery.slides import GalleryError
from viewer.gallery.sources import fingerprint, open_source

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from viewer.gallery.slides import Gallery
    from viewer.gallery.sources import Opened, Source

WATCH_MS: Final = 1500
"""Milliseconds between two looks at the open gallery's file."""


class _Result(NamedTuple):
    """What became of an attempt to open `source`."""

    source: Source
    opened: Opened | None
    refusal: str


class Librarian(QObject):
    """`opened` brings an Opened; `changed` one that replaces the gallery already open; `failed` a sentence.

    The newest wish counts: what was opened before is dropped when it comes late.
    """

    opened = Signal(object)
    changed = Signal(object)
    failed = Signal(str)
    _read = Signal(int, bool, object)
    _seen = Signal(int, object)

    def __init__(self, source: Source = None, parent: QObject | None = None) -> None:
        """`source` is what is open already; nothing is watched yet."""
        super().__init__(parent)
        self._threads = QThreadPool(self)
        self._threads.setMaxThreadCount(2)
        self._serial = 0
        self._source = source
        self._origin: Path | None = None
        self._mark: object = None
        self._looking = False
        self._timer = QTimer(self)
        self._timer.setInterval(WATCH_MS)
        self._timer.timeout.connect(self.look)
        self._read.connect(self._finish)
        self._seen.connect(self._compare)

    def open(self, source: Source) -> None:
        """Open `source`: a manifest, a folder, pictures, or None for the gallery that comes with the program."""
        self._start(source, again=False)

    def reload(self) -> None:
        """Read the open gallery again."""
        self._start(self._source, again=True)

    def watch(self, gallery: Gallery) -> None:
        """`gallery` is shown: notice from now on when its file changes."""
        self._origin = gallery.origin
        self._mark = None
        self._serial += 1
        self._looking = False
        self._timer.start()
        self.look()

    def look(self) -> None:
        """Look at the open gallery's file now; `changed` follows if it is another one than before."""
        if self._origin is None or self._looking:
            return
        self._looking = True
        origin, serial, seen = self._origin, self._serial, self._seen
        self._threads.start(_Task(lambda: seen.emit(serial, fingerprint(origin))))

    def close(self) -> None:
        """Stop watching; a check that hangs in a dead mount is not waited for longer than a second."""
        self._timer.stop()
        self._serial += 1
        self._threads.clear()
        self._threads.waitForDone(1000)

    def _start(self, source: Source, *, again: bool) -> None:
        self._serial += 1
        self._looking = False
        serial, read = self._serial, self._read

        def work() -> None:
            try:
                read.emit(serial, again, _Result(source, open_source(source), ""))
            except GalleryError as error:
                read.emit(serial, again, _Result(source, None, str(error)))

        self._threads.start(_Task(work))

    def _finish(self, serial: int, again: bool, result: _Result) -> None:
        if serial != self._serial:
            return
        if result.opened is None:
            self.failed.emit(result.refusal)
            return
        self._source = result.source
        (self.changed if again else self.opened).emit(result.opened)

    def _compare(self, serial: int, mark: object) -> None:
        if serial != self._serial:
            return
        self._looking = False
        before, self._mark = self._mark, mark
        if before is not None and mark is not None and mark != before:
            self.reload()


class _Task(QRunnable):
    """A piece of work for the pool."""

    def __init__(self, work: Callable[[], None]) -> None:
        super().__init__()
        self._work = work

    def run(self) -> None:
        """Do it."""
        self._work()
