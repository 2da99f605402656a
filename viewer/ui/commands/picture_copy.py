"""Copies a picture to the clipboard, whole and at full size, as a picture and as its file.

The pixels come from a worker, at the lowest priority but that of thumbnails, and are encoded in a thread of their own:
24 megapixels as PNG take seconds. Both can take their time: paging goes on meanwhile.
"""

from __future__ import annotations

import sys
import threading
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMimeData, QObject, Signal
from PySide6.QtGui import QGuiApplication, QImageWriter, QTransform

from viewer.imaging.client.picture import PictureRequest
from viewer.imaging.protocol.messages import Box, Region
from viewer.show.clock import DeferredCall

if TYPE_CHECKING:
    from PySide6.QtGui import QImage

    from viewer.imaging.client.picture import Picture
    from viewer.imaging.protocol.failures import Failure
    from viewer.show.clock import Clock
    from viewer.show.displayed_slide import DisplayedSlide
    from viewer.show.picture_source import PictureSource
    from viewer.ui.commands.messages import Messages

MOST_PIXELS: Final = 64_000_000
"""Pixels that are copied at most. Programs made with Qt take no picture of more than 256 MiB, which are 67 million
pixels (QImageReader::setAllocationLimit)."""

HINT_MS: Final = 400
"""Milliseconds after which it is said that the picture is being copied."""

_QUALITY: Final = 80
"""Of 100, of a lossless PNG: a quarter of the usual time for a tenth less space (measured)."""


class _Copy(NamedTuple):
    """What is being copied: the whole picture of `request`, turned clockwise by so many quarters."""

    request: PictureRequest
    turns: int


class PictureCopy(QObject):
    """One copy at a time: the last that was asked for."""

    _encoded = Signal(object, object, object)
    """The _Copy, its Picture, and the PNG as a QByteArray, empty where that failed."""

    def __init__(self, source: PictureSource, messages: Messages, clock: Clock, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._source = source
        self._messages = messages
        self._copy: _Copy | None = None
        self._hint = DeferredCall(clock, lambda: messages.say("The picture is being copied."), self)
        source.arrived.connect(self._arrived)
        source.failed.connect(self._failed)
        self._encoded.connect(self._put)

    def begin(self, displayed: DisplayedSlide, turns: int) -> None:
        """Copy the picture that is displayed, of an animation this frame, as it is turned in the view."""
        picture = displayed.picture
        if picture is None:
            return
        self._hint.start(HINT_MS)
        self._copy = copy = _Copy(_whole(displayed.path, displayed.frame, picture.source), turns)
        held = (picture, self._source.picture(copy.request._replace(region=None)))
        complete = next((one for one in held if one is not None and _size(one.image) == copy.request.box), None)
        self._source.request("copy", [copy.request] if complete is None else [])
        if complete is not None:
            self._encode(copy, complete)

    def _arrived(self, request: PictureRequest, picture: Picture) -> None:
        copy = self._copy
        if copy is None or request != copy.request:
            return
        whole = _whole(request.path, request.frame, picture.source)
        if whole != request:  # the file is another picture now
            self._copy = copy._replace(request=whole)
            self._source.request("copy", [whole])
            return
        self._source.request("copy", [])
        self._encode(copy, picture)

    def _failed(self, request: PictureRequest, failure: Failure) -> None:
        if self._copy is not None and request == self._copy.request:
            self._source.request("copy", [])
            self._end(f"The picture was not copied. {failure.sentence}")

    def _encode(self, copy: _Copy, picture: Picture) -> None:
        def encode() -> None:
            data = _png(picture.image, copy.turns)
            with suppress(RuntimeError):  # the program has ended meanwhile
                self._encoded.emit(copy, picture, data)

        threading.Thread(target=encode, name="copy picture").start()

    def _put(self, copy: _Copy, picture: Picture, data: QByteArray) -> None:
        if copy is not self._copy:  # another one has been asked for
            return
        if data.isEmpty():
            self._end("There was not enough memory to copy the picture.")
            return
        url = Path(copy.request.path).absolute().as_uri()
        mime = QMimeData()
        mime.setData("image/png", data)
        mime.setData("text/uri-list", f"{url}\r\n".encode())
        mime.setData("x-special/gnome-copied-files", f"copy\n{url}".encode())
        if sys.platform in ("win32", "darwin"):  # they have formats of their own, which Qt makes of an image alone
            mime.setImageData(_turned(picture.image, copy.turns))
        QGuiApplication.clipboard().setMimeData(mime)
        sides = f"{picture.image.width()} × {picture.image.height()}" if copy.turns % 2 == 0 else (
            f"{picture.image.height()} × {picture.image.width()}")
        is_whole = _size(picture.image) == picture.source
        self._end(f"The picture was copied ({sides})." if is_whole else
                  f"The picture was copied, reduced to {sides}: few programs take more from a clipboard.")

    def _end(self, sentence: str) -> None:
        self._copy = None
        self._hint.cancel()
        self._messages.say(sentence)


def _whole(path: str, frame: int, source: Box) -> PictureRequest:
    """The request of all of a picture, or of the largest that can be copied.

    As a region, of which nothing is cached that would evict what else is (`viewer.imaging.client.picture_cache`).
    """
    shrink = min(1.0, (MOST_PIXELS / (source.width * source.height)) ** 0.5)
    box = Box(max(1, int(source.width * shrink)), max(1, int(source.height * shrink)))
    return PictureRequest(path, box, frame, Region(0, 0, *box))


def _png(image: QImage, turns: int) -> QByteArray:
    """`image` as PNG, turned clockwise by so many quarters; empty where there is not enough memory."""
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QImageWriter(buffer, QByteArray(b"PNG"))
    writer.setQuality(_QUALITY)
    written = writer.write(_turned(image, turns))  # lets other threads run meanwhile
    buffer.close()
    return data if written else QByteArray()


def _turned(image: QImage, turns: int) -> QImage:
    return image.transformed(QTransform().rotate(90 * turns)) if turns else image


def _size(image: QImage) -> Box:
    return Box(image.width(), image.height())
