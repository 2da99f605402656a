"""Writes freshly made thumbnails into the desktop's shared cache (freedesktop thumbnail specification, version 0.8).

One thread of low priority encodes and writes; nothing waits for it. A thumbnail that cannot be written is no loss; the
first that cannot is logged.
"""

from __future__ import annotations

import logging
import os
import sys
import threading
from collections import deque
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QImage, QImageWriter

from viewer import __version__
from viewer.imaging.thumbnails.xdg import (
    BUCKETS,
    MTIME_KEY,
    REASON_KEY,
    SIZE_KEY,
    URI_KEY,
    cache_path,
    fail_path,
    file_uri,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from viewer.imaging.protocol.failures import Reason
    from viewer.imaging.protocol.messages import Box, Identity

MOST_WAITING: Final = 64
"""Thumbnails that wait to be written; those beyond are not kept for the desktop."""

IDLE_SECONDS: Final = 5.0
"""Seconds after which the thread ends if there is nothing to write; the next thumbnail starts another one."""

CLOSE_SECONDS: Final = 1.0
"""Seconds that `close` waits for the thumbnail being written."""

AT_FAULT: Final[frozenset[Reason]] = frozenset({"damaged", "unknown-format", "empty", "crashed"})
"""Reasons that are the file's own: a note of them spares the next start the attempt. What a limit refuses is not noted:
the next start may have other limits."""

_MIME_TYPES: Final = {
    "JPEG": "image/jpeg", "MPO": "image/jpeg", "PNG": "image/png", "GIF": "image/gif", "WEBP": "image/webp",
    "TIFF": "image/tiff", "BMP": "image/bmp", "AVIF": "image/avif", "HEIF": "image/heif", "JXL": "image/jxl",
}
_log = logging.getLogger("liftoff.imaging")


def bucket_within(box: Box) -> tuple[str, int] | None:
    """The largest of the desktop's sizes that a thumbnail made for `box` can fill; None where it is too small."""
    return next((bucket for bucket in reversed(BUCKETS) if bucket[1] <= min(box)), None)


class _Entry(NamedTuple):
    """A PNG file to write at `path`: `image` at most `side` pixels wide and high, with `texts`."""

    image: QImage
    side: int
    path: Path
    texts: Mapping[str, str]


class ThumbnailWriter(QObject):
    """Writes below `root`; None writes nothing at all.

    The thread is a daemon: Python ends without waiting for it, even if it hangs in a file system that does not answer.
    The destructor of a QThreadPool would wait.
    """

    _failed = Signal(str)

    def __init__(self, root: Path | None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._root = root
        self._has_complained = False
        self._thread: threading.Thread | None = None
        self._changed = threading.Condition()
        self._waiting: deque[_Entry] = deque()
        self._is_writing = False
        self._is_closed = root is None
        self._failed.connect(self._complain)

    @property
    def root(self) -> str:
        """The folder in which thumbnails are looked for; empty: none."""
        return "" if self._root is None else str(self._root)

    def keep(self, path: str, box: Box, image: QImage, *, source: Box, format_name: str, identity: Identity) -> None:
        """Write `image`, a thumbnail of the picture at `path` that was made for `box`, later.

        `source` is the size of the whole picture in pixels, `format_name` its format as Pillow calls it, and
        `identity` the version of the file.
        """
        bucket = bucket_within(box)
        if self._root is None or bucket is None or self._is_thumbnail(path):
            return
        name, side = bucket
        uri = file_uri(path)
        texts = _texts(uri, identity) | {
            "Thumb::Image::Width": str(source.width), "Thumb::Image::Height": str(source.height),
        }
        if format_name in _MIME_TYPES:
            texts["Thumb::Mimetype"] = _MIME_TYPES[format_name]
        self._enqueue(_Entry(image, side, Path(cache_path(str(self._root), uri, name)), texts))

    def note_failure(self, path: str, reason: Reason, identity: Identity | None) -> None:
        """Write a note that this version of the file has no thumbnail, if that is the file's own fault."""
        if self._root is None or identity is None or reason not in AT_FAULT or self._is_thumbnail(path):
            return
        uri = file_uri(path)
        pixel = QImage(1, 1, QImage.Format.Format_ARGB32_Premultiplied)
        pixel.fill(Qt.GlobalColor.transparent)
        texts = _texts(uri, identity) | {REASON_KEY: reason}
        self._enqueue(_Entry(pixel, 1, Path(fail_path(str(self._root), uri)), texts))

    def done(self, milliseconds: int) -> bool:
        """Wait until everything is written, `milliseconds` at most; returns whether it is."""
        with self._changed:
            return self._changed.wait_for(lambda: not self._waiting and not self._is_writing, milliseconds / 1000)

    def close(self) -> None:
        """Write what is being written, and no more. A thread that hangs is waited for a second, and left behind."""
        with self._changed:
            self._is_closed = True
            self._waiting.clear()
            self._changed.notify_all()
            thread = self._thread
        if thread is not None:
            thread.join(CLOSE_SECONDS)

    def _is_thumbnail(self, path: str) -> bool:
        """Whether `path` is a thumbnail itself, of which none is kept."""
        return self._root is not None and Path(os.path.abspath(path)).is_relative_to(self._root)  # noqa: PTH100 - "..", lexically

    def _enqueue(self, entry: _Entry) -> None:
        with self._changed:
            if self._is_closed or len(self._waiting) + self._is_writing >= MOST_WAITING:
                return
            self._waiting.append(entry)
            self._changed.notify_all()
            if self._thread is None:
                self._thread = threading.Thread(target=self._work, name="thumbnail-writer", daemon=True)
                self._thread.start()

    def _work(self) -> None:
        """Run in the thread: write what comes, until closed or idle."""
        if sys.platform == "linux":  # only there each thread has a niceness of its own
            with suppress(OSError):  # a container may forbid it
                os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), 15)
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._waiting or self._is_closed, IDLE_SECONDS)
                if not self._waiting:
                    self._thread = None
                    return
                entry = self._waiting.popleft()
                self._is_writing = True
            problem = ""
            try:
                self._write(entry)
            except OSError as error:
                problem = f"{error.strerror}: {entry.path.parent}"
            with self._changed:
                self._is_writing = False
                self._changed.notify_all()
                if problem and not self._is_closed:
                    with suppress(RuntimeError):  # this object has gone without being closed
                        self._failed.emit(problem)

    def _complain(self, problem: str) -> None:
        if not self._has_complained:
            self._has_complained = True
            _log.warning("Thumbnails cannot be kept for the next time: %s", problem)

    def _write(self, entry: _Entry) -> None:
        """Encode into a temporary file, then rename it: nobody sees half a thumbnail."""
        assert self._root is not None
        folder = entry.path.parent
        self._root.parent.mkdir(parents=True, exist_ok=True)
        for level in reversed([folder, *folder.parents]):
            if level.is_relative_to(self._root):
                level.mkdir(mode=0o700, exist_ok=True)
        fresh = folder / f".{entry.path.stem}-{os.urandom(4).hex()}"
        os.close(os.open(fresh, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        try:
            image = QImage(entry.image)
            if max(image.width(), image.height()) > entry.side:
                image = image.scaled(entry.side, entry.side, Qt.AspectRatioMode.KeepAspectRatio,
                                     Qt.TransformationMode.SmoothTransformation)
            for key, text in entry.texts.items():
                image.setText(key, text)  # the writer's own setText cannot cope with the colons in the keys
            writer = QImageWriter(str(fresh), b"png")
            writer.setCompression(30)  # of 100: small enough, and three times as fast as Qt's default
            if not writer.write(image):
                raise OSError(0, writer.errorString())
            fresh.replace(entry.path)
        finally:
            fresh.unlink(missing_ok=True)


def _texts(uri: str, identity: Identity) -> dict[str, str]:
    return {
        URI_KEY: uri, MTIME_KEY: str(identity.mtime_ns // 1_000_000_000), SIZE_KEY: str(identity.size),
        "Software": f"Liftoff {__version__}",
    }
