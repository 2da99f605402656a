"""The slides of a large manifest, lazily parsed from their JSON text.

Opening checks only what decides how many slides there are: that each entry is an object with a plain relative file.
Where one is not, the list is parsed at once instead. Other values that cannot be used are left out when a slide is
parsed, as always, and reported by `JsonSlides.validate`, which goes through all slides later, in small steps. The text
of such a gallery takes ten times the memory of a decoded picture; `JsonSlides.compress` reduces it.

The text is worked on in pieces of 24,000 bytes, because one call of msgspec or zlib keeps the global interpreter lock,
and the window's thread waiting, until it returns.
"""

from __future__ import annotations

import re
import zlib
from bisect import bisect_right
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeAlias

import msgspec

from viewer.gallery.formats.lenient_json import read_value, too_deep
from viewer.gallery.lazy_slides import BATCH, LAZY_FROM, Identities, LazySlides
from viewer.gallery.model import Problem, Slide
from viewer.gallery.paths import LONGEST_PATH, is_encodable
from viewer.gallery.problems import report_repeated_id, slide_reporter

if TYPE_CHECKING:
    from viewer.gallery.validity import Validity

# Least size of a piece of text, which ends with a slide; parsing or compressing one takes 0.1 to 0.2 ms.
PIECE_BYTES: Final = 24_000
_SHORTEST_ENTRY: Final = len('{"file":"a"},')
# Places between two objects that are tried as the end of a piece; a place may also lie within a slide.
_MOST_TRIES: Final = 64
# Nested in each other, they can be parsed wherever the window's thread is; Python 3.11 allows some 900.
_SAFE_BRACKETS: Final = 400
_BETWEEN: Final = re.compile(rb"\}\s*(,)\s*\{")

# Parses a raw JSON entry with its index into a slide, and adds what is wrong with it to the list.
SlideParser: TypeAlias = Callable[[Any, int, list[Problem]], Slide | None]


class _File(msgspec.Struct, gc=False):
    file: str


class _Identity(_File, gc=False):
    id: Any = ""


class _Dated(msgspec.Struct, gc=False):
    valid: msgspec.Raw = msgspec.Raw()


_FILES: Final = msgspec.json.Decoder(list[_File])
_IDENTITIES: Final = msgspec.json.Decoder(list[_Identity])
_DATED: Final = msgspec.json.Decoder(list[_Dated])
_ENTRIES: Final = msgspec.json.Decoder(list[msgspec.Raw])


class _Piece(NamedTuple):
    """The text of some consecutive entries without the list's brackets, as in the file or compressed."""

    text: memoryview | bytes
    compressed: bool = False

    def as_list(self) -> bytes:
        return b"".join((b"[", zlib.decompress(self.text) if self.compressed else self.text, b"]"))


