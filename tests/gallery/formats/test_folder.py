"""Folders of pictures: natural sort order, odd names, large folders."""

from __future__ import annotations

import os
import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from viewer.gallery.formats.folder import (
    MOST_COUNTED,
    MOST_SUBFOLDERS,
    PICTURE_SUFFIXES,
    FolderSlides,
    has_picture_suffix,
    natural_sort_key,
    natural_sorted,
    read_folder,
    subfolders_with_pictures,
)
from viewer.gallery.lazy_slides import LAZY_FROM, identities_of
from viewer.gallery.model import GalleryError, Slide
from viewer.gallery.open import builtin_manifest, fingerprint, open_source


@pytest.mark.parametrize("names", [
    ["photo2.jpg", "photo10.jpg"], ["a.jpg", "B.jpg", "c.jpg"], ["1.jpg", "2.jpg", "10.jpg", "a.jpg"],
    ["IMG_9.jpg", "img_10.jpg"], ["a1b2.jpg", "a1b10.jpg", "a2b1.jpg"], ["x.jpg", "x1.jpg"],
    ["A.jpg", "a.jpg"], ["p01.jpg", "p1.jpg"], ["a" + "9" * 200 + ".jpg", "b.jpg"], ["Straße2.jpg", "STRASSE10.jpg"],
    ["1²3.jpg", "2.jpg"],
    ["apfel.jpg", "Äpfel.jpg", "apfelbaum.jpg", "Zebra.jpg"],
    ["A\u0308pfel1.jpg", "\u00c4pfel2.jpg", "A\u0308pfel3.jpg"],
    ["oase.jpg", "Øre.jpg", "Ostsee.jpg"], ["Lodz.jpg", "Łódź.jpg", "Lublin.jpg"], ["εα.jpg", "Έβ.jpg", "εγ.jpg"],
    ["и1.jpg", "ил.jpg", "йод.jpg", "к.jpg"], ["a\ud800.jpg", "b.jpg"],
])
def test_names_are_sorted_in_natural_order(names: list[str]) -> None:
    keys = [natural_sort_key(name) for name in names]

    assert keys == sorted(keys)
    assert len(set(map(str, keys))) == len(names)


def test_pictures_are_known_by_their_suffixes() -> None:
    endings = [*PICTURE_SUFFIXES, *map(str.upper, PICTURE_SUFFIXES)]
    assert all(has_picture_suffix(f"x{ending}") for ending in endings)
    assert not any(map(has_picture_suffix, ("x", "jpg", ".jpg", "x.svg", "x.jpg.txt", "x.jpgx", "")))


def test_only_files_that_can_be_pictures_are_listed(tmp_path: Path) -> None:
    (tmp_path / "folder.jpg").mkdir()
    (tmp_path / ".x.jpg").touch()
    (tmp_path / "b.jpg").touch()
    (tmp_path / "link.jpg").symlink_to("b.jpg")
    (tmp_path / "dangling.jpg").symlink_to("gone.jpg")
    os.mkfifo(tmp_path / "pipe.jpg")

    gallery, problems = read_folder(tmp_path)

    assert (gallery.slides, problems) == ((Slide("b.jpg"), Slide("link.jpg")), [])


def test_a_camera_raw_file_beside_the_same_picture_in_another_format_is_no_slide(tmp_path: Path) -> None:
    for name in ("DSC_1.JPG", "DSC_1.NEF", "dsc_2.jpg", "DSC_2.nef", "DSC_3.NEF", "DSC_4.tif", "DSC_4.dng", "a.b.jpg",
                 "a.cr2"):
        (tmp_path / name).touch()
    gallery, problems = read_folder(tmp_path)

    assert [slide.file for slide in gallery.slides] == [
        "a.cr2", "a.b.jpg", "DSC_1.JPG", "dsc_2.jpg", "DSC_3.NEF", "DSC_4.tif"]
    assert problems == []


