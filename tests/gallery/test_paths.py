from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from viewer.gallery.paths import LONGEST_PATH, path_of, percent_decoded, read_file, seen_from
from viewer.gallery.problems import Reporter

if TYPE_CHECKING:
    from viewer.gallery.model import Problem


@pytest.mark.parametrize("path", [
    Path("/tmp/a.jpg"), Path("/tmp/a b#?%.jpg"), Path("/tmp/й.jpg"), Path(os.fsdecode(b"/tmp/a\xff.jpg")),
])
def test_a_file_url_names_the_very_bytes_of_its_path(path: Path) -> None:
    assert path_of(path.as_uri()) == path
    assert path_of(path.as_uri().replace("file://", "FILE://localhost")) == path


@pytest.mark.parametrize("url", ["file://elsewhere/share/a.jpg", "https://example.org/a.jpg", "file://[x/a.jpg",
                                 "/tmp/a.jpg"])
def test_a_url_of_no_local_file_names_no_path(url: str) -> None:
    assert path_of(url) is None

ADDRESS = ("Slide 1: “file” is an address ({}); save the picture beside the gallery and write its name; "
           "it is left out.")
ROOTED = ("Slide 1: the path begins at the root of a disk; put the picture beside the gallery and write a relative "
          "path, so that the gallery can be moved.")
OUTSIDE = "Slide 1: the path leads out of the gallery's folder; put the picture in the folder."


def read(raw: object, folder: Path = Path("/photos")) -> tuple[str | None, list[tuple[str, str]]]:
    """The path that is used, and what is said of it."""
    problems: list[Problem] = []
    file = read_file(raw, folder, Reporter(problems, "/file", "Slide 1"))
    return file, [(problem.severity, problem.sentence) for problem in problems]


@pytest.mark.parametrize("file", ["a.jpg", "sub/a.jpg", "a..b.jpg", "Expo: 1.jpg", "sub/../a.jpg", "x" * LONGEST_PATH])
def test_a_relative_path_is_used_as_it_is(file: str) -> None:
    assert read(file) == (file, [])


@pytest.mark.parametrize(("raw", "sentence"), [
    (5, "Slide 1: “file” is the number 5 and not the name of a picture; write it in quotes; it is left out."),
    (" ", "Slide 1: “file” is empty; name a picture; it is left out."),
    ("a\0b", "Slide 1: “file” is no possible file name (a\N{REPLACEMENT CHARACTER}b); correct it; it is left out."),
    ("https://x.org/a.jpg", ADDRESS.format("https://x.org/a.jpg")),
    ("FILE:a.jpg", ADDRESS.format("FILE:a.jpg")),
])
def test_what_names_no_file_is_left_out_and_said_to_be(raw: object, sentence: str) -> None:
    assert read(raw) == (None, [("error", sentence)])


def test_a_path_longer_than_any_system_opens_names_no_file() -> None:
    assert read("x" * (LONGEST_PATH + 1))[0] is None


def test_a_name_that_this_system_cannot_write_names_no_file() -> None:
    assert read("\ud800.jpg")[0] is None


@pytest.mark.parametrize("file", ["/x/a.jpg", "C:/x/a.jpg", "c:a.jpg"])
def test_a_path_from_the_root_of_a_disk_is_used_with_a_warning(file: str) -> None:
    assert read(file) == (file, [("warning", ROOTED)])


@pytest.mark.parametrize("file", ["../a.jpg", "sub/../../a.jpg", ".."])
def test_a_path_that_leads_out_of_the_folder_is_used_with_a_warning(file: str) -> None:
    assert read(file) == (file, [("warning", OUTSIDE)])


def test_backslashes_are_read_as_slashes_unless_there_is_such_a_file(tmp_path: Path) -> None:
    said = [("warning", "Slide 1: the path is written with backslashes; write it with forward slashes.")]
    assert read("sub\\a.jpg", tmp_path) == ("sub/a.jpg", said)

    (tmp_path / "sub\\a.jpg").touch()
    assert read("sub\\a.jpg", tmp_path) == ("sub\\a.jpg", [])


@pytest.mark.parametrize(("file", "written"), [
    ("a.jpg", "../old/a.jpg"), ("../new/a.jpg", "a.jpg"), ("/x/a.jpg", "/x/a.jpg"), ("C:\\a.jpg", "C:\\a.jpg"),
])
def test_a_path_is_written_as_seen_from_the_folder_of_the_new_manifest(file: str, written: str) -> None:
    assert seen_from(Path("/p/new"), Path("/p/old"), file) == written


def test_percent_escapes_become_the_bytes_they_stand_for() -> None:
    assert percent_decoded("a%20b%C3%A9%FF%2x%") == "a bé\udcff%2x%"
