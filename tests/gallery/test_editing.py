"""Changing the texts of one slide, and saving them in a manifest that others may have changed meanwhile."""

from __future__ import annotations

import errno
import json
import os
from pathlib import Path
from typing import Any

import pytest

from viewer.gallery.editing import save_texts, with_texts
from viewer.gallery.formats.json_slides import JsonSlides
from viewer.gallery.formats.manifest import read_manifest
from viewer.gallery.lazy_slides import LAZY_FROM
from viewer.gallery.model import Gallery, GalleryError, Slide, Text, own_texts

BOTH: Text = {"en": "Quay", "ru": "Причал"}


@pytest.mark.parametrize(("old", "main", "lang", "words", "new"), [
    ("Quay", "", "", "Kai", "Kai"),
    ("Quay", "", "de", "Kai", "Kai"),
    ("Quay", "en-GB", "en", "Dock", "Dock"),
    ("Quay", "en", "de", "Kai", {"en": "Quay", "de": "Kai"}),
    ("Quay", "en", "de", "", "Quay"),
    ("", "en", "de", "Kai", "Kai"),
    ("Quay", "en", "en", "", ""),
    (BOTH, "", "ru", "Пирс", {"en": "Quay", "ru": "Пирс"}),
    (BOTH, "", "ru-RU", "Пирс", {"en": "Quay", "ru": "Пирс"}),
    (BOTH, "", "", "Dock", {"en": "Dock", "ru": "Причал"}),
    (BOTH, "", "de", "Kai", {"en": "Quay", "ru": "Причал", "de": "Kai"}),
    (BOTH, "", "ru", "", {"en": "Quay"}),
    ({"ru": "Причал"}, "", "ru", "", ""),
    ({"de": ""}, "ru", "", "Причал", {"de": "", "ru": "Причал"}),
    ("Quay", "", "", "a\x00b\r\nc", "ab\nc"),
])
def test_a_new_text_changes_one_language_only(old: Text, main: str, lang: str, words: str, new: Text) -> None:
    gallery = Gallery((Slide("a.jpg"), Slide("b.jpg", caption=old, alt="Stones", extra={"x": 1, "caption": 5})),
                      Path("/x"), lang=main)

    changed = with_texts(gallery, 1, {"caption": words}, lang)

    assert changed.slides == (Slide("a.jpg"), Slide("b.jpg", caption=new, alt="Stones", extra={"x": 1}))


def test_texts_that_are_shown_already_change_nothing() -> None:
    slide = Slide("a.jpg", title={"en": "Quay"}, caption="Stones", extra={"alt": 5})
    gallery = Gallery((slide,), Path("/x"), lang="en")

    changed = with_texts(gallery, 0, {"title": "Quay", "caption": "Stones", "alt": "", "credit": "Ich"}, "de")

    assert changed.slides == (Slide("a.jpg", title={"en": "Quay"}, caption="Stones", credit="Ich", extra={"alt": 5}),)


def test_all_four_texts_can_be_changed_at_once() -> None:
    gallery = Gallery((Slide("a.jpg"),), Path("/x"))

    changed = with_texts(gallery, 0, {"title": "T", "caption": "C", "alt": "A", "credit": "Me"})

    assert changed.slides == (Slide("a.jpg", title="T", caption="C", alt="A", credit="Me"),)
    assert with_texts(gallery, 0, {}) == gallery


def test_in_a_gallery_of_no_language_a_translation_of_none_is_added_as_none() -> None:
    slide = Slide("a.jpg", caption={"de": ""})

    assert with_texts(Gallery((slide,), Path("/x")), 0, {"caption": "Quay"}).slides == (
        Slide("a.jpg", caption={"de": "", "none": "Quay"}),)


def test_a_text_that_is_shown_in_another_language_can_be_given_to_the_readers_own() -> None:
    slide = Slide("a.jpg", caption={"en": "Quay", "ru": "Причал"})
    gallery = Gallery((slide,), Path("/x"))

    assert with_texts(gallery, 0, {"caption": "Причал"}, "ru") == gallery
    assert with_texts(gallery, 0, {"caption": "Quay"}, "ru").slides == (
        Slide("a.jpg", caption={"en": "Quay", "ru": "Quay"}),)


def test_of_a_large_gallery_one_slide_is_changed_and_none_of_the_others_parsed(tmp_path: Path) -> None:
    slides = [{"file": f"{number}.jpg", "caption": "Quay"} for number in range(LAZY_FROM)]
    gallery, _ = read_manifest(write(tmp_path / "gallery.json", MANIFEST | {"slides": slides}))
    changed = with_texts(gallery, 7, {"caption": "Dock"}).slides

    assert isinstance(changed, JsonSlides)
    assert [changed[index].caption for index in (6, 7, 8)] == ["Quay", "Dock", "Quay"]
    assert (changed[7].file, len(changed)) == ("7.jpg", LAZY_FROM)


