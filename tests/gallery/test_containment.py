from __future__ import annotations

import json
from pathlib import Path

import pytest

from viewer.gallery.containment import contained, is_inside
from viewer.gallery.formats.json_slides import JsonSlides
from viewer.gallery.lazy_slides import LAZY_FROM
from viewer.gallery.model import Gallery, Slide
from viewer.gallery.open import open_source


@pytest.mark.parametrize("file", ["a.jpg", "2018/June/a.jpg", "./a.jpg", "..a.jpg", "a..jpg", "C a.jpg"])
def test_plain_paths_are_inside(file: str) -> None:
    assert is_inside(file)


@pytest.mark.parametrize("file", [
    "../a.jpg", "2018/../../a.jpg", "2018/../a.jpg", "..", "/etc/motd", "\\\\server\\share\\a.jpg", "..\\a.jpg",
    "C:\\a.jpg", "C:a.jpg", "./../a.jpg",
])
def test_whatever_leads_up_or_begins_at_a_root_is_outside(file: str) -> None:
    assert not is_inside(file)


def test_slides_outside_are_left_out_and_said_by_their_place(tmp_path: Path) -> None:
    (tmp_path / "gallery.json").write_text(json.dumps({
        "format": "photo-manifest", "version": 1,
        "slides": [{"file": "a.jpg"}, {"file": "/etc/b.jpg"}, {"file": "../c.jpg"}, {"file": "d.jpg"}]}))

    opened = open_source(tmp_path, inside_only=True)

    assert [slide.file for slide in opened.gallery.slides] == ["a.jpg", "d.jpg"]
    errors = [problem for problem in opened.problems if problem.severity == "error"]
    assert [problem.pointer for problem in errors] == ["/slides/1", "/slides/2"]
    assert [problem.sentence for problem in errors] == [
        f"Slide {name}: the picture lies outside the gallery's folder, and a kiosk shows nothing from there; put it in "
        "the folder, or write “outside-files = true” in the kiosk's file." for name in ("2 (b.jpg)", "3 (c.jpg)")]
    assert len(open_source(tmp_path).gallery.slides) == 4


def test_what_is_wrong_with_other_slides_keeps_its_place(tmp_path: Path) -> None:
    (tmp_path / "gallery.json").write_text(json.dumps({
        "format": "photo-manifest", "version": 1, "slides": [{}, {"file": "../b.jpg"}, {"file": "gone.jpg"}]}))

    problems = open_source(tmp_path / "gallery.json", inside_only=True, thorough=True).problems

    assert {problem.pointer for problem in problems if problem.severity == "error"} == {
        "/slides/0", "/slides/1", "/slides/2/file"}


def test_tables_and_iiif_manifests_are_held_to_it_too(tmp_path: Path) -> None:
    (tmp_path / "list.csv").write_text("file,title\n/etc/b.jpg,one\na.jpg,two\n")

    assert [slide.file for slide in open_source(tmp_path / "list.csv", inside_only=True).gallery.slides] == ["a.jpg"]


def test_the_slide_to_begin_with_stays_the_same(tmp_path: Path) -> None:
    slides = [{"file": file} for file in ("../x.jpg", "a.jpg", "b.jpg")]
    (tmp_path / "gallery.json").write_text(json.dumps({"format": "photo-manifest", "version": 1, "slides": slides}))
    for name in "ab":
        (tmp_path / f"{name}.jpg").write_bytes(b"\xff\xd8\xff\0")

    opened = open_source(tmp_path / "b.jpg", inside_only=True)

    assert opened.gallery.slides[opened.start_index].file == "b.jpg"


def test_pictures_that_were_named_one_by_one_are_wanted_wherever_they_lie() -> None:
    gallery = Gallery((Slide("/a.jpg"), Slide("/b.jpg")), Path("/"))

    assert contained(gallery) == (gallery, [])


def test_a_large_manifest_with_a_path_outside_is_not_left_unread(tmp_path: Path) -> None:
    slides = [{"file": f"{number}.jpg"} for number in range(LAZY_FROM * 2)]
    manifest = {"format": "photo-manifest", "version": 1, "slides": slides}
    (tmp_path / "gallery.json").write_text(json.dumps(manifest))
    assert isinstance(open_source(tmp_path, inside_only=True).gallery.slides, JsonSlides)

    slides[LAZY_FROM]["file"] = "../secret.jpg"
    (tmp_path / "gallery.json").write_text(json.dumps(manifest))

    assert len(open_source(tmp_path, inside_only=True).gallery.slides) == len(slides) - 1
