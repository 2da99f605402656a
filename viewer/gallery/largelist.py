"""The slides of a large manifest, each read when it is looked at: a hundred thousand are opened as soon as eleven.

Only what decides how many slides there are is looked at for all of them at once: that each is an object with a plain
relative file. Where anything at all is odd about that, the list is not read in this way. What else may be wrong with a
slide is left out when it is read, as always, and told by `proofread`, for which there is time later. What has been
proofread is packed: the text of such a gallery takes ten times as much memory as a picture does otherwise.
"""

from __future__ import annotations

import operator
import os
import zlib
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

BLOCK: Final = 100
"""Slides that are proofread, packed and unpacked together: 1 to 2 milliseconds' worth."""

_QUICKLY: Final = 1
"""How hard it is tried to make the text of a block smaller (zlib: 1 to 9)."""

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
_ITEMS: Final = msgspec.json.Decoder(list[msgspec.Raw])


class Name(NamedTuple):
    """By what a slide is recognized in another version of its gallery."""

    id: str
    file: str


class LargeList(Sequence[Slide]):
    """A sequence of slides over their raw entries. Made by `large_list`."""

    def __init__(self, items: list[msgspec.Raw], read: Reader) -> None:
        """`read` must make a slide of every one of `items`."""
        self._count = len(items)
        self._blocks: list[list[msgspec.Raw] | bytes] = [items[at : at + BLOCK] for at in range(0, len(items), BLOCK)]
        self._unpacked: tuple[int, list[msgspec.Raw]] = (-1, [])
        self._read = read
        self._kept: dict[int, Slide] = {}

    def __len__(self) -> int:
        return self._count

    @overload
    def __getitem__(self, at: int) -> Slide: ...

    @overload
    def __getitem__(self, at: slice) -> tuple[Slide, ...]: ...

    def __getitem__(self, at: int | slice) -> Slide | tuple[Slide, ...]:
        if isinstance(at, slice):
            return tuple(self._slide(index, []) for index in range(*at.indices(self._count)))
        index = at + self._count if at < 0 else at
        slide = self._kept.get(index)
        if slide is None:
            if len(self._kept) >= _KEPT:
                self._kept.clear()
            self._kept[index] = slide = self._slide(index, [])
        return slide

    def __iter__(self) -> Iterator[Slide]:
        return (self._slide(index, []) for index in range(self._count))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, LargeList) and len(other) == len(self) and all(map(operator.eq, self, other))

    def __hash__(self) -> int:
        return hash(self._count)

    def names(self) -> list[Name]:
        """What all slides are recognized by, without reading the rest of them."""
        try:
            return [Name(one.id, one.file) for number in range(len(self._blocks))
                    for one in _KNOWN.decode(self._text(number))]
        except msgspec.DecodeError:  # an id that is none
            return [Name(slide.id, slide.file) for slide in self]

    def proofread(self) -> Iterator[list[Problem]]:
        """What is wrong with the first `BLOCK` slides, with the next, and so on to the last; packs them on the way."""
        places: dict[str, int] = {}
        for number in range(len(self._blocks)):
            problems: list[Problem] = []
            for index in range(number * BLOCK, min((number + 1) * BLOCK, self._count)):
                note_repeated_id(self._slide(index, problems), index, places, slide_spot(problems, index))
            self._blocks[number] = zlib.compress(self._text(number), _QUICKLY)
            yield problems

    def _slide(self, index: int, problems: list[Problem]) -> Slide:
        if not 0 <= index < self._count:
            raise IndexError("there is no such slide")
        number, place = divmod(index, BLOCK)
        slide = self._read(self._block(number)[place], index, problems)
        assert slide is not None, "its file was looked at before"
        return slide

    def _block(self, number: int) -> list[msgspec.Raw]:
        block = self._blocks[number]
        if isinstance(block, list):
            return block
        if self._unpacked[0] != number:
            self._unpacked = (number, _ITEMS.decode(zlib.decompress(block)))
        return self._unpacked[1]

    def _text(self, number: int) -> bytes:
        """A block as a list in JSON."""
        block = self._blocks[number]
        return _list_of(block) if isinstance(block, list) else zlib.decompress(block)


def large_list(items: list[Any], read: Reader) -> LargeList | None:
    """The slides in a list with these `items`; None where it is small, or not plain, and is to be read whole."""
    if len(items) < LARGE or not isinstance(items[0], msgspec.Raw):
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
    return LargeList(items, read)


def _in_slices(items: list[msgspec.Raw], decoder: msgspec.json.Decoder[list[_Entry]]) -> Iterator[_Entry]:
    """All of `items`, decoded so many at a time that another thread, the window's, never waits long for its turn."""
    for at in range(0, len(items), _AT_A_TIME):
        yield from decoder.decode(_list_of(items[at : at + _AT_A_TIME]))


def _list_of(items: list[msgspec.Raw]) -> bytes:
    return b"[" + b",".join(items) + b"]"


def names_of(slides: Sequence[Slide]) -> list[Name]:
    """What `slides` are recognized by."""
    return slides.names() if isinstance(slides, LargeList) else [Name(slide.id, slide.file) for slide in slides]
