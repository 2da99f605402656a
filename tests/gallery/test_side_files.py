"""Which files beside a picture speak of it."""

from __future__ import annotations

import pytest

from viewer.gallery.side_files import SideFiles


@pytest.mark.parametrize(("picture", "beside"), [
    ("a.jpg", ["a.xmp"]), ("a.jpg", ["a.jpg.xmp"]),
    ("a.jpg", ["a.jpg.xmp", "a.xmp", "a.jpg.txt", "a.txt", "a.jpg.json"]),
    ("A.JPG", ["a.XMP"]), ("a.b.jpg", ["a.b.txt"]), ("a.jpg", ["a.jpg.supplemental-metadata.json"]),
    ("IMG_1(2).jpg", ["IMG_1.jpg(2).json"]), ("IMG_1(2).jpg", ["IMG_1.jpg.supplemental-metadata(2).json"]),
    ("IMG_1-edited.jpg", ["IMG_1.jpg.json"]), ("IMG_1-bearbeitet(2).jpg", ["IMG_1.jpg(2).json"]),
    ("IMG_20180606_171241123_BURST0_COVER_TOP_HDR.jpg", ["IMG_20180606_171241123_BURST0_COVER_TOP_HDR.jp.json"]),
    ("IMG_20180606_171241123_BURST0.jpg", ["IMG_20180606_171241123_BURST0.jpg.supplemental.json"]),
])
def test_files_beside_a_picture_are_found_by_their_names(picture: str, beside: list[str]) -> None:
    others = ["b.xmp", "a.nef.txt", "c.jpg.json", "a.jpg", "readme.txt", "metadata.json"]

    assert SideFiles([*others, *beside]).of(picture) == tuple(beside)


def test_the_texts_of_another_picture_are_not_taken_for_its_own() -> None:
    files = SideFiles(["IMG_1.jpg.json", "IMG_1.jpg(2).json", "ab.xmp", "gallery.json"])

    assert files.of("IMG_1(2).jpg") == ("IMG_1.jpg(2).json",)
    assert files.of("IMG_1.jpg") == ("IMG_1.jpg.json",)
    assert files.of("a.jpg") == files.of("gallery.jpg") == ()


def test_most_folders_have_none() -> None:
    assert SideFiles(["a.jpg", "b.jpg"]).of("a.jpg") == ()
