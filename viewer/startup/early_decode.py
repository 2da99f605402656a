"""Decodes the first picture while Qt is being imported: starts a worker, reads the gallery, requests the picture.

Importing Qt takes about as long as a worker needs to start and decode a photograph. The size of the viewport is not
known yet; that of the last time is a good guess, and a wrong one only costs a second decode. A window shows thumbnails
as well: the worker makes those in view, one by one, until it is handed over to the pool.
"""

from __future__ import annotations

import contextlib
import select
import socket
import threading
from typing import TYPE_CHECKING, Final, NamedTuple

from viewer.imaging.pool.worker_process import WorkerLost, WorkerProcess
from viewer.imaging.protocol.messages import INTERIM, THUMBNAIL_SIDE, Request
from viewer.imaging.protocol.shared_memory import SharedBuffer
from viewer.locations import thumbnail_root
from viewer.startup.last_viewport import remembered_viewport

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from viewer.gallery import open as gallery_open
    from viewer.gallery.model import Slide
    from viewer.imaging.pool.worker_process import UnderWay
    from viewer.imaging.protocol.messages import Reply

EARLY_SERIAL: Final = 0
"""The serial of the first request; the loader counts on from the last."""

THREAD_NAME: Final = "early decode"

IN_VIEW: Final = 12
"""Thumbnails in view in a window that was never opened before."""


class Source(NamedTuple):
    """What to open: paths as typed (none: the built-in gallery) and the slide to start with, a number or an id.

    With `inside_only` pictures beyond a gallery's folder are left out. `adapt` makes of what was opened what is to be
    shown; it runs in the thread that has opened it. `keeps_last` refuses a later version without slides.
    """

    paths: tuple[Path, ...] = ()
    start: str = ""
    inside_only: bool = False
    adapt: Callable[[gallery_open.Opened], gallery_open.Opened] | None = None
    keeps_last: bool = False

    @property
    def opened_from(self) -> Path | Sequence[Path] | None:
        """The paths in the shape that `open_source` takes."""
        if not self.paths:
            return None
        return self.paths[0] if len(self.paths) == 1 else self.paths


