"""A folder of pictures as a gallery, in natural sort order."""

from __future__ import annotations

import os
import re
import unicodedata
from contextlib import suppress
from itertools import islice
from typing import TYPE_CHECKING, Final, NamedTuple

from viewer.camera_raw_formats import RAW_ENDINGS
from viewer.gallery.files import why
from viewer.gallery.lazy_slides import BATCH, LAZY_FROM, Identities, LazySlides
from viewer.gallery.model import Gallery, GalleryError, Problem, Slide
from viewer.gallery.picture_formats import FORMATS
from viewer.gallery.problems import shown

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

PICTURE_SUFFIXES: Final = frozenset(f".{ending}" for endings in FORMATS.values() for ending in endings)

_DIGITS: Final = re.compile("([0-9]+)")
_MARKED: Final = re.compile("([a-z\u00df-\u024f\u0370-\u03ff])[\u0300-\u036f]+")
"""A Latin or Greek letter with its marks, decomposed; in other scripts marks make other letters, such as й."""
_OTHER_LETTERS: Final = str.maketrans(
    {"æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "ł": "l", "þ": "th", "ħ": "h", "ı": "i"})
"""Latin letters that are not decomposed, as the Unicode Collation Algorithm's default table sorts them, or nearly."""
_DIGITS_ALIKE: Final = str.maketrans("123456789", "0" * 9)
_SORTED_AT_ONCE: Final = 10_000  # names sorted in one call, which takes 2 ms; no other thread runs meanwhile


MOST_SUBFOLDERS: Final = 8  # named of a folder that has no pictures itself
MOST_COUNTED: Final = 999  # pictures in a subfolder; with one more it has "more than 999"
_LOOKED_INTO: Final = 64  # subfolders: each takes some milliseconds on a share
_LOOKED_AT: Final = 5_000  # entries in one
_MOST_NAMED: Final = 5  # formats that are not opened, of which files are counted


class Subfolder(NamedTuple):
    """A folder in another, and how many pictures it has itself, counted to `MOST_COUNTED` and one more."""

    path: Path
    pictures: int


class FolderSlides(LazySlides):
    """Slides with a file and nothing else, whose files are `names` in one folder.

    A hundred thousand take 2 MiB; as Slide objects they would take 40.
    """

    def __init__(self, names: list[str]) -> None:
        super().__init__(len(names))
        self._batches = ["\0".join(names[at : at + BATCH]) for at in range(0, len(names), BATCH)]  # no name has a NUL

    def identities(self) -> Identities:
        """The ids, all empty, and files of all slides."""
        return Identities([""] * len(self), [file for batch in self._batches for file in batch.split("\0")])

    def _parse(self, index: int) -> Slide:
        number, place = divmod(index, BATCH)
        return Slide(self._batches[number].split("\0")[place])


def has_picture_suffix(name: str) -> bool:
    """Whether a file is taken for a picture by its suffix, in capitals or not."""
    stem, dot, suffix = name.rpartition(".")
    return stem != "" and f"{dot}{suffix.lower()}" in PICTURE_SUFFIXES


def natural_sort_key(name: str) -> str:
    """Sorts photo2 before photo10 and Äpfel beside apfel, the same in every locale; ties by the letter.

    Capitals and the marks of Latin and Greek letters do not count, as in the default order of Unicode (UTS #10).
    A number is written as its count of digits and the digits, so that texts sort as numbers do: sorting texts takes a
    tenth of the time that lists take, and no other thread runs meanwhile. The name itself follows the last NUL, which
    is in no name and sorts before all other characters.
    """
    folded = name.casefold()
    if not folded.isascii():
        decomposed = unicodedata.normalize("NFD", folded)
        folded = unicodedata.normalize("NFC", _MARKED.sub(r"\1", decomposed)).translate(_OTHER_LETTERS)
    stem, dot, suffix = folded.rpartition(".")
    parts = _DIGITS.split(stem if dot else folded)
    for at in range(1, len(parts), 2):
        digits = parts[at].lstrip("0")
        parts[at] = chr(len(digits) + 1) + digits
    return f"{''.join(parts)}\0{suffix}\0{name}"


def natural_sorted(names: list[str]) -> list[str]:
    """`names` sorted by `natural_sort_key`, in a tenth of the time where all differ in their digits only."""
    if len({name.translate(_DIGITS_ALIKE) for name in names}) == 1:
        return _sorted(names)  # as many digits in the same places: the order of the letters is the order of the numbers
    return [key.rpartition("\0")[2] for key in _sorted([natural_sort_key(name) for name in names])]


def _sorted(texts: list[str]) -> list[str]:
    """`texts` in the order of their letters, sorted in parts first, so that other threads run in between."""
    merged: list[str] = []
    for at in range(0, len(texts), _SORTED_AT_ONCE):
        merged += sorted(texts[at : at + _SORTED_AT_ONCE])
    merged.sort()  # takes no longer than one of the parts did: timsort merges runs that are in order
    return merged


def read_folder(folder: Path) -> tuple[Gallery, list[Problem]]:
    """The pictures in `folder` itself, hidden files aside; raises GalleryError.

    Slides have a file and nothing else: what a picture is called may be in its file, or in one beside it.
    """
    others: list[os.DirEntry[str]] = []
    try:
        with os.scandir(folder) as entries:
            names = natural_sorted(_pictures(entries, others))
    except (OSError, ValueError) as error:  # ValueError: a NUL in the path
        raise GalleryError(f"The folder {shown(folder)} cannot be opened: {why(error)}.") from error
    problems = []
    if passed_over := _passed_over(others):
        problems.append(Problem("", "warning" if names else "error", passed_over))
    elif not names:
        problems.append(Problem("", "warning", f"There are no pictures in the folder {shown(folder)}; put some there "
                                               "or choose another."))
    folder = folder.absolute()
    return Gallery(slides_from_names(names), folder, folder, side_endings=_side_endings(others)), problems


def _side_endings(others: Iterable[os.DirEntry[str]]) -> frozenset[str]:
    """The endings of those among `others` that may speak of pictures."""
    if not others:
        return frozenset()
    from viewer.gallery.side_files import endings_among  # rarely needed

    return endings_among(entry.name for entry in others)


def _passed_over(others: Iterable[os.DirEntry[str]]) -> str:
    """A sentence on how many of `others` are in known formats that are not opened; empty if none is."""
    if not others:
        return ""
    from viewer.unsupported_formats import BY_ENDING  # rarely needed

    counts: dict[str, int] = {}
    for entry in others:
        stem, _, ending = entry.name.lower().rpartition(".")
        if stem and ending in BY_ENDING and _leads_to(entry.is_file):
            counts[ending] = counts.get(ending, 0) + 1
    total = sum(counts.values())
    by_number = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    named = [f"{count} {ending.upper()}" for ending, count in by_number[:_MOST_NAMED]]
    if rest := sum(count for _, count in by_number[_MOST_NAMED:]):
        named.append(f"{rest} in others")
    files = "1 file is in a format" if total == 1 else f"{total} files are in formats"
    return f"{files} Liftoff does not open: {', '.join(named)}." if total else ""


def subfolders_with_pictures(folder: Path) -> tuple[Subfolder, ...]:
    """The first subfolders of `folder` with pictures of their own, in natural order, hidden ones aside.

    Their number is limited, and so is that of those which are looked into. What cannot be read is left out. Blocks for
    as long as the disk takes.
    """
    found: list[Subfolder] = []
    try:
        with os.scandir(folder) as entries:
            names = natural_sorted([
                entry.name for entry in entries if entry.name[0] != "." and _leads_to(entry.is_dir)])
    except (OSError, ValueError):  # ValueError: a NUL in the path
        return ()
    for name in names[:_LOOKED_INTO]:
        with suppress(OSError), os.scandir(folder / name) as entries:
            if count := min(len(_pictures(islice(entries, _LOOKED_AT))), MOST_COUNTED + 1):
                found.append(Subfolder(folder.absolute() / name, count))
        if len(found) == MOST_SUBFOLDERS:
            break
    return tuple(found)


def _pictures(entries: Iterable[os.DirEntry[str]], others: list[os.DirEntry[str]] | None = None) -> list[str]:
    """The names of those entries that are pictures, hidden files aside; what else is not hidden goes to `others`."""
    names: list[str] = []
    for entry in entries:
        if entry.name[0] == ".":
            continue
        if not has_picture_suffix(entry.name):
            if others is not None:
                others.append(entry)
        elif entry.is_file(follow_symlinks=False) or (entry.is_symlink() and _leads_to(entry.is_file)):
            names.append(entry.name)
    return _without_raw_twins(names)


def _without_raw_twins(names: list[str]) -> list[str]:
    """`names` without camera raw files that have a twin: the same picture as the camera or somebody made one of it."""
    raw = {name for name in names if name.rpartition(".")[2].lower() in RAW_ENDINGS}
    if not raw:
        return names
    made = {_stem(name) for name in names if name not in raw}
    return [name for name in names if name not in raw or _stem(name) not in made]


def _stem(name: str) -> str:
    return name.rpartition(".")[0].casefold()


def _leads_to(is_one: Callable[[], bool]) -> bool:
    """What `is_one` says of where a link leads; a link to itself leads nowhere, which it says by raising OSError."""
    try:
        return is_one()
    except OSError:
        return False


def slides_from_names(names: list[str]) -> Sequence[Slide]:
    """Slides with these files of one folder, and nothing else."""
    return FolderSlides(names) if len(names) >= LAZY_FROM else tuple(map(Slide, names))
