"""The slides of a large gallery, each read when it is looked at: a hundred thousand are opened as soon as eleven.

Only what decides how many slides there are is looked at for all of them at once: that each is an object with a plain
relative file. Where anything at all is odd about that, the list is not read in this way. What else may be wrong with a
slide is left out when it is read, as always, and told by `validate`, for which there is time later. The text of such
a gallery takes ten times as much memory as a picture does otherwise: `pack` makes it small.

A list is never taken apart as a whole: while that goes on no other thread, the window's neither, gets its turn.
"""

from __future__ import annotations

import operator
import os
import re
import zlib
from abc import abstractmethod
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, Final, NamedTuple, TypeAlias, overload

import msgspec

from viewer.gallery.model import Problem, Slide
from viewer.gallery.paths import LONGEST_PATH
from viewer.gallery.problems import Reporter, described

LAZY_FROM: Final = 2000
"""Slides from which on a list is read in this way; so many take 15 ms to read whole."""

_KEPT: Final = 400
"""Slides that are kept once they were read: what is looked at is looked at again and again."""

BATCH: Final = 100
"""Slides that are validate together: 1 to 2 milliseconds' worth."""

CHUNK_BYTES: Final = 24_000
"""Bytes of text that are read, packed and unpacked together, as soon as a slide ends after them: 0.1 milliseconds'."""

_SHORTEST_ENTRY: Final = len('{"file":"a"},')
_QUICKLY: Final = 1
"""How hard it is tried to make the text of a piece smaller (zlib: 1 to 9)."""

_MOST_TRIES: Final = 64
"""Places between two objects that are tried until one of them is between two slides, and not within one."""

_BETWEEN: Final = re.compile(rb"\}\s*(,)\s*\{")

SlideParser: TypeAlias = Callable[[Any, int, list[Problem]], Slide | None]
"""Reads one raw entry with its number into a slide, and notes what is wrong with it."""


class _Named(msgspec.Struct, gc=False):
    file: str


class _Known(msgspec.Struct, gc=False):
    file: str
    id: Any = ""


class _Piece(NamedTuple):
    """The text of some slides, as it stands in the file or packed."""

    text: memoryview | bytes
    packed: bool = False

    def as_list(self) -> bytes:
        """A list of these slides, in JSON."""
        return b"".join((b"[", zlib.decompress(self.text) if self.packed else self.text, b"]"))


def slide_reporter(problems: list[Problem], index: int) -> Reporter:
    """Where the slide `index` stands in a manifest."""
    return Reporter(problems, f"/slides/{index}", f"Slide {index + 1}")


def report_repeated_id(slide: Slide, index: int, places: dict[str, int], reporter: Reporter) -> None:
    """Say so where a slide before has the same id; `places` are those of all slides before."""
    if slide.id and places.setdefault(slide.id, index) != index:
        reporter.at("id").warning(f"slide {places[slide.id] + 1} has the same “id” {described(slide.id)}; change one.")


_NAMED: Final = msgspec.json.Decoder(list[_Named])
_KNOWN: Final = msgspec.json.Decoder(list[_Known])
_ITEMS: Final = msgspec.json.Decoder(list[msgspec.Raw])


class Identities(NamedTuple):
    """By what slides are recognized in another version of their gallery, one after the other."""

    ids: list[str]
    files: list[str]


class LazySlides(Sequence[Slide]):
    """A sequence of `count` slides that are made when they are looked at; each has a plain relative file."""

    def __init__(self, count: int) -> None:
        self._count = count
        self._kept: dict[int, Slide] = {}

    def __len__(self) -> int:
        return self._count

    @overload
    def __getitem__(self, at: int) -> Slide: ...

    @overload
    def __getitem__(self, at: slice) -> tuple[Slide, ...]: ...

    def __getitem__(self, at: int | slice) -> Slide | tuple[Slide, ...]:
        if isinstance(at, slice):
            return tuple(map(self._slide, range(*at.indices(self._count))))
        index = at + self._count if at < 0 else at
        slide = self._kept.get(index)
        if slide is None:
            if not 0 <= index < self._count:
                raise IndexError("there is no such slide")
            if len(self._kept) >= _KEPT:
                self._kept.clear()
            self._kept[index] = slide = self._slide(index)
        return slide

    def __iter__(self) -> Iterator[Slide]:
        return map(self._slide, range(self._count))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, LazySlides) and len(other) == len(self) and all(map(operator.eq, self, other))

    def __hash__(self) -> int:
        return hash(self._count)

    @abstractmethod
    def identities(self) -> Identities:
        """What all slides are recognized by, without reading the rest of them."""

    @abstractmethod
    def _slide(self, index: int) -> Slide: ...