class JsonSlides(LazySlides):
    """Slides over the JSON text of a manifest's list. Made by `parse_lazily`."""

    def __init__(self, pieces: list[_Piece], starts: list[int], count: int, parser: SlideParser) -> None:
        """`starts` are the indices of the first slides of the pieces; `parser` must make a slide of every entry."""
        super().__init__(count)
        self._pieces = pieces
        self._starts = starts
        self._parser = parser
        self._entries: tuple[int, list[msgspec.Raw]] = (-1, [])
        self._dates: dict[int, dict[int, bytes]] = {}
        self._validities: dict[bytes, Validity | None] = {}

    def identities(self) -> Identities:
        """The ids and files of all slides; 50 ms for a hundred thousand."""
        ids: list[str] = []
        files: list[str] = []
        for piece in self._pieces:
            for index, known in enumerate(_IDENTITIES.decode(piece.as_list()), len(files)):
                # An id that is no string, or holds what parsing removes, is left to the parser.
                plain = isinstance(known.id, str) and known.id.isprintable()
                ids.append(known.id if plain else self._parse(index).id)
                files.append(known.file)
        return Identities(ids, files)

    def text_parts(self) -> Iterator[bytes]:
        """The list in JSON as it was read, in parts."""
        for number, piece in enumerate(self._pieces):
            yield (b"," if number else b"[") + piece.as_list()[1:-1]
        yield b"]"

    def replaced(self, index: int, entry: bytes) -> JsonSlides:
        """A copy with the JSON object `entry`, which has the same file, at `index`; all other text stays as it is."""
        number, first = self._piece_of(index)
        text = self._pieces[number].as_list()[1:-1]
        start = end = 0
        for raw in _ENTRIES.decode(b"[%b]" % text)[: index - first + 1]:
            start = text.index(bytes(raw), end)  # nothing but a comma and white space stands between two
            end = start + len(bytes(raw))
        pieces = self._pieces.copy()
        pieces[number] = _Piece(b"".join((text[:start], entry, text[end:])))
        return JsonSlides(pieces, self._starts, self._count, self._parser)

    def compress(self) -> Iterator[None]:
        """Compress the text, one piece in each step."""
        for number, piece in enumerate(self._pieces):
            if not piece.compressed:
                self._pieces[number] = _Piece(zlib.compress(piece.text, 1), compressed=True)  # the fastest
            yield

    def validate(self) -> Iterator[list[Problem]]:
        """What is wrong with the slides, `BATCH` of them in each step."""
        first_with: dict[str, int] = {}
        for start in range(0, self._count, BATCH):
            problems: list[Problem] = []
            for index in range(start, min(start + BATCH, self._count)):
                slide = self._parse(index, problems)
                report_repeated_id(slide, index, first_with, slide_reporter(problems, index))
            yield problems

    def quick_validity(self, index: int) -> Validity | None:
        """When the slide `index` may be shown, without parsing it; None also where the text does not say.

        The key may be spelt with escapes. Each piece is searched once, in 0.1 ms, and slides whose `valid` has the
        same text are parsed once.
        """
        number, first = self._piece_of(index)
        if number not in self._dates:
            text = self._pieces[number].as_list()
            entries = _DATED.decode(text) if b'"valid"' in text else []
            self._dates[number] = {place: bytes(entry.valid) for place, entry in enumerate(entries) if entry.valid}
        raw = self._dates[number].get(index - first)
        if raw is None:
            return None
        if raw not in self._validities:
            self._validities[raw] = self[index].valid
        return self._validities[raw]

    def _piece_of(self, index: int) -> tuple[int, int]:
        """The number of the piece of text that the slide `index` stands in, and the index of the first slide in it."""
        number = bisect_right(self._starts, index) - 1
        return number, self._starts[number]

    def _parse(self, index: int, problems: list[Problem] | None = None) -> Slide:
        number, first = self._piece_of(index)
        parsed, entries = self._entries  # one read: another thread may look at other slides meanwhile
        if parsed != number:
            entries = _ENTRIES.decode(self._pieces[number].as_list())
            self._entries = (number, entries)
        slide = self._parser(entries[index - first], index, [] if problems is None else problems)
        assert slide is not None, "its file was checked before"
        return slide


def parse_lazily(raw: object, parser: SlideParser) -> JsonSlides | None:
    """The slides in the JSON list `raw`; None where it is short or has an odd entry, and is to be parsed at once."""
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
        if found is None:
            return None
        piece, files, at = found
        text_of_piece = piece.as_list()
        brackets = text_of_piece.count(b"{") + text_of_piece.count(b"[") - len(files)  # beside the slides' own
        # Only where there are enough of them is it looked whether parsing something later might go too deep.
        if not _are_plain(files) or (brackets > _SAFE_BRACKETS and too_deep(read_value(msgspec.Raw(text_of_piece)))):
            return None
        pieces.append(piece)
        starts.append(count)
        count += len(files)
    return None if count < LAZY_FROM else JsonSlides(pieces, starts, count, parser)


def _next_piece(text: memoryview, at: int, end: int) -> tuple[_Piece, list[str], int] | None:
    """A piece that begins at `at`, its slides' files, and where the next one begins; None where an entry is no slide.

    Its end is guessed and tried: text that begins with an entry and parses as a list ends with one. A guess within a
    caption or an unknown key cuts a slide in two, and half of one is no JSON.
    """
    place = at + PIECE_BYTES
    for _try in range(_MOST_TRIES):
        gap = _BETWEEN.search(text, place, end) if place < end else None
        stop, following = (end, end) if gap is None else (gap.start() + 1, gap.end(1))
        piece = _Piece(text[at:stop])
        try:
            return piece, [entry.file for entry in _FILES.decode(piece.as_list())], following
        except (msgspec.ValidationError, RecursionError):
            return None
        except msgspec.DecodeError:
            place = following
    return None


def _are_plain(files: list[str]) -> bool:
    """Whether all files are plain relative paths, as nearly all are."""
    lines = "\n/".join(files)
    odd = lines.startswith("/") or "\n//" in lines or any(lines.count(part) != count for part, count in (
        (":", 0), ("\\", 0), ("..", 0), ("\0", 0), ("\n", len(files) - 1)))
    return not odd and is_encodable(lines) and all(map(str.strip, files)) and max(map(len, files)) <= LONGEST_PATH
