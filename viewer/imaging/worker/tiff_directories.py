"""Directories of a TIFF and of what is built like one, such as camera raw: a reader for files that may lie.

By TIFF 6.0, section 2. Every offset, size and count is held against the file, each directory is read once, and their
number is limited, so that no chain of them is endless. Nothing is imported but the standard library.
"""

from __future__ import annotations

import struct
from collections import deque
from typing import IO, TYPE_CHECKING, Final, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterator

_SIZES: Final = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 13: 4}
"""Bytes of one value by its type; floating point is used by no tag that matters here."""

_NUMBERS: Final = {1: "B", 3: "H", 4: "I", 8: "h", 9: "i", 13: "I"}
_LONGEST_DIRECTORY: Final = 1000
"""Entries."""

MOST_DIRECTORIES: Final = 40
_MOST_NUMBERS: Final = 64
"""Numbers of one entry that are read."""

NEXT: Final = -1
"""Key of a directory's successor in the chain of pages, among its tags."""


class Entry(NamedTuple):
    """A tag's value: its type, how many there are, and where in the file they begin."""

    kind: int
    number: int
    at: int

    @property
    def nbytes(self) -> int:
        """How many bytes it takes, 0 for types that are not read."""
        return _SIZES.get(self.kind, 0) * self.number


Directory: TypeAlias = "dict[int, Entry]"


class TiffReader:
    """Reads the directories of `file`, whose offsets count from `base`, in byte order `order` ("<" or ">")."""

    def __init__(self, file: IO[bytes], order: str, base: int = 0, *, size: int) -> None:
        """`size` is that of the whole file in bytes."""
        self.file, self.order, self.base, self.size = file, order, base, size

    def first_directory(self) -> int:
        """Where the first directory is said to be."""
        return self._unpacked("I", self.base + 4)[0] + self.base

    def branch(self, directory: Directory, tag: int) -> Directory:
        """The directory that a tag leads to; none where it leads to none."""
        at = self.number(directory, tag)
        return self.directory(self.base + at) if at else {}

    def walk(self, first: int, branches: tuple[int, ...]) -> Iterator[Directory]:
        """The directories of the chain that begins at `first`, and of all that the tags in `branches` lead to."""
        waiting, seen = deque([first]), set[int]()
        while waiting and len(seen) < MOST_DIRECTORIES:
            at = waiting.popleft()
            if at in seen:
                continue
            seen.add(at)
            found = self.directory(at)
            yield found
            for tag in (NEXT, *branches):
                waiting.extend(self.base + offset for offset in self.numbers(found, tag) if offset)

    def directory(self, at: int) -> Directory:
        """The entries of the directory at `at` by their tags, as far as they lie in the file; none where it is none."""
        count = self._unpacked("H", at)[0]
        if not 0 < count <= _LONGEST_DIRECTORY:
            return {}
        self.file.seek(at + 2)
        body = self.file.read(12 * count)
        found: Directory = {}
        for place in range(0, len(body) - 11, 12):
            tag, kind, values = struct.unpack_from(self.order + "HHI", body, place)
            entry = Entry(kind, values, at + 2 + place + 8)
            if entry.nbytes > 4:
                entry = entry._replace(at=self.base + struct.unpack_from(self.order + "I", body, place + 8)[0])
            if entry.nbytes and entry.at + entry.nbytes <= self.size:
                found.setdefault(tag, entry)
        if len(body) == 12 * count:
            found[NEXT] = Entry(4, 1, at + 2 + len(body))
        return found

    def numbers(self, directory: Directory, tag: int) -> tuple[int, ...]:
        """The first numbers of a tag; none where it has none."""
        entry = directory.get(tag)
        if entry is None or entry.kind not in _NUMBERS:
            return ()
        return self._unpacked(f"{min(entry.number, _MOST_NUMBERS)}{_NUMBERS[entry.kind]}", entry.at)

    def number(self, directory: Directory, tag: int, default: int = 0) -> int:
        """The first number of a tag, or `default`."""
        return next(iter(self.numbers(directory, tag)), default)

    def content(self, directory: Directory, tag: int, most: int) -> bytes:
        """The bytes of a tag, `most` of them."""
        entry = directory.get(tag)
        if entry is None:
            return b""
        self.file.seek(entry.at)
        return self.file.read(min(entry.nbytes, most))

    def _unpacked(self, layout: str, at: int) -> tuple[int, ...]:
        """Numbers at `at`; zeros where the file ends before them."""
        layout = self.order + layout
        size = struct.calcsize(layout)
        if at < 0 or at + size > self.size:
            return tuple(struct.unpack(layout, bytes(size)))
        self.file.seek(at)
        return tuple(struct.unpack(layout, self.file.read(size).ljust(size, b"\0")))
