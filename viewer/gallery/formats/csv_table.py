"""Reads CSV tables as spreadsheets save them: one slide in each row, with the manifest's keys as the header.

`title:en` and `title:ru` are the title in two languages. Numbers may have a decimal comma; a focus is two numbers
with a space, comma or semicolon between.
"""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING, Any, Final

from viewer.gallery.files import read_limited
from viewer.gallery.formats.fields import SLIDE_KEYS
from viewer.gallery.formats.lenient_json import as_utf8
from viewer.gallery.formats.manifest import parse_slide
from viewer.gallery.model import Gallery, GalleryError, Problem, Slide
from viewer.gallery.problems import Reporter, shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

_DELIMITERS: Final = (",", ";", "\t")
_PREAMBLE: Final = re.compile("(?:sep=.?)?")  # a blank line, or the one in which a spreadsheet names the delimiter
_NUMBER: Final = re.compile(r"[+-]?[0-9]+(?:[.,][0-9]+)?")


def read_table(path: Path) -> tuple[Gallery, list[Problem]]:
    """The gallery in the table at `path`, and what is wrong with it; raises GalleryError.

    The first row names the columns, one of them `file`. A gallery from a table cannot be written back.
    """
    data = read_limited(path)
    text, note = as_utf8(data)
    problems: list[Problem] = []
    if note:
        Reporter(problems, "", "The table").warning(note)
    lines = io.StringIO(text.decode(), newline="")  # its lines end with CR, LF or both, and with nothing else
    numbered = enumerate(lines, 1)
    above, first = next(((number, line) for number, line in numbered if not _PREAMBLE.fullmatch(line.strip())), (0, ""))
    delimiter, header = _header(first)
    if "file" not in header:
        raise GalleryError(f"{shown(path)} is neither a picture nor a gallery; choose a picture, a folder, a gallery "
                           "file, or a table whose first row names a column “file”.")
    folder = path.absolute().parent
    slides: list[Slide] = []
    unusable: dict[int, Any] = {}
    rows = _rows(lines, delimiter, above, Reporter(problems, "", "The table"))
    for index, (line, cells) in enumerate(rows):
        reporter = Reporter(problems, f"/slides/{index}", f"Line {line}")
        if len(cells) > len(header):
            reporter.warning("there are more cells than columns; put a cell that holds a comma in quotes.")
        keys = _slide_keys(header, cells)
        slide = parse_slide(keys, folder, reporter)
        if slide is None:
            unusable[index] = keys
        else:
            slides.append(slide)
    if not slides:
        Reporter(problems, "", "The table").warning("there are no slides in it; add rows that name pictures.")
    gallery = Gallery(tuple(slides), folder, folder / path.name, unusable=unusable, file_bytes=data)
    return gallery, problems


def _header(line: str) -> tuple[str, list[str]]:
    """The delimiter with which most column names are known keys, and the column names."""
    readings: list[tuple[str, list[str]]] = []
    for delimiter in _DELIMITERS:
        cells = next(csv.reader([line[:100_000]], delimiter=delimiter), [])
        columns = [name.partition(":") for name in cells]
        readings.append((delimiter, [f"{key.strip().lower()}{colon}{tag.strip()}" for key, colon, tag in columns]))
    return max(readings, key=lambda reading: sum(name.partition(":")[0] in ("file", *SLIDE_KEYS)
                                                 for name in reading[1]))


def _rows(lines: Iterable[str], delimiter: str, above: int, reporter: Reporter) -> Iterator[tuple[int, list[str]]]:
    """The rows that are not empty, each with the number of its last line in the file."""
    rows = csv.reader(lines, delimiter=delimiter)
    while True:
        try:
            cells = next(rows)
        except StopIteration:
            return
        except csv.Error:
            reporter.error(f"the row that ends in line {above + rows.line_num} cannot be read; "
                           "look for a quotation mark that is not closed.")
            continue
        if any(cell.strip() for cell in cells):
            yield above + rows.line_num, cells


def _slide_keys(header: list[str], cells: list[str]) -> dict[str, Any]:
    """One row as the JSON object of a slide; empty cells are left out."""
    texts: dict[str, dict[str, str]] = {}
    for column, cell in zip(header, cells, strict=False):
        key, colon, tag = column.partition(":")
        if key and (words := cell.strip()):
            texts.setdefault(key, {})[tag if colon else "none"] = words
    return {key: _cell(key, by_tag["none"]) if by_tag.keys() == {"none"} else by_tag for key, by_tag in texts.items()}


def _cell(key: str, words: str) -> object:
    if key == "duration" and _NUMBER.fullmatch(words):
        return float(words.replace(",", "."))
    if key == "focus":
        parts = re.split(r"\s*;\s*|\s*,\s+|\s+", words)
        parts = words.split(",") if len(parts) == 1 else parts
        if all(_NUMBER.fullmatch(part.strip()) for part in parts):
            return [float(part.replace(",", ".")) for part in parts]
    if key == "keywords":
        return [word.strip() for word in words.split(";" if ";" in words else ",") if word.strip()]
    if key == "rating" and words.isascii() and words.isdecimal():
        return int(words[:9])
    return words.lower() if key == "duration" else words
