"""Keeps freshly made thumbnails where the whole desktop finds them, as the freedesktop specification (0.8) has it.

One thread of low priority encodes and writes: nothing is parsed here, and nothing is waited for. A thumbnail that
cannot be written is no loss; that it cannot is said once.
"""

from __future__ import annotations

import logging
import os
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QRunnable, Qt, QThread, QThreadPool, Signal, SignalInstance, Slot
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
"""Thumbnails that wait to be written; what comes on top of that is not kept for the desktop."""

AT_FAULT: Final[frozenset[Reason]] = frozenset({"damaged", "unknown-format", "empty", "crashed"})
"""Reasons that are the file's own, so that a note spares the next program start the attempt. What a
limit refuses is not noted: the next start may have other limits."""

_MIME_TYPES: Final = {
    "JPEG": "image/jpeg", "MPO": "image/jpeg", "PNG": "image/png", "GIF": "image/gif", "WEBP": "image/webp",
    "TIFF": "image/tiff", "BMP": "image/bmp", "AVIF": "image/avif", "HEIF": "image/heif", "JXL": "image/jxl",
}
_log = logging.getLogger("liftoff.imaging")


def bucket_within(box: Box) -> tuple[str, int] | None:
    """The largest of the desktop's sizes that a thumbnail made for `box` can fill; None where it is too small."""
    fitting = [bucket for bucket in BUCKETS if bucket[1] <= min(box)]
    return fitting[-1] if fitting else None


class ThumbnailWriter(QObject):
    """Writes below `root`; None writes nothing at all."""

    _written = Signal(str)

    def __init__(self, root: Path | None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._root = root
        self._waiting = 0
        self._complained = False
        self._written.connect(self._count)
        self._thread = QThreadPool(self)
        self._thread.setMaxThreadCount(1)
        self._thread.setThreadPriority(QThread.Priority.LowestPriority)

    @property
    def root(self) -> str:
        """Where thumbnails are looked for; empty: nowhere."""
        return "" if self._root is None else str(self._root)

    def keep(self, path: str, box: Box, image: QImage, *, source: Box, format_name: str, identity: Identity) -> None:
        """Write `image`, a thumbnail of the picture at `path` that was made for `box`, later.

        `source` is the size of the whole picture in pixels, `format_name` its format as Pillow calls it, and
        `identity` the version of the file.
        """
        bucket = bucket_within(box)
        if self._root is None or bucket is None or self._is_ours(path):
            return
        name, side = bucket
        uri = file_uri(path)
        texts = _texts(uri, identity) | {
            "Thumb::Image::Width": str(source.width), "Thumb::Image::Height": str(source.height),
        }
        if format_name in _MIME_TYPES:
            texts["Thumb::Mimetype"] = _MIME_TYPES[format_name]
        self._enqueue(image, side, cache_path(str(self._root), uri, name), texts)

    def note_failure(self, path: str, reason: Reason, identity: Identity | None) -> None:
        """Write down that no thumbnail can be made of this version of the file, if that is the file's own fault."""
        if self._root is None or identity is None or reason not in AT_FAULT or self._is_ours(path):
            return
        uri = file_uri(path)
        nothing = QImage(1, 1, QImage.Format.Format_ARGB32_Premultiplied)
        nothing.fill(Qt.GlobalColor.transparent)
        self._enqueue(nothing, 1, fail_path(str(self._root), uri), _texts(uri, identity) | {REASON_KEY: reason})

    def done(self, milliseconds: int = -1) -> bool:
        """Wait until everything is written, `milliseconds` at most (-1: however long); whether it is."""
        return self._thread.waitForDone(milliseconds)

    def close(self) -> None:
        """Write what is being written, and no more."""
        self._root = None
        self._thread.clear()
        self._thread.waitForDone()

    def _is_ours(self, path: str) -> bool:
        """A thumbnail of a thumbnail is not kept."""
        return self._root is not None and Path(os.path.abspath(path)).is_relative_to(self._root)  # noqa: PTH100 - "..", lexically

    def _enqueue(self, image: QImage, side: int, path: str, texts: Mapping[str, str]) -> None:
        if self._root is not None and self._waiting < MOST_WAITING:
            self._waiting += 1
            self._thread.start(_Writing(image, side, self._root, Path(path), texts, self._written))

    @Slot(str)
    def _count(self, problem: str) -> None:
        self._waiting -= 1
        if problem and not self._complained:
            self._complained = True
            _log.warning("Thumbnails cannot be kept for the next time: %s", problem)


class _Writing(QRunnable):
    """One file to write. `written`, which tells of its end and what went wrong, belongs to the writer."""

    def __init__(
        self, image: QImage, side: int, root: Path, path: Path, texts: Mapping[str, str], written: SignalInstance
    ) -> None:
        super().__init__()
        self._root = root
        self._image = image
        self._side = side
        self._path = path
        self._texts = texts
        self._written = written

    def run(self) -> None:
        """Encode beside the place, then move it there: nobody sees half a thumbnail."""
        try:
            self._write()
        except OSError as error:
            self._written.emit(f"{error.strerror}: {self._path.parent}")
        else:
            self._written.emit("")

    def _write(self) -> None:
        folder = self._path.parent
        self._root.parent.mkdir(parents=True, exist_ok=True)
        for place in reversed([folder, *folder.parents]):
            if place.is_relative_to(self._root):
                place.mkdir(mode=0o700, exist_ok=True)
        beside = folder / f".{self._path.stem}-{os.urandom(4).hex()}"
        os.close(os.open(beside, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        try:
            self._encode(beside)
            beside.replace(self._path)
        finally:
            beside.unlink(missing_ok=True)

    def _encode(self, path: Path) -> None:
        writer = QImageWriter(str(path), b"png")
        writer.setCompression(30)  # of 100: small enough, and three times as fast as the default
        image = self._fitted()
        for key, text in self._texts.items():
            image.setText(key, text)  # the writer's own setText cannot cope with the colons in the keys
        if not writer.write(image):
            raise OSError(0, writer.errorString())

    def _fitted(self) -> QImage:
        if max(self._image.width(), self._image.height()) <= self._side:
            return QImage(self._image)
        return self._image.scaled(
            self._side, self._side, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
        )


def _texts(uri: str, identity: Identity) -> dict[str, str]:
    return {
        URI_KEY: uri, MTIME_KEY: str(identity.mtime_ns // 1_000_000_000), SIZE_KEY: str(identity.size),
        "Software": f"Liftoff {__version__}",
    }
