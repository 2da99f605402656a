"""Reading CSV tables of slides."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from viewer.gallery.formats.csv_table import read_table
from viewer.gallery.model import GalleryError
from viewer.gallery.open import open_source

if TYPE_CHECKING:
    from pathlib import Path

    from viewer.gallery.model import Gallery, Problem


def _read(folder: Path, text: str, encoding: str = "utf-8") -> tuple[Gallery, list[Problem]]:
    path = folder / "slides.csv"
    path.write_bytes(text.encode(encoding))
    return read_table(path)


def test_a_table_has_the_keys_of_a_manifest_as_columns(tmp_path: Path) -> None:
    gallery, problems = _read(tmp_path, (
        "file,title,caption,alt,credit,rights,source,taken,duration,focus\n"
        'a.jpg,The quay,"Seen, from\nthe ""north""",Stones,Archive,CC0,Box 7,circa 1905,18,"0.5, 0.4"\n'
        "b.jpg,,,,,,,,AUTO,\n"))

    first, second = gallery.slides
    assert problems == []
    assert (first.title, first.caption, first.alt, first.credit, first.rights, first.source, first.taken) == (
        "The quay", 'Seen, from\nthe "north"', "Stones", "Archive", "CC0", "Box 7", "circa 1905")
    assert (first.duration, first.focus, second.duration, second.title) == (18, (0.5, 0.4), "auto", "")
    assert (gallery.origin, gallery.folder, gallery.writable) == (tmp_path / "slides.csv", tmp_path, False)


@pytest.mark.parametrize("text", [
    "file;title\na.jpg;The quay, seen\n", "file\ttitle\na.jpg\tThe quay, seen\n",
    'file,title\na.jpg,"The quay, seen"\n',
    "sep=;\r\nfile;title\r\na.jpg;The quay, seen\r\n", "\n\nFILE ; Title\n\n a.jpg ; The quay, seen\n;\n",
    '"title";"file"\n"The quay, seen";"a.jpg"',
])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_the_delimiter_is_found_out(tmp_path: Path, text: str, encoding: str) -> None:
    gallery, problems = _read(tmp_path, text, encoding)

    assert [(slide.file, slide.title) for slide in gallery.slides] == [("a.jpg", "The quay, seen")]
    assert [problem.pointer for problem in problems] == ([""] if encoding == "utf-16" else [])


def test_a_header_alone_decides_even_with_one_column(tmp_path: Path) -> None:
    gallery, problems = _read(tmp_path, "file\na.jpg\nb;c,d.jpg\n")

    assert [slide.file for slide in gallery.slides] == ["a.jpg", "b;c"]
    assert [problem.severity for problem in problems] == ["warning"]


@pytest.mark.parametrize(("cell", "focus"), [
    ("0.5 0.4", (0.5, 0.4)), ("0,5 0,4", (0.5, 0.4)), ("0.5,0.4", (0.5, 0.4)), ("0,5; 0,4", (0.5, 0.4)),
    ("1;0", (1, 0)), ("left", None), ("0.5", None), ("2 2", None),
])
def test_a_focus_is_two_numbers_in_any_common_form(
    tmp_path: Path, cell: str, focus: tuple[float, float] | None,
) -> None:
    gallery, problems = _read(tmp_path, f'file,focus\na.jpg,"{cell}"\n')

    assert gallery.slides[0].focus == focus
    assert [problem.pointer for problem in problems] == ([] if focus else ["/slides/0/focus"])


