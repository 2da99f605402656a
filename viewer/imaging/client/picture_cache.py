"""Cache of decoded pictures, looked up by request or by file, and the memory that it takes.

How many pictures of the viewport's size are cached, and what that takes, is one rule for cache and prefetch.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from viewer.imaging.client.lru import ByteLru

if TYPE_CHECKING:
    from collections.abc import Iterator

    from viewer.imaging.client.picture import Picture, PictureRequest
    from viewer.imaging.protocol.messages import Box, Identity, Kind

_PICTURES_KEPT: Final = 10
"""The current slide, three neighbours, those just left, and a quarter of all for the frames of animations."""

_LEAST_BYTES: Final = 32 << 20
"""The cache may grow to this however small the viewport is."""


def pictures_budget(viewport: Box, limit: int) -> int:
    """Bytes to cache of pictures that fill `viewport` (device pixels), `limit` being the most that is allowed."""
    return min(limit, max(_PICTURES_KEPT * _bytes_of(viewport), _LEAST_BYTES))


def neighbours_that_fit(viewport: Box, limit: int) -> int:
    """How many pictures can be cached beside the current one, which the view holds in any case; one at least."""
    return max(1, _stills_share(pictures_budget(viewport, limit)) // _bytes_of(viewport))


def _stills_share(budget: int) -> int:
    """The part of a budget for pictures, in bytes, that is for stills; the rest is for later frames of animations."""
    return budget - budget // 4


def _bytes_of(viewport: Box) -> int:
    return max(1, viewport.width * viewport.height) * 4


class PictureCache:
    """Three LRU caches, each with a budget in bytes of its own, so that none evicts what another holds.

    Stills, thumbnails, and the later frames of animations: an animation may be longer than any budget, and the
    neighbours of a slide are worth more than its frames. Of each file one version is held (see `identity`).
    """

    def __init__(self, pictures_bytes: int, thumbnails_bytes: int) -> None:
        self._stills = _ByFile(_stills_share(pictures_bytes))
        self._frames = _ByFile(pictures_bytes - _stills_share(pictures_bytes))
        self._thumbnails = _ByFile(thumbnails_bytes)
        self._all = self._stills, self._frames, self._thumbnails

    def put(self, kind: Kind, request: PictureRequest, picture: Picture) -> None:
        """Keep what was decoded for `request`, unless it is a region that would evict most of the rest."""
        if kind == "thumbnail":
            self._thumbnails.add(request, picture)
        elif request.region is None or 3 * picture.nbytes <= 2 * self._stills.budget:
            (self._frames if request.frame else self._stills).add(request, picture)

    def get(self, request: PictureRequest) -> Picture | None:
        """The picture for `request`, or one of equal pixels that was decoded for another box; counts as a use of it."""
        pictures = self._frames if request.frame else self._stills
        held = pictures.get(request) or self._thumbnails.get(request)
        if held is not None or request.region is not None:
            return held
        for other, picture in pictures.of(request.path):
            if other[2:] == request[2:] and _scale(picture, other.box) == _scale(picture, request.box):
                return pictures.get(other)
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
        self._stills.set_budget(_stills_share(pictures_bytes))
        self._frames.set_budget(pictures_bytes - _stills_share(pictures_bytes))
        self._thumbnails.set_budget(thumbnails_bytes)


def _scale(picture: Picture, box: Box) -> float:
    """The factor by which the picture is reduced when it is fitted into `box`."""
    return min(1.0, box.width / picture.source.width, box.height / picture.source.height)


class _ByFile(ByteLru["PictureRequest", "Picture"]):
    """An LRU cache of pictures with an index by file."""

    def __init__(self, budget: int) -> None:
        super().__init__(budget)
        self._of: dict[str, set[PictureRequest]] = {}

    def add(self, request: PictureRequest, picture: Picture) -> None:
        self._of.setdefault(request.path, set()).add(request)
        self.put(request, picture, picture.nbytes)

    def of(self, path: str) -> Iterator[tuple[PictureRequest, Picture]]:
        for request in self._of.get(path, ()):
            picture = self.peek(request)
            if picture is not None:
                yield request, picture

    def forget(self, path: str) -> None:
        for request in self._of.pop(path, ()):
            self.discard(request)

    def clear(self) -> None:
        super().clear()
        self._of.clear()

    def _shrink(self) -> tuple[PictureRequest, ...]:
        gone = super()._shrink()
        for request in gone:
            same = self._of[request.path]
            same.discard(request)
            if not same:
                del self._of[request.path]
        return gone
