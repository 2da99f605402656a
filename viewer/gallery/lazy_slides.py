"""Lazily parsed slide sequences, for galleries of up to a hundred thousand slides.

Such a gallery opens as soon as one of eleven slides, because each slide is parsed on access. What identifies slides,
their ids and files, can be read for all of them at once without parsing the rest.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final, NamedTuple, overload

from viewer.gallery.model import Slide

if TYPE_CHECKING:
    import datetime as dt

    from viewer.gallery.validity import Validity

LAZY_FROM: Final = 2000  # slides from which on a gallery is parsed lazily; parsing so many at once takes 15 ms
BATCH: Final = 100  # slides that are validated in one step, which takes 1 to 2 ms
_CACHED: Final = 400  # parsed slides that are kept; the cache is emptied when it is full


class Identities(NamedTuple):
    """The ids and files of all slides of a gallery, in order: what identifies them in another version of it."""

    ids: list[str]
    files: list[str]


class LazySlides(Sequence[Slide]):
    """A sequence of `count` slides that are parsed on access; each has a plain relative file."""

    def __init__(self, count: int) -> None:
        self._count = count
        self._cache: dict[int, Slide] = {}

    def __len__(self) -> int:
        return self._count

    @overload
    def __getitem__(self, at: int) -> Slide: ...

    @overload
    def __getitem__(self, at: slice) -> tuple[Slide, ...]: ...

    def __getitem__(self, at: int | slice) -> Slide | tuple[Slide, ...]:
        index = range(self._count)[at]
        if isinstance(index, range):
            return tuple(map(self._parse, index))
        slide = self._cache.get(index)
        if slide is None:
            if len(self._cache) >= _CACHED:
                self._cache.clear()
            self._cache[index] = slide = self._parse(index)
        return slide

    def __iter__(self) -> Iterator[Slide]:
        return map(self._parse, range(self._count))

    @abstractmethod
    def identities(self) -> Identities:
        """The ids and files of all slides."""

    def quick_validity(self, _index: int) -> Validity | None:
        """When a slide may be shown, where that is known without parsing it; else None."""
        return None

    @abstractmethod
    def _parse(self, index: int) -> Slide: ...


def identities_of(slides: Sequence[Slide]) -> Identities:
    """The ids and files of `slides`, which are not parsed for this."""
    if isinstance(slides, LazySlides):
        return slides.identities()
    return Identities([slide.id for slide in slides], [slide.file for slide in slides])


def is_valid_at(slides: Sequence[Slide], index: int, moment: dt.datetime) -> bool:
    """Whether the slide `index` may be shown at `moment`. Of many that may not hardly any is parsed."""
    if isinstance(slides, LazySlides) and (quick := slides.quick_validity(index)) and not quick.covers(moment):
        return False
    valid = slides[index].valid
    return valid is None or valid.covers(moment)