@pytest.mark.parametrize("separator", ["\u2028", "\u2029", "\x85", "\x0b", "\x0c", "\x1c", "\x1d", "\x1e"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_only_cr_and_lf_end_a_row(tmp_path: Path, separator: str, end: str) -> None:
    rows = ("file,title,credit", f"a.jpg,The{separator}quay,Archive", "b.jpg,The pier,Museum")

    gallery, problems = _read(tmp_path, end.join(rows))

    assert [(slide.file, slide.credit) for slide in gallery.slides] == [("a.jpg", "Archive"), ("b.jpg", "Museum")]
    assert not [problem for problem in problems if problem.severity == "error"]


def test_a_duration_may_have_a_decimal_comma_and_a_wrong_one_names_its_line(tmp_path: Path) -> None:
    gallery, problems = _read(tmp_path, "file;duration\na.jpg;7,5\nb.jpg;long\n")

    assert [slide.duration for slide in gallery.slides] == [7.5, None]
    assert [(problem.pointer, problem.sentence[:14]) for problem in problems] == [
        ("/slides/1/duration", "Line 3 (b.jpg)")]


@pytest.mark.parametrize("header", ["title:en,title:ru,title", "title,title:en,title:ru"])
def test_columns_with_a_language_become_a_language_map(tmp_path: Path, header: str) -> None:
    cells = {"title:en": "Quay", "title:ru": "Причал", "title": "Kai"}
    row = ",".join(cells[column] for column in header.split(","))

    gallery, problems = _read(tmp_path, f"file,{header}\na.jpg,{row}\n")

    assert (gallery.slides[0].title, problems) == ({"en": "Quay", "ru": "Причал", "none": "Kai"}, [])


def test_bad_rows_cost_only_themselves(tmp_path: Path) -> None:
    gallery, problems = _read(tmp_path, (
        "file,title,inventory\na.jpg,A,77\n,no file,\nhttp://x/b.jpg,B,\nc.jpg,C,1,2\nd.jpg,"
        + "x" * 140_000 + ",\ne.jpg,E,\n"))

    assert [slide.file for slide in gallery.slides] == ["a.jpg", "c.jpg", "e.jpg"]
    assert gallery.slides[0].extra == {"inventory": "77"}
    assert gallery.unusable.keys() == {1, 2}
    assert [(problem.pointer, problem.severity) for problem in problems] == [
        ("/slides/1", "error"), ("/slides/2/file", "error"), ("/slides/3", "warning"), ("", "error")]
    assert "line 6" in problems[-1].sentence


def test_a_table_without_rows_is_a_gallery_without_slides_and_a_problem(tmp_path: Path) -> None:
    gallery, problems = _read(tmp_path, "file,title\n")

    assert (gallery.slides, [problem.severity for problem in problems]) == ((), ["warning"])


def test_missing_pictures_are_found_when_files_are_checked(tmp_path: Path) -> None:
    (tmp_path / "slides.csv").write_text("file\na.jpg\n")

    assert [problem.pointer for problem in open_source(tmp_path / "slides.csv", thorough=True).problems] == [
        "/slides/0/file"]


@pytest.mark.parametrize("text", ["", "\n\n", "Buy milk.", "name;title\na.jpg;A\n", "sep=,", "name," + "x" * 200_000])
def test_a_text_without_a_column_called_file_is_no_table(tmp_path: Path, text: str) -> None:
    with pytest.raises(GalleryError, match="neither a picture nor a gallery"):
        _read(tmp_path, text)


@pytest.mark.parametrize(("cell", "keywords"), [
    ("harbour", ("harbour",)), ("harbour, ships", ("harbour", "ships")),
    ("harbour, old; ships;", ("harbour, old", "ships")), ("", ()),
])
def test_keywords_are_separated_by_semicolons_or_commas(tmp_path: Path, cell: str, keywords: tuple[str, ...]) -> None:
    gallery, problems = _read(tmp_path, f'file,keywords,rating\na.jpg,"{cell}",4\n')

    assert gallery.slides[0].keywords == keywords
    assert gallery.slides[0].rating == 4
    assert problems == []


def test_a_rating_in_a_table_that_is_none_is_left_out_and_said(tmp_path: Path) -> None:
    gallery, problems = _read(tmp_path, "file,rating\na.jpg,6\nb.jpg,many\n")

    assert [slide.rating for slide in gallery.slides] == [None, None]
    assert [problem.pointer for problem in problems] == ["/slides/0/rating", "/slides/1/rating"]