class JsonSlides(LazySlides):
    """The slides of a manifest over their text. Made by `parse_lazily`."""

    def __init__(self, pieces: list[_Piece], starts: list[int], count: int, read: SlideParser) -> None:
        """`starts` tells the first slide of each piece; `read` must make a slide of every entry."""
        super().__init__(count)
        self._pieces = pieces
        self._starts = starts
        self._read = read
        self._unpacked: tuple[int, list[msgspec.Raw]] = (-1, [])

    def identities(self) -> Identities:
        """What all slides are recognized by, without reading the rest of them."""
        names = Identities([], [])
        for piece in self._pieces:
            for index, known in enumerate(_KNOWN.decode(piece.as_list()), len(names.files)):
                # An id that is no string, or holds what is cleaned away, is left to the reader of its slide.
                plain = isinstance(known.id, str) and known.id.isprintable()
                names.ids.append(known.id if plain else self._slide(index).id)
                names.files.append(known.file)
        return names

    def text(self) -> bytes:
        """The slides as the list in JSON that they were read from."""
        return b"[%b]" % b",".join(piece.as_list()[1:-1] for piece in self._pieces)

    def replaced(self, index: int, entry: bytes) -> JsonSlides:
        """The same slides but for that at `index`, which is `entry` in JSON; all other text stays as it is.

        The entry must be an object with a plain relative file, such as that of the slide that was there.
        """
        number = bisect_right(self._starts, index) - 1
        text = self._pieces[number].as_list()[1:-1]
        start = end = 0
        for item in _ITEMS.decode(b"[%b]" % text)[: index - self._starts[number] + 1]:
            start = text.index(bytes(item), end)  # nothing but a comma and white space stands between two
            end = start + len(bytes(item))
        pieces = self._pieces.copy()
        pieces[number] = _Piece(b"".join((text[:start], entry, text[end:])))
        return JsonSlides(pieces, self._starts, self._count, self._read)

    def compress(self) -> Iterator[None]:
        """Make the text small, a piece at a time: 0.2 milliseconds' worth."""
        for number, piece in enumerate(self._pieces):
            if not piece.packed:
                self._pieces[number] = _Piece(zlib.compress(piece.text, _QUICKLY), packed=True)
            yield

    def validate(self) -> Iterator[list[Problem]]:
        """What is wrong with the first `BATCH` slides, with the next, and so on to the last."""
        places: dict[str, int] = {}
        for start in range(0, self._count, BATCH):
            problems: list[Problem] = []
            for index in range(start, min(start + BATCH, self._count)):
                report_repeated_id(self._judge(index, problems), index, places, slide_reporter(problems, index))
            yield problems

    def piece_of(self, index: int) -> tuple[int, int]:
        """The number of the piece of text that the slide `index` stands in, and the index of the first slide in it."""
        number = bisect_right(self._starts, index) - 1
        return number, self._starts[number]

    def piece_text(self, number: int) -> bytes:
        """The slides in a piece of text, as a list in JSON."""
        return self._pieces[number].as_list()

    def _slide(self, index: int) -> Slide:
        return self._judge(index, [])

    def _judge(self, index: int, problems: list[Problem]) -> Slide:
        number = bisect_right(self._starts, index) - 1
        unpacked, items = self._unpacked  # another thread may look at other slides meanwhile
        if unpacked != number:
            items = _ITEMS.decode(self._pieces[number].as_list())
            self._unpacked = (number, items)
        slide = self._read(items[index - self._starts[number]], index, problems)
        assert slide is not None, "its file was looked at before"
        return slide


def parse_lazily(raw: object, read: SlideParser) -> JsonSlides | None:
    """The slides in the JSON list `raw`; None where it is small, or not plain, and is to be read whole."""
    if not isinstance(raw, msgspec.Raw):
        return None
    text = memoryview(raw)
    if len(text) < LAZY_FROM * _SHORTEST_ENTRY or text[0] != ord("["):
        return None
    pieces: list[_Piece] = []
    starts: list[int] = []
    at, end, count = 1, len(text) - 1, 0
    while at < end:
        found = _next_piece(text, at, end)
        if found is None or not _are_plain(found[1]):
            return None
        piece, files, at = found
        pieces.append(piece)
        starts.append(count)
        count += len(files)
    return None if count < LAZY_FROM else JsonSlides(pieces, starts, count, read)


def _next_piece(text: memoryview, at: int, end: int) -> tuple[_Piece, list[str], int] | None:
    """Some slides from `at` on, their files, and where those after them begin; None where a slide is none.

    Where one ends is guessed, and the guess then tried: what begins with a slide and can be read as a list ends with
    one. A guess within a caption or an unknown key leaves half a slide, which is no JSON.
    """
    place = at + CHUNK_BYTES
    for _try in range(_MOST_TRIES):
        gap = _BETWEEN.search(text, place, end) if place < end else None
        stop, following = (end, end) if gap is None else (gap.start() + 1, gap.end(1))
        piece = _Piece(text[at:stop])
        try:
            return piece, [named.file for named in _NAMED.decode(piece.as_list())], following
        except msgspec.ValidationError:
            return None
        except msgspec.DecodeError:
            place = following
    return None


def _are_plain(files: list[str]) -> bool:
    """Whether all files are plain relative ones, as nearly all files are."""
    lines = "\n/".join(files)
    try:
        os.fsencode(lines)
    except UnicodeEncodeError:
        return False
    odd = lines.startswith("/") or "\n//" in lines or any(lines.count(part) != count for part, count in (
        (":", 0), ("\\", 0), ("..", 0), ("\0", 0), ("\n", len(files) - 1)))
    return not odd and all(map(str.strip, files)) and max(map(len, files)) <= LONGEST_PATH


def identities_of(slides: Sequence[Slide]) -> Identities:
    """What `slides` are recognized by."""
    return slides.identities() if isinstance(slides, LazySlides) else _names_in(slides)


def _names_in(slides: Iterable[Slide]) -> Identities:
    names = Identities([], [])
    for slide in slides:
        names.ids.append(slide.id)
        names.files.append(slide.file)
    return names
