"""Cache of decoded pictures, looked up by request or by file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from viewer.imaging.client.lru import ByteLru
from viewer.imaging.client.memory_budget import stills_share

if TYPE_CHECKING:
    from collections.abc import Iterator

    from viewer.imaging.client.picture import Picture, PictureRequest
    from viewer.imaging.protocol.messages import Box, Identity, Kind


class PictureCache:
    """Three LRU caches, each with a budget in bytes of its own, so that none evicts what another holds.

    Stills, thumbnails, and the later frames of animations: an animation may be longer than any budget, and the
    neighbours of a slide are worth more than its frames. Of each file one version is held (see `identity`).
    """

    def __init__(self, pictures_bytes: int, thumbnails_bytes: int) -> None:
        self._stills = _ByFile(stills_share(pictures_bytes))
        self._frames = _ByFile(pictures_bytes - stills_share(pictures_bytes))
        self._thumbnails = _ByFile(thumbnails_bytes)
        self._all = self._stills, self._frames, self._thumbnails

    def put(self, kind: Kind, request: PictureRequest, picture: Picture) -> None:
        """Keep what was decoded for `request`, unless it is a region that would evict most of the rest."""
        if kind == "thumbnail":
            self._thumbnails.put(request, picture)
        elif request.region is None or 3 * picture.nbytes <= 2 * self._stills.cache.budget:
            (self._frames if request.frame else self._stills).put(request, picture)

    def get(self, request: PictureRequest) -> Picture | None:
        """The picture for `request`, or one of equal pixels that was decoded for another box; counts as a use of it."""
        pictures = self._frames if request.frame else self._stills
        held = pictures.cache.get(request) or self._thumbnails.cache.get(request)
        if held is not None or request.region is not None:
            return held
        for other, picture in pictures.of(request.path):
            if other[2:] == request[2:] and _scale(picture, other.box) == _scale(picture, request.box):
                return pictures.cache.get(other)
        return None

    def best(self, path: str) -> Picture | None:
        """The largest whole picture of this file, thumbnails included; of an animation its first frame."""
        held = [picture for pictures in (self._stills, self._thumbnails) for request, picture in pictures.of(path)
                if request.region is None]
        return max(held, key=lambda picture: picture.image.width() * picture.image.height(), default=None)

    def identity(self, path: str) -> Identity | None:
        """Which version of this file is held; None where nothing is held of it."""
        held = (picture for pictures in self._all for _, picture in pictures.of(path))
        return next((picture.identity for picture in held), None)

    def forget(self, path: str) -> None:
        """Drop all pictures of one file."""
        for pictures in self._all:
            pictures.forget(path)

    def clear(self) -> None:
        """Drop all pictures."""
        for pictures in self._all:
            pictures.clear()

    def set_budgets(self, pictures_bytes: int, thumbnails_bytes: int) -> None:
        """Hold at most so many bytes of pictures (stills and frames) and of thumbnails from now on."""
        self._stills.set_budget(stills_share(pictures_bytes))
        self._frames.set_budget(pictures_bytes - stills_share(pictures_bytes))
        self._thumbnails.set_budget(thumbnails_bytes)


def _scale(picture: Picture, box: Box) -> float:
    """The factor by which the picture is reduced when it is fitted into `box`."""
    return min(1.0, box.width / picture.source.width, box.height / picture.source.height)


class _ByFile:
    """An LRU cache of pictures with an index by file."""

    def __init__(self, budget: int) -> None:
        self.cache: ByteLru[PictureRequest, Picture] = ByteLru(budget)
        self._of: dict[str, set[PictureRequest]] = {}

    def put(self, request: PictureRequest, picture: Picture) -> None:
        self._of.setdefault(request.path, set()).add(request)
        self._unindex(self.cache.put(request, picture, picture.nbytes))

    def of(self, path: str) -> Iterator[tuple[PictureRequest, Picture]]:
        for request in self._of.get(path, ()):
            picture = self.cache.peek(request)
            if picture is not None:
                yield request, picture

    def forget(self, path: str) -> None:
        for request in self._of.pop(path, ()):
            self.cache.discard(request)

    def clear(self) -> None:
        self.cache.clear()
        self._of.clear()

    def set_budget(self, budget: int) -> None:
        self._unindex(self.cache.set_budget(budget))

    def _unindex(self, requests: tuple[PictureRequest, ...]) -> None:
        for request in requests:
            same = self._of[request.path]
            same.discard(request)
            if not same:
                del self._of[request.path]
