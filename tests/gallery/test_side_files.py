"""Which files beside a picture may speak of it."""

from __future__ import annotations

import pytest

from viewer.gallery.side_files import beside, endings_among

ALL = frozenset([".xmp", ".txt", ".json"])


@pytest.mark.parametrize(("picture", "side_file"), [
    ("a.jpg", "a.xmp"), ("a.jpg", "a.jpg.xmp"), ("a.jpg", "a.jpg.txt"), ("a.jpg", "a.txt"), ("a.jpg", "a.jpg.json"),
    ("a.b.jpg", "a.b.txt"), ("a.jpg", "a.jpg.supplemental-metadata.json"), ("IMG_1(2).jpg", "IMG_1.jpg(2).json"),
    ("IMG_1(2).jpg", "IMG_1.jpg.supplemental-metadata(2).json"), ("IMG_1-edited.jpg", "IMG_1.jpg.json"),
    ("IMG_1-bearbeitet(2).jpg", "IMG_1.jpg(2).json"),
    ("IMG_20180606_171241123_BURST0_COVER_TOP_HDR.jpg", "IMG_20180606_171241123_BURST0_COVER_TOP_HDR.jp.json"),
    ("IMG_20180606_171241123_BURST0.jpg", "IMG_20180606_171241123_BURST0.jpg.supplemental.json"),
])
def test_files_beside_a_picture_are_known_by_their_names(picture: str, side_file: str) -> None:
    assert side_file in beside(picture, ALL)
    assert f"/photos/{side_file}" in beside(f"/photos/{picture}", ALL)


def test_xmp_goes_before_texts_and_these_before_what_google_knew() -> None:
    assert beside("a.jpg", ALL) == (
        "a.jpg.xmp", "a.xmp", "a.jpg.txt", "a.txt", "a.jpg.json", "a.jpg.supplemental-metadata.json")


def test_the_texts_of_another_picture_are_not_taken_for_its_own() -> None:
    assert "IMG_1.jpg.json" not in beside("IMG_1(2).jpg", ALL)
    assert not any("(2)" in name for name in beside("IMG_1.jpg", ALL))
    assert "gallery.json" not in beside("gallery.jpg", ALL)


def test_only_files_of_the_endings_that_a_folder_has_are_looked_for() -> None:
    endings = endings_among(["a.jpg", "b.XMP", "c.xmp", "readme", "notes.txt.gz"])

    assert endings == {".XMP", ".xmp"}
    assert beside("a.jpg", endings) == ("a.jpg.XMP", "a.jpg.xmp", "a.XMP", "a.xmp")
    assert beside("a.jpg", endings_among(["a.jpg", "b.svg"])) == ()
