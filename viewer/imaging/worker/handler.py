"""Handles one request: opens the file, decodes it into shared memory and makes the reply."""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO

from viewer.camera_raw_formats import is_camera_raw
from viewer.imaging.protocol.deadlines import ORDINARY_PIXELS
from viewer.imaging.protocol.messages import (
    Done,
    Failed,
    Identity,
    Opened,
    Outside,
    Parsed,
    Reply,
    Request,
    Unchanged,
)
from viewer.imaging.worker.animation import STILL, AnimationCache, OpenImage, frame_count, seek_frame, timing_of
from viewer.imaging.worker.colour import ColourConverter
from viewer.imaging.worker.decode import decode_picture, write_pixels
from viewer.imaging.worker.errors import failure_of
from viewer.imaging.worker.formats import format_name, named_by_ending, open_image
from viewer.imaging.worker.metadata import texts_of
from viewer.imaging.worker.open_file import OutsideAllowedPathsError, open_picture, read_ahead
from viewer.imaging.worker.thumbnail import make_thumbnail

if TYPE_CHECKING:
    from collections.abc import Callable

    from PIL.Image import Image


class RequestHandler:
    """Handles requests one by one; caches the open animation and the last ICC transform between them."""

    def __init__(self) -> None:
        self._colours = ColourConverter()
        self._animations = AnimationCache()

    def handle(self, request: Request, memory: memoryview, send: Callable[[Reply], None]) -> Reply:
        """The final reply to `request`, its pixels written into `memory`; `Opened` is passed to `send` before, and
        `Parsed` where the picture is large.
        """
        def parsed(image: Image) -> None:
            if (pixels := image.width * image.height) > ORDINARY_PIXELS:
                send(Parsed(request.serial, pixels))

        identity: Identity | None = None
        file: BinaryIO | None = None
        try:
            file, identity = open_picture(request.path, request.limits.file_bytes)
            if identity == request.unless:
                return Unchanged(request.serial)
            send(Opened(request.serial, identity))
            if request.kind == "picture":
                return self._picture(request, file, identity, memory, parsed)
            if request.kind == "texts":
                from viewer.imaging.worker.description import describe  # no picture waits for it

                return describe(request, file, identity)
            picture, name, from_cache = make_thumbnail(request, file, identity, self._colours, parsed)
            alpha = write_pixels(picture.image, memory)
            return Done(
                request.serial, *picture.image.size, alpha, *picture.source_size, *STILL, name, identity, from_cache,
                texts={}, incomplete=picture.incomplete,
            )
        except OutsideAllowedPathsError:
            return Outside(request.serial)
        except BaseException as error:  # noqa: BLE001  (the outermost boundary: nothing that a parser raises ends the worker)
            self._animations.discard(request.path)
            return Failed(request.serial, named_by_ending(failure_of(error), request.path), identity)
        finally:
            if file is not None and not self._animations.owns(file):
                file.close()

    def _picture(self, request: Request, file: BinaryIO, identity: Identity, memory: memoryview,
                 parsed: Callable[[Image], None]) -> Done:
        limits = request.limits
        source = self._animations.get(request.path, identity, limits)
        if source is None:
            if not is_camera_raw(request.path.rpartition(".")[2]):  # of which a part is read
                read_ahead(file)
            image, found = open_image(file, limits, request.path)
            frames = frame_count(image, found, limits)
            source = OpenImage(request.path, identity, limits, file, image, found, frames)
        image, found, frames = source.image, source.format, source.frames
        parsed(image)
        seek_frame(image, request.frame, frames)
        picture = decode_picture(image, found, (request.width, request.height), self._colours, limits, request.region,
                                 partial=request.partial)
        timing = timing_of(image, found, frames)
        texts = texts_of(image, request) if request.frame == 0 else {}
        name, alpha = format_name(image, found), write_pixels(picture.image, memory)
        if frames > 1:
            self._animations.put(source)
        return Done(
            request.serial, *picture.image.size, alpha, *picture.source_size, *timing, name, identity,
            from_cache=False, texts=texts, whole=picture.whole, incomplete=picture.incomplete,
        )