def test_files_in_formats_that_are_not_opened_are_counted(tmp_path: Path) -> None:
    for name in ("a.jpg", "1.SVG", "2.svg", "3.svg", "a.psd", "notes.txt", ".hidden.psd", "psd", "no.tes"):
        (tmp_path / name).touch()
    (tmp_path / "folder.psd").mkdir()
    gallery, problems = read_folder(tmp_path)

    assert [slide.file for slide in gallery.slides] == ["a.jpg"]
    assert [(problem.severity, problem.sentence) for problem in problems] == [
        ("warning", "4 files are in formats Liftoff does not open: 3 SVG, 1 PSD.")]


def test_a_folder_with_nothing_but_such_files_says_so_in_place_of_its_pictures(tmp_path: Path) -> None:
    (tmp_path / "a.svg").touch()
    problems = read_folder(tmp_path)[1]

    assert [(problem.severity, problem.sentence) for problem in problems] == [
        ("error", "1 file is in a format Liftoff does not open: 1 SVG.")]


def test_only_the_most_frequent_of_many_formats_are_named(tmp_path: Path) -> None:
    for name in ("a.jpg", "a.svg", "b.svg", "a.psd", "a.x3f", "a.crw", "a.xcf", "a.tga", "a.exr"):
        (tmp_path / name).touch()

    assert read_folder(tmp_path)[1][0].sentence.endswith(": 2 SVG, 1 CRW, 1 EXR, 1 PSD, 1 TGA, 2 in others.")


def test_odd_names_are_listed_and_found_again(tmp_path: Path) -> None:
    names = [b"new\nline.jpg", b"\xff\xfe.jpg", "файл.jpg".encode(), b"-rf.jpg", b" .jpg", b"a%20b.jpg",
             b"back\\slash.jpg"]
    try:
        for name in names:
            Path(os.fsdecode(os.fsencode(tmp_path) + b"/" + name)).touch()
    except OSError:
        pytest.skip("this file system takes Unicode only")

    gallery, _problems = read_folder(tmp_path)

    assert sorted(os.fsencode(slide.file) for slide in gallery.slides) == sorted(names)
    assert all(gallery.path(slide).exists() for slide in gallery.slides)


@pytest.mark.parametrize("name", ["gone", "file", "a\0b"])
def test_what_is_no_folder_is_refused(tmp_path: Path, name: str) -> None:
    (tmp_path / "file").touch()

    with pytest.raises(GalleryError, match=r"^The folder .* cannot be opened: .*\.$"):
        read_folder(tmp_path / name)


def test_a_fingerprint_changes_with_the_file_and_is_cheap_where_there_is_none(tmp_path: Path) -> None:
    path = tmp_path / "gallery.json"
    path.write_text("{}")
    first = fingerprint(path)
    path.write_text("{ }")

    assert first is not None
    assert fingerprint(path) == fingerprint(path) != first
    assert [fingerprint(None), fingerprint(tmp_path / "gone"), fingerprint(tmp_path / "a\0b")] == [None, None, None]


def test_the_gallery_that_comes_with_the_program_has_no_problems() -> None:
    gallery, problems, start, _subfolders = open_source(None)

    assert gallery.origin == builtin_manifest()
    assert (len(gallery.slides), problems, start) == (11, [], 0)


@given(st.lists(st.from_regex(r"(IMG|img)_?[0-9]{3,4}(-[0-9]{2})?\.(jpg|JPG|jp2)", fullmatch=True), unique=True))
def test_however_names_are_sorted_the_order_is_the_same(names: list[str]) -> None:
    assert natural_sorted(names) == sorted(names, key=natural_sort_key)


@given(st.lists(st.from_regex(r"DSC_[0-9]{2}-[0-9]{2}\.jpg", fullmatch=True), unique=True))
def test_names_that_differ_in_digits_only_are_in_natural_order(names: list[str]) -> None:
    assert natural_sorted(names) == sorted(names, key=natural_sort_key)


