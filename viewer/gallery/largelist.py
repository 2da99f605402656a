"""The slides of a large manifest, each read when it is looked at: a hundred thousand are opened as soon as eleven.

Only what decides how many slides there are is looked at for all of them at once: that each is an object with a plain
relative file. Where anything at all is odd about that, the list is not read in this way. What else may be wrong with a
slide is left out when it is read, as always, and told by `proofread`, for which there is time later.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from typing import Any, Final, NamedTuple, TypeAlias, TypeVar, overload

import msgspec

from viewer.gallery.paths import LONGEST_PATH
from viewer.gallery.slides import Problem, Slide
from viewer.gallery.wording import Spot, described

LARGE: Final = 2000
"""Slides from which on a list is read in this way; so many take 15 ms to read whole."""

_KEPT: Final = 400
"""Slides that are kept once they were read: what is looked at is looked at again and again."""

_AT_A_TIME: Final = 10_000
"""Entries that are decoded in one go: one to two milliseconds' worth."""

Reader: TypeAlias = Callable[[Any, int, list[Problem]], Slide | None]
"""Reads one raw entry with its number into a slide, and notes what is wrong with it."""


class _Named(msgspec.Struct):
    file: str


class _Known(msgspec.Struct):
    file: str
    id: str = ""


def slide_spot(problems: list[Problem], index: int) -> Spot:
    """Where the slide `index` stands in a manifest."""
    return Spot(problems, f"/slides/{index}", f"Slide {index + 1}")


def note_repeated_id(slide: Slide, index: int, places: dict[str, int], spot: Spot) -> None:
    """Say so where a slide before has the same id; `places` are those of all slides before."""
    if slide.id and places.setdefault(slide.id, index) != index:
        spot.at("id").warning(f"slide {places[slide.id] + 1} has the same “id” {described(slide.id)}; change one.")


_Entry = TypeVar("_Entry", _Named, _Known)
_NAMED: Final = msgspec.json.Decoder(list[_Named])
_KNOWN: Final = msgspec.json.Decoder(list[_Known])


class Name(NamedTuple):
    """By what a slide is recognized in another version of its gallery."""

    id: str
    file: str


class LargeList(Sequence[Slide]):
    """A sequence of slides over their raw entries; `raw` is the whole list. Made by `large_list`."""

    def __init__(self, raw: msgspec.Raw, items: list[msgspec.Raw], read: Reader) -> None:
        """`read` must make a slide of every one of `items`."""
        self._raw = raw
        self._items = items
        self._read = read
        self._kept: dict[int, Slide] = {}

    def __len__(self) -> int:
        return len(self._items)

    @overload
    def __getitem__(self, at: int) -> Slide: ...

    @overload
    def __getitem__(self, at: slice) -> tuple[Slide, ...]: ...

    def __getitem__(self, at: int | slice) -> Slide | tuple[Slide, ...]:
        if isinstance(at, slice):
            return tuple(self._slide(index, []) for index in range(*at.indices(len(self._items))))
        index = at + len(self._items) if at < 0 else at
        slide = self._kept.get(index)
        if slide is None:
            if len(self._kept) >= _KEPT:
                self._kept.clear()
            self._kept[index] = slide = self._slide(index, [])
        return slide

    def __iter__(self) -> Iterator[Slide]:
        return (self._slide(index, []) for index in range(len(self._items)))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, LargeList) and bytes(self._raw) == bytes(other._raw)

    def __hash__(self) -> int:
        return hash(len(self._items))

    def names(self) -> list[Name]:
        """What all slides are recognized by, without reading the rest of them."""
        try:
            return [Name(one.id, one.file) for one in _in_slices(self._items, _KNOWN)]
        except msgspec.DecodeError:  # an id that is none
            return [Name(slide.id, slide.file) for slide in self]

    def proofread(self, at_a_time: int) -> Iterator[list[Problem]]:
        """What is wrong with the first so many slides, with the next, and so on to the last."""
        places: dict[str, int] = {}
        for begin in range(0, len(self._items), at_a_time):
            problems: list[Problem] = []
            for index in range(begin, min(begin + at_a_time, len(self._items))):
                note_repeated_id(self._slide(index, problems), index, places, slide_spot(problems, index))
            yield problems

    def _slide(self, index: int, problems: list[Problem]) -> Slide:
        slide = self._read(self._items[index], index, problems)
        assert slide is not None, "its file was looked at before"
        return slide


def large_list(raw: object, items: list[Any], read: Reader) -> LargeList | None:
    """The slides in the list `raw` with its `items`; None where it is small, or not plain, and is to be read whole."""
    if len(items) < LARGE or not isinstance(raw, msgspec.Raw):
        return None
    try:
        files = [named.file for named in _in_slices(items, _NAMED)]
        lines = "\n/".join(files)
        os.fsencode(lines)
    except (msgspec.DecodeError, UnicodeEncodeError):
        return None
    odd = lines.startswith("/") or "\n//" in lines or any(lines.count(part) != count for part, count in (
        (":", 0), ("\\", 0), ("..", 0), ("\0", 0), ("\n", len(files) - 1)))
    if odd or not all(map(str.strip, files)) or max(map(len, files)) > LONGEST_PATH:
        return None
    return LargeList(raw, items, read)


def _in_slices(items: list[msgspec.Raw], decoder: msgspec.json.Decoder[list[_Entry]]) -> Iterator[_Entry]:
    """All of `items`, decoded so many at a time that another thread, the window's, never waits long for its turn."""
    for at in range(0, len(items), _AT_A_TIME):
        yield from decoder.decode(b"[" + b",".join(items[at : at + _AT_A_TIME]) + b"]")


def names_of(slides: Sequence[Slide]) -> list[Name]:
    """What `slides` are recognized by."""
    return slides.names() if isinstance(slides, LargeList) else [Name(slide.id, slide.file) for slide in slides]
