"""What a worker does with one request, from the path to the last reply."""

from __future__ import annotations

from typing import TYPE_CHECKING

from viewer.imaging.protocol.messages import Done, Failed, Opened, Outside, Unchanged
from viewer.imaging.worker.animation import STILL, AnimationCache, OpenAnimation, frames_in, go_to, timing_of
from viewer.imaging.worker.colour import Colours
from viewer.imaging.worker.decode import pour, render
from viewer.imaging.worker.errors import failure_of
from viewer.imaging.worker.formats import open_image
from viewer.imaging.worker.metadata import texts_in
from viewer.imaging.worker.open_file import OutsideError, open_picture, read_ahead
from viewer.imaging.worker.thumbnail import thumbnail

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import BinaryIO

    from viewer.imaging.protocol.messages import Identity, Reply, Request


class RequestHandler:
    """Answers requests one by one; keeps between them what makes the next one quicker."""

    def __init__(self) -> None:
        self._colours = Colours()
        self._animation_cache = AnimationCache()

    def answer(self, request: Request, memory: memoryview, say: Callable[[Reply], None]) -> Reply:
        """The last reply to `request`, its pixels written into `memory`; the reply before it goes to `say`."""
        identity: Identity | None = None
        file: BinaryIO | None = None
        try:
            file, identity = open_picture(request.path, request.limits.file_bytes)
            if identity == request.unless:
                return Unchanged(request.serial)
            say(Opened(request.serial, identity))
            if request.kind == "thumbnail":
                return self._thumbnail(request, file, identity, memory)
            return self._picture(request, file, identity, memory)
        except OutsideError:
            return Outside(request.serial)
        except BaseException as error:  # noqa: BLE001  (the outermost edge: nothing that a parser raises ends the worker)
            self._animation_cache.let_go(request.path)
            return Failed(request.serial, failure_of(error), identity)
        finally:
            if file is not None and not self._animation_cache.holds(file):
                file.close()

    def _picture(self, request: Request, file: BinaryIO, identity: Identity, memory: memoryview) -> Done:
        limits = request.limits
        animation = self._animation_cache.resume(request.path, identity, limits)
        if animation is None:
            read_ahead(file)
            image, found = open_image(file, limits)
            frames = frames_in(image, found, limits)
            animation = OpenAnimation(request.path, identity, limits, file, image, found, frames)
        image, found, frames = animation.image, animation.found, animation.frames
        go_to(image, request.frame, frames)
        picture = render(image, found, (request.width, request.height), self._colours, limits, request.region)
        timing = timing_of(image, found, frames)
        texts = texts_in(image, request.path) if request.frame == 0 else {}
        alpha = pour(picture.image, memory)
        if frames > 1:
            self._animation_cache.keep(animation)
        width, height = picture.image.size
        return Done(
            request.serial, width, height, alpha, *picture.source, *timing, found, identity, from_cache=False,
            texts=texts, whole=picture.whole,
        )

    def _thumbnail(self, request: Request, file: BinaryIO, identity: Identity, memory: memoryview) -> Done:
        made = thumbnail(request, file, identity, self._colours)
        alpha = pour(made.picture.image, memory)
        width, height = made.picture.image.size
        return Done(
            request.serial, width, height, alpha, *made.picture.source, *STILL, made.format, identity,
            made.from_cache, texts={},
        )