def test_a_large_folder_has_the_slides_that_a_small_one_would_have(tmp_path: Path) -> None:
    names = [f"{number}.jpg" for number in range(LAZY_FROM)]
    names[5], names[6] = "new\nline.jpg", "файл.jpg"
    for name in names:
        (tmp_path / name).touch()

    slides = read_folder(tmp_path)[0].slides

    small = tuple(map(Slide, natural_sorted(names)))
    assert isinstance(slides, FolderSlides)
    assert tuple(slides) == small
    assert (slides[0], slides[-1], slides[250], slides[99:102]) == (small[0], small[-1], small[250], small[99:102])
    assert identities_of(slides) == identities_of(small)
    with pytest.raises(IndexError):
        slides[LAZY_FROM]
    assert small == tuple(read_folder(tmp_path)[0].slides)
    (tmp_path / "another.jpg").touch()
    assert small != tuple(read_folder(tmp_path)[0].slides)


def test_a_picture_of_a_large_folder_is_where_the_show_begins(tmp_path: Path) -> None:
    for number in range(LAZY_FROM):
        (tmp_path / f"{number}.jpg").touch()

    opened = open_source(tmp_path / "1234.jpg")

    assert (opened.start_index, opened.gallery.slides[1234].file) == (1234, "1234.jpg")


@pytest.mark.parametrize("names", [
    [f"IMG_{number:05}.jpg" for number in range(25_000)],
    [f"{('IMG', 'dsc', 'Foto')[number % 3]}_{number}.jpg" for number in range(25_000)],
])
def test_many_names_are_sorted_as_few_are(names: list[str]) -> None:
    shuffled = random.Random(56).sample(names, len(names))

    assert natural_sorted(shuffled) == sorted(names, key=natural_sort_key)


def with_pictures(folder: Path, count: int) -> None:
    folder.mkdir()
    for number in range(count):
        (folder / f"{number}.jpg").touch()


def test_subfolders_with_pictures_are_found_in_natural_order_with_their_counts(tmp_path: Path) -> None:
    for name, count in (("day 10", 2), ("day 9", 3), ("letters", 0), (".trash", 4)):
        with_pictures(tmp_path / name, count)
    (tmp_path / "day 9" / ".5.jpg").touch()
    (tmp_path / "day 9" / "notes.txt").touch()

    assert subfolders_with_pictures(tmp_path) == ((tmp_path / "day 9", 3), (tmp_path / "day 10", 2))


def test_so_many_subfolders_are_found_and_no_more(tmp_path: Path) -> None:
    for number in range(MOST_SUBFOLDERS + 2):
        with_pictures(tmp_path / str(number), 1)

    assert [one.path.name for one in subfolders_with_pictures(tmp_path)] == list("01234567")


def test_pictures_in_a_subfolder_are_counted_so_far(tmp_path: Path) -> None:
    with_pictures(tmp_path / "many", MOST_COUNTED + 5)

    assert subfolders_with_pictures(tmp_path)[0].pictures == MOST_COUNTED + 1


def test_subfolders_that_cannot_be_read_are_left_out(tmp_path: Path) -> None:
    with_pictures(tmp_path / "good", 1)
    (tmp_path / "loop").symlink_to("loop")

    assert [one.path.name for one in subfolders_with_pictures(tmp_path)] == ["good"]
    assert subfolders_with_pictures(tmp_path / "gone") == ()
    assert subfolders_with_pictures(tmp_path / "\0") == ()


def test_a_link_to_itself_hides_no_picture(tmp_path: Path) -> None:
    with_pictures(tmp_path / "folder", 2)
    (tmp_path / "folder" / "loop.jpg").symlink_to("loop.jpg")
    gallery, _problems = read_folder(tmp_path / "folder")

    assert [slide.file for slide in gallery.slides] == ["0.jpg", "1.jpg"]
