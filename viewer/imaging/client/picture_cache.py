"""The decoded pictures at hand: found by wish, and by file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from viewer.imaging.client.lru import ByteLru

if TYPE_CHECKING:
    from collections.abc import Iterator

    from viewer.imaging.client.picture import Picture, PictureRequest
    from viewer.imaging.protocol.messages import Box, Kind


class PictureCache:
    """Three caches, each with a budget in bytes of its own, so that none can push the others out.

    Stills and thumbnails; and the later frames of animations, which have a quarter of what is given to pictures: an
    animation is longer than any budget, and the neighbours of a slide are worth more than its frames.
    """

    def __init__(self, pictures_bytes: int, thumbnails_bytes: int) -> None:
        self._stills = _ByFile(pictures_bytes - pictures_bytes // 4)
        self._moving = _ByFile(pictures_bytes // 4)
        self._thumbnails = _ByFile(thumbnails_bytes)

    @property
    def used(self) -> int:
        """The bytes in use."""
        return self._stills.cache.used + self._moving.cache.used + self._thumbnails.cache.used

    def put(self, kind: Kind, request: PictureRequest, picture: Picture) -> None:
        """Keep what was decoded for `request`; not a region that would push out what is beside it."""
        if kind == "thumbnail":
            self._thumbnails.put(request, picture)
        elif request.region is None or 3 * picture.nbytes <= 2 * self._stills.cache.budget:
            (self._moving if request.frame else self._stills).put(request, picture)

    def get(self, request: PictureRequest) -> Picture | None:
        """The picture for `request`, or one that is pixel for pixel the same; counts as a use of it."""
        pictures = self._moving if request.frame else self._stills
        held = pictures.cache.get(request) or self._thumbnails.cache.get(request)
        if held is not None or request.region is not None:
            return held
        for other, picture in pictures.of(request.path):
            if other[2:] == request[2:] and _scale(picture, other.box) == _scale(picture, request.box):
                return pictures.cache.get(other)
        return None

    def best(self, path: str) -> Picture | None:
        """The largest whole picture of this file, thumbnails included, its first frame if it is an animation."""
        held = [picture for kept in (self._stills, self._thumbnails) for request, picture in kept.of(path)
                if request.region is None]
        return max(held, key=lambda picture: picture.image.width() * picture.image.height(), default=None)

    def forget(self, path: str | None) -> None:
        """Forget one file, or all."""
        for kept in (self._stills, self._moving, self._thumbnails):
            kept.forget(path)

    def set_budgets(self, pictures_bytes: int, thumbnails_bytes: int) -> None:
        """Use so much from now on."""
        self._stills.set_budget(pictures_bytes - pictures_bytes // 4)
        self._moving.set_budget(pictures_bytes // 4)
        self._thumbnails.set_budget(thumbnails_bytes)


def _scale(picture: Picture, box: Box) -> float:
    """How much smaller than in its file the picture is when fitted into `box`."""
    return min(1.0, box.width / picture.source.width, box.height / picture.source.height)


class _ByFile:
    """A cache of pictures that knows which of them are of the same file."""

    def __init__(self, budget: int) -> None:
        self.cache: ByteLru[PictureRequest, Picture] = ByteLru(budget)
        self._of: dict[str, set[PictureRequest]] = {}

    def put(self, request: PictureRequest, picture: Picture) -> None:
        self._of.setdefault(request.path, set()).add(request)
        self._lose(self.cache.put(request, picture, picture.nbytes))

    def of(self, path: str) -> Iterator[tuple[PictureRequest, Picture]]:
        for request in self._of.get(path, ()):
            picture = self.cache.peek(request)
            if picture is not None:
                yield request, picture

    def forget(self, path: str | None) -> None:
        if path is None:
            self.cache.clear()
            self._of.clear()
        for request in self._of.pop(path or "", ()):
            self.cache.discard(request)

    def set_budget(self, budget: int) -> None:
        self._lose(self.cache.set_budget(budget))

    def _lose(self, requests: tuple[PictureRequest, ...]) -> None:
        for request in requests:
            same = self._of[request.path]
            same.discard(request)
            if not same:
                del self._of[request.path]