class EarlyDecode:
    """The first worker, and a thread that reads the gallery; `wait` says when it has been read.

    Afterwards either `opened` is there, with `index` as the slide to start with, or `refusal` says why not.
    """

    def __init__(self, source: Source, *, strict: bool = False, thumbnails: bool = False) -> None:
        """Start a worker and begin to read `source`; if the worker does not start, the pool will find out.

        With `strict` it decodes nothing without the whole sandbox; with `thumbnails` it makes those in view, too.
        """
        self.source = source
        self._strict = strict
        self._thumbnails = thumbnails
        self.opened: gallery_open.Opened | None = None
        self.index = 0
        self.refusal = ""
        self._worker: WorkerProcess | None = None
        with contextlib.suppress(OSError):
            self._worker = WorkerProcess.start()
        self._answered: list[tuple[UnderWay, Reply]] = []
        self._asking = threading.Lock()
        self._over, self._notice = socket.socketpair()  # closing one end wakes the `select` on the other
        self._was_read = threading.Event()
        threading.Thread(target=self._work, name=THREAD_NAME, daemon=True).start()

    def wait(self, seconds: float) -> bool:
        """Whether the gallery has been read, waiting `seconds` at most."""
        return self._was_read.wait(seconds)

    def hand_over(self) -> tuple[tuple[WorkerProcess, ...], tuple[tuple[UnderWay, Reply], ...]]:
        """The running worker, or none if none could be started, and the requests that it has answered; the caller owns
        both from now on. Nothing the second time.
        """
        with self._asking:
            workers, answered = (self._worker,) if self._worker is not None else (), tuple(self._answered)
            self._worker = None
            self._answered.clear()
        self._over.close()
        return workers, answered

    def end(self) -> None:
        """End the worker, unless it was handed over: for a start that came to nothing."""
        workers, answered = self.hand_over()
        for under_way, _ in answered:
            under_way.buffer.close()
        for worker in workers:
            worker.kill()
            worker.wait(1.0)

    def _work(self) -> None:
        try:
            self._read()
            requests = self._requests() if self.opened is not None and self.opened.gallery.slides else iter(())
            is_asked = self._ask(next(requests, None))
        finally:
            self._was_read.set()  # not before: the first picture is more urgent than what follows the reading
        try:
            while is_asked and self._has_answered():
                is_asked = self._ask(next(requests, None))
        finally:
            self._notice.close()

    def _read(self) -> None:
        # Imported here: while this thread reads, the other one imports Qt.
        from viewer.gallery.files import result_or_sentence
        from viewer.gallery.open import open_source

        def read() -> tuple[gallery_open.Opened, int]:
            name, adapt = self.source.start, self.source.adapt
            opened = open_source(self.source.opened_from, inside_only=self.source.inside_only)
            opened = opened if adapt is None else adapt(opened)
            return opened, start_slide(name, opened.gallery.slides) if name else opened.start_index

        result = result_or_sentence(read)
        if isinstance(result, str):
            self.refusal = result
        else:
            self.opened, self.index = result

    def _requests(self) -> Iterator[Request]:
        """The first picture, then the thumbnails around it."""
        assert self.opened is not None
        gallery, index = self.opened.gallery, self.index
        width, height = remembered_viewport()
        path = str(gallery.path(gallery.slides[index]))
        from viewer.imaging.pool.read_access import side_files  # imported here: the other thread imports Qt meanwhile

        yield Request(EARLY_SERIAL, "picture", path, width, height, width * height * 4,
                      beside=side_files(path, gallery.side_endings))
        if not self._thumbnails:
            return
        # The first slide's own comes last: its picture is there already, and makes a thumbnail as well.
        rows = [*rows_in_view(index, len(gallery.slides))[1:], index]
        for serial, row in enumerate(rows, EARLY_SERIAL + 1):
            yield Request(serial, "thumbnail", str(gallery.path(gallery.slides[row])), THUMBNAIL_SIDE, THUMBNAIL_SIDE,
                          THUMBNAIL_SIDE * THUMBNAIL_SIDE * 4, thumbnails=str(thumbnail_root()), rough=True)

    def _ask(self, request: Request | None) -> bool:
        """Send a request to the worker, if it has not been handed over. Says whether it was sent.

        Where that fails the pool will find out, and say so.
        """
        if request is None:
            return False
        with self._asking:
            if self._worker is None:
                return False
            with contextlib.suppress(OSError, WorkerLost, ValueError), contextlib.ExitStack() as unsent:
                buffer = unsent.enter_context(SharedBuffer(request.capacity))
                if self._worker.allowed_paths is None and self.opened is not None:
                    # Imported here: while this thread works, the other one imports Qt.
                    from viewer.imaging.pool.read_access import allowed_paths_of, files_in

                    gallery = self.opened.gallery
                    self._worker.send_allowed_paths(allowed_paths_of(
                        str(gallery.folder), files_in(gallery.slides, gallery.side_endings), first=request.path,
                        thumbnails=str(thumbnail_root()), strict=self._strict, inside_only=self.source.inside_only))
                self._worker.send(request, buffer)
                unsent.pop_all()
                return True
        return False

    def _has_answered(self) -> bool:
        """Wait for the worker's answer. Says whether it came; not so if the worker is handed over before, or lost."""
        while True:
            with self._asking:
                worker = self._worker
                if worker is None:
                    return False
                listening = [worker.fileno(), self._notice.fileno()]
            try:
                select.select(listening, [], [])
            except (OSError, ValueError):  # it was just handed over, and has ended already
                return False
            with self._asking:
                if self._worker is not worker:
                    return False
                under_way = worker.under_way
                try:
                    replies = [reply for reply in worker.receive() if not isinstance(reply, INTERIM)]
                except WorkerLost:  # the pool starts another, and will find out why
                    self._worker = None
                    worker.kill()
                    worker.wait(1.0)
                    return False
                if replies and under_way is not None:
                    self._answered.append((under_way, replies[-1]))
                    return True


def start_slide(name: str, slides: Sequence[Slide]) -> int:
    """The index of the slide that ``--start`` calls `name`: an id, or a number counted from 1. Raises GalleryError."""
    # Imported here: it is called while the other thread imports Qt.
    from viewer.gallery.lazy_slides import identities_of
    from viewer.gallery.model import GalleryError

    ids = identities_of(slides).ids
    if name in ids:
        return ids.index(name)
    # Python refuses to parse a number of thousands of digits, and no gallery has so many slides.
    if name.isdecimal() and len(name) < 20 and 1 <= int(name) <= len(ids):
        return int(name) - 1
    if not ids:
        raise GalleryError(f"There is no slide {name!r}: the gallery has no slides. Add some, or open another one.")
    count = "1 slide" if len(ids) == 1 else f"{len(ids)} slides"
    raise GalleryError(f"There is no slide {name!r}: the gallery has {count}. Give a number from 1 to {len(ids)}, or "
                       "a slide's id.")


def rows_in_view(index: int, count: int) -> list[int]:
    """The slides whose thumbnails are in view around `index`: itself, and the nearest first."""
    first = max(0, min(index - IN_VIEW // 2, count - IN_VIEW))
    return sorted(range(first, min(first + IN_VIEW, count)), key=lambda row: (abs(row - index), row < index))