MANIFEST: dict[str, Any] = {
    "format": "photo-manifest", "version": 1, "x-tool": {"kept": [1, 2]}, "lang": "en",
    "slides": [
        {"file": "a.jpg", "id": "a", "title": {"en": "Title", "ru": "Название"}, "shot": "kept", "focus": [0.5, 2]},
        {"file": "b.jpg", "caption": "Second"},
        {"file": "b.jpg", "caption": "Third"},
    ],
}


def write(place: Path, manifest: object = MANIFEST) -> Path:
    place.write_text(json.dumps(manifest))
    return place


def read(place: Path) -> Any:
    return json.loads(place.read_text())


def test_the_manifest_keeps_every_key_and_language_that_was_not_edited(tmp_path: Path) -> None:
    place = write(tmp_path / "gallery.json")
    gallery, _ = read_manifest(place)
    texts = own_texts(gallery.slides[0], "ru")
    assert texts.title == "Название"
    edited, _ = save_texts(gallery, 0, "ru", texts._replace(title="Имя", credit="Автор"))

    expected = json.loads(json.dumps(MANIFEST))
    expected["slides"][0]["title"] = {"en": "Title", "ru": "Имя"}
    assert edited.slides[0].title == {"en": "Title", "ru": "Имя"}
    saved = read(place)
    assert saved["slides"][0].pop("credit") in ("Автор", {"ru": "Автор"})
    assert saved == expected


def test_what_someone_else_changed_meanwhile_is_kept(tmp_path: Path) -> None:
    place = write(tmp_path / "gallery.json")
    gallery, _ = read_manifest(place)
    theirs = json.loads(json.dumps(MANIFEST))
    theirs["title"] = "Theirs"
    theirs["slides"].insert(0, {"file": "new.jpg"})
    theirs["slides"][1]["credit"] = "Also theirs"
    write(place, theirs)
    edited, _ = save_texts(gallery, 0, "en", own_texts(gallery.slides[0], "en")._replace(title="Ours"))

    theirs["slides"][1]["title"]["en"] = "Ours"
    assert read(place) == theirs
    assert [one.file for one in edited.slides] == ["new.jpg", "a.jpg", "b.jpg", "b.jpg"]


def test_of_two_slides_with_the_same_file_the_right_one_is_edited(tmp_path: Path) -> None:
    place = write(tmp_path / "gallery.json")
    gallery, _ = read_manifest(place)
    save_texts(gallery, 2, "", own_texts(gallery.slides[2], "")._replace(caption="Edited"))

    assert [one.get("caption") for one in read(place)["slides"]] == [None, "Second", "Edited"]


def test_a_slide_that_has_gone_is_not_written_over_another(tmp_path: Path) -> None:
    place = write(tmp_path / "gallery.json")
    gallery, _ = read_manifest(place)
    fewer = MANIFEST | {"slides": MANIFEST["slides"][1:]}
    write(place, fewer)
    with pytest.raises(GalleryError, match="no longer in the gallery"):
        save_texts(gallery, 0, "", own_texts(gallery.slides[0], "")._replace(title="Edited"))

    assert read(place) == fewer


def test_a_slide_that_has_gone_is_not_written_over_another_of_the_same_picture(tmp_path: Path) -> None:
    slides = [{"file": "a.jpg", "id": "before"}, {"file": "a.jpg", "id": "after"}]
    place = write(tmp_path / "gallery.json", MANIFEST | {"slides": slides})
    gallery, _ = read_manifest(place)
    fewer = MANIFEST | {"slides": slides[1:]}
    write(place, fewer)
    with pytest.raises(GalleryError, match="no longer in the gallery"):
        save_texts(gallery, 0, "", own_texts(gallery.slides[0], "")._replace(title="Edited"))

    assert read(place) == fewer


def test_a_disk_that_is_full_leaves_the_manifest_whole_and_nothing_beside_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
) -> None:
    place = write(tmp_path / "gallery.json")
    before = place.read_bytes()
    gallery, _ = read_manifest(place)

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(GalleryError, match="the disk is full"):
        save_texts(gallery, 0, "", own_texts(gallery.slides[0], "")._replace(title="Edited"))

    assert place.read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == ["gallery.json"]


def test_a_manifest_that_was_broken_meanwhile_is_not_written_over(tmp_path: Path) -> None:
    place = write(tmp_path / "gallery.json")
    gallery, _ = read_manifest(place)
    place.write_text('{"half": ')
    with pytest.raises(GalleryError):
        save_texts(gallery, 0, "", own_texts(gallery.slides[0], "")._replace(title="Edited"))

    assert place.read_text() == '{"half": '
