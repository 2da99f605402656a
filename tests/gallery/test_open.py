"""Opening sources, and the slide to begin with."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from viewer.gallery.model import GalleryError
from viewer.gallery.open import open_source

if TYPE_CHECKING:
    from pathlib import Path


def _manifest(path: Path, *files: str) -> Path:
    slides = [{"file": file} for file in files]
    path.write_text(json.dumps({"format": "photo-manifest", "version": 1, "title": "Words", "slides": slides}))
    return path


def _pictures(folder: Path, *names: str) -> None:
    for name in names:
        (folder / name).write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00")


def test_a_folder_is_a_gallery_of_its_pictures_in_natural_order(tmp_path: Path) -> None:
    _pictures(tmp_path, "photo10.jpg", "Photo2.JPG", "photo1.png", ".hidden.jpg", "notes.txt")

    gallery, problems, start, _subfolders = open_source(tmp_path)

    assert [slide.file for slide in gallery.slides] == ["photo1.png", "Photo2.JPG", "photo10.jpg"]
    assert (gallery.origin, gallery.folder, problems, start) == (tmp_path, tmp_path, [], 0)


def test_a_folder_with_a_manifest_is_the_gallery_of_the_manifest(tmp_path: Path) -> None:
    _pictures(tmp_path, "a.jpg", "b.jpg")
    _manifest(tmp_path / "gallery.json", "b.jpg")

    gallery = open_source(tmp_path).gallery

    assert (gallery.title, [slide.file for slide in gallery.slides]) == ("Words", ["b.jpg"])
    assert gallery.origin == tmp_path / "gallery.json"


def test_a_folder_whose_manifest_is_broken_shows_its_pictures_and_says_so(tmp_path: Path) -> None:
    _pictures(tmp_path, "a.jpg")
    (tmp_path / "gallery.json").write_text('{"slides": [')

    gallery, problems, _start, _subfolders = open_source(tmp_path)

    assert [slide.file for slide in gallery.slides] == ["a.jpg"]
    assert [(problem.severity, "line 1" in problem.sentence) for problem in problems] == [("error", True)]


@pytest.mark.parametrize("content", [b"", bytes(4096), b"\xff" * 100, b"title,file\nx,a.jpg\n"])
def test_whatever_a_power_cut_leaves_of_a_manifest_is_a_broken_one(tmp_path: Path, content: bytes) -> None:
    _pictures(tmp_path, "a.jpg")
    manifest = tmp_path / "gallery.json"
    manifest.write_bytes(content)

    gallery, problems, _start, _subfolders = open_source(tmp_path)

    assert ([slide.file for slide in gallery.slides], [problem.severity for problem in problems]) == (
        ["a.jpg"], ["error"])
    with pytest.raises(GalleryError, match=r"gallery\.json"):
        open_source(manifest)


def test_a_manifest_is_known_by_its_content_not_by_its_name(tmp_path: Path) -> None:
    path = _manifest(tmp_path / "show.txt", "a.jpg")

    assert open_source(path).gallery.title == "Words"


def test_a_picture_opens_its_folder_and_the_show_begins_with_it(tmp_path: Path) -> None:
    _pictures(tmp_path, "a.jpg", "b.jpg", "c.jpg")

    opened = open_source([tmp_path / "b.jpg"])

    assert (len(opened.gallery.slides), opened.start_index) == (3, 1)


def test_a_picture_that_the_folders_manifest_shows_opens_the_manifest_there(tmp_path: Path) -> None:
    _pictures(tmp_path, "a.jpg", "b.jpg")
    _manifest(tmp_path / "gallery.json", "b.jpg", "a.jpg")

    opened = open_source(tmp_path / "a.jpg")

    assert (opened.gallery.title, opened.start_index) == ("Words", 1)


def test_a_picture_that_the_folders_manifest_does_not_show_opens_the_folder(tmp_path: Path) -> None:
    _pictures(tmp_path, "a.jpg", "b.jpg", "c.jpg")
    _manifest(tmp_path / "gallery.json", "a.jpg")

    opened = open_source(tmp_path / "c.jpg")

    assert (opened.gallery.title, len(opened.gallery.slides), opened.start_index) == ("", 3, 2)


@pytest.mark.parametrize("name", [".hidden.jpg", "scan", "scan.dat"])
def test_a_picture_that_a_folder_would_not_list_is_shown_when_named(tmp_path: Path, name: str) -> None:
    _pictures(tmp_path, "a.jpg", name)

    gallery, _problems, start, _subfolders = open_source(tmp_path / name)

    assert gallery.slides[start].file == name
    assert len(gallery.slides) == 2


def test_several_pictures_are_a_gallery_of_just_these_in_their_order(tmp_path: Path) -> None:
    _pictures(tmp_path, "a.jpg", "b.jpg", "c.jpg", "scan")

    gallery = open_source([tmp_path / "c.jpg", tmp_path / "scan", tmp_path / "a.jpg"]).gallery

    assert [gallery.path(slide).name for slide in gallery.slides] == ["c.jpg", "scan", "a.jpg"]
    assert gallery.origin is None
    assert not gallery.writable


def test_a_folder_among_several_gives_its_pictures_and_what_is_no_picture_is_left_out(tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    _pictures(folder, "a2.jpg", "a1.jpg")
    manifest = _manifest(tmp_path / "show.json", "x.jpg")

    gallery, problems, _start, _subfolders = open_source([tmp_path / "gone.jpg", folder, manifest], thorough=True)

    assert [gallery.path(slide).name for slide in gallery.slides] == ["gone.jpg", "a1.jpg", "a2.jpg"]
    assert [problem.severity for problem in problems] == ["error", "error"]
    assert "open a gallery by itself" in problems[0].sentence
    assert "no such file" in problems[1].sentence


@pytest.mark.parametrize(("name", "why"), [("n" * 300, "the name is too long"), ("a\0b.jpg", "null")])
def test_a_name_that_no_file_can_have_is_refused_among_several_too(tmp_path: Path, name: str, why: str) -> None:
    _pictures(tmp_path, "a.jpg")

    with pytest.raises(GalleryError, match=f"cannot be opened: .*{why}"):
        open_source([tmp_path / "a.jpg", tmp_path / name])


def test_nothing_to_show_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("Buy milk.")
    (tmp_path / "empty").mkdir()
    for source in (tmp_path / "gone", tmp_path / "gone.jpg", tmp_path / "notes.txt", [],
                   [tmp_path / "notes.txt", tmp_path / "notes.txt"], [tmp_path / "empty", tmp_path / "empty"],
                   tmp_path / "nul\0.jpg"):
        with pytest.raises(GalleryError, match=r"^[^\n]+\.$"):
            open_source(source)


def test_an_empty_folder_is_a_gallery_without_slides_and_a_problem(tmp_path: Path) -> None:
    gallery, problems, start, _subfolders = open_source(tmp_path, thorough=True)

    assert (gallery.slides, start) == ((), 0)
    assert ["no pictures" in problem.sentence for problem in problems] == [True]
